"""The SPARQL endpoint: its query operation, its description, and the graphs one by one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, Protocol
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from trophees.ask.explain.carried import HEADER
from trophees.base.addresses import Folder
from trophees.hosting import documents as hosted
from trophees.hosting import openapi
from trophees.hosting.accept import choose as document
from trophees.hosting.formats import RDF, ROWS, choose, coding, offered, prefers_page, type_of
from trophees.serve.backend.message import Answer, Job
from trophees.serve.backend.refusals import Refused
from trophees.serve.front import description
from trophees.serve.front.body import received
from trophees.serve.front.documents import Documents, unchanged
from trophees.serve.front.protocol import Question, graph, read, wished
from trophees.serve.threads import apart

_CHUNK = 64 * 1024
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Backend(Protocol):
    """Who answers queries: workers of this server, or another endpoint."""

    async def answer(self, job: Job, gone: Callable[[], Awaitable[bool]]) -> Answer:
        """The whole answer, or Refused."""
        ...

    def state(self) -> dict[str, Any]:
        """How it is, for `/health`; it can answer if `ready`."""
        ...


@dataclass(frozen=True)
class Service:
    """What is asked: `graphs` and `prefixes` as `description.service` wants them, `version` of the data, when it was
    `modified`.
    """

    graphs: dict[str, int] = field(default_factory=dict)
    version: str = ""
    modified: float = 0
    services: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Endpoint:
    """Answers from `backend`, over the graph that `source` tells of, beside the site of `documents`."""

    backend: Backend
    documents: Documents
    source: Callable[[], Service]

    async def sparql(self, request: Request) -> Response:
        """The query operation; without a query, the description of the service, or the playground for a browser."""
        body = await received(request) if request.method == "POST" else b""
        type_ = request.headers.get("content-type", "")
        question = await apart(len(body), read, request.method, request.scope["query_string"], type_, body)
        if question is None:
            return self._described(request)
        return self._shown(request, question) or await self._query(request, question)

    def _shown(self, request: Request, question: Question) -> Response | None:
        """The playground, for a browser that follows the link of a query; None if it gets the answer."""
        page = f"{Folder.PLAYGROUND}{self._language(request)}"
        if (
            request.method == "POST"
            or question.formats
            or question.shaped
            or (question.default, question.named) != (None, None)
            or not self.source().version  # the playground asks the graph of the site
            or not prefers_page(request.headers.get("accept", ""))
            or not self.documents.has(f"{page}index.html")
        ):
            return None
        address = f"{self.documents.root}{page}#query={quote(question.query, safe='')}&run=1"
        return Response(status_code=303, headers={"Location": address, "Vary": "Accept, Accept-Language"})

    async def graph(self, request: Request) -> Response:
        """A graph of the store, `?graph=IRI` or `?default` (SPARQL 1.1 Graph Store HTTP Protocol, section 5.2)."""
        name = graph(request.scope["query_string"])
        if name is None:
            raise Refused(400, "Name a graph: ?default or ?graph=IRI")
        if name and (known := self.source().graphs) and name not in known:
            raise Refused(404, f"There is no graph <{name[:200]}>: {request.url.path}?default has them all")
        formats = wished(request.scope["query_string"])
        return await self._query(request, Question(_ALL, (name,) if name else None, () if name else None, formats))

    async def fragments(self, request: Request) -> Response:
        """410: Triple Pattern Fragments were withdrawn, and what answers instead."""
        there = [f"{self.documents.address(request)}{path}" for path in ("sparql", "graph-store")]
        links = ", ".join(f'<{address}>; rel="successor-version"' for address in there)
        sentence = f"Triple pattern fragments are no longer served: ask {there[0]}, or take a graph from {there[1]}"
        raise Refused(410, sentence, headers={"Link": links})

    async def health(self, _request: Request) -> Response:
        """200 if queries can be answered, else 503."""
        state = self.backend.state()
        headers = {"Cache-Control": "no-store", "Content-Type": "application/json; charset=utf-8"}
        return JSONResponse(state, 200 if state["ready"] else 503, headers)

    async def void(self, request: Request) -> Response:
        """What the site says of its dataset in VoID, or what is known of the graph."""
        site = self.documents.address(request)
        if self.documents.has("void.ttl"):
            return await self.documents.document(request, "void.ttl")
        names = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")
        dumps = [f"{site}dumps/trophees.{n}" for n in names if self.documents.has(f"dumps/trophees.{n}")]
        form = self._form(request)
        triples = self.source().graphs.get("")
        return _rdf(description.void(site, f"{site}sparql", triples, dumps, form), form)

    async def examples(self, request: Request) -> Response:
        """The queries of the cookbook as the site publishes them, if it does."""
        return await self.documents.document(request, hosted.WELL_KNOWN[".well-known/sparql-examples"])

    async def openapi(self, request: Request) -> Response:
        """What answers here, and how."""
        site = self.documents.address(request)
        there = self.documents.has
        told = openapi.document(self.documents.version, f"{site}sparql", site=site, served=True, there=there)
        headers = {"ETag": f'"{_digest((told,))}"', "Cache-Control": "no-cache", "Vary": "Host"}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(told, headers={**headers, "Content-Type": "application/json; charset=utf-8"})

    # how a query is answered

    async def _query(self, request: Request, question: Question) -> Response:
        accept, source = request.headers.get("accept", ""), self.source()
        rows, rdf = choose(ROWS, accept, question.formats), choose(RDF, accept, question.formats)
        how, base = coding(request.headers.get("accept-encoding", "")), f"{self.documents.address(request)}sparql"
        graphs = question.default, question.named
        shape = question.lang, question.compact, question.labels
        asked = source.version, question.query, graphs, rows, rdf, how, base, shape
        id_ = await apart(len(question.query), _digest, asked)
        job = Job(
            question.query, *graphs, rows, rdf, how, base, id_,
            lang=question.lang, compact=question.compact, labels=question.labels,
        )  # fmt: skip
        headers = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
        if source.version:
            headers |= {"ETag": f'"{job.id}"', "Last-Modified": formatdate(source.modified, usegmt=True)}
            if headers["ETag"] in request.headers.get("if-none-match", "") and request.method != "POST":  # from a 200
                return Response(status_code=304, headers=headers)
        answer = await self.backend.answer(job, request.is_disconnected)
        head = answer.head
        if head.status == 406 and not answer.data:
            rows = f"SELECT and ASK give {offered(ROWS)}"
            raise Refused(406, f"{rows}; CONSTRUCT and DESCRIBE give {offered(RDF)}", headers={"Vary": "Accept"})
        if head.status != 200:
            said, _, more = answer.data.decode("utf-8", "replace").partition("\n")
            raise Refused(head.status, said, head.place, more=more)
        if source.version and not head.volatile and unchanged(request, headers["ETag"], source.modified):
            if answer.file is not None:
                answer.file.close()
            return Response(status_code=304, headers=headers)
        if head.volatile:
            headers = {"Vary": headers["Vary"], "Cache-Control": "no-store"}
        if head.note:
            headers[HEADER] = head.note
        if head.coding:
            headers["Content-Encoding"] = head.coding
        headers |= {"Content-Length": str(head.size), "Content-Type": type_of(head.form)}
        if answer.file is None:
            return Response(answer.data, headers=headers)
        return StreamingResponse(_content(answer), headers=headers)

    # what the endpoint says of itself

    def _described(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        page = document(accept, request.headers.get("accept-language", "")) or ""
        shown = f"{Folder.PLAYGROUND.rstrip('/')}{page}"
        if "text/html" in accept and page.startswith("/") and self.documents.has(f"{shown}index.html"):
            return Response(
                status_code=303, headers={"Location": self.documents.root + shown, "Vary": "Accept, Accept-Language"}
            )
        form, source = self._form(request), self.source()
        site = self.documents.address(request)
        beside = [f"{site}{place}" for place, file in hosted.WELL_KNOWN.items() if self.documents.has(file)]
        told = description.service(
            f"{site}sparql", source.graphs, source.services, form, prefixes=source.prefixes, beside=beside
        )
        return _rdf(told, form)

    def _form(self, request: Request) -> str:
        accept = request.headers.get("accept", "")
        form = choose(RDF, accept, wished(request.scope["query_string"]))
        if not form and "text/html" not in accept:
            raise Refused(406, f"This is available as {offered(RDF)}", headers={"Vary": "Accept"})
        return form or "ttl"

    @staticmethod
    def _language(request: Request) -> str:
        """What follows the folder of a page in the language of the client: nothing, or `en/`."""
        page = document("text/html", request.headers.get("accept-language", "")) or "/"
        return page.removeprefix("/")


def _digest(asked: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(asked).encode("utf-8", "replace")).hexdigest()[:32]


def _rdf(data: bytes, form: str) -> Response:
    return Response(data, headers={"Content-Type": type_of(form), "Vary": "Accept"})


async def _content(answer: Answer) -> AsyncIterator[bytes]:
    assert answer.file is not None
    with answer.file as file:
        for start in range(0, answer.head.size, _CHUNK):
            yield os.pread(file.fileno(), min(_CHUNK, answer.head.size - start), start)
