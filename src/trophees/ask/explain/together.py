"""The last remark on a query that found nothing: what, with all that stands before it, leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.scope import visible
from trophees.ask.explain.tree import Bind, Filter, Group, Inner, Pattern, Query, Values

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
    for part in (part for part in parts if not isinstance(part, Filter)):
        said += _text(part, text)
        if not profile.any(said, head):
            if isinstance(part, Pattern):
                token = (part.predicate or part.object).token
                shown = f"a {part.object.token.text}" if token.text == "a" else token.text
                yield remark(token.start, "left-by-pattern", word=shown)
            return
    bound = visible(Group(tuple(part for part in parts if not isinstance(part, Filter))))
    for condition in (part.condition for part in parts if isinstance(part, Filter)):
        written = text[condition.start : condition.end]
        if not profile.any(f"{said} FILTER({written})", head):
            computed = f"{said} BIND(({written}) AS ?c_) FILTER(BOUND(?c_))"
            error = set(condition.variables) <= bound and not profile.any(computed, head)
            yield remark(condition.start, "left-by-error" if error else "left-by-condition")
            return
        said += f"FILTER({written}) "


def _parts(group: Group) -> list[Pattern | Filter | Bind | Values] | None:
    """The patterns, conditions and values of a group; None if it has what may bind, or take away, in other ways."""
    found: list[Pattern | Filter | Bind | Values] = []
    for item in group.items:
        if isinstance(item, Filter | Bind | Values) or (isinstance(item, Pattern) and item.predicate):
            found.append(item)
        elif not (isinstance(item, Inner) and item.kind == "optional"):
            return None
    return found


def _text(part: Pattern | Bind | Values, text: str) -> str:
    if isinstance(part, Bind):
        return f"BIND(({text[part.value.start : part.value.end]}) AS {part.variable.term}) "
    if isinstance(part, Values):
        rows = (" ".join(str(leaf.term) if leaf else "UNDEF" for leaf in row) for row in part.rows)
        names = " ".join(str(variable.term) for variable in part.variables)
        return f"VALUES ({names}) {{ {' '.join(f'({row})' for row in rows)} }} "
    assert part.predicate
    return f"{part.subject.term} {part.predicate.term} {part.object.term} . "
