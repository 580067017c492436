"""What a row says beside the name: département, postal code, région and kind, each as what a territory has to fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from trophees.places import names, reference
from trophees.places.grammar import GRAMMAR
from trophees.places.place import COMMUNE, DEPARTEMENT, MUNICIPAL, REGION, Place
from trophees.places.reading import NUMBER, readings
from trophees.places.spelling import folded

_DECIMALS = re.compile(r"\.0+$")
_FIVE = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a territory has to be; None where the row does not say it."""

    kinds: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    departements: frozenset[str] | None = None
    around: frozenset[str] | None = None
    """The départements of the région that the row names."""
    postal: str = ""
    unread: str = ""
    """Which of the columns cannot be understood; nothing fits then."""
    value: str = ""
    """What stands in it."""

    def of_kind(self, place: Place) -> bool:
        """True if the kind is none that the row excludes."""
        return (self.kinds is None or place.kind in self.kinds) and (self.forms is None or place.form in self.forms)

    def fits(self, place: Place) -> bool:
        """True if the territory is where the row says."""
        if self.departements is None and self.around is None and not self.postal:
            return True
        counties = names.departements(place.kind, place.code, place.of)
        if self.departements is not None and not counties & self.departements:
            return False
        if self.around is not None and not counties & self.around:
            return False
        return not self.postal or self.near_postal(place, counties)

    def near_postal(self, place: Place, counties: frozenset[str]) -> bool:
        """True if the territory has the postal code, or lies in the département that the code begins with."""
        codes = reference.postal_codes().get((place.kind, place.code), ())
        if self.postal in codes or self.postal == place.code:
            return True
        if place.kind == MUNICIPAL and self.postal in arrondissements():
            return False
        return bool(counties & of_postal(self.postal))

    def with_kinds(self, sort: str) -> Wanted | None:
        """The same, of a sort of `grammar.json` as well; None if the row excludes it."""
        kinds, forms = of_sort(sort)
        if kinds is not None and self.kinds is not None:
            kinds &= self.kinds
            if not kinds:
                return None
        if forms is not None and self.forms is not None:
            forms &= self.forms
            if not forms:
                return None
        return replace(self, kinds=self.kinds if kinds is None else kinds, forms=self.forms if forms is None else forms)


@lru_cache(maxsize=20_000)
def wanted(departement: str, region: str, postal: str, kind: str, day: date) -> Wanted:
    """What these cells ask for on that day."""
    found = Wanted()
    if said(kind):
        sort = sort_of(kind)
        if not sort:
            return replace(found, unread="kind", value=kind)
        kinds, forms = of_sort(sort)
        # a part is no commune where a column says the kind; « Ville de » before its name says less
        found = replace(found, kinds=kinds - names.PARTS if kinds and sort == "commune" else kinds, forms=forms)
    if said(departement):
        counties = departements_of(departement, day)
        if not counties:
            return replace(found, unread="departement", value=departement)
        found = replace(found, departements=counties)
    if said(region):
        counties = of_region(region)
        if not counties:
            return replace(found, unread="region", value=region)
        found = replace(found, around=counties)
    if said(postal):
        code = postal_of(postal)
        if code:
            found = replace(found, postal=code)
        elif counties := departements_of(postal, day):
            both = counties if found.departements is None else counties & found.departements
            found = replace(found, departements=both)
        else:
            return replace(found, unread="postal", value=postal)
    return found


def said(cell: str) -> bool:
    """False if a cell is empty, or holds what people write in a cell that they leave empty."""
    words = folded(cell)
    return bool(words) and tuple(words.split()) not in GRAMMAR.nothing


def sort_of(kind: str) -> str:
    """The sort of territory that a cell of kinds says; "" if none."""
    spelt = tuple(folded(kind).split())
    if sort := GRAMMAR.kinds.get(spelt):
        return sort
    for length in range(min(5, len(spelt)), 0, -1):
        if sort := GRAMMAR.heads.get(spelt[:length]):
            return sort
    return ""


def of_sort(sort: str) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """The kinds of a sort of territory, and the forms of its EPCI; None where all are meant."""
    said_of = GRAMMAR.sorts.get(sort, {})
    kinds, forms = said_of.get("kinds"), said_of.get("types")
    return frozenset(kinds) if kinds else None, frozenset(forms) if forms else None


def plain(cell: str) -> str:
    """A cell with a number, as text: without spaces and without the decimals that spreadsheets add."""
    return _DECIMALS.sub("", cell.strip()).replace("\u00a0", "").replace("\u202f", "").replace(" ", "")


def postal_of(cell: str) -> str:
    """The postal code in a cell, its lost zero back; "" if there is none."""
    number = plain(cell)
    if number.isdigit() and number.isascii() and len(number) in (4, 5):
        return number.zfill(5)
    if found := _FIVE.search(cell):
        return found[0]
    return ""


@lru_cache(maxsize=5_000)
def of_postal(code: str) -> frozenset[str]:
    """The départements that a postal code may lie in, by its first digits."""
    if code.startswith("20"):
        return frozenset({"20", "2A" if code < "20200" else "2B"})
    if code in ("97133", "97150"):
        return frozenset({"971", "977" if code == "97133" else "978"})
    return frozenset({code[:3] if code.startswith(("97", "98")) else code[:2]})


def departements_of(cell: str, day: date) -> frozenset[str]:
    """The codes of the départements that a cell names by code or name, as of that day; none if it names none."""
    for read in readings(_DECIMALS.sub("", cell.strip())):
        if read.sort not in ("", "departement", "any", "single") or read.around or read.ordinal:
            continue
        by_code = frozenset(code for number in read.numbers for code in _of_number(number, day))
        if not read.words:
            return by_code
        by_name = frozenset(code for place in named(read.words, DEPARTEMENT) for code in _on(place.code, day, place))
        if by_name:
            return by_name if not read.numbers else by_name & by_code
    return frozenset()


def _of_number(number: str, day: date) -> frozenset[str]:
    number = number.upper()
    if NUMBER.fullmatch(number.lower()):
        return of_postal(number) if number.isdigit() else frozenset({number[:2]})
    if number == "20":
        return frozenset({"20", "2A", "2B"})
    number = number.zfill(2)
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


def of_numbers(want: Wanted, numbers: tuple[str, ...], day: date) -> Wanted | None:
    """The same, with the codes that stand beside a name; None if they contradict it or each other."""
    long = {number.upper() for number in numbers if len(number) == 5}
    if len(long) > 1 or any(len(number) > 5 for number in numbers):
        return None
    counties = frozenset(code for number in numbers if len(number) < 4 for code in _of_number(number, day))
    if counties:
        both = counties if want.departements is None else counties & want.departements
        if not both:
            return None
        want = replace(want, departements=both)
    for code in long:
        if want.postal and want.postal != code:
            if not of_postal(code) & of_postal(want.postal):
                return None
            continue
        want = replace(want, postal=code)
    return want


def in_regions(words: tuple[str, ...]) -> frozenset[str]:
    """The codes of the départements of the régions of that name."""
    return frozenset(county for place in named(words, REGION) for county in names.in_region(place.code))


def of_region(cell: str) -> frozenset[str]:
    """The codes of the départements of the régions that a cell names by code or name, at any time."""
    for read in readings(_DECIMALS.sub("", cell.strip())):
        if read.sort not in ("", "region", "any", "single") or read.around:
            continue
        counties = in_regions(read.words)
        if not read.words:
            counties = frozenset(county for number in read.numbers for county in names.in_region(number.zfill(2)))
        if counties:
            return counties
    return frozenset()


def named(spelt: tuple[str, ...], kind: str) -> tuple[Place, ...]:
    """The départements, or régions, of that name, with or without an article, or in use."""
    if (usual := GRAMMAR.usual.get(spelt)) and usual[0] == kind:
        return reference.history(*usual)
    rest = names.without_links(list(spelt))
    for written in (" ".join(spelt), " ".join(rest)):
        for table in (names.names().whole, names.names().bare):
            if found := tuple(place for place in table.get(written, ()) if place.kind == kind):
                return found
    return ()


@lru_cache(maxsize=1)
def arrondissements() -> dict[str, Place]:
    """The municipal arrondissements by postal code."""
    codes = reference.postal_codes()
    found = {}
    for place in reference.places():
        if place.kind == MUNICIPAL:
            for code in codes.get((MUNICIPAL, place.code), ()):
                found[code] = place
    return found


def with_postal(places: tuple[Place, ...], postal: str) -> tuple[Place, ...]:
    """Those of the communes that have the postal code; all, if none has."""
    codes = reference.postal_codes()
    having = tuple(p for p in places if postal in codes.get((COMMUNE, p.of if p.kind in names.PARTS else p.code), ()))
    return having or places
