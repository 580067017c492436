"""No text of the graph, and no address that somebody made, runs in a reader's browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from terms import value_of
from trophees.base.namespaces import BASE, DCAT
from trophees.site.build import build
from trophees.site.model import Inputs, Site

from . import hostile
from .conftest import Open, Server, write
from .playground import Playground
from .quality import StrictHandler, one_of_every_kind

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]
# what ran, and what would run at a click or a hover
FOUND = """
const run = [...document.querySelectorAll("*")].filter((part) => part.matches("iframe, object, embed, base")
  || [...part.attributes].some(({name, value}) => name.startsWith("on") || name === "style"
    || /^\\s*(javascript:|vbscript:|data:text)/i.test(value) && ["href", "src", "action"].includes(name)));
return [window.pwned ?? null, run.map((part) => part.outerHTML.slice(0, 200))];
"""
CLEAN: list[object] = [None, []]


@pytest.fixture(scope="module")
def attacked(site_inputs: Inputs) -> Inputs:
    """The site of a poisoned graph."""
    log = f"# {hostile.ATTACKS[0]}\n\n## 2020.1\n\n### {hostile.ATTACKS[1]}\n\n- {hostile.ATTACKS[2]}\n"
    store = hostile.graph(site_inputs.store)
    [said] = store.quads_for_pattern(NamedNode(BASE + "dataset/trophees"), NamedNode(DCAT + "version"), None, None)
    version = str(value_of(said.object))
    assert any(attack in version for attack in hostile.ATTACKS)
    return replace(site_inputs, store=store, version=version, published={}, files={}, changelog={"fr": log, "en": log})


@pytest.fixture(scope="module")
def poisoned(attacked: Inputs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "site"
    for path, data in build(attacked):
        write(folder / path, data)
    return folder


@pytest.fixture(scope="module")
def host(poisoned: Path) -> Iterator[Server]:
    found = Server(poisoned, StrictHandler, is_root=True)  # as the pages of errors take it
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


def log(browser: Chrome) -> list[str]:
    """The messages of the console since the last call: a script that the policy stops is told there."""
    return [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]


def test_the_trap_works(browser: Chrome, host: Server, poisoned: Path) -> None:
    """Unescaped, an attack does run, or the policy says that it stopped it."""
    page = "<!doctype html><html lang=fr><title>x</title>"
    write(poisoned / "trap.html", f"{page}{''.join(hostile.ATTACKS)}".encode())
    browser.get(host.url + "trap.html")
    assert browser.execute_script(FOUND)[1]
    assert "Content Security Policy" in "".join(log(browser))
    browser.get((poisoned / "trap.html").as_uri())
    assert browser.execute_script(FOUND)[0] is not None
    log(browser)


def test_no_page_runs_what_the_graph_holds(browser: Chrome, host: Server, attacked: Inputs) -> None:
    shown = 0
    for path in one_of_every_kind(Site(attacked)):
        browser.get(host.url + path)
        assert browser.execute_script(FOUND) == CLEAN, path
        assert log(browser) == [], path
        shown += "window.pwned = 1" in browser.find_element(By.TAG_NAME, "body").text
    assert shown > 10


def test_the_search_runs_nothing(browser: Chrome, host: Server) -> None:
    options = "#site-search-list:not([hidden]) [role=option]"
    for path in ("index.html", "en/index.html"):
        browser.get(host.url + path)
        browser.find_element(By.ID, "site-search").send_keys("window.pwned")
        WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, options))
        assert "pwned" in browser.find_element(By.ID, "site-search-list").text
        assert browser.execute_script(FOUND) == CLEAN
        assert log(browser) == []


def test_the_playground_runs_nothing(browser: Chrome, host: Server, poisoned: Path) -> None:
    texts = "{ ?s ?p ?o FILTER(isLiteral(?o) && CONTAINS(STR(?o), 'pwned')) }"
    every = f"SELECT ?s ?o {texts} LIMIT 400"
    run = "SELECT DISTINCT ?o { ?s ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), 'javascript:')) }"
    figures = f"SELECT ?o (COUNT(*) AS ?n) {texts} GROUP BY ?o LIMIT 20"
    describe = f"DESCRIBE <{hostile.LAUREATE}>"
    queries = (every, run, figures, describe)
    asked = [(host.url + "playground/", query) for query in queries]  # all ways on one page, one on each
    asked += [(host.url + "playground/en/", every), ((poisoned / "playground.html").as_uri(), every)]
    for address, query in asked:
        page = Playground(browser, address, query, "&run=1")
        page.result()
        assert not page.error
        views = page.part("views").find_elements(By.CSS_SELECTOR, "[data-view]")
        for name in [view.get_attribute("data-view") for view in views]:
            page.view(str(name))
            assert browser.execute_script(FOUND) == CLEAN, (address, query, name)
        assert log(browser) == []


@pytest.mark.parametrize("attack", hostile.ATTACKS)
def test_no_address_runs_what_it_holds(browser: Chrome, host: Server, attack: str) -> None:
    text = quote(attack, safe="")
    for path in (
        f"playground/index.html#query={text}&run=1",
        f"laureates/index.html#region={text}&{text}={text}",
        f"laureates/index.html#{text}",
        f"search/index.html?q={text}",
        f"404.html?{text}#{text}",
    ):
        browser.get("about:blank")
        browser.get(host.url + path)
        if path.startswith("search/"):
            results = browser.find_element(By.ID, "search-results")
            WebDriverWait(browser, 20, 0.05).until(lambda _: results.find_elements(By.CSS_SELECTOR, "p, h2"))  # noqa: B023
            WebDriverWait(browser, 20, 0.05).until(lambda found: attack.split()[0] in found.title)
            assert attack.split()[0] in browser.find_element(By.CSS_SELECTOR, "main h1").text
            parts = ":not(section, h2, p, ol, ul, li, a, span, details, summary)"
            assert results.find_elements(By.CSS_SELECTOR, parts) == []
        if path.startswith("playground/"):
            WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_element(By.ID, "pg-error").text)
        assert browser.execute_script(FOUND) == CLEAN, path
        assert log(browser) == [], path
