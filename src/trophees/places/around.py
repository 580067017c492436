"""In which départements a cell says that a territory lies: by their codes and names, postal codes, régions."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from trophees.places import names, reference
from trophees.places.grammar import GRAMMAR
from trophees.places.place import COLLECTIVITY, DEPARTEMENT, REGION, Place
from trophees.places.reading import readings

_DECIMALS = re.compile(r"\.0+$")
_MARKS = re.compile(r"[,;/|&+\n]|\s[-\u2013\u2014]\s")
_AND = re.compile(r"\s(?:et|and)\s", re.IGNORECASE)


def plain(cell: str) -> str:
    """A cell with a number, as text: without spaces and without the decimals that spreadsheets add."""
    return _DECIMALS.sub("", cell.strip()).replace("\u00a0", "").replace("\u202f", "").replace(" ", "")


@lru_cache(maxsize=5_000)
def of_postal(code: str) -> frozenset[str]:
    """The départements that a postal code may lie in, by its first digits."""
    if code.startswith("20"):
        return frozenset({"20", "2A" if code < "20200" else "2B"})
    if code in ("97133", "97150"):
        return frozenset({"971", "977" if code == "97133" else "978"})
    return frozenset({code[:3] if code.startswith(("97", "98")) else code[:2]})


def departements_of(cell: str, day: date) -> frozenset[str]:
    """The codes of the départements that a cell names by code or name, one or several, as of that day.

    None if it names none, or something else as well.
    """
    if found := _departements_of(cell, day):
        return found
    for between in (_MARKS, _AND):
        parts = between.split(cell)
        if len(parts) > 1:
            each = [departements_of(part, day) for part in parts if part.strip()]
            return frozenset().union(*each) if all(each) else frozenset()
    return frozenset()


def _departements_of(cell: str, day: date) -> frozenset[str]:
    for read in readings(_DECIMALS.sub("", cell.strip())):
        if read.sort not in ("", "departement", "overseas", "any", "single") or read.around or read.ordinal:
            continue
        by_code = frozenset(code for number in read.numbers for code in of_number(number, day))
        if not read.words:
            return by_code
        by_name = frozenset(
            code for place in named(read.words, DEPARTEMENT, COLLECTIVITY) for code in _on(place.code, day, place)
        )
        if by_name:
            return by_name if not read.numbers else by_name & by_code
    return frozenset()


def of_number(number: str, day: date) -> frozenset[str]:
    """The départements that a number beside a name says: a postal code, or their own code."""
    number = number.upper()
    if len(number) == 4:  # a year, rather than a code that has lost its zero
        return frozenset()
    if len(number) == 5:
        return of_postal(number) if number.isdigit() else frozenset({number[:2]})
    number = number.lstrip("0").zfill(2)
    if number == "20":
        return frozenset({"20", "2A", "2B"})
    if number in ("97", "98"):
        return overseas(number)
    return _on(number, day)


def _on(code: str, day: date, named_so: Place | None = None) -> frozenset[str]:
    """The code of a département, or those that it became, or came from, by that day."""
    lives = (named_so,) if named_so else reference.history(DEPARTEMENT, code)
    if any(place.on(day) for place in lives):
        return frozenset({code})
    for place in lives:
        if place.ends and place.ends.latest <= day:
            since = place.ends.latest - timedelta(days=1)
            if after := {s.place.code for s in reference.became(DEPARTEMENT, code, since, day)}:
                return frozenset(after)
    origins = {e.code for e in reference.events(DEPARTEMENT, code) if e.to_code == code and day < e.when.latest}
    return frozenset(origins | {code})


@lru_cache(maxsize=2)
def overseas(start: str) -> frozenset[str]:
    """The codes of the départements and collectivities that begin so: of « 97 », « 98 » the rest was left out."""
    kinds = (DEPARTEMENT, COLLECTIVITY)
    return frozenset(place.code for place in reference.places() if place.kind in kinds and place.code[:2] == start)


def in_regions(words: tuple[str, ...]) -> frozenset[str]:
    """The codes of the départements of the régions, or of the overseas collectivities, of that name."""
    counties = frozenset(county for place in named(words, REGION) for county in names.in_region(place.code))
    return counties or frozenset(place.code for place in named(words, COLLECTIVITY))


def of_region(cell: str) -> frozenset[str]:
    """The codes of the départements of the régions that a cell names by code or name, at any time.

    An overseas collectivity, which is in none, may stand for one.
    """
    for read in readings(_DECIMALS.sub("", cell.strip())):
        if read.sort not in ("", "region", "overseas", "any", "single") or read.around:
            continue
        counties = in_regions(read.words)
        if not read.words:
            counties = frozenset(
                county for number in read.numbers for county in _in_region(number.lstrip("0").zfill(2))
            )
        if counties:
            return counties
    return frozenset()


def _in_region(code: str) -> frozenset[str]:
    return names.in_region(code) or frozenset(place.code for place in reference.history(COLLECTIVITY, code))


def is_overseas(words: tuple[str, ...]) -> bool:
    """True if that is the name of a département overseas."""
    return any(place.code.startswith("97") for place in named(words, DEPARTEMENT))


def named(spelt: tuple[str, ...], *kinds: str) -> tuple[Place, ...]:
    """The départements, régions or collectivities of that name, with or without an article, or in use."""
    rest = tuple(names.without_links(list(spelt)))
    for phrase in (spelt, rest):
        bearing = [(kind, code) for kind, code in GRAMMAR.usual.get(phrase, ()) if kind in kinds]
        if bearing:
            return tuple(place for kind, code in bearing for place in reference.history(kind, code))
    for written in (" ".join(spelt), " ".join(rest)):
        for table in (names.names().whole, names.names().bare):
            if found := tuple(place for place in table.get(written, ()) if place.kind in kinds):
                return found
    return ()
