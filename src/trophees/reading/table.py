"""Tables: CSV in whatever delimiter and encoding, and spreadsheets, as a header and rows of text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.reading import encoding, packed, sheet

DELIMITERS = ",;\t|"
_LONGEST = 1 << 24  # characters of a cell
_SAMPLE = 50  # rows that tell the delimiter and the header


@dataclass(frozen=True)
class Row:
    """A row of a table: the line of the file on which it begins (its number, in a spreadsheet), and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table: the texts of its header, one to a column, and its rows. `notes` tell what was odd in it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: list[Both] = field(default_factory=list)


def read(data: bytes, name: str, extension: str) -> Table:
    """The table in `data`, the file `name`; UserError, in one sentence, if there is none.

    A file called .xlsx that is none is what it is. Nothing is computed: a formula is the value that was saved with it.
    """
    if packed.is_zip(data):
        notes: list[Both] = []
        return of((Row(*row) for row in sheet.rows(data, name, notes)), name, notes)
    if packed.is_old_office(data):
        raise UserError(f"{name}: is a spreadsheet of before 2007, or has a password: save it as XLSX or CSV")
    if extension.startswith("xls"):
        raise UserError(f"{name}: is no XLSX")
    return of(lines(encoding.text(data, name), name), name)


def of(rows: Iterator[Row], name: str, notes: list[Both] | None = None) -> Table:
    """The table of `rows`, whose header is the first that is as wide as most are; what is above is left out."""
    found, cells = [], 0
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            cells += len(row.cells)
            if cells > sheet.MOST:
                raise UserError(f"{name}: has more than {sheet.MOST} cells: take it apart")
            found.append(row)
    if not found:
        raise UserError(f"{name}: holds no table: it has no row")
    widths = Counter(_filled(row) for row in found[:_SAMPLE])
    usual = max(widths, key=lambda width: (widths[width], width))
    first = next((i for i, row in enumerate(found[:_SAMPLE]) if _filled(row) >= usual), 0)
    header = [" ".join(cell.split()) for cell in found[first].cells]
    while header and not header[-1]:
        header.pop()
    said = list(notes or ())
    if first:
        said.append(
            Both(
                f"{name}:{found[first].line} : l’en-tête est sur cette ligne ; {first} ligne(s) au-dessus, laissée(s)"
                " de côté",
                f"{name}:{found[first].line}: the header is on this line; {first} row(s) above it are left out",
            )
        )
    wide = [row for row in found[first + 1 :] if any(row.cells[len(header) :])]
    if wide:
        said.append(
            Both(
                f"{name}:{wide[0].line} : {len(wide)} ligne(s) avec plus de cellules que l’en-tête, laissées de côté",
                f"{name}:{wide[0].line}: {len(wide)} row(s) with more cells than the header, which are left out",
            )
        )
    kept = tuple(Row(row.line, row.cells[: len(header)]) for row in found[first + 1 :])
    return Table(name, tuple(header), kept, said)


def lines(text: str, name: str, delimiter: str | None = None) -> Iterator[Row]:
    """The rows of the CSV `text`, whose delimiter is found, unless given; UserError if a quoted cell does not end."""
    if text[:100].lstrip().lower().startswith(("<!doctype html", "<html")):
        raise UserError(f"{name}: is a web page, not a table: take the file that the page leads to")
    first, _, rest = text.partition("\n")
    above = 0
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip().strip('"')) == 5:  # as Excel has it
        delimiter, text, above = first.strip().strip('"')[4], rest, 1
    delimiter = delimiter or _delimiter(text)
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=not _loose(text, delimiter))
    begin = 1
    try:
        for cells in reader:
            yield Row(begin + above, tuple(cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        said = "a cell in quotes does not end" if "unexpected end" in str(error) else str(error)
        raise UserError(f"{name}:{begin + above}: {said}") from None


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.strip())


def _loose(text: str, delimiter: str) -> bool:
    """Whether quotes stand inside of cells where the strict rule (RFC 4180, section 2) has none."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "expected after" in str(error)
    return False


def _delimiter(text: str) -> str:
    """The delimiter by which most of the first rows have the same number of cells, and more than one."""
    csv.field_size_limit(_LONGEST)

    def fitness(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in _sample(text, delimiter) if any(row)]
        if not widths:
            return 0, 0
        width, rows = Counter(widths).most_common(1)[0]
        return (rows / len(widths) if width > 1 else 0), width

    return max(DELIMITERS, key=fitness)


def _sample(text: str, delimiter: str) -> Sequence[list[str]]:
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append(row)
            if len(found) == _SAMPLE:
                break
    except csv.Error:
        pass
    return found
