"""Remarks on variables: what is shown, compared or sorted by, and never has a value, or none where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trophees.ask.columns import EMPTY
from trophees.ask.explain.nearest import nearest
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.scope import given_by, grouped, known, visible
from trophees.ask.explain.tokens import tokens
from trophees.ask.explain.tree import Bind, Expression, Filter, Group, Inner, Leaf, Query, inside
from trophees.base.patterns import pattern

_COUNTS = pattern(r"(?i)\b(?:COUNT|SUM|AVG)\s*\(")


def unbound(query: Query, given: set[str]) -> Iterator[Remark]:
    """The variables of `query` that never have a value where they stand; those `given` have one from outside."""
    has = known(query) | given
    leaves = [one.variable for one in query.shown if not one.value]
    leaves += [
        leaf for pattern in query.template for leaf in (pattern.subject, pattern.object) if leaf.name[:2] != "__"
    ]
    leaves += [leaf for leaf in query.described if leaf.name]
    yield from _without(leaves, has, set())
    yield from _too_early(query, given)
    expressions = [one.value for one in (*query.shown, *query.grouped) if one.value]
    yield from _in_expressions((*expressions, *query.others), has, set())
    yield from _in_group(query.where, set(), given, set())


def _too_early(query: Query, given: set[str]) -> Iterator[Remark]:
    """What speaks of a variable before SELECT computes it: groups are made and chosen first, then it names one after
    the other (SPARQL 1.1, sections 18.2.4.1 to 18.2.4.4)."""
    later = {one.variable.name for one in query.shown if one.value} - grouped(query) - given
    for one in query.grouped:
        yield from _later(one.value.leaves if one.value else [one.variable], later)
    for condition in query.having:
        yield from _later(condition.leaves, later)
    for one in query.shown:
        if one.value:
            yield from _later(one.value.leaves, later)
            later = later - {one.variable.name}


def _later(leaves: Iterable[Leaf], later: set[str]) -> Iterator[Remark]:
    return (remark(leaf.token.start, "later", word=leaf.name) for leaf in leaves if leaf.name in later)


def hollow(query: Query | None, text: str, columns: Mapping[str, str], prefixes: Mapping[str, str]) -> Iterator[Remark]:
    """The `columns` of the answer of the query `text` that say nothing in any row, each where it is first named.

    One that is computed by an expression which foresees that there is nothing (`COALESCE`, `IF`) is not told; one that
    is 0, only if it counts or adds up: 0 is what that makes of nothing.
    """
    left = dict(columns)
    if left:
        counted, foreseen = _computed(query, text) if query else (set(), set())
        left = {name: has for name, has in left.items() if name not in foreseen and (has == EMPTY or name in counted)}
    for token in tokens(text, prefixes) if left else ():
        if token.kind == "var" and (has := left.pop(token.text[1:], None)) is not None:
            yield remark(token.start, "blank-column" if has == EMPTY else "zero-column", word=token.text[1:])


def _computed(query: Query, text: str) -> tuple[set[str], set[str]]:
    """The variables that count or add up; those whose expression foresees that there is nothing."""
    counted, foreseen, queries = set[str](), set[str](), [query]
    while queries:
        one = queries.pop()
        shown = [(found.variable.name, found.value) for found in one.shown if found.value]
        counted |= {name for name, value in shown if value.aggregate and _COUNTS.search(text[value.start : value.end])}
        foreseen |= {name for name, value in shown if value.tolerant}
        groups = [one.where]
        while groups:
            group = groups.pop()
            foreseen |= {item.variable.name for item in group.items if isinstance(item, Bind) and item.value.tolerant}
            queries += [item for item in group.items if isinstance(item, Query)]
            groups += [inner for inner, kind in inside(group) if kind != "query"]
    return counted, foreseen


def _in_group(group: Group, beside: set[str], given: set[str], outer: set[str]) -> Iterator[Remark]:
    """`beside`: the variables of which the conditions of `group` itself may speak, too: those that stand before an
    OPTIONAL, the name of a GRAPH (SPARQL 1.1, section 18.2.2). `given`: those of which all that is in it may, as EXISTS
    puts in the values around it. `outer`: those that have a value around it, which nothing in it sees.
    """
    own = visible(group)
    before, has, outer = set(given), own | beside | given, outer | own
    for item in group.items:
        if isinstance(item, Filter):
            yield from _in_condition(item.condition, has, outer)
        elif isinstance(item, Bind):
            yield from _in_condition(item.value, before, outer)
        elif isinstance(item, Query):
            yield from unbound(item, given)
        elif isinstance(item, Inner) and item.kind != "service":
            seen = before if item.kind == "optional" else {item.name.name} if item.name else set[str]()
            for one in item.groups:
                yield from _in_group(one, seen, given, outer)
        before |= given_by(item)


def _in_condition(expression: Expression, has: set[str], outer: set[str]) -> Iterator[Remark]:
    yield from _in_expressions([expression], has, outer)
    for group in expression.groups:
        yield from _in_group(group, set(), has, outer)


def _in_expressions(expressions: Iterable[Expression], has: set[str], outer: set[str]) -> Iterator[Remark]:
    for expression in expressions:
        inner = set[str]().union(*(visible(group) for group in expression.groups))
        leaves = [leaf for leaf in expression.leaves if leaf.name and leaf.name not in expression.tolerant]
        yield from _without(leaves, has | inner, outer)


def _without(leaves: Iterable[Leaf], has: set[str], outer: set[str]) -> Iterator[Remark]:
    for leaf in leaves:
        if leaf.name in outer - has:
            yield remark(leaf.token.start, "outside", word=leaf.name)
        elif leaf.name and leaf.name not in has:
            near = [f"?{name}" for name in nearest(leaf.name, {name for name in has if name[:2] != "__"})]
            yield remark(leaf.token.start, "unbound", near, word=leaf.name)
