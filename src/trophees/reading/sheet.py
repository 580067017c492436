"""The rows of a spreadsheet (XLSX), as they are shown; what is made to do harm is refused before it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from trophees.base.errors import UserError
from trophees.base.language import Both

_LARGEST = 1 << 28  # bytes of all parts
_PARTS = 5000
MOST = 5_000_000  # cells of a table
WIDEST = 16384  # columns of a sheet, in any program
_ZEROS = re.compile(r"0+")
_MERGED = re.compile(rb"<mergeCell\b[^>]*\bref=[\"'][A-Z]+(\d+):[A-Z]+(\d+)[\"']")
_FORMULA = re.compile(rb"<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")

Value = tuple[Any, str]  # of a cell, and the format in which it is shown


def rows(data: bytes, name: str, notes: list[Both]) -> Iterator[tuple[int, tuple[str, ...], tuple[Value, ...]]]:
    """The rows of the first sheet of `data` (XLSX), the file `name`, that holds any, each with its number and `Value`s.

    What was odd goes to `notes`.

    A number is in the digits of its value, unless its format is zeros alone (`00000`); a date is in ISO 8601.
    UserError, in one sentence, if it is no XLSX, or one that would take too much to read.
    """
    formulas, merged = checked(data, name)
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UserError(f"{name}: to read XLSX: pip install 'trophees[tables]', or save it as CSV") from None

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if getattr(sheet, "sheet_state", "visible") == "visible"]
        used = 0
        errors = 0
        for sheet in sheets:
            sheet.reset_dimensions()
            count, taken, empty = 0, 0, 0
            for number, cells in enumerate(sheet.iter_rows(), 1):
                taken += 1 + len(cells)
                if taken > 2 * MOST:
                    raise UserError(f"{name}: has more than {MOST} cells: take it apart")
                texts = tuple(_text(cell) for cell in cells)
                errors += sum(getattr(cell, "data_type", "") == "e" for cell in cells)
                if not any(texts):
                    empty += 1
                    continue
                if used:
                    notes.append(others_unread(name, sheet.title))
                    break
                count += 1
                for before in range(number - empty, number):
                    yield before, (), ()
                empty = 0
                yield number, texts, tuple((cell.value, cell.number_format or "") for cell in cells)
            used += bool(count)
    except UserError:
        raise
    except MemoryError:
        raise UserError(f"{name}: is larger than can be read") from None
    except Exception as error:  # of a damaged file the library may raise anything
        raise UserError(f"{name}: cannot be read as XLSX ({type(error).__name__}): save it again, or as CSV") from None
    _told(name, formulas, errors, notes)
    if merged:
        notes.append(merged_rows(name, merged))


def others_unread(name: str, title: str) -> Both:
    """What is said of a second sheet."""
    return Both(
        f"{name} : d’autres feuilles que la première ne sont pas lues (« {title} »)",
        f"{name}: sheets other than the first are not read (“{title}”)",
    )


def merged_rows(name: str, count: int) -> Both:
    """What is said of cells that are merged over several rows."""
    return Both(
        f"{name} : {count} fusion(s) de cellules sur plusieurs lignes : seule la première a leur valeur, les autres"
        " sont vides",
        f"{name}: {count} merge(s) of cells over several rows: only the first row has their value, the others none",
    )


def has_zeros(shown: str) -> bool:
    """Whether what is shown is a code, which begins with a zero."""
    return len(shown) > 1 and shown[0] == "0" and shown.isdecimal()


def _told(name: str, formulas: int, errors: int, notes: list[Both]) -> None:
    if formulas:
        notes.append(
            Both(
                f"{name} : {formulas} formule(s) sans valeur : ouvrir le fichier dans un tableur et l’enregistrer",
                f"{name}: {formulas} formula(s) without a value: open the file in a spreadsheet, and save it",
            )
        )
    if errors:
        notes.append(
            Both(
                f"{name} : {errors} cellule(s) en erreur (#REF!…), laissée(s) vide(s)",
                f"{name}: {errors} cell(s) with an error (#REF!…), left empty",
            )
        )


def checked(data: bytes, name: str) -> tuple[int, int]:
    """How many formulas have no value, and how many merges of cells span several rows.

    UserError if `data` is neither XLSX nor ODS, or is made to do harm.
    """
    formulas, merged = 0, 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names and not {"mimetype", "content.xml"} <= names:
                raise UserError(f"{name}: is an archive, and neither XLSX nor ODS: take the file out of it")
            if len(parts) > _PARTS:
                raise UserError(f"{name}: has more than {_PARTS} parts, as no spreadsheet does")
            if sum(part.file_size for part in parts) > _LARGEST:
                raise UserError(f"{name}: is larger than {_LARGEST >> 20} MiB once it is unpacked")
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                content = archive.read(part)  # no more bytes than the list of parts says
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:200]:
                    raise UserError(f"{name}: declares XML entities, as no spreadsheet does")
                if part.filename.startswith("xl/worksheets/"):
                    formulas += len(_FORMULA.findall(content))
                    merged += sum(first != last for first, last in _MERGED.findall(content))
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UserError(f"{name}: is cut off or damaged ({type(error).__name__})") from None
    except Exception as error:  # of zlib
        if isinstance(error, UserError) or type(error).__module__ != "zlib":
            raise
        raise UserError(f"{name}: is cut off or damaged (zlib)") from None
    return formulas, merged


def _text(cell: Any) -> str:
    """What the cell shows, as text that can be read again."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and _ZEROS.fullmatch(cell.number_format or ""):
        return f"{value:0{len(cell.number_format)}d}"
    if isinstance(value, float):
        from decimal import Decimal

        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return str(value)
