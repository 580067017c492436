"""Remarks on GRAPH: patterns of which no single graph has both."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.tree import Group, Inner, Leaf, Pattern, Query, inside

_PAIRS = 100  # that are looked at in a GRAPH


def scattered(query: Query, profile: Profile) -> Iterator[Remark]:
    """The patterns in a GRAPH of `query` that match together, and in no single graph that it may stand for."""
    yield from _in_group(query.where, profile)


def _in_group(group: Group, profile: Profile) -> Iterator[Remark]:
    for item in group.items:
        if isinstance(item, Inner) and item.kind == "graph" and item.name:
            yield from _in_graph(item.name, item.groups[0], profile)
    for inner, kind in inside(group):
        if kind not in ("service", "minus", "exists"):
            yield from _in_group(inner, profile)


def _in_graph(name: Leaf, group: Group, profile: Profile) -> Iterator[Remark]:
    graph = str(name.term) if isinstance(name.term, NamedNode) else "?__g"
    if isinstance(name.term, NamedNode) and not profile.is_graph(name.term):
        return  # said already
    own = [pattern for pattern in group.patterns() if pattern.predicate]
    for number, pattern in enumerate(own[:_PAIRS]):
        said = _text(pattern)
        if not profile.any(said):
            continue
        if graph != "?__g" and not profile.any(f"GRAPH {graph} {{ {said} }}"):
            rows = profile.rows("DISTINCT ?__g", f"GRAPH ?__g {{ {said} }}", "ORDER BY ?__g LIMIT 3")
            near = [profile.written(row[0]) for row in rows if isinstance(row[0], NamedNode)]
            yield remark(_at(pattern), "not-there", near, by=name.token.text, word=_shown(pattern))
            continue
        for other in own[:number]:
            if _names(other) & _names(pattern):
                both = f"{_text(other)} {said}"
                if profile.any(both) and not profile.any(f"GRAPH {graph} {{ {both} }}"):
                    yield remark(_at(pattern), "one-graph", by=_shown(other), word=_shown(pattern))
                    return


def _text(pattern: Pattern) -> str:
    assert pattern.predicate
    return f"{pattern.subject.term} {pattern.predicate.term} {pattern.object.term} ."


def _at(pattern: Pattern) -> int:
    assert pattern.predicate
    return pattern.predicate.token.start


def _shown(pattern: Pattern) -> str:
    assert pattern.predicate
    predicate = pattern.predicate.token.text
    return f"a {pattern.object.token.text}" if predicate == "a" and not pattern.object.name else predicate


def _names(pattern: Pattern) -> set[str]:
    return {pattern.subject.name, pattern.object.name} - {""}
