"""How right the matcher is on the labelled places: kinds of error are mended, never rows."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from trophees.places import reference
from trophees.places.link import Asked, Linked, link

COLUMNS = ("name", "code", "postal", "departement", "region", "kind")


class Share(NamedTuple):
    """Of the rows that are linked, how many are right; of those that should be, how many are."""

    precision: float
    found: float
    wrong: list[str]


@cache
def labelled(file: str) -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def answer(row: dict[str, str]) -> Linked:
    day = date.fromisoformat(row["date"]) if row["date"] else None
    name, code, postal, departement, region, kind = (row.get(column, "") for column in COLUMNS)
    asked = Asked(name, code, postal, departement, region, kind, on=day)
    if row.get("since"):
        asked = asked._replace(on=date.fromisoformat(row["since"]), to=day)
    return link(asked)


def right(row: dict[str, str], found: Linked) -> bool:
    places = (found.place,) if found.place else found.candidates
    kinds = {place.kind for place in places if place}
    expected = set(row["expected_code"].split())
    if row["outcome"] == "unknown":  # of what contradicts itself, anything but linked is right
        return found.outcome != "linked"
    same_kind = found.place is None or not row["expected_kind"] or kinds == {row["expected_kind"]}
    return found.outcome == row["outcome"] and {place.code for place in places if place} == expected and same_kind


def share(rows: list[dict[str, str]]) -> Share:
    linked, good, resolvable, resolved, wrong = 0, 0, 0, 0, []
    for row in rows:
        found = answer(row)
        is_right = right(row, found)
        linked += found.outcome == "linked"
        good += found.outcome == "linked" and is_right
        resolvable += row["outcome"] == "linked"
        resolved += row["outcome"] == "linked" and is_right
        if not is_right:
            wrong.append(f"{row}: {found.outcome} {found.place} {found.why.fr}")
    return Share(good / linked, resolved / resolvable, wrong)


def of_labelled(wanted: Callable[[str], bool]) -> list[dict[str, str]]:
    return [row for row in labelled("labelled") if wanted(row["group"])]


@pytest.mark.parametrize(
    ("rows", "least"),
    [
        (of_labelled(lambda group: not group.startswith("history")), 0.99),
        (of_labelled(lambda group: group == "history"), 0.99),
        (list(labelled("carriers")), 0.96),
        ([row for row in labelled("sheets") if row["needs"] != "town"], 0.97),
    ],
    ids=["rows", "look-ups", "carriers", "sheets"],
)
def test_what_is_linked_is_right_and_what_can_be_linked_is(rows: list[dict[str, str]], least: float) -> None:
    measured = share(rows)
    assert measured.precision >= 0.999, measured.wrong
    assert measured.found >= least, measured.wrong


def test_what_a_commune_became_is_complete_unless_the_source_names_no_parent_of_a_new_one() -> None:
    created = {e.to_code for p in reference.places() for e in reference.events(p.kind, p.code) if not e.code}
    for row in of_labelled(lambda group: group == "history-split"):
        found = answer(row)
        codes = {place.code for place in (found.place, *found.candidates) if place}
        assert set(row["expected_code"].split()) - codes <= created, row
        assert codes <= set(row["expected_code"].split()), row


def test_homonyms_and_what_is_no_territory_are_never_linked() -> None:
    for row in labelled("labelled"):
        if row["outcome"] != "linked" and not row["group"].startswith("history"):
            assert answer(row).outcome != "linked", row
