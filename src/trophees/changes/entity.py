"""A difference as people think of it: what changed of each thing, fact by fact, with the old and the new value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal as Either

from pyoxigraph import Quad

from trophees.base.namespaces import GRAPH
from trophees.changes.difference import Difference
from trophees.changes.names import Surroundings, plain
from trophees.changes.statements import quads

Kind = Either["added", "removed", "changed"]
DERIVED = GRAPH + "rules"


@dataclass(frozen=True)
class Value:
    """What changed of a property: it is `added` (there is no `old`), `removed` (no `new`) or `changed`.

    Where `old` and `new` say the same, another graph says it.
    """

    predicate: str
    old: Quad | None
    new: Quad | None

    @property
    def kind(self) -> Kind:
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def derived(self) -> bool:
        """Whether it only follows from what else is said."""
        return all(quad is None or plain(quad.graph_name) == DERIVED for quad in (self.old, self.new))


@dataclass(frozen=True)
class Part:
    """What changed of a fact, or of what an entity says of itself."""

    iri: str
    kind: Kind
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Entity:
    """What changed of a thing, and of the facts about it."""

    iri: str
    kind: Kind
    parts: tuple[Part, ...]

    @property
    def said(self) -> list[Part]:
        """The parts of which more changed than what follows from others."""
        return [part for part in self.parts if not all(value.derived for value in part.values)]

    @property
    def derived(self) -> int:
        """How many values changed that only follow from others."""
        return sum(value.derived for part in self.parts for value in part.values)


def entities(found: Difference, told: Surroundings) -> list[Entity]:
    """What changed, by entity and by fact, in the order of their IRIs; every changed statement is in one of them."""
    changed: dict[str, tuple[list[Quad], list[Quad]]] = {}
    for place, said in enumerate((found.removed, found.added)):
        for quad in quads(said):
            changed.setdefault(plain(quad.subject), ([], []))[place].append(quad)
    of_entity: dict[str, list[str]] = {}
    for subject in sorted(changed):
        of_entity.setdefault(told.entity(subject), []).append(subject)
    return [
        Entity(
            entity,
            _kind(entity, told) if entity in told.olds | told.news else "changed",
            tuple(Part(iri, _kind(iri, told), tuple(_values(*changed[iri]))) for iri in subjects),
        )
        for entity, subjects in sorted(of_entity.items())
    ]


def _kind(iri: str, told: Surroundings) -> Kind:
    return "added" if iri not in told.olds else "removed" if iri not in told.news else "changed"


def _values(old: list[Quad], new: list[Quad]) -> Iterator[Value]:
    """The values of one subject: first those that another graph says now, then one for one, then what is left."""

    def key(quad: Quad) -> tuple[str, str]:
        return plain(quad.predicate), getattr(quad.object, "language", None) or ""

    goes = {name: list(group) for name, group in groupby(sorted(old, key=lambda q: (*key(q), str(q))), key)}
    comes = {name: list(group) for name, group in groupby(sorted(new, key=lambda q: (*key(q), str(q))), key)}
    for name in sorted(goes.keys() | comes.keys()):
        gone, come = goes.get(name, []), comes.get(name, [])
        for quad in list(gone):
            if moved := next((other for other in come if other.object == quad.object), None):
                gone.remove(quad)
                come.remove(moved)
                yield Value(name[0], quad, moved)
        if len(gone) == len(come) == 1:
            yield Value(name[0], gone[0], come[0])
        else:
            yield from (Value(name[0], quad, None) for quad in gone)
            yield from (Value(name[0], None, quad) for quad in come)
