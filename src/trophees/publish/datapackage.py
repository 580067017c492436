"""The tables as a Frictionless Data Package (version 1, for which there are more readers than for 2). Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from trophees.publish.description import File, datasets
from trophees.publish.portals import node
from trophees.publish.tables import Column, Table

_TYPES = {"anyURI": {"type": "string", "format": "uri"}, "decimal": {"type": "number"}, "gYear": {"type": "year"}}


def document(store: Store, tables: Sequence[Table], files: Mapping[str, File]) -> bytes:
    """`datapackage.json`, for the folder of the tables; what it says of the newest dataset is what the graph says."""
    dataset = datasets(store)[-1]

    def values(name: str) -> list[NamedNode | Literal]:
        found = (quad.object for quad in store.quads_for_pattern(dataset, node(name), None, None))
        return sorted((value for value in found if isinstance(value, NamedNode | Literal)), key=str)

    def text(name: str) -> str:
        return next((v.value for v in values(name) if isinstance(v, NamedNode) or v.language in (None, "fr")), "")

    package = {
        "profile": "tabular-data-package",
        "name": "trophees-participation",
        "id": dataset.value,
        "title": text("dcterms:title"),
        "description": text("dcterms:description"),
        "version": text("dcat:version"),
        "created": text("dcterms:issued") + "T00:00:00Z",
        "homepage": dataset.value,
        "keywords": [v.value for v in values("dcat:keyword") if isinstance(v, Literal) and v.language == "fr"],
        "licenses": [{"path": text("dcterms:license")}],
        "sources": [{"title": text("dcterms:rights")}],
        "resources": [_resource(table, files) for table in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table, files: Mapping[str, File]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.summary.fr,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": files[f"csv/{table.name}.csv"].size,
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
