"""What a query says, however it is read; what is written into it changes nothing in its answer."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store, Variable

from endpoints import endpoint
from fuzz import examples
from trophees.ask import cookbook, engine
from trophees.ask import text as sparql
from trophees.ask.question import Question
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE
from trophees.release.checkout import Project

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
    prefixes = project.context.prefixes
    beside = store.query(query.text, prefixes=prefixes, use_default_graph_as_union=True, substitutions={**values})
    within = engine.Embedded(store, prefixes).ask(Question("query", query.text, values))
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


# calls of other endpoints


CALLS = [
    "SELECT * { SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { #c\rSERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<HERE>{ ?s ?p ?o } }",
    "SELECT * { VALUES ?x { '''a' } SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { '''a' } SERVICE <HERE> { ?s ?p ?o } } #\\z'''",
    "PREFIX : <HERE> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <HERE> PREFIX service: <urn:x/> SELECT * { service:x { ?s ?p ?o } }",
    "PREFIX s: <HERE> SELECT * { SERVICEs:x{ ?s ?p ?o } }",
    "PREFIX s: <HERE> PREFIX p: <http://x:80> SELECT * { ?s ?p p:SERVICE s:x{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<HERE>{ ?s ?p ?o } }",
]


@pytest.fixture(scope="module")
def store_of_one() -> Store:
    store = Store()
    for value in (Literal("o"), Literal(1), NamedNode("http://x:80")):
        store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), value))
    return store


@pytest.mark.parametrize("text", CALLS)
def test_no_call_of_another_endpoint_is_hidden_from_us(store_of_one: Store, text: str) -> None:
    with endpoint(b"") as other:
        text = text.replace("HERE", other.url)
        with pytest.raises(OSError, match=r"\w"):
            list(store_of_one.query(text))  # type: ignore[arg-type]
        assert len(other.asked) == 1, "the engine takes it for one"
        with pytest.raises(UserError, match="SERVICE is not available"):
            engine.Embedded(store_of_one).ask(Question("query", text))
        assert len(other.asked) == 1


@pytest.mark.parametrize(
    "text",
    [
        r"SELECT * { SERV\u0049CE <urn:x> { ?s ?p ?o } }",
        r"SELECT * { ?s ?p '\u0027 SERVICE <urn:x> { ?s ?p ?o } #' }",
        "SELECT * { #\r'''\nSERVICE <urn:x> { ?s ?p ?o } #'''\n }",
        "SELECT * { VALUES ?x { <urn:x> } FILTER(1<2)SERVICE?x#>\n{ ?s ?p ?o } }",
        "SELECT * { \u017fervice <urn:x> { ?s ?p ?o } }",
    ],
)
def test_nor_one_that_other_engines_see(text: str) -> None:
    assert sparql.calls(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a tp:Service . ?x tp:hasService ?service_2 }",
        'SELECT * { ?s tp:summary ?t FILTER(CONTAINS(LCASE(?t), "service public")) }',
        "# our service\nSELECT * { ?s ?p ?o FILTER(?o < 5) # of service\n FILTER(?o > 3) }",
        "PREFIX service: <urn:service#> ASK { ?s service:foo <http://x/service> . ?x service:y-z 1 }",
        "ASK { ?s ?p '''it's a service''', \"\"\"the \"service\" \"\"\" FILTER(?a<2 && 'service' > ?b) }",
        r'ASK { ?s ?p "l\u2019service", "\\service" }',
        "SELECT ?x { BIND('x'@en-service AS ?x) }",
        r"ASK { organisation:service-de-melun\#inference-1 ?p laureate:2020\/libre-service }",
        "ASK { ?s tp:p/tp:service* ?x FILTER(?y=tp:service||?z<tp:service) }",
    ],
)
def test_the_word_may_stand_where_it_calls_nobody(text: str) -> None:
    assert not sparql.calls(text)


_HEADS = [
    "",
    "PREFIX s: <HERE>",
    "PREFIX s: <HERE/>",
    "PREFIX : <HERE/>",
    "BASE <HERE>",
    "PREFIX service: <HERE/>",
    f"PREFIX l: <{BASE}>",
]
_BEFORE = [
    "?s ?p ?o.", "?s ?p ?o ", "FILTER(1<2)", "FILTER(3>2)", "FILTER('<'<\">\")", "VALUES ?x{'''a'}", 'VALUES ?x{"""b"}',
    "?s ?p s:", "?s ?p s:SERVICE ", "?s ?p ?SERVICE.", "?s ?p 'SERVICE'.", "?s ?p 1", "?s ?p <a'>", "?s ?p <b#>.",
    "#\r", "#'''\r", "#<\n", " ",
    "?s ?p l:a/SERVICE#b-1 ", "l:SERVICE#b-1", "l:a#b-1", "'", "'''", '"', "<", ">", "\\", "\\u0027", "@en",
]  # fmt: skip
_CALLS = ["SERVICE <HERE>{}", "SERVICE s:x{}", "SERVICE s:{}", "SERVICE:x{}", "SERVICE#>\n<HERE>{}", "service:x{}"]
_AFTER = ["", "'''", '"""', "#\\z'''", "#\\uD800'''", "#>", '#"', "#'", ">"]
_texts = st.builds(
    lambda heads, before, call, after: f"{' '.join(heads)} SELECT * {{{''.join(before)}{call}}}{after}",
    st.lists(st.sampled_from(_HEADS), max_size=2),
    st.lists(st.sampled_from(_BEFORE), max_size=3),
    st.sampled_from(_CALLS),
    st.sampled_from(_AFTER),
)


@pytest.fixture(scope="module")
def asked_of_us() -> Iterator[tuple[str, list[object]]]:
    with endpoint(b"") as other:
        yield other.url.removesuffix("/sparql"), other.asked  # type: ignore[misc]


@examples(800)
@given(text=_texts)
def test_no_text_makes_the_engine_call(store_of_one: Store, asked_of_us: tuple[str, list[object]], text: str) -> None:
    here, asked = asked_of_us
    try:
        result = engine.Embedded(store_of_one).ask(Question("query", text.replace("HERE", here)))
        assert isinstance(result, QuerySolutions)
        list(result)
    except (UserError, OSError):  # an address without a host, say
        pass
    assert asked == []


@pytest.mark.parametrize(
    "piece",
    [
        "SERVICE <http://",
        "<",
        "<'>",
        "'''",
        "#\r",
        "'''\\z",
        "\\'''",
        "a: ",
        '":',
        "PREFIX a:<",
        "prefix ",
        ":service",
        "\\u00e9",
    ],
)
def test_a_long_text_is_read_in_one_pass(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece)) + " service"
        start = time.process_time()
        sparql.calls(text)
        sparql.declared(text, {"a": "urn:a"})
        sparql.form(text)
        return time.process_time() - start

    def least(length: int) -> float:  # what else the machine does only adds
        return min(seconds(length) for _ in range(3))

    assert least(1 << 17) < 5 * max(least(1 << 15), 0.025)


def test_no_letter_is_taken_for_one_of_service_without_its_pattern() -> None:
    """`calls` leaves out the pattern where the letters e, r, v are missing: no other character may stand for them."""
    for character in map(chr, range(0x110000)):
        for letter in "erv":
            if re.fullmatch(letter, character, re.IGNORECASE):
                assert letter in character.lower()
    assert sparql.calls("ASK { ſervıce <urn:x> {} }")
    assert sparql.calls("ASK { SER\\u0056ICE <urn:x> {} }")
