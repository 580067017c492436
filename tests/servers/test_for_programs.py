"""What programs read first of the whole site is true: every address in it answers, as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

import tools
from fuzz import of_each
from servers.client import Answer, Client
from servers.conftest import Servers
from serving import openapi_cases as cases

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

SITEMAP, SEARCH = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def served(servers: Servers) -> Iterator[Client]:
    """`trophees serve`, of a site that was built for another address."""
    found = servers.client("trophees")
    yield found
    found.close()


@pytest.fixture
def url(servers: Servers) -> str:
    return f"http://127.0.0.1:{servers.ports.trophees}/"


@pytest.mark.parametrize("name", ["apache", "nginx"])
def test_each_answer_that_is_described_is_given_by_hosts_of_files(servers: Servers, name: str) -> None:
    client = servers.client(name)

    def ask(method: str, address: str, headers: dict[str, str], body: bytes | None) -> Answer:
        return client.send(method, address, headers, body)

    answer = client.ask("/openapi.json")
    assert answer.content_type == "application/json; charset=utf-8"
    told = json.loads(answer.body)
    assert "/health" not in told["paths"]
    for path, method, status in cases.answers(told):
        asked = cases.of(path, method, status)
        cases.check(told, path, method, status, cases.send(ask, path, method, asked))
    client.close()


def test_the_whole_site_is_served_as_it_is_described(served: Client) -> None:
    told = json.loads(served.ask("/openapi.json").body)

    def ask(method: str, address: str, headers: dict[str, str], body: bytes | None) -> Answer:
        return served.send(method, address, headers, body)

    for path, method, status in cases.answers(told):
        if status != "503":
            cases.check(told, path, method, status, cases.send(ask, path, method, cases.of(path, method, status)))


@pytest.mark.sample
def test_robots_find_every_page_and_leave_out_what_is_computed(served: Client, servers: Servers, url: str) -> None:
    robots = RobotFileParser()
    robots.parse(served.ask("/robots.txt").body.decode().splitlines())
    assert robots.site_maps() == [f"{url}sitemap.xml"]
    assert [robots.can_fetch("*", url + path) for path in ("", "map/", "sparql?query=x", "graph-store")] == [
        True, True, False, False,
    ]  # fmt: skip
    root = ElementTree.fromstring(served.ask("/sitemap.xml").body)
    found = [entry.findtext(f"{SITEMAP}loc") or "" for entry in root]
    assert len(found) > 1000
    assert all(address.startswith(url) for address in found)
    assert {f"{address.removeprefix(url)}index.html" for address in found} <= servers.files.keys()
    for address in of_each(found, lambda address: address.removeprefix(url).partition("/")[0], 10):
        path = "/" + address.removeprefix(url)
        assert served.ask(path, method="HEAD").status == 200, path


def test_browsers_are_told_how_to_search_in_the_language_of_the_page(
    served: Client, servers: Servers, url: str
) -> None:
    for page, lang in (("index.html", "fr"), ("map/en/index.html", "en")):
        text = servers.files[page].decode()
        [link] = re.findall(
            r'<link rel="search" type="application/opensearchdescription\+xml" title="[^"]+" href="([^"]+)">', text
        )
        assert re.fullmatch(rf"(\.\./){{{page.count('/')}}}opensearch{'' if lang == 'fr' else '-en'}\.xml", link)
        answer = served.ask("/" + link.replace("../", ""))
        root = ElementTree.fromstring(answer.body)
        told = {
            name: root.findtext(SEARCH + name) or "" for name in ("ShortName", "LongName", "Description", "Language")
        }
        assert root.tag == f"{SEARCH}OpenSearchDescription"
        # the lengths that the specification allows
        assert all(
            0 < len(told[name]) <= most for name, most in (("ShortName", 16), ("LongName", 48), ("Description", 1024))
        )
        assert told["Language"] == lang
        addresses = {entry.get("type"): entry.get("template", "") for entry in root.iter(f"{SEARCH}Url")}
        image = root.findtext(f"{SEARCH}Image") or ""
        asked = [addresses["text/html"].replace("{searchTerms}", "budget%20participatif"), image]
        for address in (*asked, addresses["application/opensearchdescription+xml"]):
            assert address.startswith(url)
            assert served.ask("/" + address.removeprefix(url)).status == 200, address
        found = served.ask("/" + asked[0].removeprefix(url)).body.decode()
        assert f'<html lang="{lang}">' in found
        assert 'name="q"' in found


def test_every_link_for_language_models_leads_somewhere(served: Client, url: str) -> None:
    text = served.ask("/llms.txt").body.decode()
    assert f"{url}sparql" in text
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 50
    for link in links:
        assert served.ask(f"/{link}", method="HEAD").status == 200, link


@pytest.mark.foreign
def test_a_crawler_reads_the_sitemap_from_the_address_of_the_host(servers: Servers, url: str) -> None:
    """The program follows robots.txt."""
    pages = [path for path in servers.files if path.endswith("index.html")]
    told = tools.ask("ultimate-sitemap-parser", url)
    assert told["invalid"] == []
    assert 1000 < told["pages"] <= len(pages)


@pytest.mark.foreign
def test_the_reader_of_llms_txt_finds_its_sections(served: Client, servers: Servers) -> None:
    told = tools.ask("llms-txt", servers.folder / "llms.txt")
    assert {"Guide", "Data", "Model", "Pages", "Optional"} <= told["sections"].keys()
    text = served.ask("/llms.txt").body.decode()
    assert sum(told["sections"].values()) == len(re.findall(r"\]\(([^)]+)\)", text))
    assert told["title"]
    assert told["summary"]
