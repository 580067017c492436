"""Which territory a row means: linked to one, ambiguous between several, or unknown; and why.

The territories in force on the day are meant. What the row says of département, postal code, région and kind tells
homonyms apart; size never does. A row that contradicts itself is not linked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from trophees.base.language import Both
from trophees.places import codes, names, reference, translate, why
from trophees.places.in_force import Found, in_force, succeeded, with_heirs
from trophees.places.place import Place
from trophees.places.reading import readings
from trophees.places.seeking import Search
from trophees.places.spelling import LONGEST, key
from trophees.places.wanted import Wanted, said, wanted

Outcome = Literal["linked", "ambiguous", "unknown"]


class Asked(NamedTuple):
    """What a row says; each cell as it is written, "" where there is none.

    `on` is the day for which it says it, by default that of the newest vintage; `to` is another day, on which the
    territory is asked for.
    """

    name: str = ""
    code: str = ""
    postal: str = ""
    departement: str = ""
    region: str = ""
    kind: str = ""
    on: date | None = None
    to: date | None = None


@dataclass(frozen=True)
class Linked:
    """What the row means. `place` is the one territory if it is linked, `candidates` all if it is ambiguous.

    `score` is 1 for the very name or code, less for what is only near, and 0 for what is unknown.
    """

    outcome: Outcome
    place: Place | None
    candidates: tuple[Place, ...]
    score: float
    why: Both


def link(asked: Asked) -> Linked:
    """Which territory is meant, by the reference alone: the same row gets the same answer."""
    day = asked.on or _last_day(asked)
    if len(asked.departement) + len(asked.region) + len(asked.postal) + len(asked.kind) > LONGEST:
        column = max(("departement", "region", "postal", "kind"), key=lambda column: len(getattr(asked, column)))
        return _unknown(why.unread(column, getattr(asked, column)))
    want = wanted(asked.departement, asked.region, asked.postal, asked.kind, day)
    if want.unread:
        return _unknown(why.unread(want.unread, want.value))
    found = _of(asked, want, day)
    if isinstance(found, Both):
        return _unknown(found)
    answer = _answer(found, day)
    place = answer.place or _ended(answer.candidates, day, asked.to)
    if asked.to is None or place is None:
        return answer
    after = translate.on_day(place, day, asked.to)
    if len(after) == 1:
        return Linked("linked", after[0], (), found.score, why.translated(after[0], answer.why, asked.to))
    reason = why.untranslated(len(after), answer.why, asked.to)
    return Linked("ambiguous", None, after, found.score / len(after), reason) if after else _unknown(reason)


def _ended(candidates: tuple[Place, ...], day: date, to: date | None) -> Place | None:
    """The EPCI that, with those that follow it, is all that is possible on `day`, if by the day `to` it has ended."""
    ending = [(place, interval) for place in candidates if (interval := place.ending(day))]
    if to is None or len(ending) != 1 or to < ending[0][1].latest:
        return None
    heirs = with_heirs((ending[0][0],), day)
    return ending[0][0] if len(heirs) > 1 and set(heirs) == set(candidates) else None


def _last_day(asked: Asked) -> date:
    """The day that is meant where none is said: the newest; for a code that is no more and is translated, its last."""
    newest = reference.newest()
    if asked.to is not None and len(asked.code) <= LONGEST and said(asked.code):
        lives = codes.records(asked.code)
        ends = [place.ends.latest for place in lives if place.ends]
        if ends and not any(place.on(newest) for place in lives):
            return max(ends) - timedelta(days=1)
    return newest


def _of(asked: Asked, want: Wanted, day: date) -> Found | Both:
    """What the row means, or why it means nothing."""
    name, code = asked.name, asked.code
    if len(name) > LONGEST:
        return why.NOT_A_NAME
    if len(code) > LONGEST:
        return why.NOT_A_CODE
    has_name = said(name)
    if said(code):
        if records := codes.records(code):
            return _of_both(name, code, records, want, day) if has_name else _of_code(code, records, want, day)
        postal = codes.spellings(code)[:1]
        if not postal or not codes.is_postal(postal[0]) or (want.postal and want.postal != postal[0]):
            return why.NOT_A_CODE
        want = want._replace(postal=postal[0])
    if has_name:
        search = Search(want, day)
        return search.of(name) or _nothing(search, day)
    if want.postal:
        return codes.of_postal_code(want.postal, want, day) or why.NOT_A_NAME
    if want.kinds == frozenset({"departement"}) and want.departements and len(want.departements) == 1:
        (county,) = want.departements
        return codes.of_code(county, want, day) or why.NOT_A_NAME
    return why.EMPTY


def _of_code(code: str, records: tuple[Place, ...], want: Wanted, day: date) -> Found | Both:
    if found := codes.of_code(code, want, day):
        return found
    fitting = [place for place in records if want.of_kind(place) and want.fits(place)]
    return why.other_time(fitting[0], day) if fitting else why.contradicted(records[0])


def _of_both(name: str, code: str, records: tuple[Place, ...], want: Wanted, day: date) -> Found | Both:
    """The territory that has the code, if the name is not that of another."""
    by_code = _of_code(code, records, want, day)
    if all(not read.words and not read.numbers for read in list(readings(name))[-1:]):
        return by_code
    reachable = _reachable(records, want, day)
    counties = frozenset(county for p in reachable for county in names.departements(p.kind, p.code, p.of))
    search = Search(want._replace(departements=want.departements or counties or None), day)
    by_name = search.of(name)
    if by_name:
        codes_of = {(place.kind, place.code) for place in reachable}
        both = tuple(place for place in by_name.places if (place.kind, place.code) in codes_of)
        if both:
            return by_name._replace(places=both, how=by_name.how if by_name.past else "both")
    elif not isinstance(by_code, Both) and any(key(place.name) == key(name) for place in records):
        return by_code
    return why.contradicted(records[0])


def _reachable(records: tuple[Place, ...], want: Wanted, day: date) -> tuple[Place, ...]:
    """What has the code on that day, and what those that had it before have become."""
    live = tuple(place for place in records if in_force(place, day) and want.of_kind(place) and want.fits(place))
    past = succeeded(records, want, day)
    return tuple(dict.fromkeys(live + (past.places if past else ())))


def _nothing(search: Search, day: date) -> Both:
    seen = search.seen
    if seen is None:
        return why.NOT_A_NAME
    gone = seen.ends is not None and seen.ends.latest <= day
    later = seen.begins is not None and seen.begins.latest > day
    heirs = translate.on_day(seen, seen.ends.latest - timedelta(days=1), day) if gone and seen.ends else ()
    fits = search.want.of_kind(seen) and search.want.fits(seen)
    return why.other_time(seen, day) if fits and (later or (gone and not heirs)) else why.contradicted(seen)


def _answer(found: Found, day: date) -> Linked:
    if len(found.places) == 1:
        return Linked("linked", found.places[0], (), found.score, why.linked(found, day))
    if not found.places:
        return _unknown(why.other_time(found.past, day) if found.past else why.NOT_A_NAME)
    return Linked("ambiguous", None, found.places, found.score / len(found.places), why.ambiguous(found, day))


def _unknown(reason: Both) -> Linked:
    return Linked("unknown", None, (), 0.0, reason)
