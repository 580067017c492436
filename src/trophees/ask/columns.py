"""The columns of rows that are empty in every row, told from the rows as they were written."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def empty(names: Sequence[str], form: str, data: bytes) -> list[str]:
    """Those of the columns `names` that have no value, or an empty text, in each row of `data`: csv, tsv, json or xml.

    Of no rows there are none.
    """
    if form == "json":
        return _counted(names, data, b'"%s":{', b'"%s":{"type":"literal","value":""', b'"bindings":[{')
    if form == "xml":
        return _counted(names, data, b'<binding name="%s">', b'<binding name="%s"><literal></literal>', b"<result>")
    _, _, rows = data.partition(b"\n")
    first = rows.partition(b"\n")[0]
    separator = b"\t" if form == "tsv" else b","
    if not rows or (b'"' not in first and b"" not in (cells := first.split(separator)) and len(cells) == len(names)):
        return []  # most answers are told by their first row
    if form == "tsv":
        return of_rows(names, (["" if c == b'""' else c for c in line.split(b"\t")] for line in rows.split(b"\n")[:-1]))
    from csv import reader
    from io import StringIO

    return of_rows(names, (row or [""] for row in reader(StringIO(rows.decode(), newline=""))))


def of_rows(names: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Those of the columns `names` that are empty in each of `rows`; none if there is no row."""
    left, some = list(range(len(names))), False
    for row in rows:
        some = True
        left = [place for place in left if row[place] in (None, "", b"")]
        if not left:
            break
    return [names[place] for place in left] if some else []


def of_zeros(row: Sequence[object]) -> bool:
    """Whether each number of `row` is 0, and it has no other value."""
    values = [value for value in row if value is not None]
    return bool(values) and all(type(value) is int and value == 0 for value in values)


def _counted(names: Sequence[str], data: bytes, bound: bytes, blank: bytes, row: bytes) -> list[str]:
    """By how often a name is bound, and how often to an empty text: in texts, the signs of both are escaped."""
    if row not in data:
        return []
    said = [name.encode() for name in names]
    return [
        name for name, known in zip(names, said, strict=True) if data.count(bound % known) == data.count(blank % known)
    ]
