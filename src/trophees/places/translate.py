"""A territory of one day, on another day: what it became, or what it came from."""

from __future__ import annotations

from datetime import date

from trophees.places import reference
from trophees.places.names import PARTS
from trophees.places.place import COMMUNE, Place


def on_day(place: Place, since: date, to: date) -> tuple[Place, ...]:
    """What `place`, as of the day `since`, is on the day `to`, before or after; empty if nothing is known."""
    if to >= since:
        return tuple(successor.place for successor in reference.became(place.kind, place.code, since, to))
    return _before(place, since, to)


def _before(place: Place, since: date, to: date) -> tuple[Place, ...]:
    """What on the day `to` was what later became `place`; of a commune, communes, and parts only of other ones."""
    reached = {(place.kind, place.code)}
    ahead = list(reached)
    while ahead:
        kind, code = ahead.pop()
        for event in reference.events(kind, code):
            origin = (event.kind, event.code)
            led_here = (event.to_kind, event.to_code) == (kind, code) and to < event.when.latest <= since
            if led_here and event.code and origin not in reached:
                reached.add(origin)
                ahead.append(origin)
    found = [
        past
        for origin in sorted(reached)
        if any((s.place.kind, s.place.code) == (place.kind, place.code) for s in reference.became(*origin, to, since))
        for past in reference.history(*origin)
        if past.on(to)
    ]
    communes = {past.code for past in found if past.kind == COMMUNE} if place.kind == COMMUNE else set()
    return tuple(past for past in found if past.kind not in PARTS or past.of not in communes)
