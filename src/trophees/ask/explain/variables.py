"""Remarks on variables: what is shown, compared or sorted by, and never has a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trophees.ask.explain.nearest import nearest
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.scope import known, visible
from trophees.ask.explain.tree import Bind, Expression, Filter, Group, Leaf, Query, inside


def unbound(query: Query, given: set[str]) -> Iterator[Remark]:
    """The variables of `query` that never have a value where they stand; those `given` have one from outside."""
    has = known(query) | given
    leaves = [one.variable for one in query.shown if not one.value]
    leaves += [
        leaf for pattern in query.template for leaf in (pattern.subject, pattern.object) if leaf.name[:2] != "__"
    ]
    leaves += [leaf for leaf in query.described if leaf.name]
    yield from _without(leaves, has)
    expressions = [one.value for one in (*query.shown, *query.grouped) if one.value]
    yield from _in_expressions((*expressions, *query.others), has)
    yield from _in_group(query.where, set(), given)


def _in_group(group: Group, around: set[str], given: set[str]) -> Iterator[Remark]:
    """`around`: the variables that have a value around a group whose conditions may speak of them."""
    has = visible(group) | around | given
    for item in group.items:
        if isinstance(item, Filter):
            yield from _in_expressions([item.condition], has)
        elif isinstance(item, Bind):
            yield from _in_expressions([item.value], has)
        elif isinstance(item, Query):
            yield from unbound(item, given)
    for inner, kind in inside(group):
        if kind not in ("query", "service"):
            yield from _in_group(inner, has, given)


def _in_expressions(expressions: Iterable[Expression], has: set[str]) -> Iterator[Remark]:
    for expression in expressions:
        inner = set[str]().union(*(visible(group) for group in expression.groups))
        leaves = [leaf for leaf in expression.leaves if leaf.name and leaf.name not in expression.tolerant]
        yield from _without(leaves, has | inner)


def _without(leaves: Iterable[Leaf], has: set[str]) -> Iterator[Remark]:
    for leaf in leaves:
        if leaf.name and leaf.name not in has:
            near = [f"?{name}" for name in nearest(leaf.name, {name for name in has if name[:2] != "__"})]
            yield remark(leaf.token.start, "unbound", near, word=leaf.name)
