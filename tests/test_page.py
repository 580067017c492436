"""A page of an answer, for a program that reads little: what is kept, what is cut, and what comes after it."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from trophees.ask import page as pages
from trophees.ask.page import CELL, COUNTED, ROOM, ROWS, cell, page
from trophees.base.namespaces import XSD


def rows(number: int, width: int = 0) -> str:
    values = " ".join(f'"{n:0{width}}"' if width else str(n) for n in range(number))
    return f"SELECT ?n {{ VALUES ?n {{ {values} }} }}"


def asked(query: str, offset: int = 0, most: int = ROWS) -> dict[str, object]:
    return page(Store().query(query), offset, most)


def test_a_page_says_what_comes_after_it() -> None:
    told = {"columns": ["n"], "total": 5, "exact": True}
    assert asked(rows(5)) == {**told, "rows": [[0], [1], [2], [3], [4]], "next": None}
    assert asked(rows(5), 0, 2) == {**told, "rows": [[0], [1]], "next": 2}
    assert asked(rows(5), 2, 2) == {**told, "rows": [[2], [3]], "next": 4}
    assert asked(rows(5), 4, 2) == {**told, "rows": [[4]], "next": None}
    assert asked(rows(5), 9, 2) == {**told, "rows": [], "next": None}


def test_a_page_has_two_hundred_rows_unless_fewer_are_asked_for() -> None:
    found = asked(rows(201))
    assert (len(found["rows"]), found["total"], found["next"]) == (200, 201, 200)  # type: ignore[arg-type]


def test_rows_that_have_no_room_are_on_the_next_page_but_the_first_has_its_place() -> None:
    size = len('["') + 500 + len('"]')
    fit = ROOM // size
    assert asked(rows(fit + 1, 500))["next"] == fit
    assert asked(rows(fit, 500))["next"] is None


def test_the_first_row_has_its_place_whatever_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOM", 2)
    found = asked(rows(2, 9))
    assert (found["rows"], found["next"], found["total"]) == ([["000000000"]], 1, 2)


@pytest.mark.parametrize(("number", "exact"), [(COUNTED, True), (COUNTED + 1, False)])
def test_of_many_rows_some_are_counted(number: int, exact: bool) -> None:
    found = asked(f"SELECT * {{ {{ {rows(number)} }} }}", 0, 1)
    assert (found["total"], found["exact"]) == (COUNTED, exact)


def test_triples_are_rows_of_one_cell_in_the_order_of_their_lines_each_once() -> None:
    found = asked("CONSTRUCT { ?s <urn:p> 1 } { VALUES ?s { <urn:b> <urn:a> <urn:a> } }")
    one = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert found["columns"] == ["triple"]
    assert found["rows"] == [[f"<urn:a> <urn:p> {one} ."], [f"<urn:b> <urn:p> {one} ."]]


def test_yes_or_no_is_a_boolean() -> None:
    assert asked("ASK {}") == {"boolean": True}
    assert asked("ASK { ?s ?p ?o }") == {"boolean": False}


@pytest.mark.parametrize(("name", "text", "expected"), [
    ("integer", "+07", 7),
    ("integer", str(2**53), 2**53),
    ("integer", str(2**53 + 1), str(2**53 + 1)),
    ("integer", str(-(2**53) - 1), str(-(2**53) - 1)),
    ("integer", "0" * 18 + "7", 7),
    ("integer", "0" * 19 + "7", "0" * 19 + "7"),
    ("integer", "seven", "seven"),
    ("decimal", "1.50", 1.5),
    ("decimal", "1.2345678901234", 1.2345678901234),
    ("decimal", "1.23456789012345", "1.23456789012345"),
    ("decimal", "1e3", "1e3"),
    ("double", "1.5", "1.5"),
    ("boolean", "1", True),
    ("boolean", "true", True),
    ("boolean", "0", False),
    ("boolean", "false", False),
    ("boolean", "oui", "oui"),
    ("string", "a" * CELL, "a" * CELL),
    ("string", "a" * (CELL + 1), "a" * CELL + "… (1001 characters)"),
])  # fmt: skip
def test_a_cell_is_a_number_or_a_boolean_where_it_loses_nothing(name: str, text: str, expected: object) -> None:
    found = cell(Literal(text, datatype=NamedNode(XSD + name)))
    assert (found, type(found)) == (expected, type(expected))


def test_a_cell_of_another_kind_is_its_text() -> None:
    assert cell(None) is None
    assert cell(NamedNode("urn:" + "a" * CELL)) == "urn:" + "a" * CELL
    assert cell(BlankNode("b")) == "_:b"
    assert cell(Literal("été", language="fr")) == "été"
