"""The OpenAPI description is valid, and true: each of its answers is asked of a server that runs."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import tools
from servers.client import Answer
from serving.conftest import Served, site, until
from serving.openapi_cases import DIRECT, GONE, THINGS, Ask, answers, check, of, send
from trophees.base.namespaces import GRAPH
from trophees.hosting import openapi
from trophees.hosting.formats import RDF

FORM = "application/x-www-form-urlencoded"
THING = "organisation/actons-politiker"
WITHDRAWN = {"release": "2026.1", "reason": {"fr": "double", "en": "double"}, "successor": ""}


def published(folder: Path) -> Path:
    """A small site that has each kind of document."""
    site(folder)
    named = dict.fromkeys(openapi.NAMED, "some text")
    data = {"csv/tools.csv": "a,b\n", "geojson/laureates-territories.geojson": "{}", f"{THING}/index.html": "x"}
    for path, text in {**named, **data, **{f"{thing}.ttl": "" for thing in (*THINGS, THING)}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder / "guide.json").write_text("{}", "utf-8")
    (folder / "laureate/2020/cachan.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    gone = dict.fromkeys(GONE, WITHDRAWN)
    (folder / "withdrawn.json").write_text(json.dumps(gone), "utf-8")
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served.start(published(tmp_path_factory.mktemp("host") / "publish"))
    yield server
    assert server.stop() == 0


def asking(server: Served) -> Ask:
    def ask(method: str, address: str, headers: dict[str, str], body: bytes | None) -> Answer:
        return server.ask(address, method, body, **{name.replace("-", "_"): value for name, value in headers.items()})

    return ask


@pytest.fixture(scope="module")
def told(served: Served) -> dict[str, Any]:
    return dict(json.loads(served.ask("/openapi.json").body))


@pytest.mark.slow
def test_each_answer_that_is_described_is_given(told: dict[str, Any], served: Served) -> None:
    described = [found for found in answers(told) if found[2] != "503"]
    assert len(described) > 80
    for path, method, status in described:
        check(told, path, method, status, send(asking(served), path, method, of(path, method, status)))


@pytest.mark.slow
def test_what_takes_too_long_or_cannot_be_answered_is_described(told: dict[str, Any], tmp_path: Path) -> None:
    folder = published(tmp_path / "publish")
    server = Served.start(folder, "--timeout", "1")
    try:
        late = [found for found in answers(told) if found[2] == "503"]
        assert {path for path, _, _ in late} == {"/sparql", "/graph-store", "/health"}
        for path, method, status in late:
            if path == "/sparql":
                check(told, path, method, status, send(asking(server), path, method, of(path, method, status)))
        (folder / "dumps" / "trophees.trig").write_text("broken", "utf-8")
        os.kill(server.family()[0], signal.SIGKILL)
        until(lambda: not server.health()["ready"])
        for path, method, status in late:
            if path != "/sparql":
                check(told, path, method, status, send(asking(server), path, method, of(path, method, status)))
    finally:
        server.stop()


def test_other_forms_of_a_question_are_as_described(told: dict[str, Any], served: Served) -> None:
    post = told["paths"]["/sparql"]["post"]
    assert set(post["requestBody"]["content"]) == {FORM, DIRECT}
    fields = {"query": "SELECT ?s { ?s ?p ?o } LIMIT 1", "format": "csv", "default-graph-uri": f"{GRAPH}catalog"}
    assert fields.keys() <= post["requestBody"]["content"][FORM]["schema"]["properties"].keys()
    answer = served.ask("/sparql", "POST", urlencode(fields).encode(), Content_Type=FORM)
    assert (answer.status, answer.content_type) == (200, "text/csv; charset=utf-8")
    for parameter in told["paths"]["/sparql"]["get"]["parameters"]:
        for form in parameter["schema"].get("examples", []) if parameter["name"] == "format" else []:
            text = "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 100" if form in RDF else "ASK {}"
            answer = served.ask("/sparql?" + urlencode({"query": text, "format": form}))
            assert answer.status == 200, form
            assert (
                answer.content_type.partition(";")[0] in told["paths"]["/sparql"]["get"]["responses"]["200"]["content"]
            )
    problem = json.loads(served.query("SELECT ?l {", Accept="application/json").body)
    assert problem.keys() <= told["components"]["schemas"]["Problem"]["properties"].keys()
    assert set(told["components"]["schemas"]["Problem"]["required"]) <= problem.keys()


def test_where_there_is_no_site_none_is_described(tmp_path: Path) -> None:
    folder = tmp_path / "publish"
    site(folder)
    server = Served.start(folder)
    try:
        paths = json.loads(server.ask("/openapi.json").body)["paths"]
        assert {"/sparql", "/health"} <= paths.keys()
        assert not {"/guide.json", "/catalog"} & paths.keys()
    finally:
        assert server.stop() == 0


@pytest.mark.foreign
@pytest.mark.parametrize(
    ("endpoint", "server"),
    [("", None), ("https://a.example/sparql", None), ("https://b.example/x/ask", "https://b.example/x")],
)
def test_the_description_is_valid(endpoint: str, server: str | None, served: Served, tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    file.write_bytes(openapi.document("2026.1", endpoint, site="https://a.example/"))
    assert tools.ask("openapi-spec-validator", file) == []
    entry = json.loads(file.read_text("utf-8"))["paths"].get(f"/{endpoint.rpartition('/')[2]}", {})
    assert [one["url"] for one in entry.get("servers", [])] == ([server] if server else [])
    file.write_bytes(served.ask("/openapi.json").body)
    assert tools.ask("openapi-spec-validator", file) == []


@pytest.mark.foreign
def test_a_description_that_is_none_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    told = json.loads(openapi.document("2026.1", ""))
    told["paths"]["/{kind}/{name}"]["get"]["parameters"].pop(0)
    del told["info"]["version"]
    file.write_text(json.dumps(told), "utf-8")
    assert len(tools.ask("openapi-spec-validator", file)) >= 2
