"""llms.txt, guide.json and guide.md: nothing in them is not in the graph, and every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from trophees.ask import cookbook, engine
from trophees.ask.question import Question
from trophees.base.namespaces import BASE
from trophees.release.checkout import Project
from trophees.site.model import Inputs, Site
from trophees.site.pages import guide

pytestmark = pytest.mark.xdist_group("site")

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ONTOLOGY = NamedNode(BASE + "graph/ontology")
LINK = re.compile(r"\[(?:[^\]\\]|\\.)*\]\(([^)\s]+)\)")
SILENT = {"q75", "q79"}  # questions that the report does not answer


@pytest.fixture(scope="module")
def texts(site_inputs: Inputs) -> dict[str, str]:
    return {path: data.decode() for path, data in guide.files(Site(site_inputs))}


@pytest.fixture(scope="module")
def told(texts: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(texts["guide.json"])
    return found


def test_the_trap_of_two_languages_is_shown_with_what_it_gives(
    texts: dict[str, str], told: dict[str, Any], store: Store, project: Project
) -> None:
    graph = engine.Embedded(store, project.context.prefixes)
    for query, total in (("wrong", "total"), ("right", "right_total")):
        rows = graph.ask(Question("query", told["trap"][query]))
        assert isinstance(rows, QuerySolutions)
        assert next(rows)["total"].value == told["trap"][total]
        assert told["trap"][query] in texts["guide.md"]
        assert f": {told['trap'][total]}\n" in texts["guide.md"]
    assert float(told["trap"]["total"]) == 2 * float(told["trap"]["right_total"])


def test_the_endpoint_is_named_where_it_is_known(texts: dict[str, str], site_inputs: Inputs) -> None:
    assert "at `sparql` below the address of whoever runs `trophees serve`" in texts["llms.txt"]
    hosted = Site(replace(site_inputs, url="https://data.example.fr/", sparql="https://data.example.fr/ask"))
    files = {path: data.decode() for path, data in guide.files(hosted)}
    assert "at https://data.example.fr/ask (SPARQL 1.1 Protocol)" in files["llms.txt"]
    assert json.loads(files["guide.json"])["endpoint"] == "https://data.example.fr/ask"


@pytest.fixture(scope="module")
def instances(store: Store) -> Counter[str]:
    return Counter(
        cls for _, cls in {(q.subject, q.object.value) for q in store.quads_for_pattern(None, TYPE, None)  # type: ignore[union-attr]
                           if q.graph_name != ONTOLOGY}
    )  # fmt: skip


@pytest.fixture(scope="module")
def uses(store: Store) -> Counter[str]:
    return Counter(t.predicate.value for t in {q.triple for q in store if q.graph_name != ONTOLOGY})


def test_every_class_that_has_instances_is_named_with_their_number(
    told: dict[str, Any], instances: Counter[str], project: Project
) -> None:
    assert {project.context.expand(c["class"]): c["instances"] for c in told["classes"]} == dict(instances)


def test_every_property_that_is_used_is_named_with_its_uses(
    told: dict[str, Any], uses: Counter[str], project: Project
) -> None:
    named = {project.context.expand(p["property"]): p["uses"] for p in told["properties"]}
    assert named == {iri: number for iri, number in uses.items() if iri != TYPE.value}


def test_a_class_has_the_properties_that_its_instances_have(
    told: dict[str, Any], store: Store, project: Project
) -> None:
    for entry in told["classes"]:
        cls = project.context.expand(entry["class"])
        subjects = {q.subject for q in store.quads_for_pattern(None, TYPE, NamedNode(cls))}
        found = {
            q.predicate.value
            for subject in subjects
            for q in store.quads_for_pattern(subject, None, None)
            if q.graph_name != ONTOLOGY and q.predicate != TYPE
        }
        assert {project.context.expand(name) for name in entry["properties"]} == found, cls


def test_terms_of_ours_are_explained_in_both_languages(told: dict[str, Any]) -> None:
    for entry in told["classes"] + told["properties"]:
        if (entry.get("class") or entry["property"]).startswith("tp:"):
            assert entry["label_fr"]
            assert entry["label_en"]
            assert entry["comment_fr"]
            assert entry["comment_en"]


def test_domains_ranges_and_rules_are_those_of_the_ontology_and_the_shapes(told: dict[str, Any]) -> None:
    stars, year = (next(p for p in told["properties"] if p["property"] == name) for name in ("tp:stars", "tp:year"))
    limits = {"maxCount": "1", "datatype": "xsd:integer", "minInclusive": "1", "maxInclusive": "4"}
    assert (stars["domain"], stars["range"]) == ([], ["xsd:integer"])
    assert stars["rules"] == [{"of": "tp:account", **limits}, {"of": "tp:Laureate", **limits}]
    limits = {"minCount": "1", "maxCount": "1", "datatype": "xsd:gYear", "pattern": "^20[0-9]{2}$"}
    assert (year["domain"], year["range"], year["rules"]) == (
        ["tp:Edition"],
        ["xsd:gYear"],
        [{"of": "tp:Edition", **limits}],
    )
    known = {c["class"] for c in told["classes"]}
    for entry in told["properties"]:
        for name in entry["domain"]:
            assert name in known or not name.startswith("tp:"), name


def test_the_prefixes_are_those_of_the_context(told: dict[str, Any], project: Project) -> None:
    assert told["prefixes"] == project.context.prefixes
    assert list(told["prefixes"]) == sorted(told["prefixes"])


def test_every_named_graph_is_there_with_its_size(told: dict[str, Any], store: Store, project: Project) -> None:
    sizes = Counter(q.graph_name.value for q in store if isinstance(q.graph_name, NamedNode))
    assert {project.context.expand(g["graph"], vocab=False): g["triples"] for g in told["graphs"]} == dict(sizes)
    assert all(g["label_en"] and g["label_fr"] for g in told["graphs"])


def test_every_query_runs_has_rows_and_these_columns(told: dict[str, Any], store: Store, project: Project) -> None:
    assert [q["name"] for q in told["queries"]] == list(cookbook.queries())
    for entry in told["queries"]:
        query = cookbook.load(entry["sparql"], entry["name"])
        assert [p["name"] for p in entry["parameters"]] == [p.name for p in query.params]
        defaults = {p["name"]: p["default"] for p in entry["parameters"] if p["default"]}
        values = cookbook.substitutions(query, defaults, project.context)
        solutions = engine.Embedded(store).ask(Question("query", entry["sparql"], values))
        assert isinstance(solutions, QuerySolutions)
        assert entry["columns"] == [v.value for v in solutions.variables]
        assert (next(solutions, None) is not None) == (query.question not in SILENT), entry["name"]


def test_the_examples_run_alone_and_have_rows(texts: dict[str, str], store: Store) -> None:
    examples = re.findall(r"^```sparql\n(.*?)^```$", texts["guide.md"], re.MULTILINE | re.DOTALL)
    assert len(examples) == len(guide.EXAMPLES)
    for text in examples:
        solutions = engine.Embedded(store).ask(Question("query", text))
        assert isinstance(solutions, QuerySolutions)
        assert next(solutions, None) is not None


def test_the_guide_to_read_has_every_term(texts: dict[str, str], told: dict[str, Any]) -> None:
    for entry in told["classes"]:
        assert f"\n| `{entry['class']}` | {entry['instances']} |" in texts["guide.md"]
    for entry in told["properties"]:
        assert f"\n| `{entry['property']}` |" in texts["guide.md"]
    for line in texts["guide.md"].splitlines():
        if line.startswith("| "):
            assert len(re.findall(r"(?<!\\)\|", line)) in (3, 4, 5, 6)


def test_llms_txt_has_the_form_that_its_readers_expect(texts: dict[str, str]) -> None:
    """A title, a summary, then sections that are lists of links; “Optional” is the last."""
    head, *sections = re.split(r"^## ", texts["llms.txt"], flags=re.MULTILINE)
    assert re.match(r"# [^\n]+\n\n> [^\n]+\n\n[^#>\n]", head)
    titles = [section.partition("\n")[0] for section in sections]
    assert titles == ["Guide", "Data", "Model", "Pages", "Optional"]
    for section in sections:
        lines = section.partition("\n")[2].strip().splitlines()
        assert lines
        for line in lines:
            assert re.fullmatch(r"- \[[^\]]+\]\([^)\s]+\)(: \S.*)?", line), line


def test_every_link_leads_to_a_published_file(
    texts: dict[str, str], built: dict[str, bytes], site_inputs: Inputs
) -> None:
    for path in ("llms.txt", "guide.md"):
        links = LINK.findall(texts[path])
        assert len(links) > 50
        for link in links:
            assert link in built or link in site_inputs.published, link


def test_the_site_has_them_and_the_page_of_the_dataset_leads_there(
    texts: dict[str, str], built: dict[str, bytes]
) -> None:
    assert {path: built[path].decode() for path in texts} == texts
    page = built["data/en/index.html"].decode()
    for path, media_type in (
        ("guide.json", "application/json"),
        ("guide.md", "text/markdown"),
        ("llms.txt", "text/plain"),
    ):
        assert f'<link rel="alternate" type="{media_type}" href="../../{path}"' in page


def test_a_graph_without_a_dataset_has_no_guide(site_inputs: Inputs) -> None:
    empty = Inputs(Store(), site_inputs.shapes, site_inputs.context, "1")
    assert list(guide.files(Site(empty))) == []
