"""A laureate on one screen: the head of every process tells it all in short, and nothing is long."""

from __future__ import annotations

from pathlib import Path

import pytest

from trophees.site.l10n import LANGUAGES
from trophees.site.model import Site
from trophees.site.render import place

from .conftest import Open
from .quality import appear

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("quality")]
SCREEN, PAGE = 940, 3_050  # CSS pixels, on a screen that is 1,280 wide
HEAD = ("h1", ".lede", ".key-facts", ".glance")
MEASURE = """
const bottom = (element) => element.getBoundingClientRect().bottom + scrollY;
const [asked] = arguments;
return {
  page: document.documentElement.scrollHeight,
  head: asked.map((selector) => bottom(document.querySelector(selector))),
  told: [...document.querySelectorAll(".glance a:first-child")].map(({ hash }) => hash.slice(1)),
  dead: [...document.querySelectorAll(".glance a[href^='#']")].filter((a) => !document.querySelector(a.hash)).length,
};
"""


def test_the_head_of_every_process_tells_it_all_and_its_page_is_short(chromium: Open, folder: Path, site: Site) -> None:
    """Sentence, facts, the first of why, how, results and what is missing; the page is no longer than three screens."""
    browser = chromium()
    appear(browser, 1280)
    wrong = []
    for thing in (*site.laureates, *site.cases):
        for lang in LANGUAGES:
            path = place(thing.folder, lang)
            browser.get((folder / path).as_uri())
            found = browser.execute_script(MEASURE, HEAD)
            chapters = browser.execute_script("return [...document.querySelectorAll('.chapter')].map(({ id }) => id)")
            if max(found["head"]) > SCREEN or found["page"] > PAGE or found["dead"] or found["told"] != chapters:
                wrong.append(f"{path}: {found}, {chapters}")
    assert not wrong, "\n".join(wrong)
