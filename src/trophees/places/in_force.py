"""Which of the records that a name or a code leads to are in force on a day; else, what they have become."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from trophees.places import reference
from trophees.places.names import COMMUNES, GROUPINGS, PARTS
from trophees.places.place import COMMUNE, Place
from trophees.places.wanted import Wanted, with_number

# EPCI and EPT are attested since 2019 and 2023 only; most began in 2016 and 2017, by the law of 7 August 2015
_FIRST_GROUPINGS = date(2016, 1, 1)


class Found(NamedTuple):
    """The territories that are meant, in the order of the reference."""

    places: tuple[Place, ...]
    how: str = "name"
    """By which sentence of `why` they were found."""
    score: float = 1.0
    past: Place | None = None
    """What they have become of, if it is no more."""

    def or_also(self, other: Found) -> Found:
        """Both, without repetition."""
        return Found(
            tuple(dict.fromkeys(self.places + other.places)), self.how, min(self.score, other.score), self.past
        )


def in_force(place: Place, day: date) -> bool:
    """True if the record holds on that day; of an EPCI or EPT, also if it is not known to begin after it."""
    if place.on(day):
        return True
    begins = place.begins
    if begins is None or begins.earliest is not None or day >= begins.latest:
        return False
    return place.kind in GROUPINGS and day >= _FIRST_GROUPINGS


def chosen(group: Iterable[Place], want: Wanted, day: date, how: str = "name", score: float = 1.0) -> Found | None:
    """Those of the records that are in force and fit what the row says; if none is, what such ones became."""
    live = [place for place in group if in_force(place, day) and want.of_kind(place) and want.fits(place)]
    if live:
        if want.kinds and COMMUNE in want.kinds and any(place.kind == COMMUNE for place in live):
            live = [place for place in live if place.kind not in PARTS]  # « Ville de », « Commune de »
        places = _without_seats(live) if len(live) > 1 else tuple(live)
        if want.postal and len(places) > 1:
            places = with_number(places, want.postal)
        return Found(with_heirs(places, day), how, score)
    return succeeded(group, want, day, score)


def succeeded(group: Iterable[Place], want: Wanted, day: date, score: float = 1.0) -> Found | None:
    """What those of the records that are no more have become, if it is where the row says.

    Of several lives of one code the last is meant, as far as it leads there.
    """
    after: dict[tuple[str, str], Place] = {}
    past = None
    leading: dict[tuple[str, str], date] = {}
    ended = [place for place in group if place.ends and place.ends.latest <= day and want.of_kind(place)]
    for place in sorted(ended, key=_end, reverse=True):
        life = place.code, COMMUNE if place.kind in COMMUNES else place.kind
        if leading.get(life, _end(place)) > _end(place):
            continue
        for successor in reference.became(place.kind, place.code, _end(place) - timedelta(days=1), day):
            if want.fits(successor.place):
                after.setdefault((successor.place.kind, successor.place.code), successor.place)
                leading[life] = _end(place)
                past = past or place
    return Found(tuple(after.values()), "successor", min(score, 0.95), past) if past else None


def _end(place: Place) -> date:
    return place.ends.latest if place.ends else date.max


def with_heirs(places: tuple[Place, ...], day: date) -> tuple[Place, ...]:
    """The same, and the EPCI that may be in their place by that day, which is one of those between two lists."""
    heirs: list[Place] = []
    for place in places:
        if place.kind in GROUPINGS and (ending := place.ending(day)):
            after = reference.became(place.kind, place.code, day, ending.latest)
            heirs += [heir.place for heir in after if heir.place.code != place.code]
    return (*places, *heirs) if heirs else places


def _without_seats(places: list[Place]) -> tuple[Place, ...]:
    """The same without parts that share the code of a commune of that name."""
    codes = {place.code for place in places if place.kind == COMMUNE}
    return tuple(dict.fromkeys(p for p in places if p.kind not in PARTS or p.code not in codes))
