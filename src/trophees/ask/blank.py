"""Blank nodes called by what is said of them: the same graph has the same labels each time, whatever it came with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

_MOST = 200  # nodes that are told apart one by one
Term = NamedNode | BlankNode | Literal | Triple
_Edge = tuple[str, str, Term]  # outwards or inwards, along what, to what


def labelled(triples: Sequence[Triple]) -> list[Triple]:
    """`triples` with blank nodes called b0, b1… in an order that the graph alone gives.

    Nodes of which nothing different is said are alike: which of them is first changes nothing in what is written. Only
    in large graphs that are the same from everywhere may it change.
    """
    edges: dict[BlankNode, list[_Edge]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            edges[triple.subject].append(("out", triple.predicate.value, triple.object))
        for node in _inside(triple.object):
            edges[node].append(("in", triple.predicate.value, triple.subject))
    rank = _told_apart(dict.fromkeys(edges, 0), edges)
    lone = {node for node in edges if not any(isinstance(term, BlankNode | Triple) for _, _, term in edges[node])}
    for _ in range(_MOST):
        alike: dict[int, list[BlankNode]] = defaultdict(list)
        for node, colour in rank.items():
            alike[colour].append(node)
        tied = [colour for colour, nodes in alike.items() if len(nodes) > 1 and not lone.issuperset(nodes)]
        if not tied:
            break
        chosen = alike[min(tied)][0]
        rank = _told_apart({node: 2 * colour + (node != chosen) for node, colour in rank.items()}, edges)
    order = sorted(rank, key=lambda node: rank[node])
    names = {node: BlankNode(f"b{place}") for place, node in enumerate(order)}
    return [_renamed(triple, names) for triple in triples]


def _told_apart(rank: dict[BlankNode, int], edges: dict[BlankNode, list[_Edge]]) -> dict[BlankNode, int]:
    """Colours of nodes, two of which differ if anything that is said of them does, as far as it reaches."""

    def seen(term: Term) -> str:
        if isinstance(term, BlankNode):
            return f"_:{rank[term]:09d}" if term in rank else "_:"
        return f"<<{' '.join(map(seen, term))}>>" if isinstance(term, Triple) else str(term)

    while True:
        signs = {
            node: (colour, tuple(sorted((way, along, seen(term)) for way, along, term in edges[node])))
            for node, colour in rank.items()
        }
        places = {sign: place for place, sign in enumerate(sorted(set(signs.values())))}
        found = {node: places[sign] for node, sign in signs.items()}
        if len(places) == len(set(rank.values())):
            return found
        rank = found


def _inside(term: Term) -> list[BlankNode]:
    if isinstance(term, Triple):
        return [*_inside(term.subject), *_inside(term.object)]
    return [term] if isinstance(term, BlankNode) else []


def _renamed(triple: Triple, names: dict[BlankNode, BlankNode]) -> Triple:
    def term(found: Term) -> Term:
        if isinstance(found, BlankNode):
            return names[found]
        return _renamed(found, names) if isinstance(found, Triple) else found

    return Triple(term(triple.subject), triple.predicate, term(triple.object))  # type: ignore[arg-type]
