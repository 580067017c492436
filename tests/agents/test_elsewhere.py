"""`trophees mcp --endpoint`: tools over the graph of another endpoint give what they give over the published one."""

from __future__ import annotations

from typing import Any

import pytest

from agents.conftest import Asking
from endpoints import response
from graph_stores import GraphStore

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("describe", {"thing": "cachan", "language": "fr"}),
    ("describe", {"thing": "tool:questionnaire"}),
    ("list_classes", {}),
    ("list_properties", {"of_class": "tp:Indicator"}),
    ("list_concepts", {"vocabulary": "vocabulary:tools", "limit": 5}),
    ("search", {"words": "budget participatif", "limit": 5}),
    ("ask", {"query": "laureates-in-region", "parameters": {"region": "bretagne"}}),
    ("ask", {"query": "SELECT ?l { ?l a tp:Laureate ; tp:stars 3 } ORDER BY ?l", "limit": 3}),
    ("ask", {"query": "SELECT ?l { ?l tp:inDepartment departement:59 }"}),
    ("check", {"query": "SELECT ?l { ?l a tp:Laureat }"}),
    ("ask_in_words", {"question": "How many laureates use a questionnaire?"}),
    ("examples", {"words": "région", "language": "fr"}),
]


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_tool_answers_as_over_the_published_graph(
    agent: Asking, agent_elsewhere: Asking, tool: str, arguments: dict[str, Any]
) -> None:
    assert agent_elsewhere.told(tool, **arguments) == agent.told(tool, **arguments)


def test_the_ontology_is_that_of_the_endpoint(agent: Asking, agent_elsewhere: Asking) -> None:
    read = [one.wait(one.client.read_resource("trophees://ontology")) for one in (agent, agent_elsewhere)]
    assert read[0].contents == read[1].contents


def test_a_query_that_is_none_is_no_valid_one(agent_elsewhere: Asking) -> None:
    assert not agent_elsewhere.told("check", query="SELECT ?l { ?l a ")["valid"]


def test_no_other_endpoint_is_called(agent_elsewhere: Asking) -> None:
    said = agent_elsewhere.refusal("ask", query="SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert "SERVICE is not available" in said


def test_what_is_elsewhere_is_not_cited_as_the_published_graph(agent_elsewhere: Asking) -> None:
    assert "a citation is of the published graph" in agent_elsewhere.refusal("cite", thing="cachan")


def test_a_part_of_an_answer_is_refused(agent_elsewhere: Asking, store_elsewhere: GraphStore) -> None:
    whole = store_elsewhere.answered
    store_elsewhere.answered = lambda _, body: response(body, x_sql_state="S1TAT")
    try:
        assert "incomplete" in agent_elsewhere.refusal("ask", query="SELECT ?l { ?l a tp:Laureate }")
    finally:
        store_elsewhere.answered = whole
