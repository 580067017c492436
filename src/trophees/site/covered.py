"""Of the territories that a process covers, those that do not only say where another of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from trophees.base.namespaces import BASE
from trophees.places.place import COLLECTIVITY, DEPARTEMENT, REGION

_WIDE = {DEPARTEMENT: 1, COLLECTIVITY: 1, REGION: 2}  # kinds that may only locate something smaller, by their size
Covered = TypeVar("Covered")


def smallest(covered: Iterable[str]) -> list[str]:
    """The IRIs of the territories without the départements and régions that only locate another of them."""
    return smallest_of(covered, lambda iri: iri.removeprefix(f"{BASE}territory/").partition("/")[0])


def smallest_of(covered: Iterable[Covered], kind: Callable[[Covered], str]) -> list[Covered]:
    """The same of territories of any form that have a `kind`."""
    sizes = [(_WIDE.get(kind(one), 0), one) for one in covered]
    least = min((size for size, _ in sizes), default=0)
    return [one for size, one in sizes if size == least]
