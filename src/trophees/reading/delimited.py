"""CSV in whatever delimiter and encoding: its rows, read as they are asked for, and how it is written."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TextIO

from trophees.base.errors import UserError
from trophees.reading import encoding

DELIMITERS = ",;\t|"
_LONGEST = 1 << 24  # characters of a cell
_SAMPLE = 50  # rows that tell the delimiter
_NONE = "\x1f"  # that of a list of one column, in which a comma is one


@dataclass(frozen=True)
class Dialect:
    """How a file of lines is written: its codec, which writes its byte order mark, delimiter, and end of lines.

    `above` is what Excel reads the delimiter from, the line before the table.
    """

    codec: str = "utf-8"
    delimiter: str = ","
    end: str = "\n"
    above: str = ""


def rows(file: IO[bytes], name: str, usual: str = ",") -> tuple[Iterator[tuple[int, tuple[str, ...]]], int, Dialect]:
    """The rows of the CSV in `file`, each with its line; how wide the widest is; how it is written.

    `usual` is the delimiter with which a list of one column is written. UserError, with the line, if the file is in no
    encoding that is read, or a quoted cell does not end.
    """
    codec = encoding.codec(file, name)
    stream = opened(file, codec)
    if stream.read(100).lstrip().lower().startswith(("<!doctype html", "<html")):
        raise UserError(f"{name}: is a web page, not a table: take the file that the page leads to")
    stream.seek(0)
    first = stream.readline(4096)
    said = first.strip().strip('"')
    above = first if said.lower().startswith("sep=") and len(said) == 5 else ""  # as Excel has it
    end = "\r\n" if first.endswith("\r\n") else "\n"
    after = bool(above)
    delimiter = said[4] if above else _delimiter(stream, after)
    loose, width = _looked_at(stream, name, delimiter, after)
    dialect = Dialect(codec, usual if delimiter == _NONE else delimiter, end, above)
    return _rows(stream, name, delimiter, after, loose), width, dialect


def lines(text: str, name: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of the CSV `text`, each with its line; UserError if a quoted cell does not end."""
    stream = io.StringIO(text, newline="")
    loose, _ = _looked_at(stream, name, delimiter, False)
    return _rows(stream, name, delimiter, False, loose)


def opened(file: IO[bytes], codec: str) -> io.TextIOWrapper:
    """The text of `file`, its line ends as they are; the file stays open when the text is let go."""
    file.seek(0)
    return encoding.Kept(file, codec, newline="")


def _rows(stream: TextIO, name: str, delimiter: str, after: bool, loose: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = _reader(stream, delimiter, after, strict=not loose)
    begin = 1
    try:
        for cells in reader:
            yield begin + after, tuple(cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise _refused(error, name, begin + after) from None


def _reader(stream: TextIO, delimiter: str, after: bool, strict: bool) -> csv._reader:  # type: ignore[name-defined]
    csv.field_size_limit(_LONGEST)
    stream.seek(0)
    if after:
        stream.readline()
    return csv.reader(stream, delimiter=delimiter, strict=strict)


def _refused(error: csv.Error, name: str, line: int) -> UserError:
    said = "a cell in quotes does not end" if "unexpected end" in str(error) else str(error)
    return UserError(f"{name}:{line}: {said}")


def _looked_at(stream: TextIO, name: str, delimiter: str, after: bool) -> tuple[bool, int]:
    """Whether quotes stand inside of cells where the strict rule (RFC 4180, section 2) has none; how wide it is."""
    for loose in (False, True):
        reader = _reader(stream, delimiter, after, strict=not loose)
        width, begin = 0, 1
        try:
            for cells in reader:
                width = max(width, len(cells))
                begin = reader.line_num + 1
        except csv.Error as error:
            if loose or "expected after" not in str(error):
                raise _refused(error, name, begin + after) from None
            continue
        break
    return loose, width


def _delimiter(stream: TextIO, after: bool) -> str:
    """The delimiter by which most of the first rows have the same number of cells, and more than one.

    A list in whose first line there is none, as most have none, has one column.
    """
    samples = {delimiter: _sample(stream, delimiter, after) for delimiter in DELIMITERS}

    def fitness(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in samples[delimiter] if any(row)]
        if not widths:
            return 0, 0
        width, number = Counter(widths).most_common(1)[0]
        return (number / len(widths) if width > 1 else 0), width

    best = max(DELIMITERS, key=fitness)
    if fitness(best)[0]:
        return best
    heads = [next((row for row in samples[delimiter] if any(row)), []) for delimiter in DELIMITERS]
    return _NONE if all(len(head) <= 1 for head in heads) else best


def _sample(stream: TextIO, delimiter: str, after: bool) -> Sequence[list[str]]:
    found: list[list[str]] = []
    try:
        for row in _reader(stream, delimiter, after, strict=False):
            found.append(row)
            if len(found) == _SAMPLE:
                break
    except csv.Error:
        pass
    return found
