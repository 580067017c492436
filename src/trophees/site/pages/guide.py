"""The guide for programs and language models: `llms.txt` (llmstxt.org) at the root, and `guide.json` and `guide.md`.

All that it says of the model comes from the graph, the ontology, the shapes and the cookbook.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from trophees.ask import cookbook
from trophees.base.addresses import SECTIONS, Folder
from trophees.base.namespaces import BASE, DCTERMS, RDFS, SHACL
from trophees.hosting.moved import SOMEWHERE
from trophees.site import dataset
from trophees.site.collation import natural
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import place
from trophees.site.statements import TYPE

EXAMPLES = ("laureates", "tools-most-used", "insee-codes", "indicators-of-laureate", "who-says-so")  # in guide.md
# the terms themselves are not their use, and everything has a type
_DATA = f"FILTER(?g != <{BASE}graph/ontology>)"
_GRAPHS = "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"
_CLASSES = f"SELECT ?of (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a ?of }} {_DATA} }} GROUP BY ?of"
_TRIPLES = f"SELECT DISTINCT ?s ?of ?o {{ GRAPH ?g {{ ?s ?of ?o }} {_DATA} FILTER(?of != <{TYPE}>) }}"
_PROPERTIES = f"SELECT ?of (COUNT(*) AS ?n) {{ {{ {_TRIPLES} }} }} GROUP BY ?of"
_PAIRS = (
    f"SELECT DISTINCT ?class ?property {{ GRAPH ?g {{ ?s ?property ?o }} {_DATA} FILTER(?property != <{TYPE}>) "
    "?s a ?class }"
)
# a sum that is wrong, and nothing says so: each fact has a row for each language of the text that it has
_TRAP = 'SELECT (SUM(?value) AS ?total) { ?i tp:unit "EUR" ; tp:value ?value ; tp:counted ?what }'
_RIGHT = _TRAP.replace("?what }", '?what FILTER(LANG(?what) = "en") }')
_TARGETS = ("targetClass", "targetObjectsOf")
_LIMITS = ("minCount", "maxCount", "datatype", "class", "nodeKind", "pattern", "minInclusive", "maxInclusive")
_MARKUP = re.compile(r"[|<>\[\]`*_\\]")

Entry = dict[str, Any]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The three files."""
    if not dataset.latest(site):
        return
    told = guide(site)
    yield "guide.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    yield "guide.md", _markdown(told).encode()
    yield "llms.txt", _index(site, told).encode()


def guide(site: Site) -> Entry:
    """What one must know to ask the graph. Terms are compact names; lists are in a fixed order."""
    title, description = dataset.described(site, "en")
    classes, properties = _counts(site, _CLASSES), _counts(site, _PROPERTIES)
    pairs = {(str(row["class"].value), str(row["property"].value)) for row in site.query(_PAIRS)}
    sizes = _counts(site, _GRAPHS)
    short = site.context.compact
    return {
        "title": title,
        "description": description,
        "version": site.version,
        "license": dataset.licence(site),
        "endpoint": site.inputs.sparql,
        "base": BASE,
        "prefixes": dict(sorted(site.context.prefixes.items())),
        "graphs": [
            {
                "graph": short(iri),
                **_spoken(site, iri, DCTERMS + "title", DCTERMS + "description"),
                "triples": sizes[iri],
            }
            for iri in sizes
        ],
        "classes": [
            {
                "class": short(iri),
                **_spoken(site, iri),
                "subclass_of": _names(site, iri, RDFS + "subClassOf"),
                "instances": classes[iri],
                "properties": sorted(short(p) for c, p in pairs if c == iri),
            }
            for iri in classes
        ],
        "properties": [
            {
                "property": short(iri),
                **_spoken(site, iri),
                "domain": _names(site, iri, RDFS + "domain"),
                "range": _names(site, iri, RDFS + "range"),
                "subproperty_of": _names(site, iri, RDFS + "subPropertyOf"),
                "uses": properties[iri],
                "rules": _rules(site, iri),
            }
            for iri in properties
        ],
        "queries": [_query(query) for query in cookbook.queries().values()],
        "trap": {
            "wrong": _TRAP,
            "total": _total(site, _TRAP),
            "right": _RIGHT,
            "right_total": _total(site, _RIGHT),
        },
    }


def _total(site: Site, query: str) -> str:
    return next((row["total"].value for row in site.query(query) if row["total"]), "")


def _counts(site: Site, query: str) -> dict[str, int]:
    found = {row["of"].value: int(row["n"].value) for row in site.query(query)}
    return {iri: found[iri] for iri in sorted(found, key=lambda iri: natural(site.context.compact(iri)))}


def _spoken(site: Site, iri: str, label: str = RDFS + "label", comment: str = RDFS + "comment") -> dict[str, str]:
    """The label and the comment in each language; empty for a term that is not ours."""
    said = (("label", label), ("comment", comment))
    return {f"{key}_{lang}": site.text(iri, predicate, lang) for key, predicate in said for lang in LANGUAGES}


def _names(site: Site, iri: str, predicate: str) -> list[str]:
    return sorted(site.context.compact(value) for value in site.links(iri, predicate))


def _rules(site: Site, iri: str) -> list[dict[str, str]]:
    """What each property shape about `iri` asks of its values, and `of` what: a class, or the values of a property."""
    found = []
    for shape in site.subjects(SHACL + "path", iri):
        nodes = site.subjects(SHACL + "property", shape)
        targets = [v for node in nodes for kind in _TARGETS for v in site.values(node, SHACL + kind)]
        if not targets:  # a condition that others choose between
            continue
        values = {"of": targets, **{limit: site.values(shape, SHACL + limit) for limit in _LIMITS}}
        found.append({k: ", ".join(_value(site, v) for v in kept) for k, kept in values.items() if kept})
    return found


def _value(site: Site, value: NamedNode | Literal) -> str:
    return site.context.compact(value.value) if isinstance(value, NamedNode) else value.value


def _query(query: cookbook.Query) -> Entry:
    return {
        "name": query.name,
        "question_fr": query.summary.fr,
        "question_en": query.summary.en,
        "parameters": [
            {"name": p.name, "default": p.default, "title_fr": p.title.fr, "title_en": p.title.en} for p in query.params
        ],
        "columns": _columns(query.text),
        "sparql": query.text,
    }


@cache
def _columns(text: str) -> list[str]:
    """The columns of a SELECT, in order."""
    solutions = Store().query(text)
    return [v.value for v in solutions.variables] if isinstance(solutions, QuerySolutions) else []


def _trap(told: Entry) -> Iterator[str]:
    """The trap of two languages, if the graph has it."""
    if told["total"] != told["right_total"]:
        yield (
            "## Two languages double a sum\n\nA pattern with a text has a row for each of its languages. This adds "
            f"every amount twice, and says nothing: {told['total']}\n\n```sparql\n{told['wrong']}\n```\n\n"
            f"This adds each once: {told['right_total']}\n\n```sparql\n{told['right']}\n```\n\n"
            "So write the condition for each text, or ask one language alone: `trophees query --lang en`, "
            '`trophees.query(…, lang="en")`, `?lang=en` at the endpoint of `trophees serve`, or the files '
            "`dumps/trophees-en.ttl` and `dumps/trophees-fr.ttl`.\n"
        )


def _markdown(told: Entry) -> str:
    examples = [query for query in told["queries"] if query["name"] in EXAMPLES]
    asked = "\n".join(f"### {_plain(q['question_en'])}\n\n```sparql\n{_body(q['sparql'])}\n```\n" for q in examples)
    parts = [
        f"# {_plain(told['title'])}: guide to the graph\n",
        f"{_plain(told['description'])}\n",
        f"Version {told['version']}, {told['license']}. IRIs begin with `{told['base']}`. "
        "In `trophees query`, in `trophees.query` and on the site, the default graph is the union of the named graphs "
        "and the prefixes need no declaration; elsewhere write `GRAPH ?g { … }` and declare them. "
        "Labels and texts are in French (`@fr`) and in English (`@en`): filter by language. Dates are EDTF: `2021-21` "
        "is spring 2021. Codes of INSEE are strings. A laureate is one of an edition (`tp:edition`; `2020/cachan` "
        "in tables and answers): group what you count by it, or name one. What is said is according to a source "
        "(`tp:accordingTo`), in graphs of its own. A fact with `tp:reason` was inferred; one with `tp:printed` "
        "quotes its source, the others tell it again, but for flaws of a document (`tp:Anomaly`), which curators "
        "noted.\n",
        *_trap(told["trap"]),
        "## Prefixes\n",
        _table(("prefix", "namespace"), ((f"`{k}:`", f"`{v}`") for k, v in told["prefixes"].items())),
        "## Named graphs\n",
        _table(
            ("graph", "holds", "triples"),
            ((f"`{g['graph']}`", _plain(f"{g['label_en']}. {g['comment_en']}"), g["triples"]) for g in told["graphs"]),
        ),
        "## Classes\n",
        _table(
            ("class", "instances", "meaning", "properties"),
            (
                (f"`{c['class']}`", c["instances"], _plain(c["comment_en"]), _code(c["properties"]))
                for c in told["classes"]
            ),
        ),
        "## Properties\n",
        _table(
            ("property", "domain", "range", "uses", "meaning"),
            (
                (f"`{p['property']}`", _code(p["domain"]), _code(p["range"]), p["uses"], _plain(p["comment_en"]))
                for p in told["properties"]
            ),
        ),
        f"## Examples\n\n{asked}",
        "## Queries by name\n",
        "`trophees query NAME -p PARAMETER=VALUE`; their SPARQL is in [guide.json](guide.json).\n",
        _table(
            ("name", "question", "parameters", "columns"),
            (
                (
                    f"[{q['name']}]({place(Folder.COOKBOOK + q['name'] + '/', 'en')})",
                    _plain(q["question_en"]),
                    _code(f"{p['name']}={p['default']}" for p in q["parameters"]),
                    _code(q["columns"]),
                )
                for q in told["queries"]
            ),
        ),
    ]
    return "\n".join(parts)


def _body(sparql: str) -> str:
    return re.sub(r"^#\+.*\n", "", sparql, flags=re.MULTILINE).strip()


def _table(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _plain(text: str) -> str:
    """`text` on one line, without a meaning in Markdown."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def _index(site: Site, told: Entry) -> str:
    """What there is to read, as links (llmstxt.org: a title, a summary, sections of links; the last may be skipped)."""
    groups = dataset.published(site)
    words = Words("en")
    sections = {
        "Guide": [
            _link("guide.md", "guide.md", "prefixes, named graphs, classes, properties, queries with their columns"),
            _link(
                "guide.json", "guide.json", f"the same for programs, with the SPARQL of {len(told['queries'])} queries"
            ),
            _link("openapi.json", "openapi.json", "what answers over HTTP (OpenAPI 3.1)"),
        ],
        "Data": [_link(f.name, f.path, f.format or f.media_type) for key in ("whole", "tables") for f in groups[key]],
        "Model": [_link(f.name, f.path, f.format or f.media_type) for f in groups["model"]],
        "Pages": [_link(words(f"nav.{key}"), place(folder, "en"), "") for key, folder in SECTIONS.items()],
        "Optional": [_link(f.name, f.path, f"{f.format}: one class") for f in groups["classes"]],
    }
    if site.laureates:
        first = site.laureates[0].path
        text = "one thing as Turtle; every IRI has `.ttl`, `.jsonld`, `.nt` and `.rdf` beside its page"
        sections["Data"].append(_link(first + ".ttl", first + ".ttl", text))
    endpoint = told["endpoint"] or SOMEWHERE
    parts = [
        f"# {_plain(told['title'])}\n",
        f"> {_plain(told['description'])}\n",
        f"Linked data (RDF), version {told['version']}, {told['license']}. Ask it in SPARQL: at {endpoint} "
        "(SPARQL 1.1 Protocol), in the playground, or with the Python package `trophees`, which carries the graph. "
        f"Cite the permanent IRIs, which begin with {told['base']}.\n",
        *(f"## {title}\n\n" + "".join(links) for title, links in sections.items()),
    ]
    return "\n".join(parts)


def _link(name: str, path: str, text: str) -> str:
    return f"- [{_plain(name)}]({path}){': ' + text if text else ''}\n"
