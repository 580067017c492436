"""A question is built in the playground by keyboard alone, written as SPARQL, answered, and read back from its link."""

from __future__ import annotations

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from .conftest import Open, Server
from .playground import Playground
from .quality import violations

pytestmark = pytest.mark.xdist_group("browser")


def press(browser: Chrome, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


def focused(browser: Chrome) -> str | None:
    return browser.switch_to.active_element.get_attribute("data-at")


@pytest.mark.slow
def test_a_question_is_built_by_keyboard_and_read_back(chromium: Open, server: Server) -> None:
    browser = chromium(narrow=True)
    page = Playground(browser, server.url + "playground/")
    page.ready()
    browser.execute_script("document.querySelector('#pg-builder > summary').focus()")
    press(browser, Keys.ENTER)
    page.wait(lambda: page.part("builder-unshown").text)  # the first question is not of its kind, and stays
    assert "GROUP BY" in page.text
    press(browser, Keys.TAB, Keys.ENTER)
    page.wait(lambda: "a tp:Laureate" in page.text)
    press(browser, Keys.ENTER)  # a condition, which begins with a tool
    page.wait(lambda: "tp:usesTool" in page.text)
    press(browser, Keys.TAB, "exi")
    page.wait(lambda: "tp:usesTool ?usesTool" in page.text)
    browser.execute_script("document.querySelector('[data-at=\"add \"]').focus()")
    press(browser, Keys.ENTER, "Budget de la", Keys.TAB)
    page.wait(lambda: "measure:process-budget" in page.text)
    page.wait(lambda: focused(browser) == "how 1")
    press(browser, "≥")
    press(browser, Keys.TAB)
    page.wait(lambda: focused(browser) == "value 1 0")
    press(browser, "x")
    invalid = "return document.activeElement.getAttribute('aria-invalid')"
    page.wait(lambda: browser.execute_script(invalid) == "true")
    press(browser, Keys.BACK_SPACE, "100 000")
    page.wait(lambda: "FILTER(?processBudget >= 100000)" in page.text)
    assert browser.execute_script(invalid) == "false"
    page.wait(lambda: page.part("builder-count").text.endswith("ligne)"))
    counted = page.part("builder-count").text
    page.click(page.part("builder-run"))
    status = page.result()
    assert counted.split("(")[1].rstrip(")") == status.split(" (")[0]
    assert violations(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    browser.refresh()
    page.ready()
    browser.execute_script("document.querySelector('#pg-builder > summary').focus()")
    press(browser, Keys.ENTER)
    page.wait(lambda: len(browser.find_elements(By.CSS_SELECTOR, ".builder-lines > li")) == 2)
    assert page.part("builder-unshown").text == ""
    number = browser.find_element(By.CSS_SELECTOR, "[data-at='value 1 0']")
    assert number.get_attribute("value") == "100000"
    assert page.ask_in_words("Combien de lauréats utilisent un questionnaire ?")
    page.wait(lambda: len(browser.find_elements(By.CSS_SELECTOR, ".builder-lines > li")) == 1)
