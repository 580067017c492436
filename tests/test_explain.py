"""The query checker and the mistakes: what is wrong is found at its place, with what is meant; nothing else is said."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
import warnings
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store, parse_query_results

import trophees
from conftest import Run
from endpoints import endpoint, response
from trophees.ask import cookbook, results
from trophees.ask.engine import Embedded
from trophees.ask.explain import scope
from trophees.ask.explain.carried import header, inside
from trophees.ask.explain.checker import remarks
from trophees.ask.explain.grammar import read
from trophees.ask.explain.mistakes import mistake
from trophees.ask.explain.nearest import distance, nearest, words
from trophees.ask.explain.profile import Profile
from trophees.ask.explain.reader import Mistake
from trophees.ask.explain.remark import Remark
from trophees.ask.explain.sentences import SENTENCES
from trophees.ask.explain.tokens import Token, excerpt, place, tokens
from trophees.ask.question import Question
from trophees.ask.rows import Rows
from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, XSD
from trophees.graph import published

CONTEXT = Context(published.path("context.jsonld").read_text("utf-8"))
QUERIES = list(cookbook.queries().values())
NAMES = sorted(CONTEXT.prefixes)


@cache
def graph() -> Embedded:
    return Embedded.opened(published.path(published.GRAPH), (), CONTEXT.prefixes)


@cache
def profile() -> Profile:
    """What the graph has, with all the time it takes."""
    return Profile(graph(), CONTEXT.prefixes, 1e6)


def found(text: str) -> list[Remark]:
    return remarks(Question("query", text), profile())


# --- nothing is said without a reason


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_cookbook_gives_no_reason_for_a_remark(query: cookbook.Query) -> None:
    asked = [
        Question(query.name, query.text),
        Question(query.name, query.text, cookbook.substitutions(query, {}, CONTEXT)),
        Question(query.name, cookbook.in_language(query.text, "en")),
        Question(query.name, cookbook.standalone(query, "fr", CONTEXT)),
        Question(query.name, cookbook.standalone(query, "en", CONTEXT)),
    ]
    assert [remark.sentence.en for one in asked for remark in remarks(one, profile())] == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?n { ?l a tp:Laureate FILTER NOT EXISTS { ?l owl:deprecated true } BIND(1 AS ?n) }",
        "SELECT ?l { ?l a tp:Laureate MINUS { ?l tp:indicator ?i . ?i tp:unit 'EUR' } }",
        "SELECT ?l ?r { ?l a tp:Laureate OPTIONAL { ?l tp:inRegion ?r } FILTER(!BOUND(?r)) }",
        "SELECT ?l { ?l (tp:usesTool|^tp:about)+/skos:broader* ?t }",
        "SELECT ?g { GRAPH ?g { ?l tp:stars ?s } }",
        "SELECT ?l { ?l a tp:Laureate FILTER(STRSTARTS(STR(?l), STR(laureate:))) }",
        "SELECT * { ?i tp:value 130000.0 . ?x skos:prefLabel 'Nord'@fr . ?y igeo:codeINSEE '94' }",
        "SELECT * { ?i tp:value ?v FILTER(?v > 1000 && ?v < 1e9) }",
        "SELECT * { { SELECT ?l (COUNT(*) AS ?n) { ?l tp:indicator ?i } GROUP BY ?l } FILTER(?n > 2) }",
        "SELECT * { VALUES (?a ?b) { (UNDEF 1) } ?a tp:stars ?b }",
        "SELECT * { SERVICE <http://example.org/sparql> { ?x <http://example.org/p> <http://example.org/o> } }",
        "SELECT ?t (COUNT(?l) AS ?n) { ?l tp:usesTool ?t } GROUP BY ?t HAVING(COUNT(?l) > 2) ORDER BY DESC(?n)",
        "SELECT ?y (COUNT(?l) AS ?n) { ?l tp:usesTool ?t } GROUP BY (STR(?t) AS ?y) HAVING(STRLEN(?y) > 2)",
        "SELECT (?n + 1 AS ?a) (?a + 1 AS ?b) { ?l tp:stars ?n }",
        "SELECT (COUNT(?l) AS ?n) (?n + 1 AS ?m) { ?l tp:stars ?s } HAVING(EXISTS { ?x tp:stars ?n })",
        "DESCRIBE laureate:2020\\/cachan",
        "CONSTRUCT { ?l <http://example.org/new> ?s } { ?l tp:stars ?s }",
        "ASK { [] a tp:Laureate ; tp:stars [] }",
        "ASK { ?c skos:broader/skos:broader ?d }",
    ],
)
def test_what_finds_something_gives_no_reason_for_a_remark(text: str) -> None:
    assert [remark.sentence.en for remark in found(text)] == []


# --- what is wrong is found

WRONG = {
    "a property": ("SELECT * {\n  ?x tp:inDepartment ?y }", "2:6", "tp:inDepartement"),
    "a property in a path": ("SELECT * { ?x tp:toolUse/tp:tol ?y }", "1:26", "tp:tool"),
    "a property that is optional": ("SELECT * { ?x a tp:Laureate OPTIONAL { ?x tp:summry ?y } }", "1:43", "tp:summary"),
    "a property among others": ("SELECT * { ?x tp:title|tp:tilte ?y }", "1:24", "tp:title"),
    "a property that is a class": ("SELECT * { ?x tp:Tool ?y }", "1:15", "tp:tool"),
    "a class": ("SELECT * { ?x a tp:Laureates }", "1:17", "tp:Laureate"),
    "a class by a whole IRI": (
        "SELECT * { ?x a <http://w3id.org/trophees-participation/ontology#Laureate> }", "1:17", "tp:Laureate",
    ),
    "a thing": ("SELECT * { tool:budget-participatf ?p ?o }", "1:12", "tool:budget-participatif"),
    "a thing with a slash": ("SELECT * { laureate:2020\\/cahcan ?p ?o }", "1:12", "laureate:2020/cachan"),
    "a thing in a condition": ("SELECT * { ?l tp:role ?r FILTER(?r = role:carier) }", "1:38", "role:carrier"),
    "a thing in VALUES": ("SELECT * { VALUES ?r { role:carier } ?l tp:role ?r }", "1:24", "role:carrier"),
    "a thing in what is excluded": (
        "SELECT * { ?l a tp:Laureate MINUS { ?l tp:usesTool tool:numrique } }", "1:52", "tool:numerique",
    ),
    "a graph": ("SELECT * { GRAPH graph:rule { ?s ?p ?o } }", "1:18", "graph:rules"),
    "a graph after FROM": ("SELECT * FROM graph:rule { ?s ?p ?o }", "1:15", "graph:rules"),
    "a datatype": ("SELECT * { ?e tp:year '2020'^^xsd:gYaer }", "1:31", "xsd:gYear"),
    "a property of another class": ("SELECT * { ?x a tp:Laureate ; tp:tool ?t }", "1:31", "tp:usesTool"),
    "a property of another thing": ("SELECT * { ?l tp:indicator ?i . ?i tp:stars ?s }", "1:36", "tp:Indicator"),
    "a property at the end of a path": ("SELECT * { ?l tp:indicator/tp:stars ?s }", "1:28", "tp:Indicator"),
    "a class of another thing": ("SELECT * { ?l tp:indicator ?i . ?i a tp:Stage }", "1:38", "tp:Indicator"),
    "two properties of different things": ("SELECT * { ?x tp:siren ?s ; tp:stars ?n }", "1:29", "tp:siren"),
    "an integer for a decimal": ("SELECT * { ?i tp:value 130000 }", "1:24", "130000.0"),
    "a text without language": ("SELECT * { ?x skos:prefLabel 'Nord' }", "1:30", '"Nord"@fr'),
    "a text with a language": ("SELECT * { ?x igeo:nom 'Nord'@fr }", "1:24", '"Nord"'),
    "a number for a code": ("SELECT * { ?x igeo:codeINSEE 94 }", "1:30", '"94"'),
    "a text for a number": ("SELECT * { ?l tp:stars '4' }", "1:24", "4"),
    "an integer for a year": ("SELECT * { ?e tp:year 2020 }", "1:23", '"2020"^^xsd:gYear'),
    "a text for a date": ("SELECT * { ?m tp:validOn '2020-01-01' }", "1:26", '"2020-01-01"^^xsd:date'),
    "a text for a date that is nowhere": ("SELECT * { ?m tp:validOn '2020-01-0' }", "1:26", "xsd:date"),
    "a text for a thing": ("SELECT * { ?l tp:inRegion 'bretagne' }", "1:27", "region:53"),
    "a thing for a text": ("SELECT * { ?x igeo:codeINSEE departement:94 }", "1:30", "igeo:codeINSEE"),
    "a thing of another class": ("SELECT * { ?l tp:inRegion departement:94 }", "1:27", "igeo:Region"),
    "a text that is misspelt": ("SELECT * { ?x skos:prefLabel 'Saint Denis'@en }", "1:30", '"Saint-Denis"@en'),
    "a year that is compared as a number": (
        "SELECT * { ?e tp:year ?y FILTER(?y = 2020) }", "1:33", '?y = "2020"^^xsd:gYear',
    ),
    "a date that is compared as a text": (
        "SELECT * { ?f tp:end ?e FILTER(?e >= '2020') }", "1:32", 'STR(?e) >= "2020"',
    ),
    "a date that is compared with its own kind": (
        "SELECT * { ?f tp:end ?e FILTER(?e > '2020'^^edtf:EDTF) }", "1:32", 'STR(?e) > "2020"',
    ),
    "a date that is taken apart": ("SELECT * { ?f tp:end ?e FILTER(YEAR(?e) > 2019) }", "1:32", "edtf:EDTF"),
    "a thing that is compared with its label": (
        "SELECT * { ?l tp:usesTool ?t FILTER(?t = 'budget participatif') }", "1:37", "?t = tool:budget-participatif",
    ),
    "a language of what has none": ("SELECT * { ?x igeo:nom ?n FILTER(LANG(?n) = 'fr') }", "1:34", "igeo:nom"),
    "a language that is not there": ("SELECT * { ?x tp:counted ?n FILTER(LANG(?n) = 'de') }", "1:36", "en"),
    "a condition among others": ("SELECT * { ?e tp:year ?y ; tp:x ?x FILTER(?x > 1 && ?y = 2020) }", "1:53", "gYear"),
    "a variable that is shown": ("SELECT ?laureat { ?laureate a tp:Laureate }", "1:8", "?laureate"),
    "a variable that is compared": ("SELECT * { ?l tp:stars ?stars FILTER(?star > 3) }", "1:38", "?stars"),
    "a variable that is sorted by": ("SELECT * { ?l tp:stars ?stars } ORDER BY ?star", "1:42", "?stars"),
    "a variable of a subquery": ("SELECT ?stars { { SELECT ?star { ?star tp:stars ?stars } } }", "1:8", "?star"),
    "a variable of a template": ("CONSTRUCT { ?l tp:x ?star } { ?l tp:stars ?stars }", "1:21", "?stars"),
    "a variable from outside of an OPTIONAL": (
        "SELECT * { ?l tp:topic ?t OPTIONAL { ?t tp:main true BIND(?l AS ?main) } }", "1:59", "?l",
    ),
    "a variable from outside of a group in an OPTIONAL": (
        "SELECT * { ?l tp:stars ?n OPTIONAL { { ?l tp:indicator ?i FILTER(?n > 3) } } }", "1:66", "?n",
    ),
    "a variable from outside of an OPTIONAL around the OPTIONAL": (
        "SELECT * { ?l tp:stars ?n OPTIONAL { ?l tp:stage ?s OPTIONAL { ?l tp:goal ?g FILTER(?n > 3) } } }",
        "1:85",
        "?n",
    ),
    "a variable from after an OPTIONAL": (
        "SELECT * { OPTIONAL { ?l tp:indicator ?i FILTER(?n > 3) } ?l tp:stars ?n }", "1:49", "?n",
    ),
    "a variable from outside of a branch": (
        "SELECT * { ?l tp:stars ?n { ?l tp:stage ?s FILTER(?n > 3) } UNION { ?l tp:goal ?g } }", "1:51", "?n",
    ),
    "a variable from outside of what is excluded": (
        "SELECT * { ?l tp:stars ?n MINUS { ?l tp:stage ?s FILTER(?n > 3) } }", "1:57", "?n",
    ),
    "a variable from after a BIND": ("SELECT * { BIND(?n + 1 AS ?m) ?l tp:stars ?n }", "1:17", "?n"),
    "a name of SELECT in HAVING": (
        "SELECT ?t (COUNT(?l) AS ?n) { ?l tp:usesTool ?t } GROUP BY ?t HAVING(?n > 2)", "1:70", "AS ?n",
    ),
    "a name of SELECT in HAVING that foresees that it has no value": (
        "SELECT ?t (COUNT(?l) AS ?n) { ?l tp:usesTool ?t } GROUP BY ?t HAVING(COALESCE(?n, 0) > 2)", "1:79", "AS ?n",
    ),
    "a name of SELECT in HAVING of a subquery": (
        "SELECT * { { SELECT ?t (COUNT(?l) AS ?n) { ?l tp:usesTool ?t } GROUP BY ?t HAVING(?n > 2) } }", "1:83",
        "AS ?n",
    ),
    "a name of SELECT in GROUP BY": (
        "SELECT (SAMPLE(STR(?t)) AS ?y) (COUNT(?l) AS ?n) { ?l tp:usesTool ?t } GROUP BY ?y", "1:81", "AS ?y",
    ),
    "a name of SELECT in what SELECT computes before": (
        "SELECT (?b + 1 AS ?a) (?n AS ?b) { ?l tp:stars ?n }", "1:9", "AS ?b",
    ),
    "one graph for what is in two": (
        "SELECT * { GRAPH ?g { ?l tp:indicator ?i . ?l tp:inRegion ?r } }", "1:47", "tp:indicator",
    ),
    "a graph for what is in another": (
        "SELECT * { GRAPH graph:vocabulary { ?l tp:stars ?s } }", "1:40", "graph:report/2020",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_never_matches_is_found_at_its_place_with_what_is_there(case: str) -> None:
    text, where, meant = WRONG[case]
    told = {"{}:{}".format(*place(text, remark.at)): remark.sentence for remark in found(text)}
    assert where in told, told
    assert meant in told[where].en
    assert meant in told[where].fr


@pytest.mark.parametrize("case", [case for case in WRONG if "from outside" in case or "from after" in case])
def test_a_variable_that_has_its_value_elsewhere_has_none_here(case: str) -> None:
    """Another name, which never has a value, makes no difference."""
    text, where, word = WRONG[case]
    at = int(where.split(":")[1]) - 1
    told = {remark.at: remark.sentence.en for remark in found(text)}
    assert told[at].startswith(f"{word} has no value here")
    other = text[:at] + "?nothing" + text[at + len(word) :]
    assert answered(text) == answered(other) != []


def answered(text: str) -> list[tuple[str, ...]]:
    """The rows, in one order, whatever the order of their columns; a column that is empty everywhere does not count."""
    solutions = graph().ask(Question("query", text))
    assert isinstance(solutions, QuerySolutions)
    names = sorted(v.value for v in solutions.variables)
    return sorted(tuple(f"{name}={row[name]}" for name in names if row[name] is not None) for row in solutions)


SEEN = [
    "SELECT * { ?l tp:stars ?n OPTIONAL { ?l tp:indicator ?i FILTER(?n > 3) } }",
    "SELECT * { ?l tp:stars ?n OPTIONAL { ?l tp:indicator ?i . ?l tp:stars ?m BIND(?m + 1 AS ?more) } }",
    "SELECT * { ?l tp:stars ?n FILTER EXISTS { ?l tp:stage ?s FILTER(?n > 3) } }",
    "SELECT * { ?l tp:stars ?n FILTER NOT EXISTS { { ?l tp:stage ?s BIND(?n + 1 AS ?m) FILTER(?m > 4) } } }",
    "SELECT * { ?l tp:stars ?n OPTIONAL { ?l tp:stage ?s FILTER NOT EXISTS { ?l tp:goal ?g FILTER(?n > 3) } } }",
    "SELECT * { ?l tp:stars ?n BIND(EXISTS { ?l tp:stage ?s FILTER(?n > 3) } AS ?staged) }",
    "SELECT * { GRAPH ?g { ?l tp:indicator ?i FILTER(STRENDS(STR(?g), '2020')) } }",
    "SELECT * { FILTER(?n > 3) ?l tp:stars ?n }",
    "SELECT * { ?l tp:stars ?n OPTIONAL { ?l tp:stage ?s BIND(COALESCE(?n, 0) AS ?m) } }",
]


@pytest.mark.parametrize("text", SEEN)
def test_nothing_is_said_of_a_variable_that_has_a_value_or_need_not_have_one(text: str) -> None:
    assert found(text) == []


def test_a_property_that_is_declared_and_not_used_is_known() -> None:
    store = Store()
    store.update(
        f"INSERT DATA {{ <{BASE}ontology#old> a <http://www.w3.org/2002/07/owl#ObjectProperty> . <urn:a> <urn:b> 1 }}"
    )
    own = Profile(Embedded(store), CONTEXT.prefixes, 10)
    optional = "SELECT * { ?x <urn:b> ?y OPTIONAL { ?x tp:old ?z } }"
    assert remarks(Question("query", optional), own) == []
    (remark,) = remarks(Question("query", "SELECT * { ?x tp:old ?z }"), own)
    assert remark.sentence.en == "tp:old is a property of nothing in the graph"


def test_a_value_of_a_parameter_is_looked_for_too() -> None:
    query = cookbook.get("laureates-in-region")
    given = cookbook.substitutions(query, {"region": "region:999"}, CONTEXT)
    (remark,) = remarks(Question("query", query.text, given), profile())
    assert "region:999 is nowhere in the graph" in remark.sentence.en


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        (
            "SELECT * { ?l a tp:Laureate ;\n  tp:inRegion region:04 ; tp:usesTool tool:cartographie-participative }",
            "2:27",
            "tp:usesTool",
        ),
        ("SELECT * { ?l tp:stars ?s FILTER(?s > 2) FILTER(?s > 7) }", "1:49", "condition"),
        ('SELECT * { BIND(1 AS ?x) FILTER(?x > "0") }', "1:33", "is an error for all that matched"),
        ("SELECT * { VALUES ?x { 1 2 } FILTER(?x < '1'^^xsd:date) }", "1:37", "is an error for all"),
        ("SELECT * { ?l tp:stars ?s BIND(STR(?s) AS ?x) FILTER(?x > 3) }", "1:54", "is an error for all"),
        ("SELECT * { BIND(1 AS ?x) FILTER(?x > 3) }", "1:33", "may be the true answer"),
        ("SELECT * { ?l a tp:Laureate OPTIONAL { ?l tp:order ?o } FILTER(STR(?l) = 'x') }", "1:64", "condition"),
    ],
)
def test_an_empty_answer_of_what_could_be_is_told_where_nothing_was_left(text: str, where: str, said: str) -> None:
    (remark,) = remarks(Question("query", text), profile(), empty=True)
    assert "{}:{}".format(*place(text, remark.at)) == where
    assert said in remark.sentence.en
    assert remarks(Question("query", text), profile()) == []


def test_that_a_check_takes_too_long_is_said() -> None:
    text = "SELECT ?l { ?l a tp:Laureates ; tp:tol ?t }"
    (remark,) = remarks(Question("query", text), Profile(graph(), CONTEXT.prefixes, 0), empty=True)
    assert remark.at == len(text)
    assert remark.sentence.en == "the check could not be finished, there may be other causes"


def test_a_check_takes_no_time_while_others_compute() -> None:
    checked = Profile(graph(), CONTEXT.prefixes, 0.05)
    time.sleep(0.1)
    assert checked.any("?s ?p ?o")


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("SELECT ?l { ?l tp:stars ?s } GROUP BY ?l HAVING(COUNT(*) > 100)", "1:64", "this may be the true answer"),
        ("SELECT ?l { ?l tp:stars ?s } LIMIT 0", "1:37", "no cause was found"),
        ("SELECT ?l FROM graph:report/2020 { ?l tp:inRegion ?r }", "1:16", "without them all are asked together"),
        ("SELECT ?l FROM NAMED graph:report/2020 { ?l tp:title ?t }", "1:22", "FROM NAMED, to what is in GRAPH"),
    ],
)
def test_an_empty_answer_has_a_word_whatever_was_asked(text: str, where: str, said: str) -> None:
    (remark,) = remarks(Question("query", text), profile(), empty=True)
    assert "{}:{}".format(*place(text, remark.at)) == where
    assert said in remark.sentence.en


@pytest.mark.parametrize(
    ("text", "where", "meant"),
    [
        ("SELECT ?t { VALUES ?l { 'cachan' } ?l tp:title ?t }", "1:25", "laureate:2020/cachan"),
        ("SELECT ?t { VALUES ?g { 'report/2020' } GRAPH ?g { ?l tp:title ?t } }", "1:25", "graph:report/2020"),
        ("SELECT ?p { VALUES ?l { 'cachan' } ?l ?p 4 }", "1:25", "laureate:2020/cachan"),
    ],
)
def test_a_value_where_a_thing_is_needed_is_told_with_the_things_that_end_so(text: str, where: str, meant: str) -> None:
    told = {"{}:{}".format(*place(text, remark.at)): remark for remark in found(text)}
    assert "a thing is needed" in told[where].sentence.en
    assert meant in told[where].names


def test_a_parameter_that_is_to_be_a_thing_and_is_a_text_is_told(run: Run) -> None:
    said = run("query", "SELECT ?t { ?l tp:title ?t }", "-p", "l=cachan").stderr
    assert 'query:1:13: "cachan" is a value' in said
    assert "(did you mean laureate:2020/cachan?)" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CONSTRUCT { ?l tp:star ?s } { ?l tp:star ?s }", "tp:star is a property of nothing"),
        ("DESCRIBE laureate:2020/cahcan", "laureate:2020/cahcan is nowhere in the graph"),
        ("ASK { ?l tp:star ?s }", "tp:star is a property of nothing"),
    ],
)
def test_python_warns_of_what_an_answer_without_rows_lacks(text: str, said: str) -> None:
    with pytest.warns(UserWarning, match=said):
        assert not trophees.query(text, lang="en")
    with warnings.catch_warnings(action="error"):
        assert not trophees.query("ASK { laureate:2020/cachan tp:stars 3 }", lang="en")
        assert trophees.query("DESCRIBE laureate:2020/cachan", lang="en")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md", "table"])
@pytest.mark.parametrize(
    ("text", "hollow"),
    [
        ("(COUNT(*) AS ?n) (SUM(?o) AS ?m) (SAMPLE(?s) AS ?x) { ?s tp:valeur ?o }", {"n": "0", "m": "0", "x": ""}),
        ("(AVG(?o) AS ?n) (0e0 AS ?m) (0.0 AS ?x) { ?s tp:valeur ?o }", {"n": "0", "m": "0", "x": "0"}),
        ("?n ?m ?x { VALUES (?n ?m ?x) { (0 UNDEF 1) (UNDEF '' 0) } }", {"n": "0", "m": ""}),
        ("?n ?m { VALUES (?n ?m) { (0 1) (10 2) } }", {}),
        ("(COUNT(*) AS ?n) { VALUES ?x { 1 2 } } GROUP BY ?x", {}),
        ("?n { VALUES ?n { 0 } FILTER(?n > 0) }", {}),
    ],
)
def test_columns_that_say_nothing_in_any_row_are_told_from_others(form: str, text: str, hollow: dict[str, str]) -> None:
    result, found = graph().ask(Question("query", f"SELECT {text}")), dict[str, str]()
    results.render(result, form, CONTEXT, hollow=found)
    assert found == hollow


EACH = "SELECT ?l (COUNT(?x) AS ?n) { ?l tp:stars ?s OPTIONAL { %s } } GROUP BY ?l"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EACH % "?l tp:star ?x", "query:1:60: tp:star is a property of nothing in the graph"),
        (EACH % "?l tp:stars ?y", "query:1:18: ?x never has a value"),
        (EACH % "?l tp:stars ?x FILTER(?x > '9')", "no value of tp:stars meets this condition"),
        (EACH % "?l tp:indicator ?x FILTER(?s > 9)", "query:1:25: ?n has no value but 0, and the query shows no"),
        (
            "SELECT (COUNT(*) AS ?n) { { ?l tp:carriedBy ?l } UNION { ?l tp:usesTool ?l } }",
            "query:1:21: ?n has no value",
        ),
    ],
)
def test_a_count_of_nothing_in_every_row_does_not_go_without_a_word(run: Run, text: str, said: str) -> None:
    assert said in run("query", text, "--lang", "en").stderr


@pytest.mark.parametrize("summed", ["COUNT(*)", "SUM(?v)"])
def test_what_makes_a_count_nothing_is_said(run: Run, summed: str) -> None:
    text = f"SELECT ({summed} AS ?n) {{ ?x tp:valeur ?v }}"
    assert "tp:valeur is a property of nothing" in run("query", text).stderr
    rows = trophees.query(text, lang="en")
    assert isinstance(rows, Rows)
    assert any("tp:valeur is a property of nothing" in note for note in rows.notes)
    (remark,) = found("SELECT (COUNT(*) AS ?n) { ?l tp:stars ?s FILTER(?s > 7) }")
    assert "leaves nothing" in remark.sentence.en
    assert run("query", "SELECT (COUNT(*) AS ?n) { ?x tp:stars ?v }").stderr == ""


# --- names that are mistyped


def mutated(name: str, chance: random.Random) -> str:
    """`name` as one mistypes it: a letter left out, doubled, changed, put in, or swapped with the next."""
    at = chance.randrange(len(name))
    letter = chance.choice("0123456789" if name.isdigit() else "abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[: at + 1] + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
        ]
    )


@cache
def mistyped(count: int) -> list[tuple[str, Token, str, str]]:
    """Queries of the cookbook in which one name, or its prefix, is mistyped so that it is none: text, name, written."""
    bodies = [re.sub(r"(?m)^PREFIX.*\n", "", cookbook.standalone(query, "fr", CONTEXT)) for query in QUERIES]
    names = [
        (body, token)
        for body in bodies
        for token in tokens(body)
        if token.kind == "name" and not token.text.startswith(("xsd:",)) and not token.text.endswith(":")
    ]
    chance = random.Random(2020)
    cases: list[tuple[str, Token, str, str]] = []
    while len(cases) < count:
        body, token = chance.choice(names)
        prefix, _, local = token.text.partition(":")
        of_prefix = chance.random() < 0.25
        new = f"{mutated(prefix, chance)}:{local}" if of_prefix else f"{prefix}:{mutated(local, chance)}"
        begins = new.partition(":")[0]
        iri = CONTEXT.prefixes.get(begins, "") + new.partition(":")[2].replace("\\", "")
        if new == token.text or not re.fullmatch(r"[\w-]+:[\w-]([\w-]|\\/)*", new):
            continue
        if begins not in CONTEXT.prefixes or not profile().has(iri):
            cases.append((body[: token.start] + new + body[token.end :], token, new, prefix if of_prefix else ""))
    return cases


def offered(text: str, token: Token) -> tuple[str, ...]:
    """What may be meant by what stands in place of `token`, at its place."""
    try:
        read(text, CONTEXT.prefixes)
    except Mistake:
        told = mistake(text, SyntaxError(), CONTEXT.prefixes, profile())
        assert told is not None
        assert told.at == token.start
        return tuple(re.findall(r"([\w-]+):(?=[ ,?)])", told.sentence.en.rpartition("(did you mean")[2]))
    return next(
        (remark.names for remark in remarks(Question("query", text), profile()) if remark.at == token.start), ()
    )


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_every_mistyped_name_of_the_cookbook_is_found_and_the_right_one_offered(count: int) -> None:
    missed = []
    for text, token, new, _ in mistyped(count):
        meant = offered(text, token)
        if len(meant) > 3 or not {token.text, token.text.partition(":")[0]} & set(meant):
            missed.append((token.text, new, meant))
    assert missed == []


def test_the_distance_of_two_names_counts_what_was_mistyped() -> None:
    assert [distance("tool", other, 3) for other in ("tool", "tol", "toool", "took", "otol", "zzzz")] == [
        0,
        1,
        1,
        1,
        1,
        4,
    ]
    assert nearest("regoin", ["region", "role", "section"]) == ["region"]


@given(*[st.text("abc", max_size=6)] * 2, st.integers(0, 6))
def test_the_distance_is_that_of_the_definition(a: str, b: str, most: int) -> None:
    @cache
    def far(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        least = min(far(i - 1, j) + 1, far(i, j - 1) + 1, far(i - 1, j - 1) + (a[i - 1] != b[j - 1]))
        swapped = i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]
        return min(least, far(i - 2, j - 2) + 1) if swapped else least

    assert distance(a, b, most) == min(far(len(a), len(b)), most + 1)


def test_a_keyword_is_meant_by_three_of_its_letters_or_by_what_is_near_to_it() -> None:
    known = ["SELECT", "SELF", "SEPARATOR", "SEVEN", "SERVICE", "SEL"]
    assert words("SEL", known) == ["SELECT", "SELF"]
    assert words("SE", known) == ["SEL"]
    assert words("SERVISE", known) == ["SERVICE"]
    assert words("S", ["SELECT", "SELF"]) == []


@pytest.mark.parametrize(("kind", "value", "text"), [
    ("boolean", "true", "true"), ("boolean", "1", '"1"^^xsd:boolean'),
    ("integer", "-7", "-7"), ("integer", "+70", "+70"), ("integer", "7x", '"7x"^^xsd:integer'),
    ("decimal", "7.25", "7.25"), ("decimal", "12", "12.0"), ("decimal", "7.", '"7."^^xsd:decimal'),
    ("decimal", "x", '"x"^^xsd:decimal'), ("decimal", "", '""^^xsd:decimal'), ("decimal", ".5", '".5"^^xsd:decimal'),
    ("double", "1.25e10", "1.25e10"), ("double", "1E-7", "1E-7"), ("double", "1", '"1"^^xsd:double'),
    ("double", "xe1", '"xe1"^^xsd:double'), ("string", "a", '"a"'),
])  # fmt: skip
def test_a_value_is_written_as_in_a_query_bare_where_that_says_the_same(kind: str, value: str, text: str) -> None:
    assert profile().written(Literal(value, datatype=NamedNode(XSD + kind))) == text


# --- mistakes, for which there is no answer

MISTAKES = {
    "a backslash": (
        r'SELECT * { ?s ?p ?o FILTER(REGEX("\t", "🗳\\d\d")) }', "1:45", r"“\\d” means nothing.*“\\\\” there",
    ),
    "a backslash before a sign": (r"SELECT ('\🗳' AS ?x) {}", "1:10", "“.🗳” means nothing"),
    "a backslash where x is an option": (r'SELECT (REGEX("d", "\d", "x") AS ?x) {}', "1:21", "means nothing"),
    "HAVING with *": ("SELECT * { ?x ?y ?z } HAVING (COUNT(*) > 1)", "1:43", "nor with COUNT"),
    "HAVING with a variable": ("SELECT ?x { ?x ?y ?z } HAVING (COUNT(*) > 1)", "1:8", "neither grouped"),
    "nothing": ("", "", "empty"),
    "a prefix": ("SELECT ?x {\n  ?x a foo:Laureate }", "2:8", "“foo:”.*tp:"),
    "a prefix that is mistyped": ("SELECT ?x { ?x a skso:Concept }", "1:18", "“skso:”.*skos:"),
    "a comma in SELECT": ("SELECT ?l, ?s { ?l ?p ?s }", "1:10", "separated by a space"),
    "a missing dot": ("SELECT * { ?l a tp:Laureate ?l ?p ?o }", "1:29", "missing before “\\?l”"),
    "a second LIMIT": ("SELECT ?s { ?s ?p ?o } LIMIT 1 OFFSET 1 LIMIT 2", "1:41", "“LIMIT” is not expected"),
    "a second OFFSET": ("SELECT ?s { ?s ?p ?o } offset 1 offset 2", "1:33", "“offset” is not expected"),
    "a slash": ("SELECT * { ?x tp:about igeo:2020/cachan }", "1:24", r"igeo:2020\\/cachan"),
    "a slash in a subject": ("SELECT * { igeo:2020/cachan ?p ?o }", "1:12", r"igeo:2020\\/cachan"),
    "a sign after a name with a slash": (
        "SELECT * { laureate:2020/cachan tp:stars ?s }}", "1:46", "“}” is not expected",
    ),
    "a keyword": ("SELECT * {\n  { ?s a ?o .\n    FIL\n  } UNION { ?s a ?p }\n}", "3:5", "“FIL”.*FILTER"),
    "a keyword at the end": ("SELECT * { ?s ?p ?o } LIMT 3", "1:23", "LIMIT"),
    "a form": ("SELCT * { ?s ?p ?o }", "1:1", "SELECT"),
    "a function": ("SELECT * { ?s ?p ?o FILTER(STRLENGTH(?o) > 1) }", "1:28", "STRLEN"),
    "a function with too few values": (
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o)) }", "1:28", "the number of values of REGEX is 1, not 2–3",
    ),
    "a cast": ('SELECT (xsd:intger("1") AS ?x) {}', "1:9", "xsd:integer"),
    "an update": ("INSERT DATA { <urn:a> <urn:b> 1 }", "1:1", "only read"),
    "an update after prefixes": ("PREFIX e: <urn:e>\nDELETE WHERE { ?s ?p ?o }", "2:1", "only read"),
    "a no-break space": ("SELECT\u00a0?x { ?x a tp:Laureate }", "1:7", "U\\+00A0"),
    "quotation marks of print": ("SELECT * { ?x tp:unit “EUR” }", "1:23", "quotation mark"),
    "a text that is not closed": ('SELECT * { ?x tp:unit "EUR }', "1:23", "not closed"),
    "a brace that is not closed": ("SELECT * {\n ?s ?p ?o", "2:10", "opened at line 1, column 10"),
    "a bracket that is not closed": ("SELECT * { ?s ?p ?o FILTER(?o = 3 }", "1:35", "opened at line 1, column 27"),
    "a bracket that is missing": ("SELECT * { ?s ?p ?o FILTER ?o = 3 }", "1:28", "“\\(” is expected"),
    "AND": ("SELECT * { ?s ?p ?o FILTER(?o > 3 AND ?o < 5) }", "1:35", "&&"),
    "a relative IRI": ("SELECT ?l { <test> rdfs:label ?l }", "1:13", "<test> is no absolute IRI.*BASE"),
    "an IRI with a space": ("SELECT ?l { <http://a b> rdfs:label ?l }", "1:13", "no valid IRI"),
    "BIND of what has a value": ("SELECT * {\n  ?s ?p ?o .\n  BIND(?o AS ?s)\n}", "3:14", "\\?s has a value"),
    "AS of what has a value": ("SELECT (1 AS ?s) { ?s ?p ?o }", "1:14", "\\?s has a value"),
    "a variable that is not grouped": ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "1:8", "\\?s .*GROUP BY"),
    "a star of groups": ("SELECT * { ?s ?p ?o } GROUP BY ?s", "1:32", "name the variables"),
    "a variable twice": ("SELECT (1 AS ?x) (2 AS ?x) {}", "1:24", "twice"),
    "an aggregate in a condition": ("SELECT * { ?s ?p ?o FILTER(COUNT(?o) > 1) }", "1:28", "no place here"),
    "a row of VALUES": ("SELECT * { VALUES (?a ?b) { (1 2) (3) } }", "1:35", r"\(1\) as there are variables"),
    "a blank node of two groups": ("SELECT * { _:a ?p ?o OPTIONAL { _:a ?q ?r } }", "", "blank node"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_one_sentence_with_its_place_and_its_line(case: str) -> None:
    text, where, said = MISTAKES[case]
    with pytest.raises(trophees.UserError) as raised:
        graph().ask(Question("query", text))
    sentence = str(raised.value)
    assert "\n" not in sentence
    assert sentence.startswith(f"query:{where}" if where else "query:"), sentence
    assert re.search(said, sentence), sentence
    if where:
        line, column = map(int, where.split(":"))
        (note,) = raised.value.__notes__
        shown, caret = note.split("\n")
        assert shown == text.split("\n")[line - 1].replace("\u00a0", " ")
        assert caret == " " * (column - 1) + "^"


def test_the_reader_takes_and_refuses_the_queries_that_the_engine_does() -> None:
    """Queries of the cookbook in which a token is left out, doubled, or is another: thousands of mistakes."""
    chance, store = random.Random(11), Store()
    bodies = [query.text for query in QUERIES]
    every = [token.text for body in bodies for token in tokens(body) if token.text]
    apart = []
    for _ in range(600):
        body = chance.choice(bodies)
        token = chance.choice(tokens(body)[:-1])
        new = chance.choice(["", chance.choice(every), f"{token.text} {token.text}"])
        text = body[: token.start] + new + body[token.end :]
        try:
            scope.check(read(text, CONTEXT.prefixes).query)
            ours = ""
        except Mistake as error:
            ours = error.key
        try:
            store.query(text, prefixes=CONTEXT.prefixes)
        except RuntimeError:  # a function that is none
            continue
        except SyntaxError as error:
            if not ours:
                apart.append((text[token.start - 40 : token.end + 20], str(error)[:60]))
        else:
            if ours:
                apart.append((text[token.start - 40 : token.end + 20], ours))
    assert apart == []


def test_a_long_line_is_shown_around_the_place() -> None:
    shown, caret = excerpt("x" * 500 + "y" + "x" * 500, 500).split("\n")
    assert len(shown) < 110
    assert shown[caret.index("^")] == "y"
    assert shown[0] == shown[-1] == "…"


def test_lines_end_in_three_ways() -> None:
    assert [place("a\r\nb\rc\nd", at) for at in (0, 3, 5, 7)] == [(1, 1), (2, 1), (3, 1), (4, 1)]


@pytest.mark.parametrize(
    "text", ["SELECT * { " + "{" * 5000 + "}" * 5000 + " }", "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"]
)
def test_what_is_nested_deeply_is_not_read(text: str) -> None:
    (remark,) = found(text)
    assert remark.sentence.en == "the check could not be finished, there may be other causes"
    assert mistake(text, SyntaxError("error at 1:1: expected x"), {}) is not None


def test_each_sentence_has_the_same_places_in_both_languages() -> None:
    for key, both in SENTENCES.items():
        french, english = (set(re.findall(r"\{(\w+)\}", said)) for _, said in both.items())
        assert french == english, key


# --- where it is said


def test_the_command_line_says_it_beside_an_empty_answer(run: Run) -> None:
    done = run("query", "SELECT ?x { ?x a tp:Laureat }")
    assert (done.exit_code, done.stdout) == (0, "x\n")
    assert done.stderr.splitlines() == [
        "trophees: query:1:18: nothing in the graph is of the class tp:Laureat (did you mean tp:Laureate?)",
        "SELECT ?x { ?x a tp:Laureat }",
        "                 ^",
    ]
    french = run("query", "SELECT ?x { ?x a tp:Laureat }", env={"LANG": "fr_FR.UTF-8"})
    assert "(vouliez-vous tp:Laureate ?)" in french.stderr


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table", "md"])
def test_no_row_is_known_in_every_format(run: Run, form: str) -> None:
    assert "tp:Laureate?" in run("query", "--format", form, "SELECT ?x ?y { ?x a tp:Laureat }").stderr
    assert run("query", "--format", form, "SELECT ?x { VALUES ?x { '' '\"bindings\":[]}}' } }").stderr == ""
    assert run("query", "--format", form, "SELECT ?x { VALUES ?x { '\\n(no row)\\n' } }").stderr == ""


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf"])
def test_no_triple_is_known_in_every_format(run: Run, form: str) -> None:
    construct = "CONSTRUCT WHERE {{ ?x a {} }}"
    assert "tp:Laureate?" in run("query", "--format", form, construct.format("tp:Laureat")).stderr
    assert run("query", "--format", form, construct.format("tp:Laureate")).stderr == ""


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table", "md"])
def test_a_column_that_is_empty_in_every_row_is_told_in_every_format(run: Run, form: str) -> None:
    def said(text: str) -> str:
        return run("query", "--format", form, text).stderr

    assert "query:1:16: ?x has a value in no row" in said("SELECT (1/0 AS ?x) {}")
    optional = said("SELECT ?l ?x { ?l a tp:Laureate OPTIONAL { ?l tp:summry ?x } }")
    assert "query:1:11: ?x has a value in no row" in optional
    assert "tp:summary" in optional  # the reason, too
    assert "?b has a value in no row" in said("SELECT * { VALUES (?a ?b) { ('x' '') ('y' UNDEF) } }")
    assert said("SELECT * { VALUES (?a ?b) { (UNDEF 1) ('a, \"b\"\\n' UNDEF) } }") == ""
    assert (
        said("SELECT ?l (COALESCE(?none, '') AS ?x) { ?l tp:stars 4 OPTIONAL { ?l tp:stars ?none FILTER(?none > 4) } }")
        == ""
    )


def test_no_query_of_the_cookbook_has_a_column_that_is_told() -> None:
    for query in QUERIES:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LC_ALL", "C.UTF-8")
            rows = trophees.query(query.name)
        notes = rows.notes if isinstance(rows, trophees.Rows) else ()
        assert [note for note in notes if "no row" in note or "no value but 0" in note] == [], query.name


def test_an_answer_is_explained_on_demand(run: Run) -> None:
    text = "SELECT ?l { ?l a tp:Laureate ; tp:edition edition:2020 OPTIONAL { ?l tp:summry ?s } }"
    assert run("query", text).stderr == ""
    done = run("query", "--explain", text)
    assert done.stdout.count("\n") == 41
    assert "tp:summary" in done.stderr


def test_no_is_explained_if_it_could_not_be_yes(run: Run) -> None:
    assert "tp:Laureate" in run("query", "ASK { ?x a tp:Laureat }").stderr
    assert run("query", "ASK { ?x tp:stars 4 ; tp:inRegion region:94 }").stderr == ""


def test_rows_have_notes_in_the_language_that_is_wanted() -> None:
    rows = trophees.query("SELECT ?l { ?l a tp:Laureat }", lang="fr")
    assert isinstance(rows, trophees.Rows)
    assert rows.notes == ("query:1:18: rien dans le graphe n’est de la classe tp:Laureat (vouliez-vous tp:Laureate ?)",)
    some = trophees.query("SELECT ?l { ?l a tp:Laureate }")
    assert isinstance(some, trophees.Rows)
    assert some.notes == ()
    shown = trophees.query("SELECT ?laureat { ?laureate a tp:Laureate }", explain=True, lang="en")
    assert isinstance(shown, trophees.Rows)
    assert shown.notes == ("query:1:8: ?laureat never has a value (did you mean ?laureate?)",)


def test_an_answer_that_has_rows_waits_for_no_checker() -> None:
    code = (
        "import sys, trophees; trophees.query('SELECT ?l { ?l a tp:Laureate }');"
        "print([m for m in sys.modules if m.startswith('trophees.ask.explain')])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_an_endpoint_elsewhere_is_asked_what_it_has(run: Run) -> None:
    """One that has nothing: what is not there is told, and the names are those of our graph."""

    def nothing(request: object) -> bytes:
        text = str(request)
        if "ASK" in text:
            return response(b'{"head":{},"boolean":false}', "application/sparql-results+json")
        return response(b'{"head":{"vars":["x"]},"results":{"bindings":[]}}', "application/sparql-results+json")

    with endpoint(nothing) as there:
        done = run("query", "SELECT ?x { ?x tp:inDepartment ?y }", "--endpoint", there.url)
    assert done.exit_code == 0
    assert "tp:inDepartement" in done.stderr


NOTES = [Both("rien ici ; « é »", "nothing here; “é”"), Both("ni là & <là>", "nor there & <there>")]


def test_notes_stand_in_the_heads_of_answers() -> None:
    data = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
    in_json = inside(data, "json", NOTES)
    assert b"data:text/plain" in in_json
    assert [v.value for v in parse_query_results(in_json, format=QueryResultsFormat.JSON).variables] == ["x"]  # type: ignore[union-attr]
    for empty in ('<head><variable name="x"/></head><results></results>', "<head/><boolean>false</boolean>"):
        xml = f'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">{empty}</sparql>'.encode()
        in_xml = inside(xml, "xml", NOTES)
        assert b'<link href="data:text/plain' in in_xml
        parse_query_results(in_xml, format=QueryResultsFormat.XML)
    assert inside(b"", "ttl", NOTES).startswith(b"# nothing here")
    assert inside(b"x\n", "csv", NOTES) == b"x\n"


def test_the_header_is_ascii_and_bounded() -> None:
    said = header(NOTES)
    assert said.startswith("note*=UTF-8'en'nothing%20here")
    assert said.isascii()
    assert 0 < len(header(NOTES * 500)) <= 2000
    assert header([]) == ""
    assert header([Both("x" * 5000, "x" * 5000)]) == ""


def test_a_name_that_is_no_iri_is_nowhere() -> None:
    assert not profile().has("http://a b")
    assert profile().is_anything(NamedNode(BASE + "ontology#Laureate"))
