"""The forms that versions 0.2 and 1.0-draft of the Reconciliation Service API give to answers, as JSON Schemas."""

from __future__ import annotations

from typing import Any

import jsonschema

Form = dict[str, Any]
TEXT: Form = {"type": "string", "minLength": 1}
FLAG: Form = {"type": "boolean"}
NUMBER: Form = {"type": "number"}
COUNT: Form = {"type": "integer"}


def listed(form: Form) -> Form:
    return {"type": "array", "items": form}


def shaped(needed: dict[str, Form], more: dict[str, Form] | None = None, closed: bool = False) -> Form:
    fields = needed | (more or {})
    return {"type": "object", "required": [*needed], "properties": fields, "additionalProperties": not closed}


def keyed(form: Form) -> Form:
    return {"type": "object", "additionalProperties": form}


REFERENCE = shaped({"id": TEXT}, {"name": TEXT})
NAMED = shaped({"id": TEXT, "name": TEXT}, {"description": TEXT})
TYPE = shaped({"id": TEXT, "name": TEXT}, {"broader": listed(REFERENCE)})
CANDIDATE = shaped(
    {"id": TEXT, "name": TEXT, "score": {"type": "number", "minimum": 0, "maximum": 100}, "match": FLAG},
    {"description": TEXT, "type": {**listed(REFERENCE), "minItems": 1}},
)
VALUE: Form = {
    "oneOf": [
        shaped({"id": TEXT, "name": TEXT}, {"description": TEXT}, closed=True),
        *(shaped({key: form}, closed=True) for key, form in {"str": TEXT, "float": NUMBER, "int": COUNT}.items()),
    ]
}
META = listed(shaped({"id": TEXT, "name": TEXT}, {"type": REFERENCE}))
COMMON = {
    "versions": listed(TEXT),
    "name": TEXT,
    "defaultTypes": {**listed(TYPE), "uniqueItems": True},
    "batchSize": COUNT,
}
PLACE = shaped({"service_url": TEXT, "service_path": {"type": "string", "pattern": "^/"}})
SUGGESTS = ("entity", "type", "property")
OLD_ID: Form = {"type": "string", "pattern": r"\{\{id\}\}"}
NEW_ID: Form = {"type": "string", "pattern": r"^[^{}]*\{\+?id\}[^{}]*$"}  # RFC 6570
OLD = {
    "manifest": shaped(
        {
            **COMMON,
            "identifierSpace": TEXT,
            "schemaSpace": TEXT,
            "view": shaped({"url": OLD_ID}),
            "preview": shaped({"url": OLD_ID, "width": COUNT, "height": COUNT}),
            "suggest": shaped(dict.fromkeys(SUGGESTS, PLACE), closed=True),
            "extend": shaped({"propose_properties": PLACE}, {"property_settings": listed({"type": "object"})}),
        },
        {"serviceVersion": TEXT},
    ),
    "match": keyed(shaped({"result": listed(CANDIDATE)}, closed=True)),
    "extend": shaped({"meta": META, "rows": keyed(keyed(listed(VALUE)))}),
}
NEW = {
    "manifest": shaped(
        {
            **COMMON,
            "lang": TEXT,
            "view": shaped({"url": NEW_ID}),
            "preview": shaped({"width": COUNT, "height": COUNT}),
            "suggest": shaped(dict.fromkeys(SUGGESTS, FLAG), closed=True),
            "extend": shaped({"proposeProperties": FLAG}, {"propertySettings": listed({"type": "object"})}),
            "standardizedScore": FLAG,
        },
        {"serviceVersion": TEXT},
    ),
    "match": shaped({"results": listed(shaped({"candidates": listed(CANDIDATE)}, closed=True))}, closed=True),
    "extend": shaped(
        {
            "meta": META,
            "rows": listed(shaped({"id": TEXT, "properties": listed(shaped({"id": TEXT, "values": listed(VALUE)}))})),
        }
    ),
}
SUGGESTED = {
    "entity": shaped({"result": listed(shaped({"id": TEXT, "name": TEXT}, {"notable": listed(REFERENCE)}))}),
    "type": shaped({"result": listed(TYPE)}),
    "property": shaped({"result": listed(NAMED)}),
}
PROPOSED = shaped({"properties": listed(NAMED), "type": TEXT}, {"limit": NUMBER})


def check(told: Any, form: Form) -> None:
    """That `told` has the form."""
    jsonschema.Draft202012Validator(form).validate(told)
