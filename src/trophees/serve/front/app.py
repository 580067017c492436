"""The front: an ASGI application that says which part of the server answers a request, and how it is refused."""

from __future__ import annotations

import json
import re

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from trophees.ask.explain.carried import HEADER
from trophees.hosting import documents as hosted
from trophees.hosting import openapi
from trophees.serve.backend.refusals import Refused
from trophees.serve.front.documents import Documents
from trophees.serve.front.endpoint import Endpoint
from trophees.serve.front.reconciliation import Answer, Reconciliation
from trophees.serve.log import AccessLog

_EXPOSE = "Access-Control-Expose-Headers"
_HEADERS = hosted.HEADERS | {_EXPOSE: f"{hosted.HEADERS[_EXPOSE]}, {HEADER}"}
CORS = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
_PREFLIGHT = {"Access-Control-Max-Age": "86400"}
_GONE = 499  # what the log says of a client that did not wait for its answer; it read nothing like that
_HOST = re.compile(rb"[A-Za-z0-9._-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")


class App:
    """Answers at the root of a host, or below `documents.root`."""

    def __init__(
        self, documents: Documents, endpoint: Endpoint, reconciliation: Reconciliation, log: AccessLog
    ) -> None:
        self._documents = documents
        self._endpoint = endpoint
        self._log = log
        root = documents.root
        self._routes: dict[str, tuple[Answer, str]] = {
            f"{root}sparql": (endpoint.sparql, "GET, HEAD, POST, OPTIONS"),
            f"{root}sparql/": (endpoint.sparql, "GET, HEAD, POST, OPTIONS"),
            f"{root}graph-store": (endpoint.graph, "GET, HEAD, OPTIONS"),
            f"{root}fragments": (endpoint.fragments, "GET, HEAD, OPTIONS"),
            f"{root}health": (endpoint.health, "GET, HEAD, OPTIONS"),
            f"{root}{openapi.FILE}": (endpoint.openapi, "GET, HEAD, OPTIONS"),
        }
        self._routes |= {f"{root}{path}": (answer, methods) for path, answer, methods in reconciliation.routes()}
        known = {".well-known/void": endpoint.void, ".well-known/sparql-examples": endpoint.examples}
        self._routes |= {
            f"{start}{path}": (answer, "GET, HEAD, OPTIONS") for start in {root, "/"} for path, answer in known.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        status, size, logged = 0, 0, False
        gone = scope["state"].get("gone", bool)

        def log() -> None:
            nonlocal logged
            if not logged:
                client = scope["client"][0] if scope.get("client") else ""
                line = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
                text = f"{request.method} {line.decode('latin-1')} HTTP/{scope['http_version']}"
                self._log.write(client, text, _GONE if gone() else status or 500, size)
                logged = True

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *CORS]  # of what is refused while it is sent, too
                await send(message)
                return
            last = not message.get("more_body", False)
            if last and size:
                await send({"type": "http.response.body", "body": b"", "more_body": True})  # when there is room for it
            if not gone() and request.method != "HEAD":
                size += len(message.get("body", b""))
            if last:
                log()  # whoever has the whole answer can read of it in the log
            await send(message)

        try:
            response = await self._answer(request)
        except Refused as error:
            response = problem(request, error)
        except ClientDisconnect:
            status = _GONE
            log()
            return
        except Exception:
            log()
            raise
        try:
            await response(scope, receive, watched)
        finally:
            log()

    async def _answer(self, request: Request) -> Response:
        host = next((value for name, value in request.scope["headers"] if name == b"host"), b"localhost")
        if not _HOST.fullmatch(host):
            raise Refused(400, "The host is no name of a host")
        found = self._routes.get(request.scope["path"])
        answer, methods = found or (self._documents.answer, "GET, HEAD, OPTIONS")
        if request.method == "OPTIONS":
            allow = {"Allow": methods, "Access-Control-Allow-Methods": methods}
            return Response(status_code=204, headers={**allow, **_PREFLIGHT})
        if request.method not in methods.split(", "):
            raise Refused(405, f"{request.method} is not for this address: {methods}", headers={"Allow": methods})
        return await answer(request)


def problem(request: Request, error: Refused) -> Response:
    """The refusal as a text, or as JSON (RFC 9457) for who reads that."""
    line, _, column = error.place.partition(":")
    if "json" in request.headers.get("accept", ""):
        told = {"title": error.sentence, "status": error.status}
        told |= {"line": int(line), "column": int(column)} if error.place else {}
        french, _, excerpt = error.more.partition("\n")
        told |= {"fr": french, "excerpt": excerpt} if error.more else {}
        body, type_ = json.dumps(told, ensure_ascii=False) + "\n", "application/problem+json; charset=utf-8"
    else:
        place = f"line {line}, column {column}: " if error.place else ""
        more = f"{error.more}\n" if error.more else ""
        body, type_ = f"{place}{error.sentence}\n{more}", "text/plain; charset=utf-8"
    return Response(body, error.status, {**error.headers, "Cache-Control": "no-store"}, type_)
