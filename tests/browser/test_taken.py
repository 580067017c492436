"""Answers of “Et chez vous ?” and of the playground, taken away: the files are what the page shows."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from selenium.webdriver.support.wait import WebDriverWait

from trophees.ask import cookbook
from trophees.site.model import Site

from .conftest import Open, Server
from .playground import Playground

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
Take = Callable[[str], bytes]
SVG = "{http://www.w3.org/2000/svg}"
MARKS = ("path", "circle", "rect", "line")
RATES = """SELECT ?place ?n { VALUES (?place ?n) {
  ("Lyon" 5) ("Brest" 12) ("Lille" 7) ("Nancy" 3) ("Metz" 9) } }"""
CODES = 'SELECT * { VALUES (?code ?n) { ("59" 2) ("62" 7) ("80" 4) } }'


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


@pytest.fixture
def take(browser: Chrome, tmp_path: Path) -> Take:
    """The file that the control of the answer gives in a form, once: `take("svg")`."""
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    shown = "return [...document.querySelectorAll('.take')].find((control) => control.checkVisibility())"

    def taken(form: str) -> bytes:
        control = WebDriverWait(browser, 20, 0.05).until(lambda found: found.execute_script(shown))
        browser.execute_script("arguments[0].open = true; arguments[0].scrollIntoView({block: 'center'})", control)
        button = WebDriverWait(browser, 20, 0.05).until(
            lambda _: control.find_elements(By.CSS_SELECTOR, f"[data-form={form}]")
        )[0]
        button.click()
        WebDriverWait(browser, 20, 0.05).until(lambda _: [f for f in tmp_path.glob(f"*.{form}") if f.stat().st_size])
        (path,) = tmp_path.glob(f"*.{form}")
        data = path.read_bytes()
        path.unlink()
        return data

    return taken


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def cells(data: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(data))
    return [
        ["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)
    ]


def shown(browser: Chrome, selector: str) -> list[str]:
    return [
        re.sub(r"[ \n\t]+", " ", str(found.get_property("textContent"))).strip(" ")
        for found in browser.find_elements(By.CSS_SELECTOR, selector)
    ]


def test_an_answer_about_a_place_is_taken_with_its_groups_distances_and_reasons(
    browser: Chrome, server: Server, take: Take
) -> None:
    browser.get(server.url + "near/index.html?place=44109")
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".near-group"))
    head, *rows = lines(take("csv"))
    names = shown(browser, "#near-answer .near-list .near-name > a:first-child")
    assert [row[1] for row in rows] == names
    reasons = shown(browser, "#near-answer .near-list .near-reasons")
    assert [row[-2].split(" | ") for row in rows] == [text.split(" · ") for text in reasons]
    links = browser.find_elements(By.CSS_SELECTOR, "#near-answer .near-list .near-name > a:first-child")
    assert [row[-1] for row in rows] == [link.get_attribute("href") for link in links]
    assert cells(take("xlsx")) == [head, *rows]
    told = json.loads(take("json"))
    assert told["address"] == browser.current_url
    assert "Nantes" in told["title"]
    assert [list(row) for row in told["rows"]] == [head] * len(rows)
    cited = shown(browser, ".take .take-text")
    assert any("?place=44109" in text for text in cited), cited


def test_a_comparison_is_taken_with_a_column_for_each(browser: Chrome, server: Server, take: Take) -> None:
    browser.get(server.url + "compare/index.html?laureates=2020/cachan,2020/marlioz")
    WebDriverWait(browser, 20, 0.05).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".compared tbody tr"))
    head, *rows = lines(take("csv"))
    assert head == ["", *shown(browser, ".compared thead a:first-child")]
    titles = [row.text for row in browser.find_elements(By.CSS_SELECTOR, ".compared tbody th")]
    assert [row[0] for row in rows[:-1]] == [re.split(r"\s+\(", title)[0] for title in titles]
    said = [re.split(r"\s*\n\s*", cell.text) for cell in browser.find_elements(By.CSS_SELECTOR, ".compared tbody td")]
    assert [cell.split(" | ") for row in rows[:-1] for cell in row[1:]] == said
    links = browser.find_elements(By.CSS_SELECTOR, ".compared thead a:first-child")
    assert rows[-1][1:] == [link.get_attribute("href") for link in links]
    assert cells(take("xlsx")) == [head, *rows]


def test_an_answer_is_taken_as_it_is_sorted_narrowed_and_without_hidden_columns(
    browser: Chrome, server: Server, take: Take
) -> None:
    page = Playground(browser, server.url + "playground/", RATES, "&sort=-n&filter=l&hide=")
    page.run()
    page.wait(lambda: page.rows() == [["Lille", "7"], ["Lyon", "5"]])
    assert lines(take("csv"))[1:] == cells(take("xlsx"))[1:] == page.rows()
    assert [tuple(row.values()) for row in json.loads(take("json"))["rows"]] == [("Lille", 7), ("Lyon", 5)]
    page = Playground(browser, server.url + "playground/", RATES, "&sort=place&hide=n")
    page.run()
    page.wait(lambda: page.rows() == [["Brest"], ["Lille"], ["Lyon"], ["Metz"], ["Nancy"]])
    assert lines(take("csv")) == [["place"], *page.rows()]
    assert json.loads(take("json"))["address"] == browser.current_url
    assert browser.current_url.endswith("&sort=place&hide=n")


def test_a_chart_is_taken_as_it_is_drawn_with_its_filter_and_its_first_points(
    browser: Chrome, server: Server, take: Take
) -> None:
    rows = " ".join(f'("ville {n:02}" {n})' for n in range(30)) + ' ("bourg" 99)'
    query = f"SELECT ?place ?n {{ VALUES (?place ?n) {{ {rows} }} }}"
    page = Playground(browser, server.url + "playground/", query, "&view=chart&top=10&filter=ville")
    page.run()
    page.wait(lambda: page.part("output").find_elements(By.CSS_SELECTOR, ".pg-bars li"))
    drawn = list(zip(shown(browser, ".pg-bar-name"), shown(browser, ".pg-bar-value"), strict=True))
    assert drawn == [(f"ville {n:02}", str(n)) for n in range(29, 19, -1)]
    assert [tuple(line) for line in lines(take("csv"))[1:]] == drawn
    assert shown(browser, ".pg-shown") == ["30 lignes sur 31"]


def test_a_map_is_taken_as_it_is_drawn_without_what_is_filtered_or_nowhere(
    browser: Chrome, server: Server, take: Take
) -> None:
    query = 'SELECT * { VALUES (?code ?n) { ("59" 2) ("62" 7) ("80" 4) ("62" 1) ("59" UNDEF) } }'
    page = Playground(browser, server.url + "playground/", query, "&view=map")
    page.run()
    page.wait(lambda: page.part("output").find_elements(By.CSS_SELECTOR, ".pg-map"))
    assert [line[1] for line in lines(take("csv"))[1:]] == ["2", "7", "4", "1"]
    page = Playground(browser, server.url + "playground/", query, "&view=map&filter=62")
    page.run()
    page.wait(lambda: page.part("output").find_elements(By.CSS_SELECTOR, ".pg-map"))
    assert [line[1] for line in lines(take("csv"))[1:]] == ["7", "1"]
    drawn = page.part("output").find_elements(By.CSS_SELECTOR, ".pg-map [tabindex], .pg-map [aria-label]")
    assert len(drawn) == 1


@pytest.mark.parametrize("view", ["bars", "lines", "map"])
def test_a_drawn_answer_is_taken_as_a_picture(browser: Chrome, server: Server, take: Take, view: str) -> None:
    page = Playground(browser, server.url + "playground/", CODES if view == "map" else RATES)
    page.run()
    page.view("map" if view == "map" else "chart")
    if view != "map":
        Select(page.part("output").find_element(By.CSS_SELECTOR, "[data-axis=form]")).select_by_value(view)
    picture = ET.fromstring(take("svg"))
    marks = len(page.part("output").find_elements(By.CSS_SELECTOR, f"figure svg :is({', '.join(MARKS)})"))
    assert len([one for name in MARKS for one in picture.iter(SVG + name)]) >= marks > 3
    texts = {"".join(text.itertext()) for text in picture.iter(SVG + "text")}
    assert texts >= {"map": {"0", "1"}, "bars": {"Brest", "12", "Lyon", "5"}, "lines": {"Brest", "10", "Lyon"}}[view]
    assert not [element for element in picture.iter() if {"class", "style", "href"} & set(element.keys())]
    image = Image.open(io.BytesIO(take("png")))
    assert image.size == tuple(2 * int(picture.get(side, "")) for side in ("width", "height"))
    assert len(set(image.convert("RGB").resize((96, 96)).get_flattened_data())) > 20


def test_an_answer_has_a_link_and_is_shown_alone_in_another_site(browser: Chrome, server: Server, take: Take) -> None:
    page = Playground(browser, server.url + "playground/", RATES, "&view=chart&sort=-n")
    page.run()
    page.wait(lambda: page.part("output").find_elements(By.CSS_SELECTOR, ".pg-bars li"))
    take("json")  # the control is open
    control = browser.find_element(By.CSS_SELECTOR, ".pg-take .take")
    assert control.find_element(By.TAG_NAME, "a").get_attribute("href") == browser.current_url
    (address,) = re.findall(r'src="([^"]+)"', control.find_element(By.TAG_NAME, "code").text)
    browser.get("about:blank")
    browser.get(html.unescape(address))
    page.wait(lambda: page.part("output").find_elements(By.CSS_SELECTOR, ".pg-bars li"))
    parts = browser.find_elements(By.CSS_SELECTOR, "header, nav, footer, h1, textarea, .take, .pg-take, .pg-side")
    assert [part.tag_name for part in parts if part.is_displayed()] == []
    assert browser.find_element(By.CSS_SELECTOR, "#embed-pg-output").is_displayed()
    assert shown(browser, ".pg-bar-name") == ["Brest", "Metz", "Lille", "Lyon", "Nancy"]


def test_what_the_release_answers_is_shown_in_another_site_without_the_engine(
    chromium: Open, server: Server, site: Site
) -> None:
    """The engine and the graph, two megabytes, are not even asked for; another query says that it is being asked."""
    browser = chromium()
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*worker.js", "*.wasm.gz", "*.trig.gz"]})
    query = cookbook.get("tools-most-used")
    text = cookbook.standalone(query, "fr", site.context)
    page = Playground(browser, server.url + "playground/", text, "&run=1&view=chart&embed=pg-output")
    page.wait(lambda: page.part("output").find_elements(By.CSS_SELECTOR, ".pg-bars li"))
    assert browser.find_element(By.CSS_SELECTOR, "#embed-pg-output").is_displayed()
    assert browser.current_url.endswith("&view=chart&embed=pg-output")
    asked = "return performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())"
    assert not {"worker.js", "oxigraph_bg.wasm.gz", "trophees.trig.gz"} & set(browser.execute_script(asked))
    page = Playground(browser, server.url + "playground/", RATES, "&run=1&embed=pg-output")
    assert page.part("output").text == "Requête en cours…"
    assert page.part("output").is_displayed()
