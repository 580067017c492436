"""A place as `trophees place` tells it: what it was on a day, what became of it and why, and the laureates near it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from trophees.ask import laureates_near
from trophees.base.errors import UserError, brief
from trophees.base.language import Both
from trophees.places import reference
from trophees.places.iris import iri
from trophees.places.link import Asked, link
from trophees.places.place import COMMUNE, EPCI, EPT, REGION
from trophees.places.wording import happened, lived, titled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trophees.ask.laureates_near import Laureate, Near
    from trophees.base.language import Language
    from trophees.places.place import Event, Place
    from trophees.places.reference import Count, Point, Successor


@dataclass(frozen=True)
class Told:
    """One place that a name or a code means on the day `on`; `in_force` is false if it was at another time only.

    `became` is what it is in the newest vintage, `before` what had happened to it; the laureates of it, or of what it
    became, are `there`.
    """

    place: Place
    on: date
    in_force: bool
    parents: tuple[Place, ...]
    before: tuple[Event, ...]
    became: tuple[Successor, ...]
    point: Point | None
    population: Count | None
    postal_codes: tuple[str, ...]
    there: tuple[Laureate, ...] = ()
    nearest: tuple[Near, ...] = ()


def told(name: str, on: date | None, laureates: Sequence[Laureate]) -> list[Told]:
    """What `name`, a name or a code, means on that day, else what it meant before, or means later.

    UserError if nothing ever bore it.
    """
    day = on or reference.newest()
    found = reference.at(name, day)
    if not found:
        last = {(p.kind, p.code): p for p in reference.every(name) if p.start is None or p.start <= day}
        found = tuple(last.values()) or reference.every(name)
    if not found:  # as a cell of a table is read: "Marseille 13e", "St Denis (93)"
        meant = link(Asked(name=name, on=day))
        found = meant.candidates or ((meant.place,) if meant.place else ())
    if not found:
        remedy = "write it in full, or give its INSEE code"
        raise UserError(f"“{brief(name)}” is the name or code of no territory: {remedy}")
    return [_told(place, day, laureates) for place in found]


def _told(place: Place, day: date, laureates: Sequence[Laureate]) -> Told:
    in_force = place.on(day)
    then = place.end - timedelta(1) if place.end and place.end <= day else max(day, place.start or day)
    became = reference.became(place.kind, place.code, then) or reference.became(place.kind, place.code, day)
    points = [reference.points().get((p.kind, p.code)) for p in (place, *(s.place for s in became))]
    point = next((p for p in points if p), None)
    key = place.kind, place.code
    there = laureates_near.there(laureates, _where(place, became), then)
    others = [one for one in laureates if one not in there]
    return Told(
        place, day, in_force, reference.parents(place, then),
        tuple(e for e in reference.events(*key) if e.when.latest <= then),
        became, point,
        reference.populations().get(key) if place.on(reference.newest()) else None,
        reference.postal_codes().get(key, ()) if place.on(reference.newest()) else (),
        tuple(there), tuple(laureates_near.nearest(others, point)) if point else (),
    )  # fmt: skip


def _where(place: Place, became: tuple[Successor, ...]) -> list[Place]:
    """Where its laureates are: in itself, if it is there or its départements or communes are known; else its heirs."""
    if place.end is None or place.kind in (REGION, EPCI, EPT):
        return [place]
    return [successor.place for successor in became]


def text(one: Told, lang: Language) -> str:
    """`one` in lines for people."""
    return "\n".join(line[lang] if isinstance(line, Both) else line for line in _lines(one)) + "\n"


def _lines(one: Told) -> list[Both | str]:
    place = one.place
    lines: list[Both | str] = [titled(place) + Both(f", le {one.on}", f", on {one.on}")]
    if not one.in_force:
        lines.append(Both("  n’existe pas à cette date", "  does not exist on that day"))
    elif not place.sure(one.on):
        lines.append(Both("  peut-être : le jour exact n’est pas connu", "  perhaps: the exact day is not known"))
    lines.append(Both("  ", "  ") + lived(place))
    lines += [Both("  dans : ", "  in: ") + titled(parent) for parent in one.parents]
    if place.kind == COMMUNE and not any(p.kind == EPCI for p in one.parents) and one.on < date(2019, 1, 1):
        lines.append(Both("  EPCI : non couverts avant 2019", "  EPCI: not covered before 2019"))
    if one.population:
        lines.append(_inhabitants(one.population))
    if one.postal_codes:
        codes = ", ".join(one.postal_codes)
        lines.append(Both("  codes postaux : ", "  postal codes: ") + Both(codes, codes))
    if one.before:
        lines.append(Both("Auparavant :", "Before:"))
        lines += [Both("  ", "  ") + happened(event) for event in one.before]
    lines.append(Both("Aujourd’hui :", "Today:"))
    lines += [line for successor in one.became for line in _successor(successor)]
    if not one.became:
        lines.append(Both("  la source ne dit pas ce qu’il en est", "  the source does not say what it is"))
    if one.place in _where(one.place, one.became):
        lines.append(Both("Lauréats sur place :", "Laureates there:"))
    else:
        lines.append(Both("Lauréats dans ce que c’est aujourd’hui :", "Laureates in what it is today:"))
    lines += [f"  {laureate.label} <{laureate.iri}>" for laureate in one.there] or [Both("  aucun", "  none")]
    if one.nearest:
        lines.append(Both("Lauréats les plus proches :", "Nearest laureates:"))
        lines += [f"  {n.distance:.0f} km · {n.laureate.label} <{n.laureate.iri}>" for n in one.nearest]
    elif not one.point:
        lines.append(
            Both("Distances : la référence n’a pas de point ici", "Distances: the reference has no point here")
        )
    return lines


def _inhabitants(count: Count) -> Both:
    year = [str(count.year)] if count.year else []
    derived = count.what == "sum"
    fr, en = ([*year, text] if derived else year for text in ("somme de ses communes", "sum of its communes"))
    text = Both(f"  habitants : {count.inhabitants}", f"  inhabitants: {count.inhabitants}")
    return text + Both(f" ({', '.join(fr)})", f" ({', '.join(en)})") if fr else text


def _successor(successor: Successor) -> list[Both]:
    head = Both("  ", "  ") + titled(successor.place)
    return [head, *(Both("    ", "    ") + happened(event) for event in successor.events)]


def data(one: Told, lang: Language) -> dict[str, Any]:
    """`one` as JSON has it."""
    return {
        **_record(one.place),
        "on": one.on.isoformat(),
        "in_force": one.in_force,
        "sure": one.in_force and one.place.sure(one.on),
        "parents": [_record(parent) for parent in one.parents],
        "events": [_event(event, lang) for event in one.before],
        "became": [{**_record(s.place), "events": [_event(e, lang) for e in s.events]} for s in one.became],
        "point": [one.point.lon, one.point.lat] if one.point else None,
        "population": one.population._asdict() if one.population else None,
        "postal_codes": list(one.postal_codes),
        "laureates": [{"iri": x.iri, "label": x.label} for x in one.there],
        "nearest": [
            {"iri": n.laureate.iri, "label": n.laureate.label, "commune": n.commune, "km": round(n.distance, 1)}
            for n in one.nearest
        ],
    }


def _record(place: Place) -> dict[str, Any]:
    return {
        "kind": place.kind, "code": place.code, "name": place.name, "iri": iri(place.kind, place.code),
        "start": str(place.begins) if place.begins else None, "end": str(place.ends) if place.ends else None,
    }  # fmt: skip


def _event(event: Event, lang: Language) -> dict[str, Any]:
    return {
        "date": str(event.when), "event": event.event, "from": event.code or None, "to": event.to_code or None,
        "text": happened(event)[lang],
    }  # fmt: skip
