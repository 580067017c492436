"""Constraints in SPARQL, asked of all nodes at once where that says what asking each node says.

An engine asks such a query anew for each node, which is bound to `$this` beforehand (SHACL, section 5.3.1), and spends
four fifths of its time on it. Where each solution binds `$this` in its first patterns, and nothing in the query stands
in a scope of its own, the solutions for a node are those of the query in which `$this` is that node.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple
from rdflib import RDF, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node, Variable

from trophees.base.namespaces import RDF_TYPE, RDFS
from trophees.check.shacl import Finding
from trophees.source.problem import Severity

_SUBCLASS = NamedNode(RDFS + "subClassOf")
_THIS, _VALUE = Variable("this"), Variable("value")
_WHOLE = {RDF.type, SH.targetClass, SH.targetObjectsOf, SH.sparql, SH.severity, SH.name, SH.description, SH.message}
# what looks beyond a solution, or is another thing each time
_BEYOND = re.compile(r"(?i)\b(EXISTS|RAND|STRUUID|UUID|BNODE|NOW)\b")
# strings, IRIs, comments, words, signs
_TOKEN = re.compile(r"""\"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|#[^\n]*|[?$]?\w+|\s+|.""")
_SHORT = 200
Names = frozenset[NamedNode]


@dataclass(frozen=True)
class Question:
    """A query of a shape, for all its nodes.

    A node of which it finds something has one property of each set of `needed`; `read` is all that it reads, and
    `back` what of it is followed from a value to what has it.
    """

    shape: str
    constraint: str
    severity: Severity
    text: str
    needed: tuple[Names, ...]
    read: Names
    back: Names
    classes: Names
    objects_of: Names


def questions(shapes: rdflib.Graph) -> Iterator[Question]:
    """The shapes which are no more than one query that can be asked of all nodes at once."""
    for shape, query in shapes.subject_objects(SH.sparql):
        alone = len(list(shapes.objects(shape, SH.sparql))) == 1 and not list(shapes.subjects(None, shape))
        if (
            not alone
            or set(shapes.predicates(shape)) - _WHOLE
            or set(shapes.objects(shape, RDF.type)) != {SH.NodeShape}
        ):
            continue
        text = str(shapes.value(query, SH.select))
        patterns = None if _BEYOND.search(text) else _patterns(text)
        if patterns is None:
            continue
        first, others, back = patterns
        objects_of = _names(shapes.objects(shape, SH.targetObjectsOf))
        classes = _names(shapes.objects(shape, SH.targetClass))
        known = {RDF_TYPE, _SUBCLASS} if classes else set()
        yield Question(
            shape=str(shape),
            constraint=str(query),
            severity="error" if shapes.value(shape, SH.severity, default=SH.Violation) == SH.Violation else "warning",
            text=text,
            needed=tuple(first),
            read=objects_of.union(known, *first, *others),
            back=objects_of.union(*back),
            classes=classes,
            objects_of=objects_of,
        )


def findings(triples: Iterable[Triple], asked: Collection[Question]) -> Iterator[Finding]:
    """What the queries find in `triples`, of the nodes that their shapes are about."""
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in _read(triples, asked))
    for question in asked:
        classes = _below(question.classes, store)
        solutions = store.query(question.text)
        assert isinstance(solutions, QuerySolutions)
        for solution in solutions:
            focus, path = solution["this"], solution["path"] if "path" in _variables(solutions) else None
            assert isinstance(focus, NamedNode | BlankNode)  # the subject of a pattern
            if _aimed(focus, question.objects_of, classes, store):
                value = solution["value"]
                assert isinstance(value, NamedNode | BlankNode | Literal)
                yield Finding(
                    focus=focus,
                    path=path if isinstance(path, NamedNode) else None,
                    value=value,
                    shape=question.shape,
                    component=str(SH.SPARQLConstraintComponent),
                    severity=question.severity,
                    constraint=question.constraint,
                )


def _variables(solutions: QuerySolutions) -> set[str]:
    return {variable.value for variable in solutions.variables}


def _names(nodes: Iterable[Node]) -> Names:
    return frozenset(NamedNode(str(node)) for node in nodes)


# --- which queries


@lru_cache(maxsize=64)
def _patterns(text: str) -> tuple[list[Names], list[Names], list[Names]] | None:
    """The properties of the patterns that each solution fulfils of $this, of the others, and those of these which lead
    back; None if a query has more.

    Of a pattern that names no property, they are those that a filter names.
    """
    part: Any = prepareQuery(_skeleton(text)).algebra.p
    if part.name != "Project" or not {_THIS, _VALUE} <= set(part.PV):
        return None
    part, optional, listed = part.p, list[Any](), dict[Node, Names]()
    while part.name != "BGP":
        if part.name == "LeftJoin":
            optional.append(part.p2)
            part = part.p1
        elif part.name in ("Extend", "Filter"):
            if part.name == "Filter":
                listed |= _listed(part.expr)
            part = part.p
        else:
            return None
    if any(group.name != "BGP" for group in optional):
        return None
    first, near = list[Names](), {_THIS}
    for subject, predicate, value in part.triples:
        if subject != _THIS or (names := _property(predicate, listed)) is None:
            return None
        first.append(names)
        near.add(value)
    others, back = list[Names](), list[Names]()
    for group in optional:
        for subject, predicate, value in group.triples:
            names = _property(predicate, {})
            if names is None or not near & {subject, value}:
                return None
            others.append(names)
            if subject not in near:
                back.append(names)
        if not _connected(group.triples):
            return None
    return (first, others, back) if _VALUE in near else None


def _skeleton(text: str) -> str:
    """A query without what it computes, which has no scope of its own and takes long to read: BINDs bind a number, and
    no filter but the shortest stands there.
    """
    said, depth, inside = list[str](), 0, list[str]()
    for token in _TOKEN.findall(text):
        if depth:
            depth += (token == "(") - (token == ")")
            inside.append(token)
            if not depth:
                said.append(_shorter(said[-1].upper(), "".join(inside)))
        elif token == "(" and said and said[-1].upper() in ("BIND", "FILTER"):
            depth, inside = 1, ["("]
        elif not token.isspace() or not said or said[-1].upper() not in ("BIND", "FILTER"):
            said.append(token)
    return "".join(said)


def _shorter(word: str, expression: str) -> str:
    if word == "FILTER":
        return expression if len(expression) < _SHORT else "(true)"
    variable = re.search(r"(?i)\bAS\s+([?$]\w+)\s*\)$", expression)
    return f"(1 AS {variable[1]})" if variable else expression


def _property(predicate: Node, listed: dict[Node, Names]) -> Names | None:
    return _names([predicate]) if isinstance(predicate, rdflib.URIRef) else listed.get(predicate)


def _listed(expression: Any) -> dict[Node, Names]:
    """The values that a variable has to have one of: `?variable IN (…)`, alone or the first of several conditions."""
    if getattr(expression, "name", "") == "ConditionalAndExpression":
        expression = expression.expr
    if getattr(expression, "name", "") != "RelationalExpression" or expression.op != "IN":
        return {}
    values = expression.other
    named = all(isinstance(value, rdflib.URIRef) for value in values)
    return {expression.expr: _names(values)} if named and isinstance(expression.expr, Variable) else {}


def _connected(patterns: Iterable[tuple[Node, ...]]) -> bool:
    """Whether patterns hang together, so that no engine joins everything with everything."""
    groups = list[set[Node]]()
    for pattern in patterns:
        joined = {node for node in pattern if isinstance(node, Variable)}
        apart = [group for group in groups if not group & joined]
        groups = [*apart, joined.union(*(group for group in groups if group & joined))]
    return len(groups) <= 1


# --- what they read


def _read(triples: Iterable[Triple], asked: Collection[Question]) -> Iterator[Triple]:
    """What the queries read of the nodes of which they can find something, and of what these name."""
    read = frozenset[NamedNode]().union(*(question.read for question in asked))
    told = [t for t in triples if t.predicate in read]
    having: dict[NamedNode, set[object]] = {
        name: set() for question in asked for names in question.needed for name in names
    }
    for t in told:
        if t.predicate in having:
            having[t.predicate].add(t.subject)
    nodes = set[object]()
    for question in asked:
        nodes |= set[object].intersection(
            *(set[object]().union(*map(having.__getitem__, names)) for names in question.needed)
        )
    seen = nodes | {t.object for t in told if t.subject in nodes and t.predicate != RDF_TYPE}
    back = frozenset[NamedNode]().union(*(question.back for question in asked))
    for t in told:
        if t.subject in seen or t.predicate == _SUBCLASS or (t.predicate in back and t.object in seen):
            yield t


def _below(classes: Names, store: Store) -> set[object]:
    """Classes, and those under them."""
    found, waiting = set[object](), [*classes]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += [
                q.subject for q in store.quads_for_pattern(None, _SUBCLASS, name) if isinstance(q.subject, NamedNode)
            ]
    return found


def _aimed(node: NamedNode | BlankNode, objects_of: Names, classes: Collection[object], store: Store) -> bool:
    """Whether a node is of one of the classes, or a value of one of the properties."""
    if any(next(store.quads_for_pattern(None, name, node), None) for name in objects_of):
        return True
    return any(q.object in classes for q in store.quads_for_pattern(node, RDF_TYPE, None))
