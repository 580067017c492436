"""What `trophees serve` answers to who reconciles, in OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping

from trophees.base.language import LANGUAGES
from trophees.hosting.operations import LOCATION, STRING, TEXTS, Entry, get, in_query, said


def reconciling() -> Mapping[str, Entry]:
    """The Reconciliation Service API, versions 0.2 and 1.0-draft; the manifest says the rest."""
    told = {"200": said("The answer", "application/json"), "400": said("It cannot be read", *TEXTS)}
    sent = {
        **told,
        "413": said("It is more than goes at once", *TEXTS),
        "415": said("The body is of another type", *TEXTS),
    }
    lang = in_query("lang", "The language of names, before that of the client", enum=LANGUAGES)
    thing = {**in_query("id", "An identifier, such as territory/commune/94016"), "required": True}
    lost = {"404": said("There is no such entity", *TEXTS)}
    number = {"type": "integer", "minimum": 1}
    limit, offset = (
        in_query("limit", "How many", number),
        in_query("offset", "How many are skipped", {"type": "integer"}),
    )
    asked = {"queries": STRING, "extend": STRING, "lang": STRING}

    def post(summary: str, **content: Entry) -> Entry:
        types = {"form": "application/x-www-form-urlencoded", "json": "application/json"}
        body = {"required": True, "content": {types[name]: {"schema": form} for name, form in content.items()}}
        return {"post": {"summary": summary, "requestBody": body, "responses": sent}}

    paths = {
        "/reconcile": get(
            "The manifest of the reconciliation service; with queries or extend, the answer (0.2)",
            told,
            in_query("queries", "A batch of version 0.2, in JSON"),
            in_query("extend", "A data extension query, in JSON"),
            in_query("version", "Of which version the manifest is", enum=("0.2", "1.0-draft")),
            lang,
        )
        | post(
            "Reconcile or extend: a form (0.2), or a batch in JSON (1.0-draft)",
            form={"type": "object", "properties": asked},
            json={"type": "object"},
        ),
        "/reconcile/match": post("Reconcile (1.0-draft)", json={"type": "object"}),
        "/reconcile/extend": post("Values of entities (1.0-draft)", json={"type": "object"}),
        "/reconcile/extend/propose": get("Properties of a type", told, in_query("type", "A type"), limit, lang),
        "/reconcile/preview": get(
            "An entity in a small page", {**told, **lost, "200": said("The page", "text/html")}, thing, lang
        ),
        "/reconcile/view": get(
            "The page of an entity",
            {"303": {**said("The page"), "headers": LOCATION}, **lost, "400": told["400"]},
            thing,
        ),
    }
    for what in ("entity", "type", "property"):
        begin = in_query("prefix", "How names begin, or an identifier")
        paths[f"/reconcile/suggest/{what}"] = get(f"Suggestions: {what}", told, begin, limit, offset, lang)
    return paths
