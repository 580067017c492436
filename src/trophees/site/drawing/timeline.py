"""Dates on an axis of years: what an EDTF date covers, in years and fractions of a year."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # the month in which each is drawn to begin
_MOST_YEARS = 7


@dataclass(frozen=True)
class Span:
    """From `start` to `end`. `opens`: no start is known; `closes`: no end is."""

    start: float
    end: float
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True)
class Axis:
    """From the first of January of `first` to that of `end`."""

    first: int
    end: int

    def place(self, year: float) -> float:
        """Where `year` stands, in hundredths of the axis."""
        share = (min(max(year, self.first), self.end) - self.first) / (self.end - self.first)
        return round(100 * share, 2)

    def years(self) -> range:
        """The years to write on it."""
        return range(self.first, self.end, max(1, -(-(self.end - self.first) // _MOST_YEARS)))


def covered(edtf: str) -> tuple[float, float] | None:
    """The beginning and the end of what a date, month, season or year covers; None if it is none of these."""
    match = _DATE.fullmatch(edtf)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        try:
            number = date(year, month, day).timetuple().tm_yday
        except ValueError:
            return None
        days = 366 if isleap(year) else 365
        return year + (number - 1) / days, year + number / days
    if month in _SEASONS:
        begin = year + (_SEASONS[month] - 1) / 12
        return begin, begin + 3 / 12
    if month:
        return year + (month - 1) / 12, year + month / 12
    return float(year), year + 1.0


def span(start: str, end: str) -> Span:
    """The interval between two dates, both included. What has no start is drawn at its end only."""
    first, final = covered(start), covered(end)
    if first and final:
        return Span(first[0], max(final[1], first[0]))
    if first:
        return Span(first[0], 9999.0, closes=True)
    if final:
        return Span(final[0], final[1], opens=True)
    return Span(0.0, 0.0)


def axis(spans: Sequence[Span]) -> Axis:
    """The whole years around `spans`; this leaves open ends aside."""
    known = [s.start for s in spans if s.start] + [s.end for s in spans if s.start and not s.closes]
    if not known:
        return Axis(0, 1)
    return Axis(int(min(known)), max(int(min(known)) + 1, -int(-max(known) // 1)))
