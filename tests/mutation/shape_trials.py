"""Whether the reports on the test records, or on the test catalogues, differ once the shapes are changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

import rdflib
from pyoxigraph import Triple
from rdflib.term import Node

import test_accepted as right
import test_catalog_check as refusals
import test_errors as errors
import test_shapes_values as values_of_shapes
from mutation.shapes import Mutant, applied, mutants, reduced
from trophees.base.rdflib_terms import triple_back
from trophees.check.records import check
from trophees.check.report import line
from trophees.check.shacl import SHAPES, classes_graph, shapes_graph
from trophees.check.whole import Whole
from trophees.graph import assemble
from trophees.release.checkout import Project
from trophees.source.record import Record

_BATCH = 8  # records: a difference in the first ones spares the others
logging.getLogger("pyshacl.validator").setLevel(logging.CRITICAL)  # which traces what it cannot read
Report = Callable[[rdflib.Graph], list[str]]  # the report of some shapes on one case


class Shapes:
    """Shapes, and the cases that tell what they find: each with its exact report, those of every rule."""

    def __init__(self, shapes: rdflib.Graph, cases: Iterable[tuple[list[str], Report]]) -> None:
        self.shapes = shapes
        self.cases = list(cases)
        self.mutants: list[Mutant] = []

    def survivors(self, mutants: Iterable[Mutant]) -> list[Mutant]:
        """Those that no report shows."""
        return [mutant for mutant in mutants if not self.killed(mutant)]

    def killed(self, mutant: Mutant) -> bool:
        """Whether some report differs; those that name a rule of the mutant are looked at first."""
        names = {f"[shapes:{str(rule).removeprefix(SHAPES)}]" for rule in mutant.rules}
        with applied(mutant, self.shapes):
            changed = reduced(self.shapes, mutant.rules)
        return any(differs(report, changed, expected) for expected, report in self._near(names))

    def differs(self, rules: frozenset[Node]) -> bool:
        """Whether some report differs though nothing was changed: then the tests fail, or `reduced` is wrong."""
        return self.killed(Mutant("", "other", rules, (), ()))

    def _near(self, names: set[str]) -> Iterator[tuple[list[str], Report]]:
        told = [([text for text in lines if _rule(text) in names], report) for lines, report in self.cases]
        yield from ((lines, _only(report, names)) for lines, report in told if lines)
        yield from ((lines, _only(report, names)) for lines, report in told if not lines)


def differs(report: Report, shapes: rdflib.Graph, expected: list[str]) -> bool:
    """Whether the report is another one, or none, as the engine cannot read such shapes."""
    try:
        return report(shapes) != expected
    except Exception:  # whatever an engine raises at changed shapes
        return True


def _only(report: Report, names: set[str]) -> Report:
    return lambda shapes: [text for text in report(shapes) if _rule(text) in names]


def _rule(text: str) -> str:
    return text[text.rfind("[") :]


def of_records(project: Project) -> Shapes:
    """The shapes of records, tried on the faulty records of the tests and on all that were curated."""
    ontology = shapes_graph(project.ontology())
    shapes = shapes_graph(project.shapes())
    curated = list(project.records())
    whole = Whole.of(curated, project.territories())

    def on(records: list[Record]) -> Report:
        return lambda changed: [line(p, "fr") for p in check(records, whole, changed, ontology, project.context)]

    cases = [(lines, on([errors.faulty(name, project.context)])) for name, lines in errors.EXPECTED.items()]
    values: list[tuple[list[str], Report]] = [
        ([], lambda changed: values_of_shapes.on_keys(changed, ontology)),
        ([], lambda changed: values_of_shapes.on_keys_together(changed)),
    ]
    good = [on([right.accepted(name, project.context)]) for name in right.ACCEPTED]
    good += [on(curated[i : i + _BATCH]) for i in range(0, len(curated), _BATCH)]
    found = Shapes(shapes, [*values, *(([], report) for report in good), *cases])
    concepts = [node.value for record in curated if record.path.startswith("data/vocabulary/") for node in record.nodes]
    found.mutants = mutants(shapes, classes_graph(project.ontology()) + shapes, concepts)
    return found


def of_the_catalogue(project: Project) -> Shapes:
    """The shapes of the catalogue, tried on a good one and on those that the tests break."""
    shapes = shapes_graph([project.catalog_shapes()])
    good = refusals.good_catalogue(project, assemble.build(project.sources()))

    def on(catalogue: list[Triple]) -> Report:
        return lambda changed: refusals.told(catalogue, changed)

    cases = [(lines, on(refusals.broken(good, name))) for name, lines in refusals.EXPECTED.items()]
    found = Shapes(shapes, [([], on([triple_back(triple) for triple in shapes_graph([good.decode()])])), *cases])
    found.mutants = mutants(shapes, classes_graph(project.ontology()) + shapes, [])
    return found
