#!/usr/bin/env python3
"""Make the reference of places: communes since 1943, départements, régions, EPCI, points, populations, postal codes.

Run by hand: `python tools/places_extract.py [output]`, with npm, pip and `pip install shapely==2.2.0`. The tables in
`data/places/` are then a function of pinned packages and of `places_by_hand.csv`: same inputs, same bytes.
`data/places/README.md` (in French) says what every column means.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

from places_attested import dated as attested
from places_attested import movements
from places_communes import communes, going_on
from places_measures import MUNICIPAL, NEWEST, Row, centres, communes_inside, points, populations, sums
from places_records import COMMUNE, EPCI, Event, Life, State, overseas_code
from places_sources import by_hand, decoupage, write
from places_vintages import VINTAGES

DEPARTEMENT, REGION, DISTRICT, EPT = "departement", "region", "arrondissement", "ept"
LISTS = {"2019-01-01": "0.7.0", "2020-01-01": "0.8.0"}  # of EPCI; then the vintages of the communes
LISTS |= {day: version for day, version in VINTAGES.items() if version and day > "2020" and day != "2025-01-08"}
OUTPUT = Path(__file__).resolve().parents[1] / "data" / "places"
COLLECTIVITY = "collectivite-outremer"


def runs(seen: dict[str, set[Row]]) -> list[Row]:
    """Each row of `seen` with the first day of a run of vintages that have it, and the first that has it no more."""
    days = list(seen)
    found = []
    for row in set().union(*seen.values()):
        since = ""
        for day in days:
            if row in seen[day]:
                since = since or day
            elif since:
                found.append((*row, since, day))
                since = ""
        if since:
            found.append((*row, since, ""))
    return found


def dated(start: str, end: str, days: list[str]) -> tuple[str, str]:
    """The ends of a run as intervals: what is seen first at a vintage began since the one before."""
    before = dict(zip(days[1:], days, strict=False))

    def interval(day: str) -> str:
        return f"{before[day][:-2]}02/{day}" if day in before else f"../{day}"

    return interval(start), interval(end) if end else ""


def intercommunal() -> tuple[list[Row], list[Row], list[Event]]:
    """EPCI and EPT with their forms, the communes in them at each vintage, and which EPCI follows which.

    What is known of an EPCI to the day is so of its communes.
    """
    places: list[Row] = []
    members: list[Row] = []
    for kind, name, days in ((EPCI, "epci", list(LISTS)), (EPT, "ept", [d for d in LISTS if d >= "2023"])):
        lists = {day: decoupage(LISTS[day], name) for day in days}
        groups: dict[str, set[Row]] = {d: {(e["code"], e["nom"].strip(), e["type"]) for e in lists[d]} for d in days}
        inside: dict[str, set[Row]] = {
            d: {(m["code"], e["code"]) for e in lists[d] for m in e["membres"]} for d in days
        }
        for code, label, form, start, end in runs(groups):
            places.append((kind, code, label, *dated(start, end, days), "", form))
        members += runs(inside)
    rows = [row for row in movements() if row.kind == EPCI]
    lives, events = attested([Life(*place[:6]) for place in places], followed(), rows)
    attested_days: dict[tuple[str, str], str] = {}
    for before, after in zip(places, lives, strict=True):
        for old, new in ((before[3], after.start), (before[4], after.end)):
            if old != new:
                attested_days[after.code, old[-10:]] = new
    known = attested_days.get
    members = [(c, g, known((g, start), start), known((g, end), end)) for c, g, start, end in members]
    return [(*life, place[6]) for life, place in zip(lives, places, strict=True)], members, events


def followed() -> list[Event]:
    """EPCI that end, and those of the next vintage in which their communes are: deduced, no list says so."""
    found = []
    for before, after in pairwise(LISTS):
        old = {e["code"]: {m["code"] for m in e["membres"]} for e in decoupage(LISTS[before], "epci")}
        new = {e["code"]: {m["code"] for m in e["membres"]} for e in decoupage(LISTS[after], "epci")}
        today = set().union(*new.values())
        for code in sorted(old.keys() - new.keys()):
            kept = old[code] & today  # a commune that has ended is in none
            for heir, inside in new.items():
                if kept & inside:
                    same = "recode" if heir not in old and inside == kept else "merger"
                    event = same if kept <= inside else "abolition"
                    found.append(Event(f"{before[:-2]}02/{after}", event, "epci", code, "epci", heir))
    return found


def districts() -> tuple[list[Row], list[Row]]:
    """Arrondissements of départements, and the communes in them at each vintage."""
    days = [day for day in VINTAGES if VINTAGES[day] and day != "2025-01-08"]
    found: dict[str, set[Row]] = {}
    inside: dict[str, set[Row]] = {}
    for day in days:
        version = "0.7.0" if day.startswith("2019") else VINTAGES[day]
        found[day] = {(e["code"], e["nom"], e["departement"]) for e in decoupage(version, "arrondissements")}
        inside[day] = {
            (e["code"], e["arrondissement"])
            for e in decoupage(version, "communes")
            if e["type"] == "commune-actuelle" and "arrondissement" in e
        }
    places: list[Row] = [(DISTRICT, c, name, *dated(s, e, days), of) for c, name, of, s, e in runs(found)]
    return places, runs(inside)


def municipal() -> list[Row]:
    """The arrondissements of Paris, Lyon and Marseille, none of which has changed from one vintage to another."""
    entries = [e for e in decoupage(VINTAGES[NEWEST], "communes") if e["type"] == MUNICIPAL]
    assert {e["code"] for e in entries} == {e["code"] for e in decoupage("0.8.0", "communes") if e["type"] == MUNICIPAL}
    begun = {r["code"]: r["start"] for r in by_hand() if r["kind"] == MUNICIPAL}
    return [(MUNICIPAL, e["code"], e["nom"], begun.get(e["code"], "../2019-01-01"), "", e["commune"]) for e in entries]


def above() -> tuple[list[Row], list[Row], list[Event]]:
    """Départements, régions and collectivities overseas; the région of each département; the events between them."""
    hand = by_hand()
    places: list[Row] = [
        (r["kind"], r["code"], r["name"], r["start"], r["end"], "") for r in hand if r["kind"] in (DEPARTEMENT, REGION)
    ]
    known = {p[:2] for p in places}
    overseas = {r["code"]: r["start"] for r in hand if r["kind"] == COLLECTIVITY}
    current = decoupage(VINTAGES[NEWEST], "departements")
    for e in current:
        if overseas_code(e["code"]):
            places.append((COLLECTIVITY, e["code"], e["nom"], overseas.get(e["code"], "../2019-01-01"), "", ""))
        elif (DEPARTEMENT, e["code"]) not in known:
            places.append((DEPARTEMENT, e["code"], e["nom"], "", "", ""))
    for kind, name in ((DEPARTEMENT, "departements"), (REGION, "regions")):
        now = {(p[1], p[2]) for p in places if p[0] == kind and not p[4]}
        listed = {(e["code"], e["nom"]) for e in decoupage(VINTAGES[NEWEST], name) if not overseas_code(e["code"])}
        assert now == listed, f"places_by_hand.csv and the newest vintage disagree: {sorted(now ^ listed)}"
    old = {r["code"]: r for r in hand if r["kind"] == "member"}
    regions: list[Row] = [(r["code"], r["region"], r["start"], r["end"]) for r in old.values()]
    events = []
    begun = {p[1]: p[3] for p in places if p[0] == REGION and not p[4]}
    first = {p[1]: min(q[3] for q in places if q[0] == REGION and q[1] == p[1]) for p in places if p[0] == REGION}
    for e in current:
        if overseas_code(e["code"]):
            continue
        before = old.get(e["code"])
        assert e["region"] in begun
        regions.append((e["code"], e["region"], before["end"] if before else first[e["region"]], ""))
        if before:
            events.append(Event(before["end"], "merger", REGION, before["region"], REGION, e["region"]))
    for kind in (DEPARTEMENT, REGION):
        by_code = sorted((p for p in places if p[0] == kind), key=lambda p: (p[1], p[3]))
        for p, q in pairwise(by_code):
            if p[1] == q[1] and p[4] == q[3]:
                events.append(Event(q[3], "rename", kind, p[1], kind, q[1]))
    collectivities = {(p[1], p[3]) for p in places if p[0] == COLLECTIVITY}
    events += [
        Event(p[4], "statute", DEPARTEMENT, p[1], COLLECTIVITY, p[1])
        for p in places
        if p[0] == DEPARTEMENT and (p[1], p[4]) in collectivities
    ]
    return places, regions, events


def new_departements(events: list[Event]) -> set[Event]:
    """Where the départements went whose communes changed département when others began."""
    begun = {(r["start"], r["code"]) for r in by_hand() if r["kind"] == DEPARTEMENT and r["start"]}
    return {
        Event(e.date, "split", DEPARTEMENT, e.code[:2], DEPARTEMENT, e.to_code[:2])
        for e in events
        if e.event == "departement" and (e.date, e.to_code[:2]) in begun
    }


def postal() -> list[Row]:
    """Postal codes of communes and municipal arrondissements, at the last vintage that has them."""
    found: dict[tuple[str, str], Row] = {}
    for day, version in VINTAGES.items():
        if version and day != "2025-01-08":
            for e in decoupage(version, "communes"):
                if codes := e.get("codesPostaux"):
                    kind = MUNICIPAL if e["type"] == MUNICIPAL else COMMUNE
                    found[kind, e["code"]] = (" ".join(sorted(codes)), day)
    return [(*key, *row) for key, row in found.items()]


def sirens() -> list[Row]:
    """The SIREN of communes, of every list since 2019; where lists differ, the code of the latest."""
    found: dict[str, str] = {}
    for day in sorted(LISTS, reverse=True):
        for e in decoupage(LISTS[day], "epci"):
            for m in e["membres"]:
                found.setdefault(m["siren"], m["code"])
    for e in decoupage(VINTAGES[NEWEST], "communes"):
        if e.get("siren"):
            found[e["siren"]] = e["code"]
    return list(found.items())


def counts(states: dict[str, State]) -> list[Row]:
    """How many communes and parts each vintage has, by its own list."""
    return [
        (day, kind, str(sum(1 for k, _ in state if k == kind)))
        for day, state in states.items()
        for kind in sorted({k for k, _ in state})
    ]


def main() -> None:
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    output.mkdir(parents=True, exist_ok=True)
    lives, events, states = communes()
    groups, members, followed = intercommunal()
    arrondissements, inside = districts()
    higher, regions, more = above()
    places = [*map(tuple, lives), *groups, *arrondissements, *municipal(), *higher]
    held = [Life(*place[:6]) for place in higher]
    events = [*events, *followed, *going_on(held, {*more, *new_departements(events)})]
    placed, counted = points(), populations()
    now = {place[1]: place[0] for place in groups if not place[4]}
    within: dict[str, list[Row]] = {DISTRICT: [row[:2] for row in inside if row[1] and not row[3]], EPCI: [], EPT: []}
    for commune, code, _, end in members:
        if not end:
            within[now[code]].append((commune, code))
    communities = communes_inside(within, regions)
    ended = {place[:2] for place in higher if place[4]} - {place[:2] for place in higher if not place[4]}
    summed = {key: held for key, held in communities.items() if key[0] in (DEPARTEMENT, REGION) and key not in ended}
    write(output / "places.csv", "kind,code,name,start,end,of,form", (p if len(p) == 7 else (*p, "") for p in places))
    write(output / "events.csv", "date,event,kind,code,to_kind,to_code", events)
    write(output / "members.csv", "commune,epci,start,end", members)
    write(output / "arrondissements.csv", "commune,arrondissement,start,end", inside)
    write(output / "regions.csv", "departement,region,start,end", regions)
    write(output / "points.csv", "kind,code,lon,lat,what", placed + centres(placed, counted, communities))
    write(output / "populations.csv", "kind,code,inhabitants,year,what", counted + sums(counted, summed))
    write(output / "postal_codes.csv", "kind,code,postal_codes,vintage", postal())
    write(output / "sirens.csv", "siren,commune", sirens())
    write(output / "counts.csv", "vintage,kind,count", counts(states))


if __name__ == "__main__":
    main()
