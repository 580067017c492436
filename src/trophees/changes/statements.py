"""The statements of a dataset as lines of canonical N-Quads, each once, in the order of their bytes.

That is the form in which two datasets are compared: equal lines are equal statements. Blank nodes bear names that are
made of what is said of them (`blank`). A file that is in this form is read again each time, in pieces; what another
file says is kept in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from trophees.base.errors import UserError, sentence
from trophees.base.namespaces import BASE, RDF, XSD
from trophees.changes import blank

_PIECE = 1 << 22
_IRI = rb"<[A-Za-z][A-Za-z0-9+.-]*+:[^\x00-\x20<>\"{}|^`\\\x7f]*+>"
_IMPLIED = "|".join(map(re.escape, (XSD + "string", RDF + "langString", RDF + "dirLangString"))).encode()
_LITERAL = (
    rb"\"(?:[^\"\\\x00-\x1f\x7f]|\\[tbnrf\"\\])*+\"(?:@[a-z]+(?:-[a-z0-9]+)*+|\^\^(?!<(?:"
    + _IMPLIED
    + rb")>)"
    + _IRI
    + rb")?+"
)
# canonical lines, for sure: what has a control character, a blank node or a triple term is left to the parser
_LINES = re.compile(rb"(?:%b %b (?:%b|%b)(?: %b)?+ \.\n)*+" % (_IRI, _IRI, _IRI, _LITERAL, _IRI))
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")

Lines = Iterable[bytes]


class File:
    """The lines of a file that holds them in their order, read anew each time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        return chain.from_iterable(piece.splitlines(keepends=True) for piece in self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """The file in pieces of whole lines."""
        with self._path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece + file.readline()

    def in_order(self) -> bool:
        """Whether it is what it is to be: canonical lines, each once, in order, all of them valid."""
        last = b""
        for piece in self.pieces():
            if not canonical(piece):
                return False
            lines = [last, *piece.splitlines(keepends=True)]
            if not all(first < second for first, second in pairwise(lines)):
                return False
            last = lines[-1]
        return True


def canonical(data: bytes) -> bool:
    """Whether `data` is lines of canonical N-Quads, for sure; no line has a blank node."""
    if not _LINES.fullmatch(data) or _NO_CHARACTER.search(data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def lines(data: bytes, form: RdfFormat, name: str) -> list[bytes]:
    """The statements of `data`, in the format `form`, of the file `name`; UserError, with the line, if it is malformed.

    What it names without a scheme is of the namespace of the graph, wherever the file is: two copies are equal.
    """
    if form in (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES) and canonical(data):
        return sorted(set(data.splitlines(keepends=True)))
    try:
        quads = list(parse(data, format=form, base_iri=BASE))
    except SyntaxError as error:
        place = f":{error.lineno}" if error.lineno else ""
        raise UserError(f"{name}{place}: {sentence(error)}") from None
    except ValueError as error:
        raise UserError(f"{name}: {sentence(error)}") from None
    return of_quads(quads, name)


def of_quads(quads: Iterable[Quad], name: str = "graph") -> list[bytes]:
    """The lines of `quads`; UserError if their blank nodes cannot be told from each other in time."""
    found = list(quads)
    if any(has_blank(part) for quad in found for part in (quad.subject, quad.object, quad.graph_name)):
        found = blank.named(found, name)
    return sorted({line(quad) for quad in found})


def line(quad: Quad) -> bytes:
    """The line of a statement."""
    return f"{quad} .\n".encode()


def quads(found: Lines) -> list[Quad]:
    """The statements of `found` lines, in their order."""
    return list(parse(b"".join(found), format=RdfFormat.N_QUADS))


def has_blank(term: object) -> bool:
    """Whether `term` is a blank node, or a triple with one in it."""
    if isinstance(term, Triple):
        return has_blank(term.subject) or has_blank(term.object)
    return isinstance(term, BlankNode)
