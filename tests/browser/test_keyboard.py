"""The site without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from trophees.site.l10n import spaced

from .conftest import Open, Server
from .quality import StrictHandler, appear

pytestmark = pytest.mark.xdist_group("quality")


# how thick the ring is around what has the focus, and whether that is in view and not covered
LOOK = """
const at = document.activeElement, shape = at.querySelector(".area, .halo") ?? at, style = getComputedStyle(shape);
const [kind, width] = shape === at ? [style.outlineStyle, style.outlineWidth] : [style.stroke, style.strokeWidth];
const box = shape.getBoundingClientRect(), inView = box.bottom > 0 && box.top < innerHeight;
const top = Math.max(box.y, 0), y = top + Math.min(box.bottom - top, 40) / 2;  // a table may be taller
const x = Math.max(box.x, 0) + Math.min(box.width, innerWidth) / 2;
const over = document.elementFromPoint(x, y), picture = at.closest("svg");  // the dots of neighbours may overlap
const free = over && (at.contains(over) || over.contains(at) || picture?.contains(over));
return {what: at.outerHTML.slice(0, 200), ring: kind === "none" ? 0 : parseFloat(width), seen: inView && free};
"""


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[Server]:
    found = Server(folder, StrictHandler, is_root=True)  # as the pages of errors take it
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


def press(browser: Chrome, *keys: str) -> WebElement:
    """What has the focus after the keys."""
    ActionChains(browser).send_keys(*keys).perform()
    return browser.switch_to.active_element


def reach(browser: Chrome, selector: str, most: int = 120) -> WebElement:
    """Press Tab until what `selector` names has the focus."""
    for _ in range(most):
        press(browser, Keys.TAB)
        if browser.execute_script("return document.activeElement.matches(arguments[0])", selector):
            return browser.switch_to.active_element
    raise AssertionError(f"Tab does not reach {selector}")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["index.html", "laureate/2020/cachan/en/index.html", "map/index.html", "404.html"])
def test_the_first_stop_skips_to_the_content(browser: Chrome, host: Server, path: str) -> None:
    appear(browser, 1280)
    browser.get(host.url + path)
    link = press(browser, Keys.TAB)
    assert link.get_attribute("class") == "skip"
    box = link.rect
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert press(browser, Keys.ENTER).get_attribute("id") == "page-content"
    inside = "return document.getElementById('page-content').contains(document.activeElement)"
    press(browser, Keys.TAB)
    assert browser.execute_script(inside) or path == "404.html"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("laureates/index.html", "light"),
        ("laureates/index.html", "dark"),
        ("map/index.html", "light"),
        ("data/index.html", "dark"),
        ("cookbook/index.html", "light"),
    ],
)
def test_the_focus_is_seen_and_in_view(browser: Chrome, host: Server, path: str, scheme: str) -> None:
    appear(browser, 1280, scheme)
    browser.get(host.url + path)
    stops = set()
    for _ in range(40):
        stops.add(press(browser, Keys.TAB))
        found = browser.execute_script(LOOK)
        assert found["ring"] >= 2, found
        assert found["seen"], found
    assert len(stops) == 40  # no trap


@pytest.mark.slow
def test_the_menu_of_a_narrow_page(browser: Chrome, host: Server) -> None:
    appear(browser, 320)
    browser.get(host.url + "index.html")
    is_open = "return document.getElementById('site-nav').matches(':popover-open')"
    assert not browser.execute_script(is_open)
    button = reach(browser, ".site-header .menu-button")
    press(browser, Keys.ENTER)
    assert browser.execute_script(is_open)
    assert reach(browser, "#site-nav a", most=4).is_displayed()
    assert press(browser, Keys.ESCAPE) == button
    assert not browser.execute_script(is_open)
    press(browser, Keys.ENTER)
    reach(browser, "#site-nav .menu-button", most=2)
    assert press(browser, Keys.ENTER) == button
    assert not browser.execute_script(is_open)
    press(browser, Keys.ENTER)
    reach(browser, "#site-nav a[href*='map/']", most=6)
    press(browser, Keys.ENTER)
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.current_url.endswith("/map/index.html"))


@pytest.mark.slow
def test_the_list_is_narrowed_down(browser: Chrome, host: Server) -> None:
    appear(browser, 1280)
    browser.get(host.url + "laureates/index.html")
    shown = "return document.querySelectorAll('[data-card]:not([hidden])').length"
    every = browser.execute_script(shown)
    reach(browser, ".facets input")
    press(browser, Keys.SPACE)
    result = browser.find_element(By.ID, "result")
    assert result.get_attribute("role") == "status"
    some = browser.execute_script(shown)
    assert 0 < some < every
    assert str(some) in result.text
    reach(browser, ".facets details:not([open]) summary")
    press(browser, Keys.ENTER)
    reach(browser, ".facets input", most=1)
    press(browser, Keys.SPACE)
    assert browser.execute_script(shown) < some


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_an_address_that_narrows_the_list_down_shows_what_is_left(browser: Chrome, host: Server, width: int) -> None:
    appear(browser, width)
    for lang in ("", "en/"):
        for choice in ("theme-energie", "tool=numerique&region=11", "region=11+84"):
            browser.get("about:blank")
            browser.get(f"{host.url}laureates/{lang}index.html#{choice}")
            assert browser.execute_script("return document.querySelectorAll('.facets :checked').length") > 0
            seen = "const {top, bottom} = document.querySelector(arguments[0]).getBoundingClientRect();"
            seen += "return top >= 0 && top < innerHeight - 100"
            assert browser.execute_script(seen, "#result"), choice
            assert browser.execute_script(seen, "[data-card]:not([hidden])"), choice


@pytest.mark.slow
def test_the_search_forgives_and_leads_to_a_page(browser: Chrome, host: Server) -> None:
    appear(browser, 1280)
    browser.get(host.url + "index.html")
    found = find(browser, "citoyenes").lower()
    assert "citoyenne" in found or "citoyens" in found


def find(browser: Chrome, typed: str) -> str:
    """Go to the first page that the search proposes; its title."""
    box = reach(browser, "#site-search")
    press(browser, typed)
    options = "#site-search-list:not([hidden]) [role=option]"
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, options))
    assert press(browser, Keys.ARROW_DOWN) == box
    chosen = browser.find_element(By.ID, box.get_attribute("aria-activedescendant") or "")
    label = chosen.find_element(By.CLASS_NAME, "search-label").text
    press(browser, Keys.ENTER)
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_element(By.TAG_NAME, "h1").text == spaced(label))
    return label


@pytest.mark.slow
def test_the_departements_of_the_map_are_reached(browser: Chrome, host: Server) -> None:
    appear(browser, 1280)
    browser.get(host.url + "map/index.html")
    links = browser.find_elements(By.CSS_SELECTOR, "main svg a[href*='departement/']")
    assert len(links) > 15
    first = reach(browser, "main svg a[href*='departement/']")
    assert first.get_attribute("aria-label")
    last = browser.execute_script("return arguments[0].getAttribute('href')", links[-1])
    assert reach(browser, f"main svg a[href='{last}']")
    press(browser, Keys.ENTER)
    WebDriverWait(browser, 20, 0.05).until(lambda found: "/territory/departement/" in found.current_url)


@pytest.mark.slow  # seldom opened
def test_a_copy_on_a_disk_narrows_and_searches_too(browser: Chrome, folder: Path) -> None:
    appear(browser, 1280)
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    browser.get((folder / "laureates/en/index.html").as_uri())
    cards = "return document.querySelectorAll('[data-card]:not([hidden])').length"
    every = browser.execute_script(cards)
    reach(browser, ".facets input")
    press(browser, Keys.SPACE)
    assert 0 < browser.execute_script(cards) < every
    assert "budget" in find(browser, "participatry budgt").lower()
    assert browser.current_url.startswith(folder.as_uri())
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
