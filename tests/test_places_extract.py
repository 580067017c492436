"""How the tables of places come from lists of one vintage and the next."""

from __future__ import annotations

import pytest

from places_attested import Movement, dated, movements, originated, renamed
from places_communes import going_on
from places_measures import Row, centres, sums
from places_records import ASSOCIATED, COMMUNE, DELEGATED, Event, Life, State
from places_vintages import _events

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


LIFE = Life(COMMUNE, "01001", "A", "", "", "")


def movement(date: str, code: str, to_code: str) -> Movement:
    return Movement(date, COMMUNE if code else "", code, COMMUNE, to_code, "a source")


def test_a_day_that_is_attested_stands_for_the_interval_between_two_lists() -> None:
    lives = [LIFE._replace(end=WHEN), LIFE._replace(name="B", start=WHEN)]
    event = Event(WHEN, "rename", COMMUNE, "01001", COMMUNE, "01001")
    day = "2030-06-01"
    found, events = dated(lives, [event], [movement(day, "01001", "01001")])
    assert [(x.start, x.end) for x in found] == [("", day), (day, "")]
    assert events == [event._replace(date=day)]


@pytest.mark.parametrize("day", ["2030-01-01", "2031-01-02"])
def test_a_day_that_the_lists_exclude_ends_the_run(day: str) -> None:
    with pytest.raises(AssertionError, match="says what the lists do not"):
        dated([LIFE._replace(end=WHEN)], [], [movement(day, "01001", "01001")])


def test_two_days_of_one_event_end_the_run() -> None:
    rows = [movement("2030-05-01", "01001", "01001"), movement("2030-06-01", "01001", "01002")]
    with pytest.raises(AssertionError, match="two days of one event"):
        dated([LIFE._replace(end=WHEN)], [], rows)


def test_a_creation_of_which_the_origin_is_attested_is_a_split() -> None:
    creation = Event("1950-01-01", "creation", "", "", COMMUNE, "01002")
    lives = [LIFE, LIFE._replace(code="01002", start="1950-01-01")]
    row = movement("1950-01-01", "01001", "01002")
    assert originated(lives, [creation], (row,)) == (lives, [Event("1950-01-01", "split", *row[1:5])], {row})
    with pytest.raises(AssertionError, match="does not say what they come from"):
        originated(lives, [creation], ())
    with pytest.raises(AssertionError, match="01009"):
        originated(lives, [creation], (movement("1950-01-01", "01009", "01002"),))


def test_the_land_of_what_was_abolished_goes_where_it_is_attested() -> None:
    abolition = Event("1950-01-01", "abolition", COMMUNE, "01001", "", "")
    rows = tuple(movement("1950-01-01", "01001", code) for code in ("01002", "01003"))
    _, events, used = originated([LIFE._replace(end="1950-01-01")], [abolition], rows)
    assert [e.to_code for e in events] == ["01002", "01003"]
    assert used == set(rows)
    with pytest.raises(AssertionError, match="or go to"):
        originated([LIFE], [abolition], ())


def test_a_commune_that_comes_from_none_begins_on_that_day() -> None:
    lives, events, _ = originated([LIFE], [], (movement("1947-09-17", "", "01001"),))
    assert lives == [LIFE._replace(start="1947-09-17")]
    assert events == [Event("1947-09-17", "creation", "", "", COMMUNE, "01001")]


def test_a_name_by_hand_cuts_a_life_and_an_event_leads_to_the_next_name() -> None:
    row = {"kind": COMMUNE, "code": "01001", "name": "B", "start": "", "end": "1960-01-01"}
    lives, events = renamed([LIFE], [], [row])
    assert [(x.name, x.start, x.end) for x in lives] == [("B", "", "1960-01-01"), ("A", "1960-01-01", "")]
    assert [e[:2] for e in events] == [("1960-01-01", "rename")]
    other = Event("1960-01-01", "merger", COMMUNE, "01002", COMMUNE, "01001")
    assert [e.event for e in renamed([LIFE], [other], [row])[1]] == ["merger", "merger"]
    with pytest.raises(AssertionError, match="called A already"):
        renamed([LIFE], [], [{**row, "name": "A"}])


def test_every_movement_by_hand_has_its_source_and_is_of_its_kind() -> None:
    assert len(movements()) > 400
    assert all(row.source and len(row.date) == 10 for row in movements())


def test_what_is_above_communes_is_where_most_of_its_inhabitants_are() -> None:
    counted: list[Row] = [(COMMUNE, "01001", "300", "2023", ""), (COMMUNE, "01002", "100", "2023", "")]
    placed: list[Row] = [(COMMUNE, "01001", "4.0", "46.0", ""), (COMMUNE, "01002", "8.0", "50.0", "")]
    inside = {("departement", "01"): ["01001", "01002", "01003"]}
    assert centres(placed, counted, inside) == [("departement", "01", "5.0000", "47.0000", "inhabitants")]
    assert sums(counted, inside) == [("departement", "01", "400", "2023", "sum")]
    assert sums([counted[0], (*counted[1][:3], "2017", "")], inside) == [("departement", "01", "400", "", "sum")]
