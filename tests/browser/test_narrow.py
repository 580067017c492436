"""Tables and charts on a phone: nothing lies beside the page or over its neighbour, and a table stays a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from .conftest import Open, Server
from .quality import StrictHandler, appear

pytestmark = pytest.mark.xdist_group("quality")

NARROW = (320, 335, 360)
TABLES = {"map/index.html": ".departements", "explore/en/index.html": ".drawn", "explore/index.html": ".drawn"}
# The texts of each axis that is seen, as [left, right], in the order of the axis
LABELS = """
return [...document.querySelectorAll(".axis")].map((axis) => [...axis.querySelectorAll("text")]
  .filter((text) => text.checkVisibility())
  .map((text) => { const { left, right } = text.getBoundingClientRect(); return [left, right]; }));
"""
WIDE = """
return [...document.querySelectorAll(arguments[0])].map((table) => table.parentElement)
  .map((wrap) => wrap.scrollWidth - wrap.clientWidth);
"""
LINES = """
return [...document.querySelectorAll("table code")].map((code) => code.getClientRects().length);
"""


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[Server]:
    found = Server(folder, StrictHandler)
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


@pytest.mark.slow
@pytest.mark.parametrize("path", TABLES)
def test_no_column_lies_beside_the_page(browser: Chrome, host: Server, path: str) -> None:
    browser.get(host.url + path)
    for width in NARROW:
        appear(browser, width)
        beside = browser.execute_script(WIDE, TABLES[path])
        assert beside
        assert max(beside) == 0, (width, beside)


@pytest.mark.slow
def test_no_label_of_an_axis_lies_over_another(browser: Chrome, host: Server) -> None:
    browser.get(host.url + "explore/index.html")
    for width in (*NARROW, 640, 1280):
        appear(browser, width)
        axes = browser.execute_script(LABELS)
        assert [len(labels) > 3 for labels in axes] == [True, True]
        for labels in axes:
            gaps = [after[0] - before[1] for before, after in pairwise(labels)]
            assert min(gaps) > 2, (width, labels)


@pytest.mark.slow
@pytest.mark.parametrize("path", TABLES)
def test_a_table_is_one_for_screen_readers_however_it_is_laid_out(browser: Chrome, host: Server, path: str) -> None:
    def roles(width: int) -> Counter[str]:
        appear(browser, width)
        nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        found = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
        return Counter(
            {role: found[role] for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell")}
        )

    browser.get(host.url + path)
    wide = roles(1280)
    assert roles(320) == wide
    assert wide["row"] > 30
    assert all(wide.values())


def test_a_name_in_a_table_is_not_broken_letter_by_letter(browser: Chrome, host: Server) -> None:
    appear(browser, 320)
    browser.get(host.url + "cookbook/participants/index.html")
    lines = browser.execute_script(LINES)
    assert len(lines) > 3
    assert set(lines) == {1}
