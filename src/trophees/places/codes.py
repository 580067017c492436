"""Territories by code: INSEE's, the SIREN of an EPCI, a postal code; and with the faults that spreadsheets add."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

from trophees.places import reference
from trophees.places.around import plain
from trophees.places.in_force import Found, chosen, in_force
from trophees.places.names import PARTS
from trophees.places.place import COMMUNE, MUNICIPAL, Place
from trophees.places.wanted import Wanted, postal_codes

_BEFORE = re.compile(r"^(?:.*/|(?:COM|COMD|COMA|ARM|DEP|REG|EPCI|INSEE|SIREN)[-_:]?(?=[0-9]))", re.IGNORECASE)
_QUOTES = "='\"’“”«»"  # « '94016 » and « ="94016" » keep the zero in a spreadsheet


def spellings(cell: str) -> list[str]:
    """The codes that a cell may hold, the likeliest first: zeros put back, of a SIRET the SIREN, 20 as 2A or 2B."""
    code = _BEFORE.sub("", plain(cell).strip(_QUOTES)).upper()
    if not code.isascii() or not code.isalnum():
        return []
    if len(code) == 14 and code.isdigit():
        code = code[:9]
    found = [code]
    if code.isdigit() and len(code) in (1, 4):
        found = [code.zfill(len(code) + 1)]
    if re.fullmatch(r"20[0-9]{3}", code):
        found += [f"2A{code[2:]}", f"2B{code[2:]}"]
    return found


def records(cell: str) -> tuple[Place, ...]:
    """The records that have the code, at any time."""
    for code in spellings(cell):
        if found := tuple(place for place in reference.every(code) if place.code == code):
            return found
        if len(code) == 9 and code in reference.sirens():
            return reference.history(COMMUNE, reference.sirens()[code])
    return ()


def of_code(cell: str, want: Wanted, day: date) -> Found | None:
    """What has the code on that day; else what that which had it has become; None if nothing fits."""
    found = chosen(records(cell), want, day, "code")
    if found is None:
        return None
    communes = tuple(place for place in found.places if place.kind not in PARTS)
    return Found(communes or found.places, found.how, found.score, found.past)


@cache
def _by_postal() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for kind, code in sorted(reference.postal_codes()):
        for one in postal_codes(kind, code):
            found[one] += reference.history(kind, code)
    return {postal: tuple(group) for postal, group in found.items()}


def of_postal_code(postal: str, want: Wanted, day: date) -> Found | None:
    """The communes in force on that day that have the postal code; of a large city, the arrondissement."""
    live = [place for place in _by_postal().get(postal, ()) if in_force(place, day) and want.of_kind(place)]
    parts = tuple(place for place in live if place.kind == MUNICIPAL)
    return Found(parts or tuple(live), "postal") if live else None


def is_postal(code: str) -> bool:
    """True if some commune has that postal code."""
    return code in _by_postal()
