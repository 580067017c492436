"""A table with what each of its rows means beside it: the same rows, in the same order, and columns more."""

from __future__ import annotations

import gc
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from trophees.base.errors import UserError
from trophees.base.language import Both, Language
from trophees.places import columns
from trophees.places.answered import OUTCOME, Link, asked, named
from trophees.places.columns import Columns
from trophees.places.side_by_side import CHUNK, Questions, answered
from trophees.reading.grid import SAMPLE, Grid, Row, header_at
from trophees.reading.rewritten import Writer

_DEEPEST = 5  # rows among which a header is looked for by its words
_LONGER = 100  # cells that a row may have more than the header


@dataclass(frozen=True)
class Wish:
    """What is asked of a table: the columns that are named, by role; the days; whether it has a header, if it is said.

    `processes` is how many may answer at once.
    """

    columns: Mapping[str, str]
    on: date | None = None
    to: date | None = None
    header: bool | None = None
    lang: Language = "fr"
    processes: int = 1


@dataclass(frozen=True)
class Start:
    """The beginning of a table: the rows above its header, the header, if there is one, and the rows after it."""

    above: list[Row]
    header: Row | None
    rows: list[Row]
    columns: Columns
    notes: list[Both]


def link_table(
    grid: Grid, out: Callable[[], Writer], wish: Wish, link: Link, note: Callable[[Both], None]
) -> Counter[str]:
    """Write the rows of `grid`, each with its answer, and count the outcomes; `note` is told what is odd.

    A line with nothing on it stays so, unless the table has one column. UserError, before `out` is called, if no
    column tells of territories.
    """
    start = begin(grid, wish, link)
    gc.freeze()  # the reference, which stays, is not looked at for garbage again
    for said in start.notes:
        note(said)
    writer = out()
    for row in start.above:
        writer.row(row, ())
    names = [cell.strip() for cell in start.header.cells] if start.header else []
    head = start.header or Row(0, ())
    if start.header or grid.form == "jsonl":
        writer.header(head, named(names))
    else:
        writer.unnamed(named(names))
    counts: Counter[str] = Counter()
    single = grid.width <= 1 and grid.form != "jsonl"
    chunks = _chunks(itertools.chain(start.rows, grid.rows), start.columns, wish, single)
    for rows, answers in answered(chunks, link, wish.lang, wish.processes):
        found = iter(answers)
        for row in rows:
            if not row.cells and not single:
                writer.row(row, ())
                counts["empty"] += 1
                continue
            added = next(found)
            counts[added[OUTCOME]] += 1
            writer.row(row, added)
    writer.close()
    return counts


def begin(grid: Grid, wish: Wish, link: Link) -> Start:
    """The beginning of `grid`, read to the row by which its header and columns are known."""
    taken: list[Row] = []
    for row in grid.rows:
        taken.append(row)
        if len(taken) > 20 * SAMPLE or sum(1 for found in taken if any(found.cells)) > SAMPLE:
            break
    filled = [row for row in taken if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise UserError(f"{grid.name}: holds no table: it has no row")
    first = _header(grid, filled, wish)
    notes: list[Both] = list(grid.notes)
    if first is None:
        return _headless(grid, taken, filled, wish, link, notes)
    header = Row(first.line, first.cells, first.raw)
    place = taken.index(header)
    rows = taken[place + 1 :]
    if grid.width > len(header.cells) + _LONGER:
        raise UserError(f"{grid.name}: has rows with {grid.width} cells, and {len(header.cells)} in the header")
    wide = Row(header.line, (*header.cells, *[""] * (grid.width - len(header.cells))), header.raw)
    sample = [row.cells for row in rows if any(row.cells)]
    try:
        chosen = columns.chosen(wide.cells, sample, wish.columns, link)
    except UserError as error:
        if not sample and wish.header is None and grid.form != "jsonl" and _is_data(wide, link):
            return _headless(grid, taken, filled, wish, link, notes)
        raise UserError(f"{grid.name}: {error}") from None
    if not chosen.by_words and wish.header is None and grid.form != "jsonl":
        again = columns.chosen(wide.cells, [header.cells], {}, link) if _is_data(wide, link) else None
        if again is not None:
            return _headless(grid, taken, filled, wish, link, notes)
    if place and any(any(row.cells) for row in taken[:place]):
        notes.append(
            Both(
                f"{grid.name}:{header.line} : l’en-tête est sur cette ligne ; ce qui est au-dessus reste tel quel",
                f"{grid.name}:{header.line}: the header is on this line; what is above it stays as it is",
            )
        )
    if grid.width > len(header.cells):
        notes.append(
            Both(
                f"{grid.name} : des lignes ont plus de cellules que l’en-tête, qui reçoit des colonnes sans nom",
                f"{grid.name}: rows have more cells than the header, which gets columns without a name",
            )
        )
    said = chosen.said(wide.cells)
    notes += [*chosen.notes, Both(f"{grid.name} : colonnes {said}", f"{grid.name}: columns {said}")]
    return Start(taken[:place], wide, rows, chosen, notes)


def _header(grid: Grid, filled: list[Row], wish: Wish) -> Row | None:
    if wish.header is False and grid.form != "jsonl":
        return None
    usual = filled[header_at(filled)] if grid.form != "jsonl" else filled[0]
    if grid.form == "jsonl" or (not wish.columns and columns.has_words(usual.cells)):
        return usual
    given = wish.columns.values()
    return next((row for row in filled[:_DEEPEST] if columns.is_header(row.cells, given)), usual)


def _is_data(row: Row, link: Link) -> bool:
    """True if what might be a header tells of a territory itself."""
    try:
        columns.chosen([""] * len(row.cells), [row.cells], {}, link)
    except UserError:
        return False
    return True


def _headless(grid: Grid, taken: list[Row], filled: list[Row], wish: Wish, link: Link, notes: list[Both]) -> Start:
    sample = [row.cells for row in filled]
    chosen = columns.chosen([""] * max(grid.width, 1), sample, wish.columns, link)
    said = chosen.said([""] * max(grid.width, 1))
    notes = [
        *notes,
        Both(
            f"{grid.name} : sans en-tête, et il n’en est pas écrit ; colonnes {said}",
            f"{grid.name}: without a header, and none is written; columns {said}",
        ),
    ]
    return Start([], None, taken, chosen, notes)


def _chunks(rows: Iterable[Row], used: Columns, wish: Wish, single: bool) -> Iterator[tuple[list[Row], Questions]]:
    roles = list(used.roles.items())
    iterator = iter(rows)
    while chunk := list(itertools.islice(iterator, CHUNK)):
        questions = [
            asked({role: row.cells[at] if at < len(row.cells) else "" for role, at in roles}, wish.on, wish.to)
            for row in chunk
            if row.cells or single
        ]
        yield chunk, questions
