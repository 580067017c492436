"""Shapes with one constraint weaker or stronger: removed, loosened or tightened by one. Deterministic, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal as OneOf

import rdflib
from rdflib import RDF, RDFS, SH, XSD, BNode, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from mutation.patterns import variants
from trophees.check.shacl import SHAPES

Triple = tuple[Node, Node, Node]
Effect = OneOf["weaker", "stronger", "other"]

TARGETS = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
# constraints (SHACL, section 4): without one of them, or with a smaller least or a greater most, less is asked
_LEAST = (SH.minCount, SH.minLength, SH.minInclusive)
_MOST = (SH.maxCount, SH.maxLength, SH.maxInclusive)
_ASKING = (
    *_LEAST,
    *_MOST,
    *(SH.datatype, SH["class"], SH.nodeKind, SH["in"], SH.languageIn, SH.uniqueLang, SH.pattern, SH.hasValue),
    *(SH.equals, SH.lessThanOrEquals, SH.closed, SH["or"], SH.xone, SH["not"], SH.sparql),
)
_NOTHING = URIRef(SHAPES + "Nothing")
_OPERATORS = {"<": ("<=", ">"), "<=": ("<",), ">": (">=", "<"), "&&": ("||",), "||": ("&&",)}
_SPARQL = re.compile(r'#.*|<[^\s<>]*>|"(?:[^"\\]|\\.)*"|[<>]=?|&&|\|\||(?<![\w?^])\d+\b|FILTER|BIND')


@dataclass(frozen=True)
class Mutant:
    """A change of shapes: triples to remove and to add. Only reports on `rules` can differ."""

    name: str
    effect: Effect
    rules: frozenset[Node]
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...]


@contextmanager
def applied(mutant: Mutant, shapes: rdflib.Graph) -> Iterator[None]:
    """`shapes` with the change, until the end of the block."""
    for triple in mutant.removed:
        shapes.remove(triple)
    for triple in mutant.added:
        shapes.add(triple)
    try:
        yield
    finally:
        for triple in mutant.added:
            shapes.remove(triple)
        for triple in mutant.removed:
            shapes.add(triple)


def mutants(shapes: rdflib.Graph, classes: rdflib.Graph, vocabulary: Iterable[str]) -> list[Mutant]:
    """Every mutant of `shapes`, by name. `classes` says which is under which; `vocabulary` are the IRIs of concepts."""
    found = _Mutants(shapes, classes, sorted(vocabulary))
    for shape in sorted(
        {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)}, key=str
    ):
        found.of(shape)
    return sorted(found.made.values(), key=lambda mutant: mutant.name)


def reduced(shapes: rdflib.Graph, rules: frozenset[Node]) -> rdflib.Graph:
    """Shapes that say of `rules` what `shapes` say, and are quicker, as they say little else."""
    small = rdflib.Graph()
    small += shapes.triples((None, RDFS.subClassOf, None))
    for rule in rules:
        _whole(shapes, rule, small)
    for node in _targeted(shapes):
        shared = [p for p in shapes.objects(node, SH.property) if p in rules]
        if node in rules or shared:
            for predicate in (RDF.type, *TARGETS):
                small += shapes.triples((node, predicate, None))
        for prop in shared:
            small.add((node, SH.property, prop))
        if node in rules:  # a closed shape knows the paths of all of its properties
            for prop in shapes.objects(node, SH.property):
                small.add((node, SH.property, prop))
                small += shapes.triples((prop, SH.path, None))
    return small


def _targeted(shapes: rdflib.Graph) -> set[Node]:
    return {node for predicate in TARGETS for node in shapes.subjects(predicate)}


def _whole(shapes: rdflib.Graph, node: Node, into: rdflib.Graph) -> None:
    """What is said of `node`, and of the nodes of its lists and conditions; not its own properties."""
    targeted = bool(set(shapes.predicates(node)) & set(TARGETS))
    for triple in shapes.triples((node, None, None)):
        if (targeted and triple[1] == SH.property) or triple in into:
            continue
        into.add(triple)
        if triple[1] != SH["class"]:
            _whole(shapes, triple[2], into)


class _Mutants:
    def __init__(self, shapes: rdflib.Graph, classes: rdflib.Graph, vocabulary: list[str]) -> None:
        self.shapes = shapes
        self.classes = classes
        self.vocabulary = vocabulary
        self.made: dict[str, Mutant] = {}

    def of(self, shape: Node) -> None:
        """The mutants of one shape."""
        rules = self.rules(shape)
        if not rules:
            return
        for predicate, value in sorted(self.shapes.predicate_objects(shape), key=str):
            assert isinstance(predicate, URIRef)
            if predicate in _ASKING:
                # without sh:closed, the engine refuses sh:ignoredProperties
                beside = self.shapes.triples((shape, SH.ignoredProperties, None)) if predicate == SH.closed else ()
                self.add(shape, predicate, "removed", "weaker", rules, [(shape, predicate, value), *beside], [])
            elif predicate == SH.ignoredProperties:
                self.add(shape, predicate, "removed", "stronger", rules, [(shape, predicate, value)], [])
            elif predicate in TARGETS:
                properties = frozenset(self.shapes.objects(shape, SH.property))
                self.add(
                    shape,
                    predicate,
                    f"{_local(value)} removed",
                    "weaker",
                    rules | properties,
                    [(shape, predicate, value)],
                    [],
                )
            elif predicate == SH.property and _targeted(self.shapes) & {shape}:
                closed = (shape, SH.closed, None) in self.shapes
                effect: Effect = "stronger" if closed else "weaker"
                self.add(
                    shape,
                    predicate,
                    f"{_local(value)} removed",
                    effect,
                    rules | {value},
                    [(shape, predicate, value)],
                    [],
                )
            self.changed(shape, predicate, value, rules)
        if shape in rules:
            self.severity(shape, rules)
        self.counted(shape, rules)

    def severity(self, shape: Node, rules: frozenset[Node]) -> None:
        if set(self.shapes.predicates(shape)) & set(_ASKING):
            stated = list(self.shapes.triples((shape, SH.severity, None)))
            if stated:
                self.add(shape, SH.severity, "→ Violation", "stronger", rules, stated, [])
            else:
                self.add(shape, SH.severity, "→ Warning", "weaker", rules, [], [(shape, SH.severity, SH.Warning)])

    def counted(self, shape: Node, rules: frozenset[Node]) -> None:
        """Counts and languages that the shape does not limit yet."""
        if (shape, SH.path, None) in self.shapes and shape in rules:
            for predicate, value in ((SH.minCount, Literal(1)), (SH.maxCount, Literal(1))):
                stated = (shape, predicate, None) in self.shapes
                if not stated and (predicate == SH.maxCount or (shape, SH.hasValue, None) not in self.shapes):
                    self.add(shape, predicate, "added", "stronger", rules, [], [(shape, predicate, value)])

    def changed(self, shape: Node, predicate: URIRef, value: Node, rules: frozenset[Node]) -> None:
        """The values of a constraint that are near to its own."""
        old = (shape, predicate, value)

        def to(new: Node, done: str, effect: Effect, *more: Triple) -> None:
            self.add(shape, predicate, done, effect, rules, [old], [(shape, predicate, new), *more])

        if predicate in (*_LEAST, *_MOST):
            number = int(str(value))
            less, more = ("weaker", "stronger") if predicate in _LEAST else ("stronger", "weaker")
            if number > (0 if predicate in (SH.minInclusive, SH.maxInclusive) else 1) or predicate == SH.minInclusive:
                to(Literal(number - 1), f"{number} → {number - 1}", less)  # type: ignore[arg-type]
            elif predicate == SH.maxCount and number == 1:
                to(Literal(0), "1 → 0", "stronger")
            to(Literal(number + 1), f"{number} → {number + 1}", more)  # type: ignore[arg-type]
        elif predicate == SH["class"]:
            for upper in sorted(
                {c for c in self.classes.transitive_objects(value, RDFS.subClassOf) if c and c != value}, key=str
            ):
                to(upper, f"{_local(value)} → {_local(upper)}", "weaker")
            to(_NOTHING, f"{_local(value)} → Nothing", "stronger")
        elif predicate == SH.datatype:
            to(XSD.anyURI, "→ anyURI", "other")
        elif predicate == SH.nodeKind:
            to(SH.Literal, "→ Literal", "other")
        elif predicate in (SH["in"], SH.languageIn, SH["or"], SH.xone):
            self.listed(shape, predicate, value, rules)
        elif predicate == SH.pattern:
            for done, new in variants(str(value)):
                to(Literal(new), done, "other")
        elif predicate == SH.flags:
            self.add(shape, predicate, "removed", "other", rules, [old], [])
        elif predicate == SH.hasValue and value.toPython() in (True, False):  # type: ignore[attr-defined]
            to(Literal(not value.toPython()), "negated", "other")  # type: ignore[attr-defined]
        elif predicate == SH.sparql:
            self.sparql(shape, value, rules)

    def listed(self, shape: Node, predicate: URIRef, head: Node, rules: frozenset[Node]) -> None:
        """Lists with one member less, and accepted values with one more, where the vocabulary has another."""
        members = list(self.shapes.items(head))
        for i, member in enumerate(members):
            self.list_is(
                shape, predicate, head, f"without {_local(member)}", "stronger", rules, members[:i] + members[i + 1 :]
            )
        if predicate == SH["in"] and isinstance(members[0], URIRef):
            scheme = str(members[0]).rpartition("/")[0] + "/"
            others = [URIRef(iri) for iri in self.vocabulary if iri.startswith(scheme) and URIRef(iri) not in members]
            for other in others:
                self.list_is(shape, predicate, head, f"with {_local(other)}", "weaker", rules, [*members, other])
        if predicate == SH.languageIn:
            self.list_is(shape, predicate, head, "with de", "weaker", rules, [*members, Literal("de")])
        for one, other, effect in ((SH["or"], SH.xone, "stronger"), (SH.xone, SH["or"], "weaker")):
            if predicate == one:
                self.add(shape, one, f"→ {_local(other)}", effect, rules, [(shape, one, head)], [(shape, other, head)])  # type: ignore[arg-type]

    def list_is(
        self,
        shape: Node,
        predicate: URIRef,
        old: Node,
        done: str,
        effect: Effect,
        rules: frozenset[Node],
        members: list[Node],
    ) -> None:
        graph, head = rdflib.Graph(), BNode()
        Collection(graph, head, members)
        self.add(shape, predicate, done, effect, rules, [(shape, predicate, old)], [(shape, predicate, head), *graph])

    def sparql(self, shape: Node, constraint: Node, rules: frozenset[Node]) -> None:
        """The query of a SPARQL constraint with one operator, number, pattern or line changed."""
        query = self.shapes.value(constraint, SH.select)
        text = str(query)
        for found in _SPARQL.finditer(text):
            for done, new in _token(found, text):
                name = f"{done} in line {text.count(chr(10), 0, found.start())}"
                changed = [(constraint, SH.select, Literal(new))]
                assert query is not None
                self.add(shape, SH.sparql, name, "other", rules, [(constraint, SH.select, query)], changed)

    def rules(self, shape: Node) -> frozenset[Node]:
        """The shapes that reports name where `shape` is broken: itself, or those that it is a condition of."""
        reported = _targeted(self.shapes)
        reported |= {p for node in reported for p in self.shapes.objects(node, SH.property)}
        if shape in reported:
            return frozenset({shape})
        found: set[Node] = set()
        seen, todo = set(), [shape]
        while todo:
            node = todo.pop()
            for user in self.shapes.subjects(None, node):
                if user in reported:
                    found.add(user)
                elif user not in seen:
                    seen.add(user)
                    todo.append(user)
        return frozenset(found)

    def add(
        self,
        shape: Node,
        predicate: URIRef,
        done: str,
        effect: Effect,
        rules: frozenset[Node],
        removed: Iterable[Triple],
        added: Iterable[Triple],
    ) -> None:
        name = f"{_local(shape)} {_local(predicate)} {done}"
        self.made[name] = Mutant(name, effect, rules, tuple(removed), tuple(added))


def _token(found: re.Match[str], text: str) -> Iterator[tuple[str, str]]:
    """What becomes of the query `text` when one of its tokens changes."""
    before, token, after = text[: found.start()], found[0], text[found.end() :]
    for operator in _OPERATORS.get(token, ()):
        yield f"{token} → {operator} after {len(before)}", before + operator + after
    if token.isdigit():
        for number in (int(token) - 1, int(token) + 1):
            yield f"{token} → {number} after {len(before)}", before + str(number) + after
    if token.startswith('"'):
        for done, pattern in variants(token[1:-1]):
            yield f"{token} {done} after {len(before)}", f'{before}"{pattern}"{after}'
    if token in ("FILTER", "BIND"):
        line = after.partition("\n")[0]
        yield f"{token} dropped after {len(before)}", before + after[len(line) :]


def _local(node: Node) -> str:
    return str(node).removeprefix(SHAPES).rpartition("#")[2].rpartition("/")[2]
