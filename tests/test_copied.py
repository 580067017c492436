"""What a record says in its source's words: told by `trophees prove`, but for titles, names and printed forms."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from trophees.base.namespaces import BASE, SKOS, TP
from trophees.prove.copied import Copied, copied
from trophees.prove.outline import Known

GRAPH = NamedNode(BASE + "graph/x")
FACT = NamedNode(BASE + "laureate/2020/x#outcome-1")
SOURCE = ["Un deux trois quatre cinq six", "sept huit neuf dix. Onze, douze"]


def found(text: str, name: str = TP + "text", *more: Quad) -> list[Copied]:
    """What is told of a fact that has the `text`, in French."""
    store = Store()
    store.add(Quad(FACT, NamedNode(name), Literal(text, language="fr"), GRAPH))
    store.extend(more)
    return list(copied(store, [GRAPH], SOURCE))


def test_eight_words_in_a_row_are_told_whatever_their_case_and_the_ends_of_lines() -> None:
    said = found("Ici : TROIS quatre, cinq six sept huit – neuf dix, là")
    assert said == [Copied(FACT.value, TP + "text", "trois quatre cinq six sept huit neuf dix")]


@pytest.mark.parametrize(
    "text",
    ["trois quatre cinq six sept huit neuf", "trois quatre cinq et six sept huit neuf dix", "", "un deux"],
)
def test_seven_words_in_a_row_are_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("un deux trois quatre cinq six-sept huit", ["un deux trois quatre cinq six sept huit"]),  # no hyphen there
        ("deux-trois-quatre cinq six sept", []),
    ],
)
def test_hyphens_hide_nothing_that_is_copied(text: str, run: list[str]) -> None:
    assert [one.run for one in found(text)] == run


@pytest.mark.parametrize("name", [TP + "title", TP + "printed", TP + "anchor", SKOS + "prefLabel"])
def test_what_carries_over_as_it_stands_is_not(name: str) -> None:
    assert found("deux trois quatre cinq six sept huit neuf", name) == []


def test_part_of_a_title_is_not() -> None:
    title = Quad(NamedNode(BASE + "laureate/2020/y"), NamedNode(TP + "title"), Literal(" ".join(SOURCE)), GRAPH)
    assert found("Le projet « deux trois quatre cinq six sept huit neuf »", TP + "text", title) == []


def test_what_another_source_tells_and_what_a_concept_stands_for_is_looked_at_too() -> None:
    store = Store()
    stated, curated = NamedNode(TP + "statedIn"), NamedNode(TP + "curatedIn")
    sources = [NamedNode(f"{BASE}source/{name}") for name in "ab"]
    graphs = [NamedNode(f"{BASE}graph/{name}") for name in ("a", "b", "curation/a", "vocabulary")]
    store.extend(Quad(source, stated, graph) for source, graph in zip(sources, graphs, strict=False))
    store.add(Quad(sources[0], curated, graphs[2]))
    for graph in (*graphs, NamedNode(BASE + "graph/elsewhere")):
        fact = NamedNode(f"{graph.value}#text")
        store.add(Quad(fact, NamedNode(TP + "text"), Literal("deux trois quatre cinq six sept huit neuf"), graph))
    known = Known(store, sources[0], "report", graphs[0])
    assert [one.subject for one in copied(store, known.graphs, SOURCE)] == [f"{graph.value}#text" for graph in graphs]


def test_the_longest_of_two_runs_is_told() -> None:
    (one,) = found("un deux trois quatre cinq six sept huit. Non. Trois quatre cinq six sept huit neuf dix onze")
    assert one.run == "trois quatre cinq six sept huit neuf dix onze"
