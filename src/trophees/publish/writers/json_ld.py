"""JSON-LD: a node object for each subject, in one document that holds its context."""

from __future__ import annotations

from itertools import chain

from trophees.base.context import Context
from trophees.graph.walk import Described
from trophees.publish.jsonld import foot, head, members
from trophees.publish.writers.spool import Spools
from trophees.publish.writers.writer import Files


class JsonLd:
    """The file at `path`."""

    def __init__(self, path: str, context: Context) -> None:
        self._path, self._context = path, context

    def begin(self, spools: Spools) -> None:
        """As `Writer`."""
        self._spool, self._some = spools.new(), False

    def subject(self, told: Described) -> None:
        """As `Writer`."""
        for member in members(told.readable, self._context):
            self._spool.append(b"," + member if self._some else member)
            self._some = True

    def end(self) -> Files:
        """As `Writer`."""
        yield self._path, chain([head(self._context)], self._spool, [foot(some=self._some)])
