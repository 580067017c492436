"""What stands beside the records that come by the million: of the checkout what no line has, and few of the lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from trophees.bulk.index import Index
from trophees.bulk.part import Line, judged, validation_of
from trophees.bulk.shared import PROCESSES, Shared
from trophees.check.engines import Name
from trophees.release.checkout import Project, types
from trophees.source.problem import Problem
from trophees.source.record import Record, iri_of

Judged = tuple[list[Record], list[Line], list[Problem]]


def beside(project: Project, lines: Collection[Line], index: Path, engine: Name | None) -> tuple[Shared, Judged]:
    """It, and what became of the few `lines` on which the others depend: the records that are published, the lines
    that are not, and the problems of all. `index` is the file of all names.
    """
    names = Index(index)
    own = list(project.records([path for path in project.inventory()[0] if _stays(path, project, names)]))
    sources = project.sources(own)
    shared = Shared(project.context, sources, project.shapes(), list(types(sources.reference)), index, engine)
    few, refused, problems = judged(lines, project.context, None)
    while engine and few:  # until those that are left are right without those that are not
        shared = replace(shared, sources=replace(sources, records=[*own, *few]))
        before = len(few)
        few, refused, problems = judged(lines, project.context, validation_of(shared))
        if len(few) == before:
            break
    return replace(shared, sources=replace(sources, records=[*own, *few])), (few, refused, problems)


def _stays(path: Path, project: Project, names: Index) -> bool:
    """Whether the record of the checkout at `path` stands beside those of the lines."""
    place = path.relative_to(project.root / "data")
    return place.parts[0] not in PROCESSES and iri_of(place.as_posix()).value not in names
