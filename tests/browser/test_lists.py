"""The list of laureates in a browser, from a disk: address, history and paper say what is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from .conftest import Open
from .quality import appear, violations

pytestmark = pytest.mark.xdist_group("quality")

# the address, how many there are said to be and are shown, what is ticked, what is chosen
STATE = """return [location.search, parseInt(document.getElementById("result").textContent, 10),
  document.querySelectorAll("[data-card]").length, document.querySelectorAll(".facets :checked:not(option)").length,
  document.querySelectorAll("#list-chips .chip").length]"""
TICK = "document.querySelector(`[data-facet=${arguments[0]}] input[value='${arguments[1]}']`).click()"
# by script, as the bar of the comparison may lie above a box
COMPARE = "for (const box of [...document.querySelectorAll('.compare-box input')].slice(0, arguments[0])) box.click()"


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


def state(browser: Chrome) -> list[Any]:
    found: list[Any] = browser.execute_script(STATE)
    return found


def after(browser: Chrome, search: str) -> list[Any]:
    WebDriverWait(browser, 20, 0.05).until(lambda found: state(found)[0] == search)
    return state(browser)


def test_a_choice_is_an_address_a_step_back_and_a_comparison(browser: Chrome, folder: Path) -> None:
    appear(browser, 1280)
    browser.get((folder / "laureates/index.html").as_uri())
    still = "return document.querySelector('[data-card] article').outerHTML.replace(/\\s*\\n\\s*/g, '')"
    plain = (folder / "laureates/index.html").read_text("utf-8").partition("<li data-card>")[2].partition("</li>")[0]
    written = "".join(line.strip() for line in plain.splitlines())
    parse = "const it = document.createElement('template'); it.innerHTML = arguments[0];"
    parse += "return it.content.firstElementChild.outerHTML"
    assert browser.execute_script(still) == browser.execute_script(parse, written)
    every = state(browser)
    browser.execute_script(TICK, "region", "11")
    some = state(browser)
    assert some[0] == "?region=11"
    assert 0 < some[1] == some[2] < every[1]
    assert some[3:] == [1, 1]
    browser.execute_script(TICK, "tool", "numerique")
    fewer = state(browser)
    assert fewer[0] == "?region=11&tool=numerique"
    assert 0 < fewer[1] < some[1]
    browser.back()
    assert after(browser, "?region=11") == some
    browser.forward()
    assert after(browser, "?region=11&tool=numerique") == fewer
    browser.refresh()
    assert state(browser) == fewer
    assert "numérique" in browser.execute_script(
        "return document.getElementById('list-printed').textContent.toLowerCase()"
    )
    assert violations(browser) == []
    browser.execute_script(COMPARE, 2)
    names = [title.text for title in browser.find_elements(By.CSS_SELECTOR, ".card h3")[:2]]
    browser.find_element(By.CSS_SELECTOR, ".compare-bar a").click()
    heads = ".compared thead th a:first-child"
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, heads))
    assert [head.text for head in browser.find_elements(By.CSS_SELECTOR, heads)] == names
    assert browser.find_elements(By.CSS_SELECTOR, ".compared .differs")
    assert violations(browser) == []


def test_more_values_are_no_step_back_and_a_tick_is_the_same_in_every_view(browser: Chrome, folder: Path) -> None:
    appear(browser, 1280)
    browser.get((folder / "laureates/index.html").as_uri())
    steps = "return [history.length, document.querySelectorAll('[data-facet=departement] li:not([hidden])').length]"
    before, few = browser.execute_script(steps)
    browser.execute_script("document.querySelector('[data-facet=departement] .list-more').click()")
    after_, many = browser.execute_script(steps)
    assert (after_, many > few) == (before, True)
    view = "document.querySelector(`[name=view][value=${arguments[0]}]`).click()"
    ticked = "return document.querySelectorAll('.compare-box :checked').length"
    browser.execute_script("document.querySelector('.compare-bar button')?.click()")
    browser.execute_script(COMPARE, 1)
    browser.execute_script(view, "table")
    assert browser.execute_script(ticked) == 1
    browser.execute_script("document.querySelector('.compare-box :checked').click()")
    browser.execute_script(view, "cards")
    assert browser.execute_script(ticked) == 0


@pytest.mark.slow  # the lists themselves are asked without a browser
def test_no_choice_ends_in_an_empty_page(browser: Chrome, folder: Path) -> None:
    appear(browser, 390, "dark")
    for search in ("?stars=4&q=zzzz", "?region=999", "?theme=none&tool=numerique&among=case"):
        browser.get((folder / "laureates/en/index.html").as_uri() + search)
        told = browser.find_element(By.ID, "list-found").text
        assert len(told) > 20, search
        assert violations(browser) == [], search
    # where nothing is as cheap, what there is instead is one step away; where two are to blame, each alone is
    for search, filters in (("?max=1&among=all", 1), ("?q=zzzz&max=1&stars=4", 1)):
        browser.get((folder / "laureates/index.html").as_uri() + search)
        assert state(browser)[1] == 0, search
        way = browser.find_element(By.CSS_SELECTOR, "#list-found .list-ways button")
        promised = int(way.text.rpartition(":")[2])
        way.click()
        assert promised == state(browser)[1] > 0, search
        assert state(browser)[4] == filters, search
    browser.get((folder / "laureates/index.html").as_uri() + "?view=map")
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".list-map svg a"))
    assert violations(browser) == []
    browser.get((folder / "laureates/index.html").as_uri() + "?view=table&sort=population")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert violations(browser) == []
