"""Questions in words in the playground: read, shown, answered, or refused with those that can be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Store
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from trophees.base.namespaces import TP

from .conftest import Counted, Handler, Open, Server
from .playground import Playground

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


@pytest.mark.slow
def test_a_question_in_words_is_shown_as_sparql_and_answered(browser: Chrome, server: Server) -> None:
    page = Playground(browser, server.url + "playground/")
    told = "Combien de lauréats dans la région Bretagne\u202f?"
    lists = "Éditions dont la liste n’est peut-être pas complète\u202f: 2016"
    assert page.ask_in_words("how many laureates in Bretagne?").startswith(f"Compris\u202f: {told} {lists}")
    assert page.result().startswith("1 ligne")
    assert "?l tp:inRegion region:53 ." in page.text
    assert page.part("asked").text == told
    page.write("ASK { ?s ?p ?o }")
    assert page.run().startswith("Oui")
    assert page.part("asked").text == ""


@pytest.mark.slow
def test_where_there_is_none_the_page_says_so_and_of_how_many_laureates_nobody_knows(
    browser: Chrome, server: Server, store: Store
) -> None:
    page = Playground(browser, server.url + "playground/")
    without = f"SELECT ?l {{ ?l a <{TP}Laureate> FILTER NOT EXISTS {{ ?l <{TP}inRegion> ?region }} }}"
    unknown = len(list(store.query(without, use_default_graph_as_union=True)))  # type: ignore[arg-type]
    told = page.ask_in_words("Are there laureates in Corsica?")
    assert f"Non\u202f: le graphe n’en contient aucun. Lauréats dont il n’a pas la région\u202f: {unknown}." in told


@pytest.mark.slow
def test_a_question_that_is_not_understood_offers_those_that_can_be_asked(
    browser: Chrome, server: Server, counted: Counted
) -> None:
    page = Playground(browser, server.url + "playground/")
    before = (page.text, page.status)
    assert page.ask_in_words("Combien de lauréats en Bretagnne ?") == (
        "Mot inconnu\u202f: «\u202fBretagnne\u202f». Vous pouvez demander\u202f:"
    )
    assert (page.text, page.status) == before
    near = page.part("nearest").find_elements(By.TAG_NAME, "button")
    assert near[0].text == "Combien de lauréats en bretagne ?"
    page.click(near[0])
    assert page.result().startswith("1 ligne")
    assert page.said_of_words.startswith("Compris")
    assert browser.execute_script("return document.activeElement.id") == "pg-words"
    page.ask_in_words("Quelles licornes ont des étoiles ?")
    page.click(page.part("nearest").find_element(By.TAG_NAME, "button"))
    assert page.result().startswith(f"{counted('laureates-per-star-level')} lignes")
    chosen = page.part("cookbook").find_element(By.CSS_SELECTOR, "[aria-current]")
    assert chosen.get_attribute("data-query") == "laureates-per-star-level"


@pytest.mark.slow
def test_what_reads_questions_is_loaded_with_the_first(chromium: Open, folder: Path) -> None:
    asked: list[str] = []

    class Watching(Handler):
        def log_message(self, *_args: object) -> None:
            asked.append(self.path)

    host = Server(folder, Watching)
    browser = chromium()
    try:  # where nothing is kept for later
        added = {"source": "Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})"}
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", added)
        page = Playground(browser, host.url + "playground/en/")
        page.ready()
        assert not any("words.json" in path for path in asked)
        assert page.ask_in_words("Which laureates have four stars?").startswith("Understood")
        assert page.ask_in_words("How many laureates use a questionnaire?").startswith("Understood")
        assert sum("words.json" in path for path in asked) == 1
    finally:
        host.close()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_that_is_one_file_answers_questions_in_words(
    browser: Chrome, folder: Path, tmp_path: Path, lang: str
) -> None:
    alone = tmp_path / "alone.html"
    alone.write_bytes((folder / "playground.html").read_bytes())
    browser.get("about:blank")
    browser.get(f"{alone.as_uri()}?lang={lang}")
    page = Playground(browser, browser.current_url)
    assert re.match("Compris|Understood", page.ask_in_words("Combien de lauréats par région ?"))
    assert re.match(r"\d+ (lignes|rows)", page.result())
    assert f'LANG(?name) = "{lang}"' in page.text


@pytest.mark.slow
def test_on_a_narrow_screen_nothing_of_it_lies_beside_the_page(chromium: Open, server: Server) -> None:
    browser = chromium(narrow=True)
    page = Playground(browser, server.url + "playground/")
    page.ask_in_words("Quels lauréats utilisent un questionnaire en ligne ou une carte pour une licorne ?")
    assert page.part("nearest").find_elements(By.TAG_NAME, "button")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
