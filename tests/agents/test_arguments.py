"""Whatever a client sends as arguments, a tool answers by its schema, or refuses in words: it never crashes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.conftest import Asking, text
from agents.test_tools import TOOLS
from fuzz import examples
from trophees.ask import cookbook
from trophees.ask.page import ROOM

pytestmark = pytest.mark.xdist_group("agents")
NAMES = [
    "cachan", "laureate:2020/cachan", "tool:atelier", "<http://a>", "departement:59", "tp:Laureate", "vocabulary:tools",
    "../../etc/passwd", "/etc/passwd", "x.rq", "", " ", "\x00", "\ud800", "🌍", "a" * 2000, "%2e", "http://[", "urn:",
]  # fmt: skip
QUERIES = [
    "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "SELECT", "SELECT * {", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 2",
    "SELECT (RAND() AS ?x) {}", 'SELECT ("\\uD800" AS ?x) {}', "DESCRIBE ?x { ?x a tp:Edition }", "LOAD <file:///etc/passwd>",
    "SELECT * { ?s <\x00> ?o }", *list(cookbook.queries())[::20],
]  # fmt: skip
WORDED = [
    "combien", "de", "lauréats", "en", "Bretagne", "quels", "outils", "utilise", "Cachan", "le", "plus", "par",
    "région", "4", "étoiles", "sans", "?", "&", "ou",
]  # fmt: skip
WORDS = st.sampled_from(NAMES) | st.text(max_size=30)
KEYS = WORDS.filter(lambda word: "\ud800" not in word)  # the SDK's client cannot send it there: test_transports does
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)
LIKELY: dict[str, st.SearchStrategy[object]] = {
    "query": st.sampled_from(QUERIES) | WORDS | st.text(alphabet="{}?sp<>:\"'#. ASKSELCTWHR*\n\\", max_size=60),
    "parameters": st.dictionaries(st.sampled_from(["region", "s", "edition", "word", ""]) | KEYS, WORDS, max_size=2),
    "language": st.sampled_from(["fr", "en", "de"]),
    "question": st.lists(st.sampled_from(WORDED), max_size=8).map(" ".join) | WORDS,
    "offset": st.integers(-1, 300),
    "limit": st.integers(-1, 300),
}


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A tool, and arguments: mostly such as it takes, at times anything."""
    names = ["words", "question", "kind", "thing", "vocabulary", "of_class", "subject", *LIKELY]
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=6))
    arguments = {name: draw(LIKELY.get(name, WORDS) if draw(st.integers(0, 5)) else ANYTHING) for name in chosen}
    if draw(st.integers(0, 9)) == 0:
        arguments[draw(KEYS)] = draw(ANYTHING)
    return draw(st.sampled_from(TOOLS)), arguments


@pytest.mark.slow
@examples(600)
@given(calls())
def test_no_argument_makes_a_tool_fail(agent: Asking, call: tuple[str, dict[str, Any]]) -> None:
    tool, arguments = call
    result = agent.call(tool, **arguments)
    if result.is_error:
        said = text(result)
        assert said.startswith(f"Error executing tool {tool}: ")  # a crash has no colon
        assert len(said) < 8 * ROOM
        return
    schema = next(t.output_schema for t in agent.wait(agent.client.list_tools()).tools if t.name == tool)
    assert schema is not None
    jsonschema.validate(result.structured_content, schema)
    assert len(json.dumps(result.structured_content, ensure_ascii=False)) < 8 * ROOM
