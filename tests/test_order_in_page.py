"""The page puts rows in order by the same rules as `trophees.ask.standard.order`."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import QuerySolutions

import trophees
from terms import value_of
from test_star import PREFIXES
from test_web import asked, node
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.ask.standard.query import mended
from trophees.graph import published
from trophees.site.scripts import WORKSHOP

TEXTS = [
    "SELECT ?x { ?s ?p ?x } ORDER BY ?x",
    "SELECT ?order { ?s ?p ?order } order by DESC(?order) (?s) asc ( ?p ) LIMIT 2 OFFSET 1",
    "SELECT ?x { { SELECT ?x { ?s ?p ?x # ORDER BY ?s\n } ORDER BY STR(?x) DESC(?x) } } ORDER # é 🗳️\n BY ?x",
    "PREFIX u: <urn:> SELECT ?x { ?s ?p '🗳️ ORDER BY ?x' } ORDER BY u:f(?x, (1)) <urn:g>(?x) (?x + 1) VALUES ?p { 1 }",
    "SELECT ?x { ?s ?p ?x } GROUP BY ?x HAVING (COUNT(*) > 1) ORDER BY COUNT(?s) NOT EXISTS { ?x ?y 1 } ?x",
    "SELECT ?x { ?s ?p ?x } ORDER BY (EXISTS { SELECT * { ?x ?y ?z } ORDER BY ?z }) DESC(EXISTS { [] ?y ?x }) ?x",
    "SELECT ?x { ?s ?p ?x } ORDER BY", "SELECT ?x { ?s ?p ?x } ORDER BY (", "SELECT ?x { ?s ?p ?x } ORDER BY STR(?x",
    "ORDER", "",
]  # fmt: skip


def test_the_page_says_an_order_as_python_does() -> None:
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ ordered }} from {json.dumps((WORKSHOP / "query-order.js").as_uri())};
        const asked = JSON.parse(await text(process.stdin));
        process.stdout.write(JSON.stringify(asked.map(ordered)));
    """
    assert node(script, TEXTS) == [mended(text) for text in TEXTS]


@pytest.mark.slow
def test_the_page_puts_all_values_of_the_graph_in_order() -> None:
    text = "SELECT DISTINCT ?o { ?s ?p ?o FILTER(!isBlank(?o)) } ORDER BY DESC(?o)"
    (found,) = asked(published.path(published.GRAPH), PREFIXES, [text])
    rows = Embedded(trophees.load(), PREFIXES).ask(Question("query", text))
    assert isinstance(rows, QuerySolutions)
    ours = [value_of(row[0]) for row in rows]
    assert [row["o"]["value"] for row in found["results"]["bindings"]] == ours
    assert len(ours) > 1000
