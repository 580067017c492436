"""What is written into a query for an engine that lacks our settings changes nothing in its answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store, Variable

from trophees import cookbook, engine, sparql
from trophees.project import Project

GIVEN = [query for query in cookbook.queries().values() if query.params]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("select * {}", "SELECT"),
        ("# ASK\nPREFIX ask: <urn:SELECT> BASE <urn:ASK> construct { ?s ask:ASK ?o } WHERE {}", "CONSTRUCT"),
        ("PREFIX : <urn:x>\nASK { ?ask :SELECT 'DESCRIBE' }", "ASK"),
        ("DESCRIBE<urn:x>", "DESCRIBE"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", ""),
        ("", ""),
    ],
)
def test_the_form_is_the_first_keyword(text: str, form: str) -> None:
    assert sparql.form(text) == form


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("ASK { ?s a tp:X ; skos:y-z tp: }", "PREFIX skos: <s#> PREFIX tp: <t#>\n"),
        ("PREFIX tp: <urn:> ASK { tp:a skos:b ?c }", "PREFIX skos: <s#>\n"),
        ("prefix\n tp : <urn:>\nASK { tp:a ?b ?c }", "PREFIX tp: <t#>\n"),  # declared once more, before: without effect
        ("ASK { ?tp ?b 'skos:x' . <tp:a> ?b \"tp:\" } # tp:z", ""),
        ("ASK { ?s other:b _:tp }", ""),
    ],
)
def test_the_prefixes_that_are_used_and_not_declared_come_first(text: str, head: str) -> None:
    assert sparql.declared(text, {"tp": "t#", "skos": "s#"}) == (head + text, 1 if head else 0)


@pytest.mark.parametrize("query", GIVEN, ids=lambda query: query.name)
def test_values_in_the_text_give_the_rows_of_values_beside_it(
    query: cookbook.Query, store: Store, project: Project
) -> None:
    values = cookbook.substitutions(query, {}, project.context)
    beside = engine.run(store, query.text, project.context.prefixes, values)
    within = engine.run(store, sparql.bound(query.text, values), project.context.prefixes)
    assert isinstance(beside, QuerySolutions)
    assert isinstance(within, QuerySolutions)
    assert list(map(str, within)) == list(map(str, beside))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x {}",
        "SELECT (EXISTS { ?a ?b ?c } AS ?y) ?x WHERE { # {\n }",
        "SELECT ?x { SELECT ?x { ?s ?p ?x } }",
        "PREFIX select: <urn:SELECT> SELECT $x { VALUES ?y { '{' } } ORDER BY ?x",
        "CONSTRUCT { ?x <urn:p> ?x } WHERE {}",
        "DESCRIBE ?x WHERE { ?x ?p ?o }",
        "ASK { ?x ?p ?o }",
    ],
)
def test_a_value_goes_into_the_outermost_group(text: str) -> None:
    store, x = Store(), NamedNode("urn:x")
    store.add(Quad(x, x, x))
    found = store.query(sparql.bound(text, {Variable("x"): x}))
    assert found if isinstance(found, QueryBoolean) else "urn:x" in str(next(found))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ASK { ?xx ?p ?o }", r"no variable \?x"),
        ("CONSTRUCT WHERE { ?x ?p ?o }", "long form"),
        ("DESCRIBE ?x", "no graph pattern"),
        ("SELECT ?x", "no graph pattern"),
        ("CONSTRUCT { ?x ?p ?o", "not closed"),
    ],
)
def test_a_value_without_a_place_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sparql.bound(text, {Variable("x"): NamedNode("urn:x")})


@given(st.text())
def test_a_value_is_no_way_into_the_query(text: str) -> None:
    bound = sparql.bound("SELECT ?x {}", {Variable("x"): Literal(text)})
    rows = Store().query(bound)
    assert isinstance(rows, QuerySolutions)
    assert [row["x"] for row in rows] == [Literal(text)]


@given(st.text())
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(sparql.keywords(text)) == len(text)
    sparql.form(text)
    sparql.declared(text, {"tp": "t#"})
