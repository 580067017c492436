"""The named graphs of a dump, each in a file of its own: its statements in order, their number and their SHA-256.

Memory does not grow with the dump: it is sorted on disk.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from trophees.base.errors import sentence
from trophees.base.language import Both
from trophees.bulk.sorting import Sorter
from trophees.fill.told import StoppedError

PIECE = 4 << 20  # bytes of N-Triples that are sent at once
_LINES = 1 << 17  # of the dump that are sorted in memory
_FORMATS = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG}
_MARK = b"\0"  # between the name of the graph and the statement: in neither


@dataclass(frozen=True)
class Graph:
    """A named graph: `file` has its statements as N-Triples, sorted; `sum` is the SHA-256 of these bytes."""

    name: NamedNode
    statements: int
    sum: str
    file: Path

    def pieces(self, sent: int = 0) -> Iterator[tuple[bytes, int]]:
        """Its statements but for the first `sent`, some megabytes at a time, with how many these are."""
        with self.file.open("rb") as file:
            for _ in range(sent):
                file.readline()
            while lines := file.readlines(PIECE):
                yield b"".join(lines), len(lines)


def split(dump: Path, folder: Path) -> list[Graph]:
    """The graphs of `dump` (N-Quads or TriG, plain or gzip), in the order of their names, each in a file in `folder`.

    StoppedError if it cannot be read, or has what no sum can be told of: blank nodes, and statements in no named graph.
    """
    sorter = Sorter(folder, "quads", _LINES)
    for quad in _quads(dump):
        if fault := _fault(quad):
            raise StoppedError(fault.each(lambda said: f"{dump}{said}"))
        sorter.add(b"%b\0%b .\n" % (quad.graph_name.value.encode(), str(quad.triple).encode()))  # type: ignore[union-attr]
    found: list[Graph] = []
    for name, lines in groupby(sorter.lines(), lambda line: line.partition(_MARK)[0]):
        file = folder / f"{len(found)}.nt"
        digest, count = hashlib.sha256(), 0
        with file.open("wb") as written:
            for line in lines:
                statement = line.partition(_MARK)[2]
                digest.update(statement)
                written.write(statement)
                count += 1
        found.append(Graph(NamedNode(name.decode()), count, digest.hexdigest(), file))
    if not found:
        raise StoppedError(Both(f"{dump} : aucun graphe n’y est", f"{dump}: has no graph"))
    return found


def _quads(dump: Path) -> Iterator[Quad]:
    packed = dump.suffix == ".gz"
    form = _FORMATS.get((dump.with_suffix("") if packed else dump).suffix)
    if form is None:
        french = f"{dump} : des N-Quads (.nq) ou du TriG (.trig) sont attendus, tels quels ou en .gz"
        raise StoppedError(Both(french, f"{dump}: N-Quads (.nq) or TriG (.trig) are expected, plain or as .gz"))
    try:
        with cast("IO[bytes]", gzip.open(dump)) if packed else dump.open("rb") as file:
            yield from parse(file, format=form)
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        place, reason = f"{dump}{line}", sentence(error)
        raise StoppedError(Both(f"{place} : lecture impossible ({reason})", f"{place}: {reason}")) from None


def _fault(quad: Quad) -> Both | None:
    """Why `quad` cannot be loaded, after the name of the dump; None if it can."""
    if isinstance(quad.graph_name, DefaultGraph):
        return Both(
            f" : « {quad.triple} » n’est dans aucun graphe nommé : lui en donner un",
            f": “{quad.triple}” is in no named graph: give it one",
        )
    terms = quad.subject, quad.object, quad.graph_name
    if any(isinstance(term, BlankNode | Triple) for term in terms) or _directed(quad.object):
        return Both(
            f" : « {quad} » a un nœud anonyme, ou ce que RDF 1.1 n’a pas : lui donner un nom",
            f": “{quad}” has a blank node, or what RDF 1.1 has not: give it a name",
        )
    return None


def _directed(term: object) -> bool:
    return isinstance(term, Literal) and getattr(term, "direction", None) is not None
