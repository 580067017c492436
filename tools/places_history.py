"""Communes, and their parts, from 1943 to the first vintage: the dated records of INSEE's history."""

from __future__ import annotations

from places_records import COMMUNE, DELEGATED, KINDS, Event, Life
from places_sources import Json, decoupage

SPLITS = ("dé-fusion", "rétablissement")


def history() -> tuple[list[Life], list[Event]]:
    """What INSEE's history says of the time before the first vintage: a life for each of its records."""
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
    return lives, [e for e in events if e.event]


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


def joined(lives: list[Life]) -> list[Life]:
    """The same, those that follow each other without a change of name or commune made one."""
    found: list[Life] = []
    for life in sorted(lives, key=lambda x: (x.kind, x.code, x.start, x.end or "9")):
        if found and found[-1][:3] == life[:3] and found[-1].of == life.of and found[-1].end == life.start:
            found[-1] = found[-1]._replace(end=life.end)
        else:
            found.append(life)
    return found
