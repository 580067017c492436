"""Which shapes the engine in Rust is trusted with: those that it reads, and judges as pySHACL does.

What it cannot read, such as a pattern, it passes over in silence: that is looked for here, before anything is
validated, so that no shape is left to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import rdflib
from pyoxigraph import QuerySolutions, Store, Variable
from rdflib import RDF, SH
from rdflib.term import Node

from trophees.base.namespaces import SHACL
from trophees.base.rdflib_terms import triple_back
from trophees.check.native import ntriples, results

REACH = 2  # no shape looks further than that many steps
TOLD = {SH.name, SH.description, SH.message, SH.order, SH.group}
# constraints and targets whose findings are compared with those of pySHACL (tests/test_fast.py)
_COMPARED = {
    *("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf", "path", "property", "severity"),
    *("minCount", "maxCount", "minLength", "maxLength", "minInclusive", "maxInclusive", "pattern"),
    *("class", "datatype", "nodeKind", "languageIn", "uniqueLang", "hasValue", "in", "closed", "ignoredProperties"),
    *("equals", "disjoint", "lessThanOrEquals", "not", "or", "xone", "sparql"),
}
_QUERY = {RDF.type, SH.select, SH.message}
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
# what stays of a shape whose constraints the other engine judges
_KEPT = {*_TARGETS, RDF.type, SH.path, SH.property, SH.deactivated}
_LISTED = (SH["or"], SH["and"], SH.xone)
_NAMED = (SH["not"], SH.node, SH.qualifiedValueShape)
# classes of characters are another thing in Python: here each as Python has it
_CLASSES = {"s": r"[\s\x1c-\x1f]", "S": r"[^\s\x1c-\x1f]", "w": r"[\p{L}\p{N}_]", "W": r"[^\p{L}\p{N}_]"}
_NEVER = r"[^\x{0}-\x{10ffff}]"  # no character
# groups that ask or set something, and what the engine does with classes of characters and Python does not
_OTHERWISE = re.compile(r"\(\?|&&|--|~~|\[[^\]]*\[")


def apart(shapes: rdflib.Graph) -> dict[Node, str]:
    """The shapes that are left to pySHACL, each with the reason: the name of what it is not trusted with."""
    odd = dict(_odd(shapes))
    found = dict(odd)
    for shape in set(shapes.subjects()) - odd.keys():
        for condition in _conditions(shapes, shape):
            if reasons := [odd[node] for node in below(shapes, condition) if node in odd]:
                found[shape] = min(reasons)
    return found


def _odd(shapes: rdflib.Graph) -> Iterator[tuple[Node, str]]:
    unread = _unread({str(p) for p in shapes.objects(None, SH.pattern)})
    queries = set(shapes.objects(None, SH.sparql)) - reported(shapes)
    for shape in set(shapes.subjects()) - queries:
        predicates = set(shapes.predicates(shape)) - TOLD
        names = {str(p).removeprefix(SHACL) for p in predicates if str(p).startswith(SHACL)}
        constraints = list(shapes.objects(shape, SH.sparql))
        if other := names - _COMPARED:
            yield shape, f"sh:{min(other)}"
        elif any(str(p) in unread for p in shapes.objects(shape, SH.pattern)):
            yield shape, "sh:pattern"
        elif len(constraints) > 1 or not all(_plain(shapes, query) for query in constraints):
            yield shape, "sh:sparql"
        elif not all(_steps(shapes, path) for path in shapes.objects(shape, SH.path)):
            yield shape, "sh:path"


def _plain(shapes: rdflib.Graph, query: Node) -> bool:
    """Whether a constraint is one query and no more, which the engine can read and which tells a value."""
    if set(shapes.predicates(query)) - _QUERY:
        return False
    try:
        found = Store().query(str(shapes.value(query, SH.select)))
    except SyntaxError:
        return False
    return isinstance(found, QuerySolutions) and Variable("value") in found.variables


def _steps(shapes: rdflib.Graph, path: Node) -> bool:
    """Whether a path is a property or a short sequence of them."""
    steps = [path] if isinstance(path, rdflib.URIRef) else list(shapes.items(path))
    return 0 < len(steps) <= REACH and all(isinstance(step, rdflib.URIRef) for step in steps)


def _unread(patterns: set[str]) -> set[str]:
    """Those that the engine does not read, or reads otherwise than Python.

    A pattern that it cannot read is broken by nothing; any text breaks one that goes on with a character of none.
    """
    strange = {pattern for pattern in patterns if _OTHERWISE.search(pattern)}
    asked, shapes = sorted(patterns - strange), rdflib.Graph()
    for number, pattern in enumerate(asked):
        shape = rdflib.URIRef(f"urn:shape:{number}")
        shapes.add((shape, RDF.type, SH.NodeShape))
        shapes.add((shape, SH.targetNode, rdflib.Literal("x")))
        shapes.add((shape, SH.pattern, rdflib.Literal(f"(?:{pattern}){_NEVER}")))
    broken = {result["sourceShape"] for result in results([], readable(shapes))}
    return strange | {pattern for number, pattern in enumerate(asked) if f"<urn:shape:{number}>" not in broken}


def readable(shapes: rdflib.Graph) -> bytes:
    """The shapes as the engine reads them, a pattern so that it means what it means in Python."""
    return ntriples(triple_back(_readable(t)) for t in shapes if t[1] not in TOLD)


def _readable(t: tuple[Node, Node, Node]) -> tuple[Node, Node, Node]:
    if t[1] != SH.pattern:
        return t
    pattern = re.sub(r"\\(.)", lambda m: _CLASSES.get(m[1], m[0]), str(t[2]), flags=re.DOTALL)
    return t[0], t[1], rdflib.Literal(pattern)


def _conditions(shapes: rdflib.Graph, shape: Node) -> Iterator[Node]:
    """The shapes between which a shape chooses: they are never reported by themselves."""
    for name in _LISTED:
        for head in shapes.objects(shape, name):
            yield from shapes.items(head)
    for name in _NAMED:
        yield from shapes.objects(shape, name)


def below(shapes: rdflib.Graph, *starts: Node) -> set[Node]:
    """Some shapes, and all that their judgement depends on."""
    found, waiting = set[Node](), [*starts]
    while waiting:
        if (node := waiting.pop()) not in found:
            found.add(node)
            waiting += [*_conditions(shapes, node), *shapes.objects(node, SH.property)]
    return found


def reported(shapes: rdflib.Graph) -> set[Node]:
    """The shapes that a finding may name: those with a target, and their properties."""
    found, waiting = set[Node](), [shape for name in _TARGETS for shape in shapes.subjects(name)]
    while waiting:
        if (node := waiting.pop()) not in found:
            found.add(node)
            waiting += shapes.objects(node, SH.property)
    return found


def without(shapes: rdflib.Graph, left: Collection[Node]) -> rdflib.Graph:
    """The shapes, of those `left` out only where they stand: nothing breaks them."""
    found = rdflib.Graph()
    for t in shapes:
        if t[0] not in left or t[1] in _KEPT:
            found.add(t)
    return found
