"""What a story asks: rows of the answer of a query of the cookbook, and how people read what is in them.

A question is written `QUERY ?name=value where column=value and column>value`: parameters, then which rows are meant.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QuerySolutions

from trophees.ask import cookbook
from trophees.ask.question import Question
from trophees.base.addresses import Folder
from trophees.base.errors import UserError
from trophees.site.render import place, root_from
from trophees.site.thing.cells import Cell, column
from trophees.site.thing.facts import Teller

if TYPE_CHECKING:
    from trophees.site.l10n import Words
    from trophees.site.model import Site

Row = dict[str, NamedNode | Literal | None]
_CONDITION = re.compile(r"(\w+)(!=|>=|<=|=|>|<)(.+)", re.DOTALL)
_TESTS: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "!=": ne, ">": gt, "<": lt, ">=": ge, "<=": le}
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?")


@dataclass(frozen=True)
class Condition:
    """What a cell of `column` has to be: texts are equal or not, numbers are compared."""

    column: str
    sign: str
    value: str

    def holds(self, row: Row) -> bool:
        """Whether it does; of a cell that is empty, no condition holds."""
        cell = row[self.column]
        if cell is None:
            return False
        if self.sign in ("=", "!="):
            return _TESTS[self.sign](cell.value, self.value)
        found = number(cell.value)
        return found is not None and _TESTS[self.sign](found, float(self.value))


@dataclass(frozen=True)
class Asked:
    """A query, the values of its parameters, and conditions on its rows."""

    query: str
    given: tuple[tuple[str, str], ...] = ()
    conditions: tuple[Condition, ...] = ()


def read(words: Sequence[str]) -> Asked:
    """The question in `words`; ValueError, with what is expected, if there is none in them."""
    if not words:
        raise ValueError("name a query of the cookbook")
    query, *rest = words
    at = rest.index("where") if "where" in rest else len(rest)
    given = []
    for word in rest[:at]:
        name, equals, value = word.partition("=")
        if not (word.startswith("?") and equals):
            raise ValueError(f"“{word}” is neither “?parameter=value” nor “where”")
        given.append((name[1:], value))
    conditions = []
    for place_, word in enumerate(rest[at + 1 :]):
        match = _CONDITION.fullmatch(word)
        if (place_ % 2 and word != "and") or (not place_ % 2 and not match):
            raise ValueError(f"“{word}” is not “column=value”, several of which are joined by “and”")
        if match and not place_ % 2:
            if match[2] not in ("=", "!=") and number(match[3]) is None:
                raise ValueError(f"“{match[3]}” is no number")
            conditions.append(Condition(match[1], match[2], match[3]))
    if len(rest) > at and len(rest[at + 1 :]) % 2 == 0:
        raise ValueError("a condition is missing after “where” or “and”")
    return Asked(query, tuple(given), tuple(conditions))


def split(text: str) -> list[str]:
    """The words of `text`, in which what stands between quotation marks is one."""
    return shlex.split(text)


def number(text: str) -> float | None:
    """The number that `text` is; None if it is none."""
    return float(text) if _NUMBER.fullmatch(text) else None


def cell_text(row: Row, column: str) -> str:
    """The text in a cell; empty if there is none."""
    cell = row[column]
    return cell.value if cell is not None else ""


class Answers:
    """What the queries answer on one page: asked once, in its language."""

    def __init__(self, site: Site, words: Words, path: str) -> None:
        self.site, self.words, self.path = site, words, path
        self.teller = Teller(site, words, path)

    def columns(self, asked: Asked) -> tuple[str, ...]:
        """The columns of the answer."""
        return self._all(asked)[0]

    def rows(self, asked: Asked) -> list[Row]:
        """The rows that are meant, in the order of the query."""
        rows = self._all(asked)[1]
        self.known(asked, *(condition.column for condition in asked.conditions))
        return [row for row in rows if all(condition.holds(row) for condition in asked.conditions)]

    def known(self, asked: Asked, *names: str) -> None:
        """ValueError, with the columns that there are, if the query has none of some name."""
        columns = self.columns(asked)
        if missing := [name for name in names if name not in columns]:
            raise ValueError(f"{asked.query} has no column “{missing[0]}”, but {', '.join(columns)}")

    def shown(self, asked: Asked, name: str, rows: Sequence[Row]) -> list[Cell]:
        """The cells of a column, as people read them: what they name is found by all that the column holds."""
        every = [row[name] for row in self._all(asked)[1]]
        return column(self.teller, name, [*(row[name] for row in rows), *every], len(rows))

    def link(self, query: str) -> str:
        """The way from the page to that of a query."""
        return root_from(self.path) + place(f"{Folder.COOKBOOK}{query}/", self.words.lang)

    def _all(self, asked: Asked) -> tuple[tuple[str, ...], list[Row]]:
        key = f"answer-{self.words.lang}-{asked.query}-{asked.given}"
        if key not in self.site.cache:
            try:
                query = cookbook.get(asked.query)
            except UserError as error:
                raise ValueError(str(error)) from None
            if unknown := [name for name, _ in asked.given if name not in {param.name for param in query.params}]:
                raise ValueError(f"{asked.query} has no parameter “{unknown[0]}”")
            values = cookbook.substitutions(query, dict(asked.given), self.site.context)
            text = cookbook.in_language(query.text, self.words.lang)
            found = self.site.graph.ask(Question(query.name, text, dict(values)))
            assert isinstance(found, QuerySolutions)
            names = tuple(variable.value for variable in found.variables)
            self.site.cache[key] = names, [dict(zip(names, row, strict=True)) for row in found]
        kept: tuple[tuple[str, ...], list[Row]] = self.site.cache[key]
        return kept
