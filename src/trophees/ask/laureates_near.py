"""The laureates of the graph that are in a place, and those that are nearest to it."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from trophees.ask.question import Question
from trophees.base.namespaces import BASE, SKOS, TP
from trophees.places import reference
from trophees.places.place import COMMUNE, DEPARTEMENT, EPCI, EPT, REGION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from trophees.ask.repository import Repository
    from trophees.base.language import Language
    from trophees.places.place import Place

_RADIUS = 6371.0  # kilometres
_PLACES = f"""SELECT DISTINCT ?laureate ?label ?place {{
  ?laureate a <{TP}Laureate> ; <{SKOS}prefLabel> ?label .
  {{ ?laureate <{TP}coverage>/<{TP}territory> ?place }}
  UNION {{ ?laureate <{TP}inDepartement> ?place }}
  UNION {{ ?laureate <{TP}inRegion> ?place }}
  FILTER(LANG(?label) = "%s")
}}"""
Key = tuple[str, str]  # kind and code


@dataclass(frozen=True, slots=True)
class Laureate:
    """A laureate and the territories that it is linked to, by kind and code."""

    iri: str
    label: str
    places: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Near:
    """A laureate, how far the nearest of its communes is, in kilometres, and which that is."""

    laureate: Laureate
    distance: float
    commune: str


def laureates(graph: Repository, language: Language) -> list[Laureate]:
    """Every laureate, in the order of their IRIs."""
    found: dict[tuple[str, str], set[Key]] = {}
    answer = graph.ask(Question("place", _PLACES % language))
    assert isinstance(answer, QuerySolutions)
    for row in answer:
        laureate, label, place = (row[name].value for name in ("laureate", "label", "place"))
        kind, _, code = place.removeprefix(f"{BASE}territory/").partition("/")
        found.setdefault((laureate, label), set()).add((kind, code))
    return [Laureate(iri, label, frozenset(places)) for (iri, label), places in sorted(found.items())]


def there(all: Iterable[Laureate], places: Iterable[Place], on: date) -> list[Laureate]:
    """Those of one of `places`, or of what is in it then: communes of an EPCI or EPT, départements of a région.

    Of a part of a commune, those of the commune.
    """
    wanted: set[Key] = set()
    for place in places:
        wanted.add((place.kind, place.code))
        if place.kind == REGION:
            wanted |= {(DEPARTEMENT, code) for code in reference.departements(place.code, on)}
        if len(place.of) == 5:  # a commune
            wanted.add((COMMUNE, place.of))
        if place.kind in (EPCI, EPT):
            wanted |= {(COMMUNE, code) for code in reference.members(place.code, on)}
    return [laureate for laureate in all if laureate.places & wanted]


def nearest(all: Iterable[Laureate], point: reference.Point, number: int = 5) -> list[Near]:
    """The `number` of them whose communes are nearest to `point`. Those of no commune are left out."""
    found = []
    for laureate in all:
        places = [(key, reference.points().get(key)) for key in laureate.places if key[0] == COMMUNE]
        distances = [(distance(point, at), code) for (_, code), at in places if at]
        if distances:
            found.append(Near(laureate, *min(distances)))
    return sorted(found, key=lambda near: (near.distance, near.laureate.iri))[:number]


def distance(one: reference.Point, other: reference.Point) -> float:
    """Kilometres from one to the other, on a sphere."""
    lat, to = radians(one.lat), radians(other.lat)
    chord = sin((to - lat) / 2) ** 2 + cos(lat) * cos(to) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(chord))
