"""What a query says, as a tree whose leaves know their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Variable

from trophees.ask.explain.tokens import Token

Term = NamedNode | Literal | BlankNode | Variable


@dataclass(frozen=True)
class Leaf:
    """A term and where it stands. `call`: it is the name of a function."""

    term: Term
    token: Token
    call: bool = False

    @property
    def name(self) -> str:
        """The name of a variable; empty for any other term."""
        return self.term.value if isinstance(self.term, Variable) else ""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern. `predicate` is None if it is a path that is no sequence; `names` are the IRIs of the path.

    A sequence is several patterns, an inverse path turned round.
    """

    subject: Leaf
    predicate: Leaf | None
    object: Leaf
    names: tuple[Leaf, ...] = ()


@dataclass(frozen=True)
class Expression:
    """An expression from `start` to `end`: what stands in it, and, if it is a conjunction, its parts.

    `tolerant`: the variables for which it need not matter whether they are bound (in `BOUND`, `COALESCE`, `IF`), and an
    empty name where there is such a call.
    """

    start: int
    end: int
    leaves: tuple[Leaf, ...] = ()
    groups: tuple[Group, ...] = ()
    parts: tuple[Expression, ...] = ()
    tolerant: frozenset[str] = frozenset()
    aggregate: bool = False

    @property
    def variables(self) -> set[str]:
        return {leaf.name for leaf in self.leaves} - {""}


@dataclass(frozen=True)
class Filter:
    condition: Expression


@dataclass(frozen=True)
class Bind:
    value: Expression
    variable: Leaf


@dataclass(frozen=True)
class Values:
    variables: tuple[Leaf, ...]
    rows: tuple[tuple[Leaf | None, ...], ...]


@dataclass(frozen=True)
class Inner:
    """Groups inside of a group: `kind` is group, optional, minus, union (several groups), graph or service.

    `name` is the graph, or the service.
    """

    kind: str
    groups: tuple[Group, ...]
    token: Token
    name: Leaf | None = None


@dataclass(frozen=True)
class Group:
    """A group of patterns: what it holds, in order."""

    items: tuple[Pattern | Filter | Bind | Values | Inner | Query, ...] = ()

    def patterns(self) -> list[Pattern]:
        """Those that every solution of the group matches."""
        return [item for item in self.items if isinstance(item, Pattern)]


@dataclass(frozen=True)
class Projected:
    """What SELECT shows: a variable, or the value of an expression as one."""

    variable: Leaf
    value: Expression | None = None


@dataclass(frozen=True)
class Query:
    """A query, or one in a group. `shown` is empty for `SELECT *`, and for other forms than SELECT.

    `others`: the expressions of GROUP BY, HAVING and ORDER BY; `having`: those of HAVING. `template`: what CONSTRUCT
    makes; `described`: what DESCRIBE is asked of.
    """

    form: str
    where: Group
    shown: tuple[Projected, ...] = ()
    graphs: tuple[Leaf, ...] = ()
    template: tuple[Pattern, ...] = ()
    described: tuple[Leaf, ...] = ()
    grouped: tuple[Projected, ...] = ()
    others: tuple[Expression, ...] = ()
    having: tuple[Expression, ...] = ()
    values: Values | None = None
    prefixes: dict[str, str] = field(default_factory=dict)


def inside(group: Group) -> Iterator[tuple[Group, str]]:
    """The groups directly inside of `group`, those in conditions too, each with its kind (`exists` in a condition)."""
    for item in group.items:
        if isinstance(item, Inner):
            yield from ((one, item.kind) for one in item.groups)
        elif isinstance(item, Query):
            yield item.where, "query"
        elif isinstance(item, Filter):
            yield from ((one, "exists") for one in item.condition.groups)
        elif isinstance(item, Bind):
            yield from ((one, "exists") for one in item.value.groups)
