"""How values are written: the forms of the standard, one spelling for each value, and what a slip of the pen meant."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trophees.base import lexical
from trophees.base.namespaces import EDTF, XSD

SPELLINGS = {
    "integer": "0 7 41 -4 123456789012345678901234567890",
    "decimal": "0 0.5 1.5 -0.25 1000 23.7 0.001 12345678901234567890.5",
    "boolean": "true false",
    "gYear": "2020 0000 0999 12020 -0044",
    "date": "2026-11-23 2020-02-29 2000-02-29 0000-02-29 1999-12-31 12020-01-01 -0004-02-29",
}
OTHER_SPELLINGS = {  # of a value that the standard knows
    "integer": {"+4": "4", "04": "4", "-0": "0", "+0": "0", "-007": "-7"},
    "decimal": {
        "1.50": "1.5",
        "1.": "1",
        ".5": "0.5",
        "+1": "1",
        "01": "1",
        "-0.0": "0",
        "00.10": "0.1",
        "100.": "100",
    },
    "boolean": {"1": "true", "0": "false"},
    "gYear": {"2020Z": "2020", "2020+02:00": "2020", "2020-14:00": "2020"},
    "date": {"2026-11-23Z": "2026-11-23", "2026-11-23+01:00": "2026-11-23"},
}
NO_VALUES = {  # of the datatype, though Python, rdflib or an eye may take them for one
    "integer": ["", "+", "-", "1.0", "1e3", "1_000", "１２", "٤", " 4", "4 ", "4\n", "0x1F", "NaN", "--4", "٤٢"],
    "decimal": [
        "",
        ".",
        "+.",
        "1e3",
        "1E400",
        "INF",
        "NaN",
        "Infinity",
        "1_000",
        "１２",
        " 12",
        "12\n",
        "1,5",
        "1 000",
    ],
    "boolean": ["", "True", "TRUE", "yes", "oui", "01", " true", "true\n", "vrai"],
    "gYear": ["", "20", "202", "02020", "+2020", "2020\n", "２０２０", "2020-01", "2020z", "2020+24:00", "2020+14:01"],
    "date": [
        *(
            "",
            "2019-02-29",
            "1900-02-29",
            "2019-04-31",
            "2019-13-01",
            "2019-00-01",
            "2019-01-00",
            "2019-01-32",
            "2019-1-1",
        ),
        *("2026-W48-1", "20261123", "2026-11-23T00:00:00", "2026-11-23\n", " 2026-11-23", "26-11-23", "2026-11-23z"),
    ],
}
DATES = ["2016", "0000", "9999", "2020-01", "2020-12", "2019-08-26", "2020-02-29", "2021-21", "2021-24"]
NO_DATES = [
    "",
    *[
        "2020-13",
        "2020-00",
        "2020-20",
        "2020-25",
        "2019-02-29",
        "2021-21-15",
        "2021-4",
        "12020",
        "-2020",
        "2020Z",
        "2020~",
        "2019/2020",
        "201X",
    ],
]
MEANT = {
    "decimal": {
        "1e3": "1000",
        "1.0E2": "100",
        "1_000": "1000",
        "１２": "12",
        " 12": "12",
        "12\n": "12",
        "1.50": "1.5",
        "1 000 000": "1000000",
        "1\u202f000,5": "1000.5",
        "1'000": "1000",
        "1,5": "1.5",
        "1000,125": "1000.125",
        "12,25": "12.25",
        "-3,5": "-3.5",
        "٤": "4",
    },
    "integer": {"04": "4", "+4": "4", "٤": "4", " 4": "4", "1e3": "1000", "1 000": "1000"},
    "boolean": {
        "True": "true",
        "1": "true",
        **dict.fromkeys(["vrai", "oui", "yes", "on", "y", "Vrai"], "true"),
        "FALSE": "false",
        "0": "false",
        **dict.fromkeys(["faux", "non", "no", "off", "n", "Faux"], "false"),
    },
    "date": {
        "2026-11-23Z": "2026-11-23",
        "2026-11-23T00:00:00": "2026-11-23",
        "2026-W48-1": "2026-11-23",
        "20261123": "2026-11-23",
        "23/11/2026": "2026-11-23",
        "3.1.2026": "2026-01-03",
    },
}
UNSURE = {  # what may mean several values, or none
    "decimal": [
        "1,500",
        "12,345",
        "NaN",
        "INF",
        "1E400",
        "1e",
        "beaucoup",
        "1,5,2",
        ",5",
        "+,5",
        "x 000",
        "+x 000",
        "9" * 41,
        "",
    ],
    "integer": ["1.5", "quatre", "1,500"],
    "boolean": ["parfois", "2"],
    "date": [
        "2019-02-29",
        "2026-W60-1",
        "31/02/2026",
        "hier",
        "23 novembre 2026",
        "2026-11-23T00h00",
        "2026-11-23T",
        "123/11/2026",
    ],
}


def pairs(cases: dict[str, str] | dict[str, list[str]]) -> list[tuple[str, str]]:
    return [
        (XSD + name, t) for name, texts in cases.items() for t in (texts.split() if isinstance(texts, str) else texts)
    ]


@pytest.mark.parametrize(("datatype", "text"), [*pairs(SPELLINGS), *((EDTF, text) for text in DATES)])
def test_a_canonical_form_is_its_own_spelling(datatype: str, text: str) -> None:
    assert lexical.spelling(text, datatype) == text
    assert lexical.meant(text, datatype) == text


@pytest.mark.parametrize(
    ("datatype", "text", "right"),
    [(XSD + n, text, right) for n, t in OTHER_SPELLINGS.items() for text, right in t.items()],
)
def test_another_form_of_a_value_has_the_spelling_of_the_value(datatype: str, text: str, right: str) -> None:
    assert lexical.spelling(text, datatype) == right


@pytest.mark.parametrize(("datatype", "text"), [*pairs(NO_VALUES), *((EDTF, text) for text in NO_DATES)])
def test_what_the_standard_does_not_know_has_no_spelling(datatype: str, text: str) -> None:
    assert lexical.spelling(text, datatype) is None


@pytest.mark.parametrize(
    ("datatype", "text", "right"), [(XSD + n, text, right) for n, t in MEANT.items() for text, right in t.items()]
)
def test_a_slip_of_the_pen_is_understood(datatype: str, text: str, right: str) -> None:
    assert lexical.meant(text, datatype) == right
    assert lexical.spelling(right, datatype) == right


@pytest.mark.parametrize(("datatype", "text"), pairs(UNSURE))
def test_what_is_not_sure_is_not_guessed(datatype: str, text: str) -> None:
    assert lexical.meant(text, datatype) is None


@pytest.mark.parametrize(("text", "right"), [
    *((text, True) for text in ("1", "-1", "+1.", "1.5", ".5", "1e3", "1.5E-3", ".5e+10", "INF", "-INF", "NaN")),
    *((text, False) for text in ("", ".", "1x5", "1.x", "e3", "1e", "1e.5", "1ex3", "xINF", "-NaN", "inf", "1e3 ")),
])  # fmt: skip
def test_a_double_is_a_number_with_an_exponent_or_without_or_none(text: str, right: bool) -> None:
    """XML Schema 1.1, part 2, section 3.3.5."""
    assert bool(lexical.DOUBLE.fullmatch(text)) == right


def test_a_datatype_without_forms_takes_any_text() -> None:
    assert lexical.spelling(" x\n", XSD + "string") == " x\n"


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: date) -> None:
    assert lexical.spelling(day.isoformat(), XSD + "date") == day.isoformat()
    assert lexical.spelling(day.isoformat(), EDTF) == day.isoformat()


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31))
def test_a_date_exists_where_python_has_it(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        date.fromisoformat(text)
    except ValueError:
        assert lexical.spelling(text, XSD + "date") is None
    else:
        assert lexical.spelling(text, XSD + "date") == text


@given(st.text(max_size=12), st.sampled_from(sorted(SPELLINGS)))
def test_a_spelling_is_written_as_it_is_spelt(text: str, name: str) -> None:
    spelt = lexical.spelling(text, XSD + name)
    assert spelt is None or lexical.spelling(spelt, XSD + name) == spelt
    meant = lexical.meant(text, XSD + name)
    assert meant is None or lexical.spelling(meant, XSD + name) == meant


@given(st.from_regex(re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,20})?", re.ASCII), fullmatch=True))
def test_a_spelling_has_the_value_of_what_was_written(text: str) -> None:
    from decimal import Context, Decimal

    exact = Context(prec=60)
    spelt = lexical.spelling(text, XSD + "decimal")
    assert spelt is not None
    assert Decimal(spelt).compare(Decimal(text), context=exact) == 0
