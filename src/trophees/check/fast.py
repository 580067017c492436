"""A second SHACL processor, fast, of one mind with pySHACL: an engine in Rust, and pySHACL where the two may differ.

They differ about shapes (`trust.apart` says which) and about values that are written as few people write them, such as
a number of twenty digits. What has such a value, or is two steps from it, is judged by pySHACL.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import SH

from trophees.base.namespaces import RDF_TYPE, RDFS, XSD
from trophees.check import asked as questions
from trophees.check import native, trust
from trophees.check.asked import Question
from trophees.check.shacl import Finding, PyShacl

Subject = NamedNode | BlankNode | Triple

MANY = 20_000  # statements after which it pays to read the queries of the shapes (a fifth of a second, once)
_SUBCLASS = NamedNode(RDFS + "subClassOf")
_PAIRS = (SH.lessThanOrEquals,)
_COMPARING = (SH.minInclusive, SH.maxInclusive, *_PAIRS)
# the forms of values that both engines read alike (XML Schema, part 2): numbers and days as people write them
_PLAIN = {
    XSD + "integer": re.compile("-?(0|[1-9][0-9]{0,14})"),
    XSD + "nonNegativeInteger": re.compile("0|[1-9][0-9]{0,14}"),
    XSD + "decimal": re.compile("-?(0|[1-9][0-9]{0,11})([.][0-9]{1,6})?"),
    XSD + "boolean": re.compile("true|false"),
    XSD + "gYear": re.compile("[12][0-9]{3}"),
    XSD + "hexBinary": re.compile("([0-9a-f]{2})+"),
    XSD + "date": re.compile(
        "[12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    ),
}
_TEXT = XSD + "string"


class Fast:
    """The engine in Rust for what it is trusted with, and pySHACL for the rest. UserError if it is not installed."""

    def __init__(self, shapes: rdflib.Graph, many: int = MANY) -> None:
        native.engine()
        self._left = many
        self.apart = trust.apart(shapes)
        reported = trust.reported(shapes)
        self._shapes = trust.readable(trust.without(shapes, self.apart.keys() & reported))
        self._given = shapes
        self._queries = {str(shape): str(query) for shape, query in shapes.subject_objects(SH.sparql)}
        self._compared = _compared(shapes)
        self._reference = PyShacl(shapes)
        needed = trust.below(shapes, *self.apart)
        self._others = PyShacl(trust.without(shapes, reported - needed)) if needed & reported else None

    def validate(self, data: Iterable[Triple], focus: Collection[NamedNode] | None = None) -> Iterator[Finding]:
        """What the nodes `focus` of `data`, or all of them, break: each finding once, in no order."""
        wanted = None if focus is None else frozenset(focus)
        if wanted is not None and not wanted:
            return
        triples = list(data)
        self._left -= len(triples)
        strange = {t for t in triples if self._strange(t)}
        steps = _Steps(triples if strange else ())
        doubtful = steps.near({t.subject for t in strange})
        # in their order: what stands together is found together, which takes the engine half of the time
        plain = [t for t in triples if t not in strange] if strange else triples
        try:
            found = self._found(plain, wanted)
        except native.GaveUpError:
            yield from self._reference.validate(triples, wanted)
            return
        if doubtful:
            found = {f for f in found if f.focus not in doubtful}
            around = steps.around(doubtful, self._leading if self._left <= 0 else None)
            asked = None if wanted is None else wanted & doubtful
            found.update(f for f in self._reference.validate(around, asked) if f.focus in doubtful)
        if self._others:
            found.update(self._others.validate(triples, wanted))
        yield from found

    def _found(self, data: Collection[Triple], wanted: Collection[NamedNode] | None) -> set[Finding]:
        """What the engine finds of the nodes asked for, each finding once. GaveUpError if it panics."""
        rest, asked = self._at_once if self._left <= 0 else (self._shapes, [])
        told = native.results(data, rest)
        if wanted is not None:
            names = {f"<{node.value}>" for node in wanted}
            told = [result for result in told if result["focusNode"] in names]
        found = {f for f in questions.findings(data, asked) if wanted is None or f.focus in wanted} if asked else set()
        return found.union(self._findings(told))

    @cached_property
    def _at_once(self) -> tuple[bytes, list[Question]]:
        """The shapes but those that are asked of all nodes at once, and these."""
        asked = [q for q in questions.questions(self._given) if rdflib.URIRef(q.shape) not in self.apart]
        apart = trust.reported(self._given) & self.apart.keys() | {rdflib.URIRef(q.shape) for q in asked}
        return trust.readable(trust.without(self._given, apart)), asked

    @cached_property
    def _leading(self) -> frozenset[NamedNode] | None:
        """The properties that are followed from a value to what has it; None where a query may follow any."""
        _, asked = self._at_once
        if self._queries.keys() - {q.shape for q in asked}:
            return None
        targets = (NamedNode(str(name)) for name in self._given.objects(None, SH.targetObjectsOf))
        return frozenset(targets).union(*(q.back for q in asked))

    def _strange(self, t: Triple) -> bool:
        """Whether the engines may differ about the value of a triple."""
        kinds, value = self._compared.get(t.predicate), t.object
        if not isinstance(value, Literal):
            return kinds is not None
        datatype = value.datatype.value
        if kinds is not None and datatype not in kinds:
            return True
        if form := _PLAIN.get(datatype):
            return not form.fullmatch(value.value)
        return datatype.startswith(XSD) and datatype != _TEXT

    def _findings(self, results: Iterable[native.Result]) -> Iterator[Finding]:
        """What the results say, but of literals, which are no nodes."""
        for result in results:
            focus, shape = native.term(result["focusNode"]), native.term(result["sourceShape"]).value
            if isinstance(focus, Literal):
                continue
            path, value = result.get("resultPath"), result.get("value")
            component = result["sourceConstraintComponent"][1:-1]
            yield Finding(
                focus=focus,
                path=NamedNode(path[1:-1]) if path and re.fullmatch("<[^<>]*>", path) else None,
                value=None if value is None else native.term(value),
                shape=shape,
                component=component,
                severity="error" if result["severity"] == f"<{SH.Violation}>" else "warning",
                constraint=self._queries[shape] if component == str(SH.SPARQLConstraintComponent) else None,
            )


def _compared(shapes: rdflib.Graph) -> dict[NamedNode, set[str]]:
    """The properties whose values are compared with others, each with the datatypes of those that can be."""
    paths = {path for name in _COMPARING for shape in shapes.subjects(name) for path in shapes.objects(shape, SH.path)}
    paths |= {other for name in _PAIRS for other in shapes.objects(None, name)}
    found: dict[NamedNode, set[str]] = {}
    for path in paths:
        asked = {str(kind) for shape in shapes.subjects(SH.path, path) for kind in shapes.objects(shape, SH.datatype)}
        found[NamedNode(str(path))] = asked & _PLAIN.keys()
    return found


class _Steps:
    """Statements by what they lead from, and by what they lead to."""

    def __init__(self, data: Iterable[Triple]) -> None:
        self._onwards, self._back = defaultdict[object, list[Triple]](list), defaultdict[object, list[Triple]](list)
        self._classes = list[Triple]()
        for t in data:
            self._onwards[t.subject].append(t)
            self._back[t.object].append(t)
            if t.predicate == _SUBCLASS:
                self._classes.append(t)

    def near(self, nodes: Collection[Subject]) -> frozenset[Subject]:
        """`nodes`, and those from which one of them can be seen."""
        found = set(nodes)
        for _ in range(trust.REACH):
            found |= {t.subject for node in [*found] for t in self._back.get(node, ())}
        return frozenset(found)

    def around(self, nodes: Collection[Subject], leading: Collection[NamedNode] | None) -> set[Triple]:
        """What can be seen from `nodes`: what is said up to there, the classes, what leads there.

        It leads there by one of the properties `leading`, or by any; then it is a lot, where many name one thing.
        """
        seen: set[object] = set(nodes)
        for _ in range(trust.REACH):
            said = (t for node in [*seen] for t in self._onwards.get(node, ()))
            seen |= {t.object for t in said if t.predicate != RDF_TYPE}
        found = set(self._classes)
        for node in seen:
            found.update(self._onwards.get(node, ()))
            found.update(t for t in self._back.get(node, ()) if leading is None or t.predicate in leading)
        return found
