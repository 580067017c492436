"""Each file of refusals/ changes the catalogue into one that portals refuse, its first lines the exact report on it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, Triple, serialize
from rdflib import RDF, SH

from rules_page import expected_reports
from test_errors import constraints
from trophees.base.rdflib_terms import triple_back
from trophees.check import catalogue as catalog_check
from trophees.check.shacl import Finding, PyShacl, shapes_graph
from trophees.hosting.settings import Hosting
from trophees.publish import catalogue as catalog
from trophees.publish import description, portals
from trophees.publish.tables import packaged
from trophees.release.checkout import Project

FOLDER = Path(__file__).parent / "refusals"
EXPECTED = expected_reports(FOLDER, "*.ru")
NAMESPACES = {name: rdflib.URIRef(iri) for name, iri in portals.context().prefixes.items()}
HOSTED = Hosting("https://data.test/", "data@data.test", "https://data.test/sparql")
pytestmark = pytest.mark.xdist_group("refusals")


def good(project: Project, store: Store) -> list[Triple]:
    """The catalogue of a hosted release, of two files to be quick."""
    files = dict.fromkeys(("dumps/trophees.ttl", "csv/tools.csv"), description.File.of(b"..."))
    tables = [table for table in packaged() if table.name == "tools"]
    return catalog.describe(description.Release(store, files, tables, HOSTED, project.changelog()))


def good_catalogue(project: Project, store: Store) -> bytes:
    """The same as Turtle."""
    data = serialize(good(project, store), format=RdfFormat.TURTLE)
    assert data is not None
    return data


def broken(catalogue: bytes, name: str) -> list[Triple]:
    """The catalogue after the SPARQL update of one file."""
    graph = shapes_graph([catalogue.decode()])
    graph.update((FOLDER / f"{name}.ru").read_text("utf-8"), initNs=NAMESPACES)
    return [triple_back(triple) for triple in graph]


def told(catalogue: Iterable[Triple], rules: rdflib.Graph) -> list[str]:
    """The report in French, a line per finding: its severity, its path and the constraint that is broken go before."""
    return sorted(_told(finding, rules) for finding in PyShacl(rules).validate(catalogue))


def _told(finding: Finding, rules: rdflib.Graph) -> str:
    constraint = finding.component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
    path = finding.path.value if finding.path else ""
    compact = next(f"{p}:{path.removeprefix(iri)}" for p, iri in NAMESPACES.items() if path.startswith(iri))
    refusal = catalog_check.refusal(finding, rules)
    return f"{refusal.severity} {compact} {constraint} — {refusal.line('fr')}"


@pytest.fixture(scope="session")
def catalogue(project: Project, store: Store) -> bytes:
    return good_catalogue(project, store)


@pytest.fixture(scope="session")
def findings(catalogue: bytes, rules: rdflib.Graph) -> dict[str, list[Finding]]:
    """What SHACL finds in the catalogue after the SPARQL update of each file."""
    engine = PyShacl(rules)
    return {name: list(engine.validate(broken(catalogue, name))) for name in EXPECTED}


@pytest.fixture(scope="session")
def rules(project: Project) -> rdflib.Graph:
    return shapes_graph([project.catalog_shapes()])


def test_a_hosted_release_is_refused_for_nothing(store: Store, project: Project) -> None:
    assert catalog_check.check(good(project, store), project.catalog_shapes()) == []


def test_other_editions_lengthen_the_period_and_are_refused_for_nothing(
    project: Project, store: Store, editions_store: Store
) -> None:
    """The dataset, its texts and the series are the same."""
    files = {"dumps/trophees.ttl": description.File.of(b"...")}
    alone, among = (
        set(catalog.describe(description.Release(graphs, files, [], HOSTED, project.changelog())))
        for graphs in (store, editions_store)
    )
    assert catalog_check.check(among, project.catalog_shapes()) == []
    changed = {t.predicate.value.rpartition("/")[2].rpartition("#")[2]: t.object for t in among - alone}
    assert changed.keys() == {"endDate", "label"}
    assert str(changed["endDate"]).startswith('"2043-12-31"')
    assert "Page web fictive de l'édition fictive 2043." in str(changed["label"])  # a source


@pytest.mark.parametrize("name", EXPECTED)
def test_the_report_is_exact_in_french_and_complete_in_english(
    name: str, findings: dict[str, list[Finding]], rules: rdflib.Graph
) -> None:
    assert sorted(_told(finding, rules) for finding in findings[name]) == EXPECTED[name]
    refusals = [catalog_check.refusal(finding, rules) for finding in findings[name]]
    assert all(refusal.sentence.en != refusal.sentence.fr for refusal in refusals)


def test_every_constraint_of_every_shape_is_broken_by_some_file(
    findings: dict[str, list[Finding]], rules: rdflib.Graph
) -> None:
    broken = {(rdflib.URIRef(f.shape), rdflib.URIRef(f.component)) for found in findings.values() for f in found}
    kinds = set(rules.subjects(RDF.type, SH.NodeShape))
    shapes = kinds | {shape for kind in kinds for shape in rules.objects(kind, SH.property)}
    every = {(shape, component) for shape in shapes for component in constraints(rules, shape)}
    assert len(every) > 100
    assert broken == every
