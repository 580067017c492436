"""Territories: each under its kind and code, as it is in the newest vintage, or as it last was."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from trophees.ask import laureates_near
from trophees.base.language import Both
from trophees.places import place as kinds
from trophees.places import reference
from trophees.places.place import Place
from trophees.places.reference import simple
from trophees.places.wording import KIND
from trophees.serve.reconcile.entity import TERRITORY, Entity, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trophees.ask.laureates_near import Laureate

_FOLDER = f"{TERRITORY}/"
_OF_INSEE = (kinds.COMMUNE, kinds.ARRONDISSEMENT, kinds.DEPARTEMENT, kinds.REGION)  # whose IRIs of the code it attests


def entity(place: Place, more: Both | None = None) -> Entity:
    """The territory, described by what it is and where; `more` follows."""
    day = min(place.end, reference.newest()) if place.end else reference.newest()
    large = (kinds.DEPARTEMENT, kinds.COLLECTIVITY, kinds.REGION)
    above = [p for p in reference.parents(place, day) if p.kind in large]
    told = KIND[place.kind] + Both(f" {place.code}", f" {place.code}")
    for one in above:
        shown = f", {one.name} ({one.code})" if one.kind != kinds.REGION else f", {one.name}"
        told += Both(shown, shown)
    if place.end:
        told += Both(f" ; jusqu’au {place.end}", f"; until {place.end}")
    told += more or Both("", "")
    return Entity(f"{_FOLDER}{place.kind}/{place.code}", (place.kind, TERRITORY), Both(place.name, place.name), told)


def of_id(thing: str) -> Place | None:
    """The territory of an identifier: in force, else as it last was; None if there never was one."""
    kind, _, code = thing.removeprefix(_FOLDER).partition("/")
    lives = reference.history(kind, code) if thing.startswith(_FOLDER) else ()
    return max(lives, key=lambda p: (p.end is None, p.start or kinds.BEGINNING)) if lives else None


def values(place: Place, of: str, laureates: Iterable[Laureate], things: dict[str, Entity]) -> tuple[Value, ...]:
    """What the reference says of a territory, and the laureates there, which are among the `things`."""
    day = reference.newest() if place.end is None else min(place.end, reference.newest())
    if of == "code":
        return (place.code,)
    if of == "kind":
        return (place.kind,)
    if of == "postal":
        return reference.postal_codes().get((place.kind, place.code), ())
    if of == "population":
        count = reference.populations().get((place.kind, place.code))
        return (count.inhabitants,) if count else ()
    if of in ("departement", "region", "epci"):
        wanted = (kinds.DEPARTEMENT, kinds.COLLECTIVITY) if of == "departement" else (of,)
        return tuple(entity(p) for p in (place, *reference.parents(place, day)) if p.kind in wanted)
    if of == "laureates":
        found = laureates_near.there(list(laureates), [place], day)
        ids = (one.iri.partition("participation/")[2] for one in found)
        return tuple(things[thing] for thing in ids if thing in things)
    if of == "insee" and place.kind in _OF_INSEE:
        return (f"http://id.insee.fr/geo/{place.kind}/{place.code}",)
    return ()


@cache
def _names() -> list[tuple[str, int, Place]]:
    day = reference.newest()
    return sorted(
        ((simple(p.name), number, p) for number, p in enumerate(reference.places()) if p.on(day)),
        key=lambda entry: entry[:2],
    )


def beginning(prefix: str) -> Iterable[Place]:
    """The territories in force of which the name begins so, in the order of names and kinds; or that have the code."""
    yield from (p for p in reference.at(prefix) if p.code == prefix)
    key = simple(prefix)
    if key:
        for name, _, place in islice(_names(), bisect_left(_names(), (key,)), None):
            if not name.startswith(key):
                return
            yield place
