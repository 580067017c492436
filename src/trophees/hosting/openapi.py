"""What answers at which address over HTTP, for programs: an OpenAPI 3.1 description, true of the host that gives it.

Any host of the published folder answers for its documents; `trophees serve` for what it computes, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from trophees.base.language import LANGUAGES
from trophees.hosting.accept import TYPES
from trophees.hosting.documents import SHOWN, TEXT, WELL_KNOWN
from trophees.hosting.formats import RDF, ROWS
from trophees.hosting.operations import (
    LOCATION,
    STRING,
    TEXTS,
    Entry,
    format_,
    get,
    header,
    in_path,
    in_paths,
    in_query,
    said,
    types,
)  # fmt: skip
from trophees.hosting.profiles import ALL, DATASET, OFFERED, PROFILES
from trophees.hosting.reconciling import reconciling

FILE = "openapi.json"
_FOLDERS = {
    "csv": (TEXT["csv"], TEXT["tsv"], "application/csvm+json", TEXT["json"]),
    "dumps": tuple(TEXT[form] for form in ("ttl", "nt", "nq", "trig", "rdf", "jsonld")),
    "geojson": (TEXT["geojson"],),
}
_INFO = (
    "Read-only: GET, HEAD wherever there is GET, OPTIONS for scripts of other sites (CORS). Every text is in UTF-8. "
    "Where answers are computed, a refusal is a sentence, or a problem (RFC 9457) for who accepts JSON. The address of "
    "a thing, which is that of its permanent identifier, answers 303 with a document in the format, the language and "
    "the profile that are wanted."
)


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
    cached = {"304": said("It is what If-None-Match names")}
    ranged = {"206": said("The range", "*/*"), "416": said("It has no such range")}
    lost = {"404": said("There is none", "text/html", *TEXTS)}
    paths = {
        f"/{folder}/{{file}}": get(
            f"A file of {folder}/", {"200": said("The document", *types), **ranged, **cached, **lost}, in_path("file")
        )
        for folder, types in _FOLDERS.items()
    }
    for place, file in {**WELL_KNOWN, **{path: path for path in NAMED}}.items():
        if there(file):
            type_ = TEXT[file.rpartition(".")[2]]
            paths[f"/{place}"] = get(NAMED.get(place) or _KNOWN[place], {"200": said("The document", type_), **cached})
    paths["/{kind}/{name}"] = _thing("A thing, such as an organisation", served, "kind", "name")
    paths["/{kind}/{group}/{name}"] = _thing(
        "A thing, such as a laureate of an edition", served, "kind", "group", "name"
    )
    forms = [type_ for form, type_ in TYPES.items() if form != "html"]
    ends = {**in_path("end"), "schema": {"type": "string", "enum": [form for form in TYPES if form != "html"]}}
    paths["/{kind}/{group}/{name}.{end}"] = get(
        "What is said of a thing",
        {"200": said("The document", *forms), **ranged, **cached, **lost, "410": _WITHDRAWN},
        *in_paths("kind", "group", "name"),
        ends,
    )
    for path in (*(path for path in SHOWN if path in OFFERED), "ontology", "shapes", DATASET):
        if there(f"{path}.ttl"):
            paths[f"/{path}"] = _thing("The document that is wanted", served)
    return paths


def _thing(summary: str, served: bool, *steps: str) -> Entry:
    profiles = [*PROFILES, *([ALL] if served else [])]
    return get(
        summary,
        {
            "303": {**said("The document"), "headers": LOCATION},
            "406": said("There is no such format", "text/html", *TEXTS),
            **(_LOST if steps else {}),
            **({"200": _LISTED} if served else {}),
        },
        *in_paths(*steps),
        in_query("_profile", "A profile, before `Accept-Profile`", enum=profiles),
        in_query("_mediatype", "A media type before `Accept`", enum=list(TYPES.values())),
        header("Accept-Profile", "The IRI of a profile, in angle brackets"),
        header("Accept-Language", "French, unless English is wanted more"),
    )


# what `trophees serve` computes


def _computed() -> Mapping[str, Entry]:
    graph = in_query("graph", "The IRI of a named graph", {"format": "iri"})
    every = {**in_query("default", "The union of the graphs"), "allowEmptyValue": True}
    lost = {"404": said("There is no such graph", *TEXTS)}
    refused = {status: _REFUSED[status] for status in ("400", "406", "503")}
    busy = {"503": said("The engine starts again, or no worker can begin", "application/json", schema="Health")}
    return {
        "/graph-store": get(
            "A graph (SPARQL 1.1 Graph Store HTTP Protocol, reading)",
            {
                "200": said("Its triples", *types(RDF)),
                "304": said("It is what If-None-Match names"),
                **refused,
                **lost,
            },
            graph,
            every,
            format_(RDF),
        ),
        "/health": get(
            "Whether queries are answered", {"200": said("They are", "application/json", schema="Health"), **busy}
        ),
        **reconciling(),
        "/fragments": get("Triple pattern fragments, withdrawn", {"410": said("What answers instead", *TEXTS)}),
    }


def _sparql() -> Entry:
    asked = {
        "200": said("Rows or a truth value; triples; the description of the service", *types(ROWS), *types(RDF)),
        **{status: _REFUSED[status] for status in ("400", "403", "406", "503")},
    }
    graphs = (
        in_query("default-graph-uri", "A graph of the default graph", _MANY, explode=True),
        in_query("named-graph-uri", "A named graph", _MANY, explode=True),
    )
    shape = (
        in_query("lang", "The language in which the graph is shown: texts in others are not there", enum=LANGUAGES),
        in_query("compact", "Compact names instead of IRIs in rows", {"type": "boolean"}),
        in_query("labels", "A column of labels in this language beside each column of IRIs", enum=LANGUAGES),
    )
    form = {"query": {"type": "string"}, **{p["name"]: _MANY for p in graphs}, "format": {"type": "string"}}
    form |= {p["name"]: p["schema"] for p in shape}
    typed = {"type": "object", "required": ["query"], "properties": form}
    reading = get(
        "Ask in SPARQL 1.1 (query operation); without a query: what the endpoint is",
        {
            **asked,
            "303": {**said("For a browser: the page where queries are written"), "headers": LOCATION},
            "304": said("The answer is what If-None-Match or If-Modified-Since name"),
            "414": said("The address is longer than 32 kB: use POST"),
        },
        {
            **in_query("query", "SELECT, ASK, CONSTRUCT or DESCRIBE"),
            "example": "SELECT ?l { ?l a tp:Laureate } LIMIT 3",
        },
        *graphs,
        *shape,
        format_({**ROWS, **RDF}),
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
            "413": said("The query is longer than 1 MB", *TEXTS),
            "415": said("The body is of another type", *TEXTS),
        },
    }
    return {**reading, "post": post}


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
_PROBLEM: Entry = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "title": {**STRING, "description": "What is wrong, in a sentence"},
        "status": {"type": "integer"},
        "line": {"type": "integer", "description": "Where in the query, from 1"},
        "column": {"type": "integer"},
        LANGUAGES[0]: {**STRING, "description": "The same sentence in French"},
        "excerpt": {**STRING, "description": "The line of the query"},
    },
}
_HEALTH: Entry = {
    "type": "object",
    "required": ["ready"],
    "properties": {"ready": {"type": "boolean", "description": "Whether queries are answered"}},
}
_WITHDRAWN = said("It is withdrawn; the answer says why", "text/html", *TEXTS, *TYPES.values())
_LISTED = said(f"With `_profile={ALL}`: its documents, each with its profile", *TYPES.values(), "application/json")
_LOST = {"404": said("There is no such thing", "text/html", *TEXTS), "410": _WITHDRAWN}
_REFUSED = {
    "400": said("It is no query, or there is a mistake in it; the answer says where", *TEXTS),
    "403": said("It is an update, or calls a service that is not allowed", *TEXTS),
    "406": said("There is no such format", *TEXTS),
    "503": said("It takes more time or memory than the limits allow, or too many ask at once", *TEXTS),
}
