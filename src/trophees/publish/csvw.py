"""The tables as a CSVW table group (Metadata Vocabulary for Tabular Data, section 5), for the files beside it. Pure."""

from __future__ import annotations

import json
from typing import Any

from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.publish.description import Description
from trophees.publish.tables import Table


def document(told: Description) -> bytes:
    """`csv-metadata.json`, for the folder of the tables."""
    group: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
        "@id": f"{BASE}{told.folder}/",
        "dc:title": _texts(told.title),
        "dc:license": {"@id": told.licence},
        "tables": [
            {
                "url": file.name,
                "dc:title": _texts(file.table.title),
                "dc:description": _texts(file.table.summary),
                "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
                "tableSchema": _schema(file.table),
            }
            for file in told.files
            if file.table
        ],
    }
    return (json.dumps(group, ensure_ascii=False, indent=2) + "\n").encode()


def _texts(both: Both) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in both.items()]


def _schema(table: Table) -> dict[str, Any]:
    """Section 5.5 of the same; an empty cell is null, as by default."""
    schema: dict[str, Any] = {
        "columns": [
            {
                "name": column.name,
                "titles": {"und": column.name},
                "dc:description": column.title,
                "datatype": column.datatype,
                "required": not column.optional,
            }
            for column in table.columns
        ]
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    # a cell that may be empty is left out, as readers do not agree on what an empty reference is
    required = {column.name for column in table.columns if not column.optional}
    if found := [(column, name) for column, name in table.references.items() if column in required]:
        schema["foreignKeys"] = [
            {"columnReference": column, "reference": {"resource": f"{name}.csv", "columnReference": column}}
            for column, name in found
        ]
    return schema
