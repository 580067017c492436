"""What is to be done with each graph, from what the dump has, what was loaded and what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode

from trophees.fill.graphs import Graph
from trophees.fill.state import Loaded, State

Action = Literal["keep", "send", "go on", "foreign"]


@dataclass(frozen=True)
class Step:
    """What is done with `graph`, of which the first `sent` statements are there already."""

    graph: Graph
    action: Action
    sent: int = 0


def plan(graphs: Iterable[Graph], state: State, there: Mapping[NamedNode, int], *, replace: bool) -> list[Step]:
    """A step for each of `graphs`, where `there` is the number of statements that the store has in each.

    A graph that holds statements which no load put there is foreign, unless it is to be replaced.
    """
    return [_step(graph, state.get(graph.name), there.get(graph.name, 0), replace) for graph in graphs]


def _step(graph: Graph, loaded: Loaded | None, there: int, replace: bool) -> Step:
    if loaded is None:
        return Step(graph, "foreign" if there and not replace else "send")
    if loaded.sum != graph.sum:
        return Step(graph, "send")
    if loaded.sent == graph.statements:
        return Step(graph, "keep", loaded.sent) if there == graph.statements else Step(graph, "send")
    # what was sent last may be there and not be noted: it is sent again, which changes nothing
    return Step(graph, "go on", loaded.sent) if 0 < loaded.sent <= there else Step(graph, "send")
