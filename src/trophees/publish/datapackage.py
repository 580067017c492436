"""The tables as a Frictionless Data Package (version 1, for which there are more readers than for 2). Pure."""

from __future__ import annotations

import json
from typing import Any

from trophees.publish.description import Description, Distribution
from trophees.publish.tables import Column, Table

_TYPES = {"anyURI": {"type": "string", "format": "uri"}, "decimal": {"type": "number"}, "gYear": {"type": "year"}}


def document(told: Description) -> bytes:
    """`datapackage.json`, for the folder of the tables; it speaks French."""
    package = {
        "profile": "tabular-data-package",
        "name": told.name,
        "id": told.iri,
        "title": told.title.fr,
        "description": told.text.fr,
        "version": told.version,
        "created": told.issued + "T00:00:00Z",
        "homepage": told.iri,
        "keywords": list(told.keywords["fr"]),
        "licenses": [{"path": told.licence, "title": told.licence_name}],
        "sources": [{"title": told.rights.fr}],
        "resources": [_resource(file, file.table) for file in told.files if file.table],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(file: Distribution, table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": file.name,
        "title": table.title.fr,
        "description": table.summary.fr,
        "format": "csv",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.file.size,
        "hash": f"sha256:{file.file.sha256}",
        "dialect": {"lineTerminator": "\n"},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    """Table Schema."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": name, "fields": [column]}}
            for column, name in table.references.items()
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    kind = _TYPES.get(column.datatype, {"type": column.datatype})
    return {"name": column.name, **kind, "description": column.title, "constraints": {"required": not column.optional}}
