"""The SHA-256 of a graph and of an answer, in forms that depend on nothing but what they say.

That of a graph is the sum of its statements as lines of N-Quads, each once, in the order of their bytes: the sum of the
file `dumps/trophees.nq`. That of rows is the sum of a line with the names of the columns, and of the rows as lines of
N-Triples terms, separated by tabs, in the order of their bytes; of triples, of their lines; of a yes or no, of the
word `true` or `false`. Each line ends in a line feed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, QueryBoolean, QueryTriples

from trophees.base.errors import UserError

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from trophees.ask.engine import Result


def of_lines(lines: Iterable[bytes]) -> str:
    """The sum of lines that are in their order."""
    found = hashlib.sha256()
    for line in lines:
        found.update(line)
    return found.hexdigest()


def of_quads(quads: Iterable[Quad]) -> str:
    """The sum of statements without blank nodes."""
    return of_lines(sorted({f"{quad} .\n".encode() for quad in quads}))


def of_answer(result: Result) -> str:
    """The sum of an answer, whatever the order of its rows; UserError if it has blank nodes, named at random."""
    if isinstance(result, QueryBoolean):
        return of_lines([b"true\n" if result else b"false\n"])
    if isinstance(result, QueryTriples | list):
        triples = list(result)
        _named(part for triple in triples for part in (triple.subject, triple.object))
        return of_lines(sorted({f"{triple} .\n".encode() for triple in triples}))
    names = [variable.value for variable in result.variables]
    rows = [[row[name] for name in names] for row in result]
    _named(term for row in rows for term in row)
    told = ("\t".join("" if term is None else str(term) for term in row) for row in rows)
    return of_lines(
        ["\t".join(f"?{name}" for name in names).encode() + b"\n", *sorted(f"{r}\n".encode() for r in told)]
    )


def _named(terms: Iterable[object]) -> None:
    if any(isinstance(term, BlankNode) for term in terms):
        raise UserError("an answer with blank nodes has no sum of its own: select what has an IRI, or values")
