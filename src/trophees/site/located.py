"""Where the laureates and the cases are, by the reference of places: what each covers, and what that lies in.

Places are told as they are on the day of the newest vintage, with its inhabitants, so that they can be compared with
any commune of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from trophees.base.namespaces import BASE, TP
from trophees.places import reference
from trophees.places.place import COLLECTIVITY, DEPARTEMENT, EPCI, EPT, Place
from trophees.site.covered import smallest_of
from trophees.site.model import Site, Thing

_TERRITORY = f"{BASE}territory/"


@dataclass(frozen=True)
class Spot:
    """A territory of today: degrees, what they are the point of, and inhabitants; 0 where these are not known."""

    kind: str
    code: str
    name: str
    lon: float
    lat: float
    what: str
    inhabitants: int


@dataclass(frozen=True)
class Located:
    """A process, the territories that it covers but for those that only locate another, and every territory that these
    lie in or reach into, themselves included, each as “kind code”."""

    thing: Thing
    spots: tuple[Spot, ...]
    within: tuple[str, ...]


def located(site: Site) -> list[Located]:
    """Every laureate, then every case, that covers a territory of the reference which has a point."""
    found = []
    for thing in (*site.laureates, *site.cases):
        places = smallest_of(_covered(site, thing.iri), lambda place: place.kind)
        spots = tuple(spot for place in places for spot in _spot(place))
        if spots:
            within = sorted({f"{p.kind} {p.code}" for place in places for p in (place, *_around(place))})
            found.append(Located(thing, spots, tuple(within)))
    return found


def _covered(site: Site, process: str) -> list[Place]:
    """What the reference knows of what `process` covers; for a quarter or a park, what that is in."""
    found: dict[Place, None] = {}
    todo, seen = list(site.links(process, TP + "covers")), set[str]()
    while todo:
        iri = todo.pop(0)
        if iri in seen:
            continue
        seen.add(iri)
        kind, _, code = iri.removeprefix(_TERRITORY).partition("/")
        if today := _today(kind, code):
            found |= dict.fromkeys(today)
        else:
            todo += site.links(iri, TP + "placedIn")
    return list(found)


def _today(kind: str, code: str) -> list[Place]:
    """What the territory that had this code last is in the newest vintage."""
    lives = reference.history(kind, code)
    if not lives:
        return []
    end = lives[-1].ends
    since = end.latest - timedelta(days=1) if end else reference.newest()
    return [heir.place for heir in reference.became(kind, code, since)]


def _spot(place: Place) -> Iterator[Spot]:
    key = place.kind, place.code
    point, count = reference.points().get(key), reference.populations().get(key)
    if point:
        yield Spot(*key, place.name, point.lon, point.lat, point.what, count.inhabitants if count else 0)


def _around(place: Place) -> Iterator[Place]:
    """What a territory is in, or, where it is made of communes, reaches into."""
    yield from reference.parents(place)
    if place.kind in (EPCI, EPT):
        for county in sorted({reference.departement(code) for code in reference.members(place.code)}):
            for kind in (DEPARTEMENT, COLLECTIVITY):
                for above in reference.history(kind, county):
                    if above.on(reference.newest()):
                        yield above
                        yield from reference.parents(above)
