"""`trophees check-site`: what a catalogue names is asked, on its own host alone, and what is wrong is told."""

from __future__ import annotations

import functools
import hashlib
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import Run
from endpoints import Asked, Part, endpoint, response
from serving.conftest import Served
from serving.test_moved import published

pytestmark = pytest.mark.xdist_group("site")

HEAD = "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>\n"


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = published(tmp_path_factory.mktemp("host") / "publish", files)
    for page in ("about", "data"):
        (folder / page).mkdir()
        (folder / page / "index.html").write_text(page, "utf-8")
    return folder


@contextmanager
def static(folder: Path) -> Iterator[str]:
    """A host that only serves files, and its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def told(output: str) -> dict[str, tuple[str, str, str]]:
    """The status, what it is and what is wrong, by address."""
    found = {}
    for line in output.splitlines():
        status, what, rest = line.split("\t")
        address, _, fault = rest.partition(": ")
        found[address] = status, what, fault
    return found


@pytest.mark.slow
def test_everything_that_serve_says_is_there(run: Run, folder: Path) -> None:
    server = Served.start(folder)
    try:
        for address in (server.url, server.url.rstrip("/"), f"{server.url}catalog.rdf", f"{server.url}catalog.jsonld"):
            done = run("check-site", address)
            assert done.exit_code == 0, done.output
            found = told(done.stdout)
            assert {status for status, _, _ in found.values()} == {"200"}
            assert {fault for _, _, fault in found.values()} == {""}
            kinds = [what for _, what, _ in found.values()]
            assert kinds.count("file") > 20
            assert kinds.count("endpoint") == 1
            assert kinds.count("page") >= 3
            assert f"{server.url}csv/laureates.csv" in found
            assert "0 at fault, 0 on another host" in done.stderr
    finally:
        server.stop()


@pytest.mark.slow
def test_a_site_that_was_built_for_another_address_is_told_apart(run: Run, folder: Path) -> None:
    with static(folder) as address:
        done = run("check-site", address)
    assert done.exit_code == 1
    found = told(done.stdout)
    fault = "another host than the catalogue's: build the site for its address (--site-url)"
    assert found["https://trophees.example.org/csv/laureates.csv"] == ("-", "file", fault)
    assert found["https://trophees.example.org/sparql"] == ("-", "endpoint", "on another host: not asked")


@pytest.mark.slow
def test_what_is_missing_changed_or_no_endpoint_is_told(run: Run, folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "publish"
    (broken / "csv").mkdir(parents=True)
    with static(broken) as address:
        catalogue = (folder / "catalog.ttl").read_text("utf-8").replace("https://trophees.example.org/", address)
        (broken / "catalog.ttl").write_text(catalogue, "utf-8")
        csv = (folder / "csv" / "tools.csv").read_bytes()
        (broken / "csv" / "tools.csv").write_bytes(csv)
        (broken / "csv" / "plans.csv").write_bytes((folder / "csv" / "plans.csv").read_bytes().swapcase())
        (broken / "csv" / "roles.csv").write_bytes(csv[:100])
        (broken / "csv" / "indicators.csv").write_bytes(csv * 100)
        (broken / "sparql").write_bytes(b"nothing that answers")
        done = run("check-site", address, "--lang", "fr")
    assert done.exit_code == 1
    found = {url.removeprefix(address): said for url, said in told(done.stdout).items()}
    assert found["csv/tools.csv"] == ("200", "fichier", "")
    assert found["csv/plans.csv"] == ("200", "fichier", "l’empreinte sha512 n’est pas celle du catalogue")
    assert found["csv/roles.csv"][2].startswith("100 octets, le catalogue en annonce ")
    assert "the answer is larger than" in found["csv/indicators.csv"][2]
    assert found["csv/laureates.csv"] == ("404", "fichier", "200 est attendu")
    assert found["sparql"] == ("200", "point d’accès", "ce n’est pas la réponse d’un point d’accès SPARQL")
    assert found["data/"][0] == "404"


def test_a_hostile_server_leads_nowhere(run: Run) -> None:
    """Not to other hosts, by a redirect or an odd address, nor for longer or to more than was said."""
    with endpoint(response(b"secret")) as inside:

        def answer(asked: Asked) -> bytes | list[Part]:
            host = asked.headers["host"]
            if asked.target == "/catalog.ttl":
                mine = [f"http://{host}/{name}" for name in ("moved", "slow", "large", "torn", "%0d%0aX:y")]
                files = [
                    *mine,
                    inside.url,
                    "file:///etc/passwd",
                    "http://user:word@127.0.0.1/",
                    f"ftp://{host}/",
                    "urn:x",
                ]
                said = [f"<urn:{n}> dcat:downloadURL <{f}> ; dcat:byteSize 5 ." for n, f in enumerate(files)]
                said += [f"<urn:p> dcat:landingPage <http://{host}/page> , <http://{host}/loop> ."]
                return response((HEAD + "\n".join(said)).encode(), "text/turtle")
            if asked.target in ("/moved", "/page"):
                return response(b"", status=302, location=inside.url)
            if asked.target == "/loop":
                return response(b"", status=302, location="/loop")
            if asked.target == "/slow":
                return [b"HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\n", 3.0, b"later"]
            if asked.target == "/large":
                return [b"HTTP/1.1 200 X\r\n\r\n", b"x" * 100_000]
            return b"HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\nab"

        with endpoint(answer) as site:
            done = run("check-site", site.url.removesuffix("sparql"), "--timeout", "1")
        assert inside.asked == []
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert len(lines) == 12
    assert [line for line in lines if ": " not in line.split("\t")[2]] == [], "each is at fault"
    said = {name: line for line in lines for name in ("moved", "slow", "large", "page", "loop") if f"/{name}: " in line}
    assert said["moved"].startswith("302\t")
    assert "another host" in said["page"]
    assert "larger than 5 bytes" in said["large"]
    assert "no answer in time" in said["slow"]
    assert "redirects" in said["loop"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (response(b"", status=404), "no catalogue is here (404)"),
        (response(b"<html>", "text/html"), "no catalogue in RDF"),
        (response(b"<a> <b> ", "text/turtle"), "no catalogue in RDF"),
        (response(b"<urn:a> <urn:b> <urn:c> .", "text/turtle"), "names neither files nor an endpoint"),
        (response(b"", status=302, location="http://127.0.0.2:1/"), "which is another host"),
    ],
)
def test_what_is_no_catalogue_is_told_in_a_sentence(run: Run, answer: bytes, sentence: str) -> None:
    with endpoint(answer) as site:
        done = run("check-site", site.url.removesuffix("sparql"), "--timeout", "5")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("trophees: http://127.0.0.1")
    assert sentence in done.stderr


@pytest.mark.parametrize("url", ["", "x", "ftp://a.test/", "http://", "https://a:b@c.test/"])
def test_what_is_no_address_is_told_in_a_sentence(run: Run, url: str) -> None:
    done = run("check-site", url)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_every_checksum_that_hashlib_knows_is_compared(run: Run) -> None:
    good = hashlib.sha1(b"right").hexdigest()
    for name, wrong in (("sha256", True), ("sha512", True), ("md5", True), ("sha1", False), ("unheard", False)):

        def answer(asked: Asked, name: str = name) -> bytes:
            if asked.target != "/catalog.ttl":
                return response(b"right", "text/plain")
            text = f"<urn:f> dcat:downloadURL <http://{asked.headers['host']}/f> ; spdx:checksum <urn:s> . "
            text += f'<urn:s> spdx:algorithm spdx:checksumAlgorithm_{name} ; spdx:checksumValue "{good}" .'
            return response((HEAD + text).encode(), "text/turtle")

        with endpoint(answer) as site:
            assert run("check-site", site.url.removesuffix("sparql")).exit_code == wrong, name
