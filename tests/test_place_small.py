"""A reference of a few made-up territories: what is told of each in words, JSON and Turtle, and the laureates near it.

`small/place.tsv` has what comes of each; after a wanted change, `python tests/test_place_small.py` writes it anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

from small_cases import PARTS, Cases, compare, each, write
from trophees.ask import laureates_near, place_in_rdf, place_told
from trophees.ask.engine import Embedded
from trophees.ask.laureates_near import Laureate
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, SKOS, TP
from trophees.places import place as kinds
from trophees.places import reference
from trophees.places.place import Event, Moment, Place
from trophees.places.reference import Count, Point, Successor

ROOM = "place"


def day(text: str) -> Moment:
    """A day, or an interval of days."""
    earliest, slash, latest = text.partition("/")
    first = date.fromisoformat(earliest) if earliest != ".." else None
    return Moment(first, date.fromisoformat(latest if slash else earliest))


REGION = Place(kinds.REGION, "99", "Basse-Région")
DEPARTEMENT = Place(kinds.DEPARTEMENT, "98", "Val")
OLD = Place(kinds.COMMUNE, "98001", "Vieille", None, day("2015-01-01"))
TOWN = Place(kinds.COMMUNE, "98002", "Ville", day("1950-06-01"))
NEW = Place(kinds.COMMUNE, "98003", "Neuve", day("2015-01-01"), day("2024-01-02/2025-01-01"))
LATER = Place(kinds.COMMUNE, "98005", "Future", day("2027-01-01"))
PART = Place(kinds.DELEGATED, "98004", "Part", day("../2015-01-01"), of="98002")
EPCI = Place(kinds.EPCI, "200000001", "Agglo", day("2016-01-01/2017-01-01"), form="CA")
EPT = Place(kinds.EPT, "T9", "Grand", day("2016-01-01"), day("2020-01-01"))
GONE = Place(kinds.REGION, "97", "Haute-Région", None, day("2016-01-01"))
ALL = [REGION, DEPARTEMENT, OLD, TOWN, NEW, LATER, PART, EPCI, EPT, GONE]
MERGER = Event(day("2015-01-01"), kinds.MERGER, kinds.COMMUNE, "98001", kinds.COMMUNE, "98002")
SPLIT = Event(day("1960-01-01/1961-01-01"), kinds.SPLIT, kinds.COMMUNE, "98002", kinds.COMMUNE, "98001")
CREATION = Event(day("../2015-01-01"), kinds.CREATION, "", "", kinds.DELEGATED, "98004")
BORN = Event(day("2015-01-01"), kinds.RECREATION, kinds.COMMUNE, "98002", kinds.COMMUNE, "98003")
UNKNOWN = Event(day("1970-01-01"), kinds.RENAME, kinds.COMMUNE, "98002", kinds.COMMUNE, "97777")
FOUNDED = Event(day("2027-01-01"), kinds.RECREATION, kinds.COMMUNE, "98002", kinds.COMMUNE, "98005")
EVENTS = [MERGER, SPLIT, CREATION, BORN, UNKNOWN, FOUNDED]
POINTS = {
    ("commune", "98001"): Point(1.0, 45.0, "x"),
    ("commune", "98002"): Point(1.5, 45.5, "x"),
    ("region", "99"): Point(-2.0, 48.0, "x"),
    ("commune", "98003"): Point(179.0, -10.0, "x"),
}
LAUREATES = [
    Laureate("urn:a", "A", frozenset({("commune", "98001"), ("departement", "98")})),
    Laureate("urn:b", "B", frozenset({("commune", "98002"), ("commune", "98001")})),
    Laureate("urn:c", "C", frozenset({("region", "99")})), Laureate("urn:d", "D", frozenset({("commune", "98003")})),
    Laureate("urn:e", "E", frozenset({("commune", "90000")})),
    Laureate("urn:f", "F", frozenset({("epci", "200000001")})),
    Laureate("urn:g", "G", frozenset({("commune", "98001")})), Laureate("urn:h", "H", frozenset({("region", "97")})),
    Laureate("urn:i", "I", frozenset({("commune", "98002")})),
]  # fmt: skip


@contextlib.contextmanager
def small() -> Iterator[None]:
    """The reference is these few territories."""

    def at(name: str, on: date) -> tuple[Place, ...]:
        return tuple(p for p in ALL if name in (p.name, p.code) and p.on(on))

    def became(_: str, code: str, on: date) -> tuple[Successor, ...]:
        if code == "98001" and on < date(2015, 1, 1):
            return (Successor(TOWN, (MERGER,)),)
        return tuple(Successor(p, ()) for p in ALL if p.code == code and p.end is None)

    def parents(place: Place, on: date) -> tuple[Place, ...]:
        if place.kind == kinds.COMMUNE:
            return (DEPARTEMENT, REGION, *([EPCI] if on.year > 2016 else []))
        return (REGION,) if place.kind == kinds.DEPARTEMENT else ()

    found: dict[str, Any] = {
        "newest": lambda: date(2026, 1, 1), "at": at, "every": lambda name: tuple(p for p in ALL if name in (p.name,
        p.code)), "became": became, "parents": parents,
        "events": lambda _kind, code: tuple(e for e in EVENTS if code in (e.code, e.to_code)),
        "points": lambda: POINTS, "populations": lambda: {("commune", "98002"): Count(1200, 2023, "census"), ("region",
        "99"): Count(9, 2023, "sum"), ("departement", "98"): Count(5, 0, "sum"),
        ("epci", "200000001"): Count(7, 0, "census"), ("commune", "98001"): Count(3, 2010, "census")},
        "postal_codes": lambda: {("commune", "98002"): ("98000", "98010"), ("commune", "98001"): ("98001",)},
        "departements": lambda code, _on: ("98",) if code == "99" else (), "members": lambda code,
        _on: {"200000001": ("98002",), "T9": ("98003",)}.get(code, ()), "history": lambda _kind,
        code: tuple(p for p in ALL if p.code == code),
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, work in found.items():
            patch.setattr(reference, name, work)
        yield


def linked() -> Embedded:
    """Laureates and the territories that they are linked to."""
    found = Store()
    text = f"""@prefix tp: <{TP}> . @prefix skos: <{SKOS}> . @base <{BASE}> .
<urn:g> {{ <b> a tp:Laureate ; skos:prefLabel "B"@fr, "Bee"@en ; tp:coverage <b#1>, <b#2> ;
  tp:inDepartement <territory/departement/98> ; tp:inRegion <territory/region/99> .
<b#1> tp:territory <territory/commune/98002> . <b#2> tp:territory <territory/commune/98001> .
<a> a tp:Laureate ; skos:prefLabel "A"@fr ; tp:inRegion <territory/region/99> .
<c> skos:prefLabel "C"@fr ; tp:inRegion <territory/region/99> .
<d> a tp:Laureate ; skos:prefLabel "D"@fr }}"""
    found.load(text.encode(), format=RdfFormat.TRIG)
    return Embedded(found)


def of_places() -> Cases:
    asked = [
        ("Vieille", None), ("Vieille", date(2000, 1, 1)), ("98001", date(2014, 12, 31)), ("98001", date(2015, 1, 1)),
        ("Ville", None), ("Ville", date(1940, 1, 1)), ("Ville", date(2018, 12, 31)), ("Ville", date(2019, 1, 1)),
        ("Neuve", date(2024, 6, 1)), ("Neuve", None), ("Neuve", date(2024, 1, 1)), ("Future", None), ("Part", None),
        ("Basse-Région", None), ("Val", None), ("Agglo", None), ("Agglo", date(2016, 6, 1)), ("Grand", None),
        ("Grand", date(2018, 1, 1)), ("Haute-Région", None), ("Nulle", None), ("x" * 99, None),
    ]  # fmt: skip

    def told(one: tuple[str, date | None]) -> object:
        with small():
            found = place_told.told(*one, LAUREATES)
            return [
                [place_told.text(each_, tag) for tag in LANGUAGES] + [place_told.data(each_, tag) for tag in LANGUAGES]
                for each_ in found
            ]

    def turtle(one: tuple[str, date | None]) -> object:
        with small():
            return place_in_rdf.turtle(place_told.told(*one, LAUREATES), "fr")

    def there(*places: Place) -> object:
        with small():
            return [one.label for one in laureates_near.there(LAUREATES, places, date(2020, 1, 1))]

    def nearest(point: Point, number: int = 5) -> object:
        with small():
            return [
                [near.laureate.label, round(near.distance, 3), near.commune]
                for near in laureates_near.nearest(LAUREATES, point, number)
            ]

    pairs = [
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 180.0, 0.0),
        (2.35, 48.85, -1.55, 47.22),
        (0.0, 90.0, 0.0, -90.0),
        (10.0, 45.0, 11.0, 45.0),
        (10.0, 45.0, 10.0, 46.0),
    ]

    def apart(one: tuple[float, float, float, float]) -> float:
        return round(laureates_near.distance(Point(one[0], one[1], ""), Point(one[2], one[3], "")), 4)

    def name(one: tuple[str, date | None]) -> str:
        return f"{one[0]} {one[1]}"

    return {
        **each(asked, told, name), **each(asked[:20], turtle, lambda one: f"turtle {name(one)}"),
        **each(ALL, there, lambda place: f"there {place.name}"), "nowhere": lambda: there(),
        "in several": lambda: there(PART, DEPARTEMENT),
        "nearest": lambda: [nearest(Point(1.2, 45.2, "")), nearest(Point(1.0, 45.0, ""), 2),
        nearest(Point(180.0, -10.0, ""), 1)],
        **each(pairs, apart),
        "laureates": lambda: [laureates_near.laureates(linked(), tag) for tag in LANGUAGES],
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {"told": of_places}


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_is_told_of_a_small_reference_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
