"""Blank nodes with names that are made of what is said of them: the same in every file that says the same.

Those that statements join are named together, by the canonical form of these statements (RDFC-1.0): the rest of the
file has no say, so what is changed elsewhere gives them no new names. The algorithm may take for ever on a graph that
was made for that: it is given a time in a process of its own.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse, serialize

from trophees.base.errors import UserError

LONGEST = 60.0  # seconds


def named(quads: Iterable[Quad], name: str, longest: float = LONGEST) -> list[Quad]:
    """`quads` of the file `name`, each blank node by its lasting name; UserError if that takes too long."""
    data = serialize(quads, format=RdfFormat.N_QUADS)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "trophees.changes.blank"], input=data, capture_output=True, timeout=longest
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        raise UserError(f"{name}: its blank nodes cannot be told from each other in time: give them IRIs")
    return list(parse(done.stdout, format=RdfFormat.N_QUADS))


def canonical(quads: Iterable[Quad]) -> Iterator[Quad]:
    """`quads`, each blank node by its lasting name."""
    parts: dict[BlankNode, list[Quad]] = {}
    joined: dict[BlankNode, BlankNode] = {}

    def root(node: BlankNode) -> BlankNode:
        joined.setdefault(node, node)
        while joined[node] != node:
            joined[node] = joined[joined[node]]
            node = joined[node]
        return node

    with_blank: list[tuple[Quad, BlankNode]] = []
    for quad in quads:
        found = list(_blank(quad.subject, quad.object, quad.graph_name))
        if not found:
            yield quad
            continue
        for node in found[1:]:
            joined[root(node)] = root(found[0])
        with_blank.append((quad, found[0]))
    for quad, node in with_blank:
        parts.setdefault(root(node), []).append(quad)
    copies: Counter[str] = Counter()
    for part in parts.values():
        dataset = Dataset(part)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        text = "".join(sorted(f"{quad} .\n" for quad in dataset))
        digest = hashlib.sha256(text.encode()).hexdigest()[:24]
        copies[digest] += 1
        own = f"b{digest}x{copies[digest]}"
        yield from (_renamed(quad, own) for quad in dataset)


def _blank(*terms: object) -> Iterator[BlankNode]:
    for term in terms:
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from _blank(term.subject, term.object)


def _renamed(quad: Quad, own: str) -> Quad:
    def term(part: object) -> object:
        if isinstance(part, Triple):
            return Triple(term(part.subject), part.predicate, term(part.object))  # type: ignore[arg-type]
        return BlankNode(f"{own}{part.value}") if isinstance(part, BlankNode) else part

    return Quad(term(quad.subject), quad.predicate, term(quad.object), term(quad.graph_name))  # type: ignore[arg-type]


if __name__ == "__main__":
    given = parse(sys.stdin.buffer.read(), format=RdfFormat.N_QUADS)
    sys.stdout.buffer.write(serialize(canonical(given), format=RdfFormat.N_QUADS) or b"")
