"""One question, three places to put it: in memory, on disk, to an endpoint. The answers are the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

import trophees
from endpoints import Asked, endpoint, response
from trophees.ask.endpoint import Remote
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.base.errors import UserError

A, B, G, H = (NamedNode(f"urn:{name}") for name in "abgh")
TRIG = 'GRAPH <urn:g> { <urn:a> <urn:b> 1, "deux"@fr } GRAPH <urn:h> { <urn:a> <urn:b> 1 . <urn:b> <urn:a> <urn:b> }'
PREFIXES = {"u": "urn:"}


@pytest.fixture(scope="module", params=["in memory", "on disk", "remote"])
def repository(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    store = Store()
    store.load(TRIG, format=RdfFormat.TRIG)
    if request.param == "in memory":
        yield Embedded(store, PREFIXES)
    elif request.param == "on disk":
        folder = tmp_path_factory.mktemp("disk")
        kept = Store(folder)
        kept.extend(store)
        kept.flush()
        del kept
        yield Embedded.on_disk(folder, PREFIXES)
    else:

        def answer(asked: Asked) -> bytes:
            try:
                result = Embedded(store).evaluate(asked.query)
            except SyntaxError as error:
                return response(str(error).encode(), "text/plain", 400)
            if isinstance(result, QueryTriples):
                return response(result.serialize(format=RdfFormat.N_TRIPLES) or b"", "application/n-triples")
            return response(result.serialize(format=QueryResultsFormat.JSON) or b"")

        with endpoint(answer) as server:
            yield Remote(server.url, PREFIXES, 10)


def test_a_question_has_the_same_answer_everywhere(repository: Repository) -> None:
    rows = repository.ask(Question("query", "SELECT DISTINCT ?s { ?s u:b ?n }", {Variable("n"): Literal(1)}))
    assert isinstance(rows, QuerySolutions)
    assert [row["s"] for row in rows] == [A]
    assert bool(repository.ask(Question("query", "ASK { u:b u:a u:b }")))
    triples = repository.ask(Question("query", "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o FILTER(ISIRI(?o)) }"))
    assert [str(triple) for triple in triples] == ["<urn:b> <urn:a> <urn:b>"]  # type: ignore[union-attr]


def test_a_thing_is_described_by_all_graphs(repository: Repository) -> None:
    assert [str(triple.object) for triple in repository.describe(A)] == [
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"deux"@fr',
    ]
    assert repository.describe(G) == []


def test_quads_are_found_by_any_of_their_terms(repository: Repository) -> None:
    assert len(list(repository.quads())) == 4
    assert {quad.graph_name for quad in repository.quads(A, B, Literal(1))} == {G, H}
    assert [quad.subject for quad in repository.quads(object=B)] == [B]
    assert {quad.object for quad in repository.quads(graph=G)} == {Literal(1), Literal("deux", language="fr")}
    assert list(repository.quads(A, A)) == []


def test_what_is_no_question_is_one_sentence_with_its_place(repository: Repository) -> None:
    with pytest.raises(UserError, match=r"^a\.rq:2:10: “nonsense” is not expected here") as error:
        repository.ask(Question("a.rq", "SELECT * {\n u:a u:b nonsense }"))
    assert "\n" not in str(error.value)


def test_a_store_on_disk_is_asked_by_its_folder_and_never_written(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    kept = Store(folder)
    kept.load(TRIG, format=RdfFormat.TRIG)
    kept.flush()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert trophees.query("SELECT ?s { GRAPH <urn:h> { ?s ?p 1 } }", store=folder).column("s") == ["urn:a"]  # type: ignore[union-attr]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_without_a_store_is_a_sentence(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(UserError, match="no store of Oxigraph here"):
            trophees.query("ASK {}", store=place)
    assert list(tmp_path.iterdir()) == []
