"""Who says so: the named graph of each statement, by the source and the edition that its own record names.

A source has two graphs: what it says, and what the curators infer from it or add to it. A record names its source
(`selon`), and a fact inside it may name another, so that who says what stays apart. A laureate or an edition that names
none is told by the report of its edition; of anything else that names none, nobody but the curators speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from trophees.base.namespaces import BASE, GRAPH, TP
from trophees.source.record import Record, Statement

ACCORDING_TO = NamedNode(TP + "accordingTo")
REASON = NamedNode(TP + "reason")
# what names another fact of the record, and does not contain it
NAMING = frozenset(NamedNode(TP + name) for name in ("among", "per", "concerns"))
# what a curator adds to whatever a source says: words of his own, which themes are the main ones, which number is a
# part of which
ADDED = NAMING | {
    NamedNode(TP + name)
    for name in ("accordingTo", "summary", "note", "homeTerritory", "notStated", "main", "completeness")
}
# what these lead to is a curator's word, too
OBSERVED = frozenset(NamedNode(TP + name) for name in ("identifier", "anomaly", "inference", "review"))
_ON, _FORM = NamedNode(TP + "onProperty"), NamedNode(TP + "inferredForm")
INFERRED = frozenset((_ON, _FORM))  # say of other statements that they are inferred
_FIXED = {
    "vocabulary": NamedNode(GRAPH + "vocabulary"),
    "dataset": NamedNode(GRAPH + "catalog"),
    "graph": NamedNode(GRAPH + "catalog"),
    "source": NamedNode(GRAPH + "catalog"),
    "withdrawal": NamedNode(GRAPH + "withdrawn"),
}


class Graphs(NamedTuple):
    """What a source says, and what the curators infer from it or add to it."""

    stated: NamedNode
    curated: NamedNode


_CURATORS = Graphs(NamedNode(GRAPH + "curation"), NamedNode(GRAPH + "curation"))


def sources_of(records: Iterable[Record]) -> dict[NamedNode, Graphs]:
    """The graphs of each source among `records`."""
    found = {}
    for record in records:
        if kind(record) == "source":
            said = {s.predicate.value: s.object for s in record.statements if s.subject == record.iri}
            stated, curated = said.get(TP + "statedIn"), said.get(TP + "curatedIn")
            if isinstance(stated, NamedNode) and isinstance(curated, NamedNode):
                found[record.iri] = Graphs(stated, curated)
    return found


def kind(record: Record) -> str:
    """The first step of the path of `record`, such as `laureate`."""
    return record.iri.value.removeprefix(BASE).split("/")[0]


def graphs_of(record: Record, known: Mapping[NamedNode, Graphs]) -> Callable[[Statement], NamedNode]:
    """The named graph of each statement of `record`, by nothing but the record itself and the sources `known`."""
    if fixed := _FIXED.get(kind(record)):
        return lambda _: fixed
    parents: dict[NamedNode | Literal, NamedNode] = {
        s.object: s.subject
        for s in record.statements
        if s.object in record.nodes and s.object != record.iri and s.predicate not in NAMING
    }
    named: dict[NamedNode | Literal, NamedNode | Literal] = {
        s.subject: s.object for s in record.statements if s.predicate == ACCORDING_TO
    }
    reasoned = {s.subject for s in record.statements if s.predicate == REASON}
    observed = {s.object for s in record.statements if s.predicate in OBSERVED}
    inferred = _inferred(record)

    def along(node: NamedNode | Literal) -> Iterable[NamedNode | Literal]:
        """The node and what contains it, up to the record."""
        yield node
        while node in parents:
            node = parents[node]
            yield node

    def graph(statement: Statement) -> NamedNode:
        # the statement that leads to a fact belongs with the fact
        leads = statement.object in parents and statement.predicate not in NAMING
        node = statement.object if leads else statement.subject
        inside = list(along(node))
        source = next((named[n] for n in inside if n in named), None)
        graphs = known.get(source) if isinstance(source, NamedNode) else None
        stated, curated = graphs or default(record.iri)
        english = isinstance(statement.object, Literal) and statement.object.language == "en"
        added = english or statement.predicate in ADDED or any(n in reasoned or n in observed for n in inside)
        if statement.subject == record.iri and (forms := inferred.get(statement.predicate)) is not None:
            added = added or not forms or _shown(statement.object) in forms
        return curated if added else stated

    return graph


def _inferred(record: Record) -> dict[NamedNode | Literal, set[str]]:
    """The properties of `record` that are inferred, each with the values that are: none named, all of them."""
    forms = {s.subject: s.object.value for s in record.statements if s.predicate == _FORM}
    found: dict[NamedNode | Literal, set[str]] = {}
    for s in record.statements:
        if s.predicate == _ON:
            named = found.setdefault(s.object, set())
            if s.subject in forms:
                named.add(forms[s.subject])
    return found


def _shown(value: NamedNode | Literal) -> str:
    return value.value.removeprefix(BASE)


def default(iri: NamedNode) -> Graphs:
    """The graphs of the record `iri`, if it names no source."""
    first, _, rest = iri.value.removeprefix(BASE).partition("/")
    edition = rest.partition("/")[0]
    if first not in ("laureate", "edition") or not edition:
        return _CURATORS
    return Graphs(NamedNode(f"{GRAPH}report/{edition}"), NamedNode(f"{GRAPH}curation/{edition}"))
