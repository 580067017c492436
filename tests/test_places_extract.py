"""How the tables of places come from lists of one vintage and the next."""

from __future__ import annotations

import pytest

from places_history import ASSOCIATED, COMMUNE, DELEGATED, Event, Life, State, _events, going_on

WHEN = "2030-01-02/2031-01-01"


def between(old: State, new: State, former: dict[str, str] | None = None) -> set[tuple[str, str, str]]:
    return {(e.event, e.code, e.to_code) for e in _events(WHEN, old, new, former or {}) if e.to_kind == COMMUNE}


def test_a_commune_that_becomes_delegated_goes_into_that_of_which_it_is_a_part() -> None:
    old: State = {(COMMUNE, "01001"): ("A", ""), (COMMUNE, "01002"): ("B", "")}
    new: State = {
        (COMMUNE, "01001"): ("A et B", ""),
        (DELEGATED, "01001"): ("A", "01001"),
        (DELEGATED, "01002"): ("B", "01001"),
    }
    assert between(old, new) == {("merger", "01001", "01001"), ("merger", "01002", "01001")}


def test_a_commune_without_a_part_goes_where_the_list_has_its_code() -> None:
    old: State = {(COMMUNE, "01001"): ("A", ""), (COMMUNE, "01002"): ("B", "")}
    new: State = {(COMMUNE, "01001"): ("A", "")}
    assert between(old, new, {"01002": "01001"}) == {("merger", "01002", "01001")}
    with pytest.raises(AssertionError, match="01002 is lost"):
        between(old, new)


def test_a_part_that_is_a_commune_again_is_taken_out_of_the_old_one() -> None:
    old: State = {(COMMUNE, "01001"): ("A", ""), (ASSOCIATED, "01002"): ("B", "01001")}
    new: State = {(COMMUNE, "01001"): ("A", ""), (COMMUNE, "01002"): ("B", "")}
    assert between(old, new) == {
        ("split", "01001", "01001"),
        ("split", "01001", "01002"),
        ("recreation", "01002", "01002"),
    }


def test_a_commune_of_the_same_name_under_another_code_has_changed_its_seat() -> None:
    old: State = {(COMMUNE, "01001"): ("A et B", ""), (DELEGATED, "01002"): ("B", "01001")}
    new: State = {(COMMUNE, "01002"): ("A et B", ""), (DELEGATED, "01002"): ("B", "01002")}
    assert between(old, new) == {("recode", "01001", "01002")}


def test_a_commune_comes_from_somewhere_or_the_run_ends() -> None:
    with pytest.raises(AssertionError, match="01003 comes from nowhere"):
        between({}, {(COMMUNE, "01003"): ("C", "")})


def test_a_name_alone_that_changes_is_a_rename() -> None:
    assert between({(COMMUNE, "01001"): ("A", "")}, {(COMMUNE, "01001"): ("A-sur-B", "")}) == {
        ("rename", "01001", "01001")
    }


def test_what_goes_on_after_a_split_is_among_its_heirs() -> None:
    split = Event("1980-01-01", "split", COMMUNE, "01001", COMMUNE, "01002")
    goes_on = Life(COMMUNE, "01001", "A", "", "", "")
    assert going_on([goes_on], {split}) == [split._replace(to_code="01001"), split]
    assert going_on([goes_on._replace(end="1980-01-01")], {split}) == [split]
