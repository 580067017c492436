"""The page mends a query by the rules of `trophees.ask.standard`: what its tests ask is asked of the page."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import test_standard
from test_checker_in_page import said_by_the_page
from test_order_in_page import TEXTS
from test_web import asked, node
from trophees.ask.standard.query import mended
from trophees.ask.standard.regular import replacement, translated
from trophees.base.namespaces import XSD
from trophees.site.scripts import WORKSHOP

PREFIXES = {"xsd": XSD, "e": "http://e/"}
OLDER = ['SUBSTR("12345", 0, 3)']  # documented: the engine of the page is two releases behind, and has nothing
SIGNS = r"ab.[]()-^$\{}*+?|wsdicpPIsGreek& ~#1,é€🗳"


def cases(test: Any) -> list[tuple[Any, ...]]:
    """What `test` is asked with."""
    (mark,) = (mark for mark in test.pytestmark if mark.name == "parametrize")
    return [case if isinstance(case, tuple) else (case,) for case in mark.args[1]]


def of_patterns() -> list[tuple[str, str]]:
    """The regular expressions of the tests, as expressions."""
    return [
        (f'REGEX("{text}", "{pattern}"{flags and f", {chr(34)}{flags}{chr(34)}"})', str(expected).lower())
        for text, pattern, flags, expected in cases(test_standard.test_regular_expressions)
    ]


def values(graph: Path, expressions: list[str]) -> list[str]:
    """What the page makes of each of `expressions`."""
    found = asked(graph, PREFIXES, [f"SELECT ({expression} AS ?x) {{}}" for expression in expressions])
    none = {"value": "unbound"}
    return [
        one["error"]["message"] if "error" in one else one["results"]["bindings"][0].get("x", none)["value"]
        for one in found
    ]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    file = tmp_path / "graph.trig"
    file.write_text("<urn:g> { <urn:s> <urn:p> 1 }", "utf-8")
    return file


def test_the_page_has_every_value_that_the_specifications_say(graph: Path) -> None:
    given = [
        *cases(test_standard.test_replace), *of_patterns(), *cases(test_standard.test_casts),
        *((name, f"http://e/{iri}") for name, iri in cases(test_standard.test_names_with_dots)),
        *(case for case in cases(test_standard.test_functions) if case[0] not in OLDER),
        ('xsd:string(xsd:decimal(REPLACE("1x", "x", "")) + 1e6)', "1.000001E6"),
    ]  # fmt: skip
    found = values(graph, [expression for expression, _ in given])
    assert [(expression, value) for (expression, _), value in zip(given, found, strict=True)] == given


def test_the_page_counts_and_takes_prefixes_as_the_specifications_say(graph: Path) -> None:
    counted = cases(test_standard.test_a_count_leaves_errors_out)
    words = [word for (word,) in cases(test_standard.test_a_prefix_may_be_called_like_a_keyword)]
    rows = "VALUES (?i ?x) { (1 2) (2 2) (3 0) (4 UNDEF) }"
    found = asked(graph, {}, [
        *(f"SELECT (COUNT({said}) AS ?n) {{ {rows} }}" for said, _ in counted),
        *(f"PREFIX {word}: <urn:>\nSELECT ?n {{ {word}:s {word}:p ?n }}" for word in words),
    ])  # fmt: skip
    expected = [n for _, n in counted] + ["1"] * len(words)
    assert [one["results"]["bindings"][0]["n"]["value"] for one in found] == expected


def test_the_page_refuses_the_same_at_its_place() -> None:
    refused = [case[0] for case in cases(test_standard.test_what_is_no_regular_expression_or_replacement_is_refused)]
    texts = [f"SELECT ({expression} AS ?x) {{}}" for expression in refused]
    said = said_by_the_page([{"text": text, "message": "", "near": None} for text in texts], "en")
    for expression, text, [[at, message]] in zip(refused, texts, said, strict=True):
        assert f"q: {message}" == test_standard.refused(expression)
        assert text[at] == '"' or text[at:].startswith("SUM")


def test_the_page_reads_any_pattern_and_replacement_as_python_does() -> None:
    draw = random.Random("patterns")
    kinds, flagged = ["pattern", "text"], ["", "i", "xm", "sq"]
    signs = ["".join(draw.choices(SIGNS, k=draw.randrange(9))) for _ in range(4000)]
    given = [(draw.choice(kinds), said, draw.choice(flagged)) for said in signs]
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ replacement, translated }} from {json.dumps((WORKSHOP / "query-regular.js").as_uri())};
        const made = ([kind, said, flags]) => {{
          try {{
            if (kind === "text") return replacement(said, 3, flags);
            const found = translated(said, flags);
            return [found.said, found.groups];
          }} catch (error) {{ return error.key; }}
        }};
        process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(made)));
    """
    for (kind, said, flags), theirs in zip(given, node(script, given), strict=True):
        try:
            ours = replacement(said, 3, flags) if kind == "text" else list(translated(said, flags))
        except ValueError:
            ours = "refused"
        refused = (isinstance(theirs, str) and kind == "pattern") or theirs in ("escape", "group")
        assert theirs == ours or (refused and ours == "refused"), (kind, said, flags)


def test_the_page_says_what_the_engine_reads_right_as_it_is() -> None:
    texts = [*(text for (text,) in cases(test_standard.test_what_the_engine_reads_right_is_left_as_it_is)), *TEXTS]
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ mended }} from {json.dumps((WORKSHOP / "query-standard.js").as_uri())};
        const asked = JSON.parse(await text(process.stdin));
        process.stdout.write(JSON.stringify(asked.map((one) => mended(one, () => true))));
    """
    assert node(script, texts) == [mended(text) for text in texts]


@pytest.mark.slow
def test_the_page_casts_any_double_as_python_does(graph: Path) -> None:
    draw = random.Random("doubles")
    digits = [f"{draw.uniform(-10, 10):.{draw.randrange(9)}f}" for _ in range(60)]
    numbers = [f"{said}e{draw.randrange(-9, 18)}" for said in digits]
    expressions = [f"xsd:{name}({number})" for number in numbers for name in ("decimal", "integer", "string")]
    assert values(graph, expressions) == [test_standard.value(expression) for expression in expressions]
