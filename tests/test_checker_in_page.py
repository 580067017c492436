"""The playground finds the same as Python: the same mistakes and remarks, in the same words, at the same places."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from fuzz import FULL, among
from test_explain import CONTEXT, MISTAKES, QUERIES, WRONG, mistyped, profile
from test_syntax_small import MISTAKEN
from test_web import node
from trophees.ask import cookbook
from trophees.ask.compact_names import escaped
from trophees.ask.explain.checker import remarks
from trophees.ask.explain.mistakes import mistake
from trophees.ask.explain.sentences import SENTENCES
from trophees.ask.explain.tokens import tokens
from trophees.ask.question import Question
from trophees.base.language import Language
from trophees.graph import published
from trophees.site import scripts
from trophees.site.l10n import LANGUAGES

EMPTY = [
    'SELECT * { BIND(1 AS ?x) FILTER(?x > "0") }',
    "SELECT * { VALUES (?x ?y) { (1 UNDEF) (<urn:a> 'b'@fr) } FILTER(BOUND(?x)) FILTER(?x > 'a') }",
    "SELECT * { ?l tp:stars ?s BIND(STR(?s) AS ?x) OPTIONAL { ?l tp:none ?y } FILTER(?y > 3) }",
    "SELECT * { ?l tp:stars ?s BIND(STR(?s) AS ?x) FILTER(?x > 3) }",
    "SELECT * { ?l a tp:Laureate ; tp:inRegion region:04 ; tp:usesTool tool:cartographie-participative }",
    "SELECT * { ?l tp:stars ?s FILTER(?s > 2) FILTER(?s > 7) }",
]


def said_by_the_page(asked: list[dict[str, Any]], lang: Language) -> list[list[Any]]:
    """What the engine of the page says of each query: places, counted in characters, and sentences."""
    given = {
        "worker": str(scripts.BUNDLE / "worker.js"),
        "wasm": str(scripts.BUNDLE / scripts.ENGINE),
        "graph": str(published.path(published.GRAPH)),
        "prefixes": CONTEXT.prefixes,
        "sentences": {key: both[lang] for key, both in SENTENCES.items()},
        "asked": asked,
    }
    return list(node(str(Path(__file__).with_name("checker.mjs")), given))


COUNTED = [
    "SELECT (COUNT(*) AS ?n) { { ?l tp:stars 9 } UNION { ?l tp:stars 8 } }",
    "SELECT ?l (COUNT(?x) AS ?n) (SUM(?none) AS ?m) { ?l tp:stars ?s OPTIONAL { ?l tp:none ?x } } GROUP BY ?l",
    "SELECT ?l (COUNT(?x) AS ?n) { ?l tp:stars ?s OPTIONAL { ?l tp:year ?x FILTER(?s > 9) } } GROUP BY ?l",
    "SELECT ?l ?n { { SELECT ?l (COUNT(?x) AS ?n) { ?l tp:stars ?s OPTIONAL { ?l tp:title ?x } } GROUP BY ?l } }",
    "SELECT ?l (COALESCE(SUM(?x), 0) AS ?n) { ?l tp:stars ?s OPTIONAL { ?l tp:stars ?x } } GROUP BY ?l",
    "SELECT ?n ?m { VALUES ?n { 0 } OPTIONAL { ?l tp:stars 9 BIND(?l AS ?m) } }",
]
COMPUTED = ["(1/0 AS ?y)", "(COALESCE(1/0, '') AS ?y)", "(IF(BOUND(?x), ?x, ?x) AS ?y)", "(?none AS ?y)"]


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_never_matches_is_the_same_in_the_page(lang: Language) -> None:
    count = 300 if FULL else 40
    texts = [
        *(text for text, _, _ in WRONG.values()),
        *(query.text for query in among(QUERIES, 20)),
        *(cookbook.standalone(query, "en", CONTEXT) for query in among(QUERIES, 20)),
        *(text for text, *_ in mistyped(count)),
    ]
    asked: list[dict[str, Any]] = [{"text": text} for text in texts] + [{"text": t, "empty": True} for t in EMPTY]
    asked += [
        {"text": f"SELECT ?x {computed} {{ ?x a tp:Laureate }}", "hollow": {"x": "", "y": ""}} for computed in COMPUTED
    ]
    asked += [{"text": text, "hollow": {"n": "0", "m": ""}} for text in COUNTED]
    found = [
        remarks(Question("query", one["text"]), profile(), empty="empty" in one, hollow=one.get("hollow", {}))
        for one in asked
    ]
    expected = [[[remark.at, remark.sentence[lang]] for remark in said] for said in found]
    assert sum(map(bool, expected)) > 0.9 * count  # the others are told only where nothing is found
    for one, ours, theirs in zip(asked, expected, said_by_the_page(asked, lang), strict=True):
        assert theirs == ours, one["text"]


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistake_is_the_same_in_the_page(lang: Language) -> None:
    """Those of the tests, and queries of the cookbook in which a token is left out, doubled, or is another."""
    chance, store = random.Random(5), Store()
    texts = [*(text for text, _, _ in MISTAKES.values()), *MISTAKEN]
    every = [token.text for query in QUERIES for token in tokens(query.text) if token.text]
    for _ in range(200 if FULL else 60):
        body = chance.choice(QUERIES).text
        token = chance.choice(tokens(body)[:-1])
        new = chance.choice(["", chance.choice(every), f"{token.text} {token.text}"])
        texts.append(body[: token.start] + new + body[token.end :])
    asked: list[dict[str, Any]] = []
    expected = []
    for text in texts:
        try:
            store.query(escaped(text, CONTEXT.prefixes), prefixes=CONTEXT.prefixes)
        except (SyntaxError, RuntimeError) as error:
            told = mistake(text, error, CONTEXT.prefixes, profile())
            assert told is not None
            expected.append([[told.at, told.sentence[lang]]])
            asked.append({"text": text, "message": str(error), "near": near(text, str(error))})
    assert len(asked) > 50
    for one, ours, theirs in zip(asked, expected, said_by_the_page(asked, lang), strict=True):
        assert theirs == ours, one["text"]


def near(text: str, said: str) -> int | None:
    """Where the engine tells a mistake, counted as scripts count."""
    if not (found := re.match(r"error at (\d+):(\d+)", said)):
        return None
    lines = text.split("\n")
    before = "\n".join([*lines[: int(found[1]) - 1], lines[int(found[1]) - 1][: int(found[2]) - 1]])
    return len(before.encode("utf-16-le")) // 2
