"""The last remark on a query that found nothing: what, with all that stands before it, leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.tree import Filter, Group, Inner, Pattern, Query

_PARTS = 40  # of a group that are looked at


def emptied(query: Query, text: str, values: dict[str, str], profile: Profile) -> Iterator[Remark]:
    """The first pattern or condition of `query` with which nothing is left, if its outermost group is a plain one.

    `values`: what its variables have from outside, as it is written.
    """
    parts = _parts(query.where)
    if query.graphs or parts is None or len(parts) > _PARTS:
        return
    head = profile.head(query.prefixes)
    said = "".join(f"VALUES ?{name} {{ {value} }} " for name, value in values.items())
    for pattern in (part for part in parts if isinstance(part, Pattern)):
        said += _text(pattern)
        if not profile.any(said, head):
            token = (pattern.predicate or pattern.object).token
            shown = f"a {pattern.object.token.text}" if token.text == "a" else token.text
            yield remark(token.start, "left-by-pattern", word=shown)
            return
    for condition in (part.condition for part in parts if isinstance(part, Filter)):
        said += f"FILTER({text[condition.start : condition.end]}) "
        if not profile.any(said, head):
            yield remark(condition.start, "left-by-condition")
            return


def _parts(group: Group) -> list[Pattern | Filter] | None:
    """The patterns and conditions of a group; None if it has what may bind, or take away, in other ways."""
    found: list[Pattern | Filter] = []
    for item in group.items:
        if isinstance(item, Filter) or (isinstance(item, Pattern) and item.predicate):
            found.append(item)
        elif not (isinstance(item, Inner) and item.kind == "optional"):
            return None
    return found


def _text(pattern: Pattern) -> str:
    assert pattern.predicate
    return f"{pattern.subject.term} {pattern.predicate.term} {pattern.object.term} . "
