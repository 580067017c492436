"""The labelled places are well formed: what is asked of the matcher is stated without contradiction."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest

LABELS = Path(__file__).parent / "places"
FILES = ("labelled.csv", "carriers.csv", "sheets.csv")
INPUT = ("name", "code", "postal", "departement", "region", "kind", "date", "since")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one labelled file."""
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_the_number_of_expected_codes_is_that_of_the_outcome(name: str) -> None:
    allowed = {"linked": (1, 1), "ambiguous": (2, 99), "unknown": (0, 0)}
    for row in rows(name):
        least, most = allowed[row["outcome"]]
        assert least <= len(set(row["expected_code"].split())) <= most, row


@pytest.mark.parametrize("name", FILES)
def test_dates_are_days_and_files_have_plain_line_ends(name: str) -> None:
    assert b"\r" not in (LABELS / name).read_bytes()
    for row in rows(name):
        for column in ("date", "since"):
            if row.get(column):
                datetime.date.fromisoformat(row[column])


def test_one_input_has_one_label() -> None:
    labels: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in rows("labelled.csv"):
        asked = tuple(row[column] for column in INPUT)
        said = (row["outcome"], row["expected_code"])
        assert labels.setdefault(asked, said) == said, row


def test_identifiers_are_unique_and_every_departement_is_asked() -> None:
    labelled = rows("labelled.csv")
    assert max(Counter(row["id"] for row in labelled).values()) == 1
    codes = {code for row in labelled for code in row["expected_code"].split() if len(code) == 5}
    asked = {code[:3] if code.startswith("97") else code[:2] for code in codes}
    metropolitan = {f"{number:02d}" for number in range(1, 96) if number != 20} | {"2A", "2B"}
    assert metropolitan | {"971", "972", "973", "974", "976"} <= asked


def test_every_carrier_of_the_records_is_asked_once_at_least() -> None:
    records = {path.stem for path in (LABELS.parents[1] / "data" / "laureate" / "2020").glob("*.yaml")}
    assert {row["record"].removeprefix("laureate:2020/") for row in rows("carriers.csv")} == records
