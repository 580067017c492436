"""A page of every kind in a real browser: accessible in every appearance, light, and asking nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.wait import WebDriverWait

from trophees.site.model import Inputs, Site

from .conftest import Open, Server
from .quality import SCHEMES, WIDTHS, StrictHandler, appear, one_of_every_kind, requests, violations

pytestmark = pytest.mark.xdist_group("quality")
BUDGET = 100_000  # bytes of all that a page loads before anybody touches it, not compressed
KINDS = {"laureate", "organisation", "person", "commune", "epci", "departement", "region", "place", "tool", "theme"} | {
    "audience", "edition", "dataset", "graph", "vocabulary", "ontology", "term"
}  # fmt: skip


@pytest.fixture(scope="module")
def paths(site_inputs: Inputs) -> list[str]:
    site = Site(site_inputs)
    assert set(site.kinds()) >= KINDS
    return one_of_every_kind(site)


@pytest.fixture(scope="module")
def host(whole: Path) -> Iterator[Server]:
    found = Server(whole, StrictHandler)
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium(watched=True)


def test_pages_of_every_kind(browser: Chrome, host: Server, paths: list[str]) -> None:
    """In both colour schemes and both widths: no violation for axe-core and no scrolling to the side. Once loaded: no
    message in the console, which would tell a broken policy too, nothing asked of another host, and few bytes.
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
            WebDriverWait(browser, 30).until(lambda _: browser.execute_script(waiting))  # noqa: B023
        asked = requests(browser)
        weight = sum(size for address, size in asked.items() if address.startswith(host.url))
        assert weight, path
        if weight >= BUDGET and not path.startswith("playground/"):
            wrong.append(f"{path} weighs {weight} bytes")
        for scheme in SCHEMES:
            for width in WIDTHS:
                appear(browser, width, scheme)
                wrong += [f"{path}, {scheme}, {width} pixels: {found}" for found in violations(browser)]
                if (wide := browser.execute_script("return document.documentElement.scrollWidth")) > width:
                    wrong.append(f"{path}, {width} pixels: {wide} pixels wide")
        asked |= requests(browser)
        foreign = [address for address in asked if not address.startswith((host.url, "data:", "blob:"))]
        wrong += [f"{path} asks {address}" for address in foreign]
        log = browser.get_log("browser")  # type: ignore[no-untyped-call]
        wrong += [f"{path}: {entry['message']}" for entry in log]
    assert not wrong, "\n".join(wrong)
