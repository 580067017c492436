"""Tables: CSV in whatever delimiter and encoding, JSON Lines and spreadsheets, as a header and rows of text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.reading import grid, sheet
from trophees.reading.grid import Row


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
    found = grid.opened(io.BytesIO(data), name, extension)
    return of(found.rows, name, found.notes)


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
    first = 0 if found[0].line == 0 else grid.header_at(found)  # JSON Lines have none, but names
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
