"""A chart: a table whose rows carry a drawing, so that the text of the chart is the table itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10

from trophees.site.l10n import Words
from trophees.site.statements import Name

NOTHING = Name("", "")
_MANY_POWERS, _MOST_POWERS = 6, 9  # from so many on, the long numbers of a logarithmic axis would lie over each other


@dataclass(frozen=True)
class Mark:
    """A piece of a drawing: from `start` over `width`, in hundredths of the axis; `look` is its class in the sheet.

    `heights` are those of its two ends above the bottom, in hundredths, where it is no bar: a line, or a dot on one.
    """

    start: float
    width: float
    look: str
    heights: tuple[float, float] | None = None


@dataclass(frozen=True)
class Row:
    """What a row is about, its drawing, and its cells."""

    name: Name
    href: str
    marks: tuple[Mark, ...]
    cells: tuple[Name, ...]
    note: Name = NOTHING
    lead: str = ""  # the address of the list of the laureates that the first cell counts, from the root of the site


@dataclass(frozen=True)
class Tick:
    """A place on the axis, in hundredths, and what is written there."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A chart. `left_out` is how many rows of the query are not shown; `key` prefixes its messages, if it has any.

    `id` is where it stands on the page; `edition` the one that it counts, where there are several. `caption`, and
    `about`, the head of the names of the rows, stand for the messages of a chart that has its own. `numbers` says that
    its cells are numbers, though it has an axis. What is not `drawn` is a table alone.
    """

    key: str
    query: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()  # the look of a piece, and what it means
    left_out: int = 0
    beyond: int = 0  # rows that would be shown if there were fewer
    edition: Name = NOTHING
    id: str = ""
    caption: str = ""
    about: str = ""
    numbers: bool = False
    drawn: bool = True


def logarithmic(values: list[float], words: Words) -> tuple[list[float], tuple[Tick, ...]]:
    """Where `values` stand on an axis of powers of ten that has room for all, and its ticks; what is below 1, at 1."""
    powers = max([1, *(ceil(log10(value)) for value in values if value > 1)])
    step = 1 if powers < _MANY_POWERS else 2 if powers < _MOST_POWERS else 4
    ticks = (Tick(round(100 * n / powers, 2), words.number(10**n)) for n in range(powers % step, powers + 1, step))
    return [round(100 * log10(max(value, 1)) / powers, 2) for value in values], tuple(ticks)
