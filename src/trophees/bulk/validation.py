"""Validation of a part of the records, behind the door of SHACL: the part, what it names, and the reference data."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode

from trophees.base.namespaces import BASE
from trophees.bulk.index import Index
from trophees.bulk.record import kind_of
from trophees.bulk.shared import MANY, Shared
from trophees.check.engines import maker
from trophees.check.records import check
from trophees.check.shacl import Engine, classes_graph, shapes_graph
from trophees.check.whole import Whole
from trophees.release.inventory import misplaced
from trophees.source.problem import Problem
from trophees.source.record import Record


class Validation:
    """Made once for all parts."""

    def __init__(self, shared: Shared) -> None:
        assert shared.engine is not None
        self._context = shared.context
        self._whole = Whole.of(shared.sources.records, shared.territories)
        self._shapes, self._classes = shapes_graph(shared.shapes), classes_graph(shared.sources.ontology)
        self._index = Index(shared.index)
        self._engine: Engine = maker(shared.engine)(self._shapes)

    def problems(self, records: Collection[Record]) -> list[Problem]:
        """What is wrong with `records`, which were read without an error; by file and line, but for reading."""
        if not records:
            return []
        whole = self._whole.joined(records)
        for iri in self._elsewhere(records, whole):
            whole.types[iri] = {MANY[kind_of(iri)]}
        found = check(records, whole, self._shapes, self._classes, self._context, lambda _: self._engine)
        read = {problem for record in records for problem in record.problems}
        return [*misplaced(records, self._context), *(problem for problem in found if problem not in read)]

    def _elsewhere(self, records: Collection[Record], whole: Whole) -> Iterator[str]:
        """What `records` name that is the record of a line of another part."""
        named = {s.object.value for record in records for s in record.statements if isinstance(s.object, NamedNode)}
        for iri in named - whole.types.keys():
            if iri.startswith(BASE) and kind_of(iri) in MANY and iri in self._index:
                yield iri
