"""N-Triples and N-Quads, in code point order: without blank nodes, their canonical form (RDFC-1.0, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import Quad, Triple

from trophees.graph.walk import Described
from trophees.publish.writers.spool import Spools
from trophees.publish.writers.writer import Files


class Lines:
    """The file at `path`, with a line for each of what is `said` of a subject, in that order."""

    def __init__(self, path: str, said: Callable[[Described], Iterable[Triple | Quad]]) -> None:
        self._path, self._said = path, said

    def begin(self, spools: Spools) -> None:
        """As `Writer`."""
        self._spool = spools.new()

    def subject(self, told: Described) -> None:
        """As `Writer`."""
        self._spool.append("".join([f"{item} .\n" for item in self._said(told)]).encode())

    def end(self) -> Files:
        """As `Writer`."""
        yield self._path, self._spool
