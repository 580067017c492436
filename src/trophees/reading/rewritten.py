"""A table written as the one that was read: the same format, encoding, delimiter and values, with columns added."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import IO, Any, Protocol
from xml.sax.saxutils import escape, quoteattr

from trophees.base.errors import UserError
from trophees.reading import encoding
from trophees.reading.delimited import Dialect
from trophees.reading.grid import Grid, Row

_START = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP can say
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
)
_CODES = {"csv": ",", "tsv": "\t", "tab": "\t"}
FORMS = {**dict.fromkeys(_CODES, "csv"), "jsonl": "jsonl", "ndjson": "jsonl", "xlsx": "xlsx", "ods": "ods"}


class Writer(Protocol):
    """What takes a table row by row. `added` are the cells after those of the row, which begin at the same column."""

    def header(self, row: Row, added: Sequence[str]) -> None:
        """The header, in JSON Lines the names of the columns; what comes before it, or without it, is numbered."""

    def unnamed(self, added: Sequence[str]) -> None:
        """There is no header. The names of the `added` cells, where every cell must have one."""

    def row(self, row: Row, added: Sequence[str]) -> None:
        """A row; without anything added, as it is."""

    def close(self) -> None:
        """What has to stand at the end."""


def writer(grid: Grid, out: IO[bytes], extension: str = "", numbers: Collection[int] = ()) -> Writer:
    """What writes to `out`, in the form of `grid`, or in that of the `extension` if it is of another.

    The `numbers` are the places, among the added cells, of those that JSON Lines have as numbers.
    """
    form = FORMS.get(extension, grid.form)
    if form == "xlsx":
        return _Book(grid, out)
    if form == "ods":
        return _OpenDocument(grid, out)
    code = _CODES.get(extension, ",")
    dialect = grid.dialect if form == grid.form else Dialect(delimiter=code)
    if code == "\t" != dialect.delimiter:  # a file with this name has no other
        dialect = replace(dialect, delimiter=code, above="")
    return _Objects(grid, out, dialect, numbers) if form == "jsonl" else _Delimited(grid, out, dialect)


def _wide(row: Row, width: int, added: Sequence[str]) -> list[str]:
    return [*row.cells, *[""] * (width - len(row.cells)), *added] if added else list(row.cells)


class _Delimited:
    def __init__(self, grid: Grid, out: IO[bytes], dialect: Dialect) -> None:
        self._width = grid.width
        self._text = encoding.Kept(out, dialect.codec, errors="replace", newline="")
        self._text.write(dialect.above)
        self._csv = csv.writer(self._text, delimiter=dialect.delimiter, lineterminator=dialect.end)

    def row(self, row: Row, added: Sequence[str]) -> None:
        self._csv.writerow(_wide(row, self._width, added))

    header = row

    def unnamed(self, added: Sequence[str]) -> None:
        pass

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


class _Objects:
    def __init__(self, grid: Grid, out: IO[bytes], dialect: Dialect, numbers: Collection[int]) -> None:
        self._numbers = numbers
        self._lines = grid.form == "jsonl"
        self._width = grid.width
        self._text = encoding.Kept(out, dialect.codec, newline="")
        self._ascii = dialect.codec == "cp1252"  # which lacks most characters: JSON writes any in ASCII
        self._end = dialect.end
        self.header(Row(0, ()), ())

    def header(self, row: Row, added: Sequence[str]) -> None:
        self._names: list[str] = []
        for place, name in enumerate([*row.cells, *[""] * (self._width - len(row.cells)), *added], 1):
            plain = name or f"column_{place}"
            given, number = plain, 2
            while given in self._names:
                given, number = f"{plain}_{number}", number + 1
            self._names.append(given)

    def unnamed(self, added: Sequence[str]) -> None:
        self.header(Row(0, ()), added)

    def row(self, row: Row, added: Sequence[str]) -> None:
        if not added and not any(row.cells):
            self._text.write(self._end)
            return
        ours = [json.loads(cell) if place in self._numbers else cell for place, cell in enumerate(added)]
        if not self._lines:
            cells = [*_wide(row, self._width, added)[: -len(ours) or None], *ours]
            self._text.write(
                json.dumps(dict(zip(self._names, cells, strict=False)), ensure_ascii=self._ascii) + self._end
            )
            return
        text = json.dumps(dict(zip(self._names[self._width :], ours, strict=bool(ours))), ensure_ascii=self._ascii)
        said = row.raw[:-1].rstrip()  # the object stays as it was written, digits and all
        self._text.write(f"{said}{'' if said == '{' else ', '}{text[1:]}{self._end}" if added else row.raw + self._end)

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


class _Book:
    """XLSX. What is a text stays one, whatever it begins with: nothing becomes a formula."""

    def __init__(self, grid: Grid, out: IO[bytes]) -> None:
        try:
            from openpyxl import Workbook
        except ImportError:
            raise UserError("to write XLSX: pip install 'trophees[tables]', or -o a .csv file") from None
        self._width, self._out, self._values = grid.width, out, grid.form == "xlsx"
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet()

    def row(self, row: Row, added: Sequence[str]) -> None:
        values: list[Any] = list(row.raw) if self._values and row.raw else [(cell, "") for cell in row.cells]
        if added:
            values += [("", "")] * (self._width - len(values)) + [(cell, "") for cell in added]
        self._sheet.append([self._cell(*value) for value in values])

    header = row

    def unnamed(self, added: Sequence[str]) -> None:
        pass

    def _cell(self, value: Any, form: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, str):
            cell = WriteOnlyCell(self._sheet, _allowed(value)) if value else None
            if cell is not None:
                cell.data_type = "s"
            return cell
        if value is None:
            return None
        cell = WriteOnlyCell(self._sheet, value)
        if form:
            cell.number_format = form
        return cell

    def close(self) -> None:
        self._book.save(self._out)


class _OpenDocument:
    def __init__(self, grid: Grid, out: IO[bytes]) -> None:
        self._width, self._values = grid.width, grid.form == "ods"
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._zip.writestr(zipfile.ZipInfo("mimetype", _START), _ODS, zipfile.ZIP_STORED)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
            for path, media in (("/", _ODS), ("content.xml", "text/xml"))
        )
        self._zip.writestr(
            zipfile.ZipInfo("META-INF/manifest.xml", _START),
            f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{manifest}"'
            f' manifest:version="1.3">{entries}</manifest:manifest>',
            zipfile.ZIP_DEFLATED,
        )
        part = zipfile.ZipInfo("content.xml", _START)
        part.compress_type = zipfile.ZIP_DEFLATED
        self._content = self._zip.open(part, "w", force_zip64=True)
        self._write(
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_NAMES} office:version="1.3">'
            '<office:body><office:spreadsheet><table:table table:name="Sheet1">'
        )

    def _write(self, text: str) -> None:
        self._content.write(text.encode("utf-8", "replace"))

    def row(self, row: Row, added: Sequence[str]) -> None:
        cells = list(row.raw) if self._values and row.raw else [("", "", cell) for cell in row.cells]
        if added:
            cells += [("", "", "")] * (self._width - len(cells)) + [("", "", cell) for cell in added]
        filled = "".join(_ods_cell(*cell) for cell in cells) or "<table:table-cell/>"
        self._write(f"<table:table-row>{filled}</table:table-row>")

    header = row

    def unnamed(self, added: Sequence[str]) -> None:
        pass

    def close(self) -> None:
        self._write("</table:table></office:spreadsheet></office:body></office:document-content>")
        self._content.close()
        self._zip.close()


def _ods_cell(kind: str, value: str, shown: str) -> str:
    if not (value or shown):
        return "<table:table-cell/>"
    typed = ""
    if kind in ("float", "percentage", "currency") and value and not (shown.startswith("0") and shown.isdecimal()):
        typed = f' office:value-type="float" office:value={quoteattr(value)}'
    elif kind in ("date", "boolean") and value:
        typed = f' office:value-type="{kind}" office:{kind}-value={quoteattr(value)}'
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in _allowed(shown or value).split("\n"))
    return (
        f"<table:table-cell{typed or ' office:value-type=' + chr(34) + 'string' + chr(34)}>{lines}</table:table-cell>"
    )


def _spaced(line: str) -> str:
    """A line of text with its spaces and tabs, of which XML would keep one."""
    text = escape(line).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
    return "<text:s/>" + text[1:] if text.startswith(" ") else text


def _allowed(text: str) -> str:
    """`text` without the characters that XML 1.0 (section 2.2) has not; a line ends as it does there (section 2.11)."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff") else " " for c in text)
