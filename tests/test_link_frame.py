"""`trophees.link`: a data frame of pandas or polars with the columns of `trophees link`."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pytest

import trophees
from trophees.places.answered import COLUMNS

FRAMES = [pd.DataFrame, pl.DataFrame]
ROWS = {"commune": ["Ville de Cachan", "Saint-Denis", None], "n": [1, 2, 3]}


@pytest.mark.parametrize("make", FRAMES)
def test_a_frame_comes_back_of_its_kind_with_the_columns_added(make: Any) -> None:
    given = make(ROWS)
    found = trophees.link(given, name="commune", lang="en")
    assert type(found) is type(given)
    assert list(found.columns) == ["commune", "n", *COLUMNS]
    assert list(given.columns) == ["commune", "n"]
    assert list(found["outcome"]) == ["linked", "ambiguous", "unknown"]
    assert found["code"][0] == "94016"
    assert list(found["score"]) == [1.0, 0.25, 0.0]
    assert found["why"][2] == "neither a name nor a code"


def test_an_index_stays_and_what_is_not_known_is_missing() -> None:
    found = trophees.link(pd.DataFrame(ROWS, index=[7, 7, 9]))
    assert list(found.index) == [7, 7, 9]
    assert found["code"].isna().tolist() == [False, True, True]
    assert trophees.link(pl.DataFrame(ROWS))["code"].is_null().to_list() == [False, True, True]


@pytest.mark.parametrize("make", FRAMES)
def test_numbers_and_days_of_a_frame_are_read(make: Any) -> None:
    frame = make({"insee": [1004.0, 94016.0, None], "day": [date(1990, 1, 1), None, None]})
    found = trophees.link(frame, code="insee", date="day", on="2020-01-01")
    assert list(found["code"])[:2] == ["01004", "94016"]
    assert list(found["outcome"]) == ["linked", "linked", "unknown"]


@pytest.mark.parametrize("make", FRAMES)
def test_a_frame_without_rows_has_the_columns(make: Any) -> None:
    found = trophees.link(make({"commune": []}), on=date(2020, 1, 1))
    assert list(found.columns) == ["commune", *COLUMNS]
    assert len(found) == 0


def test_a_column_of_the_frame_keeps_its_name() -> None:
    found = trophees.link(pd.DataFrame({"commune": ["Cachan"], "code": ["94016"]}))
    assert found[["code", "linked_code"]].iloc[0].tolist() == ["94016", "94016"]


def test_mistakes_are_sentences() -> None:
    frame = pd.DataFrame(ROWS)
    with pytest.raises(trophees.UserError, match="there is no column “ville”"):
        trophees.link(frame, name="ville")
    with pytest.raises(trophees.UserError, match="on='soon': is no day"):
        trophees.link(frame, on="soon")
    with pytest.raises(trophees.UserError, match="the reference begins on 1943-01-01"):
        trophees.link(frame, to=date(1900, 1, 1))
    with pytest.raises(trophees.UserError, match="not list"):
        trophees.link([1])


@pytest.mark.parametrize("module", ["trophees.places.frame_linked", "trophees.places.link_file"])
def test_linking_imports_neither_engine_nor_frames(module: str) -> None:
    heavy = {"pandas", "polars", "rdflib", "pyoxigraph", "yaml", "click"}
    code = f"import sys, {module}; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
