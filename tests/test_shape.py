"""Rows with compact names and with labels say the same as rows without, in every format."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

import trophees
from conftest import Run
from test_web import node
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.ask.shape import labels, shaped
from trophees.base.context import Context
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE
from trophees.graph import published
from trophees.site.scripts import WORKSHOP

CONTEXT = Context(published.path(published.CONTEXT).read_text("utf-8"))
GRAPH = Embedded.opened(published.path(published.GRAPH), (), CONTEXT.prefixes)
QUERY = "SELECT * { ?l tp:edition edition:2020 ; tp:inRegion ?r ; tp:stars ?s FILTER(?s = 4) } ORDER BY ?l LIMIT 2"
ODD = """SELECT ?iri ?text ?number ?nothing ?blank { VALUES (?iri ?text ?number) {
    (tool:vote 'a\\r\\n"b",;'@fr 1.50) (<urn:x> '|' '01'^^xsd:integer) (UNDEF '' <http://example.org/>) }
    BIND(BNODE() AS ?blank) }"""


def rows(text: str) -> QuerySolutions:
    found = GRAPH.ask(Question("query", text))
    assert isinstance(found, QuerySolutions)
    return found


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "md", "table", "xml"])
def test_names_are_compact_in_every_format(run: Run, form: str) -> None:
    shown = run("query", QUERY, "--compact", "--format", form).stdout
    assert shown.count("laureate:2020/cachan") == shown.count("region:11") == 1
    assert BASE not in shown


def test_a_compact_name_is_no_iri(run: Run) -> None:
    """Who reads `region:11` as an IRI would read another one."""
    first = json.loads(run("query", QUERY, "--compact", "--format", "json").stdout)["results"]["bindings"][0]
    assert first["r"] == {"type": "literal", "value": "region:11"}
    tsv = run("query", QUERY, "--compact", "--format", "tsv").stdout.encode()
    read = parse_query_results(tsv, format=QueryResultsFormat.TSV)
    assert isinstance(read, QuerySolutions)
    assert next(read)["l"].value == "laureate:2020/cachan"


def test_nothing_else_changes() -> None:
    plain = list(rows(ODD))
    for one, other in zip(plain, shaped(rows(ODD), GRAPH, CONTEXT, compact=True, labels="fr"), strict=True):
        for name in ("text", "number", "nothing"):
            assert one[name] == other[name]
        if one["iri"] is not None:
            assert other["iri"].value == CONTEXT.compact(one["iri"].value)
    assert [variable.value for variable in shaped(rows(ODD), GRAPH, CONTEXT, labels="fr").variables] == [
        "iri", "iri_label", "text", "number", "number_label", "nothing", "blank",
    ]  # fmt: skip
    assert list(map(str, shaped(rows(QUERY), GRAPH, CONTEXT))) == list(map(str, rows(QUERY)))


@pytest.mark.parametrize(
    ("locale", "region", "laureate"),
    [
        ("fr_FR.UTF-8", "Île-de-France", "Parlons ensemble de Cachan !"),
        ("en_GB.UTF-8", "Île-de-France", "Let's talk about Cachan together!"),
    ],
)
def test_labels_are_in_the_readers_language(run: Run, locale: str, region: str, laureate: str) -> None:
    spoken = {"LC_ALL": locale}
    for form in ("csv", "md"):
        shown = run("query", QUERY, "--labels", "--format", form, env=spoken).stdout
        assert region in shown
        assert laureate in shown
    read = list(csv.DictReader(run("query", QUERY, "--labels", "--format", "csv", env=spoken).stdout.splitlines()))
    assert [*read[0]] == ["l", "l_label", "r", "r_label", "s"]
    assert read[0]["l"] == f"{BASE}laureate/2020/cachan"


def test_a_label_is_in_the_one_language_there_is() -> None:
    one = labels(GRAPH, [f"{BASE}territory/region/11", "urn:none"], "en")
    assert [*one] == [f"{BASE}territory/region/11"]
    assert one[f"{BASE}territory/region/11"].value == "Île-de-France"


def test_a_column_that_is_called_so_is_left_alone() -> None:
    found = shaped(
        rows("SELECT ?r ?r_label { ?r a igeo:Region BIND(1 AS ?r_label) } LIMIT 1"), GRAPH, CONTEXT, labels="fr"
    )
    assert [variable.value for variable in found.variables] == ["r", "r_label_", "r_label"]
    assert next(found)["r_label"].value == "1"


def test_python_has_them_too() -> None:
    found = trophees.query(QUERY, compact=True, labels=True, lang="en")
    assert isinstance(found, trophees.Rows)
    assert found.columns == ("l", "l_label", "r", "r_label", "s")
    first = found[0]
    assert (first["l"], first["l_label"], first["s"]) == (
        "laureate:2020/cachan",
        "Let's talk about Cachan together!",
        4,
    )
    assert isinstance(first["l_label"], trophees.Text)


def test_they_are_for_rows(run: Run) -> None:
    assert run("query", "ASK {}", "--compact", "--labels").stdout == "true\n"
    refused = run("query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1", "--compact")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--compact and --labels are for rows" in refused.stderr
    none = run("query", "SELECT ?x { ?x a tp:Winner }", "--labels", "--format", "csv")
    assert none.stdout == "x\n"
    assert "tp:Winner" in none.stderr


def test_the_page_has_the_same_labels_and_names() -> None:
    text = "SELECT ?l ?l_label ?r ?n { ?l tp:inRegion ?r ; tp:stars ?n OPTIONAL { ?l tp:none ?l_label } } ORDER BY ?l"
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ compacted, labelled }} from {json.dumps((WORKSHOP / "shape.js").as_uri())};
        import {{ reader }} from {json.dumps((WORKSHOP / "results.js").as_uri())};
        const {{ rows, known, prefixes }} = JSON.parse(await text(process.stdin));
        const names = {{ entities: [], terms: [] }};
        const {{ compact }} = reader({{ base: "", root: "", names, prefixes, lang: "fr" }});
        const said = ["fr", "en"].map((lang) => compacted(labelled(rows, () => known, lang), compact));
        process.stdout.write(JSON.stringify(said));
    """
    graph = Embedded(trophees.load(), CONTEXT.prefixes)
    kinds = "skos:prefLabel rdfs:label tp:title dcterms:title"
    all_of_them = f"SELECT ?x ?p ?l {{ VALUES ?p {{ {kinds} }} ?x ?p ?l FILTER(isLiteral(?l)) }}"
    given = {"rows": in_json(rows(text)), "known": in_json(rows(all_of_them)), "prefixes": CONTEXT.prefixes}
    found = node(script, given)
    for language, theirs in zip(LANGUAGES, found, strict=True):
        assert theirs == in_json(shaped(rows(text), graph, CONTEXT, compact=True, labels=language))


def in_json(found: QuerySolutions) -> dict[str, Any]:
    """As SPARQL 1.1 Query Results JSON has it."""
    return dict(json.loads(found.serialize(format=QueryResultsFormat.JSON) or b""))
