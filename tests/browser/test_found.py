"""What only a browser shows of what every page has: colours chosen by hand, the other language, paper, no network."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pypdf
import pytest
from pyoxigraph import Store
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from selenium.webdriver.support.wait import WebDriverWait

from trophees.ask import citing, fingerprint
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.namespaces import BASE
from trophees.release.checkout import Project

from .conftest import Open, Server
from .quality import appear, violations

pytestmark = pytest.mark.xdist_group("browser")

PAPER = "return getComputedStyle(document.body).backgroundColor"
WHITE = "rgb(255, 255, 255)"


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[Server]:
    found = Server(folder)
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


def choose(browser: Chrome, theme: str) -> None:
    Select(browser.find_element(By.ID, "colours")).select_by_value(theme)


@pytest.mark.slow
def test_colours_chosen_by_hand_hold_on_every_page_in_pictures_and_not_on_paper(browser: Chrome, host: Server) -> None:
    picture = "return document.querySelector('.hero-map img').currentSrc.split('/').pop()"
    appear(browser, 1280, "light")
    browser.get(host.url + "index.html")
    assert (browser.execute_script(PAPER), browser.execute_script(picture)) == (WHITE, "france.svg")
    choose(browser, "dark")
    dark = browser.execute_script(PAPER)
    assert dark != WHITE
    WebDriverWait(browser, 5, 0.05).until(lambda found: found.execute_script(picture) == "france-dark.svg")
    browser.get(host.url + "map/en/index.html")
    assert browser.execute_script(PAPER) == dark
    assert browser.find_element(By.ID, "colours").get_attribute("value") == "dark"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert browser.execute_script(PAPER) == WHITE
    appear(browser, 1280, "dark")
    choose(browser, "light")
    assert browser.execute_script(PAPER) == WHITE
    choose(browser, "system")
    assert browser.execute_script(PAPER) == dark
    assert browser.execute_script("return localStorage.length") == 0


@pytest.mark.slow
def test_the_other_language_is_the_same_place(browser: Chrome, host: Server) -> None:
    appear(browser, 1280)
    for start, end in (("map/index.html", "map/en/index.html"), ("cookbook/en/index.html", "cookbook/index.html")):
        browser.get(host.url + start)
        browser.execute_script("history.pushState(null, '', '?region=11&tool=a+b#page-content')")
        browser.find_element(By.CSS_SELECTOR, ".site-header .language").click()
        assert browser.current_url == f"{host.url}{end}?region=11&tool=a+b#page-content"


@pytest.mark.slow
def test_what_is_further_opens_closes_and_is_free_of_faults(browser: Chrome, host: Server) -> None:
    appear(browser, 1280)
    browser.get(host.url + "map/index.html")
    summary = browser.find_element(By.CSS_SELECTOR, ".further summary")
    is_open = "return document.querySelector('.further').open"
    summary.click()
    assert browser.execute_script(is_open)
    assert violations(browser) == []
    browser.execute_script("document.querySelector('h1').click()")
    assert not browser.execute_script(is_open)


@pytest.mark.slow
def test_in_forced_colours_only_the_page_of_now_is_marked(browser: Chrome, host: Server) -> None:
    appear(browser, 1280)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "forced-colors", "value": "active"}]})
    browser.get(host.url + "map/index.html")
    marked = """
        const seen = (it) => getComputedStyle(it).borderBottomColor !== getComputedStyle(document.body).backgroundColor
        const entries = [...document.querySelectorAll("#site-nav > ul > li > a, #site-nav summary")]
        return entries.filter(seen).map((it) => it.textContent)
    """
    assert browser.execute_script(marked) == ["Carte"]
    appear(browser, 1280)


def test_on_paper_the_map_stands_under_its_title_with_address_and_day(browser: Chrome, host: Server) -> None:
    appear(browser, 1280)
    browser.get(host.url + "map/index.html?region=11")
    made = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})["data"]
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(base64.b64decode(made))).pages]
    assert "Guadeloupe" in pages[0], "an inset of the map"
    assert min(len(page.split()) for page in pages[:-1]) > 20
    foot = " ".join(pages[-1].split())
    assert "map/index.html?region=11" in foot
    assert "imprimé le" in foot


@pytest.mark.slow
def test_a_citation_is_verified_in_the_page(browser: Chrome, host: Server, project: Project, store: Store) -> None:
    graph = Embedded(store, project.context.prefixes)
    sha256 = fingerprint.of_quads(store)
    told = citing.cite(graph, "laureate:2020/cachan#indicator-5", project.context, "fr", sha256)
    query = "SELECT ?l ?name { ?l a tp:Laureate ; skos:prefLabel ?name }"
    query = "".join(f"PREFIX {p}: <{project.context.prefixes[p]}> " for p in ("tp", "skos")) + query
    answer = replace(told, iri="", source="", answer=fingerprint.of_answer(graph.ask(Question("query", query)))).text(
        "fr"
    )
    address = f" {BASE}playground/#query={quote(query, safe='')}"

    def verdict(citation: str) -> list[tuple[str, str]]:
        browser.get("about:blank")
        browser.get(f"{host.url}verify/index.html#citation={quote(citation, safe='')}")
        lines = WebDriverWait(browser, 30, 0.1).until(lambda found: found.find_elements(By.CSS_SELECTOR, "#found li"))
        return [(line.get_attribute("class") or "", line.text) for line in lines]

    appear(browser, 1280)
    found = verdict(told.text("fr"))
    assert [kind for kind, _ in found] == ["holds", "holds"]
    assert "130 000€" in found[1][1]
    assert violations(browser) == []
    assert [kind for kind, _ in verdict(told.text("fr").replace("130 000€", "131 000€"))][:2] == ["holds", "fails"]
    assert verdict(told.text("fr").replace(sha256, "0" * 64))[0][0] == "fails"
    assert [kind for kind, _ in verdict(answer + address)] == ["holds", "holds"]
    assert [kind for kind, _ in verdict(answer + address.replace("Laureate", "Case"))] == ["holds", "fails"]


@pytest.mark.slow  # it waits for what the browser keeps
def test_without_a_network_pages_are_kept_and_another_says_so(chromium: Open, folder: Path) -> None:
    browser = chromium()
    server = Server(folder)
    browser.get(server.url + "map/index.html")
    ready = "navigator.serviceWorker.ready.then(() => arguments[0](!!navigator.serviceWorker.controller))"
    browser.set_script_timeout(20)
    WebDriverWait(browser, 20, 0.1).until(lambda found: found.execute_async_script(ready))
    browser.get(server.url + "cookbook/en/index.html?kept#here")
    heading = browser.find_element(By.TAG_NAME, "h1").text
    names = "const [done] = arguments; caches.keys().then((names) => done(JSON.stringify(names)))"
    assert not [name for name in json.loads(browser.execute_async_script(names)) if " playground " in name]
    server.close()
    browser.get(server.url + "cookbook/en/index.html")
    assert browser.find_element(By.TAG_NAME, "h1").text == heading
    browser.get(server.url + "en/")
    assert browser.find_elements(By.CLASS_NAME, "hero")
    browser.get(server.url + "cookbook/participants/en/index.html?a=1#x")
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert "offline/en/" in browser.current_url
    again = browser.find_element(By.CSS_SELECTOR, "#asked a")
    assert again.is_displayed()
    assert again.get_attribute("href") == server.url + "cookbook/participants/en/index.html?a=1#x"
    kept = WebDriverWait(browser, 10, 0.1).until(lambda found: found.find_elements(By.CSS_SELECTOR, "#kept li a"))
    assert [link.text for link in kept] == [heading]
    browser.get(f"{server.url}offline/index.html?page=https://elsewhere.example.org/")
    assert not browser.find_element(By.ID, "asked").is_displayed()
