"""What is attested by hand beside the lists, each row with its source: names, origins, heirs, days.

`places_movements.csv` has what led from one territory to another on a day, `places_by_hand.csv` names of communes.
A row that says what the lists exclude ends the run, as does one that says nothing beside them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from places_records import COMMUNE, Event, Key, Life
from places_sources import by_hand


class Movement(NamedTuple):
    """On the day `date`, the first territory led to the second; a row without a first says when a commune began."""

    date: str
    kind: str
    code: str
    to_kind: str
    to_code: str
    source: str

    @property
    def before(self) -> Key:
        return self.kind, self.code

    @property
    def after(self) -> Key:
        return self.to_kind, self.to_code


@cache
def movements() -> tuple[Movement, ...]:
    """The rows of `places_movements.csv`."""
    with Path(__file__).with_name("places_movements.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    assert tuple(header) == Movement._fields
    assert rows == sorted(rows), "places_movements.csv is not sorted"
    assert all(row[-1] for row in rows), "a row of places_movements.csv has no source"
    return tuple(Movement(*row) for row in rows)


def renamed(lives: list[Life], events: list[Event], names: list[dict[str, str]]) -> tuple[list[Life], list[Event]]:
    """With the names that communes and parts had by `names`, and the events between two names of a commune.

    A row without a life of its code in the lists is one.
    """
    found, more = list(lives), list(events)
    for row in names:
        kind, code, name, start, end = (row[c] for c in ("kind", "code", "name", "start", "end"))
        held = [x for x in found if (x.kind, x.code) == (kind, code)]
        if not held:
            found.append(Life(kind, code, name, start, end, ""))
            continue
        (life,) = [x for x in held if x.start <= start and (end or "9") <= (x.end or "9")]
        assert life.name != name, f"{code} is called {name} already"
        spans = ((life.start, start, life.name), (start, end, name), (end, life.end, life.name))
        found.remove(life)
        found += [life._replace(start=a, end=b, name=n) for a, b, n in spans if a != b]
        after = [x.name for x in found if (x.kind, x.code, x.start) == (kind, code, end)]
        if (
            kind == COMMUNE
            and after not in ([], [name])
            and not any(e.date == end and e.code == e.to_code == code and e.kind == e.to_kind for e in more)
        ):
            grown = any(e.date == end and e.to_kind == kind and e.to_code == code for e in more)
            more.append(Event(end, "merger" if grown else "rename", kind, code, kind, code))
    return found, more


def originated(
    lives: list[Life], events: list[Event], rows: tuple[Movement, ...]
) -> tuple[list[Life], list[Event], set[Movement]]:
    """With what communes were created of, and who has the land of those that were abolished; and the rows that say so.

    The run ends if no row says it of one, or if a row is of a commune that was not in force the day before.
    """
    found, used = set(events), set()
    held = list(lives)
    for row in rows:
        creation = Event(row.date, "creation", "", "", row.to_kind, row.to_code)
        abolition = Event(row.date, "abolition", row.kind, row.code, "", "")
        if not row.code:
            (life,) = [x for x in held if (x.kind, x.code) == row.after and not x.start]
            held[held.index(life)] = life._replace(start=row.date)
            found.add(creation)
        elif creation in found:
            found.add(Event(row.date, "split", *row[1:5]))
        elif abolition in events:
            found.add(abolition._replace(to_kind=row.to_kind, to_code=row.to_code))
        else:
            continue
        used.add(row)
        if row.code:
            assert any((x.kind, x.code) == row.before and x.start < row.date <= (x.end or "9") for x in held), row
    for row in used:
        if row.code:
            found.discard(Event(row.date, "creation", "", "", row.to_kind, row.to_code))
            found.discard(Event(row.date, "abolition", row.kind, row.code, "", ""))
    unknown = [e for e in found if e.event in ("creation", "abolition") and "" in e[2:] and e in events]
    assert not unknown, f"places_movements.csv does not say what they come from, or go to: {unknown}"
    return held, sorted(found), used


def dated(lives: list[Life], events: list[Event], rows: list[Movement]) -> tuple[list[Life], list[Event]]:
    """With the days, instead of intervals, of what `rows` attest. The run ends if one of them attests nothing."""
    days: dict[tuple[str, ...], list[Movement]] = defaultdict(list)
    for row in rows:
        for key in (("before", *row.before), ("after", *row.after), (*row.before, *row.after)):
            days[key].append(row)
    used: set[Movement] = set()

    def day(cell: str, *key: str) -> str:
        earliest, slash, latest = cell.partition("/")
        within = [
            r for r in days.get(key, []) if slash and (earliest == ".." or earliest <= r.date) and r.date <= latest
        ]
        used.update(within)
        assert len({r.date for r in within}) < 2, f"two days of one event: {within}"
        return within[0].date if within else cell

    dated = [
        x._replace(start=day(x.start, "after", x.kind, x.code), end=day(x.end, "before", x.kind, x.code)) for x in lives
    ]
    told = {Event(day(e.date, *e[2:]), *e[1:]) for e in events}
    for row in rows:
        if row not in used or row.code[:3] == row.to_code[:3] or (row.kind, row.to_kind) != (COMMUNE, COMMUNE):
            continue
        if not any(e[2:] == row[1:5] for e in told):  # no list has both codes
            told.add(Event(row.date, "departement", *row[1:5]))
    lost = [row for row in rows if row not in used]
    assert not lost, f"places_movements.csv says what the lists do not: {lost}"
    return dated, sorted(told)


def names_by_hand() -> list[dict[str, str]]:
    """The rows of `places_by_hand.csv` that name a commune or a part of one."""
    return [row for row in by_hand() if row["kind"].startswith("commune")]
