"""Remarks on conditions that no value meets which their variable can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from trophees.ask.explain.nearest import OFFERED
from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.sentences import enumerated
from trophees.ask.explain.tree import Expression, Filter, Group, Leaf, Pattern, Query, inside
from trophees.ask.explain.values import elsewise, kinds, labelled, named
from trophees.ask.text import keywords
from trophees.base.namespaces import RDF_TYPE

_CHANGING = re.compile(r"\b(RAND|NOW|UUID|STRUUID|BNODE)\b")
_COMPARISONS = ("=", "<", ">", "<=", ">=")
_OF_LANGUAGE = re.compile(r"\bLANG(MATCHES)?\b")


def never(query: Query, text: str, profile: Profile) -> Iterator[Remark]:
    """The conditions of `query`, which stands in `text`, on one variable that no value of its property meets."""
    yield from _in_group(query.where, [], text, profile.head(query.prefixes), profile)


def _in_group(group: Group, around: list[Pattern], text: str, head: str, profile: Profile) -> Iterator[Remark]:
    """`around`: the patterns that hold around a group whose conditions may speak of them."""
    own = group.patterns()
    for item in group.items:
        if isinstance(item, Filter):
            for part in item.condition.parts or (item.condition,):
                yield from _condition(part, [*own, *around], text, head, profile)
    for inner, kind in inside(group):
        if kind not in ("service", "minus", "exists"):
            yield from _in_group(inner, own if kind == "optional" else [], text, head, profile)


def _condition(part: Expression, patterns: list[Pattern], text: str, head: str, profile: Profile) -> Iterator[Remark]:
    said = text[part.start : part.end]
    changing = _CHANGING.search(keywords(said))
    if len(part.variables) != 1 or part.tolerant or part.groups or part.aggregate or changing:
        return
    (name,) = part.variables
    for pattern in patterns:
        predicate = pattern.predicate.term if pattern.predicate else None
        if pattern.object.name != name or not isinstance(predicate, NamedNode) or predicate == RDF_TYPE:
            continue
        values = f"?s_ {predicate} ?{name}"
        if not profile.any(values) or profile.any(f"{values} FILTER({said})", head):
            continue
        yield from _why(part, predicate, said, head, profile)
        return


def _why(part: Expression, predicate: NamedNode, said: str, head: str, profile: Profile) -> Iterator[Remark]:
    """Why no value of a property meets a condition; nothing if another value of the same kind could."""
    found = kinds(profile, predicate)
    shown, name = profile.written(predicate), next(iter(part.variables))
    if _OF_LANGUAGE.search(keywords(said)):
        languages = sorted({kind.language for kind in found} - {""})
        if not languages:
            yield remark(part.start, "no-language", property=shown)
        elif not any(leaf.term.value in languages for leaf in part.leaves if isinstance(leaf.term, Literal)):
            yield remark(part.start, "languages", property=shown, names=enumerated(languages))
        return
    values = f"?s_ {predicate} ?{name}"
    near = _alternatives(part, predicate, said, values, head, profile)
    compared = _compared(part, said)
    strange = compared is not None and all(kind.datatype != compared[2].datatype.value for kind in found)
    if near or strange or not profile.any(f"{values} BIND(({said}) AS ?c_) FILTER(BOUND(?c_))", head):
        names, example = named(profile, found), profile.written(found[0].example)
        if names:
            yield remark(part.start, "never-holds", near, property=shown, names=enumerated(names), example=example)
        else:
            yield remark(part.start, "never-holds-of-things", near, property=shown, example=example)


def _compared(part: Expression, said: str) -> tuple[Leaf, str, Literal, Leaf] | None:
    """The left side of a comparison of a variable and a literal, its sign, the literal, and the right side."""
    if len(part.leaves) != 2:
        return None
    left, right = sorted(part.leaves, key=lambda leaf: leaf.token.start)
    between = said[left.token.end - part.start : right.token.start - part.start].strip()
    literal = next((leaf.term for leaf in (left, right) if isinstance(leaf.term, Literal)), None)
    whole = said.startswith(left.token.text) and said.endswith(right.token.text)
    return (left, between, literal, right) if literal is not None and between in _COMPARISONS and whole else None


def _alternatives(
    part: Expression, predicate: NamedNode, said: str, values: str, head: str, profile: Profile
) -> list[str]:
    """How a comparison of a variable with a literal can be written so that some value meets it."""
    if (compared := _compared(part, said)) is None:
        return []
    left, sign, literal, right = compared
    text = str(Literal(literal.value))

    def written(value: str, name: str) -> str:
        return f"{name} {sign} {value}" if left.name else f"{value} {sign} {name}"

    name = (left if left.name else right).token.text
    others = [
        other
        for other in elsewise(predicate, literal, profile)
        if sign == "=" or profile.any(f"{values} FILTER({name} < {other} || {name} > {other})", head)
    ]
    found = [written(other, name) for other in others] + [written(text, f"STR({name})")]
    if sign == "=":
        found += [written(thing, name) for thing in labelled(predicate, literal, profile)]
    return [other for other in found if profile.any(f"{values} FILTER({other})", head)][:OFFERED]
