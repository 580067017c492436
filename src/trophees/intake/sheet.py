"""A row of a table of processes: its cells by the column, and by what the column holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trophees.intake import columns, status
from trophees.reading.table import Table

LONGEST = 100_000  # characters of a cell that is read
_ITEMS = re.compile(r"\s*(?<![:/])//(?!/)\s*")
_PARTS = re.compile(r"\s*::\s*")
_SPACES = re.compile(r" {2,}|[\t\n]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?=[/,;)\s]|$))[^\s,;]*", re.IGNORECASE
)


@dataclass(frozen=True)
class Sheet:
    """A row, on the `line` of the file: `cells` by the header, in NFC, without spaces around; none is empty.

    `raw` has them as they stand in the file, those that are too long to be read included.
    """

    line: int
    cells: Mapping[str, str]
    raw: Mapping[str, str]
    roles: Mapping[str, str]

    def header(self, role: str) -> str:
        """The header of the column that holds `role`; empty if none does."""
        return next((header for header, held in self.roles.items() if held == role), "")

    def get(self, role: str) -> str:
        """The cell of that role; empty if the row has none."""
        return self.cells.get(self.header(role), "")

    def all(self, *roles: str) -> Iterator[tuple[str, str]]:
        """The headers and cells of the columns that hold one of the roles."""
        return ((header, cell) for header, cell in self.cells.items() if self.roles.get(header) in roles)

    @property
    def status(self) -> status.Status | None:
        """The standing that the row gives, in the column of statuses or of stars; None if it gives none."""
        if found := status.read(self.get(columns.STATUS)):
            return found
        stars = self.get(columns.STARS)
        return status.Status(status.LAUREATE, int(stars)) if re.fullmatch("[1-4]", stars) else None

    @property
    def years(self) -> tuple[str, ...]:
        """The years that may be that of its edition: what the row states first, then what only its code has."""
        if self.status and self.status.kind == status.CASE:
            return ()
        stated = [*(self.status.years if self.status else ()), *status.years(self.get(columns.EDITION))]
        return tuple(dict.fromkeys([*stated, *status.years(self.get(columns.CODE))]))


def sheets(table: Table, roles: Mapping[str, str]) -> Iterator[Sheet]:
    """The rows of the `table` that are not empty; a row that repeats the header is none."""
    for row in table.rows:
        raw = {
            header: cell
            for header, cell in zip(table.columns, row.cells, strict=False)
            if header in roles and cell.strip()
        }
        if raw and any(cell.strip() != header for header, cell in raw.items()):
            cells = {header: visible(cell) for header, cell in raw.items() if len(cell) <= LONGEST}
            yield Sheet(row.line, {header: cell for header, cell in cells.items() if cell}, raw, roles)


def visible(cell: str) -> str:
    """The cell in NFC, without what nobody sees but ends of lines, and without spaces around."""
    plain = "".join(c for c in cell if c == "\n" or not unicodedata.category(c).startswith("C"))
    return unicodedata.normalize("NFC", plain).strip()


def items(cell: str) -> list[str]:
    """The items of a list that stands in one cell: parted by `//`, but not inside of an address, or by lines."""
    parts = _ITEMS.split(cell) if _ITEMS.search(cell) else re.split(r"\s*[\n;•]\s*", cell)
    return [part for part in (part.strip() for part in parts) if part]


def parts(item: str) -> list[str]:
    """What stands before and behind each `::` of an item."""
    return [part for part in (part.strip() for part in _PARTS.split(item)) if part]


def words(cell: str) -> list[str]:
    """The values of a cell that has several, parted by two spaces or more, `&` inside of one left."""
    return [part for part in (part.strip(" -") for part in _SPACES.split(cell)) if part]


def addresses(cell: str) -> list[tuple[str, str]]:
    """The web addresses of a cell, each as it stands, and as it is written in full; nothing for what is none."""
    found = []
    for match in _ADDRESS.finditer(cell):
        text = match.group().rstrip(".,;)")
        full = text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"
        scheme, _, rest = full.partition("://")
        host, slash, path = rest.partition("/")
        named = _host(host)
        if named:
            found.append((text, f"{scheme.lower()}://{named}/{_escaped(path) if slash else ''}"))
    return found


def _host(host: str) -> str:
    """The name of a host in ASCII, in small letters; empty if it is none."""
    try:
        name = host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return name if re.fullmatch(r"(?!www\.[^.]*$)[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?", name) else ""


def _escaped(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/%?#[]@!$&'()*+,;=:~.-_")


def first(texts: Sequence[str]) -> str:
    """The first of the texts; empty if there is none."""
    return texts[0] if texts else ""
