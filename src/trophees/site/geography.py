"""Laureates by département and commune, as the map, the home page and the small map count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest

from trophees.base.namespaces import IGEO, TP
from trophees.site.model import Site, Thing

_DOTS = 50  # communes drawn on the map, those with most laureates

_CLASSES = 3  # besides the class of no laureate


@dataclass(frozen=True)
class Count:
    """A département and its laureates, in the order of the report."""

    thing: Thing
    code: str
    region: str
    laureates: tuple[Thing, ...]


@dataclass(frozen=True)
class Step:
    """A class of the legend: from `low` to `high` laureates, in `departements` départements."""

    number: int
    low: int
    high: int
    departements: int


def counts(site: Site) -> list[Count]:
    """Every département, in the order of the codes, with the laureates that lie in it."""
    order = {thing.iri: number for number, thing in enumerate(site.laureates)}
    found = []
    for thing in site.things("departement"):
        inside = sorted(order[iri] for iri in site.subjects(TP + "inDepartement", thing.iri) if iri in order)
        region = next(iter(site.links(thing.iri, IGEO + "subdivisionDe")), "")
        code = site.text(thing.iri, IGEO + "codeINSEE")
        found.append(Count(thing, code, region, tuple(site.laureates[number] for number in inside)))
    return sorted(found, key=lambda c: c.code)


def steps(figures: Sequence[int]) -> list[Step]:
    """The classes of the legend: none, then at most three that share out the figures that occur."""
    occurring = sorted({figure for figure in figures if figure})
    size, rest = divmod(len(occurring), _CLASSES)
    highs, end = [], 0
    for number in range(_CLASSES):
        end += size + (number >= _CLASSES - rest)
        if end and occurring[end - 1] not in highs:
            highs.append(occurring[end - 1])
    bounds = [(0, 0), *zip([1, *(high + 1 for high in highs)], highs, strict=False)]
    return [
        Step(number, low, high, sum(low <= figure <= high for figure in figures))
        for number, (low, high) in enumerate(bounds)
    ]


def communes(site: Site) -> list[tuple[Thing, str, int]]:
    """The communes that laureates cover: each with the code of its département and its number of laureates."""
    covered = {iri for laureate in site.laureates for iri in site.links(laureate.iri, TP + "covers")}
    known = {laureate.iri for laureate in site.laureates}
    found = []
    for thing in site.things("commune"):
        if thing.iri in covered:
            number = len(known.intersection(site.subjects(TP + "covers", thing.iri)))
            found.append((thing, departement_of(site, thing.iri), number))
    return found


def most_covered(places: list[tuple[Thing, str, int]]) -> list[tuple[Thing, str, int]]:
    """Of `communes`, those that have room on the map: the ones with most laureates, in the same order."""
    most = nsmallest(_DOTS, range(len(places)), key=lambda number: (-places[number][2], number))
    return [places[number] for number in sorted(most)]


def departement_of(site: Site, iri: str) -> str:
    """The code of the département above `iri`; empty if there is none."""
    todo, seen = [iri], {iri}
    while todo:
        here = todo.pop()
        if IGEO + "Departement" in site.types(here):
            return site.text(here, IGEO + "codeINSEE")
        above = [upper for upper in site.links(here, IGEO + "subdivisionDe") if upper not in seen]
        seen.update(above)
        todo += above
    return ""
