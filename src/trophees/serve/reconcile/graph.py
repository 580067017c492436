"""All that can be matched, and what is said of it: the things of the graph, and the territories of the reference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trophees.ask.engine import Embedded
from trophees.ask.laureates_near import Laureate, laureates
from trophees.graph import published
from trophees.serve.reconcile import territories, things
from trophees.serve.reconcile.entity import TERRITORY, Entity, Value
from trophees.serve.reconcile.things import Things


@dataclass(frozen=True)
class Graph:
    """The things, and where the laureates are."""

    things: Things
    laureates: tuple[Laureate, ...]
    described: frozenset[str]
    """The territories that the graph describes, and the site has pages of."""

    def entity(self, id: str) -> Entity | None:
        """The entity of an identifier; None if there is none."""
        if id in self.things.all:
            return self.things.all[id]
        place = territories.of_id(id)
        return territories.entity(place) if place else None

    def values(self, entity: Entity, property: str) -> tuple[Value, ...]:
        """What is said of an entity."""
        if TERRITORY not in entity.types:
            return self.things.values(entity.id, property)
        place = territories.of_id(entity.id)
        return territories.values(place, property, self.laureates, self.things.all) if place else ()


def read(trig: Path) -> Graph:
    """The graph of a file; UserError if it cannot be read."""
    store = published.store(trig)
    found = things.read(store)
    return Graph(found, tuple(laureates(Embedded(store), "fr")), things.territories(store))
