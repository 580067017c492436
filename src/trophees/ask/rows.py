"""The rows of an answer with Python's own types, and as a data frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, overload

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from trophees.base import lexical
from trophees.base.context import Context
from trophees.base.namespaces import XSD

if TYPE_CHECKING:
    import pandas
    import polars

_INTEGERS = re.compile(
    r"integer|long|int|short|byte|unsigned(Long|Int|Short|Byte)|(positive|negative|nonPositive|nonNegative)Integer"
)
_SHOWN = 20  # rows in a notebook


class IRI(str):
    """An IRI, whole: a string that is known to be one."""

    __slots__ = ()


class Text(str):
    """A text in a language: a string with its BCP 47 tag, `language`."""

    language: str

    def __new__(cls, text: str, language: str) -> Text:
        found = super().__new__(cls, text)
        found.language = language
        return found

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # what __new__ takes
        return str(self), self.language


Value = str | int | float | Decimal | bool | date | None


def value(term: object, context: Context | None = None) -> Value:
    """`term` as Python has it; an IRI in its compact form, a plain string, if a `context` is given.

    xsd:integer and what derives from it: int. xsd:decimal: Decimal. xsd:double and float: float. xsd:boolean: bool.
    xsd:date without a time zone: date. xsd:dateTime: datetime. IRIs: IRI. Texts with a language: Text. Unbound: None.
    Everything else, years, EDTF dates and ill-typed literals among them, is a str as it is written.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return IRI(term.value) if context is None else context.compact(term.value)
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if not isinstance(term, Literal):
        return str(term)
    if term.language:
        return Text(term.value, term.language)
    try:
        return _typed(term.value, term.datatype.value)
    except ValueError:  # a day with a time zone, a year of five digits, or more digits than Python reads
        return term.value


def _typed(text: str, datatype: str) -> Value:
    if not datatype.startswith(XSD):
        return text
    name = datatype.removeprefix(XSD)
    if _INTEGERS.fullmatch(name) and lexical.INTEGER.fullmatch(text):
        return int(text)
    match name:
        case "decimal" if lexical.DECIMAL.fullmatch(text):
            return Decimal(text)
        case "double" | "float" if lexical.DOUBLE.fullmatch(text):
            return float(text)
        case "boolean" if lexical.BOOLEAN.fullmatch(text):
            return text in ("true", "1")
        case "date" if lexical.DATE.fullmatch(text):
            return date.fromisoformat(text)
        case "dateTime" if lexical.DATE_TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    return text


class Rows(Sequence[dict[str, Value]]):
    """The rows of a SELECT in their order, each a dict with every one of the `columns`.

    `notes`: sentences on what in the query never matches, with their places; there are none on rows that were found,
    unless a column is empty in all of them, or they were asked for.
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[dict[str, Value]]) -> None:
        self.columns = tuple(columns)
        self._rows = list(rows)
        self.notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, solutions: QuerySolutions, context: Context | None = None) -> Rows:
        """The rows of `solutions`; IRIs are compact if a `context` is given."""
        columns = [variable.value for variable in solutions.variables]
        return cls(columns, ({name: value(row[name], context) for name in columns} for row in solutions))

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> dict[str, Value] | Rows:
        return Rows(self.columns, self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self.columns, self._rows) == (other.columns, other._rows)

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the first rows, escaped."""
        lines = [self.columns, *(map(_cell, row.values()) for row in self._rows[:_SHOWN])]
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
        more = f"<p>… {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        return f"<table>{body.replace('td>', 'th>', 2 * len(self.columns))}</table>{more}"

    def column(self, name: str) -> list[Value]:
        """The values of one column; KeyError if there is none of that name."""
        if name not in self.columns:
            raise KeyError(name)
        return [row[name] for row in self._rows]

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame: Int64, boolean, float64 (decimals too, which may round), datetime64, text.

        A column that mixes types keeps Python's objects. ImportError if pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise ImportError("to_pandas needs pandas: pip install 'trophees[notebook]'") from None
        types = {"int": "Int64", "bool": "boolean", "float": "float64", "mixed": "object", "date": "object"}
        data = {}
        for name in self.columns:
            kind, cells = _column(self.column(name))
            data[name] = pandas.Series(cells, dtype=types.get(kind))
            if kind == "date":
                data[name] = pandas.to_datetime(data[name])
        return pandas.DataFrame(data, columns=list(self.columns), index=range(len(self)))

    def to_polars(self) -> polars.DataFrame:
        """A data frame: Int64, Boolean, Float64 (decimals too, which may round), Date, Datetime, String.

        A column that mixes types holds their text. ImportError if polars is not installed.
        """
        try:
            import polars
        except ImportError:
            raise ImportError("to_polars needs polars: pip install 'trophees[polars]'") from None
        series = []
        for name in self.columns:
            kind, cells = _column(self.column(name))
            if kind == "mixed":
                cells = [None if cell is None else _cell(cell) for cell in cells]
            series.append(polars.Series(name, cells))
        return polars.DataFrame(series)


def _column(cells: Sequence[Value]) -> tuple[str, list[Any]]:
    """What the cells of a column are, and they as data frames take them: strings plain, moments in UTC.

    Decimals, and numbers of several types, are floats. Integers of more than 64 bits are "mixed", and so are moments
    that in UTC are not in the years 1 to 9999.
    """
    kinds = {_kind(cell) for cell in cells if cell is not None}
    if kinds and kinds <= {"int", "float", "decimal"} and kinds != {"int"}:
        return "float", [None if cell is None else float(cell) for cell in cells]  # type: ignore[arg-type]
    kind = kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "none"
    return "date" if kind in ("moment", "time") else kind, [_plain(cell) for cell in cells]


def _kind(cell: Value) -> str:
    match cell:
        case datetime(tzinfo=None):
            return "time"
        case datetime():
            return "moment" if _in_utc(cell) else "mixed"
        case int() if not isinstance(cell, bool):
            return "int" if -(2**63) <= cell < 2**63 else "mixed"
        case str():
            return "str"
    return type(cell).__name__.lower()


def _in_utc(moment: datetime) -> datetime | None:
    """The same moment in UTC; None if that is not in the years 1 to 9999."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def _plain(cell: Value) -> object:
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return _in_utc(cell) or cell
    return str(cell) if isinstance(cell, str) else cell


def _cell(cell: Value) -> str:
    """The text of a value, as RDF has it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
