"""The reference of places as a time machine: what a code or a name was on a day, what became of it, what it was in.

The tables are read once a process, each when it is first needed.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from trophees.base.folding import fold
from trophees.places.place import (
    ARRONDISSEMENT,
    COLLECTIVITY,
    COMMUNE,
    DEPARTEMENT,
    EPCI,
    EPT,
    KINDS,
    PART_ENDS,
    REGION,
    Event,
    Moment,
    Place,
    moment,
)
from trophees.places.tables import once, rows

_MARKS = str.maketrans("-'’.", "    ")
_OVERSEAS = ("975", "977", "978", "984", "986", "987", "988", "989")


class Count(NamedTuple):
    """Inhabitants, and the year of the census; 0 where the source does not say the year.

    `what` is “published”, or “sum” of those of the communes.
    """

    inhabitants: int
    year: int
    what: str


class Point(NamedTuple):
    """Degrees; `what` says of what.

    “centre”, “seat” (the centre of the delegated commune of the same code), “town-hall”; “inhabitants”: of what is
    above communes, the mean of their points, weighted by inhabitants.
    """

    lon: float
    lat: float
    what: str


class Successor(NamedTuple):
    """A territory that another became, with the events that led to it, in their order; none if nothing happened."""

    place: Place
    events: tuple[Event, ...]


def simple(name: str) -> str:
    """A name as it is looked up: folded, without hyphens and apostrophes."""
    return " ".join(fold(name).translate(_MARKS).split())


@cache
def newest() -> date:
    """The day of the newest vintage, which is meant where no day is given."""
    return date.fromisoformat(max(vintage for vintage, *_ in rows("counts")))


@once
def places() -> tuple[Place, ...]:
    """Every record, by kind, code and time."""
    moments: dict[str, Moment | None] = {}

    def when(cell: str) -> Moment | None:
        if cell not in moments:
            moments[cell] = moment(cell)
        return moments[cell]

    found = [Place(k, c, n, when(s), when(e), of, form) for k, c, n, s, e, of, form in rows("places")]
    return tuple(sorted(found, key=lambda p: (KINDS.index(p.kind), p.code, p.start or date.min)))


@once
def _by_code() -> dict[str, tuple[Place, ...]]:
    return _grouped([(p.code, p) for p in places()])


@once
def _by_name() -> dict[str, tuple[Place, ...]]:
    return _grouped([(simple(p.name), p) for p in places()])


def _grouped(pairs: list[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    found = defaultdict(list)
    for key, place in pairs:
        found[key].append(place)
    return {key: tuple(group) for key, group in found.items()}


def at(code_or_name: str, on: date | None = None, kind: str | None = None) -> tuple[Place, ...]:
    """What has this code, or else this name, on that day: a commune first, then its parts, and what is above.

    Names are compared without case, accents, hyphens and apostrophes, and in no other way.
    """
    day = on or newest()
    return tuple(p for p in every(code_or_name) if p.on(day) and kind in (None, p.kind))


def every(code_or_name: str) -> tuple[Place, ...]:
    """What has this code, or else this name, at any time."""
    return _by_code().get(code_or_name) or _by_name().get(simple(code_or_name), ())


@cache
def history(kind: str, code: str) -> tuple[Place, ...]:
    """The lives of a code of that kind, in their order; between two there may be a time without."""
    return tuple(p for p in _by_code().get(code, ()) if p.kind == kind)


@once
def _events() -> dict[tuple[str, str], tuple[Event, ...]]:
    found = defaultdict(list)
    for when, event, kind, code, to_kind, to_code in rows("events"):
        read = moment(when)
        assert read
        happened = Event(read, event, kind, code, to_kind, to_code)
        for key in {(kind, code), (to_kind, to_code)}:
            found[key].append(happened)
    return {key: tuple(sorted(group, key=lambda e: e.when.latest)) for key, group in found.items()}


def events(kind: str, code: str) -> tuple[Event, ...]:
    """What happened to a code of that kind, and what led to it, in their order."""
    return _events().get((kind, code), ())


def became(kind: str, code: str, since: date, on: date | None = None) -> tuple[Successor, ...]:
    """What the territory that had this code on the day `since` is on the later day `on`: itself, or its successors.

    Of a commune, communes: the one that it went into, whichever part of that it is. After a split, the old code and
    the communes taken out of it. Of a delegated or associated commune that is none any more, the commune that it was
    in, or that it is again. Empty if there was none on that day, or if the source does not know a successor.
    """
    day = on or newest()
    if not any(p.on(since) for p in history(kind, code)):
        return ()
    reached: dict[tuple[str, str], tuple[Event, ...]] = {(kind, code): ()}
    done = since
    while True:
        ahead = {
            key: [e for e in events(*key) if (e.kind, e.code) == key and done < e.when.latest <= day and _leads(e)]
            for key in reached
        }
        dates = [e.when.latest for group in ahead.values() for e in group]
        if not dates:
            break
        done = min(dates)
        step: dict[tuple[str, str], tuple[Event, ...]] = {}
        for key, past in reached.items():
            now = [e for e in ahead[key] if e.when.latest == done]
            for e in now:
                if e.to_code:
                    step.setdefault((e.to_kind, e.to_code), (*past, e))
            if not now:
                step.setdefault(key, past)
        reached = step
    found = ((key, past) for key, past in reached.items())
    return tuple(Successor(p, past) for key, past in sorted(found) for p in history(*key) if p.on(day))


def _leads(event: Event) -> bool:
    """True of an event that a territory goes on through: a commune does not go on as a part of itself."""
    return event.kind == event.to_kind or event.event == PART_ENDS or event.kind != COMMUNE


@once
def _members(table: str) -> dict[str, tuple[tuple[str, date | None, date | None], ...]]:
    found = defaultdict(list)
    for child, parent, start, end in rows(table):
        since, until = moment(start), moment(end)
        found[child].append((parent, since.latest if since else None, until.latest if until else None))
    return {child: tuple(group) for child, group in found.items()}


def _inside(table: str, child: str, day: date) -> list[str]:
    groups = _members(table).get(child, ())
    return [g for g, since, until in groups if (since is None or since <= day) and (until is None or day < until)]


def members(code: str, on: date | None = None) -> tuple[str, ...]:
    """The codes of the communes of an EPCI, an EPT or an arrondissement, at the vintage in force on that day."""
    day = on or newest()
    return tuple(
        sorted(c for table in ("members", "arrondissements") for c in _members(table) if code in _inside(table, c, day))
    )


def departements(region: str, on: date | None = None) -> tuple[str, ...]:
    """The codes of the départements of a région on that day."""
    day = on or newest()
    return tuple(sorted(d for d in _members("regions") if region in _inside("regions", d, day)))


def departement(code: str) -> str:
    """The code of the département, or of the collectivity overseas, that a commune's code begins with."""
    return code[:3] if code.startswith("97") or code[:3] in _OVERSEAS else code[:2]


def parents(place: Place, on: date | None = None) -> tuple[Place, ...]:
    """What a territory is in on that day, the nearest first: commune, EPT, EPCI, arrondissement, département, région.

    What the reference does not cover on that day (EPCI before 2019) is left out.
    """
    day = on or newest()
    found: list[Place] = []
    commune = place.code if place.kind == COMMUNE else "" if place.kind == ARRONDISSEMENT else place.of
    county = place.code if place.kind == DEPARTEMENT else place.of
    if commune:
        county = departement(commune)
        if commune != place.code or place.kind != COMMUNE:
            found += _live(COMMUNE, commune, day)
        groupings = _inside("members", commune, day)
        for kind in (EPT, EPCI):
            for code in groupings:
                found += _live(kind, code, day)
        for code in _inside("arrondissements", commune, day):
            found += _live(ARRONDISSEMENT, code, day)
    if county:
        if place.kind != DEPARTEMENT:
            found += (*_live(DEPARTEMENT, county, day), *_live(COLLECTIVITY, county, day))
        for code in _inside("regions", county, day):
            found += _live(REGION, code, day)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _live(kind: str, code: str, day: date) -> tuple[Place, ...]:
    return tuple(place for place in history(kind, code) if place.on(day))


@once
def points() -> dict[tuple[str, str], Point]:
    """Where a territory is, by kind and code."""
    return {(kind, code): Point(float(lon), float(lat), what) for kind, code, lon, lat, what in rows("points")}


@once
def populations() -> dict[tuple[str, str], Count]:
    """How many live in what is in the newest vintage, but arrondissements of départements, by kind and code."""
    return {(kind, code): Count(int(n), int(year or 0), what) for kind, code, n, year, what in rows("populations")}


@once
def postal_codes() -> dict[tuple[str, str], tuple[str, ...]]:
    """The postal codes of communes and municipal arrondissements since 2019, by kind and code."""
    return {(kind, code): tuple(codes.split()) for kind, code, codes, _ in rows("postal_codes")}


@once
def sirens() -> dict[str, str]:
    """The codes of the communes that lists since 2019 have, by SIREN."""
    return dict(rows("sirens"))
