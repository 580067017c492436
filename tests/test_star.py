"""`SELECT *` has its columns in the order in which the query mentions its variables first, wherever it is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

import trophees
from conftest import Run
from test_web import WEB, asked, node
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.ask.star import explicit
from trophees.base.context import Context
from trophees.graph import published

PREFIXES = Context(published.path(published.CONTEXT).read_text("utf-8")).prefixes
QUERY = "SELECT * { ?l a tp:Laureate ; tp:stars ?b ; tp:indicator ?a }"
# a query over nothing, and its columns in their order
STARS = {
    "SELECT * { ?z ?y ?x }": "zyx",
    "select distinct*{?z ?y ?x}": "zyx",
    "# SELECT * { ?x\nPREFIX a: <urn:a#?x*> SELECT REDUCED * WHERE { ?z a:x ?y . ?x ?p 'a ?x' }": "zyxp",
    "SELECT * FROM <urn:g> { $z ?p $a OPTIONAL { $z ?q $b } FILTER(?b > 1) }": "zpaqb",
    "SELECT * { ?z ?p '?a' . { SELECT ?c ?b { ?b ?a ?c } } }": "zpcb",
    "SELECT * { ?z ?p ?o BIND(?o AS ?a) VALUES (?c ?b) { (1 2) } }": "zpoacb",
    "SELECT * { [] ?z ?a MINUS { ?z ?q ?r } }": "za",
    "SELECT * { ?z ?y ?x } ORDER BY ?x ?y": "zyx",
    "SELECT (?z * 2 AS ?d) ?a { ?z ?y ?a }": "da",
    "SELECT ?b ?a { { SELECT * { ?z ?b ?a } } }": "ba",
    "SELECT * { ?a ?b ?c }": "abc",
    "SELECT * {}": "",
}


@pytest.mark.parametrize("text", STARS)
def test_columns_come_as_they_are_mentioned(text: str) -> None:
    rows = Embedded(Store()).ask(Question("query", text))
    assert isinstance(rows, QuerySolutions)
    assert "".join(variable.value for variable in rows.variables) == STARS[text]


def test_only_what_would_be_in_another_order_is_asked_again() -> None:
    assert explicit("SELECT * { ?b ?a ?c }", "abc") == "SELECT  ?b ?a ?c  { ?b ?a ?c }"
    for text in ("SELECT * { ?a ?b ?c }", "SELECT ?a ?b ?c { ?c ?b ?a }", "ASK { ?b ?a ?c }"):
        assert explicit(text, "abc") is None


def test_the_rows_are_the_same() -> None:
    rows = trophees.query(QUERY)
    named = trophees.query(QUERY.replace("*", "?l ?b ?a"))
    assert isinstance(rows, trophees.Rows)
    assert rows == named
    assert len(rows) > 50


def test_the_command_line_keeps_the_order(run: Run) -> None:
    for form, first in (("csv", "l,b,a"), ("tsv", "?l\t?b\t?a"), ("md", "| l | b | a |")):
        assert run("query", QUERY, "--format", form).stdout.splitlines()[0] == first
    assert json.loads(run("query", QUERY, "--format", "json").stdout)["head"]["vars"] == ["l", "b", "a"]


def test_a_mistake_keeps_its_place(run: Run) -> None:
    assert run("query", "SELECT * { ?z ?y ?x } LIMT 1").stderr.startswith("trophees: query:1:23: ")


def test_the_page_keeps_the_order() -> None:
    found = asked(published.path(published.GRAPH), PREFIXES, [QUERY])
    assert found[0]["head"]["vars"] == ["l", "b", "a"]
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ columns }} from {json.dumps((Path(WEB) / "sparql.js").as_uri())};
        const asked = JSON.parse(await text(process.stdin));
        process.stdout.write(JSON.stringify(asked.map(([one, vars]) => columns(one, vars))));
    """
    named = ("SELECT (?z", "SELECT ?b")
    given = [[text, list(order) if text.startswith(named) else sorted(order)] for text, order in STARS.items()]
    assert ["".join(one) for one in node(script, given)] == list(STARS.values())
