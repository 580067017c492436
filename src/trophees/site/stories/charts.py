"""The charts of a story: a block fenced as `chart`, a `key: value` a line.

`title`, `caption`, `ask` (a question, as in `asked`) and `kind`: `bars` and `points` (on a logarithmic axis, for what
does not compare) draw the numbers of `value`; `lines` draws them along `across`, a line per `row`; `table` draws
nothing. `row` names what a row is about, `note` what stands below; `columns` are further cells; `most`, the rows shown;
`by`, numbers whose sum orders lines; `absent`, what a line is where the query has no row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from trophees.site.drawing.chart import NOTHING, Chart, Mark, Row, Tick, logarithmic
from trophees.site.statements import Name
from trophees.site.stories.asked import Answers, Asked, cell_text, number, read, split
from trophees.site.stories.asked import Row as Answer
from trophees.site.thing.cells import Cell

KINDS = ("bars", "points", "lines", "table")
MOST = 25  # rows, unless the block says fewer
_NEEDED, _KEYS = (
    {"title", "caption", "ask", "kind", "row"},
    {"value", "note", "columns", "most", "across", "by", "absent"},
)
_MARGIN = 8  # hundredths of an axis of points in time that stay free at its ends
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Block:
    """What a block says; `id` is where the chart stands on the page."""

    id: str
    kind: str
    title: str
    caption: str
    asked: Asked
    row: str
    value: str
    note: str
    columns: tuple[str, ...]
    most: int
    across: str
    by: str
    absent: str


def parsed(text: str, id: str) -> Block:
    """The block in `text`; ValueError, with what is expected, if it is none."""
    lines = [line.partition(":") for line in text.splitlines() if line.strip()]
    said = {key.strip(): value.strip() for key, _, value in lines}
    if missing := sorted(_NEEDED - said.keys()):
        raise ValueError(f"a chart needs “{missing[0]}: …”")
    if unknown := sorted(said.keys() - _NEEDED - _KEYS):
        raise ValueError(f"a chart has no “{unknown[0]}”, but {', '.join(sorted(_NEEDED | _KEYS))}")
    kind = said["kind"]
    if kind not in KINDS:
        raise ValueError(f"the kind of a chart is one of {', '.join(KINDS)}")
    needs = {"table": (), "lines": ("value", "across")}.get(kind, ("value",))
    if lacking := [key for key in needs if key not in said]:
        raise ValueError(f"a chart of {kind} needs “{lacking[0]}: …”")
    most = said.get("most", str(MOST))
    if not most.isdecimal() or not 1 <= int(most) <= MOST:
        raise ValueError(f"“most” is a number from 1 to {MOST}")
    if number(said.get("absent", "0")) is None:
        raise ValueError("“absent” is a number")
    return Block(
        id=id,
        kind=kind,
        title=said["title"],
        caption=said["caption"],
        asked=read(split(said["ask"])),
        row=said["row"],
        value=said.get("value", ""),
        note=said.get("note", ""),
        columns=tuple(said.get("columns", "").replace(",", " ").split()),
        most=int(most),
        across=said.get("across", ""),
        by=said.get("by", ""),
        absent=said.get("absent", ""),
    )


def drawn(answers: Answers, block: Block) -> Chart:
    """The chart, whose rows are those of the answer; without rows if it has none."""
    names = (block.row, block.value, block.note, block.across, block.by, *block.columns)
    answers.known(block.asked, *(name for name in names if name))
    rows = answers.rows(block.asked)
    if block.value:
        rows = [row for row in rows if _number(row, block.value) is not None]
    chart = _lines(answers, block, rows) if block.kind == "lines" else _listed(answers, block, rows)
    about = answers.words(f"column.{block.row}")
    return replace(chart, caption=block.caption, about=about, drawn=block.kind != "table")


def _listed(answers: Answers, block: Block, rows: list[Answer]) -> Chart:
    """A row of the answer a row, in its order."""
    shown, words = rows[: block.most], answers.words
    numbers = [_number(row, block.value) or 0.0 for row in shown] if block.value else []
    marks: list[tuple[Mark, ...]] = [()] * len(shown)
    ticks: tuple[Tick, ...] = ()
    if block.kind == "points":
        places, ticks = logarithmic(numbers, words)
        marks = [(Mark(at, 0, "dot"),) for at in places]
    elif block.kind == "bars":
        longest = max([1.0, *numbers])
        marks = [(Mark(0, round(100 * max(one, 0) / longest, 2), "level-3"),) for one in numbers]
    columns = tuple(dict.fromkeys(filter(None, (block.value, *block.columns))))
    about = answers.shown(block.asked, block.row, shown)
    notes = (
        [_name(cell) for cell in answers.shown(block.asked, block.note, shown)]
        if block.note
        else [NOTHING] * len(shown)
    )
    cells = (
        zip(*(answers.shown(block.asked, name, shown) for name in columns), strict=True)
        if columns
        else [()] * len(shown)
    )
    made = tuple(
        Row(_name(cell), cell.link.href, marked, tuple(map(_name, others)), note)
        for cell, marked, others, note in zip(about, marks, cells, notes, strict=True)
    )
    heads = tuple(words(f"column.{name}") for name in columns)
    beyond = len(rows) - len(shown)
    return Chart(block.id, block.asked.query, heads, made, ticks, beyond=beyond, id=block.id)


def _lines(answers: Answers, block: Block, rows: list[Answer]) -> Chart:
    """A line a row: what it is at each step of `across`, all on one scale from 0."""
    steps = sorted({cell_text(row, block.across) for row in rows})
    series: dict[str, list[Answer]] = {}
    for row in rows:
        series.setdefault(cell_text(row, block.row), []).append(row)
    order = sorted(
        series, key=lambda name: (-sum(_number(row, block.by or block.value) or 0 for row in series[name]), name)
    )
    shown = [series[name] for name in order[: block.most]]
    top = _rounded(max((_number(row, block.value) or 0 for one in shown for row in one), default=0))
    room = (100 - 2 * _MARGIN) / max(len(steps) - 1, 1)
    at = {step: round(_MARGIN + place * room, 2) for place, step in enumerate(steps)}
    made = []
    for one in shown:
        told = {cell_text(row, block.across): row for row in one}
        values = {step: _number(told[step], block.value) for step in steps if step in told}
        if block.absent:
            values = {step: values.get(step, number(block.absent)) for step in steps}
        ends = [(at[step], _height(values[step] or 0, top)) for step in steps if step in values]
        marks = tuple(
            Mark(x, round(next_ - x, 2), "curve", (y, height))
            for (x, y), (next_, height) in pairwise(ends)
            if round(next_ - x, 2) <= round(room + 0.02, 2)  # a step without a value breaks the line
        )
        dots = tuple(Mark(x, 0, "dot", (y, y)) for x, y in ends)
        cells = tuple(_said(answers, values.get(step)) for step in steps)
        (cell,) = answers.shown(block.asked, block.row, one[:1])
        made.append(Row(_name(cell), cell.link.href, (*marks, *dots), cells))
    ticks = tuple(Tick(at[step], step) for step in steps)
    beyond = len(series) - len(shown)
    return Chart(
        block.id, block.asked.query, tuple(steps), tuple(made), ticks, beyond=beyond, id=block.id, numbers=True
    )


def _said(answers: Answers, value: float | None) -> Name:
    return Name("–" if value is None else answers.words.number(f"{value:.10g}"), "")


def _height(value: float, top: float) -> float:
    """How high a value stands above the bottom, in hundredths, with room for its dot."""
    return round(_MARGIN + (100 - 2 * _MARGIN) * value / top, 2)


def _rounded(value: float) -> float:
    """The end of an axis that has room for `value`."""
    power = 1.0
    while True:
        for step in _STEPS:
            if value <= step * power:
                return step * power
        power *= 10


def _name(cell: Cell) -> Name:
    return Name(cell.link.text, cell.link.lang)


def _number(row: Answer, column: str) -> float | None:
    return number(cell_text(row, column))
