"""What only a browser shows of the page of a laureate: arriving at a fact, opening its mark, copying, printing."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from trophees.base.namespaces import BASE
from trophees.release.checkout import Project
from trophees.site.l10n import LANGUAGES
from trophees.site.model import Inputs, Site
from trophees.site.render import place
from trophees.site.thing import page as things

from .conftest import Open, write
from .quality import appear, violations

pytestmark = pytest.mark.xdist_group("thing-pages")
CACHAN = "laureate/2020/cachan/index.html"
TALL = 3_000  # pixels of a typical page at 1280
WITHIN = re.compile(r"[\s\u00ad\u2010-]")
SEEN = "const {top, bottom} = arguments[0].getBoundingClientRect(); return top >= 0 && bottom <= innerHeight"


@pytest.fixture(scope="module")
def site(project: Project, store: Any) -> Site:
    version, reference = project.version(store), project.reference_files()
    return Site(Inputs(store, project.shapes(), project.context, version, reference=reference, contact="a@b.test"))


@pytest.fixture(scope="module")
def longest(site: Site) -> list[str]:
    """The three laureates of which most is said."""
    most = sorted(site.laureates, key=lambda thing: -len(site.triples(thing.iri)))
    return [thing.iri for thing in most[:3]]


@pytest.fixture(scope="module")
def typical(site: Site) -> list[str]:
    """The laureates in the middle, by how much is said of them."""
    order = sorted(site.laureates, key=lambda thing: (len(site.triples(thing.iri)), thing.iri))
    return [thing.iri for thing in order[len(order) // 2 - 1 : len(order) // 2 + 2]]


@pytest.fixture(scope="module")
def root(site: Site, longest: list[str], typical: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("host") / "site"
    for iri in {f"{BASE}laureate/2020/cachan", f"{BASE}organisation/decider-ensemble", *longest, *typical}:
        thing = site.thing(iri)
        assert thing
        for path, data in things.of(site, thing):
            write(folder / path, data)
    for item in (resources("trophees.site") / "bundle").iterdir():
        write(folder / "assets" / item.name, item.read_bytes())
    return folder


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    found = chromium()
    # as most readers have it: movement is not reduced
    found.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    return found


def test_arriving_at_a_fact_one_is_there_at_once_and_it_is_open(browser: Chrome, root: Path) -> None:
    browser.get(f"{(root / CACHAN).as_uri()}#indicator-5")
    fact = browser.find_element(By.ID, "indicator-5")
    assert browser.execute_script(SEEN, fact)
    line = fact.find_element(By.XPATH, "..")
    assert line.find_element(By.CLASS_NAME, "mark").get_attribute("open")
    plain = browser.find_element(By.ID, "indicator-4").find_element(By.XPATH, "..")
    assert line.value_of_css_property("background-color") != plain.value_of_css_property("background-color")
    text = line.text
    for words in ("130 000€", "LE FOCUS", "p. 8-9", "Copier la référence", "Signaler une erreur"):
        assert words in text, words
    browser.get(f"{(root / CACHAN).as_uri()}#heading-1")  # folded with the record
    assert browser.find_element(By.ID, "record").get_attribute("open")
    assert browser.execute_script(SEEN, browser.find_element(By.ID, "heading-1"))


def test_a_reference_is_shown_and_a_letter_is_begun(browser: Chrome, root: Path) -> None:
    browser.get("about:blank")
    browser.get(f"{(root / CACHAN).as_uri()}#indicator-8")
    line = browser.find_element(By.ID, "indicator-8").find_element(By.XPATH, "..")
    assert "curateur C" in line.text
    for form, begins in (("text", "«"), ("bibtex", "@misc{"), ("ris", "TY  - DATA")):
        line.find_element(By.CSS_SELECTOR, f"[data-form={form}]").click()
        shown = line.find_element(By.CLASS_NAME, "reference").text
        assert shown.startswith(begins), shown
        assert f"{BASE}laureate/2020/cachan#indicator-8" in shown
        assert "65 habitants" in shown
    letter = line.find_element(By.CLASS_NAME, "to-report").get_attribute("href") or ""
    assert letter.startswith("mailto:a@b.test?subject=")
    assert "cachan%23indicator-8" in letter


@pytest.mark.slow
def test_a_switch_opens_and_closes_all(browser: Chrome, root: Path) -> None:
    browser.get("about:blank")
    browser.get((root / CACHAN).as_uri())
    count = "return document.querySelectorAll('.mark[open]').length"
    switch = browser.find_element(By.ID, "marks")
    assert browser.execute_script(count) == 0
    switch.click()
    assert browser.execute_script(count) == len(browser.find_elements(By.CLASS_NAME, "mark")) > 40
    assert switch.get_attribute("aria-pressed") == "true"
    assert [violation for width in (1280, 320) for violation in at(browser, width)] == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320
    appear(browser, 1280)
    switch.click()
    assert browser.execute_script(count) == 0


def at(browser: Chrome, width: int) -> list[str]:
    appear(browser, width)
    return violations(browser)


@pytest.mark.slow
def test_a_thing_that_is_no_process_has_marks_too(browser: Chrome, root: Path) -> None:
    appear(browser, 1280)
    browser.get((root / "organisation/decider-ensemble/index.html").as_uri())
    browser.find_element(By.ID, "marks").click()
    assert browser.find_elements(By.CSS_SELECTOR, ".mark[open]")
    assert at(browser, 1280) == []


@pytest.mark.slow
def test_a_typical_laureate_is_no_taller_than_three_screens(browser: Chrome, root: Path, typical: list[str]) -> None:
    appear(browser, 1280)
    for iri in typical:
        for lang in LANGUAGES:
            browser.get((root / place(iri.removeprefix(BASE) + "/", lang)).as_uri())
            assert browser.execute_script("return document.documentElement.scrollHeight") <= TALL, iri


@pytest.mark.slow
def test_a_laureate_is_printed_on_two_pages_with_address_and_date(
    browser: Chrome, site: Site, root: Path, longest: list[str]
) -> None:
    version = re.escape(site.inputs.version)
    for iri in longest:
        browser.get((root / place(iri.removeprefix(BASE) + "/", "fr")).as_uri())
        made = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
        sheets = [page.extract_text() for page in PdfReader(io.BytesIO(base64.b64decode(made["data"]))).pages]
        assert len(sheets) <= 2, iri
        for sheet in sheets:
            assert len(sheet) > 300, (iri, sheet)
            assert iri in sheet
            assert re.search(rf"version {version}, \d+\S* \w+ \d{{4}}", sheet)
        # what is folded on the screen is on the paper, where a line may end within a word
        told = WITHIN.sub("", unicodedata.normalize("NFKC", "".join(sheets)))  # fonts join letters
        rest = browser.find_elements(By.CSS_SELECTOR, ".rest > .facts > .fact > span:first-child")
        assert rest, iri
        for fact in rest:
            words = str(fact.get_property("textContent")).split()
            assert all(WITHIN.sub("", unicodedata.normalize("NFKC", word)) in told for word in words), (iri, words)
