"""Evidence as annotations of RDF 1.2: each statement that rests on a fact, with the fact that says it.

The Turtle is that of the whole graph, with ` ~ fact` behind each such value (Turtle 1.2, section 2.12): whoever takes
these away has the Turtle of RDF 1.1. The fact is the reifier, so all that is said of it speaks of the statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple

from trophees.base.context import Context
from trophees.publish.turtle import bare

FILE = "dumps/trophees-annotated.ttl"
_NONE = NamedNode("urn:x")
Evidence = Mapping[Triple, tuple[NamedNode, ...]]


def facts(store: Store) -> Evidence:
    """The facts that say each statement that rests on facts, in the order of their IRIs."""
    query = resources.files(__package__).joinpath("evidence.rq").read_text("utf-8")
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    found: dict[Triple, set[NamedNode]] = {}
    for thing, verb, value, fact in rows:
        assert isinstance(thing, NamedNode)
        assert isinstance(verb, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        assert isinstance(fact, NamedNode)
        found.setdefault(Triple(thing, verb, value), set()).add(fact)
    return {triple: tuple(sorted(saying, key=str)) for triple, saying in found.items()}


def annotated(text: bytes, said: list[Triple], known: Evidence, context: Context) -> bytes:
    """The bare Turtle of one subject, of which `said` is said, with the facts that are `known` to say it."""
    wanted: dict[bytes, dict[bytes, bytes]] = {}
    for triple in said:
        if saying := known.get(triple):
            behind = b"".join(b" ~ " + _token(fact, context) for fact in saying)
            wanted.setdefault(_token(triple.predicate, context), {})[_token(triple.object, context)] = behind
    if not wanted:
        return text
    lines = text.split(b"\n")
    for number, line in enumerate(lines):
        start = line[:1]
        verb, _, rest = line[1:].partition(b" ")
        if start == b"\t" and (marks := wanted.pop(verb, None)):
            values, end = rest[:-2].split(b" , "), rest[-2:]
            assert marks.keys() <= set(values)
            lines[number] = b"\t" + verb + b" " + b" , ".join(v + marks.get(v, b"") for v in values) + end
    assert not wanted
    return b"\n".join(lines)


@lru_cache(maxsize=4096)
def _token(term: NamedNode | Literal, context: Context) -> bytes:
    """How Turtle writes `term` behind a property."""
    line = bare([Triple(_NONE, _NONE, term)], RdfFormat.TURTLE, context).strip()
    return line.removeprefix(b"<urn:x> <urn:x> ").removesuffix(b" .")
