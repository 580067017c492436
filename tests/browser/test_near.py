"""“Et chez vous ?” in a real browser, from a server and from a disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from .conftest import Open, Server
from .quality import violations

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


def wait(browser: Chrome, selector: str) -> None:
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, selector))


def told(browser: Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, "#near-answer h2").text


@pytest.mark.parametrize("served", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_commune_is_typed_chosen_and_answered_and_back_leads_back(
    browser: Chrome, server: Server, folder: Path, served: bool
) -> None:
    home = f"{server.url}index.html" if served else (folder / "index.html").as_uri()
    browser.get(home)
    loaded = "return performance.getEntriesByType('resource').filter(({name}) => /places|near-fr/.test(name)).length"
    assert browser.execute_script(loaded) == 0
    box = browser.find_element(By.ID, "near-place")
    box.send_keys("cach")
    wait(browser, ".near-box [role=option]")
    box.send_keys(Keys.ARROW_DOWN)
    assert violations(browser) == []
    box.send_keys(Keys.ENTER)
    wait(browser, ".near-group")
    assert browser.current_url.endswith("/near/index.html?place=94016")
    assert told(browser) == "Cachan"
    assert len(browser.find_elements(By.CSS_SELECTOR, ".near-list .near-reasons")) >= 5
    assert "à 7 km · Choisy-le-Roi" in browser.find_element(By.ID, "near-answer").text
    unplaced = browser.find_element(By.CSS_SELECTOR, "#near-answer a[href$='#placeless']").get_attribute("href")
    assert unplaced == f"{browser.current_url}#placeless"
    assert browser.find_elements(By.CSS_SELECTOR, "#placeless li a")
    assert violations(browser) == []
    # homonyms, one of them, and back twice
    box = browser.find_element(By.ID, "near-place")
    box.clear()
    box.send_keys("la rochelle", Keys.ENTER)
    wait(browser, ".near-choice a")
    assert f"?q={quote('la rochelle')}" in browser.current_url
    browser.find_element(By.PARTIAL_LINK_TEXT, "La Rochelle").click()
    wait(browser, ".near-group")
    assert told(browser) == "La Rochelle"
    browser.back()
    wait(browser, ".near-choice a")
    browser.back()
    wait(browser, ".near-group")
    assert told(browser) == "Cachan"
    assert not [
        line
        for line in browser.get_log("browser")  # type: ignore[no-untyped-call]
        if line["level"] == "SEVERE"
    ]


@pytest.mark.slow
def test_what_is_misspelt_is_answered_with_names_in_the_language_of_the_page(browser: Chrome, server: Server) -> None:
    browser.get(f"{server.url}near/en/index.html?q=Cahcan")
    wait(browser, ".near-choice a")
    assert told(browser) == "“Cahcan” is not understood"
    assert browser.find_element(By.CSS_SELECTOR, ".near-choice a").text == "Cachan"
    language = browser.find_element(By.CSS_SELECTOR, ".site-header .language")
    ActionChains(browser).move_to_element(language).perform()
    assert (language.get_attribute("href") or "").endswith("near/index.html?q=Cahcan")
