"""Which columns of a table tell of a territory: those that are named, else what their headers and contents say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from trophees.base.errors import UserError, brief, harmless
from trophees.base.language import Both
from trophees.places import codes, reference
from trophees.places.answered import ROLES, Link, day
from trophees.places.beside import beside, counts_rows
from trophees.places.headers import plain, told
from trophees.places.link import Asked
from trophees.places.wanted import wanted

_ENOUGH = 0.5  # of the filled cells of a sample
_ONLY_CODES = 0.9
_NUMBER = re.compile(r"[1-9]\d{0,4}", re.ASCII)
_KEYS = ("name", "code", "postal")  # a table has one of them
_SHOWN = 12
_SHORTEST = 4  # of a code of a commune, without its zero: a number of a row is shorter


@dataclass(frozen=True)
class Columns:
    """The place of each column that is used, by its role; `by_words` is false if contents alone told of them."""

    roles: Mapping[str, int]
    by_words: bool = True
    notes: list[Both] = field(default_factory=list)

    def said(self, header: Sequence[str]) -> str:
        """Which column is used for what, as options would tell it."""
        return ", ".join(f"--{role} “{_shown(header, place)}”" for role, place in self.roles.items())


def chosen(header: Sequence[str], sample: Sequence[Sequence[str]], given: Mapping[str, str], link: Link) -> Columns:
    """The columns that `given` names, by role, and those of the roles that it leaves open, as far as they are told.

    UserError if there is none with a name, a code or a postal code.
    """
    roles = {role: _named(role, column, header) for role, column in given.items()}
    notes: list[Both] = []
    if not set(_KEYS) & set(roles) or set(roles) <= {"date"}:
        roles, notes = _by_words(header, sample, roles)
    elif given:
        return Columns(roles)
    if set(_KEYS) & set(roles):
        if not given:
            notes += _dropped(header, sample, roles, link)
            roles |= beside(header, sample, roles, link)
        return Columns(_in_order(roles), True, notes)
    found = _by_contents(header, sample, set(roles.values()), link)
    if not found:
        shown = ", ".join(_shown(header, place) for place in range(min(len(header), _SHOWN)))
        more = ", …" if len(header) > _SHOWN else ""
        raise UserError(f"no column of names or codes is found: name it, as --name COLUMN (there are: {shown}{more})")
    found |= roles
    return Columns(_in_order(found if given else {**beside(header, sample, found, link), **found}), False, notes)


def _in_order(roles: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(roles.items(), key=lambda item: ROLES.index(item[0])))


def has_words(header: Sequence[str]) -> bool:
    """True if a header says that its column has names, or codes."""
    return any(told(role, text) for text in header for role in _KEYS)


def is_header(row: Sequence[str], given: Collection[str]) -> bool:
    """True of a row that has all the columns that are named, or else more words of headers than others."""
    names = {plain(text) for text in row if text.strip()}
    if named := {plain(column) for column in given if not _NUMBER.fullmatch(column)}:
        return named <= names
    known = sum(any(told(role, name) for role in ROLES) for name in names)
    return has_words(row) and 2 * known > len(names)


def _by_words(
    header: Sequence[str], sample: Sequence[Sequence[str]], roles: Mapping[str, int]
) -> tuple[dict[str, int], list[Both]]:
    found, refused = dict(roles), dict[str, int]()
    for role in ROLES:
        if role in found:
            continue
        for place, trusted in _candidates(role, header):
            if place in found.values():
                continue
            cells = [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
            if trusted or not cells or _share(_TESTS[role], cells) >= _ENOUGH:
                found[role] = place
                break
            refused.setdefault(role, place)
    if "name" in found and "name" not in roles and "code" not in found:
        place = found["name"]
        cells = [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
        if cells and _share(_is_code, cells) >= _ONLY_CODES:
            found["code"] = found.pop("name")
    if not set(_KEYS) & set(found):
        found |= {role: refused.pop(role) for role in _KEYS if role in refused}
    notes = [
        _unused(role, header, place)
        for role, place in refused.items()
        if role not in found and role != "name" and place not in found.values()
    ]
    return found, notes


def _unused(role: str, header: Sequence[str], place: int) -> Both:
    shown = _shown(header, place)
    return Both(
        f"colonne « {shown} » : ce qu’elle contient n’est pas compris, elle ne sert pas (--{role} l’impose)",
        f"column “{shown}”: what it holds is not understood, it is not used (--{role} forces it)",
    )


def _dropped(header: Sequence[str], sample: Sequence[Sequence[str]], roles: dict[str, int], link: Link) -> list[Both]:
    """Takes away a column of codes that only counts its rows, and says so."""
    place = roles.get("code")
    if place is None or "name" not in roles or (told("code", header[place]) or (0, False))[1]:
        return []
    if not counts_rows(sample, place, roles["name"], link):
        return []
    del roles["code"]
    return [_unused("code", header, place)]


def _by_contents(
    header: Sequence[str], sample: Sequence[Sequence[str]], used: set[int], link: Link
) -> dict[str, int] | None:
    best: tuple[float, str, int] | None = None
    for place in range(len(header)):
        cells = [row[place].strip() for row in sample if place < len(row) and row[place].strip()]
        if place in used or not cells:
            continue
        names = _share(lambda cell: not cell.isdigit() and link(Asked(name=cell)).outcome != "unknown", cells)
        numbers = _share(lambda cell: len(cell) >= _SHORTEST and _is_code(cell), cells)
        for share, least, role in ((numbers, _ONLY_CODES, "code"), (names, _ENOUGH, "name")):
            if share >= least and (best is None or share > best[0]):
                best = share, role, place
    return {best[1]: best[2]} if best else None


def _share(test: Callable[[str], bool], cells: Sequence[str]) -> float:
    return sum(map(test, cells)) / len(cells)


def _is_code(cell: str) -> bool:
    return any(c.isdigit() for c in cell) and len(cell) < 30 and bool(codes.records(cell))


def _read(column: str, cell: str) -> bool:
    cells = {"departement": "", "region": "", "postal": "", "kind": ""} | {column: cell}
    return not wanted(*(cells[key] for key in ("departement", "region", "postal", "kind")), reference.newest()).unread


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "name": lambda cell: not cell.isdigit(),
    "code": _is_code,
    "postal": lambda cell: _read("postal", cell),
    "departement": lambda cell: _read("departement", cell),
    "region": lambda cell: _read("region", cell),
    "kind": lambda cell: _read("kind", cell),
    "date": lambda cell: day(cell) is not None,
}


def _candidates(role: str, header: Sequence[str]) -> list[tuple[int, bool]]:
    """The columns whose headers say the role, the likeliest first; true of those that are believed."""
    found = [(said, place) for place, text in enumerate(header) if (said := told(role, text))]
    return [(place, trusted) for (_, trusted), place in sorted(found, key=lambda one: (one[0][0], one[1]))]


def _named(role: str, column: str, header: Sequence[str]) -> int:
    """The place of the column that is called so, or has that number; UserError if there is none, or there are two."""
    for same in (lambda text: text.strip() == column.strip(), lambda text: plain(text) == plain(column) != ""):
        places = [place for place, text in enumerate(header) if same(text)]
        if len(places) == 1:
            return places[0]
        if places:
            numbers = ", ".join(str(place + 1) for place in places)
            raise UserError(
                f"--{role}: several columns are called “{brief(harmless(column))}”: give a number ({numbers})"
            )
    if _NUMBER.fullmatch(column) and int(column) <= len(header):
        return int(column) - 1
    shown = ", ".join(_shown(header, place) for place in range(min(len(header), _SHOWN)))
    raise UserError(f"--{role}: there is no column “{brief(harmless(column))}” (there are: {shown})")


def _shown(header: Sequence[str], place: int) -> str:
    return brief(harmless(header[place].strip()), 40) or str(place + 1)
