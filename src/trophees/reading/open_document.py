"""The rows of a spreadsheet in OpenDocument (ODS), as they are shown; repeated cells are no more than a table has."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError, iterparse

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.reading import sheet

_OFFICE, _TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table", "text")
)
_SPANNED = re.compile(rb"""table:number-rows-spanned=["'](?!1["'])""")
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_VALUES = {
    "float": "value",
    "percentage": "value",
    "currency": "value",
    "date": "date-value",
    "boolean": "boolean-value",
}


class Cell(NamedTuple):
    """A cell: the kind of its value (OpenDocument 1.3, part 3, section 19.389), the value, and what is shown."""

    kind: str
    value: str
    shown: str


def is_one(data: bytes) -> bool:
    """Whether the archive `data` is a spreadsheet of OpenDocument, as far as its names tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {"mimetype", "content.xml"} <= set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return False


def rows(data: bytes, name: str, notes: list[Both]) -> Iterator[tuple[int, tuple[str, ...], tuple[Cell, ...]]]:
    """The rows of the first sheet of `data`, the file `name`, that holds any, each with its number and its `Cell`s.

    UserError, in one sentence, if it cannot be read. What was odd goes to `notes`.
    """
    sheet.checked(data, name)
    used = False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
            for title, table in _tables(content, name):
                held = list(table)
                if held and used:
                    notes.append(sheet.others_unread(name, title))
                    break
                yield from held
                used = used or bool(held)
        if merged := _merged(data):
            notes.append(sheet.merged_rows(name, merged))
    except (ParseError, KeyError, ValueError, LookupError) as error:
        raise UserError(f"{name}: cannot be read as ODS ({type(error).__name__}): save it again, or as CSV") from None


def _merged(data: bytes) -> int:
    """How many merges of cells span several rows."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return len(_SPANNED.findall(archive.read("content.xml")))


def _tables(content: Any, name: str) -> Iterator[tuple[str, Iterator[tuple[int, tuple[str, ...], tuple[Cell, ...]]]]]:
    """Each sheet, by its title, with its rows; the empty ones at its end are none."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    number, taken, depth = 0, 0, 0
    for event, element in iterparse(content, ("start", "end")):
        if element.tag == _TABLE + "table":
            depth += 1 if event == "start" else -1
            if event == "end" and not depth:
                found = [(at, tuple(cell_text(c) for c in cells), cells) for at, cells in _filled_up(rows, name)]
                yield element.get(_TABLE + "name", ""), iter(found)
                rows, number = [], 0
                element.clear()
        elif element.tag == _TABLE + "table-row" and event == "end" and depth == 1:
            cells, repeated = _cells(element, name), _repeated(element, "rows")
            element.clear()
            if cells:
                taken += (1 + len(cells)) * repeated
                if taken > sheet.MOST:
                    raise UserError(f"{name}: has more than {sheet.MOST} cells: take it apart")
                rows += [(number + i, cells) for i in range(1, repeated + 1)]
            number += repeated


def _filled_up(rows: list[tuple[int, tuple[Cell, ...]]], name: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """`rows` with the empty ones between them."""
    if rows and rows[-1][0] > sheet.MOST:
        raise UserError(f"{name}: has more than {sheet.MOST} rows: take it apart")
    last = 0
    for number, cells in rows:
        for empty in range(last + 1, number):
            yield empty, ()
        yield number, cells
        last = number


def _cells(row: Element, name: str) -> tuple[Cell, ...]:
    found: list[Cell] = []
    pending = 0  # empty ones, which count if another follows
    for element in row:
        if element.tag not in _CELLS:
            continue
        repeated = _repeated(element, "columns")
        cell = _cell(element)
        if element.tag != _CELLS[0] or not (cell.shown or cell.value):
            pending += repeated
            continue
        if len(found) + pending + repeated > sheet.WIDEST:
            raise UserError(f"{name}: has more than {sheet.WIDEST} columns")
        found += [Cell("", "", "")] * pending + [cell] * repeated
        pending = 0
    return tuple(found)


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", "1")[:9]))


def _cell(element: Element) -> Cell:
    kind = element.get(_OFFICE + "value-type", "")
    shown = "\n".join(_shown(part) for part in element if part.tag == _TEXT + "p")
    value = element.get(_OFFICE + _VALUES[kind], "") if kind in _VALUES else element.get(_OFFICE + "string-value", "")
    return Cell(kind, value, shown)


def _shown(element: Element) -> str:
    found = [element.text or ""]
    for part in element:
        if part.tag == _TEXT + "s":
            found.append(" " * min(int(part.get(_TEXT + "c", "1")), 1000))
        elif part.tag in (_TEXT + "tab", _TEXT + "line-break"):
            found.append("\t" if part.tag.endswith("tab") else "\n")
        elif part.tag != _OFFICE + "annotation":
            found.append(_shown(part))
        found.append(part.tail or "")
    return "".join(found)


def cell_text(cell: Cell) -> str:
    """What the cell shows, as text that can be read again: a number by its digits, a day in ISO 8601."""
    if cell.kind == "date":
        return cell.value.removesuffix("T00:00:00")
    if cell.kind in _VALUES and cell.value and not sheet.has_zeros(cell.shown):
        return cell.value.removesuffix(".0")
    return cell.shown or cell.value
