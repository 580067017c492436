"""Columns whose headers say nothing, known by how they fit the column of names or codes that is known, row by row."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from trophees.places import codes
from trophees.places.answered import Link
from trophees.places.headers import plain
from trophees.places.link import Asked

_NEARLY_ALL = 0.9  # of the filled cells of a sample
_AGREED = 0.5  # of the rows whose territory is known without the column
_FEW = 5  # rows that may contradict all they say and still say it
_SHORT = 3  # digits of a number that may be that of a row
_DEPARTEMENT = re.compile(r"0?[1-9]|[1-8]\d|9[0-5]|0?2[ab]|0\d\d|97[1-8]|98[678]", re.ASCII | re.IGNORECASE)
_POSTAL = re.compile(r"\d{2} ?\d{3}", re.ASCII)
_CODE = re.compile(r"\d[\dab]\d{3}", re.ASCII | re.IGNORECASE)

Sample = Sequence[Sequence[str]]
_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "code": lambda cell: bool(_CODE.fullmatch(cell) and codes.records(cell)),
    "postal": lambda cell: bool(_POSTAL.fullmatch(cell) and codes.is_postal(cell.replace(" ", ""))),
    "departement": lambda cell: bool(_DEPARTEMENT.fullmatch(cell)),
    "name": lambda cell: not any(c.isdigit() for c in cell),
}


def beside(header: Sequence[str], sample: Sample, roles: Mapping[str, int], link: Link) -> dict[str, int]:
    """The columns that tell more of the territories of `roles`, by their contents alone.

    A code, postal code or département beside names; names beside codes. Half of the rows have to agree with it: an
    amount looks like a postal code, a count like a département. In a short table without a header for the column,
    to look like one is enough, as every row of it may contradict itself.
    """
    found: dict[str, int] = {}
    key = next((role for role in ("name", "code") if role in roles), "")
    if not key:
        return found
    for role in ("name",) if key == "code" else ("code", "postal", "departement"):
        if role in roles or (role == "departement" and "code" in found):
            continue
        for place in range(len(header)):
            if place in roles.values() or place in found.values():
                continue
            if _tells(role, header[place], sample, place, key, roles[key], link):
                found[role] = place
                break
    return found


def counts_rows(sample: Sample, place: int, names: int, link: Link) -> bool:
    """True of a column of short numbers, few of which are the codes of what the rows name."""
    cells = [_cell(row, place) for row in sample]
    if not any(cells) or any(cell and not (cell.isdigit() and len(cell) <= _SHORT) for cell in cells):
        return False
    agreed, known = _agreement("code", sample, place, "name", names, link)
    return bool(known) and agreed < _AGREED * known


def _tells(role: str, header: str, sample: Sample, place: int, key: str, of: int, link: Link) -> bool:
    cells = [cell for row in sample if (cell := _cell(row, place))]
    if not cells or sum(map(_LOOKS[role], cells)) < _NEARLY_ALL * len(cells):
        return False
    if role == "departement" and _numbers_rows(cells):
        return False
    agreed, known = _agreement(role, sample, place, key, of, link)
    if agreed and agreed >= _AGREED * known:
        return role != "departement" or known > 1 or _is_silent(header)
    return role in ("postal", "departement") and known < _FEW and _is_silent(header)


def _is_silent(header: str) -> bool:
    """True of a header that says nothing: none, or a letter, but for that of a number."""
    return len(text := plain(header)) < 2 and text != "n"


def _numbers_rows(cells: Sequence[str]) -> bool:
    """True of 1, 2, 3… from wherever they begin."""
    if len(cells) < 2 or any(not cell.isdigit() or (cell[0] == "0" and len(cell) > 1) for cell in cells):
        return cells[0] == "1"
    return all(int(after) == int(before) + 1 for before, after in itertools.pairwise(cells))


def _agreement(role: str, sample: Sample, place: int, key: str, of: int, link: Link) -> tuple[int, int]:
    """In how many rows the column fits what is known without it; of how many."""
    agreed = known = 0
    for row in sample:
        cell, other = _cell(row, place), _cell(row, of)
        if not cell or not other or link(_asked({key: other})).outcome == "unknown":
            continue
        known += 1
        agreed += link(_asked({key: other, role: cell})).outcome != "unknown"
    return agreed, known


def _asked(cells: Mapping[str, str]) -> Asked:
    return Asked(cells.get("name", ""), cells.get("code", ""), cells.get("postal", ""), cells.get("departement", ""))


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""
