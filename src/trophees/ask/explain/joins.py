"""Remarks on patterns that match, each alone, and never together: a property that a class never has, and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from trophees.ask.explain.nearest import OFFERED, nearest
from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark
from trophees.ask.explain.sentences import enumerated, say
from trophees.ask.explain.tree import Group, Inner, Leaf, Pattern, Query
from trophees.base.language import Both
from trophees.base.namespaces import RDF_TYPE

_MOST_FIRST = "GROUP BY {0} ORDER BY DESC(?n) {0}"
_PAIRS = 400  # that are looked at in a query
_CARRIED = ("group", "optional", "union", "graph")  # inside of these, the patterns around hold, too


@dataclass(frozen=True)
class Step:
    """What a pattern says of `variable`: it is of a class, it has a property, or a property leads to it."""

    kind: str  # class, from or to
    variable: str
    leaf: Leaf

    @property
    def term(self) -> NamedNode:
        assert isinstance(self.leaf.term, NamedNode)
        return self.leaf.term

    def pattern(self, number: int) -> str:
        """The pattern, its other end open; `?x` is the variable."""
        if self.kind == "class":
            return f"?x a {self.term} ."
        return f"?x {self.term} ?o{number} ." if self.kind == "from" else f"?s{number} {self.term} ?x ."


def apart(query: Query, profile: Profile) -> Iterator[Remark]:
    """The patterns of `query` of which no two match together, though each matches alone: the later one of two."""
    seen: set[tuple[str, str]] = set()
    yield from _in_group(query.where, [], profile, seen)


def _in_group(group: Group, around: list[Step], profile: Profile, seen: set[tuple[str, str]]) -> Iterator[Remark]:
    own = [step for pattern in group.patterns() for step in _steps(pattern)]
    for number, step in enumerate(own):
        for other in (*around, *own[:number]):
            if other.variable == step.variable and len(seen) < _PAIRS:
                first, second = (step, other) if step.kind == "class" else (other, step)
                yield from _pair(first, second, profile, seen)
    for item in group.items:
        if isinstance(item, Inner) and item.kind in _CARRIED:
            for inner in item.groups:
                yield from _in_group(inner, [*around, *own], profile, seen)
        elif isinstance(item, Query):
            yield from _in_group(item.where, [], profile, seen)


def _steps(pattern: Pattern) -> Iterator[Step]:
    predicate = pattern.predicate
    if predicate is None or not isinstance(predicate.term, NamedNode):
        return
    if predicate.term == RDF_TYPE:
        if isinstance(pattern.object.term, NamedNode) and pattern.subject.name:
            yield Step("class", pattern.subject.name, pattern.object)
        return
    if pattern.subject.name:
        yield Step("from", pattern.subject.name, predicate)
    if pattern.object.name:
        yield Step("to", pattern.object.name, predicate)


def _pair(first: Step, second: Step, profile: Profile, seen: set[tuple[str, str]]) -> Iterator[Remark]:
    """`first` is the class, if one is."""
    one, two = first.pattern(1), second.pattern(2)
    key = min((one, two), (two, one))
    if first.leaf.term == second.leaf.term or key in seen or first.kind == second.kind == "to":
        return
    seen.add(key)
    if profile.any(f"{one} {two}") or not (profile.any(one) and profile.any(two)):
        return
    if second.kind == "to" and first.kind == "from":
        first, second = second, first
    by, word = profile.written(first.term), profile.written(second.term)
    at = second.leaf.token.start
    if first.kind == "class" and second.kind == "from":
        near = _properties(first, second.term, profile)
        yield _found(at, say("never-has", cls=by, word=word), "has", near)
    elif first.kind == "class" and second.kind == "to":
        near = _classes(second, profile)
        yield _found(first.leaf.token.start, say("never-is", by=word, word=by), "leads", near)
    elif first.kind == "to":
        yield _found(at, say("never-of", by=by, word=word), "is", _classes(first, profile))
    else:
        names = [f"a {name}" if step.kind == "class" else name for name, step in ((by, first), (word, second))]
        yield Remark(at, say("never-both", by=names[0], word=names[1]))


def _found(at: int, sentence: Both, key: str, names: list[str]) -> Remark:
    rest = say(key, names=enumerated(names)) if names else Both("", "")
    return Remark(at, sentence + rest, tuple(names))


def _properties(step: Step, wanted: NamedNode, profile: Profile) -> list[str]:
    """The properties of a class that `wanted` may stand for; if there are none, those that it uses most."""
    rows = profile.rows("?p (COUNT(*) AS ?n)", f"{step.pattern(1)} ?x ?p ?o", _MOST_FIRST.format("?p"))
    names = [profile.written(row[0]) for row in rows if isinstance(row[0], NamedNode) and row[0] != RDF_TYPE]
    local = re.sub(r".*[/#]", "", wanted.value).lower()
    alike = [name for name in names if local in name.lower()]
    return list(dict.fromkeys([*alike, *nearest(profile.written(wanted), names)] or names))[:OFFERED]


def _classes(step: Step, profile: Profile) -> list[str]:
    """The classes of what `step` leads to, those of most things first."""
    rows = profile.rows(
        "?c (COUNT(DISTINCT ?x) AS ?n)", f"{step.pattern(1)} ?x a ?c", "GROUP BY ?c ORDER BY DESC(?n) ?c"
    )
    return [profile.written(row[0]) for row in rows if isinstance(row[0], NamedNode)][:3]
