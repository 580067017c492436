"""What one must know to ask the graph, from the graph itself, the ontology, the shapes and the cookbook.

What these do not say, paths, traps and what terms of others mean here, is in `guide.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from trophees.ask import cookbook
from trophees.base.namespaces import BASE, DCTERMS, RDFS, SHACL, SKOS, TP
from trophees.site import dataset
from trophees.site.collation import natural
from trophees.site.l10n import LANGUAGES
from trophees.site.model import Site
from trophees.site.pages.guide.concepts import schemes
from trophees.site.pages.guide.counted import Counted
from trophees.site.pages.guide.geography import geography
from trophees.site.pages.guide.written import Examples, data
from trophees.site.statements import TYPE

# the terms themselves are not their use, and everything has a type
_DATA = f"FILTER(?g != <{BASE}graph/ontology>)"
_GRAPHS = "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of"
_CLASSES = f"SELECT ?of (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a ?of }} {_DATA} }} GROUP BY ?of"
_TRIPLES = f"SELECT DISTINCT ?s ?of ?o {{ GRAPH ?g {{ ?s ?of ?o }} {_DATA} FILTER(?of != <{TYPE}>) }}"
_PROPERTIES = f"SELECT ?of (COUNT(*) AS ?n) {{ {{ {_TRIPLES} }} }} GROUP BY ?of"
_PAIRS = (
    "SELECT ?class ?property (COUNT(DISTINCT ?s) AS ?n) "
    f"{{ GRAPH ?g {{ ?s ?property ?o }} {_DATA} FILTER(?property != <{TYPE}>) ?s a ?class }} GROUP BY ?class ?property"
)
_TARGETS = ("targetClass", "targetObjectsOf")
_LIMITS = ("minCount", "maxCount", "datatype", "class", "nodeKind", "pattern", "minInclusive", "maxInclusive")
Entry = dict[str, Any]
_FEW = 4  # classes that one would still read
_LISTED = 100  # laureates that one would still look through


@cache
def said() -> Entry:
    """What the guide says in words of its own: `path`, `trap` and `meaning`."""
    return tomllib.loads((files("trophees") / "site" / "pages" / "guide" / "guide.toml").read_text("utf-8"))


def guide(site: Site) -> Entry:
    """What one must know to ask the graph. Terms are compact names; lists are in a fixed order."""
    title, description = dataset.described(site, "en")
    classes, properties = _counts(site, _CLASSES), _counts(site, _PROPERTIES)
    pairs = {(row["class"].value, row["property"].value): int(row["n"].value) for row in site.query(_PAIRS)}
    sizes = _counts(site, _GRAPHS)
    short = site.context.compact
    triples = data(site)
    examples, counted = Examples(site, triples), Counted(site, triples)
    having = {iri: _of(site, iri, pairs) for iri in properties}
    traps, meanings = said()["trap"], said()["meaning"]
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
        "from": "".join(f"FROM <{iri}>\n" for iri in sizes if not iri.endswith("/ontology")),
        "classes": [
            {
                "class": short(iri),
                **_spoken(site, iri),
                **({"meaning": meanings[short(iri)]} if short(iri) in meanings else {}),
                "example": examples.instance(iri),
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
                **({"meaning": meanings[short(iri)]} if short(iri) in meanings else {}),
                **({"trap": traps[short(iri)]} if short(iri) in traps else {}),
                "of": [short(c) for c in having[iri]],
                "each": counted.each(iri, having[iri]),
                "editions": counted.editions(iri),
                "write": examples.of(iri),
                "values": examples.sorts(iri),
                "domain": _names(site, iri, RDFS + "domain"),
                "range": _names(site, iri, RDFS + "range"),
                "subproperty_of": _names(site, iri, RDFS + "subPropertyOf"),
                "uses": properties[iri],
                "rules": _rules(site, iri),
            }
            for iri in properties
        ],
        "paths": [{"to_ask": p["ask"], "write": p["write"]} for p in said()["path"]],
        "vocabularies": schemes(site),
        "doubled": _doubled(site),
        "regions": _regions(site),
        "geography": geography(site),
        "laureates": _laureates(site),
        "queries": [_query(query) for query in cookbook.queries().values()],
    }


_SUM = "SELECT (SUM(?v) AS ?n) {{ <{0}> tp:indicator ?i . ?i tp:indicatorKind <{1}> ; tp:value ?v{2} }}"
_MOST = """SELECT ?l ?k (COUNT(*) AS ?n) { ?l a tp:Laureate ; tp:indicator ?i . ?i tp:indicatorKind ?k ; tp:unit "1" }
GROUP BY ?l ?k ORDER BY DESC(?n) ?l ?k LIMIT 1"""


def _doubled(site: Site) -> Entry | None:
    """A sum that two languages double, of the laureate with the most numbers of a kind; None if none has several."""
    for row in site.query(_MOST):
        about = row["l"].value, row["k"].value
        wrong = _SUM.format(*about, " ; tp:counted ?what")
        answers = [site.query(query)[0]["n"].value for query in (wrong, _SUM.format(*about, ""))]
        return {"wrong": wrong, "answer_wrong": answers[0], "answer_right": answers[1]}
    return None


def _regions(site: Site) -> list[dict[str, str]]:
    """The régions with their codes, which fewer know by heart than those of départements."""
    found = site.query("SELECT ?r ?name { ?r a igeo:Region ; skos:prefLabel ?name FILTER(LANG(?name) = 'fr') }")
    rows = [{"region": site.context.compact(row["r"].value), "label_fr": row["name"].value} for row in found]
    return sorted(rows, key=lambda row: natural(row["region"]))


def _laureates(site: Site) -> list[dict[str, str]]:
    """The laureates with their names; none where they are too many, so that the guide does not grow with the graph."""
    found = site.query(f"SELECT ?l {{ ?l a tp:Laureate }} LIMIT {_LISTED + 1}")
    iris = sorted((row["l"].value for row in found), key=natural) if len(found) <= _LISTED else []
    return [
        {"laureate": site.context.compact(iri), **{f"label_{lang}": site.label(iri, lang) for lang in LANGUAGES}}
        for iri in iris
    ]


def _of(site: Site, iri: str, pairs: dict[tuple[str, str], int]) -> list[str]:
    """The classes of what has the property: a few, of ours if there are any; one above others if it has more."""
    having = {c: n for (c, p), n in pairs.items() if p == iri}
    having = {c: n for c, n in having.items() if c.startswith(TP)} or having
    under = {c: {s for s in having if c in site.links(s, RDFS + "subClassOf")} for c in having}
    told = {
        c
        for c, below in under.items()
        if below and (len(below) > _FEW or sum(map(having.__getitem__, below)) < having[c])
    }
    below = set().union(*(under[c] for c in told))
    concepts = {c for c in having if SKOS + "Concept" in site.links(c, RDFS + "subClassOf")}
    few = {c for c in having if c in told or not (under[c] or c in below)}
    if len(concepts) > _FEW:
        few = few - concepts | {SKOS + "Concept"}
    return sorted(few, key=site.context.compact)


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
        "sparql": query.published,
    }


@cache
def _columns(text: str) -> list[str]:
    """The columns of a SELECT, in order."""
    solutions = Store().query(text)
    return [v.value for v in solutions.variables] if isinstance(solutions, QuerySolutions) else []
