"""The box of search in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from .conftest import Open, Server
from .quality import violations

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


def options(browser: Chrome) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, ".search-list:not([hidden]) [role=option]")


def typed(browser: Chrome, text: str) -> WebElement:
    box = browser.find_element(By.ID, "site-search")
    box.send_keys(text)
    WebDriverWait(browser, 20, 0.05).until(lambda _: options(browser))
    return box


@pytest.mark.slow
def test_the_index_is_loaded_at_the_first_focus_only(browser: Chrome, server: Server) -> None:
    browser.get(server.url)
    loaded = "return performance.getEntriesByType('resource').some(({name}) => name.includes('search-fr.js'))"
    assert not browser.execute_script(loaded)
    typed(browser, "cachan")
    assert browser.execute_script(loaded)


@pytest.mark.slow
def test_arrows_and_enter_lead_to_a_page(browser: Chrome, server: Server) -> None:
    browser.get(server.url)
    box = typed(browser, "recueil")
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_DOWN)
    chosen = browser.find_element(By.ID, box.get_attribute("aria-activedescendant") or "")
    assert chosen.get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ENTER)
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.current_url.endswith("/cookbook/index.html"))


def listed(browser: Chrome) -> list[WebElement]:
    """The links of all that was found, once the search has answered."""
    status = "#search-results [role=status]"
    WebDriverWait(browser, 20, 0.05).until(
        lambda found: [s for s in found.find_elements(By.CSS_SELECTOR, status) if s.text]
    )
    return browser.find_elements(By.CSS_SELECTOR, "#search-results .search-found li a")


@pytest.mark.parametrize(
    ("path", "heading", "count"), [("", "Résultats pour", "résultats"), ("en/", "Results for", "results")]
)
def test_escape_closes_the_list_and_enter_leads_to_all_results(
    browser: Chrome, server: Server, path: str, heading: str, count: str
) -> None:
    browser.get(f"{server.url}{path}index.html")
    box = typed(browser, "budget")
    proposed = [option.get_attribute("data-href") for option in options(browser)]
    told = browser.find_element(By.CSS_SELECTOR, ".site-search [role=status]").get_attribute("textContent") or ""
    box.send_keys(Keys.ESCAPE)
    assert options(browser) == []
    box.send_keys(Keys.ENTER)
    WebDriverWait(browser, 20, 0.05).until(lambda found: f"/search/{path}index.html?q=budget" in found.current_url)
    links = listed(browser)
    assert len(links) > len(proposed) == 8
    assert str(len(links)) in told.split()
    same = "return arguments[0].map((path) => path.replace(/^(\\.\\.\\/)*/, ''))"
    paths = browser.execute_script(same, [str(link.get_attribute("href")).removeprefix(server.url) for link in links])
    assert set(browser.execute_script(same, proposed)) <= set(paths)
    results = browser.find_element(By.ID, "search-results")
    titled = browser.find_element(By.CSS_SELECTOR, "main h1").text
    assert titled.startswith(heading)
    assert "budget" in titled
    groups = results.find_elements(By.CSS_SELECTOR, "section h2")
    assert groups[0].text.startswith("Lauréats" if path == "" else "Laureates")
    assert sum(int(group.text.split()[-1]) for group in groups) == len(links)
    assert results.find_element(By.CSS_SELECTOR, "[role=status]").text == f"{len(links)} {count}"
    assert browser.title.startswith(heading)
    assert browser.find_element(By.ID, "site-search").get_attribute("value") == "budget"
    assert options(browser) == []  # the list of the box stays closed
    language = browser.find_element(By.CSS_SELECTOR, ".site-header .language")
    ActionChains(browser).move_to_element(language).perform()
    assert (language.get_attribute("href") or "").endswith("index.html?q=budget")
    assert results.location["y"] < browser.find_element(By.CSS_SELECTOR, "main .letters").location["y"]
    assert browser.find_elements(By.CSS_SELECTOR, "#entries > section")  # the index is still there


def test_a_name_of_the_other_language_says_so(browser: Chrome, server: Server) -> None:
    browser.get(f"{server.url}search/en/index.html?q=tirage+au+sort")
    assert [link.text for link in listed(browser)] == ["Random selection"]
    assert browser.find_element(By.CSS_SELECTOR, "#search-results li [lang=fr]").text == "Tirage au sort"
    typed(browser, " ")
    assert browser.find_element(By.CSS_SELECTOR, ".search-list [lang=fr]").text == "Tirage au sort"


@pytest.mark.slow
@pytest.mark.parametrize(("path", "said"), [("", "Rien n’a été trouvé."), ("en/", "Nothing was found.")])
def test_nothing_found_is_said_in_words(browser: Chrome, server: Server, path: str, said: str) -> None:
    browser.get(f"{server.url}search/{path}index.html?q=zzzz")
    assert listed(browser) == []
    assert browser.find_element(By.CSS_SELECTOR, "#search-results [role=status]").text.startswith(said)
    instead = browser.find_elements(By.CSS_SELECTOR, "#search-results a")
    assert "near/" in (instead[0].get_attribute("href") or "")
    assert len(instead) == 4
    assert violations(browser) == []


@pytest.mark.slow
def test_a_commune_that_no_page_tells_of_leads_to_what_is_near_it(browser: Chrome, server: Server) -> None:
    browser.get(f"{server.url}search/index.html?q=Perpignan")
    link = "#search-results a[href$='near/index.html?place=66136']"
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, link))[0].click()
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".near-group"))
    assert browser.find_element(By.CSS_SELECTOR, "#near-answer h2").text == "Perpignan"


@pytest.mark.slow
@pytest.mark.again  # the search itself is asked without a browser
def test_the_index_alone_is_shown_when_nothing_is_asked_for(browser: Chrome, server: Server) -> None:
    for end in ("", "?q=", "?q=+"):
        browser.get(f"{server.url}search/index.html{end}")
        assert browser.find_element(By.ID, "search-results").get_attribute("innerHTML") == ""


@pytest.mark.slow
@pytest.mark.again  # the search itself is asked without a browser
def test_a_copy_on_a_disk_lists_all_results_too(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "index.html").as_uri())
    typed(browser, "budget").send_keys(Keys.ENTER)
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.current_url.endswith("/search/index.html?q=budget"))
    assert len(listed(browser)) > 8


@pytest.mark.slow
@pytest.mark.again  # the search itself is asked without a browser
@pytest.mark.parametrize("narrow", [False, True])
def test_axe_finds_nothing_in_the_results(browser: Chrome, server: Server, narrow: bool) -> None:
    browser.set_window_size(320 if narrow else 1280, 1000)
    browser.get(f"{server.url}search/index.html?q={'citoyen' * narrow or 'budget'}")
    assert listed(browser)
    assert violations(browser) == []


@pytest.mark.slow
def test_axe_finds_nothing_in_the_list(browser: Chrome, server: Server) -> None:
    browser.get(server.url)
    typed(browser, "chateillon").send_keys(Keys.ARROW_DOWN)
    assert violations(browser) == []
