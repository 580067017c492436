"""The terms in which one asks: classes, properties and concepts, with their meaning and how often they are used."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from trophees.agents.answers import Term, Terms
from trophees.agents.holdings import Holdings
from trophees.agents.paging import paged
from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.ask.show import View
from trophees.base.errors import UserError, brief, nearest
from trophees.base.language import Language
from trophees.base.namespaces import OWL, RDFS, SKOS

_CLASSES = "SELECT ?t (COUNT(DISTINCT ?s) AS ?n) { ?s a ?t } GROUP BY ?t"
_PROPERTIES = "SELECT ?t (COUNT(*) AS ?n) { SELECT DISTINCT ?t ?s ?o { ?s ?t ?o } } GROUP BY ?t"
_OF_CLASS = "SELECT ?t (COUNT(*) AS ?n) {{ SELECT DISTINCT ?t ?s ?o {{ ?s a {0} ; ?t ?o }} }} GROUP BY ?t"
_CONCEPTS = (
    f"SELECT ?t (COUNT(?s) AS ?n) {{ ?t <{SKOS}inScheme> ?scheme "
    f"OPTIONAL {{ ?s ?p ?t FILTER(!STRSTARTS(STR(?p), '{SKOS}')) }} }} GROUP BY ?t"
)
_IN_SCHEME = NamedNode(SKOS + "inScheme")
_MEANINGS = [NamedNode(RDFS + "comment"), NamedNode(SKOS + "definition")]
_MORE = {
    "class": [NamedNode(RDFS + "subClassOf")],
    "property": [NamedNode(RDFS + name) for name in ("domain", "range", "subPropertyOf")],
    "concept": [NamedNode(SKOS + name) for name in ("inScheme", "broader", "narrower", "altLabel")],
}


def classes(holdings: Holdings, language: Language, offset: int, limit: int) -> Terms:
    """The classes that have instances."""
    return _listed(
        holdings, "class", holdings.once("classes", lambda g: _counted(g, _CLASSES)), language, offset, limit
    )


def properties(holdings: Holdings, of: str, language: Language, offset: int, limit: int) -> Terms:
    """The properties that are used, or used on the instances of the class called `of`. UserError if there is none."""
    if not of:
        counts = holdings.once("properties", lambda graph: _counted(graph, _PROPERTIES))
    else:
        known = {
            holdings.context.compact(iri): iri for iri in holdings.once("classes", lambda g: _counted(g, _CLASSES))
        }
        iri = _named(of, known, "class")
        counts = holdings.once(f"properties {iri}", lambda g: _counted(g, _OF_CLASS.format(NamedNode(iri))))
    return _listed(holdings, "property", counts, language, offset, limit)


def concepts(holdings: Holdings, vocabulary: str, language: Language, offset: int, limit: int) -> Terms:
    """The concepts, or those of one `vocabulary`, with how often facts name them. UserError if there is none."""
    counts = holdings.once("concepts", lambda graph: _counted(graph, _CONCEPTS))
    if vocabulary:
        schemes = holdings.once("schemes", _schemes)
        known = {holdings.context.compact(iri): iri for iri in {s for found in schemes.values() for s in found}}
        wanted = _named(vocabulary, known, "vocabulary")
        counts = {iri: number for iri, number in counts.items() if wanted in schemes.get(iri, ())}
    return _listed(holdings, "concept", counts, language, offset, limit)


def _named(name: str, known: dict[str, str], what: str) -> str:
    """The IRI of `known` that `name` is or stands for: with or without its prefix."""
    name = name.strip().removeprefix("<").removesuffix(">")
    short = {compact.partition(":")[2] or compact: iri for compact, iri in known.items()}
    if found := known.get(name) or short.get(name) or (name if name in known.values() else None):
        return found
    near = nearest(name, known) or nearest(name, short)
    hint = f" (did you mean “{near}”?)" if near else ""
    raise UserError(f"there is no {what} “{brief(name)}”{hint}: {', '.join(sorted(known)[:30])}")


def _schemes(graph: Repository) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in graph.quads(None, _IN_SCHEME):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found.setdefault(quad.subject.value, set()).add(quad.object.value)
    return found


def _counted(graph: Repository, query: str) -> dict[str, int]:
    result = graph.ask(Question("terms", query))
    assert isinstance(result, QuerySolutions)
    return {row["t"].value: int(row["n"].value) for row in result if isinstance(row["t"], NamedNode)}


def _listed(
    holdings: Holdings, kind: str, counts: dict[str, int], language: Language, offset: int, limit: int
) -> Terms:
    def told(graph: Repository) -> Terms:
        view = View(graph, holdings.context, language)
        names = sorted((holdings.context.compact(iri), iri) for iri in counts)
        page = [_term(view, kind, name, iri, counts[iri]) for name, iri in names[offset : offset + limit]]
        kept, _ = paged(page, 0, limit)
        after = offset + len(kept)
        return Terms(kept, len(names), after if kept and after < len(names) else None)

    return holdings.look(told)


def _term(view: View, kind: str, name: str, iri: str, uses: int) -> Term:
    node = NamedNode(iri)

    def texts(predicate: NamedNode) -> list[str]:
        found = view.objects(node, predicate)
        return [o.value for o in found if isinstance(o, Literal) and o.language in (view.language, None)]

    more = {}
    for predicate in _MORE[kind]:
        named = [view.context.compact(o.value) for o in view.objects(node, predicate) if isinstance(o, NamedNode)]
        if found := named + texts(predicate):
            more[view.context.compact(predicate.value)] = found
    deprecated = view.objects(node, NamedNode(OWL + "deprecated"))
    if deprecated:
        more["owl:deprecated"] = ["true"]
    definition = next((text for predicate in _MEANINGS for text in texts(predicate)), "")
    label = view.label(node) if view.said(node) else name
    return Term(name, iri, label, definition, uses, more)
