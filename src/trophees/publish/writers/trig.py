"""TriG: named graph by named graph, and in each subject by subject."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Quad, RdfFormat

from trophees.base.context import Context
from trophees.base.namespaces import RDF_TYPE
from trophees.graph.walk import Described
from trophees.publish.turtle import bare, head, names
from trophees.publish.writers.prefixed import BATCH
from trophees.publish.writers.spool import Spool, Spools
from trophees.publish.writers.writer import Files


class TriG:
    """The file at `path`."""

    def __init__(self, path: str, context: Context) -> None:
        self._path, self._context = path, context

    def begin(self, spools: Spools) -> None:
        """As `Writer`."""
        self._spools = spools
        self._graphs: dict[str, tuple[bytes, Spool]] = {}
        self._used: set[bytes] = set()
        self._late: dict[str, list[Quad]] = {}
        self._size = 0

    def subject(self, told: Described) -> None:
        """As `Writer`."""
        for quad in sorted(told.quads, key=lambda quad: quad.predicate != RDF_TYPE):
            if quad.graph_name != DefaultGraph():
                self._late.setdefault(str(quad.graph_name), []).append(quad)
        self._size += len(told.quads)
        if self._size > BATCH:
            self._write()

    def end(self) -> Files:
        """As `Writer`."""
        self._write()
        yield self._path, self._pieces()

    def _write(self) -> None:
        for graph, quads in self._late.items():
            text = bare(quads, RdfFormat.TRIG, self._context)
            self._used |= names(text, RdfFormat.TRIG)
            opening, bracket, rest = text.partition(b"{\n")
            if graph not in self._graphs:
                self._graphs[graph] = (opening + bracket, self._spools.new())
            self._graphs[graph][1].append(rest.removesuffix(b"}\n"))
        self._late, self._size = {}, 0

    def _pieces(self) -> Iterator[bytes]:
        yield head(self._used, RdfFormat.TRIG, self._context)
        for _, (opening, spool) in sorted(self._graphs.items()):
            yield opening
            yield from spool
            yield b"}\n"
