"""Terms of RDF of which a test knows the kind: one of another kind fails it."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode


def value_of(term: object) -> str:
    """The IRI, the label of the blank node or the text of the literal `term`."""
    assert isinstance(term, NamedNode | BlankNode | Literal), term
    return term.value


def literal(term: object) -> Literal:
    """`term`, which is a literal."""
    assert isinstance(term, Literal), term
    return term


def named(term: object) -> NamedNode:
    """`term`, which is an IRI."""
    assert isinstance(term, NamedNode), term
    return term
