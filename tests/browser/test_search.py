"""The box of search in a real browser."""

from __future__ import annotations

import pytest
from selenium.webdriver import Chrome
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
    WebDriverWait(browser, 20).until(lambda _: options(browser))
    return box


def test_the_index_is_loaded_at_the_first_focus_only(browser: Chrome, server: Server) -> None:
    browser.get(server.url)
    loaded = "return performance.getEntriesByType('resource').some(({name}) => name.includes('search-fr.js'))"
    assert not browser.execute_script(loaded)
    typed(browser, "cachan")
    assert browser.execute_script(loaded)


def test_arrows_and_enter_lead_to_a_page(browser: Chrome, server: Server) -> None:
    browser.get(server.url)
    box = typed(browser, "recueil")
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_DOWN)
    chosen = browser.find_element(By.ID, box.get_attribute("aria-activedescendant") or "")
    assert chosen.get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda found: found.current_url.endswith("/cookbook/index.html"))


def test_escape_closes_the_list_and_enter_leads_to_the_index(browser: Chrome, server: Server) -> None:
    browser.get(server.url + "en/")
    box = typed(browser, "budget")
    box.send_keys(Keys.ESCAPE)
    assert options(browser) == []
    box.send_keys(Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda found: "/search/en/index.html?q=" in found.current_url)


def test_axe_finds_nothing_in_the_list(browser: Chrome, server: Server) -> None:
    browser.get(server.url)
    typed(browser, "chateillon").send_keys(Keys.ARROW_DOWN)
    assert violations(browser) == []
