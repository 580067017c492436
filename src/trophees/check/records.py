"""SHACL results as problems in files. Pure: records and shapes in, problems out."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Collection, Iterable

import rdflib
from pyoxigraph import NamedNode
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from trophees.base.context import Context
from trophees.base.errors import nearest
from trophees.base.language import Language
from trophees.base.namespaces import BASE, RDF_TYPE
from trophees.base.rdflib_terms import term
from trophees.check.shacl import SHAPES, Types, _hierarchy, report
from trophees.source.problem import Problem
from trophees.source.record import REFUSED, Record

# rdflib traces each ill-typed literal on standard error; the shapes report it
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", "Parsing weird boolean", UserWarning)

_NO_DIGIT = dict.fromkeys(map(ord, "0123456789"))


def types_of(records: Iterable[Record], reference: Iterable[tuple[str, str]]) -> Types:
    """The classes that `records` give to each node, by IRI, and those of the `reference` data (pairs of IRIs)."""
    types: Types = {}
    for record in records:
        for s in record.statements:
            if s.predicate == RDF_TYPE and isinstance(s.object, NamedNode):
                types.setdefault(s.subject.value, set()).add(s.object.value)
    for node, name in reference:
        types.setdefault(node, set()).add(name)
    return types


def check(
    records: Collection[Record], known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph, context: Context
) -> list[Problem]:
    """Everything wrong in `records`: what reading them found, and each shape that they break.

    `known` gives the classes of every node that they may refer to. The list is in the order of files and lines.
    """
    problems = [p for record in records for p in record.problems]
    locate = _Places(records)
    results = report(records, known, shapes, ontology)
    describe = _Messages(shapes, _hierarchy(ontology, shapes), known, context)
    for result in results.subjects(RDF.type, SH.ValidationResult):
        if not locate.refused(results.value(result, SH.focusNode), results.value(result, SH.resultPath)):
            problems.append(_problem(results, result, locate, describe))
    once = {(p, p.message("fr")): p for p in problems}
    return [once[key] for key in sorted(once)]


class _Places:
    """Where each node, and each statement, stands."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.nodes: dict[Node, tuple[str, int, int]] = {}
        self.statements: dict[tuple[Node, Node], dict[Node, tuple[str, int, int]]] = {}
        for record in records:
            for node, (line, column) in record.nodes.items():
                self.nodes[term(node)] = (record.path, line, column)
            for s in record.statements:
                values = self.statements.setdefault((term(s.subject), term(s.predicate)), {})
                values.setdefault(term(s.object), (record.path, s.line, s.column))

    def of(self, focus: Node, path: Node | None, value: Node | None) -> tuple[str, int, int]:
        """The place of the statement, or of the first one with that subject and path, or of the node."""
        values = self.values(focus, path)
        first = next(iter(values.values()), None) or self.nodes.get(focus, (str(focus), 1, 1))
        return first if value is None else values.get(value, first)

    def refused(self, focus: Node | None, path: Node | None) -> bool:
        """Whether reading refused a value there: that is what to mend first."""
        return focus is not None and term(REFUSED) in self.values(focus, path)

    def values(self, focus: Node, path: Node | None) -> dict[Node, tuple[str, int, int]]:
        """The values of the property `path` of the node, each with its place."""
        return {} if path is None else self.statements.get((focus, path), {})


class _Messages:
    """The sentence of a result: its name, what its shape expects, the value found, and the nearest right one."""

    def __init__(self, shapes: rdflib.Graph, classes: rdflib.Graph, known: Types, context: Context) -> None:
        self.shapes = shapes
        self.classes = classes
        self.known = known
        self.context = context

    def text(self, node: Node, predicate: Node, language: Language) -> str:
        found = {o.language: str(o) for o in self.shapes.objects(node, predicate) if isinstance(o, rdflib.Literal)}
        return found.get(language, next(iter(found.values()), ""))

    def say(
        self, shape: Node, component: Node, path: Node | None, value: Node | None, count: int, language: Language
    ) -> str:
        """`count` is how many values the path has, told where no single one of them is to blame."""
        if component == SH.ClosedConstraintComponent:
            return self.unknown_key(shape, str(path), language)
        sentence = self.text(shape, SH.message, language)
        if path is None:
            return sentence
        if name := self.text(shape, SH.name, language):
            key = self.context.term_for(str(path)) or name
            sentence = f"{name if name == key else f'{key} ({name})'} — {sentence}"
        french = language == "fr"
        if value is None:
            if count == 0:
                return sentence + (" ; clé absente" if french else "; key missing")
            return sentence + (f" ; {count} valeur" if french else f"; {count} value") + "s" * (count > 1)
        if isinstance(value, rdflib.URIRef) and re.match(BASE + "(?!ontology).*#", value):
            return sentence + (" ; ici, des clés au lieu d'une valeur" if french else "; here, keys instead of a value")
        shown = self.shown(value, shape)
        sentence += f" ; valeur « {shown} »" if french else f"; value “{shown}”"
        if near := self.right(shape, value):
            sentence += f" (vouliez-vous « {near} » ?)" if french else f" (did you mean “{near}”?)"
        return sentence

    def unknown_key(self, shape: Node, path: str, language: Language) -> str:
        prefixes = {namespace: prefix for prefix, namespace in self.context.prefixes.items()}
        key = self.context.term_for(path) or prefixes.get(path) or path.removeprefix(self.context.vocab)
        allowed = [
            name
            for p in self.shapes.objects(shape, SH.property)
            if (name := self.context.term_for(str(self.shapes.value(p, SH.path))))
        ]
        near = nearest(key, allowed)
        if language == "fr":
            return f"clé inconnue ici « {key} »" + (f" (vouliez-vous « {near} » ?)" if near else "")
        return f"unknown key here “{key}”" + (f" (did you mean “{near}”?)" if near else "")

    def shown(self, value: Node, shape: Node) -> str:
        """`value` as a record writes it under the key of `shape`."""
        text = str(value)
        if isinstance(value, rdflib.URIRef):
            key = self.context.term_for(str(self.shapes.value(shape, SH.path))) or ""
            vocab = key in self.context.terms and self.context.terms[key].type == "@vocab"
            text = self.context.compact(text, vocab=vocab).removeprefix("tp:").removeprefix(BASE)
        return text if len(text) <= 80 else text[:79] + "…"

    def right(self, shape: Node, value: Node) -> str | None:
        """The accepted value that `value` most resembles, for a shape that asks for a class or a list.

        Nothing if only digits tell them apart: another code is another thing, not the same one spelt right.
        """
        if not isinstance(value, rdflib.URIRef):
            return None
        wanted = self.shapes.objects(shape, SH["class"])
        classes = {str(c) for w in wanted for c in self.classes.transitive_subjects(RDFS.subClassOf, w)}
        accepted = [iri for iri, found in self.known.items() if classes & found]
        if listed := self.shapes.value(shape, SH["in"]):
            accepted += [str(item) for item in self.shapes.items(listed)]
        shown = self.shown(value, shape)
        near = nearest(shown, (self.shown(rdflib.URIRef(iri), shape) for iri in accepted), 0.7)
        return near if near and near.translate(_NO_DIGIT) != shown.translate(_NO_DIGIT) else None


def _problem(results: rdflib.Graph, result: Node, locate: _Places, describe: _Messages) -> Problem:
    focus = results.value(result, SH.focusNode)
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    shape = results.value(result, SH.sourceShape)
    component = results.value(result, SH.sourceConstraintComponent)
    constraint = results.value(result, SH.sourceConstraint)
    severity = results.value(result, SH.resultSeverity)
    assert focus is not None
    assert shape is not None
    assert component is not None
    # sh:sparql reports its own message; the node shape that holds it carries none
    speaker = constraint if constraint is not None else shape
    path_iri = path if isinstance(path, rdflib.URIRef) else None
    count = len(locate.values(focus, path_iri))
    return Problem(
        *locate.of(focus, path_iri, value),
        rule="shapes:" + str(shape).removeprefix(SHAPES),
        severity="error" if severity == SH.Violation else "warning",
        messages={lang: describe.say(speaker, component, path_iri, value, count, lang) for lang in ("fr", "en")},
    )
