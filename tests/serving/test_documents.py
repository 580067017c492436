"""The site as it is served: ranges, conditions, codings, and nothing that is not published."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from pyoxigraph import RdfFormat, parse

from serving.conftest import PAGES, TRIG, Served, site
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, DCTERMS, OWL, SKOS, XSD
from trophees.hosting import withdrawn
from trophees.hosting.manifest import Manifest, read
from trophees.hosting.signposts import Signposts

pytestmark = pytest.mark.xdist_group("serving")

DUMP = "/dumps/trophees.trig"
SMALL = "<urn:g> { <urn:s> <urn:p> <urn:o> }"


def test_a_range_of_a_dump(served: Served) -> None:
    whole = TRIG.read_bytes()
    answer = served.ask(DUMP, Range="bytes=10-19")
    assert (answer.status, answer.body) == (206, whole[10:20])
    assert answer.content_range == f"bytes 10-19/{len(whole)}"
    assert served.ask(DUMP, Range="bytes=-5").body == whole[-5:]
    assert served.ask(DUMP, Range=f"bytes={len(whole) - 3}-").body == whole[-3:]
    several = served.ask(DUMP, Range="bytes=0-1,5-6")
    assert several.content_type.startswith("multipart/byteranges")
    assert whole[5:7] in several.body
    head = served.ask(DUMP, "HEAD", Range="bytes=10-19")
    assert (head.status, head.content_length, head.body) == (206, "10", b"")
    assert served.ask(DUMP, "HEAD").accept_ranges == "bytes"


def test_a_range_that_is_not_there(served: Served) -> None:
    answer = served.ask(DUMP, Range="bytes=999999999-")
    assert (answer.status, answer.content_range) == (416, f"bytes */{TRIG.stat().st_size}")
    assert answer.access_control_allow_origin == "*", "scripts of other sites may read why"
    assert answer.headers["access-control-allow-origin"].count("*") == 1
    assert served.ask(DUMP, Range="bytes=-0").status == 416
    for ignored in (
        "lines=1-2",
        "bytes=x",
        "bytes",
        "",
        "bytes=1-2;x",
        "bytes=5-1",
        "bytes=0-1,5-1",
        "bytes=,",
        "bytes=-",
    ):
        assert served.ask(DUMP, "HEAD", Range=ignored).status == 200, ignored


def test_of_several_ranges_those_that_are_there(served: Served) -> None:
    whole = TRIG.read_bytes()
    for header in ("bytes=999999999-,0-1", "bytes=0-1,999999999-", "bytes= 0 - 1 ,,-0"):
        answer = served.ask(DUMP, Range=header)
        assert (answer.status, answer.body) == (206, whole[:2]), header
    huge = served.ask(DUMP, "HEAD", Range="bytes=1-99999999999999999999999")
    assert (huge.status, huge.content_length) == (206, str(len(whole) - 1))


def test_a_download_goes_on_only_if_the_file_is_the_same(served: Served) -> None:
    first = served.ask(DUMP, "HEAD")
    for same in (first.etag, first.last_modified):
        assert served.ask(DUMP, Range="bytes=5-", If_Range=same).status == 206
    for other in ('"other"', "W/" + first.etag, "Thu, 01 Jan 1970 00:00:00 GMT"):
        assert served.ask(DUMP, "HEAD", Range="bytes=5-", If_Range=other).status == 200


def test_a_document_is_sent_again_only_if_it_changed(served: Served) -> None:
    first = served.ask("/map/")
    for condition in (
        {"If_None_Match": first.etag},
        {"If_Modified_Since": first.last_modified},
        {"If_None_Match": "*"},
    ):
        again = served.ask("/map/", "GET", None, **condition)
        assert (again.status, again.body, again.etag) == (304, b"", first.etag)
    for condition in (
        {"If_None_Match": '"x"'},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        assert served.ask("/map/", "GET", None, **condition).status == 200


def test_a_document_is_known_by_its_content(tmp_path: Path) -> None:
    """Two releases may have files of one size and, unpacked from an archive without times, of one age."""
    folder = site(tmp_path / "publish", SMALL)
    page = folder / "map" / "index.html"
    server = Served.start(folder)
    try:
        first = server.ask("/map/")
        os.utime(page)
        assert server.ask("/map/", If_None_Match=first.etag).status == 304
        before = page.stat()
        page.write_text("mad", "utf-8")
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
        other = server.ask("/map/", If_None_Match=first.etag)
        assert (other.status, other.body) == (200, b"mad")
        assert server.ask("/map/", Range="bytes=1-", If_Range=first.etag).status == 200
        assert server.ask("/map/", Range="bytes=1-", If_Range=other.etag).status == 206
    finally:
        server.stop()


def test_documents_are_compressed_for_who_wants_it(served: Served) -> None:
    path, plain = "/laureate/2020/cachan.ttl", PAGES["laureate/2020/cachan.ttl"].encode()
    tags = {served.ask(path).etag}
    for coding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        for _ in range(2):  # made, then kept
            answer = served.ask(path, Accept_Encoding=coding)
            assert (answer.content_encoding, unpack(answer.body)) == (coding, plain)
            assert answer.content_type == "text/turtle; charset=utf-8"
            assert answer.vary == "Accept-Encoding"
        tags.add(answer.etag)
        assert served.ask(path, Accept_Encoding=coding, If_None_Match=answer.etag).status == 304
    assert len(tags) == 3, "one tag for each coding"
    ranged = served.ask(path, Accept_Encoding="br", Range="bytes=0-2")
    assert (ranged.status, ranged.content_encoding, ranged.body) == (206, "", plain[:3])


@pytest.mark.parametrize(
    "path",
    ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "//../secret", "/a/../../secret", "/..%5csecret", "/%00", "/link",
     "/.htaccess", "/map/.htaccess", "/" + "a" * 300, "/laureate/2020/" + "a/" * 500, "/secret%20", "/index.html/x",
     "/%E9", "/map/index.html%00.ttl", "/assets", "/assets/"],
)  # fmt: skip
def test_nothing_but_what_is_published(guarded: Served, path: str) -> None:
    answer = guarded.ask(path)
    assert (answer.status, answer.body) == (404, b"not here")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = site(tmp_path_factory.mktemp("host") / "publish", "")
    (folder.parent / "secret").write_text("secret", "utf-8")
    (folder / "link").symlink_to(folder.parent / "secret")
    server = Served.start(folder)
    yield server
    server.stop()


@pytest.mark.slow
@pytest.mark.parametrize("built", ["/", "/site/"])
def test_links_of_a_page_of_errors_begin_where_the_site_is_served(tmp_path: Path, built: str) -> None:
    """Wherever it was to be hosted when it was built."""
    folder = site(tmp_path / "publish", "<urn:g> { <urn:s> <urn:p> <urn:o> }")
    (folder / "site.json").write_bytes(Manifest(url=f"https://data.example{built}").written())
    page = '<link href="{0}assets/site.css"><a href="https://data.example/">/</a><input data-root="{0}">'
    (folder / "404.html").write_text(page.format(built), "utf-8")
    server = Served.start(folder, "--site-url", "https://data.example/trophees/")
    try:
        for path in ("/trophees/nope/zz", "/nope"):
            answer = server.ask(path)
            assert (answer.status, answer.body.decode()) == (404, page.format("/trophees/"))
    finally:
        server.stop()


def test_below_a_folder_of_the_host(tmp_path: Path) -> None:
    """Behind a proxy that serves the site at an address with a path."""
    folder = site(tmp_path / "publish", SMALL)
    said = Manifest(url="https://data.example/trophees/", folders={"dumps": "data/"})
    (folder / "site.json").write_bytes(said.written())
    process = Served.start
    server = process(folder, "--site-url", "https://data.example/trophees/")
    try:
        assert server.url.endswith("/trophees/")
        thing = server.ask("/trophees/laureate/2020/cachan", Accept="text/turtle")
        assert (thing.status, thing.path) == (303, "/trophees/laureate/2020/cachan.ttl")
        assert server.ask("/trophees/dumps").path == "/trophees/data/"
        assert server.ask("/trophees/map").path == "/trophees/map/"
        above = server.ask("/trophees")
        assert (above.status, above.path) == (301, "/trophees/")
        assert server.ask("/map/").status == server.ask("/").status == 404
        assert b"<https://data.example/trophees/sparql>" in server.ask("/trophees/sparql", Accept="text/turtle").body
        assert server.ask("/trophees/sparql?query=ASK%7B%7D").status == 200
        assert server.ask("/.well-known/void").status == server.ask("/trophees/.well-known/void").status == 200
        assert server.ask("/trophees/health").status == 200
    finally:
        server.stop()


def test_a_release_without_a_manifest_is_served(tmp_path: Path) -> None:
    """Those up to 2020.3 have none."""
    folder = site(tmp_path / "publish", SMALL)
    (folder / "site.json").unlink()
    server = Served.start(folder)
    try:
        assert server.ask("/map/").body == b"map"
        assert server.ask("/laureate/2020/cachan", Accept="text/turtle").status == 303
        assert server.ask("/dumps").status == 404
        thing = server.ask("/laureate/2020/cachan", Accept="application/rdf+xml, text/turtle;q=0.1")
        assert (thing.status, thing.path, thing.link) == (303, "/laureate/2020/cachan.ttl", "")  # those up to 2026.1
        assert server.ask("/laureate/2020/cachan", Accept="application/rdf+xml").status == 406
    finally:
        server.stop()


def test_what_a_manifest_says_is_read_as_it_was_written() -> None:
    said = Manifest("2020.4", "https://données.example/site/", "https://sparql.example/", {"b": "x/", "a": "é/"})
    said = replace(said, signposts=Signposts("https://licence.example/", {"a": "Project"}, {"é.ttl": "text/turtle"}))
    assert read(said.written()) == said
    assert said.root == "/site/"
    assert list(read(said.written()).folders) == ["a", "b"]
    assert read(Manifest().written()) == Manifest()
    assert read(b'{"later": 1}') == Manifest()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"url": 1}',
        b'{"url": "http://["}',
        b'{"folders": []}',
        b'{"folders": {"a": 1}}',
        b'{"signposts": 1}',
        b'{"signposts": {"types": ["a"]}}',
        b'{"signposts": {"items": {"a": "text/turtle\\r\\nSet-Cookie: a"}}}',
        b"[" * 10**5,
    ],
    ids=range(12),
)
def test_a_file_that_is_no_manifest_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match=r"^site\.json: no manifest of a site is here"):
        read(data)


WITHDRAWN = {
    "laureate/2020/cachan": {
        "release": "2022.1",
        "reason": {"fr": "Compté <deux> fois", "en": "Counted <twice>"},
        "successor": "laureate/2020/créteil",
    },
    BASE + "person/zoe": {"release": "2022.2", "reason": {"fr": "À sa demande", "en": "On request"}},
    "laureate/2020/marlioz#indicator-1": {"release": "2022.1", "reason": {"fr": "Faux", "en": "Wrong"}},
}


@pytest.fixture(scope="module")
def withdrawing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Whose things are gone, although their files are there still."""
    folder = site(tmp_path_factory.mktemp("host") / "publish", SMALL)
    (folder / "withdrawn.json").write_text(json.dumps(WITHDRAWN), "utf-8")
    (folder / "laureate/2020/marlioz.ttl").write_text("", "utf-8")
    server = Served.start(folder, "--site-url", "https://data.example.org/open/")
    yield server
    assert server.stop() == 0


@pytest.mark.parametrize(
    ("path", "accept", "type_"),
    [
        ("", "", "text/html"),
        ("", "text/turtle", "text/turtle"),
        ("", "application/ld+json", "application/ld+json"),
        ("", "image/png", "text/plain"),
        ("", "image/png, application/problem+json", "application/problem+json"),
        (".ttl", "text/html", "text/turtle"),
        (".nt", "", "application/n-triples"),
        (".jsonld", "", "application/ld+json"),
        ("/", "text/turtle", "text/html"),
        ("/index.html", "", "text/html"),
        ("/en/", "", "text/html"),
        ("/en", "", "text/html"),
        ("/en/index.html", "", "text/html"),
    ],
)
def test_what_was_withdrawn_is_gone_in_every_form(withdrawing: Served, path: str, accept: str, type_: str) -> None:
    answer = withdrawing.ask(f"/open/laureate/2020/cachan{path}", Accept=accept)
    assert (answer.status, answer.content_type.partition(";")[0]) == (410, type_)
    assert answer.link == '</open/laureate/2020/cr%C3%A9teil>; rel="successor-version"'
    text = answer.body.decode()
    assert "2022.1" in text or type_ not in ("text/html", "text/plain")
    if type_ == "text/html":
        english = "en" in path
        assert answer.content_language == ("en" if english else "fr")
        assert ("Counted &lt;twice&gt;" if english else "Compté &lt;deux&gt; fois") in text
        assert '<a href="/open/laureate/2020/cr%C3%A9teil" rel="successor-version">' in text
    elif type_ in ("text/turtle", "application/n-triples", "application/ld+json"):
        form = RdfFormat.from_media_type(type_)
        assert form
        thing = f"<{BASE}laureate/2020/cachan>"
        assert {str(quad.triple) for quad in parse(answer.body, format=form)} == {
            f'{thing} <{OWL}deprecated> "true"^^<{XSD}boolean>',
            f"{thing} <{DCTERMS}isReplacedBy> <{BASE}laureate/2020/créteil>",
            f'{thing} <{SKOS}changeNote> "Compté <deux> fois"@fr',
            f'{thing} <{SKOS}changeNote> "Counted <twice>"@en',
        }
    else:
        assert "Withdrawn in release 2022.1: Counted <twice>" in text


def test_what_has_no_successor_says_so(withdrawing: Served) -> None:
    answer = withdrawing.ask("/open/person/zoe/en/")
    assert (answer.status, answer.link) == (410, "")
    assert b"On request" in answer.body
    assert b"Nothing stands in its place." in answer.body
    assert withdrawing.ask("/open/person/zoe", "HEAD").status == 410


def test_nothing_else_is_gone(withdrawing: Served) -> None:
    for path in ("laureate/2020/cachan2", "laureate/2020/cachan/2/", "laureate/2020/cachan.csv", "person/zo"):
        assert withdrawing.ask(f"/open/{path}").status == 404
    assert withdrawing.ask("/open/laureate/2020/marlioz.ttl").status == 200  # of which a fact was withdrawn
    assert withdrawing.ask("/open/map/").status == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no table of what was withdrawn is here"),
        ("{", "no table of what was withdrawn is here"),
        ('{"a": {"release": "1", "reason": {"fr": "x"}}}', "a: release, reason.fr and reason.en are expected"),
        ('{"a": {"release": 1, "reason": {"fr": "x", "en": "y"}}}', "a: release, reason.fr and reason.en"),
        ('{"a": []}', "a: release, reason.fr and reason.en are expected"),
    ],
)
def test_a_table_of_what_was_withdrawn_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(UserError, match=f"withdrawn.json: {said}"):
        withdrawn.read(text.encode())
