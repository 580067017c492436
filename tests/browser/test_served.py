"""The site as `trophees serve` gives it, in a real browser: the playground, its engine, and the endpoint beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store
from selenium.webdriver.common.by import By

from serving.conftest import Served
from trophees.base.namespaces import RDF_TYPE, TP

from .conftest import Counted, Open, Server
from .playground import Playground

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    server = Served.start(folder)
    yield server
    assert server.stop() == 0


def test_the_playground_works_and_nothing_breaks_the_policy(chromium: Open, served: Served, counted: Counted) -> None:
    browser = chromium()
    page = Playground(browser, served.url + "playground/")
    assert page.ask("laureates-per-departement").split(" (")[0] == f"{counted('laureates-per-departement')} lignes"
    page.view("map")
    assert page.part("output").find_elements(By.CSS_SELECTOR, ".pg-level-4")
    browser.find_element(By.ID, "site-search").send_keys("cachan")
    page.wait(lambda: browser.find_elements(By.CSS_SELECTOR, "[role=option]"))
    for path in ("", "map/", "cookbook/", "en/"):
        browser.get(served.url + path)
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


@pytest.mark.slow
def test_who_opens_the_endpoint_is_led_to_the_playground(chromium: Open, served: Served) -> None:
    browser = chromium()
    browser.get(served.url + "sparql")
    assert browser.current_url in (served.url + "playground/", served.url + "playground/en/")  # as the machine speaks


@pytest.mark.slow  # what the server says to it is shown without a browser
def test_a_script_of_another_site_may_ask(chromium: Open, served: Served, tmp_path: Path, store: Store) -> None:
    """By GET, and by a POST that the browser asks leave for first."""
    (tmp_path / "index.html").write_text("<title>another site</title>", "utf-8")
    other = Server(tmp_path)
    browser = chromium()
    browser.get(other.url)
    script = """
        const [endpoint, done] = arguments
        const body = 'SELECT (COUNT(*) AS ?n) { ?s a tp:Laureate }'
        const rows = (answer) => answer.json().then((found) => found.results.bindings[0].n.value)
        Promise.all([
          fetch(`${endpoint}?query=${encodeURIComponent(body)}`).then(rows),
          fetch(endpoint, {method: 'POST', body, headers: {'Content-Type': 'application/sparql-query'}}).then(rows),
        ]).then(done, (error) => done(String(error)))
    """
    named = store.quads_for_pattern(None, RDF_TYPE, NamedNode(TP + "Laureate"), None)
    number = str(len({quad.subject for quad in named}))
    assert browser.execute_async_script(script, served.url + "sparql") == [number, number]
    other.close()
