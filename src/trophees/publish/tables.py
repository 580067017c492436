"""Tables of the graph as CSV. Each table is one SPARQL query, whose head names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, QuerySolutions, Store

from trophees.ask import head
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.language import Both

# in the order in which portals list them: what most people want first, what is wrong with the documents last
ORDER = (
    "laureates-flat",
    "laureates-territories",
    "laureates",
    "cases",
    "carriers",
    "territories",
    "themes",
    "tools",
    "audiences",
    "objectives",
    "stages",
    "outcomes",
    "indicators",
    "periods",
    "contexts",
    "plans",
    "organisations",
    "places",
    "roles",
    "concepts",
    "sheets",
    "anomalies",
)
_COLUMN = re.compile(r"(\w+) (\w+)(\??) — (.+)")
_REFERENCE = re.compile(r"(\w+) (\w+)")


@dataclass(frozen=True)
class Column:
    """A column: its name, its XSD datatype (local name), whether a cell may be empty, and what it holds, in French."""

    name: str
    datatype: str
    optional: bool
    title: str


@dataclass(frozen=True)
class Table:
    """A table: the SPARQL query that fills it, and the columns that its head declares, in order.

    The columns of `key`, where there are any, tell its rows apart. The cells of a column in `references` are those of
    the column with the same name in another table, its key.
    """

    name: str
    title: Both
    summary: Both
    key: tuple[str, ...]
    references: dict[str, str]
    columns: tuple[Column, ...]
    query: str

    @classmethod
    def parse(cls, name: str, text: str) -> Table:
        """The table that a `.rq` file describes; ValueError if its head lacks title or summary in a language."""
        told = head.read(text)
        try:
            title = Both(told["title"][0], told["title-en"][0])
            summary = Both(told["summary"][0], told["summary-en"][0])
        except KeyError as missing:
            raise ValueError(f"table {name}: “#+ {missing.args[0]}:” is missing") from None
        columns = (_lined(_COLUMN, name, "column", line) for line in told.get("column", []))
        references = (_lined(_REFERENCE, name, "reference", line) for line in told.get("reference", []))
        return cls(
            name=name,
            title=title,
            summary=summary,
            key=tuple(told.get("key", [""])[0].split()),
            references=dict(references),
            columns=tuple(Column(column, datatype, bool(mark), title) for column, datatype, mark, title in columns),
            query=text,
        )

    def rows(self, store: Store) -> list[list[str]]:
        """One list of cells per row, in the order of the query; an unbound value is an empty cell."""
        solutions = Embedded(store).ask(Question(f"csv/{self.name}.rq", self.query))
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        if names != [column.name for column in self.columns]:
            raise ValueError(f"table {self.name}: the head declares other columns than {names}")
        return [[_cell(solution[name]) for name in names] for solution in solutions]

    def csv(self, store: Store) -> bytes:
        """Its rows, as `written`."""
        return self.written(self.rows(store))

    def written(self, rows: Iterable[list[str]]) -> bytes:
        """`rows` as UTF-8, LF, one header line; quotes around the cells that need them (RFC 4180, section 2)."""
        lines = [[column.name for column in self.columns], *rows]
        return "".join(",".join(map(_quoted, line)) + "\n" for line in lines).encode()


def _lined(pattern: re.Pattern[str], table: str, key: str, line: str) -> tuple[Any, ...]:
    if not (found := pattern.fullmatch(line)):
        raise ValueError(f"table {table}: malformed “#+ {key}: {line}”")
    return found.groups()


def packaged() -> list[Table]:
    """The tables that are published, in the order in which they are listed. ValueError if that lacks one."""
    found = sorted((Path(__file__).parent / "csv").glob("*.rq"), key=lambda path: ORDER.index(path.stem))
    return [Table.parse(path.stem, path.read_text("utf-8")) for path in found]


def _cell(term: object) -> str:
    if term is None:
        return ""
    assert isinstance(term, Literal), "a table holds literals: shorten IRIs in its query"
    return term.value


def _quoted(cell: str) -> str:
    """Not by the csv module, which leaves a lone carriage return bare: readers take it for the end of the row."""
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell
