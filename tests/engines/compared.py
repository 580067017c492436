"""Answers of an engine, and those of the embedded one: the same, in another form, in another order, or others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from trophees.ask import cookbook
from trophees.ask import text as sparql
from trophees.ask.engine import Embedded, Result
from trophees.ask.question import Question, find
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.namespaces import XSD
from trophees.graph import published

Row = tuple[object, ...]
Ask = Callable[[Question], Result]
TRUTH = {"true": "1", "false": "0"}
NUMBERS = {XSD + name for name in ("boolean", "integer", "int", "long", "decimal", "double", "float")}


def questions() -> dict[str, Question]:
    """The queries of the cookbook, with the defaults of their parameters."""
    context = Context(published.text(published.CONTEXT))
    graph = embedded()

    def meant(name: str, text: str, space: str) -> NamedNode:
        from trophees.ask.meaning import one

        return one(graph, text, space, context, name)

    return {name: find(name, {}, context, meant) for name in cookbook.queries()}


def embedded() -> Embedded:
    """The published graph in the embedded engine."""
    context = Context(published.text(published.CONTEXT))
    return Embedded(published.store(published.path(published.GRAPH)), context.prefixes)


def written(question: Question, prefixes: Mapping[str, str]) -> str:
    """`question` as SPARQL that needs nothing else."""
    return sparql.declared(sparql.bound(sparql.escaped(question.text, prefixes), question.values), prefixes)[0]


def deviations(asked: Mapping[str, Question], ask: Ask) -> dict[str, str]:
    """How the answer to each of the questions deviates: `form`, `order`, `other` or `none`; left out if it is the same.

    In another form are numbers and truth values that are written differently, or have another datatype.
    """
    graph, found = embedded(), {}
    for name, question in asked.items():
        expected = graph.ask(question)
        assert isinstance(expected, QuerySolutions)
        columns = [variable.value for variable in expected.variables]
        mine = list(map(tuple, expected))
        try:
            given = ask(question)
            assert isinstance(given, QuerySolutions)
            known = {variable.value for variable in given.variables}
            theirs = [tuple(row[column] if column in known else None for column in columns) for row in given]
        except (UserError, AssertionError):
            found[name] = "none"
            continue
        if (kind := judged(mine, theirs)) != "same":
            found[name] = kind
    return found


def judged(mine: list[Row], theirs: list[Row]) -> str:
    """What `theirs` are beside `mine`."""
    if mine == theirs:
        return "same"
    plain_mine, plain_theirs = ([tuple(map(plain, row)) for row in rows] for rows in (mine, theirs))
    if plain_mine == plain_theirs:
        return "form"
    return "order" if Counter(plain_mine) == Counter(plain_theirs) else "other"


def plain(term: object) -> object:
    """The value of `term`, however it is written: of a number or a truth value the number, else the text."""
    if not isinstance(term, Literal):
        assert term is None or isinstance(term, NamedNode | BlankNode), term
        return term
    if term.datatype.value not in NUMBERS:
        return term
    return Decimal(TRUTH.get(term.value, term.value)).normalize()
