"""What makes a server give each answer of the OpenAPI description, and whether an answer is as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from servers.client import Answer
from trophees.serve.backend.limits import QUERY

DIRECT = "application/sparql-query"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
KINDS = ("/{kind}/{name}", "/{kind}/{group}/{name}")
THINGS = ("catalog", "void", "sparql-examples", "ontology", "shapes", "dataset/trophees")
GONE = ("person/partie", "laureate/2020/double")

Ask = Callable[[str, str, dict[str, str], bytes | None], Answer]  # a method, an address, headers, a body


@dataclass(frozen=True)
class Asked:
    """A request of a description: what stands for the names in its path, what follows, and what is sent."""

    names: dict[str, str] = field(default_factory=dict)
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    unchanged: bool = False  # what was answered is asked for again


def of(path: str, method: str, status: str) -> Asked:
    """What makes a server answer so."""
    if path.startswith("/reconcile"):
        return reconciling(path, method, status)
    names = {"kind": "organisation", "name": "actons-politiker", "end": "ttl"}
    if "{group}" in path:
        names = {"kind": "laureate", "group": "2020", "name": "cachan", "end": "ttl"}
    names["file"] = {"/csv/{file}": "tools.csv", "/geojson/{file}": "laureates-territories.geojson"}.get(
        path, "trophees.trig"
    )
    if status == "404":
        return Asked({**names, "name": "nothing", "file": "nothing"}, "graph=urn:nothing" if "graph" in path else "")
    if status == "410":
        return Asked({**names, **({"name": "double"} if "{group}" in path else {"kind": "person", "name": "partie"})})
    if status in ("206", "416"):
        return Asked(names, headers={"Range": "bytes=0-0" if status == "206" else "bytes=9999999999-"})
    if path == "/sparql" and method == "post":
        return posted(status)
    if path == "/sparql":
        asks, changes = urlencode({"query": "ASK {}"}), urlencode({"update": "CLEAR ALL"})
        if status == "303":
            return Asked(query=asks, headers={"Accept": "text/html"})
        if status == "503":
            return Asked(query=urlencode({"query": SLOW}))
        given = {"400": "query=x", "403": changes, "406": f"{asks}&format=png", "414": "query=" + "x" * 40_000}
        return Asked(query=given.get(status, asks), unchanged=status == "304")
    if path == "/graph-store":
        given = {"400": "x", "406": "default&format=png"}
        return Asked(query=given.get(status, "default"), unchanged=status == "304")
    if status == "200" and (path in KINDS or path[1:] in THINGS):
        return Asked(names, "_profile=all")
    return Asked(names, headers={"Accept": "image/png"} if status == "406" else {}, unchanged=status == "304")


def reconciling(path: str, method: str, status: str) -> Asked:
    """What makes the reconciliation service answer so."""
    if method == "post":
        given: dict[str, list[str]] = {"ids": [], "properties": []} if path.endswith("/extend") else {"queries": []}
        body = {"400": b"x", "413": b" " * (QUERY + 1)}.get(status, json.dumps(given).encode())
        return Asked(headers={"Content-Type": "text/plain" if status == "415" else "application/json"}, body=body)
    if status == "400":
        return Asked(query="lang=xx" if path != "/reconcile/view" else "")
    return Asked(query="id=nothing" if status == "404" else "id=territory/commune/94016")


def posted(status: str) -> Asked:
    """What makes a server answer so to a POST."""
    text = {"400": "x", "413": "#" * (QUERY + 1), "503": SLOW}.get(status, "ASK {}").encode()
    type_ = {"403": "application/sparql-update", "415": "text/plain"}.get(status, DIRECT)
    return Asked(query="format=png" if status == "406" else "", headers={"Content-Type": type_}, body=text)


def send(ask: Ask, path: str, method: str, asked: Asked) -> Answer:
    """What is answered to `asked`."""
    address = re.sub(r"\{(\w+)\}", lambda name: quote(asked.names[name[1]]), path) + (asked.query and f"?{asked.query}")
    answer = ask(method.upper(), address, asked.headers, asked.body)
    if asked.unchanged:
        assert answer.etag
        return ask(method.upper(), address, {**asked.headers, "If-None-Match": answer.etag}, asked.body)
    return answer


def answers(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The path, method and status of each answer that is described."""
    return [
        (path, method, status)
        for path, entry in told["paths"].items()
        for method in ("get", "post")
        for status in entry.get(method, {}).get("responses", ())
    ]


def check(told: dict[str, Any], path: str, method: str, status: str, answer: Answer) -> None:
    """That `answer` is as it is described."""
    assert str(answer.status) == status, (path, method, status, answer.status, answer.body[:200])
    response = told["paths"][path][method]["responses"][status]
    content = response.get("content", {})
    if content and "*/*" not in content:
        assert answer.content_type.partition(";")[0] in content, (path, method, status, answer.content_type)
    for header in response.get("headers", {}):
        assert answer.headers.get(header.lower()), (path, status, header)
