"""Everything wrong in a checkout, found in one way for `trophees check` and for `trophees build`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.base.namespaces import BASE, DCAT, RDF_TYPE, SKOS
from trophees.graph.provenance import kind
from trophees.release import policy, register, successors
from trophees.release.checkout import Project
from trophees.release.inventory import RULE, misplaced
from trophees.source.mapping import FILE
from trophees.source.problem import Problem
from trophees.source.record import Record

if TYPE_CHECKING:
    from trophees.check.engines import Maker

Progress = Callable[[str, Iterable[Any]], AbstractContextManager[Iterable[Any]]]
_DATASET = NamedNode(DCAT + "Dataset")
_BROADER = NamedNode(SKOS + "broader")
_LABEL = NamedNode(SKOS + "prefLabel")


@dataclass(frozen=True)
class Review:
    """The `problems` in the `chosen` of the `records`, which are all of the checkout, by file and line."""

    records: list[Record]
    chosen: list[Record]
    problems: list[Problem]

    @property
    def refused(self) -> bool:
        """Whether one of the problems is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def review(
    project: Project,
    progress: Progress,
    files: Sequence[Path] = (),
    territories: Iterable[tuple[str, str]] | None = None,
    engine: Maker | None = None,
) -> Review:
    """What is wrong with the records at `files`, or with all of them and with what stands around them in `data/`.

    `territories` are those of the project, if they have been read; `engine` validates, else pySHACL. UserError if a
    file that is no record is wrong.
    """
    paths, problems = project.inventory()
    with progress("read", paths) as bar:
        everything = list(project.records(bar))
    chosen = project.chosen(everything, files) if files else everything
    found = [] if files else [*problems, *_without_dataset(everything), *unmatched(project, everything)]
    found += told(project, chosen, everything, territories, engine)
    return Review(everything, chosen, sorted(found))


def told(
    project: Project,
    chosen: Collection[Record],
    everything: Collection[Record],
    territories: Iterable[tuple[str, str]] | None = None,
    engine: Maker | None = None,
) -> Iterator[Problem]:
    """What is wrong with the `chosen` of `everything`, of `project`; `territories` and `engine` as `review`."""
    from trophees.check import sources
    from trophees.check import territories as as_printed
    from trophees.check.records import check
    from trophees.check.shacl import PyShacl, classes_graph, shapes_graph
    from trophees.check.whole import Whole

    whole = Whole.of(everything, project.territories() if territories is None else territories)
    shapes, ontology = shapes_graph(project.shapes()), classes_graph(project.ontology())
    yield from misplaced(chosen, project.context)
    yield from sources.problems(chosen, everything, project.context)
    yield from sources.shared(chosen, everything, project.context)
    yield from as_printed.problems(chosen, project.context)
    if withdrawing := {record.path for record in chosen if kind(record) == "withdrawal"}:
        known = {node.value for node in whole.nodes} | whole.types.keys()
        vain = successors.problems(everything, _existing(project, known), project.context.compact)
        yield from (problem for problem in vain if problem.path in withdrawing)
    if datasets := {record.path for record in chosen if record.path.startswith("data/dataset/")}:
        promised = policy.problems(everything, project.changelog(), datetime.now(UTC).date())
        yield from (problem for problem in promised if problem.path in datasets)
    with sound_shapes():
        yield from check(chosen, whole, shapes, ontology, project.context, engine or PyShacl)


def _existing(project: Project, known: Collection[str]) -> Callable[[str], bool]:
    """Whether an IRI is `known`, is defined by the ontology or the shapes, or was published by no record."""
    texts = [*project.ontology(), *project.shapes(), project.catalog_shapes(), project.places_shapes()]
    defined = {
        t.subject.value
        for text in texts
        for t in parse(text, format=RdfFormat.TURTLE)
        if t.predicate == RDF_TYPE and isinstance(t.subject, NamedNode)
    }
    described = {_first(iri) for iri in known}
    published = register.read(project.root / "data" / register.FILE)
    beside = {iri for iri in published if _first(iri) not in described}  # such as a part of the catalogue
    return lambda iri: iri in known or iri in defined or iri in beside


def _first(iri: str) -> str:
    """The first step of the path of one of our IRIs."""
    return iri.removeprefix(BASE).partition("#")[0].partition("/")[0]


def unmatched(project: Project, records: Iterable[Record]) -> Iterator[Problem]:
    """What is wrong with the table that matches the concepts of `records` with those of others, if there is one."""
    from trophees.check import mappings

    if rows := project.mappings():
        labels = {
            s.subject.value: s.object.value
            for record in records
            for s in record.statements
            if s.predicate == _LABEL and isinstance(s.object, Literal) and s.object.language == "en"
        }
        concepts = {iri: label for iri, label in labels.items() if iri.removeprefix(BASE).startswith(mappings.KINDS)}
        broader: dict[str, list[str]] = {}
        for s in (s for record in records for s in record.statements):
            if s.predicate == _BROADER and isinstance(s.object, NamedNode):
                broader.setdefault(s.subject.value, []).append(s.object.value)
        yield from mappings.problems(f"data/{FILE}", rows, concepts, broader)


def _without_dataset(records: Iterable[Record]) -> list[Problem]:
    if any(s.predicate == RDF_TYPE and s.object == _DATASET for record in records for s in record.statements):
        return []
    sentences = Both(
        "il manque la fiche d’un jeu de données, qui donne à la publication sa version et sa licence",
        "there is no record of a dataset, which gives the release its version and its licence",
    )
    return [Problem("data/dataset", 1, 1, RULE, messages=sentences)]


@contextmanager
def sound_shapes() -> Iterator[None]:
    """UserError if shapes that are Turtle cannot be obeyed: no path, no such pattern, a query that is none."""
    from pyparsing import ParseBaseException
    from pyshacl.errors import ReportableRuntimeError

    try:
        yield
    except (ReportableRuntimeError, ParseBaseException, re.error) as error:
        raise UserError(f"shapes: {str(error).splitlines()[0]}") from None
