"""The builder of queries: what it offers has answers, what it writes runs, and what it wrote is read back."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from test_web import node
from trophees.base.namespaces import RDF, SHACL
from trophees.graph import published
from trophees.release.checkout import Project
from trophees.site.model import Inputs, Site
from trophees.site.pages.playground.builder import kinds, model, told
from trophees.site.pages.playground.names import prefixes
from trophees.site.scripts import WORKSHOP

Model = dict[str, Any]
ROOM = 60_000  # bytes of what is offered, compressed
LONGEST = 2  # seconds


@pytest.fixture(scope="module")
def store() -> Store:
    found = Store()
    found.bulk_load(path=str(published.path(published.GRAPH)), format=RdfFormat.TRIG)
    return found


@pytest.fixture(scope="module")
def site(project: Project, store: Store) -> Site:
    return Site(Inputs(store, project.shapes(), project.context, project.version(store)))


@pytest.fixture(scope="module")
def offered(site: Site) -> Model:
    return json.loads(json.dumps(model(site)))  # type: ignore[no-any-return]


class Page:
    """The scripts of the builder under Node.js, and the engine for what they write."""

    def __init__(self, offered: Model, project: Project, store: Store) -> None:
        self.prefixes = prefixes(project.context)
        self.offered, self.store = offered, store
        self.head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items())

    def asked(self, walks: int = 0, states: object = (), texts: object = ()) -> dict[str, Any]:
        given = {
            "web": str(WORKSHOP),
            "model": self.offered,
            "prefixes": self.prefixes,
            "titles": {"count": "number", "iri": "{name}"},
            "walks": walks,
            "seed": 14,
            "states": states,
            "texts": texts,
        }
        return dict(node(str(Path(__file__).with_name("builder.mjs")), given))

    def rows(self, query: str) -> list[tuple[str, ...]]:
        found = self.store.query(self.head + query, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return [tuple("" if value is None else str(value) for value in row) for row in found]


@pytest.fixture(scope="module")
def page(offered: Model, project: Project, store: Store) -> Page:
    return Page(offered, project, store)


@pytest.mark.slow
def test_what_is_offered_is_small_and_the_same_each_time(site: Site, offered: Model) -> None:
    text = json.dumps(offered, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(text)) < ROOM
    assert json.dumps(model(site)) == json.dumps(offered)


def test_each_class_that_a_shape_describes_is_offered_or_left_out_with_a_reason(site: Site) -> None:
    short = site.context.compact
    shapes = site.shapes.quads_for_pattern(None, NamedNode(SHACL + "targetClass"), None)
    classes = {short(quad.object.value) for quad in shapes if isinstance(quad.object, NamedNode)}
    for quad in site.shapes.quads_for_pattern(None, NamedNode(SHACL + "targetObjectsOf"), None):
        assert isinstance(quad.object, NamedNode)
        facts = site.store.quads_for_pattern(None, quad.object, None)
        fact = next((q.object for q in facts if isinstance(q.object, NamedNode)), None)
        types = {short(t) for t in site.types(fact.value)} if fact else set()
        classes |= types - {"tp:Fact"}
    known = kinds().keys() | told()["left"].keys()
    above = {"tp:Code", "skos:Concept", "sh:NodeShape"}
    assert sorted(classes - known - above) == []
    assert not kinds().keys() & told()["left"].keys()
    assert all(site.subjects(RDF + "type", site.context.prefixes[k.split(":")[0]] + k.split(":")[1]) for k in kinds())


def test_each_relation_that_is_offered_has_an_answer(page: Page, offered: Model) -> None:
    pairs = [(kind, relation) for kind, about in offered["kinds"].items() for relation in about["relations"]]
    lines = {"values": [], "wide": False, "show": [], "about": [], "where": []}
    states = [{"kind": k, "where": [{**lines, "relation": r, "how": "any"}], "limit": 1} for k, r in pairs]
    written = page.asked(states=states)["written"]
    assert len(pairs) > 500
    assert [pair for pair, one in zip(pairs, written, strict=True) if not page.rows(one["text"])] == []


def test_what_is_named_has_a_name_in_both_languages(offered: Model) -> None:
    named = [*offered["kinds"].items(), *offered["relations"].items()]
    assert [name for name, one in named if not (one["fr"] and one["en"])] == []


def test_whatever_a_reader_builds_runs_and_is_read_back(page: Page) -> None:
    for walk in page.asked(walks=300)["walks"]:
        assert walk["read"] == walk["first"], walk["query"]
        assert walk["again"] == walk["query"]
        for query in (walk["query"], walk["counting"]):
            begun = time.process_time()
            page.rows(query)
            assert time.process_time() - begun < LONGEST, query


WRITTEN = """SELECT DISTINCT ?laureate ?laureate_name ?processBudget WHERE {
  ?laureate a tp:Laureate .
  ?laureate tp:usesTool/skos:broader* tool:numerique .
  ?laureate tp:indicator ?processBudget_fact .
  ?processBudget_fact tp:indicatorKind measure:process-budget ; tp:unit "EUR" ; tp:value ?processBudget .
  FILTER(?processBudget <= 10000)
  OPTIONAL { ?laureate skos:prefLabel ?laureate_name FILTER(LANG(?laureate_name) = "fr") }
}
ORDER BY ?laureate_name ?laureate
"""
EDITED = """# how many euros?
PREFIX p: <https://w3id.org/trophees-participation/ontology#>
select distinct ?x ?n ?€ { ?x a p:Laureate ; p:usesTool / skos:broader* tool:numerique ;
  p:indicator ?i
  optional { ?x skos:prefLabel ?n . filter (lang(?n) = 'fr') }
  ?i p:unit "EUR" ; p:value ?€ . ?i p:indicatorKind measure:process-budget . filter(10000 >= ?€) } order by ?n ?x"""


def test_a_query_is_read_back_after_small_edits(page: Page) -> None:
    plain, edited = page.asked(texts=[WRITTEN, EDITED.replace("?€", "?sum")])["texts"]
    assert plain == edited
    assert [line["how"] for line in plain["where"]] == ["is", "<="]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  FILTER(?processBudget <= 10000)", "  FILTER(?processBudget <= 10000 || ?other)", "|| ?other"),
        ("  FILTER(?processBudget <= 10000)", "  ?laureate tp:nothing ?x .", "tp:nothing"),
        ("tp:usesTool/skos:broader*", "tp:usesTool|tp:isFor", "|tp:isFor"),
        ("?processBudget WHERE", "?other WHERE", "?other"),
        ("ORDER BY ?laureate_name", "ORDER BY ?other", "?other"),
        ("ORDER BY", "GROUP BY ?laureate ORDER BY", ""),
        ("a tp:Laureate", "a tp:Nothing", ""),
        ("SELECT DISTINCT ?laureate", "ASK", "ASK"),
        ("WHERE {", "WHERE { {", "{\n"),
        ("}\nORDER", "\nORDER", "ORDER"),
        ("tool:numerique", "tool:numerique, ?laureate", ""),
        ('= "fr"', '= "de" && LANG(?processBudget) = "fr"', ""),
    ],
)
def test_what_the_builder_cannot_show_is_told_with_its_place(page: Page, old: str, new: str, place: str) -> None:
    assert old in WRITTEN
    text = WRITTEN.replace(old, new)
    [read] = page.asked(texts=[text])["texts"]
    assert text[read["unshown"] :].startswith(place)
