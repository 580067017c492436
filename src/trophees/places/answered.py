"""A row of cells as a question to the matcher, and the answer as cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from trophees.base.errors import brief, harmless
from trophees.base.folding import fold
from trophees.base.language import Both, Language
from trophees.places import reference
from trophees.places.iris import iri, of_insee
from trophees.places.link import Asked, Linked
from trophees.places.place import BEGINNING, COLLECTIVITY, COMMUNE, DEPARTEMENT, EPCI, REGION, Place
from trophees.places.wording import before

COLUMNS = (
    "code", "kind", "official_name", "in_commune", "departement", "region", "epci", "iri", "insee_iri",
    "valid_from", "valid_to", "outcome", "candidates", "score", "why",
)  # fmt: skip
OUTCOME = COLUMNS.index("outcome")
SCORE = COLUMNS.index("score")
ROLES = ("name", "code", "postal", "departement", "region", "kind", "date")
_SHOWN = 50  # candidates
_DAY = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[t ].*)?|(?P<d1>\d{1,2})[/.](?P<m1>\d{1,2})[/.](?P<y1>\d{4})"
    r"|(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)(?:\.0)?|(?P<d3>\d{1,2})(?:er)? (?P<word>[a-z]+)\.? (?P<y3>\d{4})"
    r"|(?P<y4>\d{4})(?:\.0)?",
    re.ASCII,
)
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_FORMS = "2015-03-01, 01/03/2015, 20150301, 1er mars 2015, 2015"

Link = Callable[[Asked], Linked]
Answer = tuple[str, ...]


def day(text: str) -> date | None:
    """The day that `text` is: 2015-03-01, 01/03/2015, 20150301, 1er mars 2015, or a year, whose first day is meant.

    None if it is none, or might be several: two digits of a year, a month without a day.
    """
    found = _DAY.fullmatch(" ".join(fold(text).split())) if len(text) < 40 else None
    if not found:
        return None
    said = {key[0]: value for key, value in found.groupdict().items() if value}
    if word := said.pop("w", ""):
        if word not in _MONTHS:
            return None
        said["m"] = str(_MONTHS.index(word) + 1)
    try:
        return date(int(said["y"]), int(said.get("m", "1")), int(said.get("d", "1")))
    except ValueError:
        return None


def asked(cells: Mapping[str, str], on: date | None, to: date | None) -> Asked | Linked:
    """The question of a row, by the role of each cell; or why there is none, if its date is none."""
    said = cells.get("date", "").strip()
    if said:
        found = day(said)
        if found is None or found < BEGINNING:
            return Linked("unknown", None, (), 0.0, _no_day(said, found))
        on = found
    return Asked(**{role: cell for role, cell in cells.items() if role != "date"}, on=on, to=to)


def _no_day(said: str, found: date | None) -> Both:
    shown = brief(harmless(said))
    if found:
        return before()
    return Both(
        f"date « {shown} » : pas comprise ; s’écrit {_FORMS}", f"date “{shown}”: not understood; is written {_FORMS}"
    )


def answer(question: Asked | Linked, link: Link, lang: Language) -> Answer:
    """The cells of `COLUMNS`; those of the territory are empty unless the row is linked to one."""
    found = link(question) if isinstance(question, Asked) else question
    when = question.to or question.on if isinstance(question, Asked) else None
    when_said = question.on if isinstance(question, Asked) else None
    place = ("",) * OUTCOME if found.place is None else _place(found.place, when)
    score = f"{found.score:.3g}"
    why = found.why
    if when_said and when_said > (newest := reference.newest()):
        why += after_newest(newest)
    return (*place, found.outcome, _candidates(found.candidates), score, why[lang])


def after_newest(newest: date) -> Both:
    """What is said of a day that is later than all that the reference knows."""
    return Both(
        f" ; la référence s’arrête au {newest}, dont c’est l’état",
        f"; the reference ends on {newest}, whose state this is",
    )


@lru_cache(maxsize=20_000)
def _place(place: Place, when: date | None) -> tuple[str, ...]:
    on = when or reference.newest()
    if not place.on(on):  # it is linked though its day is not known
        on = place.start or on
    above = {parent.kind: parent.code for parent in reference.parents(place, on)}
    above[place.kind] = place.code
    return (
        place.code, place.kind, place.name, "" if place.kind == COMMUNE else above.get(COMMUNE, ""),
        above.get(DEPARTEMENT, above.get(COLLECTIVITY, "")), above.get(REGION, ""), above.get(EPCI, ""),
        iri(place.kind, place.code), of_insee(place), str(place.begins or ""), str(place.ends or ""),
    )  # fmt: skip


def _candidates(places: Sequence[Place]) -> str:
    """The territories that may be meant: code, name and kind of each."""
    shown = [f"{place.code} {place.name} ({place.kind})" for place in places[:_SHOWN]]
    more = [f"… (+{len(places) - _SHOWN})"] if len(places) > _SHOWN else []
    return " | ".join(shown + more)


def named(columns: Sequence[str]) -> list[str]:
    """The names of the added columns beside `columns`: `linked_` goes before one that is there."""
    found = []
    for name in COLUMNS:
        while name in columns or name in found:
            name = f"linked_{name}"
        found.append(name)
    return found


def remembered(link: Link) -> Link:
    """`link`, which asks a question that comes again once: lists repeat themselves."""
    return lru_cache(maxsize=20_000)(link)
