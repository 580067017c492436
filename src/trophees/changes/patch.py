"""What turns one dataset into the other, for programs: RDF Patch, and SPARQL 1.1 Update."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import BlankNode, DefaultGraph, Quad, RdfFormat

from trophees.base.errors import UserError
from trophees.changes.difference import Difference
from trophees.changes.statements import canonical, has_blank, lines, quads

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/trophees-participation/changes/")
_ESCAPED = re.compile(r"\\(?:\\([uU])|.)")
_HEADER = re.compile(rb"H \S+ \S.*\.\n?|T[XC] \.\n?")


def rdf_patch(found: Difference) -> Iterator[bytes]:
    """An RDF Patch: a transaction that deletes, then adds; its name is made of what it does."""
    yield b"H id <urn:uuid:%b> .\n" % str(identity(found)).encode()
    yield b"TX .\n"
    yield from (b"D " + line for line in found.removed)
    yield from (b"A " + line for line in found.added)
    yield b"TC .\n"


def identity(found: Difference) -> uuid.UUID:
    """A name of what `found` does: two that do the same bear the same."""
    digest = hashlib.sha256()
    for sign, said in ((b"D", found.removed), (b"A", found.added)):
        for line in said:
            digest.update(sign + b" " + line)
    return uuid.uuid5(_SPACE, digest.hexdigest())


def read(data: bytes, name: str) -> Difference:
    """The difference that an RDF Patch tells, of the file `name`: one transaction, which it may name or not.

    UserError, with the line, if it is malformed, or holds what a difference has not: prefixes, and statements that come
    and go again.
    """
    told = data.splitlines(keepends=True)
    for number, line in enumerate(told, 1):
        if line.strip() and not line.startswith((b"D ", b"A ", b"#")) and not _HEADER.fullmatch(line):
            raise UserError(f"{name}:{number}: a line of an RDF Patch is expected: H, TX, D, A or TC")
    removed, added = (tuple(_said(told, kind, name)) for kind in (b"D ", b"A "))
    if both := set(removed) & set(added):
        raise UserError(f"{name}: is removed and added at once: {min(both).decode().strip()}")
    return Difference(removed, added)


def _said(told: list[bytes], kind: bytes, name: str) -> list[bytes]:
    """The statements on the lines of this `kind`, in order."""
    found = [line[2:] for line in told if line.startswith(kind)]
    if canonical(b"".join(found)):
        return sorted(set(found))
    # every statement at its own place, which messages tell
    placed = b"".join(b"  " + line[2:] if line.startswith(kind) else b"\n" for line in told)
    return lines(placed, RdfFormat.N_QUADS, name)


def sparql_update(found: Difference) -> Iterator[bytes]:
    """A SPARQL 1.1 Update, of two operations at most. UserError if a blank node changed, which SPARQL cannot name."""
    operations = [(b"DELETE DATA", found.removed), (b"INSERT DATA", found.added)]
    yield from _joined(_operation(verb, quads(said)) for verb, said in operations if said)


def _joined(operations: Iterable[Iterator[bytes]]) -> Iterator[bytes]:
    for number, operation in enumerate(operations):
        if number:
            yield b";\n"
        yield from operation


def _operation(verb: bytes, said: list[Quad]) -> Iterator[bytes]:
    yield verb + b" {\n"
    for graph, statements in groupby(sorted(said, key=lambda quad: str(quad.graph_name)), lambda q: q.graph_name):
        if isinstance(graph, BlankNode):
            raise _unnamed(graph)
        named = graph != DefaultGraph()
        if named:
            yield f"GRAPH {graph} {{\n".encode()
        for quad in statements:
            for term in (quad.subject, quad.object):
                if has_blank(term):
                    raise _unnamed(term)
            yield _plain(f"{quad.triple} .\n").encode()
        if named:
            yield b"}\n"
    yield b"}\n"


def _plain(text: str) -> str:
    """`text` with no backslash before a u: SPARQL reads \\uXXXX everywhere (19.2), in a literal that holds it, too."""
    return _ESCAPED.sub(lambda found: rf"\\\u{ord(found[1]):04X}" if found[1] else found[0], text)


def _unnamed(term: object) -> UserError:
    return UserError(f"{term}: a blank node changed, which SPARQL Update cannot name: take --format patch")
