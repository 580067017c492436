"""A difference as RDF, in the terms of PROV: an activity that used a dataset and left another.

It invalidated the statements that are gone and generated those that came; each is described (RDF Schema 1.1, section
5.3), with the graph that says it. What changed of an entity is a part of it, with its sentences. No blank nodes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from trophees.base.language import LANGUAGES
from trophees.base.namespaces import DCTERMS, RDF, RDF_TYPE, XSD
from trophees.changes.difference import Difference
from trophees.changes.entity import Entity
from trophees.changes.names import plain
from trophees.changes.patch import identity
from trophees.changes.wording import Wording

PROV = "http://www.w3.org/ns/prov#"
_STATEMENT = NamedNode(RDF + "Statement")
_ENTITY = NamedNode(PROV + "Entity")


def name(found: Difference) -> str:
    """The IRI of a difference of two datasets that have no releases: it is made of what it does."""
    return f"urn:uuid:{identity(found)}"


def triples(
    iri: str,
    things: list[Entity],
    words: Wording,
    old: str = "",
    new: str = "",
    day: str = "",
    *,
    whole: bool = True,
) -> Iterator[Triple]:
    """What is said of the change set `iri`, from the dataset `old` to `new` (where they have IRIs), on that day.

    Unless it is `whole`, the statements are left out: what changed of each entity is told in sentences alone.
    """
    node = NamedNode(iri)
    yield Triple(node, RDF_TYPE, NamedNode(PROV + "Activity"))
    if old:
        yield Triple(node, NamedNode(PROV + "used"), NamedNode(old))
    if new:
        yield Triple(NamedNode(new), NamedNode(PROV + "wasGeneratedBy"), node)
    if old and new:
        yield Triple(NamedNode(new), NamedNode(PROV + "wasRevisionOf"), NamedNode(old))
    if day:
        yield Triple(node, NamedNode(DCTERMS + "date"), Literal(day, datatype=NamedNode(XSD + "date")))
    for entity in things:
        part = NamedNode(part_name(iri, entity.iri))
        yield Triple(node, NamedNode(DCTERMS + "hasPart"), part)
        yield Triple(part, RDF_TYPE, NamedNode(PROV + "Activity"))
        if not entity.iri.startswith("_:"):
            yield Triple(part, NamedNode(DCTERMS + "subject"), NamedNode(entity.iri))
        for language in LANGUAGES:
            said = [f"{words.name(entity.iri, language)} ({words.kind(entity.kind)[language]})"]
            said += filter(None, (words.part(entity, fact)[language] for fact in entity.said))
            said += filter(None, [words.derived(entity)[language]])
            yield Triple(part, NamedNode(DCTERMS + "description"), Literal("\n".join(said), language=language))
        for fact in entity.parts if whole else ():
            for value in fact.values:
                for verb, quad in (("invalidated", value.old), ("generated", value.new)):
                    if quad is not None:
                        yield from _statement(iri, part, verb, quad)


def part_name(iri: str, entity: str) -> str:
    """The IRI of what the change set `iri` tells of an entity."""
    return f"{iri}#{_digest(entity)}"


def _statement(iri: str, part: NamedNode, verb: str, quad: Quad) -> Iterator[Triple]:
    """A statement that came or went. What it has of blank nodes is named as they are in the difference."""
    node = NamedNode(f"{iri}#{_digest(str(quad))}")
    yield Triple(part, NamedNode(PROV + verb), node)
    yield Triple(node, RDF_TYPE, _STATEMENT)
    yield Triple(node, RDF_TYPE, _ENTITY)
    yield Triple(node, NamedNode(RDF + "subject"), _named(iri, quad.subject))
    yield Triple(node, NamedNode(RDF + "predicate"), quad.predicate)
    yield Triple(node, NamedNode(RDF + "object"), _named(iri, quad.object))
    if quad.graph_name != DefaultGraph():
        yield Triple(node, NamedNode(DCTERMS + "isPartOf"), _named(iri, quad.graph_name))


def _named(iri: str, term: NamedNode | BlankNode | Literal | Triple | DefaultGraph) -> NamedNode | Literal:
    if isinstance(term, NamedNode | Literal):
        return term
    return NamedNode(f"{iri}#{_digest(plain(term))}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
