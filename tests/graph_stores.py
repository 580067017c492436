"""A store on 127.0.0.1, of the engine itself: SPARQL at /query, graphs at /store; it fails when a test says so."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store

from endpoints import Asked, endpoint, response


@dataclass
class GraphStore:
    """A running store: its addresses, what it holds, and each write as `PUT graph`.

    The writes of the numbers `failing`, counted from 1, are answered with `failure`; `change` makes of what is written
    something else, `answered` of a query and its answer another answer.
    """

    graph: Store = field(default_factory=Store)
    writes: list[str] = field(default_factory=list)
    failing: Container[int] = ()
    failure: bytes = response(b"out of room", "text/plain", 507)
    change: Callable[[bytes], bytes] = bytes
    answered: Callable[[str, bytes], bytes] = lambda _, body: response(body)
    url: str = ""

    @property
    def query(self) -> str:
        return self.url.replace("/sparql", "/query")

    def counted(self) -> dict[str, int]:
        """How many statements each graph has, by the end of its name."""
        return {
            str(name.value).rpartition("/graph/")[2] or name.value: len(
                list(self.graph.quads_for_pattern(None, None, None, name))
            )
            for name in self.graph.named_graphs()
            if isinstance(name, NamedNode)
        }

    def answer(self, asked: Asked) -> bytes:
        """As the Graph Store HTTP Protocol and the SPARQL Protocol have it."""
        parts = urlsplit(asked.target)
        if parts.path == "/query":
            result = self.graph.query(asked.query, use_default_graph_as_union=True)
            assert not isinstance(result, QueryTriples)
            body = result.serialize(format=QueryResultsFormat.JSON) or b""
            return self.answered(asked.query, body).replace(b"\r\n", b"\r\nServer: Oxigraph/0.5.13\r\n", 1)
        if parts.path != "/store":
            return response(status=404)
        name = NamedNode(parse_qs(parts.query)["graph"][0])
        self.writes.append(f"{asked.method} {name.value.rpartition('/graph/')[2] or name.value}")
        if len(self.writes) in self.failing:
            return self.failure
        if asked.method in ("PUT", "DELETE"):
            self.graph.remove_graph(name)
        if asked.method in ("PUT", "POST"):
            assert asked.headers["content-type"] == "application/n-triples"
            self.graph.load(self.change(asked.body), format=RdfFormat.N_TRIPLES, to_graph=name)
        return response(status=204)


@contextmanager
def graph_store() -> Iterator[GraphStore]:
    """A store that holds nothing."""
    store = GraphStore()
    with endpoint(store.answer) as server:
        store.url = server.url
        yield store
