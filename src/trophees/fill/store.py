"""A store that graphs are put into: SPARQL 1.1 Graph Store HTTP Protocol for writing, a SPARQL endpoint for asking."""

from __future__ import annotations

import time
from urllib.parse import quote, urlsplit, urlunsplit

from pyoxigraph import Literal, NamedNode, QuerySolutions

from trophees.ask.credentials import PASSWORD, USER, Credentials, unseen
from trophees.ask.endpoint import Remote, agent, encoded, message
from trophees.ask.question import Question
from trophees.ask.transport import Request, Response, check, send, shown
from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.fill.told import StoppedError, unanswered

_GONE = (200, 202, 204, 404)
_WRITTEN = (200, 201, 202, 204)
_MOST = 1 << 20  # bytes of an answer to what is written


class Store:
    """The SPARQL endpoint `endpoint`, and the address of its graphs: `graphs`, or what the endpoint's own tells."""

    def __init__(self, endpoint: str, graphs: str | None, seconds: float, credentials: Credentials | None) -> None:
        self._seconds = seconds
        self._credentials = credentials
        self.asked = Remote(endpoint, {}, seconds, strict=True, credentials=credentials)
        self.name = shown(endpoint)
        if graphs:
            check(graphs)
        self.graphs = graphs or self._found(endpoint)

    def _found(self, endpoint: str) -> str:
        """Where the graphs are, by the customs of the store behind `endpoint`; StoppedError if that is unknown."""
        parts = urlsplit(endpoint)
        folder, _, last = parts.path.rstrip("/").rpartition("/")
        server = self._sent(Request(_asking(endpoint), {"Accept": "application/sparql-results+json"}), self.name)
        kind = server.headers.get("server", "").lower()
        if folder.endswith("/repositories"):  # RDF4J, GraphDB
            path = f"{parts.path.rstrip('/')}/rdf-graphs/service"
        elif kind.startswith("virtuoso"):
            path = "/sparql-graph-crud-auth"
        elif kind.startswith("oxigraph") and last == "query":
            path = f"{folder}/store"
        elif "fuseki" in kind and last in ("sparql", "query"):
            path = f"{folder}/data"
        else:
            raise StoppedError(Both(
                f"{self.name} : où se trouvent ses graphes n’est pas connu : donner --graph-store URL",
                f"{self.name}: where its graphs are is not known: give --graph-store URL",
            ))  # fmt: skip
        return urlunsplit((parts.scheme, parts.netloc, path, "", ""))

    def put(self, graph: NamedNode, statements: bytes) -> None:
        """Make `statements` (N-Triples) all that `graph` has. StoppedError if the store does not say that it did."""
        self._write("PUT", graph, statements)

    def add(self, graph: NamedNode, statements: bytes) -> None:
        """Put `statements` into `graph`, beside what is there. StoppedError if the store does not say that it did."""
        self._write("POST", graph, statements)

    def remove(self, graph: NamedNode) -> None:
        """Take `graph` away; it may not be there."""
        self._write("DELETE", graph, None)

    def count(self, graph: NamedNode) -> int:
        """How many statements `graph` has; StoppedError if there is no answer."""
        rows = self.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        number = next((row["n"] for row in rows), None)
        if not isinstance(number, Literal) or not number.value.isdecimal():
            raise StoppedError(Both(f"{self.name} : compte mal", f"{self.name}: does not count"))
        return int(number.value)

    def ask(self, query: str) -> QuerySolutions:
        """The rows of `query`, a SELECT, all of them; StoppedError if there are none to be had."""
        try:
            found = self.asked.ask(Question("query", query))
        except UserError as error:
            raise unanswered(self.name, error) from None
        assert isinstance(found, QuerySolutions)
        return found

    def _write(self, method: str, graph: NamedNode, statements: bytes | None) -> None:
        place = shown(self.graphs)
        headers = {"User-Agent": agent(), "Accept": "*/*"}
        if statements is not None:
            headers["Content-Type"] = "application/n-triples"
        query = "&".join(filter(None, (urlsplit(self.graphs).query, f"graph={quote(graph.value, safe='')}")))
        url = urlunsplit((*urlsplit(encoded(self.graphs))[:3], query, ""))
        request = Request(url, headers, statements, "host", _MOST, method, self._credentials)
        answer = self._sent(request, place)
        if answer.status in (401, 403):
            raise self._unknown(place, answer.status)
        if answer.status not in (_GONE if method == "DELETE" else _WRITTEN):
            reason = message(answer)
            told = f", « {reason} »" if reason else "", f", “{reason}”" if reason else ""
            french = f"{place} : le graphe {graph.value} n’est pas pris ({answer.status}{told[0]})"
            english = f"{place}: does not take the graph {graph.value} ({answer.status}{told[1]})"
            again = Both(" ; la même commande reprend où elle en est", "; the same command goes on from there")
            raise StoppedError(Both(french, english) + again)

    def _unknown(self, place: str, status: int) -> StoppedError:
        if self._credentials and not unseen(self.graphs):
            french, english = "un mot de passe ne va que par https", "a password goes over https alone"
        else:
            french, english = f"{USER} et {PASSWORD}, ou ~/.netrc", f"{USER} and {PASSWORD}, or ~/.netrc"
        return StoppedError(Both(
            f"{place} : identification demandée, ou refusée ({status}) : {french}",
            f"{place}: asks for credentials, or refuses them ({status}): {english}",
        ))  # fmt: skip

    def _sent(self, request: Request, place: str) -> Response:
        try:
            return send(request, time.monotonic() + self._seconds)
        except UserError as error:
            raise unanswered(place, error) from None


def _asking(endpoint: str) -> str:
    parts = urlsplit(encoded(endpoint))
    query = "&".join(filter(None, (parts.query, "query=ASK%20%7B%7D")))
    return urlunsplit((*parts[:3], query, ""))
