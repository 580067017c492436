"""The door to SHACL: data and shapes in, findings out, whichever engine stands behind it."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import rdflib
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse
from pyshacl import shape as pyshacl_shape
from pyshacl import validate
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from rdflib import RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from trophees.base.rdflib_terms import Term, back, triple
from trophees.source.problem import Severity

SHAPES = "https://w3id.org/trophees-participation/shapes#"
_SUBCLASS = NamedNode(str(RDFS.subClassOf))
_FEW = 200

# rdflib traces each ill-typed literal on standard error; the shapes report it
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
# pySHACL says on standard error what it then raises
logging.getLogger("pyshacl-validate").addFilter(lambda _: False)
# pySHACL looks for each property of each shape in a list of these, at each node; in a dict it finds them at once
pyshacl_shape.CONSTRAINT_PARAMS = (CONSTRAINT_PARAMETERS_MAP, CONSTRAINT_PARAMETERS_MAP)  # type: ignore[attr-defined]
warnings.filterwarnings("ignore", "Parsing weird boolean", UserWarning)


@dataclass(frozen=True)
class Finding:
    """One result of a validation (SHACL, section 3.6.2).

    `path` is None where the shape has none, or one of several steps; `value` where no single value is to blame.
    `component` is the IRI of what was broken, `constraint` that of the sh:sparql which says so, if one does.
    """

    focus: NamedNode | BlankNode
    path: NamedNode | None
    value: Term | None
    shape: str
    component: str
    severity: Severity
    constraint: str | None = None

    @property
    def rule(self) -> str:
        """The shape in the form in which reports name it."""
        return "shapes:" + self.shape.removeprefix(SHAPES)


class Engine(Protocol):
    """A SHACL processor, made for some shapes."""

    def validate(self, data: Iterable[Triple], focus: Collection[NamedNode] | None = None) -> Iterator[Finding]:
        """What the nodes `focus` of `data`, or all of them, break: each finding once, in no order."""


class PyShacl:
    """pySHACL, with the patterns of the shapes as the standard reads them."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self.shapes = rdflib.Graph()
        for s, p, o in shapes:
            self.shapes.add((s, p, rdflib.Literal(_python(str(o))) if p == SH.pattern else o))

    def validate(self, data: Iterable[Triple], focus: Collection[NamedNode] | None = None) -> Iterator[Finding]:
        graph, wanted = _Data(), None if focus is None else frozenset(focus)
        for t in data:
            graph.add(triple(t))
        if wanted is not None and not wanted:
            return
        # pySHACL compares each target with each of these nodes: where they are many, sifting its results is faster
        few: list[str | rdflib.URIRef] | None = None
        if wanted and len(wanted) <= _FEW:
            few = [rdflib.URIRef(node.value) for node in wanted]
        _, results, _ = validate(graph, shacl_graph=self.shapes, focus_nodes=few)
        assert isinstance(results, rdflib.Graph)
        asked = None if wanted is None else {rdflib.URIRef(node.value) for node in wanted}
        told = {
            _finding(results, result, focus)
            for result in results.objects(None, SH.result)  # and not the details of one
            for focus in results.objects(result, SH.focusNode)
            # a literal where a node belongs can be a target, and is no node
            if (not isinstance(focus, rdflib.Literal) if asked is None else focus in asked)
        }
        yield from told


class _Data(rdflib.Graph):
    """A graph that parses each query once: pySHACL asks a constraint in SPARQL anew for each node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


_prepared = lru_cache(maxsize=64)(prepareQuery)


def _python(pattern: str) -> str:
    """A pattern of XPath for Python, whose `$` would also stand before a last line end (XPath functions, 5.6.1)."""
    return re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", lambda m: m[1] or r"\Z", pattern, flags=re.DOTALL)


def _finding(results: rdflib.Graph, result: rdflib.term.Node, focus: rdflib.term.Node) -> Finding:
    said = dict(results.predicate_objects(result))
    path, value = said.get(SH.resultPath), said.get(SH.value)
    constraint = said.get(SH.sourceConstraint)
    node = back(focus)
    assert isinstance(node, NamedNode | BlankNode)
    return Finding(
        focus=node,
        path=NamedNode(str(path)) if isinstance(path, rdflib.URIRef) else None,
        value=None if value is None else back(value),
        shape=str(said[SH.sourceShape]),
        component=str(said[SH.sourceConstraintComponent]),
        severity="error" if said[SH.resultSeverity] == SH.Violation else "warning",
        constraint=None if constraint is None else str(constraint),
    )


def shapes_graph(texts: Iterable[str]) -> rdflib.Graph:
    """The shapes in Turtle `texts`, as one graph."""
    graph = rdflib.Graph()
    for text in texts:
        for t in parse(text, format=RdfFormat.TURTLE):  # ten times as fast as rdflib's own reader
            graph.add(triple(t))
    return graph


def classes_graph(texts: Iterable[str]) -> rdflib.Graph:
    """Which class is under which, by the ontology in Turtle `texts`."""
    graph = rdflib.Graph()
    for text in texts:
        for t in parse(text, format=RdfFormat.TURTLE):
            if t.predicate == _SUBCLASS and isinstance(t.object, NamedNode):
                graph.add(triple(t))
    return graph
