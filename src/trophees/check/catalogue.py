"""Why portals would refuse the catalogue: which of `shapes/catalog.ttl` it breaks. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import rdflib
from pyoxigraph import Triple
from pyshacl import validate
from rdflib import RDF, SH
from rdflib.term import Node

from trophees.base.errors import harmless
from trophees.base.language import Language
from trophees.base.namespaces import BASE, VOID
from trophees.base.rdflib_terms import term
from trophees.check.shacl import SHAPES, shapes_graph
from trophees.source.problem import Severity


@dataclass(frozen=True, order=True)
class Refusal:
    """One thing to mend: the node, the shape that it breaks, the value to blame, if any, and what to do about it."""

    node: str
    rule: str
    value: str
    severity: Severity
    sentences: dict[Language, str] = field(compare=False)

    def line(self, language: Language) -> str:
        """`node: sentence ; valeur « … » [rule]`."""
        shown = f" ; valeur « {self.value} »" if language == "fr" else f"; value “{self.value}”"
        return harmless(f"{self.node}: {self.sentences[language]}{shown if self.value else ''} [{self.rule}]")


def check(catalogue: Iterable[Triple], shapes: str) -> list[Refusal]:
    """What portals would mind in the triples of a catalogue, in the order of its nodes. VoID is not looked at."""
    rules, graph = shapes_graph([shapes]), rdflib.Graph()
    for t in catalogue:
        if not t.predicate.value.startswith(VOID):
            assert not isinstance(t.subject, Triple)
            assert not isinstance(t.object, Triple)
            graph.add((term(t.subject), term(t.predicate), term(t.object)))
    return refusals(report(graph, rules), rules)


def report(catalogue: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The SHACL validation report."""
    _, results, _ = validate(catalogue, shacl_graph=shapes)
    assert isinstance(results, rdflib.Graph)
    return results


def refusals(results: rdflib.Graph, shapes: rdflib.Graph) -> list[Refusal]:
    """The results of a report on the catalogue."""
    return sorted({_refusal(results, result, shapes) for result in results.subjects(RDF.type, SH.ValidationResult)})


def _refusal(results: rdflib.Graph, result: Node, shapes: rdflib.Graph) -> Refusal:
    shape, focus = results.value(result, SH.sourceShape), results.value(result, SH.focusNode)
    constraint, value = results.value(result, SH.sourceConstraint), results.value(result, SH.value)
    messages = list(shapes.objects(shape if constraint is None else constraint, SH.message))
    text = "" if value is None else str(value).removeprefix(BASE)
    return Refusal(
        node=str(focus).removeprefix(BASE) if isinstance(focus, rdflib.URIRef) else "dcterms:PeriodOfTime",
        rule="shapes:" + str(shape).removeprefix(SHAPES),
        value=text if len(text) <= 80 else text[:79] + "…",
        severity="error" if results.value(result, SH.resultSeverity) == SH.Violation else "warning",
        sentences={lang: next(str(m) for m in messages if _language(m) == lang) for lang in ("fr", "en")},
    )


def _language(text: Node) -> str | None:
    return text.language if isinstance(text, rdflib.Literal) else None
