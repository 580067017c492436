"""SHACL results as problems in files. Pure: records and shapes in, problems out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

import rdflib
from pyoxigraph import Literal, NamedNode, Quad
from pyshacl import validate
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from trophees.context import Context
from trophees.problem import Language, Problem
from trophees.source import RDF_TYPE, Record

SHAPES = "https://w3id.org/trophees-participation/shapes#"
_STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
Types = dict[str, set[str]]


def types_of(records: Iterable[Record], reference: Iterable[Quad]) -> Types:
    """The classes that `records` and the `reference` data give to each node, by IRI."""
    types: Types = {}
    for record in records:
        for s in record.statements:
            if s.predicate == RDF_TYPE and isinstance(s.object, NamedNode):
                types.setdefault(s.subject.value, set()).add(s.object.value)
    for q in reference:
        if q.predicate == RDF_TYPE and isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode):
            types.setdefault(q.subject.value, set()).add(q.object.value)
    return types


def shapes_graph(texts: Iterable[str]) -> rdflib.Graph:
    """The shapes in Turtle `texts`, as one graph."""
    graph = rdflib.Graph()
    for text in texts:
        graph.parse(data=text, format="turtle")
    return graph


def check(
    records: Collection[Record], known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph, context: Context
) -> list[Problem]:
    """Everything wrong in `records`: what reading them found, and each shape that they break.

    `known` gives the classes of every node that they may refer to. The list is in the order of files and lines.
    """
    problems = [p for record in records for p in record.problems]
    graph = rdflib.Graph()
    graph += ontology.triples((None, RDFS.subClassOf, None))
    for iri, classes in known.items():
        for name in classes:
            graph.add((rdflib.URIRef(iri), RDF.type, rdflib.URIRef(name)))
    locate = _Places(records)
    for record in records:
        for s in record.statements:
            graph.add((_term(s.subject), _term(s.predicate), _term(s.object)))
    focus = [rdflib.URIRef(node.value) for record in records for node in record.nodes]
    if focus:
        _, results, _ = validate(graph, shacl_graph=shapes, focus_nodes=focus)
        assert isinstance(results, rdflib.Graph)
        describe = _Messages(shapes, known, context)
        for result in results.subjects(RDF.type, SH.ValidationResult):
            problems.append(_problem(results, result, locate, describe))
    return sorted(set(problems))


class _Places:
    """Where each node, and each statement, stands."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.nodes: dict[Node, tuple[str, int, int]] = {}
        self.statements: dict[tuple[Node, Node, Node], tuple[str, int, int]] = {}
        for record in records:
            for node, (line, column) in record.nodes.items():
                self.nodes[_term(node)] = (record.path, line, column)
            for s in record.statements:
                triple = (_term(s.subject), _term(s.predicate), _term(s.object))
                self.statements.setdefault(triple, (record.path, s.line, s.column))

    def of(self, focus: Node, path: Node | None, value: Node | None) -> tuple[str, int, int]:
        if path is not None and value is not None and (focus, path, value) in self.statements:
            return self.statements[focus, path, value]
        for (s, p, _), place in self.statements.items():
            if s == focus and p == path:
                return place
        return self.nodes.get(focus, (str(focus), 1, 1))


class _Messages:
    """The sentence of a result: its name, what its shape expects, the value found, and the nearest right one."""

    def __init__(self, shapes: rdflib.Graph, known: Types, context: Context) -> None:
        self.shapes = shapes
        self.known = known
        self.context = context

    def text(self, node: Node, predicate: Node, language: Language) -> str:
        found = {
            o.language: str(o)
            for o in self.shapes.objects(node, predicate)
            if isinstance(o, rdflib.Literal)
        }
        return found.get(language, next(iter(found.values()), ""))

    def say(self, shape: Node, component: Node, path: Node | None, value: Node | None, language: Language) -> str:
        if component == SH.ClosedConstraintComponent:
            return self.unknown_key(shape, str(path), language)
        name = "" if path is None else self.text(shape, SH.name, language)
        sentence = self.text(shape, SH.message, language)
        if name:
            sentence = f"{name} — {sentence}"
        if value is None or component in (SH.OrConstraintComponent, SH.XoneConstraintComponent) and not name:
            return sentence
        shown = self.shown(value)
        sentence += f" ; valeur « {shown} »" if language == "fr" else f"; value “{shown}”"
        if near := self.nearest(shape, value):
            sentence += f" (vouliez-vous « {near} » ?)" if language == "fr" else f" (did you mean “{near}”?)"
        return sentence

    def unknown_key(self, shape: Node, path: str, language: Language) -> str:
        key = self.context.term_for(path) or path.removeprefix(self.context.vocab)
        allowed = [
            name
            for p in self.shapes.objects(shape, SH.property)
            if (name := self.context.term_for(str(self.shapes.value(p, SH.path))))
        ]
        near = get_close_matches(key, allowed, 1)
        if language == "fr":
            return f"clé inconnue ici « {key} »" + (f" (vouliez-vous « {near[0]} » ?)" if near else "")
        return f"unknown key here “{key}”" + (f" (did you mean “{near[0]}”?)" if near else "")

    def shown(self, value: Node) -> str:
        text = self.context.compact(str(value), vocab=True) if isinstance(value, rdflib.URIRef) else str(value)
        text = text.removeprefix(self.context.vocab)
        return text if len(text) <= 80 else text[:79] + "…"

    def nearest(self, shape: Node, value: Node) -> str | None:
        """The accepted value that `value` most resembles, for a shape that asks for a class or a list."""
        if not isinstance(value, rdflib.URIRef):
            return None
        wanted = str(self.shapes.value(shape, SH["class"]))
        accepted = [iri for iri, classes in self.known.items() if wanted in classes]
        if listed := self.shapes.value(shape, SH["in"]):
            accepted += [str(item) for item in self.shapes.items(listed)]
        names = {self.shown(rdflib.URIRef(iri)): iri for iri in accepted}
        near = get_close_matches(self.shown(value), names, 1, 0.7)
        return near[0] if near else None


def _problem(results: rdflib.Graph, result: Node, locate: _Places, describe: _Messages) -> Problem:
    focus = results.value(result, SH.focusNode)
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    shape = results.value(result, SH.sourceShape)
    component = results.value(result, SH.sourceConstraintComponent)
    constraint = results.value(result, SH.sourceConstraint)
    severity = results.value(result, SH.resultSeverity)
    assert focus is not None and shape is not None and component is not None
    # sh:sparql reports its own message; the node shape that holds it carries none
    speaker = constraint if constraint is not None else shape
    path_iri = path if isinstance(path, rdflib.URIRef) else None
    return Problem(
        *locate.of(focus, path_iri, value),
        rule="shapes:" + str(shape).removeprefix(SHAPES),
        severity="error" if severity == SH.Violation else "warning",
        messages={
            lang: describe.say(speaker, component, path_iri, value, lang) for lang in ("fr", "en")
        },
    )


def _term(term: NamedNode | Literal) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # rdflib tells "x" from "x"^^xsd:string, RDF 1.1 does not
    datatype = None if term.datatype == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
