"""What tables and pages print as the name of a thing can be pasted into a query, wherever it is asked."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, Store

import trophees
from conftest import Run
from endpoints import Asked, endpoint, response
from fuzz import among
from test_web import WEB, asked, node
from trophees.ask import cookbook
from trophees.ask import text as sparql
from trophees.ask.compact_names import escaped, escapes, typed, typed_place, whole
from trophees.ask.engine import Embedded
from trophees.ask.explain.mistakes import mistake
from trophees.ask.explain.tokens import tokens
from trophees.ask.question import Question
from trophees.base.context import Context
from trophees.base.namespaces import BASE
from trophees.graph import published
from trophees.release.checkout import Project

CONTEXT = Context(published.path(published.CONTEXT).read_text("utf-8"))
PREFIXES = CONTEXT.prefixes
STARS = "SELECT ?s { laureate:2020/cachan tp:stars ?s }"

# a query, and the same with a backslash at each place where a name goes on
NAMES = {
    "a laureate": (STARS, r"SELECT ?s { laureate:2020\/cachan tp:stars ?s }"),
    "a graph": ("ASK { GRAPH graph:report/2020 {} }", r"ASK { GRAPH graph:report\/2020 {} }"),
    "a graph with a date": ("ASK FROM graph:insee/2026-01-01{}", r"ASK FROM graph:insee\/2026-01-01{}"),
    "a fact": ("ASK { laureate:2020/cachan#indicator-5 ?p 1 }", r"ASK { laureate:2020\/cachan\#indicator-5 ?p 1 }"),
    "a part of a fact": (
        "ASK { ?s ?p laureate:2020/a-b#goal-1-anchor}",
        r"ASK { ?s ?p laureate:2020\/a-b\#goal-1-anchor}",
    ),
    "a fact without a slash": ("ASK {edition:2020#sheet-3 ?p ?o}", r"ASK {edition:2020\#sheet-3 ?p ?o}"),
    "the end of a sentence": ("ASK { ?s ?p laureate:2020/cachan. }", r"ASK { ?s ?p laureate:2020\/cachan. }"),
    "two in a list": (
        "ASK { FILTER(?g IN(graph:report/2020,graph:report/2021)) }",
        r"ASK { FILTER(?g IN(graph:report\/2020,graph:report\/2021)) }",
    ),
    "a path from a thing": ("ASK { ?s laureate:2020/cachan/tp:end ?d }", r"ASK { ?s laureate:2020\/cachan/tp:end ?d }"),
    "a prefix of one’s own": (
        f"PREFIX t: <{BASE}> ASK {{ t:laureate/2020/cachan a t:x }}",
        rf"PREFIX t: <{BASE}> ASK {{ t:laureate\/2020\/cachan a t:x }}",
    ),
    "half of it with a backslash": (
        rf"PREFIX t: <{BASE}> ASK {{ t:laureate\/2020/cachan ?p ?o }}",
        rf"PREFIX t: <{BASE}> ASK {{ t:laureate\/2020\/cachan ?p ?o }}",
    ),
}  # fmt: skip
# what means something else, and stays
OTHERS = [
    r"ASK { laureate:2020\/cachan ?p ?o }",
    "ASK { ?l tp:a/tp:b ?x ; tp:a/^tp:b ?y ; tp:a/a ?z ; tp:a/(tp:b) ?v ; tp:a/!tp:b ?w }",
    "ASK { ?l laureate:2020/tp:x ?x ; laureate:2020/^tp:x ?y ; laureate:2020/a ?z ; laureate:2020/<urn:x> ?v }",
    "ASK { ?l laureate:2020/place-kind:x ?x ; laureate:2020/a.b:c ?y ; laureate:2020/:c ?z }",
    "ASK { ?l laureate:2020 / cachan ?x }",
    "ASK { tp:a/b ?p ?o . skos:a/b ?p ?o . unknown:a/b ?p ?o }",
    "ASK { FILTER(laureate:2020/STR(?x)) }",
    "ASK { ?s ?p 'laureate:2020/cachan', \"graph:report/2020\", '''laureate:2020/cachan''', \"\"\"a:b/c\"\"\" }",
    "ASK { ?s ?p <laureate:2020/cachan> , ?laureate:2020/cachan }",
    "ASK { # laureate:2020/cachan\n}",
    "ASK { ?s a tool:vote#a comment that follows at once\n}",
    "ASK { ?s a tool:vote #fact-1\n}",
    "PREFIX laureate: <http://example.org/> ASK { laureate:2020/cachan ?p ?o }",
    "PREFIX laureate:<http://example.org/>ASK { laureate:2020/cachan ?p ?o }",
    "ASK { _:laureate/x ?p ?o . x-laureate:2020/cachan ?p ?o . ?laureate:x/y ?p ?o }",
]


@pytest.mark.parametrize("case", NAMES)
def test_a_name_goes_on_over_its_slash(case: str) -> None:
    text, expected = NAMES[case]
    assert sparql.escaped(text, PREFIXES) == expected
    assert sparql.escaped(expected, PREFIXES) == expected


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_name_keeps_its_meaning(text: str) -> None:
    assert sparql.escaped(text, PREFIXES) == escaped(text, PREFIXES) == text


@pytest.mark.parametrize("name", cookbook.queries())
def test_no_query_of_the_cookbook_changes(name: str) -> None:
    text = cookbook.queries()[name].text
    assert sparql.escaped(text, PREFIXES) == text


@pytest.mark.sample
def test_every_name_that_the_graph_gives_can_be_pasted() -> None:
    """All that a table or `show` prints with a prefix of ours, asked of the engine."""
    seen = set[NamedNode]()
    store = published.store(published.path(published.GRAPH))
    for quad in store:
        seen |= {t for t in (quad.subject, quad.object, quad.graph_name) if isinstance(t, NamedNode)}
    ours = sorted({t.value for t in seen if t.value.startswith(BASE) and CONTEXT.compact(t.value) != t.value})
    assert sum("/" in CONTEXT.compact(iri) for iri in ours) > 1000
    asked = among(ours, 1_500)
    for start in range(0, len(asked), 500):
        some = asked[start : start + 500]
        rows = Embedded(Store(), PREFIXES).ask(
            Question("query", f"SELECT * {{ VALUES ?x {{ {' '.join(map(CONTEXT.compact, some))} }} }}")
        )
        assert isinstance(rows, QuerySolutions)
        assert [row["x"].value for row in rows] == some


def test_a_name_is_one_word_of_the_query() -> None:
    text = "ASK { laureate:2020/cachan#indicator-5 tp:value ?v } # end"
    found = tokens(text, PREFIXES)
    assert [token.text for token in found] == [
        "ASK",
        "{",
        "laureate:2020/cachan#indicator-5",
        "tp:value",
        "?v",
        "}",
        "",
    ]
    assert all(token.text == text[token.start : token.end] for token in found)


@pytest.mark.parametrize("case", NAMES)
def test_each_place_is_that_in_the_text_as_it_is_typed(case: str) -> None:
    text, _ = NAMES[case]
    sent, places = escaped(text, PREFIXES), escapes(text, PREFIXES)
    for at, sign in enumerate(sent):
        if at and sent[at - 1] != "\\":
            assert sign == "\\" or text[typed(at, places)] == sign
    assert typed(len(sent), places) == len(text)
    assert typed_place(f"1:{len(sent) + 1}", text, PREFIXES) == f"1:{len(text) + 1}"
    assert typed_place("3", text, PREFIXES) == "3"


def test_a_mistake_after_a_name_has_its_place() -> None:
    text = "SELECT ?s {\n laureate:2020/cachan ?p graph:report/2020 }}"
    told = mistake(text, SyntaxError("the engine’s words"), PREFIXES)
    assert told is not None
    assert told.place == f"2:{text.splitlines()[1].rindex('}') + 1}"
    assert told.shown.splitlines()[1].index("^") == text.splitlines()[1].rindex("}")
    beyond = "SELECT * {\n laureate:2020/cachan ?p << ?s ?p ?o >> nonsense }"  # which only the engine reads
    told = mistake(beyond, SyntaxError("error at 2:42: expected"), PREFIXES)
    assert told is not None
    assert told.place == "2:41"


def test_the_command_line_takes_it(run: Run) -> None:
    assert run("query", STARS, "--format", "csv").stdout == "s\n4\n"
    graph = "SELECT (COUNT(*) AS ?n) { GRAPH graph:report/2020 { ?x tp:stars ?s } }"
    assert run("query", graph, "--format", "csv").stdout == "n\n40\n"
    done = run("query", "SELECT * { laureate:2020/cahcan ?p ?o }", "--format", "csv")
    assert done.stderr.splitlines()[0].startswith(
        "trophees: query:1:12: laureate:2020/cahcan is nowhere in the graph (did"
    )


def test_a_file_of_ones_own_is_asked_so(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(f"<{BASE}laureate/2020/cachan> <urn:p> <{BASE}laureate/2020/cachan#indicator-5> .", "utf-8")
    text = "SELECT ?p { laureate:2020/cachan ?p laureate:2020/cachan#indicator-5 }"
    assert run("query", text, "--only-data", "--data", str(file), "--format", "csv").stdout == "p\nurn:p\n"


def test_python_takes_it() -> None:
    rows = trophees.query(STARS)
    assert isinstance(rows, trophees.Rows)
    assert rows.column("s") == [4]


def test_an_endpoint_is_sent_what_every_engine_reads(run: Run) -> None:
    def answer(asked: Asked) -> bytes:
        if "nonsense" in asked.query:
            return response(b"parse error at line 2, column 28: nonsense", "text/plain", 400)
        result = Store().query(asked.query)  # with no prefix but those that are sent
        assert isinstance(result, QuerySolutions)
        return response(result.serialize(format=QueryResultsFormat.JSON) or b"")

    text = "SELECT ?x { VALUES ?x { laureate:2020/cachan#indicator-5 } }"
    with endpoint(answer) as server:
        assert run("query", text, "--endpoint", server.url, "--format", "csv").stdout == (
            f"x\n{BASE}laureate/2020/cachan#indicator-5\n"
        )
        odd = "SELECT * { laureate:2020/cachan << ?p >> nonsense }"
        said = run("query", odd, "--endpoint", server.url).stderr
    assert "query:1:27: " in said, said


def test_the_page_finds_the_same_names() -> None:
    """On the cases, and on texts of any look."""
    dice = random.Random(11)
    parts = [
        "laureate:2020", "/cachan", "/", "#fact-1", "#a", "a", ":", "tp:x", " ", "\n", "'", '"', "'''", "<", ">", ".",
        "PREFIX ", "prefix t:", f"<{BASE}>", f"<{BASE}laureate/>", "t:", "é", "2020", "-", "%2F", "\\/", "\\", "(",
        "?x", "@fr",
        "_:", "graph:", "place-kind:", "-anchor", "·", " laureate:2020/cachan", " t:x/2020", "laureate:2020/a#fact-1",
    ]  # fmt: skip
    texts = [text for text, _ in NAMES.values()] + OTHERS
    texts += ["".join(dice.choices(parts, k=dice.randrange(1, 16))) for _ in range(4000)]
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ escaped }} from {json.dumps((WEB / "query-names.js").as_uri())};
        const {{ texts, prefixes }} = JSON.parse(await text(process.stdin));
        process.stdout.write(JSON.stringify(texts.map((one) => escaped(one, prefixes))));
    """
    theirs = node(script, {"texts": texts, "prefixes": PREFIXES})
    ours = [escaped(text, PREFIXES) for text in texts]
    assert sum(one != text for one, text in zip(ours, texts, strict=True)) > 100
    for text, one, other in zip(texts, ours, theirs, strict=True):
        assert one == other, repr(text)
        assert sparql.escaped(text, PREFIXES) == one, repr(text)  # what is seen without a pattern misses nothing
        assert escaped(one, PREFIXES) == one, repr(text)


def test_the_page_answers_as_python_does() -> None:
    texts = [STARS, "SELECT (COUNT(*) AS ?n) { GRAPH graph:report/2020 { ?x tp:stars ?s } }"]
    texts += [
        "SELECT ?v { laureate:2020/cachan#indicator-5 tp:value ?v }",
        "SELECT ?s { laureate:2020/cachan tp:stars ?s x }",
        "SELECT ?s { laureate:2020-cachan tp:stars ?s x }",
    ]
    found: list[dict[str, Any]] = asked(published.path(published.GRAPH), PREFIXES, texts)
    said = [next(iter(row.values()))["value"] for one in found[:3] for row in one["results"]["bindings"]]
    assert said == ["4", "40", "130000"]
    places = [{part: one["error"][part] for part in ("line", "column")} for one in found[3:]]
    assert places[0] == places[1]
    assert places[0]["line"] == 3  # below the two prefixes


def test_rdf_needs_no_declaration(project: Project) -> None:
    assert project.context.prefixes["rdf"] == "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.mark.parametrize(("text", "expected"), [
    (r"ASK { laureate:2020\/cachan a tp:Laureate }", f"ASK {{ <{BASE}laureate/2020/cachan> a tp:Laureate }}"),
    (r"ASK { laureate:a\/b\#goal-1 ?p 'tp:a\/b' }", f"ASK {{ <{BASE}laureate/a/b#goal-1> ?p 'tp:a\\/b' }}"),
    (r"PREFIX x: <urn:> ASK { x:a\,b x:c other:d\/e }", r"PREFIX x: <urn:> ASK { <urn:a,b> x:c other:d\/e }"),
    ("ASK { tp:a/tp:b ?x region:84 } # laureate:a", "ASK { tp:a/tp:b ?x region:84 } # laureate:a"),
])  # fmt: skip
def test_names_with_a_backslash_can_be_whole(text: str, expected: str) -> None:
    prefixes = {"laureate": BASE + "laureate/", "tp": BASE + "ontology#", "region": BASE + "territory/region/"}
    assert whole(text, prefixes) == expected
