"""Remarks on names: what is nowhere in the graph, or not what it is taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.tree import Bind, Expression, Filter, Group, Inner, Leaf, Pattern, Query, Values
from trophees.base.namespaces import RDF_TYPE


def unknown(query: Query, datatypes: Iterable[Leaf], given: Iterable[Leaf], profile: Profile) -> Iterator[Remark]:
    """What `query` names and the graph has not, and what is `given` to its variables and the graph has not.

    What it asks of other endpoints is not looked at.
    """
    for leaf in given:
        yield from _thing(leaf, profile)
    for leaf in query.graphs:
        yield from _graph(leaf, profile)
    for leaf in query.described:
        yield from _thing(leaf, profile)
    yield from _in_query(query, profile, True)
    for leaf in datatypes if profile.is_ours else ():
        assert isinstance(leaf.term, NamedNode)
        if leaf.term.value not in profile.datatypes:
            near = profile.near(leaf.term, profile.datatypes)
            yield remark(leaf.token.start, "no-datatype", near, word=leaf.token.text)


def _in_query(query: Query, profile: Profile, certain: bool) -> Iterator[Remark]:
    yield from _in_group(query.where, profile, certain)
    for one in (*query.shown, *query.grouped):
        if one.value:
            yield from _in_expression(one.value, profile)
    for expression in query.others:
        yield from _in_expression(expression, profile)
    if query.values:
        yield from _in_values(query.values, profile)


def _in_group(group: Group, profile: Profile, certain: bool) -> Iterator[Remark]:
    """`certain`: each solution matches the patterns of the group."""
    for item in group.items:
        match item:
            case Pattern():
                yield from _in_pattern(item, profile, certain)
            case Filter():
                yield from _in_expression(item.condition, profile)
            case Bind():
                yield from _in_expression(item.value, profile)
            case Values():
                yield from _in_values(item, profile)
            case Query():
                yield from _in_query(item, profile, certain)
            case Inner() if item.kind != "service":
                if item.name and item.kind == "graph":
                    yield from _graph(item.name, profile)
                for inner in item.groups:
                    yield from _in_group(inner, profile, certain and item.kind in ("group", "graph"))


def _in_pattern(pattern: Pattern, profile: Profile, certain: bool) -> Iterator[Remark]:
    yield from _thing(pattern.subject, profile)
    for leaf in pattern.names:
        yield from _property(leaf, profile, certain and pattern.predicate is not None)
    if pattern.predicate and pattern.predicate.term == RDF_TYPE:
        yield from _class(pattern.object, profile, certain)
    else:
        yield from _thing(pattern.object, profile)


def _in_expression(expression: Expression, profile: Profile) -> Iterator[Remark]:
    for leaf in expression.leaves:
        namespace = leaf.token.text.endswith((":", "/>", "#>"))  # of which names are made, or cut off
        if not leaf.call and not namespace:
            yield from _thing(leaf, profile)
    for group in expression.groups:
        yield from _in_group(group, profile, False)


def _in_values(values: Values, profile: Profile) -> Iterator[Remark]:
    for row in values.rows:
        for leaf in row:
            if leaf:
                yield from _thing(leaf, profile)


def _property(leaf: Leaf, profile: Profile, certain: bool) -> Iterator[Remark]:
    if isinstance(leaf.term, NamedNode) and not profile.is_property(leaf.term):
        declared = profile.is_declared_property(leaf.term)
        yield from _term(leaf, profile, "no-property", profile.properties, declared, certain)


def _class(leaf: Leaf, profile: Profile, certain: bool) -> Iterator[Remark]:
    if isinstance(leaf.term, NamedNode) and not profile.is_class(leaf.term):
        declared = profile.is_declared_class(leaf.term)
        yield from _term(leaf, profile, "no-class", profile.classes, declared, certain)


def _term(leaf: Leaf, profile: Profile, key: str, used: list[str], declared: bool, certain: bool) -> Iterator[Remark]:
    """A term that the graph does not use: one that the ontology has is told of only where it empties the answer."""
    assert isinstance(leaf.term, NamedNode)
    if not declared or certain:
        near = [] if declared else profile.near(leaf.term, used)
        yield remark(leaf.token.start, key, near, word=leaf.token.text)


def _graph(leaf: Leaf, profile: Profile) -> Iterator[Remark]:
    if isinstance(leaf.term, NamedNode) and not profile.is_graph(leaf.term):
        yield remark(leaf.token.start, "no-graph", profile.near(leaf.term, profile.graphs), word=leaf.token.text)


def _thing(leaf: Leaf, profile: Profile) -> Iterator[Remark]:
    if isinstance(leaf.term, NamedNode) and not profile.is_anything(leaf.term):
        near = profile.near(leaf.term, profile.things)
        word = profile.written(leaf.term) if leaf.token.kind == "var" else leaf.token.text
        yield remark(leaf.token.start, "nowhere", near, word=word)
