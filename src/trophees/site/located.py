"""Where the laureates and the cases are, by the reference of places: what each covers, and what that lies in.

Places are told as they are on the day of the newest vintage, with its inhabitants, so that they can be compared with
any commune of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from trophees.base.namespaces import BASE, SKOS, TP
from trophees.places import reference
from trophees.places.place import (
    ARRONDISSEMENT,
    ASSOCIATED,
    COLLECTIVITY,
    COMMUNE,
    DELEGATED,
    DEPARTEMENT,
    EPCI,
    EPT,
    MUNICIPAL,
    REGION,
    Place,
)
from trophees.site.model import Site, Thing

_TERRITORY = f"{BASE}territory/"
_SIZES = (  # from the smallest
    {COMMUNE, DELEGATED, ASSOCIATED, MUNICIPAL},
    {EPCI, EPT, ARRONDISSEMENT},
    {DEPARTEMENT, COLLECTIVITY},
    {REGION},
)


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
    """A process, the smallest territories that it covers, and every territory that these lie in or reach into,
    themselves included, each as “kind code”."""

    thing: Thing
    spots: tuple[Spot, ...]
    within: tuple[str, ...]


def located(site: Site) -> list[Located]:
    """Every laureate, then every case, that covers a territory of the reference which has a point."""
    found = []
    for thing in (*site.laureates, *site.cases):
        places = _smallest(_covered(site, thing.iri))
        spots = tuple(spot for place in places for spot in _spot(place))
        if spots:
            within = sorted({f"{p.kind} {p.code}" for place in places for p in (place, *_around(place))})
            found.append(Located(thing, spots, tuple(within)))
    return found


def kinds(site: Site, keys: Iterable[str]) -> list[str]:
    """The kinds of organisations `keys`, and all that are broader, by the ends of their IRIs."""
    prefix = f"{BASE}organisation-kind/"
    found, todo = set(), [prefix + key for key in keys]
    while todo:
        iri = todo.pop()
        if iri not in found:
            found.add(iri)
            todo += site.links(iri, SKOS + "broader")
    return sorted(iri.removeprefix(prefix) for iri in found)


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


def _smallest(places: list[Place]) -> list[Place]:
    """Those that do not only say where another of them is."""
    return next((few for kinds in _SIZES if (few := [place for place in places if place.kind in kinds])), [])


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
