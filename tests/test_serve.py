"""`trophees serve`: the published folder with content negotiation."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Run
from trophees.serve import server

PAGES = {
    "index.html": "home",
    "404.html": "not here",
    "406.html": "not so",
    "map/index.html": "map",
    "laureate/2020/cachan/index.html": "français",
    "laureate/2020/cachan/en/index.html": "English",
    "laureate/2020/cachan.ttl": "<a> <b> <c> .",
    "laureate/2020/cachan.jsonld": "{}",
    "laureate/2020/cachan.nt": "",
    "assets/site.js": "",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("host") / "publish"
    for path, text in PAGES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder.parent / "secret").write_text("secret", "utf-8")
    with server(folder, "127.0.0.1", 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_port
        running.shutdown()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body


@pytest.mark.parametrize(
    ("accept", "languages", "location"),
    [
        ("text/html", "fr", "cachan/"),
        ("text/html", "en-GB,fr;q=0.3", "cachan/en/"),
        ("text/turtle", "", "cachan.ttl"),
        ("text/turtle;q=0.5,application/ld+json", "", "cachan.jsonld"),
        ("application/n-triples", "", "cachan.nt"),
        ("", "", "cachan/"),
    ],
)
def test_a_thing_answers_see_other(port: int, accept: str, languages: str, location: str) -> None:
    status, headers, _ = ask(port, "/laureate/2020/cachan", Accept=accept, Accept_Language=languages)
    assert (status, headers["location"]) == (303, location)
    assert headers["vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/laureate/2020/cachan/en/", "text/html; charset=utf-8"),
        ("/laureate/2020/cachan.ttl", "text/turtle; charset=utf-8"),
        ("/laureate/2020/cachan.jsonld", "application/ld+json; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_document_answers_with_its_type(port: int, path: str, kind: str, method: str) -> None:
    status, headers, body = ask(port, path, method, Accept="text/turtle")
    assert (status, headers["content-type"], headers["access-control-allow-origin"]) == (200, kind, "*")
    assert method == "GET" or body == ""


def test_what_is_not_there_or_not_so_gets_a_page_that_helps(port: int) -> None:
    assert ask(port, "/nothing")[::2] == (404, "not here")
    assert ask(port, "/laureate/2020/")[::2] == (404, "not here")
    assert ask(port, "/laureate/2020/cachan", Accept="image/png")[::2] == (406, "not so")
    assert ask(port, "/map", Accept="text/turtle")[1]["location"] == "map/"


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "//../secret", "/a/../../secret"])
def test_nothing_outside_the_folder_is_served(port: int, path: str) -> None:
    status, _, body = ask(port, path)
    assert status == 404
    assert "secret" not in body


def test_a_folder_without_a_site_and_a_taken_port_are_told_in_a_sentence(run: Run, tmp_path: Path, port: int) -> None:
    done = run("serve", tmp_path)
    assert done.exit_code == 2
    assert "index.html is missing" in done.stderr
    (tmp_path / "index.html").write_text("")
    done = run("serve", tmp_path, "--port", str(port))
    assert done.exit_code == 2
    assert f"127.0.0.1:{port}: cannot listen" in done.stderr
