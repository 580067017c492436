"""The parts of an OpenAPI description: operations, answers, parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Entry = dict[str, Any]
TEXTS = ("text/plain", "application/problem+json")
STRING: Entry = {"type": "string"}
LOCATION: Entry = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}


def get(summary: str, responses: Mapping[str, Entry], *parameters: Entry) -> Entry:
    """An operation that reads: its answers by status, its parameters."""
    told: Entry = {"summary": summary, "parameters": list(parameters), "responses": dict(sorted(responses.items()))}
    return {"get": {key: value for key, value in told.items() if value}}


def said(text: str, *types: str, schema: str = "") -> Entry:
    """An answer, with its media types, and its schema by name."""
    kinds = {type_: _schema(type_, schema) for type_ in dict.fromkeys(types)}
    return {"description": text, **({"content": kinds} if kinds else {})}


def _schema(type_: str, named: str) -> Entry:
    name = named or ("Problem" if type_ == "application/problem+json" else "")
    return {"schema": {"$ref": f"#/components/schemas/{name}"}} if name else {}


def types(formats: Mapping[str, Sequence[str]]) -> list[str]:
    """The first media type of each format."""
    return [types[0] for types in formats.values()]


def in_path(name: str) -> Entry:
    """A parameter that is a step of the path."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def in_paths(*names: str) -> list[Entry]:
    """Such parameters, in their order."""
    return [in_path(name) for name in names]


def in_query(name: str, text: str, schema: Entry | None = None, *, enum: Sequence[str] = (), **more: Any) -> Entry:
    """A parameter of the address."""
    asked = schema if schema and "type" in schema else {"type": "string", **(schema or {})}
    return {
        "name": name,
        "in": "query",
        "description": text,
        "schema": asked | ({"enum": list(enum)} if enum else {}),
        **more,
    }


def header(name: str, text: str) -> Entry:
    """A header of the request."""
    return {"name": name, "in": "header", "description": text, "schema": {"type": "string"}}


def format_(formats: Mapping[str, Sequence[str]]) -> Entry:
    """The parameter that wishes for a format."""
    return in_query("format", "A format before `Accept`, by its name or its media type", {"examples": [*formats]})
