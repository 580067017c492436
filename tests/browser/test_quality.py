"""A page of every kind in a real browser: accessible in every appearance, light, and asking nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.wait import WebDriverWait

from trophees.base.namespaces import BASE
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Inputs, Site
from trophees.site.pages import about, index
from trophees.site.pages import laureates as listing
from trophees.site.pages import map as map_page
from trophees.site.render import place
from trophees.site.thing import page as things
from trophees.site.thing.facts import Teller
from trophees.site.thing.references import references

from .conftest import Open, Server, write
from .quality import BETWEEN, FURTHER, SCHEMES, WIDTHS, StrictHandler, appear, one_of_every_kind, requests, violations

pytestmark = [pytest.mark.foreign, pytest.mark.xdist_group("quality")]
BUDGET = 100_000  # bytes that a server sends, compressed, for all that a page loads before anybody touches it
FIRST = {"Document", "Stylesheet", "Image"}  # what the playground needs to show its first question and answer
KINDS = {"laureate", "organisation", "person", "commune", "epci", "departement", "region", "place", "tool", "theme"} | {
    "audience", "edition", "dataset", "graph", "vocabulary", "ontology", "term"
}  # fmt: skip


@pytest.fixture(scope="module")
def paths(site_inputs: Inputs) -> list[str]:
    site = Site(site_inputs)
    assert set(site.kinds()) >= KINDS
    return one_of_every_kind(site)


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[Server]:
    found = Server(folder, StrictHandler, is_root=True)  # as the pages of errors take it
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium(watched=True)


def test_pages_of_every_kind(browser: Chrome, host: Server, paths: list[str]) -> None:
    check(browser, host, paths)


@pytest.mark.slow
def test_further_pages(browser: Chrome, host: Server) -> None:
    check(browser, host, [place(folder, LANGUAGES[number % 2]) for number, folder in enumerate(FURTHER)])


def check(browser: Chrome, host: Server, paths: list[str]) -> None:
    """In both colour schemes, in forced colours, and from narrow to wide: no violation for axe-core and no scrolling to
    the side. Once loaded: no message in the console, which would tell a broken policy too, nothing asked of another
    host, and few bytes.
    """
    wrong: list[str] = []
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.execute_cdp_cmd("Network.setBypassServiceWorker", {"bypass": True})
    browser.get("about:blank")
    requests(browser)  # those of the browser itself
    for path in paths:
        appear(browser, WIDTHS[0], SCHEMES[0])
        browser.get(host.url + path)
        if path.startswith("playground/"):
            waiting = "return !document.getElementById('pg-waiting')"
            WebDriverWait(browser, 30, 0.05).until(lambda _: browser.execute_script(waiting))  # noqa: B023
        asked = requests(browser)
        counted = FIRST if path.startswith("playground/") else None
        weight = sum(size for kind, size in asked.values() if not counted or kind in counted)
        assert weight, path
        if weight >= BUDGET:
            wrong.append(f"{path} weighs {weight} bytes")
        for scheme in (*SCHEMES, "forced"):
            for width in (*WIDTHS, *(BETWEEN if scheme == "light" else ())):
                forced = scheme == "forced"
                appear(browser, width, SCHEMES[1] if forced else scheme, forced)
                wrong += [f"{path}, {scheme}, {width} pixels: {found}" for found in violations(browser, forced)]
                if (wide := browser.execute_script("return document.documentElement.scrollWidth")) > width:
                    wrong.append(f"{path}, {width} pixels: {wide} pixels wide")
        asked |= requests(browser)
        foreign = [address for address in asked if not address.startswith((host.url, "data:", "blob:"))]
        wrong += [f"{path} asks {address}" for address in foreign]
        log = browser.get_log("browser")  # type: ignore[no-untyped-call]
        wrong += [f"{path}: {entry['message']}" for entry in log]
    assert not wrong, "\n".join(wrong)


def test_pages_that_go_on(chromium: Open, site_inputs: Inputs, folder: Path, tmp_path: Path) -> None:
    """Where lists have no room on one page, their other pages are as good, and the list of laureates leads to them."""
    further = tmp_path / "site"
    further.mkdir()
    (further / "assets").symlink_to(folder / "assets")
    site = Site(replace(site_inputs, room=4_000))
    used = site.thing(f"{BASE}status/used")
    assert used
    words = Words("en")
    _, (elsewhere, shown), *_ = references(site, Teller(site, words, place(used.folder, "en")), used)
    for path, data in chain(
        listing.files(site), about.files(site), index.files(site), map_page.files(site),
        [site.render(things.more(site, words, used, elsewhere, shown))],
    ):  # fmt: skip
        write(further / path, data)
    host = Server(further, StrictHandler)
    browser = chromium()
    wrong = []
    for path in (
        "laureates/", "laureates/page-2/", "laureates/by/", "laureates/by/region-11/", "search/page-3/", "map/",
        "about/", "about/inferred-2/", elsewhere,
    ):  # fmt: skip
        for width in WIDTHS:
            appear(browser, width)
            browser.get(host.url + place(path, "en"))
            wrong += [f"{path}, {width} pixels: {found}" for found in violations(browser)]
            if (wide := browser.execute_script("return document.documentElement.scrollWidth")) > width:
                wrong.append(f"{path}, {width} pixels: {wide} pixels wide")
    assert not wrong, "\n".join(wrong)
    browser.get(host.url + place("laureates/page-2/", "en"))
    browser.find_element("css selector", "[data-facet=region] summary").click()
    browser.find_element("css selector", "[data-facet=region] a[href*='/region-11/']").click()
    assert browser.current_url == host.url + place("laureates/by/region-11/", "en")
    host.close()
