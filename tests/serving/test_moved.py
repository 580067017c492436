"""A site that is served at another address than the one it was built for says of itself where it is."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from conftest import Run
from recorded import LAUREATES
from serving.conftest import Served, site
from trophees.base.namespaces import GRAPH
from trophees.hosting.manifest import Manifest
from trophees.hosting.moved import CATALOGUE, SOMEWHERE, Move, names_its_address
from trophees.hosting.settings import PLACEHOLDER

pytestmark = pytest.mark.xdist_group("site")

DCAT, SPDX = rdflib.DCAT, rdflib.Namespace("http://spdx.org/rdf/terms#")
GUIDES = {
    "guide.json": json.dumps({"title": "é", "endpoint": ""}, indent=1),
    "llms.txt": f"Ask it in SPARQL: at {SOMEWHERE} (SPARQL 1.1 Protocol)",
    "robots.txt": f"Sitemap: {PLACEHOLDER}sitemap.xml",
}


def published(folder: Path, files: dict[str, bytes]) -> Path:
    """What a build without an address publishes, but for its pages."""
    site(folder)
    for path, data in {**files, **{path: text.encode() for path, text in GUIDES.items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module", params=["", "https://data.example.net/open/"])
def moved(
    request: pytest.FixtureRequest, files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, str]]:
    """A server, and where readers find it."""
    folder = published(tmp_path_factory.mktemp("host") / "publish", files)
    server = Served.start(folder, *(["--site-url", request.param] if request.param else []))
    yield server, request.param or server.url
    assert server.stop() == 0


def path(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "form"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_the_catalogue_names_addresses_that_answer(moved: tuple[Served, str], name: str, form: str) -> None:
    server, url = moved
    answer = server.ask(f"{path(url)}catalog.{name}")
    assert PLACEHOLDER.encode() not in answer.body
    graph = rdflib.Graph().parse(data=answer.body, format=form)
    [endpoint] = set(graph.objects(None, DCAT.endpointURL))
    assert str(endpoint) == f"{url}sparql"
    assert server.ask(path(str(endpoint)) + "?query=ASK%7B%7D").status == 200
    found = list(graph.subject_objects(DCAT.downloadURL))
    assert len(found) > 20
    for file, address in found:
        assert str(address).startswith(url)
        content = server.ask(path(str(address))).body
        assert len(content) == int(str(graph.value(file, DCAT.byteSize)))
        checksum = graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue)
        assert hashlib.sha512(content).hexdigest() == str(checksum)


@pytest.mark.slow
def test_void_the_guide_and_what_robots_read_name_them_too(moved: tuple[Served, str]) -> None:
    server, url = moved
    for address in (f"{path(url)}void.ttl", f"{path(url)}.well-known/void"):
        graph = rdflib.Graph().parse(data=server.ask(address).body, format="turtle")
        void = rdflib.Namespace("http://rdfs.org/ns/void#")
        assert set(graph.objects(None, void.sparqlEndpoint)) == {rdflib.URIRef(f"{url}sparql")}
        assert all(str(dump).startswith(url) for dump in graph.objects(None, void.dataDump))
    assert json.loads(server.ask(f"{path(url)}guide.json").body) == {"title": "é", "endpoint": f"{url}sparql"}
    assert server.ask(f"{path(url)}llms.txt").body.decode() == f"Ask it in SPARQL: at {url}sparql (SPARQL 1.1 Protocol)"
    assert server.ask(f"{path(url)}robots.txt").body.decode() == f"Sitemap: {url}sitemap.xml"


def test_the_catalogue_and_the_figures_can_be_asked_in_the_endpoint(
    moved: tuple[Served, str], files: dict[str, bytes]
) -> None:
    server, url = moved

    def rows(query: str) -> list[dict[str, str]]:
        asked = urlencode({"query": "PREFIX void: <http://rdfs.org/ns/void#> " + query, "format": "json"})
        found = json.loads(server.ask(f"{path(url)}sparql?{asked}").body)
        return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]

    catalogue = f"GRAPH <{GRAPH}catalog>"
    links = rows(f"SELECT ?url {{ {catalogue} {{ ?file a dcat:Distribution ; dcat:downloadURL ?url }} }}")
    assert len(links) > 20
    assert all(row["url"].startswith(url) for row in links)
    [count] = rows(
        f"SELECT ?n {{ {catalogue} {{ ?d void:classPartition [ void:class tp:Laureate ; void:entities ?n ] }} }}"
    )
    assert count["n"] == str(LAUREATES)
    said = Store()
    said.load(files["catalog.ttl"], format=RdfFormat.TURTLE)
    [told] = rows(f"SELECT (COUNT(*) AS ?n) {{ {catalogue} {{ ?s ?p ?o }} }}")
    assert int(told["n"]) >= len(said) > 1000
    [service] = rows("SELECT ?url { ?s a dcat:DataService ; dcat:endpointURL ?url }")
    assert service["url"] == f"{url}sparql"


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["catalog.ttl", "void.ttl", "sparql-examples.ttl"])
def test_a_description_that_is_none_keeps_the_server_from_starting(
    broken: str, files: dict[str, bytes], run: Run, tmp_path: Path
) -> None:
    folder = published(tmp_path / "publish", files)
    (folder / broken).write_bytes(b"[\xff")
    done = run("serve", str(folder), "--port", "0")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert broken in done.stderr


def test_what_names_the_address_is_a_document_like_others(moved: tuple[Served, str]) -> None:
    server, url = moved
    address = f"{path(url)}catalog.ttl"
    answer = server.ask(address)
    assert answer.content_type == "text/turtle; charset=utf-8"
    assert server.ask(address, If_None_Match=answer.etag).status == 304
    packed = server.ask(address, Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == answer.body
    assert packed.etag != answer.etag
    head = server.ask(address, "HEAD")
    assert (head.status, head.content_length, head.body) == (200, str(len(answer.body)), b"")


@pytest.mark.slow
def test_each_reader_gets_the_address_that_it_knows(files: dict[str, bytes], tmp_path: Path) -> None:
    """Behind a proxy that passes the name of the host on."""
    server = Served.start(published(tmp_path / "publish", files))
    try:
        seen = {host: server.ask_as(host, "/void.ttl") for host in ("one.example", "two.example:8080")}
        for host, answer in seen.items():
            assert f"<http://{host}/sparql>".encode() in answer.body
            assert "Host" in answer.vary
        assert len({answer.etag for answer in seen.values()}) == 2
    finally:
        server.stop()


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["guide.json", "catalog.rdf"])
def test_a_file_that_is_none_of_ours_is_no_traceback(broken: str, files: dict[str, bytes], tmp_path: Path) -> None:
    folder = published(tmp_path / "publish", files)
    (folder / broken).write_bytes(b"[\xff")
    server = Served.start(folder)
    try:
        answer = server.ask(f"/{broken}")
        assert (answer.status, answer.body.decode().count("\n")) == (500, 1)
        assert broken in answer.body.decode()
    finally:
        server.stop()


@pytest.mark.slow
def test_a_site_that_was_built_for_another_address_says_so_at_its_start(tmp_path: Path) -> None:
    folder = site(tmp_path / "publish", "<urn:g> { <urn:s> <urn:p> <urn:o> }")
    (folder / "site.json").write_bytes(Manifest("1", "https://old.example/").written())
    told = "trophees: the site was built for https://old.example/, which its pages tell search engines: "
    told += "build it with --site-url https://new.example/x/\n"
    for options, said in (
        (["--site-url", "https://new.example/x"], told),
        (["--site-url", "https://old.example"], ""),
        ([], ""),
    ):
        server = Served.start(folder, *options)
        assert server.stop() == 0
        assert server.process.stderr
        assert server.process.stderr.read() == said


@pytest.mark.parametrize(
    ("sparql", "endpoint"),
    [("", "https://new.example/sparql"), ("https://old.example/a/sparql", "https://new.example/sparql"),
     ("https://sparql.example/q", "https://sparql.example/q")],
)  # fmt: skip
def test_an_endpoint_elsewhere_stays(sparql: str, endpoint: str) -> None:
    move = Move(Manifest("1", "https://old.example/a/", sparql), "https://new.example/")
    assert move.endpoint == endpoint
    assert json.loads(move.applied("guide.json", json.dumps({"endpoint": sparql}).encode()))["endpoint"] == endpoint
    assert move.applied("llms.txt", sparql.encode() or SOMEWHERE.encode()).decode() == endpoint


def test_robots_leave_out_what_is_computed_where_the_site_is_now() -> None:
    text = b"Disallow: /a/sparql\nDisallow: /a/graph-store\n\nSitemap: https://old.example/a/sitemap.xml\n"
    moved = Move(Manifest("1", "https://old.example/a/"), "https://new.example/").applied("robots.txt", text)
    assert moved == b"Disallow: /sparql\nDisallow: /graph-store\n\nSitemap: https://new.example/sitemap.xml\n"


def test_a_file_that_is_where_it_was_to_be_stays_as_it_is() -> None:
    assert not Move(Manifest("1", "https://old.example/"), "https://old.example/").needed
    named = ("sitemap.xml", "sitemap-12.xml", "robots.txt", "opensearch.xml", "opensearch-en.xml")
    assert all(map(names_its_address, (*CATALOGUE, *named)))
    assert not any(map(names_its_address, ("index.html", "csv/catalog.ttl", "sitemap-.xml", "dumps/trophees.ttl")))
