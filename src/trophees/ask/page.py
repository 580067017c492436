"""An answer for a program that reads little: a page of rows, cut to what it has room for, with what comes after it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from trophees.ask.engine import Result
from trophees.base import lexical
from trophees.base.namespaces import XSD

ROWS = 200  # of a page, at most
ROOM = 20_000  # characters of the rows of a page; the first has its place whatever it takes
CELL = 1000  # characters of a cell
COUNTED = 10_000  # rows of an answer, beyond which no more are counted
_EXACT = 2**53  # up to which every reader of JSON has the same integers

Cell = str | int | float | bool | None


def page(result: Result, offset: int = 0, most: int = ROWS) -> dict[str, object]:
    """The rows of `result` from number `offset` (from 0), `most` of them at most, as JSON has them.

    `total` rows are there, or more if it is not `exact`; `next` is the offset of the first that had no place, or None.
    ASK gives a `boolean`. Triples are rows of one cell, in N-Triples and in the order of their lines.
    """
    if isinstance(result, QueryBoolean):
        return {"boolean": bool(result)}
    rows: Iterator[list[Cell]]
    if isinstance(result, QuerySolutions):
        columns = [variable.value for variable in result.variables]
        rows = ([cell(solution[name]) for name in columns] for solution in result)
    else:
        columns = ["triple"]
        rows = ([_cut(line)] for line in sorted({f"{triple} ." for triple in result}))
    skipped = sum(1 for _ in islice(rows, offset))
    kept: list[list[Cell]] = []
    size, total = 0, skipped
    for row in rows:
        total += 1
        size += len(json.dumps(row, ensure_ascii=False))
        if len(kept) == most or (kept and size > ROOM):
            break
        kept.append(row)
    after = skipped + len(kept)
    more = total > after
    total += sum(1 for _ in islice(rows, max(COUNTED - total, 0)))
    exact = next(rows, None) is None
    return {"columns": columns, "rows": kept, "total": total, "exact": exact, "next": after if more else None}


def cell(term: object) -> Cell:
    """`term` as JSON has it: numbers and booleans as such where they lose nothing, everything else its text."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return term.value
    if not isinstance(term, Literal):
        return _cut(str(term))
    name = term.datatype.value.removeprefix(XSD)
    if name == "integer" and lexical.INTEGER.fullmatch(term.value) and len(term.value) < 20:
        number = int(term.value)
        return number if abs(number) <= _EXACT else term.value
    if name == "decimal" and lexical.DECIMAL.fullmatch(term.value) and len(term.value) <= 15:
        return float(term.value)
    if name == "boolean" and lexical.BOOLEAN.fullmatch(term.value):
        return term.value in ("true", "1")
    return _cut(term.value)


def _cut(text: str) -> str:
    return text if len(text) <= CELL else f"{text[:CELL]}… ({len(text)} characters)"
