"""Which variables a query gives a value, and where it may not give another."""

from __future__ import annotations

from trophees.ask.explain.reader import Mistake
from trophees.ask.explain.tree import Bind, Filter, Group, Inner, Pattern, Query, Values, inside


def visible(group: Group) -> set[str]:
    """The variables that may have a value in a solution of `group` (SPARQL 1.1, section 18.2.1)."""
    found: set[str] = set()
    for item in group.items:
        found |= given_by(item)
    return found - {""}


def given_by(item: object) -> set[str]:
    """The variables to which an item of a group may give a value; an empty name stands for what is no variable."""
    match item:
        case Pattern():
            predicate = {item.predicate.name} if item.predicate else set()
            return {item.subject.name, item.object.name} | predicate
        case Bind():
            return {item.variable.name}
        case Values():
            return {variable.name for variable in item.variables}
        case Inner() if item.kind != "minus":
            named = {item.name.name} if item.name else set()
            return named.union(*(visible(group) for group in item.groups))
        case Query():
            return shown(item)
    return set()


def shown(query: Query) -> set[str]:
    """The variables that a query has values for outside of it."""
    if query.shown:
        return {one.variable.name for one in query.shown}
    return visible(query.where) | ({leaf.name for leaf in query.values.variables} if query.values else set())


def known(query: Query) -> set[str]:
    """The variables that may have a value where a query shows and orders."""
    return grouped(query) | {one.variable.name for one in query.shown if one.value}


def grouped(query: Query) -> set[str]:
    """Those that may have one where groups are made and chosen, before SELECT computes any (SPARQL 1.1, 18.2.4)."""
    found = visible(query.where) | {one.variable.name for one in query.grouped if one.value}
    return found | ({leaf.name for leaf in query.values.variables} if query.values else set())


def counts(query: Query) -> bool:
    """Whether a query has one row whatever matches, as it computes from all of it: COUNT of nothing is 0."""
    return not query.grouped and any(one.value and one.value.aggregate for one in query.shown)


def check(query: Query) -> None:
    """Mistake where a variable is given a value that it has, or is shown though a group has several of it."""
    _assigned_once(query.where)
    before, seen = visible(query.where), set[str]()
    by = {one.variable.name for one in query.grouped}
    groups = bool(by) or any(one.value and one.value.aggregate for one in query.shown)
    groups = groups or any(one.aggregate for one in query.others)
    for one in query.shown:
        name = one.variable.name
        if name in seen:
            raise Mistake("twice", one.variable.token.start, word=name)
        if one.value and name in before and not groups:
            raise Mistake("bound", one.variable.token.start, word=name)
        seen.add(name)
    if groups:
        for one in query.shown:
            used = [one.variable] if one.value is None else [] if one.value.aggregate else one.value.leaves
            for leaf in used:
                if leaf.name and leaf.name not in by:
                    raise Mistake("ungrouped", leaf.token.start, word=leaf.name)
            by.add(one.variable.name)


def _assigned_once(group: Group) -> None:
    before: set[str] = set()
    for item in group.items:
        if isinstance(item, Bind) and item.variable.name in before:
            raise Mistake("bound", item.variable.token.start, word=item.variable.name)
        condition = item.condition if isinstance(item, Filter) else item.value if isinstance(item, Bind) else None
        if condition and condition.aggregate:
            raise Mistake("aggregate", condition.start)
        if not isinstance(item, Filter):
            before |= given_by(item)
        if isinstance(item, Query):
            check(item)
    for inner, kind in inside(group):
        if kind != "query":
            _assigned_once(inner)
