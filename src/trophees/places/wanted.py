"""What a row says beside the name: département, postal code, région and kind, each as what a territory has to fit."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from trophees.places import names, reference
from trophees.places.around import departements_of, of_number, of_postal, of_region, plain
from trophees.places.grammar import GRAMMAR
from trophees.places.place import COMMUNE, MUNICIPAL, Place
from trophees.places.spelling import folded

_FIVE = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")


class Wanted(NamedTuple):
    """What a territory has to be; None where the row does not say it."""

    kinds: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    departements: frozenset[str] | None = None
    around: frozenset[str] | None = None
    """The départements of the région that the row names."""
    postal: str = ""
    exact: bool = False
    """True if it has to have that very postal code, or INSEE code; else it may be near."""
    siren: str = ""
    unread: str = ""
    """Which of the columns cannot be understood; nothing fits then."""
    value: str = ""
    """What stands in it."""

    def of_kind(self, place: Place) -> bool:
        """True if the kind is none that the row excludes."""
        return (self.kinds is None or place.kind in self.kinds) and (self.forms is None or place.form in self.forms)

    def fits(self, place: Place) -> bool:
        """True if the territory is where the row says."""
        if self.departements is None and self.around is None and not self.postal and not self.siren:
            return True
        if self.siren and place.code not in (self.siren, reference.sirens().get(self.siren)):
            return False
        counties = names.departements(place.kind, place.code, place.of)
        if self.departements is not None and not counties & self.departements:
            return False
        if self.around is not None and not counties & self.around:
            return False
        return not self.postal or self.near_postal(place, counties)

    def near_postal(self, place: Place, counties: frozenset[str]) -> bool:
        """True if the territory has the postal code, or lies in the département that the code begins with.

        Postal codes are those of today: of a territory that is no more, what it became has them.
        """
        if self.postal == place.code or self.postal in postal_codes(place.kind, place.code):
            return True
        if self.exact or (place.kind == MUNICIPAL and self.postal in arrondissements()):
            return False
        return bool((counties | _later(place)) & of_postal(self.postal))

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
        return self._replace(kinds=self.kinds if kinds is None else kinds, forms=self.forms if forms is None else forms)


@lru_cache(maxsize=20_000)
def wanted(departement: str, region: str, postal: str, kind: str, day: date) -> Wanted:
    """What these cells ask for on that day."""
    found = Wanted()
    if said(kind):
        sort = sort_of(kind)
        if not sort:
            return found._replace(unread="kind", value=kind)
        kinds, forms = of_sort(sort)
        # a part is no commune where a column says the kind; « Ville de » before its name says less
        found = found._replace(kinds=kinds - names.PARTS if kinds and sort == "commune" else kinds, forms=forms)
    if said(departement):
        counties = departements_of(departement, day)
        if not counties:
            return found._replace(unread="departement", value=departement)
        found = found._replace(departements=counties)
    if said(region):
        counties = of_region(region)
        if not counties:
            return found._replace(unread="region", value=region)
        found = found._replace(around=counties)
    if said(postal):
        code = postal_of(postal)
        if code:
            found = found._replace(postal=code)
        elif counties := departements_of(postal, day):
            both = counties if found.departements is None else counties & found.departements
            found = found._replace(departements=both)
        else:
            return found._replace(unread="postal", value=postal)
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


def postal_of(cell: str) -> str:
    """The postal code in a cell, its lost zero back; "" if there is none."""
    number = plain(cell)
    if number.isdigit() and number.isascii() and len(number) in (4, 5):
        return number.zfill(5)
    if found := _FIVE.search(cell):
        return found[0]
    return ""


def of_numbers(want: Wanted, numbers: tuple[str, ...], day: date) -> Wanted | None:
    """The same, with the codes that stand beside a name; None if they contradict it or each other."""
    long = {number.upper() for number in numbers if len(number) == 5}
    sirens = {number for number in numbers if len(number) > 6}
    if len(long) > 1 or len(sirens) > 1:
        return None
    if sirens:
        want = want._replace(siren=sirens.pop())
    for code in {number[1:].upper() for number in numbers if number[0] == "="}:
        if want.postal and want.postal != code and (want.exact or not of_postal(code) & of_postal(want.postal)):
            return None
        want = want._replace(postal=code, exact=True)
    for code in {f"0{number}" for number in numbers if len(number) == 4}:  # or a year: the code of the territory itself
        if want.postal and want.postal != code:
            return None
        want = want._replace(postal=code, exact=True)
    counties = frozenset(code for number in numbers if len(number) < 4 for code in of_number(number, day))
    if counties:
        both = counties if want.departements is None else counties & want.departements
        if not both:
            return None
        want = want._replace(departements=both)
    for code in long:
        if want.postal and want.postal != code:
            if not of_postal(code) & of_postal(want.postal):
                return None
            continue
        want = want._replace(postal=code)
    return want


@lru_cache(maxsize=1_000)
def _later(place: Place) -> frozenset[str]:
    """The codes of the départements of what a commune that is no more became."""
    if place.ends is None or place.kind != COMMUNE:
        return frozenset()
    heirs = reference.became(place.kind, place.code, place.ends.latest - timedelta(days=1))
    return frozenset(reference.departement(heir.place.code) for heir in heirs)


@lru_cache(maxsize=1)
def arrondissements() -> dict[str, Place]:
    """The municipal arrondissements by postal code, and by INSEE's."""
    codes = reference.postal_codes()
    found = {}
    for place in reference.places():
        if place.kind == MUNICIPAL:
            for code in (*codes.get((MUNICIPAL, place.code), ()), place.code):
                found[code] = place
    return found


@lru_cache(maxsize=1)
def large_towns() -> frozenset[str]:
    """The codes of the communes that have municipal arrondissements."""
    return frozenset(place.of for place in arrondissements().values())


def postal_codes(kind: str, code: str) -> tuple[str, ...]:
    """The postal codes of a commune or municipal arrondissement; of a town that has these, the general one as well."""
    known = reference.postal_codes().get((kind, code), ())
    return (*known, f"{reference.departement(code)}000") if kind == COMMUNE and code in large_towns() else known


def bears(place: Place, number: str) -> bool:
    """True if the number is the code of the commune, or a postal code of it, or of the one that a part is in."""
    kind, code = (COMMUNE, place.of) if place.kind in names.PARTS else (place.kind, place.code)
    return number == place.code or number in postal_codes(kind, code)


def with_number(places: tuple[Place, ...], number: str) -> tuple[Place, ...]:
    """Those of the communes that have the code, or postal code; all, if none has."""
    return tuple(place for place in places if bears(place, number)) or places
