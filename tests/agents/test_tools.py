"""What the tools of `trophees mcp` answer: little, with IRIs and sections, and what the graph has nothing of."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from agents.conftest import Asking
from trophees.agents.paging import paged
from trophees.ask import cookbook
from trophees.ask.page import CELL, ROOM
from trophees.base.namespaces import BASE, TP

pytestmark = pytest.mark.xdist_group("agents")
CACHAN = BASE + "laureate/2020/cachan"
TOOLS = [
    "ask",
    "ask_in_words",
    "check",
    "cite",
    "describe",
    "examples",
    "list_classes",
    "list_concepts",
    "list_properties",
    "search",
]


def test_every_tool_only_reads_and_says_what_it_takes_and_gives(agent: Asking) -> None:
    tools = {tool.name: tool for tool in agent.wait(agent.client.list_tools()).tools}
    assert sorted(tools) == TOOLS
    for tool in tools.values():
        assert tool.description
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.output_schema is not None
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)


@pytest.mark.parametrize(("tool", "arguments"), [
    ("search", {"words": "vallée"}),
    ("describe", {"thing": "cachan"}),
    ("list_classes", {}),
    ("list_properties", {"of_class": "tp:Indicator"}),
    ("list_concepts", {"vocabulary": "vocabulary:tools"}),
    ("check", {"query": "ASK {"}),
    ("ask", {"query": "laureates"}),
    ("ask_in_words", {"question": "Liste des lauréats"}),
    ("examples", {}),
    ("cite", {}),
])  # fmt: skip
def test_an_answer_keeps_to_its_schema_and_is_small(agent: Asking, tool: str, arguments: dict[str, Any]) -> None:
    schema = next(t.output_schema for t in agent.wait(agent.client.list_tools()).tools if t.name == tool)
    told = agent.told(tool, **arguments)
    assert schema is not None
    jsonschema.validate(told, schema)
    assert len(json.dumps(told, ensure_ascii=False)) < 2 * ROOM


def test_a_fact_has_its_iri_its_section_and_what_it_rests_on(agent: Asking) -> None:
    told = agent.told("describe", thing="laureate:2020/cachan", language="fr", limit=50)
    assert (told["iri"], told["label"]) == (CACHAN, "Parlons ensemble de Cachan !")
    facts = {fact["iri"]: fact for fact in told["facts"]}
    carrier = facts[f"{CACHAN}#involvement-1"]
    assert carrier["printed"] == "Ville de Cachan"
    assert carrier["standing"] == "printed"
    assert carrier["section"]["label"] == "ligne du porteur"
    goal = facts[f"{CACHAN}#goal-1"]
    assert (goal["standing"], goal["printed"]) == ("told", None)
    other = agent.told("describe", thing="laureate:2020/apresmaintenant", limit=50)
    inferred = [fact for fact in other["facts"] if fact["standing"] == "inferred"]
    assert inferred
    assert all(fact["reason"] for fact in inferred)


def test_what_the_source_does_not_say_is_told_apart(agent: Asking) -> None:
    rows = agent.told("ask", query="SELECT ?l ?a { ?l tp:notStated ?a } ORDER BY ?l ?a LIMIT 1")["rows"]
    ((laureate, aspect),) = rows
    assert aspect in [one["iri"] for one in agent.told("describe", thing=laureate)["not_stated"]]


def test_pages_of_facts_are_all_of_them_once(agent: Asking) -> None:
    whole, offset = [], 0
    while True:
        told = agent.told("describe", thing="cachan", offset=offset, limit=7)
        whole += [fact["iri"] for fact in told["facts"]]
        if told["next_offset"] is None:
            break
        offset = told["next_offset"]
    assert len(whole) == len(set(whole)) == told["total_facts"]


def test_words_find_names_codes_and_texts_with_their_sections(agent: Asking) -> None:
    first = agent.told("search", words="CÔTES d'armor")["hits"][0]
    assert first["iri"] == BASE + "territory/departement/22"
    assert agent.told("search", words="94016")["hits"][0]["iri"] == BASE + "territory/commune/94016"
    hits = agent.told("search", words="vote unanime charte", language="fr")["hits"]
    (fact,) = [hit for hit in hits if hit["of"] and hit["of"]["iri"] == CACHAN]
    assert fact["section"]["label"]
    assert all(
        hit["types"] and "tp:Tool" in hit["types"]
        for hit in agent.told("search", words="atelier", kind="tp:Tool")["hits"]
    )


def test_where_nothing_is_found_it_is_said_what_the_graph_holds(agent: Asking) -> None:
    told = agent.told("search", words="cryptozoologie")
    assert told["hits"] == []
    assert "2020" in told["note"]
    assert "does not hold the text of the report" in told["note"]
    empty = agent.told("ask", query="SELECT ?l { ?l a tp:Laureate ; tp:stars 9 }", language="fr")
    assert (empty["rows"], empty["total"]) == ([], 0)
    assert "n’en a rien" in empty["note"]


def test_terms_are_listed_with_their_meaning(agent: Asking) -> None:
    classes = {term["name"]: term for term in agent.told("list_classes", language="fr")["terms"]}
    assert classes["tp:Laureate"]["uses"] > 0
    assert classes["tp:Laureate"]["definition"]
    properties = {term["name"]: term for term in agent.told("list_properties", of_class="Indicator")["terms"]}
    assert properties["tp:value"]["more"]["rdfs:domain"] == ["tp:Indicator"]
    assert "tp:stars" not in properties
    concepts = agent.told("list_concepts", vocabulary="themes", limit=50)
    assert all("vocabulary:themes" in term["more"]["skos:inScheme"] for term in concepts["terms"])
    assert concepts["next_offset"] == len(concepts["terms"]) < concepts["total"]
    assert "vocabulary:tools" in agent.refusal("list_concepts", vocabulary="vocabulary:tool")


def test_a_query_is_checked_and_not_answered(agent: Asking) -> None:
    told = agent.told("check", query="SELECT ?l {\n ?l tp:inDepartment departement:59 }", language="fr")
    (remark,) = told["remarks"]
    assert (told["valid"], remark["line"], remark["names"]) == (True, 2, ["tp:inDepartement", "tp:departement"])
    wrong = agent.told("check", query="SELECT ?l { ?l a tp:Laureate")
    assert wrong["valid"] is False
    assert "is not closed" in wrong["remarks"][0]["sentence"]
    assert wrong["excerpt"].endswith("^")
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert agent.told("check", query=everything)["valid"] is True


def test_rows_come_in_pages_and_numbers_are_numbers(agent: Asking) -> None:
    pattern = "?l a tp:Laureate ; tp:stars ?stars OPTIONAL { ?l tp:indicator/tp:value ?v }"
    query = f"SELECT ?l ?stars ?v {{ {pattern} }} ORDER BY ?l ?v"
    whole, offset, total = [], 0, None
    while offset is not None:
        told = agent.told("ask", query=query, offset=offset, limit=30)
        whole += told["rows"]
        offset, total = told["next_offset"], told["total"]
        assert told["total_is_exact"]
    assert len(whole) == total
    assert all(type(stars) is int for _, stars, _ in whole)
    assert agent.told("ask", query="ASK { ?l a tp:Laureate }")["boolean"] is True
    built = agent.told("ask", query=f"DESCRIBE <{CACHAN}>", limit=3)
    assert built["columns"] == ["triple"]
    assert len(built["rows"]) == 3


def test_a_page_is_small_whatever_is_asked(agent: Asking) -> None:
    long = "SELECT (GROUP_CONCAT(STR(?o)) AS ?all) { ?s ?p ?o FILTER(isLiteral(?o)) }"
    ((cell,),) = agent.told("ask", query=long)["rows"]
    assert len(cell) < CELL + 40
    many = agent.told("ask", query="SELECT ?s ?p ?o { ?s ?p ?o }", limit=200)
    assert len(json.dumps(many["rows"], ensure_ascii=False)) < ROOM + 3 * CELL
    assert many["total"] > len(many["rows"])
    assert many["total_is_exact"] is False
    assert many["next_offset"] == len(many["rows"])
    assert paged(["x" * 50_000, "y"], 0, 10) == (["x" * 50_000], 1)


def test_a_query_of_the_cookbook_takes_its_parameters_and_reads_no_file(agent: Asking, tmp_path: Any) -> None:
    told = agent.told("ask", query="laureates-in-region", parameters={"region": "region:84"})
    assert told["total"] == len(told["rows"])
    place = told["columns"].index("edition")
    assert [row[place] for row in told["rows"]].count("2020") == 3
    for name in ("84", "Auvergne-Rhône-Alpes"):
        called = agent.told("ask", query="laureates-in-region", parameters={"region": name})
        assert called["rows"] == told["rows"]
    printed = agent.told(
        "ask", query="SELECT ?s { laureate:2020/cachan tp:stars ?s FILTER(?s >= ?least) }", parameters={"least": "4"}
    )
    assert printed["rows"] == [[4]]
    assert "no such parameter" in agent.refusal("ask", query="laureates-in-region", parameters={"regoin": "84"})
    assert "did you mean" in agent.refusal("ask", query="laureates-in-regoin")
    given = agent.told("ask", query="SELECT ?l { ?l tp:stars ?stars }", parameters={"stars": "4"})
    assert given["total"] > 0
    secret = tmp_path / "secret.rq"
    secret.write_text("SELECT (1 AS ?secret) {}", "utf-8")
    assert "secret}" not in agent.refusal("ask", query=str(secret))


@pytest.mark.parametrize(("query", "said"), [
    ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i", "limit"),
    ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "limit"),
    ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is not available"),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", ""),
    ("SELECT * { " + "{" * 20_000, ""),
])  # fmt: skip
def test_the_limits_hold_and_the_next_query_is_answered(agent: Asking, query: str, said: str) -> None:
    assert said in agent.refusal("ask", query=query)
    assert agent.told("ask", query="ASK {}")["boolean"] is True


def test_a_question_in_words_is_answered_with_what_was_understood_or_refused_with_what_can_be_asked(
    agent: Asking,
) -> None:
    told = agent.told("ask_in_words", question="Combien de lauréats en Bretagne ?", language="fr")
    assert told["answered"] is True
    assert told["understood"] == "Combien de lauréats dans la région Bretagne ?"
    assert told["rows"] == agent.told("ask", query=told["sparql"])["rows"]
    none = agent.told("ask_in_words", question="Are there laureates in Corse?")
    assert (none["rows"], none["note"].partition(".")[0]) == ([], "No: the graph holds none")
    other = agent.told("ask_in_words", question="How many laureates in Atlantis?")
    assert (other["answered"], other["rows"], other["sparql"]) == (False, [], "")
    assert "“Atlantis”" in other["why"]


def test_examples_are_the_cookbook_in_either_language(agent: Asking) -> None:
    found, offset = {}, 0
    while offset is not None:
        told = agent.told("examples", language="fr", offset=offset, limit=50)
        found.update({one["name"]: one for one in told["examples"]})
        offset = told["next_offset"]
    assert list(found) == list(cookbook.queries())
    (parameter, *_) = found["laureates-in-region"]["parameters"]
    assert parameter["name"] == "region"
    assert "région" in parameter["title"]
    assert "#+" not in "".join(one["sparql"] for one in found.values())
    assert all(one["subject"] == "figures" for one in agent.told("examples", subject="figures")["examples"])


def test_a_citation_names_version_licence_source_and_section(agent: Asking) -> None:
    whole = agent.told("cite", language="fr")
    assert whole["version"] in whole["text"]
    assert whole["licence"] in whole["text"]
    fact = agent.told("cite", thing="laureate:2020/cachan#involvement-1", language="fr")
    assert "Décider ensemble" in fact["source"]
    assert "rubrique « ligne du porteur »" in fact["text"]
    assert f"{CACHAN}#involvement-1" in fact["text"]


def test_what_is_not_there_is_refused_in_one_sentence(agent: Asking) -> None:
    assert "did you mean" in agent.refusal("describe", thing="cachann")
    assert "nothing is called" in agent.refusal("cite", thing="laureate:2020/nobody")


def test_resources_are_the_guide_the_ontology_and_the_cookbook(agent: Asking) -> None:
    found = {}
    for resource in agent.wait(agent.client.list_resources()).resources:
        (content,) = agent.wait(agent.client.read_resource(resource.uri)).contents
        found[str(resource.uri)] = getattr(content, "text", "")
    assert list(found) == ["trophees://guide", "trophees://ontology", "trophees://cookbook"]
    assert "tp:Laureate" in found["trophees://guide"]
    assert "tp:Laureate" in found["trophees://ontology"]
    assert TP in found["trophees://ontology"]
    assert all(f"`{name}`" in found["trophees://cookbook"] for name in cookbook.queries())
