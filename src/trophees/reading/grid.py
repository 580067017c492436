"""A table as it stands in a file, whatever its format: every row, the header and the empty ones, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.reading import delimited, json_lines, open_document, packed, sheet
from trophees.reading.delimited import Dialect

SAMPLE = 50  # rows that tell the header
_LINES = ("jsonl", "ndjson")


@dataclass(frozen=True)
class Row:
    """A row of a table: the line of the file on which it begins (its number, in a spreadsheet), and its cells.

    `raw` is what a writer of the same format keeps of it: the values of a spreadsheet, the line of JSON Lines.
    """

    line: int
    cells: tuple[str, ...]
    raw: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Grid:
    """The rows of a file in `form` (csv, jsonl, xlsx, ods), to be read once; `width` is that of the widest.

    Of JSON Lines the first row is made up of the names. `notes` grow while the rows are read.
    """

    name: str
    form: str
    rows: Iterator[Row]
    width: int
    dialect: Dialect = field(default_factory=Dialect)
    notes: list[Both] = field(default_factory=list)


def opened(file: IO[bytes], name: str, extension: str) -> Grid:
    """The table in `file`, called `name`, which can be read again from its beginning; UserError if there is none.

    What it is, its first bytes tell; only JSON Lines of a name that says so are taken for that, or where there is no
    extension.
    """
    file.seek(0)
    begin = file.read(64)
    file.seek(0)
    notes: list[Both] = []
    if packed.is_zip(begin):
        data = file.read()
        ods = open_document.is_one(data)
        read = open_document.rows if ods else sheet.rows
        found = [Row(*row) for row in read(data, name, notes)]
        form = "ods" if ods else "xlsx"
        return Grid(name, form, iter(found), max((len(row.cells) for row in found), default=0), notes=notes)
    if packed.is_old_office(begin):
        raise UserError(f"{name}: is a spreadsheet of before 2007, or has a password: save it as XLSX or CSV")
    if extension.startswith("xls") or extension == "ods":
        raise UserError(f"{name}: is no {'ODS' if extension == 'ods' else 'XLSX'}")
    if extension in _LINES or (not extension and begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")):
        lines, width, dialect = json_lines.rows(file, name)
        return Grid(name, "jsonl", (Row(*row) for row in lines), width, dialect)
    cells, width, dialect = delimited.rows(file, name, "\t" if extension in ("tsv", "tab") else ",")
    return Grid(name, "csv", (Row(*row) for row in cells), width, dialect)


def header_at(rows: Sequence[Row]) -> int:
    """Which of the first rows, which are not empty, is the header: the first that is as wide as most are.

    Where most have several cells, titles and sparse rows of one cell do not count.
    """
    widths = Counter(filled(row.cells) for row in rows[:SAMPLE])
    if 2 * widths[1] <= widths.total():
        del widths[1]
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    return next((i for i, row in enumerate(rows[:SAMPLE]) if filled(row.cells) >= usual), 0)


def filled(cells: Iterable[str]) -> int:
    """How many of the cells hold anything."""
    return sum(1 for cell in cells if cell.strip())
