"""The columns of rows that say nothing, empty or 0 in every row: told from the rows as they were written."""

from __future__ import annotations

from trophees.base.namespaces import XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EMPTY, ZERO = "", "0"  # what a column that says nothing has
_NOTHING = (None, "", b"")
_BYTES = (b"0", b"0.0")
_ZEROS = (0, "0", "0.0", *_BYTES)
# how a name is bound; how to an empty text; how to 0: in texts, the signs of each are escaped
_JSON = (
    b'"%s":{',
    b'"%s":{"type":"literal","value":""',
    [b'"%s":{"type":"literal","value":"' + x + b'"' for x in _BYTES],
)
_NUMBERS = [
    f'<binding name="%s"><literal datatype="{XSD}{kind}">'.encode() + zero + b"<"
    for kind in ("integer", "decimal", "double")
    for zero in _BYTES
]
_XML = (b'<binding name="%s">', b'<binding name="%s"><literal></literal>', _NUMBERS)


def hollow(names: Sequence[str], form: str, data: bytes) -> dict[str, str]:
    """Those of the columns `names` that say nothing in any row of `data` (csv, tsv, json or xml), with what they have.

    EMPTY: no value, or an empty text. ZERO: that, or 0, as COUNT and SUM make it of nothing. Of no rows there are none.
    """
    if form == "json":
        return _counted(names, data, *_JSON) if b'"bindings":[{' in data else {}
    if form == "xml":
        return _counted(names, data, *_XML) if b"<result>" in data else {}
    _, _, rows = data.partition(b"\n")
    first = rows.partition(b"\n")[0]
    cells = first.split(b"\t" if form == "tsv" else b",")
    whole = b'"' not in first and len(cells) == len(names)
    if not rows or (whole and not any(cell in (b"", *_BYTES) for cell in cells)):
        return {}  # most answers are told by their first row
    if form == "tsv":
        return of_rows(names, ([_bare(cell) for cell in line.split(b"\t")] for line in rows.split(b"\n")[:-1]))
    from csv import reader
    from io import StringIO

    return of_rows(names, (row or [""] for row in reader(StringIO(rows.decode(), newline=""))))


def of_rows(names: Sequence[str], rows: Iterable[Sequence[object]]) -> dict[str, str]:
    """Those of the columns `names` that say nothing in any of `rows`; none if there is no row."""
    left, some = dict.fromkeys(range(len(names)), EMPTY), False
    for row in rows:
        some = True
        for place in list(left):
            value = row[place]
            if type(value) is not bool and value in _ZEROS:
                left[place] = ZERO
            elif value not in _NOTHING:
                del left[place]
        if not left:
            break
    return {names[place]: has for place, has in left.items()} if some else {}


def _bare(cell: bytes) -> bytes:
    """A cell of TSV, an empty text without its quotes, a number that is 0 without its type."""
    return b"" if cell == b'""' else b"0" if cell.startswith((b'"0"^^<', b'"0.0"^^<')) else cell


def _counted(names: Sequence[str], data: bytes, bound: bytes, empty: bytes, zeros: Sequence[bytes]) -> dict[str, str]:
    """By how often a name is bound, and how often to what says nothing."""
    found = {}
    for name in names:
        said = name.encode()
        zero = sum(data.count(sign % said) for sign in zeros)
        if data.count(bound % said) == data.count(empty % said) + zero:
            found[name] = ZERO if zero else EMPTY
    return found
