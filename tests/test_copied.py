"""What a record says in its source's words: told by `trophees prove`, but for titles, names and printed forms."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from trophees.base.namespaces import BASE, SKOS, TP
from trophees.prove.copied import Copied, copied

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


@pytest.mark.parametrize("name", [TP + "title", TP + "printed", TP + "anchor", SKOS + "prefLabel"])
def test_what_carries_over_as_it_stands_is_not(name: str) -> None:
    assert found("deux trois quatre cinq six sept huit neuf", name) == []


def test_part_of_a_title_is_not() -> None:
    title = Quad(NamedNode(BASE + "laureate/2020/y"), NamedNode(TP + "title"), Literal(" ".join(SOURCE)), GRAPH)
    assert found("Le projet « deux trois quatre cinq six sept huit neuf »", TP + "text", title) == []


def test_the_longest_of_two_runs_is_told() -> None:
    (one,) = found("un deux trois quatre cinq six sept huit. Non. Trois quatre cinq six sept huit neuf dix onze")
    assert one.run == "trois quatre cinq six sept huit neuf dix onze"
