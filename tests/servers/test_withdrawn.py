"""Real servers on what was withdrawn: gone at every address that it had, with the reason and what replaces it."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

import pytest
from pyoxigraph import RdfFormat, parse

from servers.client import Answer, Client
from servers.conftest import GONE, GONE_FOR_GOOD, Servers
from trophees.base.namespaces import BASE, DCTERMS, OWL
from trophees.hosting.accept import DATA, TYPES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

PAGES = ("", "/", "/en", "/en/", "/index.html", "/en/index.html")
TEXTS = {
    GONE: {"fr": "Compté <deux> fois", "en": "Counted <twice>"},
    GONE_FOR_GOOD: {"fr": "À sa demande", "en": "On request"},
}


def words(answer: Answer) -> str:
    return html.unescape(answer.body.decode())


@pytest.mark.parametrize("end", PAGES)
@pytest.mark.parametrize("gone", [GONE, GONE_FOR_GOOD])
def test_what_is_withdrawn_is_gone_with_its_reason(client: Client, gone: str, end: str) -> None:
    for accept in ("", "text/html"):
        answer = client.ask(f"/{gone}{end}", accept or None)
        assert (answer.status, answer.content_type) == (410, "text/html; charset=utf-8"), (end, answer)
        assert answer.access_control_allow_origin == "*"
        said = TEXTS[gone].values()
        assert any(text in words(answer) for text in said)
        assert "2022.1" in words(answer)
        link = re.search(r'"/laureate/2020/cachan(/index\.html)?" rel="successor-version"', words(answer))
        assert (link is not None) == (gone == GONE)
    assert client.ask(f"/{gone}{end}", method="HEAD").status == 410


@pytest.mark.parametrize("name", DATA)
def test_its_data_say_that_it_is_withdrawn(client: Client, name: str) -> None:
    for gone in (GONE, GONE_FOR_GOOD):
        answer = client.ask(f"/{gone}.{name}", "text/html")
        assert (answer.status, answer.content_type) == (410, f"{TYPES[name]}; charset=utf-8")
        form = RdfFormat.from_media_type(TYPES[name])
        assert form
        said = {(quad.subject.value, quad.predicate.value) for quad in parse(answer.body, format=form)}
        assert (BASE + gone, OWL + "deprecated") in said
        assert ((BASE + gone, DCTERMS + "isReplacedBy") in said) == (gone == GONE)


@pytest.mark.parametrize("name", DATA)
def test_its_own_address_tells_so_in_the_format_that_is_wanted(client: Client, name: str) -> None:
    for gone in (GONE, GONE_FOR_GOOD):
        answer = client.ask(f"/{gone}", f"{TYPES[name]}, text/html;q=0.5")
        assert (answer.status, answer.content_type) == (410, f"{TYPES[name]}; charset=utf-8")
        assert "Accept" in answer.vary
        form = RdfFormat.from_media_type(TYPES[name])
        assert form
        said = {(quad.subject.value, quad.predicate.value) for quad in parse(answer.body, format=form)}
        assert (BASE + gone, OWL + "deprecated") in said
        assert ((BASE + gone, DCTERMS + "isReplacedBy") in said) == (gone == GONE)
        asked = client.send("GET", f"/{gone}?_mediatype={TYPES[name]}", {"Accept": "text/html"})
        assert (asked.status, asked.content_type) == (410, answer.content_type)


def test_it_is_gone_whatever_is_accepted(client: Client) -> None:
    for accept in ("image/png", "text/turtle", "application/rdf+xml", "text/html;q=0"):
        answer = client.ask(f"/{GONE}", accept)
        assert (answer.status, "location" in answer.headers) == (410, False)


def test_the_links_of_its_page_lead_somewhere(client: Client) -> None:
    for path in (f"/{GONE}", f"/{GONE}/en/"):
        links = set(
            re.findall(r' (?:href|src|action)="(?!https:|#)([^"]+)"', client.ask(path, "text/html").body.decode())
        )
        assert links
        for link in links:
            assert client.ask(urljoin(path, link.partition("#")[0]), "text/html", method="HEAD").status in (200, 303), (
                link
            )


def test_the_list_tells_of_every_withdrawal(client: Client) -> None:
    for path, lang in (("/withdrawn/", "fr"), ("/withdrawn/en/", "en")):
        answer = client.ask(path)
        assert answer.status == 200
        for gone, said in TEXTS.items():
            assert f'id="{gone}"' in answer.body.decode()
            assert said[lang] in words(answer)


def test_what_is_beside_it_is_there(client: Client, servers: Servers) -> None:
    assert client.ask(f"/{GONE}s", "text/html").status == 404
    assert client.ask("/laureate/2020/cachan", "text/turtle").status == 303
    assert client.ask("/withdrawn.json").body == servers.files["withdrawn.json"]


@pytest.mark.parametrize(("name", "folder"), [("apache", "/folder"), ("below", "/site")])
def test_it_is_gone_from_a_site_in_a_folder(servers: Servers, name: str, folder: str) -> None:
    client = servers.client(name)
    for end in (*PAGES, ".ttl"):
        answer = client.ask(f"{folder}/{GONE}{end}")
        assert (answer.status, "2022" in words(answer) or end == ".ttl") == (410, True), end
    client.close()


def test_a_permanent_address_leads_to_where_it_is_gone(servers: Servers, w3id: Client) -> None:
    host = servers.client("nginx")
    answer = w3id.ask(f"/trophees-participation/{GONE}", "text/turtle")
    assert (answer.status, answer.path) == (303, f"/{GONE}.ttl")
    assert host.ask(answer.path).status == 410
    host.close()
