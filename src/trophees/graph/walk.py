"""Walking through a dataset, subject by subject, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple

from trophees.base.namespaces import RDF_TYPE

Subject = NamedNode | BlankNode | Triple


@dataclass(frozen=True)
class Described:
    """A subject, and all that is said of it: its quads, in the order of their N-Quads lines."""

    subject: Subject
    quads: list[Quad]

    @cached_property
    def triples(self) -> list[Triple]:
        """The union of the named graphs, each triple once, in the order of their N-Triples lines."""
        return list(dict.fromkeys(quad.triple for quad in self.quads if quad.graph_name != DefaultGraph()))

    @cached_property
    def readable(self) -> list[Triple]:
        """The same as people read them: its types first."""
        return sorted(self.triples, key=lambda triple: triple.predicate != RDF_TYPE)


def walk(store: Store) -> Iterator[Described]:
    """What `store` says, subject by subject, in the order of the N-Triples lines."""
    for subject in sorted({quad.subject for quad in store}, key=str):
        yield Described(subject, sorted(store.quads_for_pattern(subject, None, None, None), key=str))


def described(store: Store) -> Iterator[list[Triple]]:
    """The union of the named graphs, each triple once, subject by subject, in the order of their N-Triples lines."""
    return (found.triples for found in walk(store) if found.triples)


def triples(store: Store) -> list[Triple]:
    """The same in one list."""
    return [triple for found in described(store) for triple in found]
