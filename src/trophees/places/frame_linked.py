"""A data frame of pandas or polars with what each of its rows means beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as day
from typing import Any, TypeVar

from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.places import columns
from trophees.places.answered import COLUMNS, SCORE, Answer, answer, asked, named, remembered
from trophees.places.link import link as link_one
from trophees.places.place import BEGINNING
from trophees.places.wording import before

Frame = TypeVar("Frame")
_SAMPLE = 50
_MISSING = ("NAType", "NaTType", "NoneType")


def link(
    frame: Frame,
    name: str | None = None,
    *,
    code: str | None = None,
    postal: str | None = None,
    departement: str | None = None,
    region: str | None = None,
    kind: str | None = None,
    date: str | None = None,
    on: day | str | None = None,
    to: day | str | None = None,
    lang: Language = "fr",
) -> Frame:
    """A copy of `frame` (pandas or polars), with the columns of `trophees link` added: which territory each row means.

    The arguments name columns, but for `on`, `to` (days) and `lang` (of `why`); without a name, a code or a postal
    code, columns are found by their headers and contents. Rows and index stay. A cell of what is not known is
    missing; `score` is a float.
    UserError if a column is not there, or a day is none.
    """
    library = type(frame).__module__.partition(".")[0]
    if library not in ("pandas", "polars") or type(frame).__name__ != "DataFrame":
        raise UserError(f"trophees.link takes a DataFrame of pandas or polars, not {type(frame).__name__}")
    given = {
        "name": name, "code": code, "postal": postal, "departement": departement, "region": region, "kind": kind,
        "date": date,
    }  # fmt: skip
    header = [str(column) for column in frame.columns]  # type: ignore[attr-defined]
    known = remembered(link_one)
    cells = _Cells(frame, library)
    sample = [list(row) for row in zip(*(cells.of(at, _SAMPLE) for at in range(len(header))), strict=True)]
    used = columns.chosen(header, sample, {role: column for role, column in given.items() if column is not None}, known)
    first, last = _day("on", on), _day("to", to)
    rows = zip(*(cells.of(at) for at in used.roles.values()), strict=True)
    answers = [answer(asked(dict(zip(used.roles, row, strict=True)), first, last), known, lang) for row in rows]
    added: Frame = _added(frame, library, dict(zip(named(header), _by_column(answers), strict=True)))
    return added


def _added(frame: Any, library: str, found: Mapping[str, list[Any]]) -> Any:
    if library == "pandas":
        import pandas

        added = pandas.DataFrame(found, index=frame.index)
        return pandas.concat([frame, added], axis=1)
    import polars

    types = [polars.Float64 if name == "score" else polars.String for name in COLUMNS]
    return frame.with_columns(
        [polars.Series(name, values, sort) for (name, values), sort in zip(found.items(), types, strict=True)]
    )


def _by_column(answers: Iterable[Answer]) -> list[list[Any]]:
    found: list[list[Any]] = [[] for _ in COLUMNS]
    for one in answers:
        for at, cell in enumerate(one):
            found[at].append(float(cell) if at == SCORE else cell or None)
    return found


def _day(option: str, given: day | str | None) -> day | None:
    """The day that is given; UserError if it is none, or is before the reference begins."""
    if given is None:
        return None
    try:
        found = day.fromisoformat(str(given)[:10])
    except ValueError:
        raise UserError(f"{option}={given!r}: is no day, as 2020-01-31") from None
    if found < BEGINNING:
        raise UserError(before(f"{option}={found}")["en"])
    return found


class _Cells:
    """The cells of a frame as text, by the place of their column."""

    def __init__(self, frame: Any, library: str) -> None:
        self._frame, self._pandas = frame, library == "pandas"

    def of(self, at: int, most: int | None = None) -> list[str]:
        column = self._frame.iloc[:most, at] if self._pandas else self._frame.to_series(at)[:most]
        return [_text(value) for value in column.to_list()]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if type(value).__name__ in _MISSING or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
