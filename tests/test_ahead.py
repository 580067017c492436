"""`trophees show --endpoint`: a thing of another graph, as here, in few requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode

from conftest import Run
from endpoints import response
from graph_stores import GraphStore, graph_store
from trophees.ask import transport
from trophees.ask.ahead import MOST, Ahead
from trophees.ask.engine import Embedded, Result
from trophees.ask.question import Question
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, RDF_TYPE, TP
from trophees.graph import published

CACHAN = NamedNode(BASE + "laureate/2020/cachan")


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[GraphStore]:
    """The published graph, behind an endpoint."""
    with graph_store() as found:
        found.graph = published.store(published.path(published.GRAPH))
        yield found


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_FIRST_WAIT", 0.005)
    monkeypatch.setenv("NETRC", "/nonexistent")
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize("name", ["cachan", "tool:questionnaire", "94016", "Ville de Grenoble"])
def test_a_thing_is_shown_as_here_in_few_requests(run: Run, elsewhere: GraphStore, name: str) -> None:
    asked = list[str]()
    elsewhere.answered = lambda query, body: asked.append(query) or response(body)  # type: ignore[func-returns-value]
    here, there = run("show", name, "--lang", "fr"), run("show", name, "--lang", "fr", "--endpoint", elsewhere.query)
    assert (there.stdout, there.stderr, there.exit_code) == (here.stdout, here.stderr, 0)
    assert len(asked) < 30


def test_what_is_not_there_is_told_as_here(run: Run, elsewhere: GraphStore) -> None:
    elsewhere.answered = lambda _, body: response(body)
    here, there = run("show", "cachann"), run("show", "cachann", "--endpoint", elsewhere.query)
    assert (there.stderr, there.exit_code) == (here.stderr, 2)


def test_a_part_of_an_answer_is_no_answer(run: Run, elsewhere: GraphStore) -> None:
    elsewhere.answered = lambda _, body: response(body, x_sql_state="S1TAT")
    done = run("show", "cachan", "--endpoint", elsewhere.query)
    assert done.exit_code == 2
    assert "the answer is incomplete" in done.stderr


def test_a_time_limit_is_for_an_endpoint(run: Run) -> None:
    assert run("show", "cachan", "--timeout", "3").stderr == "trophees: --timeout is for --endpoint\n"


class Counted(Embedded):
    """The published graph, which refuses to tell of too many things at once, and counts."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(published.store(published.path(published.GRAPH)))
        self.most = most
        self.questions: list[str] = []

    def ask(self, question: Question) -> Result:
        self.questions.append(question.text)
        if question.text.partition("}")[0].count("<") > self.most:
            raise UserError("too much")
        return super().ask(question)


@pytest.mark.parametrize("most", [1, MOST])
def test_quads_are_those_of_the_repository_however_many_can_be_asked_at_once(most: int) -> None:
    graph = Counted(most)
    ahead = Ahead(graph)
    things = [CACHAN, *(quad.object for quad in graph.quads(CACHAN)), NamedNode("urn:nothing")]
    for thing in things:
        if isinstance(thing, NamedNode):
            assert sorted(map(str, ahead.quads(thing))) == sorted(map(str, graph.quads(thing)))
    assert list(ahead.quads(CACHAN, RDF_TYPE, NamedNode(TP + "Laureate")))
    assert not list(ahead.quads(CACHAN, RDF_TYPE, NamedNode(TP + "Tool")))
    assert ahead.describe(CACHAN) == graph.describe(CACHAN)
    assert set(ahead.quads(None, None, CACHAN)) == set(graph.quads(None, None, CACHAN))
    assert max(text.partition("}")[0].count("<") for text in graph.questions) > 1
    if most == MOST:
        assert len(graph.questions) < 12


def test_what_cannot_be_told_of_one_thing_is_refused() -> None:
    with pytest.raises(UserError, match="too much"):
        list(Ahead(Counted(0)).quads(CACHAN))
