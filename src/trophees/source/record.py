"""What a reader makes of a source: records, and statements that know their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from trophees.base.namespaces import BASE
from trophees.source.problem import Problem

REFUSED = Literal("…")
# the first step of a record's path: what is defined in a file of its own, and nowhere else
KINDS = frozenset(
    ["case", "dataset", "edition", "graph", "laureate", "organisation", "person", "source", "territory", "vocabulary"]
) | {"withdrawal"}


class Statement(NamedTuple):
    """A triple, and the line and column (from 1) where its object stands."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    line: int
    column: int


@dataclass
class Record:
    """What one file says. `nodes` gives the place (line, column) of each node that the file describes.

    `named` gives the place of the `id` of each node that bears one inside the record; `unnamed` are those that bear
    none yet, called after their place in their list, each with its line and column.
    """

    path: str
    iri: NamedNode
    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    nodes: dict[NamedNode, tuple[int, int]] = field(default_factory=dict)
    named: dict[NamedNode, tuple[int, int]] = field(default_factory=dict)
    unnamed: list[tuple[NamedNode, int, int]] = field(default_factory=list)


def iri_of(path: str) -> NamedNode:
    """The IRI of the record at `path`, relative to `data/`: its path without extension, under the base."""
    return NamedNode(BASE + path.removesuffix(".yaml"))


@dataclass(frozen=True)
class Sources:
    """What the graph is made of. `ontology` is Turtle text; `rules` maps a name to a SPARQL CONSTRUCT."""

    records: list[Record]
    ontology: list[str]
    rules: dict[str, str]
    reference: list[Quad]
