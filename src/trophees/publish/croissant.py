"""A dataset as Croissant 1.0 (MLCommons), for programs that learn from data: each table is a record set. Pure.

Files are named from where it stands, such as the root of the release: it is true wherever the release is.
"""

from __future__ import annotations

import json
from typing import Any

from trophees.base.namespaces import BASE
from trophees.publish.description import Description, Distribution
from trophees.publish.tables import Column, Table

FILE = "croissant.json"
_TYPES = {
    "anyURI": "sc:URL",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "decimal": "sc:Float",
    "gYear": "sc:Integer",
    "integer": "sc:Integer",
    "string": "sc:Text",
}
_CONTEXT: dict[str, Any] = {  # as section “Appendix 1: JSON-LD context” of the specification gives it, in French
    "@language": "fr",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def document(told: Description, folder: str = "") -> bytes:
    """`croissant.json`, to stand in `folder`, which ends in `/`. The version has three numbers, as Croissant wants."""
    publisher = {"@type": "sc:Organization", "name": told.publisher.fr, "url": BASE}
    said = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "@id": told.iri,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": told.title.fr,
        "description": told.text.fr,
        "url": told.iri,
        "license": told.licence,
        "version": told.version + ".0" * (2 - told.version.count(".")),
        "datePublished": told.issued,
        "dateModified": told.modified,
        "creator": publisher,
        "publisher": publisher,
        "creditText": told.rights.fr,
        "citeAs": told.citation.fr,
        "inLanguage": ["fr", "en"],
        "keywords": list(told.keywords["fr"]),
        "temporalCoverage": told.period,
        "isLiveDataset": True,
        "distribution": [_file(file, file.path.removeprefix(folder)) for file in told.files],
        "recordSet": [_records(file, file.table) for file in told.files if file.table],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _file(file: Distribution, address: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.name,
        "description": file.title.fr,
        "contentUrl": address,
        "contentSize": f"{file.file.size} B",
        "encodingFormat": file.media_type,
        "sha256": file.file.sha256,
        "dateModified": file.modified,
    }


def _records(file: Distribution, table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.title.fr}. {table.summary.fr}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(file, table, column) for column in table.columns],
    }


def _field(file: Distribution, table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.title,
        "dataType": _TYPES[column.datatype],
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": column.name}},
    }
    if other := table.references.get(column.name):
        field["references"] = {"field": {"@id": f"{other}/{column.name}"}}
    return field
