"""What answers at which address over HTTP, for programs: an OpenAPI 3.1 description, true of the host that gives it.

Any host of the published folder answers for its documents; `trophees serve` for what it computes, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trophees.base.language import LANGUAGES
from trophees.hosting.accept import TYPES
from trophees.hosting.documents import SHOWN, TEXT, WELL_KNOWN
from trophees.hosting.formats import RDF, ROWS
from trophees.hosting.profiles import ALL, DATASET, OFFERED, PROFILES

FILE = "openapi.json"
_TEXTS = ("text/plain", "application/problem+json")
_FOLDERS = {
    "csv": (TEXT["csv"], "application/csvm+json", TEXT["json"]),
    "dumps": tuple(TEXT[form] for form in ("ttl", "nt", "nq", "trig", "rdf", "jsonld")),
    "geojson": (TEXT["geojson"],),
}
_INFO = (
    "Read-only: GET, HEAD wherever there is GET, OPTIONS for scripts of other sites (CORS). Every text is in UTF-8. "
    "Where answers are computed, a refusal is a sentence, or a problem (RFC 9457) for who accepts JSON. The address of "
    "a thing, which is that of its permanent identifier, answers 303 with a document in the format, the language and "
    "the profile that are wanted."
)

Entry = dict[str, Any]


def document(
    version: str,
    endpoint: str,
    *,
    site: str = "",
    served: bool = False,
    there: Callable[[str], bool] = lambda _: True,
) -> bytes:
    """The description in JSON of a release `version` at `site`, which ends in `/`; empty if only who reads it knows.

    `endpoint` is the address of the SPARQL endpoint, which may be another host's; empty if there is none. `served`
    says that `trophees serve` answers at `site`; `there`, whether a file of the site is.
    """
    paths = {**_documents(there, served), **(_computed() if served else {})}
    if endpoint:
        start, _, name = endpoint.rpartition("/")
        elsewhere = {} if f"{start}/" == site else {"servers": [{"url": start}]}
        paths[f"/{name}"] = {**_sparql(), **elsewhere}
    told = {
        "openapi": "3.1.1",
        "info": {
            "title": "The open knowledge graph of French public participation",
            "version": version or "unknown",
            "description": _INFO,
            "license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"},
        },
        "servers": [{"url": site.rstrip("/") or "."}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {"Problem": _PROBLEM, **({"Health": _HEALTH} if served else {})}},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


# what is a document, on any host


def _documents(there: Callable[[str], bool], served: bool) -> Mapping[str, Entry]:
    cached = {"304": _said("It is what If-None-Match names")}
    ranged = {"206": _said("The range", "*/*"), "416": _said("It has no such range")}
    lost = {"404": _said("There is none", "text/html", *_TEXTS)}
    paths = {
        f"/{folder}/{{file}}": _get(
            f"A file of {folder}/", {"200": _said("The document", *types), **ranged, **cached, **lost}, _in_path("file")
        )
        for folder, types in _FOLDERS.items()
    }
    for place, file in {**WELL_KNOWN, **{path: path for path in NAMED}}.items():
        if there(file):
            type_ = TEXT[file.rpartition(".")[2]]
            paths[f"/{place}"] = _get(
                NAMED.get(place) or _KNOWN[place], {"200": _said("The document", type_), **cached}
            )
    paths["/{kind}/{name}"] = _thing("A thing, such as an organisation", served, "kind", "name")
    paths["/{kind}/{group}/{name}"] = _thing(
        "A thing, such as a laureate of an edition", served, "kind", "group", "name"
    )
    forms = [type_ for form, type_ in TYPES.items() if form != "html"]
    ends = {**_in_path("end"), "schema": {"type": "string", "enum": [form for form in TYPES if form != "html"]}}
    paths["/{kind}/{group}/{name}.{end}"] = _get(
        "What is said of a thing",
        {"200": _said("The document", *forms), **ranged, **cached, **lost, "410": _WITHDRAWN},
        *_in_paths("kind", "group", "name"),
        ends,
    )
    for path in (*(path for path in SHOWN if path in OFFERED), "ontology", "shapes", DATASET):
        if there(f"{path}.ttl"):
            paths[f"/{path}"] = _thing("The document that is wanted", served)
    return paths


def _thing(summary: str, served: bool, *steps: str) -> Entry:
    profiles = [*PROFILES, *([ALL] if served else [])]
    return _get(
        summary,
        {
            "303": {**_said("The document"), "headers": _LOCATION},
            "406": _said("There is no such format", "text/html", *_TEXTS),
            **(_LOST if steps else {}),
            **({"200": _LISTED} if served else {}),
        },
        *_in_paths(*steps),
        _in_query("_profile", "A profile, before `Accept-Profile`", enum=profiles),
        _in_query("_mediatype", "A media type before `Accept`", enum=list(TYPES.values())),
        _header("Accept-Profile", "The IRI of a profile, in angle brackets"),
        _header("Accept-Language", "French, unless English is wanted more"),
    )


# what `trophees serve` computes


def _computed() -> Mapping[str, Entry]:
    graph = _in_query("graph", "The IRI of a named graph", {"format": "iri"})
    every = {**_in_query("default", "The union of the graphs"), "allowEmptyValue": True}
    lost = {"404": _said("There is no such graph", *_TEXTS)}
    refused = {status: _REFUSED[status] for status in ("400", "406", "503")}
    busy = {"503": _said("The engine starts again, or no worker can begin", "application/json", schema="Health")}
    return {
        "/graph-store": _get(
            "A graph (SPARQL 1.1 Graph Store HTTP Protocol, reading)",
            {
                "200": _said("Its triples", *_types(RDF)),
                "304": _said("It is what If-None-Match names"),
                **refused,
                **lost,
            },
            graph,
            every,
            _format(RDF),
        ),
        "/health": _get(
            "Whether queries are answered", {"200": _said("They are", "application/json", schema="Health"), **busy}
        ),
        **_reconciling(),
        "/fragments": _get("Triple pattern fragments, withdrawn", {"410": _said("What answers instead", *_TEXTS)}),
    }


def _reconciling() -> Mapping[str, Entry]:
    """The Reconciliation Service API, versions 0.2 and 1.0-draft; the manifest says the rest."""
    told = {"200": _said("The answer", "application/json"), "400": _said("It cannot be read", *_TEXTS)}
    sent = {
        **told,
        "413": _said("It is more than goes at once", *_TEXTS),
        "415": _said("The body is of another type", *_TEXTS),
    }
    lang = _in_query("lang", "The language of names, before that of the client", enum=LANGUAGES)
    thing = {**_in_query("id", "An identifier, such as territory/commune/94016"), "required": True}
    lost = {"404": _said("There is no such entity", *_TEXTS)}
    number = {"type": "integer", "minimum": 1}
    limit, offset = (
        _in_query("limit", "How many", number),
        _in_query("offset", "How many are skipped", {"type": "integer"}),
    )
    asked = {"queries": _TEXT, "extend": _TEXT, "lang": _TEXT}

    def post(summary: str, **content: Entry) -> Entry:
        types = {"form": "application/x-www-form-urlencoded", "json": "application/json"}
        body = {"required": True, "content": {types[name]: {"schema": form} for name, form in content.items()}}
        return {"post": {"summary": summary, "requestBody": body, "responses": sent}}

    paths = {
        "/reconcile": _get(
            "The manifest of the reconciliation service; with queries or extend, the answer (0.2)",
            told,
            _in_query("queries", "A batch of version 0.2, in JSON"),
            _in_query("extend", "A data extension query, in JSON"),
            _in_query("version", "Of which version the manifest is", enum=("0.2", "1.0-draft")),
            lang,
        )
        | post(
            "Reconcile or extend: a form (0.2), or a batch in JSON (1.0-draft)",
            form={"type": "object", "properties": asked},
            json={"type": "object"},
        ),
        "/reconcile/match": post("Reconcile (1.0-draft)", json={"type": "object"}),
        "/reconcile/extend": post("Values of entities (1.0-draft)", json={"type": "object"}),
        "/reconcile/extend/propose": _get("Properties of a type", told, _in_query("type", "A type"), limit, lang),
        "/reconcile/preview": _get(
            "An entity in a small page", {**told, **lost, "200": _said("The page", "text/html")}, thing, lang
        ),
        "/reconcile/view": _get(
            "The page of an entity",
            {"303": {**_said("The page"), "headers": _LOCATION}, **lost, "400": told["400"]},
            thing,
        ),
    }
    for what in ("entity", "type", "property"):
        begin = _in_query("prefix", "How names begin, or an identifier")
        paths[f"/reconcile/suggest/{what}"] = _get(f"Suggestions: {what}", told, begin, limit, offset, lang)
    return paths


def _sparql() -> Entry:
    asked = {
        "200": _said("Rows or a truth value; triples; the description of the service", *_types(ROWS), *_types(RDF)),
        **{status: _REFUSED[status] for status in ("400", "403", "406", "503")},
    }
    graphs = (
        _in_query("default-graph-uri", "A graph of the default graph", _MANY, explode=True),
        _in_query("named-graph-uri", "A named graph", _MANY, explode=True),
    )
    shape = (
        _in_query("lang", "The language in which the graph is shown: texts in others are not there", enum=LANGUAGES),
        _in_query("compact", "Compact names instead of IRIs in rows", {"type": "boolean"}),
        _in_query("labels", "A column of labels in this language beside each column of IRIs", enum=LANGUAGES),
    )
    form = {"query": {"type": "string"}, **{p["name"]: _MANY for p in graphs}, "format": {"type": "string"}}
    form |= {p["name"]: p["schema"] for p in shape}
    typed = {"type": "object", "required": ["query"], "properties": form}
    get = _get(
        "Ask in SPARQL 1.1 (query operation); without a query: what the endpoint is",
        {
            **asked,
            "303": {**_said("For a browser: the page where queries are written"), "headers": _LOCATION},
            "304": _said("The answer is what If-None-Match or If-Modified-Since name"),
            "414": _said("The address is longer than 32 kB: use POST"),
        },
        {
            **_in_query("query", "SELECT, ASK, CONSTRUCT or DESCRIBE"),
            "example": "SELECT ?l { ?l a tp:Laureate } LIMIT 3",
        },
        *graphs,
        *shape,
        _format({**ROWS, **RDF}),
    )
    post = {
        "summary": "Ask in SPARQL 1.1 (query operation)",
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {"schema": typed},
                "application/sparql-query": {"schema": {"type": "string"}},
            },
        },
        "responses": {
            **asked,
            "413": _said("The query is longer than 1 MB", *_TEXTS),
            "415": _said("The body is of another type", *_TEXTS),
        },
    }
    return {**get, "post": post}


# parts


def _get(summary: str, responses: Mapping[str, Entry], *parameters: Entry) -> Entry:
    said: Entry = {"summary": summary, "parameters": list(parameters), "responses": dict(sorted(responses.items()))}
    return {"get": {key: value for key, value in said.items() if value}}


def _said(text: str, *types: str, schema: str = "") -> Entry:
    kinds = {type_: _schema(type_, schema) for type_ in dict.fromkeys(types)}
    return {"description": text, **({"content": kinds} if kinds else {})}


def _schema(type_: str, named: str) -> Entry:
    name = named or ("Problem" if type_ == "application/problem+json" else "")
    return {"schema": {"$ref": f"#/components/schemas/{name}"}} if name else {}


def _types(formats: Mapping[str, Sequence[str]]) -> list[str]:
    return [types[0] for types in formats.values()]


def _in_path(name: str) -> Entry:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _in_paths(*names: str) -> list[Entry]:
    return [_in_path(name) for name in names]


def _in_query(name: str, text: str, schema: Entry | None = None, *, enum: Sequence[str] = (), **more: Any) -> Entry:
    asked = schema if schema and "type" in schema else {"type": "string", **(schema or {})}
    return {
        "name": name,
        "in": "query",
        "description": text,
        "schema": asked | ({"enum": list(enum)} if enum else {}),
        **more,
    }


def _header(name: str, text: str) -> Entry:
    return {"name": name, "in": "header", "description": text, "schema": {"type": "string"}}


def _format(formats: Mapping[str, Sequence[str]]) -> Entry:
    return _in_query("format", "A format before `Accept`, by its name or its media type", {"examples": [*formats]})


_MANY: Entry = {"type": "array", "items": {"type": "string", "format": "iri"}}
_KNOWN = {
    ".well-known/void": "What the graph counts, in VoID",
    ".well-known/sparql-examples": "Example queries and prefixes, in RDF",
}
NAMED = {
    "guide.json": "The model and the queries, for programs",
    "guide.md": "The model and some queries, for people and language models",
    "llms.txt": "Where to find what, for language models",
    "robots.txt": "What search engines leave out",
    "sitemap.xml": "The pages",
    "opensearch.xml": "How to search the pages in French, for browsers (OpenSearch)",
    "opensearch-en.xml": "How to search the pages in English",
    FILE: "This description",
}
_LOCATION: Entry = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}
_TEXT: Entry = {"type": "string"}
_PROBLEM: Entry = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "title": {**_TEXT, "description": "What is wrong, in a sentence"},
        "status": {"type": "integer"},
        "line": {"type": "integer", "description": "Where in the query, from 1"},
        "column": {"type": "integer"},
        LANGUAGES[0]: {**_TEXT, "description": "The same sentence in French"},
        "excerpt": {**_TEXT, "description": "The line of the query"},
    },
}
_HEALTH: Entry = {
    "type": "object",
    "required": ["ready"],
    "properties": {"ready": {"type": "boolean", "description": "Whether queries are answered"}},
}
_WITHDRAWN = _said("It is withdrawn; the answer says why", "text/html", *_TEXTS, *TYPES.values())
_LISTED = _said(f"With `_profile={ALL}`: its documents, each with its profile", *TYPES.values(), "application/json")
_LOST = {"404": _said("There is no such thing", "text/html", *_TEXTS), "410": _WITHDRAWN}
_REFUSED = {
    "400": _said("It is no query, or there is a mistake in it; the answer says where", *_TEXTS),
    "403": _said("It is an update, or calls a service that is not allowed", *_TEXTS),
    "406": _said("There is no such format", *_TEXTS),
    "503": _said("It takes more time or memory than the limits allow, or too many ask at once", *_TEXTS),
}
