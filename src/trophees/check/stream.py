"""Records that come in parts, however many: one part is held at a time, with what it refers to. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import rdflib
from pyoxigraph import NamedNode, Quad, Triple

from trophees.base.namespaces import RDF_TYPE
from trophees.base.rdflib_terms import triple_back
from trophees.check.shacl import Engine, Finding

Statement = Triple | Quad


@dataclass(frozen=True)
class Part:
    """Some records whole, with all their nodes. `nodes` are those that they describe: None for all its subjects."""

    statements: Collection[Statement]
    nodes: Collection[NamedNode] | None = None


class Reference:
    """What parts refer to. It is made once in a process, and each part takes of it what it mentions.

    `known` gives the classes of each node that is described elsewhere, by IRI; `classes` which class is under which.
    """

    def __init__(self, known: Mapping[str, Collection[str]], classes: rdflib.Graph) -> None:
        self._known = known
        self._classes = [triple_back(t) for t in classes]

    def beside(self, statements: Iterable[Statement]) -> Iterator[Triple]:
        """The statements as triples, and what a shape has to know beside them."""
        yield from self._classes
        mentioned = set[NamedNode]()
        for s in statements:
            if isinstance(s, Quad):
                yield s.triple
            else:
                yield s
            if isinstance(value := s.object, NamedNode):
                mentioned.add(value)
        for node in mentioned:
            for name in self._known.get(node.value, ()):
                yield Triple(node, RDF_TYPE, NamedNode(name))


def findings(parts: Iterable[Part], engine: Engine, reference: Reference) -> Iterator[Finding]:
    """What the nodes that the parts describe break, those of a part before the next part is taken, each once.

    It is what is found in all of them at once, where no part refers to what only another one describes.
    """
    for part in parts:
        nodes = part.nodes
        if nodes is None:
            nodes = {s.subject for s in part.statements if isinstance(s.subject, NamedNode)}
        yield from engine.validate(reference.beside(part.statements), nodes)
