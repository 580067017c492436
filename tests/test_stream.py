"""Records that come in parts are judged as all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import SH

from trophees.base.namespaces import BASE, TP
from trophees.check.fast import Fast
from trophees.check.records import hierarchy, part
from trophees.check.shacl import Finding
from trophees.check.stream import Part, Reference, findings
from trophees.check.whole import Whole
from trophees.source.record import Record

pytestmark = pytest.mark.xdist_group("fast")

UNKNOWN = NamedNode(TP + "unknown")
Judge = Callable[[Iterator[Part]], list[Finding]]


@pytest.fixture(scope="module")
def judge(shapes: rdflib.Graph, ontology: rdflib.Graph, whole: Whole) -> Judge:
    engine, reference = Fast(shapes), Reference(whole.types, hierarchy(ontology, shapes))
    return lambda parts: list(findings(parts, engine, reference))


@pytest.fixture(scope="module")
def laureates(records: list[Record]) -> list[Record]:
    return [record for record in records if record.path.startswith("data/laureate/2020/")][:20]


def spoilt(record: Record) -> Part:
    """A record, of which the first node says what no shape knows."""
    good = part([record])
    return Part([*good.statements, Triple(record.iri, UNKNOWN, Literal("…"))], good.nodes)


def test_parts_are_judged_as_all_of_them_at_once(laureates: list[Record], judge: Judge) -> None:
    parts = [spoilt(record) for record in laureates]
    at_once = Part([s for p in parts for s in p.statements], [node for p in parts for node in p.nodes or ()])
    found = judge(iter(parts))
    assert {f.focus for f in found} == {record.iri for record in laureates}
    assert len(found) == len(laureates)
    assert set(judge(iter([at_once]))) == set(found)


def test_quads_are_judged_as_their_triples_whatever_their_graphs(laureates: list[Record], judge: Judge) -> None:
    given = spoilt(laureates[0])
    quads = [
        Quad(s.subject, s.predicate, s.object, NamedNode(BASE + f"graph/{n % 3}"))
        for n, s in enumerate(given.statements)
    ]
    assert judge(iter([Part(quads)])) == judge(iter([given])) != []


def test_what_a_part_breaks_is_told_before_the_next_part_is_taken(
    laureates: list[Record], shapes: rdflib.Graph, ontology: rdflib.Graph, whole: Whole
) -> None:
    taken = []

    def parts() -> Iterator[Part]:
        for record in laureates:
            taken.append(record.iri)
            yield spoilt(record)

    for finding in findings(parts(), Fast(shapes), Reference(whole.types, hierarchy(ontology, shapes))):
        assert finding.focus == taken[-1]
    assert len(taken) == len(laureates)


def test_who_is_described_elsewhere_is_known_and_not_judged(laureates: list[Record], judge: Judge) -> None:
    """The territory of a laureate has its own record, which is not in the part."""
    assert judge(iter([part(laureates)])) == []


def test_without_the_reference_what_a_record_names_is_of_no_class(
    laureates: list[Record], shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    nothing = Reference({}, hierarchy(ontology, shapes))
    found = list(findings([part(laureates)], Fast(shapes), nothing))
    others = {f.rule for f in found if f.component != str(SH.ClassConstraintComponent)}
    assert others == {"shapes:flaw-of-something"}  # a query that asks whether a thing is described
    assert len(found) > 100
