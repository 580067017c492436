"""Each row of `conventions.csv` has the territories that stand in it: one, several, or none."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from trophees.places.link import Asked, link

with (Path(__file__).parent / "conventions.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def asked(row: dict[str, str]) -> Asked:
    days = {field: date.fromisoformat(row[field]) if row[field] else None for field in ("on", "to")}
    return Asked(**{field: row[field] for field in Asked._fields if field not in days}, **days)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(filter(None, row.values())))
def test_a_row_means_what_the_conventions_say(row: dict[str, str]) -> None:
    found = link(asked(row))
    places = (found.place,) if found.place else found.candidates
    meant = " ".join(sorted(f"{place.kind} {place.code}" for place in places if place))
    assert (meant or found.outcome) == row["expected"]
