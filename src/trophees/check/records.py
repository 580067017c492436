"""Findings as problems in files. Pure: records and shapes in, problems out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import RDFS

from trophees.base.context import Context
from trophees.check import stream
from trophees.check.shacl import Engine, Finding, PyShacl
from trophees.check.stream import Part, Reference
from trophees.check.whole import Place, Whole
from trophees.check.wording import Types, Wording
from trophees.source.problem import Problem
from trophees.source.record import REFUSED, Record


def check(
    records: Collection[Record],
    whole: Whole,
    shapes: rdflib.Graph,
    ontology: rdflib.Graph,
    context: Context,
    engine: Callable[[rdflib.Graph], Engine] = PyShacl,
) -> list[Problem]:
    """Everything wrong in `records`: what reading them found, each shape that they break, what they share with others.

    `whole` knows every record of the project. The list is in the order of files and lines.
    """
    problems = [p for record in records for p in record.problems]
    problems += [p for record in records for p in whole.problems(record, context)]
    locate = _Places(records)
    classes = hierarchy(ontology, shapes)
    wording = Wording(shapes, classes, whole.types, context)
    for finding in findings(records, whole.types, classes, engine(shapes)):
        values = locate.values(finding.focus, finding.path)
        if REFUSED not in values:  # what reading refused is to be mended first
            problems.append(
                Problem(
                    *locate.of(finding, values),
                    rule=finding.rule,
                    severity=finding.severity,
                    messages=wording.say(finding, values),
                )
            )
    once = {(p, p.message("fr")): p for p in problems}
    return [once[key] for key in sorted(once)]


def findings(records: Collection[Record], known: Types, classes: rdflib.Graph, engine: Engine) -> Iterator[Finding]:
    """Each shape that the nodes described by `records` break.

    `known` gives the classes of every node that they may refer to, `classes` which class is under which: no shape
    of records looks any further.
    """
    return stream.findings([part(records)], engine, Reference(known, classes))


def part(records: Collection[Record]) -> Part:
    """Records as a part of a stream."""
    statements = [Triple(s.subject, s.predicate, s.object) for record in records for s in record.statements]
    return Part(statements, {node for record in records for node in record.nodes})


def hierarchy(*graphs: rdflib.Graph) -> rdflib.Graph:
    """Which class is under which."""
    classes = rdflib.Graph()
    for graph in graphs:
        classes += graph.triples((None, RDFS.subClassOf, None))
    return classes


class _Places:
    """Where each node, and each statement, stands."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.nodes: dict[NamedNode, Place] = {}
        self.statements: dict[tuple[NamedNode, NamedNode], dict[NamedNode | Literal, Place]] = {}
        for record in records:
            for node, (line, column) in record.nodes.items():
                self.nodes[node] = (record.path, line, column)
            for s in record.statements:
                values = self.statements.setdefault((s.subject, s.predicate), {})
                values.setdefault(s.object, (record.path, s.line, s.column))

    def values(self, focus: NamedNode | BlankNode, path: NamedNode | None) -> dict[NamedNode | Literal, Place]:
        """The values of the property `path` of the node, each with its place."""
        if path is None or isinstance(focus, BlankNode):
            return {}
        return self.statements.get((focus, path), {})

    def of(self, finding: Finding, values: dict[NamedNode | Literal, Place]) -> Place:
        """The place of the value to blame, or of the first one there, or of the node."""
        value, node = finding.value, finding.focus
        if value is not None and not isinstance(value, BlankNode) and value in values:
            return values[value]
        assert isinstance(node, NamedNode)  # of a record
        return next(iter(values.values()), None) or self.nodes[node]
