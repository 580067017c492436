"""Does a row tell of a process that has a record? By its code, or by its edition, its carrier and its names together.

A title alone recognises nothing: two carriers call theirs alike, and one process is called differently by two sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.intake import columns, status
from trophees.intake.known import CASE, LAUREATE, Known, Process, plain
from trophees.intake.sheet import Sheet
from trophees.places import why
from trophees.places.link import Asked, Linked, link

_SAME = 0.9  # likeness of two names that are one, misspelt
_LIKE = 0.4  # likeness of the names of one process that two sources call differently
_WORDS = 0.5  # share of the words of a name that stand in the other, at least
_BUILDINGS = ("hotel de ville", "mairie", "hotel du departement", "hotel de region", "conseil departemental")


@dataclass(frozen=True)
class Carrier:
    """Who carries the process of a row: `organisations` that have a record, by IRI, and the territory that is meant."""

    organisations: tuple[str, ...]
    linked: Linked


@dataclass(frozen=True)
class Recognised:
    """The process that a row tells of; `because` of what."""

    process: Process
    because: Both


def carrier(sheet: Sheet, known: Known) -> Carrier:
    """Who the row says carries the process: by the whole name, by names inside of it, by the territory it means.

    The name of a building is that of the town, or the département, in which the address says it stands.
    """
    name = sheet.get(columns.CARRIER)
    year = next(iter(sheet.years), "")
    day = date(int(year), 12, 31) if year else None
    town, postal = sheet.get(columns.TOWN), sheet.get(columns.POSTAL)
    linked = link(Asked(name=name, on=day))
    if linked.outcome == "ambiguous":
        linked = link(Asked(name=name, postal=postal, on=day))
    spelt = plain(name)
    if linked.outcome != "linked" and any(spelt == building for building in _BUILDINGS):
        linked = _of_building(spelt, town, postal, day)
    whole = known.by_name.get(spelt, ())
    inside = () if whole else _inside(spelt, known)
    home = (
        known.homes.get(f"{BASE}territory/{linked.place.kind}/{linked.place.code}", ())
        if linked.place and linked.outcome == "linked"
        else ()
    )
    return Carrier(tuple(dict.fromkeys([*whole, *inside, *(() if whole or inside else home)])), linked)


def _of_building(name: str, town: str, postal: str, day: date | None) -> Linked:
    if "departement" in name:
        return link(Asked(departement=postal[:2], kind="département", on=day))
    found = link(Asked(name=town, postal=postal, on=day))
    return found if found.outcome == "linked" or found.why != why.NOT_A_NAME else link(Asked(name=town, on=day))


def _inside(spelt: str, known: Known) -> tuple[str, ...]:
    """The organisations whose whole name, of two words or more, stands in the name."""
    padded = f" {spelt} "
    return tuple(iri for name, iris in known.by_name.items() if " " in name and f" {name} " in padded for iri in iris)


def likeness(one: str, other: str) -> float:
    """How like two names are, from 0 to 1: of letters, or of the words that the shorter shares with the longer."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return 0.0
    letters = SequenceMatcher(None, a, b, autojunk=False).ratio()
    left, right = ({word for word in text.split() if len(word) > 3} for text in (a, b))
    fewer = min(len(left), len(right))
    return max(letters, len(left & right) / fewer if fewer > 1 else 0.0)


def recognised(sheet: Sheet, who: Carrier, source: str, known: Known) -> Recognised | list[Process]:
    """The process that the row tells of, or those among which it cannot be told; an empty list if it is a new one."""
    code = sheet.get(columns.CODE)
    if code and (told := next((p for p in known.processes if p.accounts.get(source) == code), None)):
        return Recognised(
            told, Both("le code de la fiche est dans son récit", "the code of the sheet is in its account")
        )
    found = [
        (weight, p)
        for p in _of_edition(sheet, known.processes)
        if (weight := _weight(sheet, who, p, source, bool(code)))
    ]
    best = max((weight for weight, _ in found), default=0.0)
    most = [process for weight, process in found if weight > best - 0.1]
    if len(most) != 1:
        return most
    process = most[0]
    same = set(who.organisations) & set(process.carriers)
    year = (
        Both(f"l’édition {process.year}", f"the edition {process.year}") if process.year else Both("le cas", "the case")
    )
    name = Both(f"le nom (ressemblance {best % 2:.2f})", f"the name (likeness {best % 2:.2f})")
    body = Both(", le porteur", ", the carrier") if same else Both("", "")
    return Recognised(process, year + body + Both(", ", ", ") + name)


def _of_edition(sheet: Sheet, processes: Iterable[Process]) -> Iterable[Process]:
    """The processes of the same sort, of an edition that the row may mean."""
    found = sheet.status
    case = found is not None and found.kind == status.CASE
    laureate = found is not None and found.kind == status.LAUREATE
    for process in processes:
        if case:
            fits = process.kind == CASE and not process.year
        else:
            fits = process.year in sheet.years and (process.kind == LAUREATE) == laureate
        if fits:
            yield process


def _weight(sheet: Sheet, who: Carrier, process: Process, source: str, coded: bool) -> float:
    """How much speaks for the process: 0 if too little, else the likeness of the names, and 2 if the carrier is his."""
    if coded and process.accounts.get(source):  # this source tells of it in another sheet
        return 0.0
    title = sheet.get(columns.TITLE)
    like = max((likeness(title, name) for name in process.names), default=0.0)
    same = bool(set(who.organisations) & set(process.carriers)) or _same_line(sheet, process)
    if same and like >= _LIKE:
        return 2 + min(like, 1.0)
    return like if like >= _SAME and not same and not who.organisations else 0.0


def _same_line(sheet: Sheet, process: Process) -> bool:
    return likeness(sheet.get(columns.CARRIER), process.line) >= _SAME if process.line else False
