"""Each file of refusals/ changes the catalogue into one that portals refuse, its first lines the exact report on it."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize
from rdflib import RDF, SH

from rules_page import expected_reports
from test_errors import constraints
from trophees.base.namespaces import BASE, GRAPH
from trophees.check import catalogue as catalog_check
from trophees.check.shacl import shapes_graph
from trophees.hosting.settings import Hosting
from trophees.publish import catalogue as catalog
from trophees.publish.tables import packaged
from trophees.release.checkout import Project

FOLDER = Path(__file__).parent / "refusals"
EXPECTED = expected_reports(FOLDER, "*.ru")
HOSTED = Hosting("https://data.test/", "data@data.test", "https://data.test/sparql")
pytestmark = pytest.mark.xdist_group("refusals")


@pytest.fixture(scope="session")
def catalogue(project: Project, store: Store) -> bytes:
    """The catalogue of a hosted release, of two files to be quick."""
    files = dict.fromkeys(("dumps/trophees.ttl", "csv/tools.csv"), catalog.File.of(b"..."))
    tables = [table for table in packaged() if table.name == "tools"]
    said = catalog.describe(catalog.Release(store, files, tables, HOSTED, project.changelog()))
    data = serialize(said, format=RdfFormat.TURTLE)
    assert data is not None
    return data


@pytest.fixture(scope="session")
def reports(catalogue: bytes, rules: rdflib.Graph) -> dict[str, rdflib.Graph]:
    """What SHACL finds in the catalogue after the SPARQL update of each file."""
    namespaces = {name: rdflib.URIRef(iri) for name, iri in catalog.context().prefixes.items()}
    found = {}
    for name in EXPECTED:
        graph = shapes_graph([catalogue.decode()])
        graph.update((FOLDER / f"{name}.ru").read_text("utf-8"), initNs=namespaces)
        found[name] = catalog_check.report(graph, rules)
    return found


@pytest.fixture(scope="session")
def rules(project: Project) -> rdflib.Graph:
    return shapes_graph([project.catalog_shapes()])


def test_a_hosted_release_is_refused_for_nothing(catalogue: bytes, project: Project) -> None:
    assert catalog_check.check(catalogue, project.catalog_shapes()) == []


def test_a_second_edition_joins_the_series_and_is_refused_for_nothing(project: Project, store: Store) -> None:
    """Its record, with the same texts, beside that of the first."""
    both = Store()
    first, second = (NamedNode(f"{BASE}dataset/{year}") for year in (2020, 2021))
    for quad in store.quads_for_pattern(first, None, None, NamedNode(GRAPH + "catalog")):
        both.extend([quad, Quad(second, quad.predicate, quad.object, quad.graph_name)])
    files = {"dumps/trophees.ttl": catalog.File.of(b"...")}
    said = catalog.describe(catalog.Release(both, files, [], HOSTED, project.changelog()))
    data = serialize(said, format=RdfFormat.TURTLE)
    assert data is not None
    assert catalog_check.check(data, project.catalog_shapes()) == []
    series, dcat = NamedNode(f"{BASE}catalog#series"), "http://www.w3.org/ns/dcat#"
    for subject, name, value in ((series, "first", first), (series, "last", second), (second, "prev", first)):
        assert [t.object for t in said if (t.subject, t.predicate) == (subject, NamedNode(dcat + name))] == [value]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_report_is_exact_in_french_and_complete_in_english(
    name: str, reports: dict[str, rdflib.Graph], rules: rdflib.Graph
) -> None:
    refusals = catalog_check.refusals(reports[name], rules)
    assert [refusal.line("fr") for refusal in refusals] == EXPECTED[name]
    assert all(refusal.sentences["en"] != refusal.sentences["fr"] for refusal in refusals)


def test_every_constraint_of_every_shape_is_broken_by_some_file(
    reports: dict[str, rdflib.Graph], rules: rdflib.Graph
) -> None:
    broken = {
        (found.value(result, SH.sourceShape), found.value(result, SH.sourceConstraintComponent))
        for found in reports.values()
        for result in found.subjects(RDF.type, SH.ValidationResult)
    }
    kinds = set(rules.subjects(RDF.type, SH.NodeShape))
    shapes = kinds | {shape for kind in kinds for shape in rules.objects(kind, SH.property)}
    every = {(shape, component) for shape in shapes for component in constraints(rules, shape)}
    assert len(every) > 100
    assert broken == every
