"""Walking through a dataset, subject by subject, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store, Triple

Subject = NamedNode | BlankNode | Triple


def subjects(store: Store) -> list[Subject]:
    """What `store` says something of, in the order of the N-Triples lines."""
    return sorted({q.subject for q in store}, key=str)


def described(store: Store, about: Iterable[Subject] | None = None) -> Iterator[list[Triple]]:
    """The union of the named graphs, each triple once, subject by subject, in the order of their N-Triples lines.

    Only what is said of the subjects `about`, in their order, if they are given.
    """
    for subject in subjects(store) if about is None else about:
        quads = store.quads_for_pattern(subject, None, None, None)
        if found := {q.triple for q in quads if q.graph_name != DefaultGraph()}:
            yield sorted(found, key=str)


def triples(store: Store) -> list[Triple]:
    """The same in one list."""
    return [triple for found in described(store) for triple in found]
