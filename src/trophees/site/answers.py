"""The answers to the questions of the cookbook, as they stand in this release, for people and for pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Variable

from trophees.ask import cookbook
from trophees.ask.cookbook import Query
from trophees.ask.question import Question
from trophees.base.language import Language
from trophees.base.namespaces import XSD
from trophees.site.l10n import Words
from trophees.site.model import Site
from trophees.site.thing.cells import Cell, column
from trophees.site.thing.facts import Teller

_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True)
class Answer:
    """The columns and first rows of an answer; `count` is how many rows there are; `texts`, columns not of numbers."""

    columns: list[str]
    rows: list[list[Cell]]
    count: int
    texts: frozenset[str]

    def said_once(self) -> Answer:
        """This answer without `label`, if each row says in another column what it says there."""
        if "label" not in self.columns or not self.rows:
            return self
        at = self.columns.index("label")
        others = [other for other in range(len(self.columns)) if other != at]
        if not any(all(row[other].link.text == row[at].link.text for row in self.rows) for other in others):
            return self
        columns = [self.columns[other] for other in others]
        return replace(self, columns=columns, rows=[[row[other] for other in others] for row in self.rows])


def shown(
    site: Site, words: Words, query: Query, given: Mapping[Variable, NamedNode | Literal], path: str, most: int
) -> Answer:
    """What `query` answers with the values `given`, as people read it on the page `path`: the first rows, `most`."""
    result = _ask(site, query, given, words.lang)
    solutions = list(result) if isinstance(result, QuerySolutions) else []
    columns = [v.value for v in result.variables] if isinstance(result, QuerySolutions) else []
    teller = Teller(site, words, path)
    cells = [column(teller, name, [row[name] for row in solutions], most) for name in columns]
    texts = frozenset(name for name in columns if not all(_number(row[name]) for row in solutions))
    return Answer(columns, [list(row) for row in zip(*cells, strict=True)], len(solutions), texts)


def as_json(site: Site, query: Query, lang: Language) -> bytes:
    """What `query` answers with its own values, in SPARQL's JSON."""
    result = _ask(site, query, cookbook.substitutions(query, {}, site.context), lang)
    text = result.serialize(format=QueryResultsFormat.JSON) if isinstance(result, QuerySolutions) else None
    return (text or b"{}") + b"\n"


def _number(value: object) -> bool:
    return value is None or (isinstance(value, Literal) and value.datatype.value in _NUMBERS)


def _ask(site: Site, query: Query, given: Mapping[Variable, NamedNode | Literal], lang: Language) -> object:
    return site.graph.ask(Question(query.name, cookbook.in_language(query.text, lang), dict(given)))
