"""What is shown, taken away in a real browser: files of what a filter leaves, pictures, and a part shown alone."""

from __future__ import annotations

import csv
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
from selenium.webdriver.support.wait import WebDriverWait

from .conftest import Open, Server
from .quality import violations

pytestmark = pytest.mark.xdist_group("browser")
Take = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def browser(chromium: Open) -> Chrome:
    return chromium()


@pytest.fixture
def take(browser: Chrome, tmp_path: Path) -> Take:
    """The file that a control gives in a form: `take("picture", "svg")`."""
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})

    def taken(of: str, form: str) -> bytes:
        control = browser.find_element(By.CSS_SELECTOR, f"[data-of={of}]")
        if not control.get_attribute("open"):
            control.find_element(By.TAG_NAME, "summary").click()
        WebDriverWait(browser, 20, 0.05).until(lambda _: control.find_elements(By.TAG_NAME, "button"))
        next(b for b in control.find_elements(By.TAG_NAME, "button") if b.text == form.upper()).click()
        WebDriverWait(browser, 20, 0.05).until(lambda _: [f for f in tmp_path.glob(f"*.{form}") if f.stat().st_size])
        return next(tmp_path.glob(f"*.{form}")).read_bytes()

    return taken


def test_a_table_is_taken_as_it_is_shown(browser: Chrome, server: Server, take: Take) -> None:
    browser.get(server.url + "map/index.html")
    rows = browser.find_elements(By.CSS_SELECTOR, "#departements tbody tr:not(:has(.region))")
    browser.execute_script("arguments[0].hidden = true", rows[0])  # as a filter does
    head, *lines = csv.reader(io.StringIO(take("departements", "csv").decode(), newline=""))
    assert head[:4] == ["Région", "Code", "Département", "Nombre"]
    assert len(lines) == len(rows) - 1
    assert ["Auvergne-Rhône-Alpes", "03", "Allier", "0"] in [line[:4] for line in lines]
    told = json.loads(take("departements", "json"))
    assert told["address"] == f"{server.url}map/index.html#departements"
    assert [type(row["Nombre"]) for row in told["rows"]] == [int] * len(lines)
    book = load_workbook(io.BytesIO(take("departements", "xlsx")))
    cells = [
        ["" if cell is None else str(cell) for cell in row] for row in book["departements"].iter_rows(values_only=True)
    ]
    assert cells == [head, *lines]


@pytest.mark.slow
def test_a_map_is_taken_as_a_picture_that_stands_alone(browser: Chrome, server: Server, take: Take) -> None:
    browser.get(server.url + "map/index.html")
    picture = ET.fromstring(take("picture", "svg"))
    texts = ["".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == browser.title.partition(" – ")[0]
    assert "Graphe ouvert de la participation" in texts[-2] + texts[-1]
    drawn = browser.find_elements(By.CSS_SELECTOR, ".map > svg path")
    paths = list(picture.iter("{http://www.w3.org/2000/svg}path"))
    assert len(paths) == len(drawn)
    fills = {path.value_of_css_property("fill") for path in drawn[::7] + drawn[-9:]}
    assert {path.get("fill") for path in paths} == fills
    assert not [element for element in picture.iter() if {"class", "style", "href"} & set(element.keys())]
    image = Image.open(io.BytesIO(take("picture", "png")))
    assert image.size == tuple(2 * int(picture.get(side, "")) for side in ("width", "height"))
    assert len(set(image.convert("RGB").resize((96, 96)).get_flattened_data())) > 100


@pytest.mark.slow
def test_a_part_is_shown_alone_and_its_links_open_outside(browser: Chrome, server: Server) -> None:
    page = f"{server.url}cookbook/tools-most-used/index.html"
    browser.get(page)
    browser.find_element(By.CSS_SELECTOR, ".take summary").click()
    embed = browser.find_element(By.CSS_SELECTOR, ".take code")
    WebDriverWait(browser, 20, 0.05).until(lambda _: f'src="{page}#embed-answer"' in embed.text)
    browser.get("about:blank")
    browser.get(f"{page}#embed-answer")
    parts = browser.find_elements(By.CSS_SELECTOR, "header, nav, footer, h1, pre, .take, table")
    shown = [part for part in parts if part.is_displayed()]
    assert [element.tag_name for element in shown] == ["table"]
    assert browser.find_element(By.CSS_SELECTOR, ".take-embed").is_displayed()
    links = browser.find_elements(By.CSS_SELECTOR, "#answer td a")
    assert {link.get_attribute("target") for link in links} == {"_blank"}


@pytest.mark.slow
def test_an_open_control_is_accessible(browser: Chrome, server: Server) -> None:
    browser.get(server.url + "map/index.html")
    browser.find_element(By.CSS_SELECTOR, ".take summary").click()
    WebDriverWait(browser, 20, 0.05).until(lambda _: browser.find_elements(By.CSS_SELECTOR, ".take button"))
    assert violations(browser) == []


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.slow
def test_the_facts_of_a_laureate_are_a_table_with_what_each_rests_on(
    browser: Chrome, server: Server, take: Take
) -> None:
    browser.get(server.url + "laureate/2020/cachan/index.html")
    found = rows(take("facts", "csv"))
    assert list(found[0]) == ["group", "label", "remark", "evidence", "address"]
    facts = browser.find_elements(By.CSS_SELECTOR, "#facts li")
    assert len(found) == len(facts)
    cost = next(row for row in found if row["address"].endswith("#indicator-5"))
    assert cost["group"] == "Résultats – Indicateurs"
    assert cost["label"] == "130 000 € : budget consacré à la démarche"
    assert "130 000€" in cost["evidence"]
    assert "LE FOCUS" in cost["evidence"]
    tool = next(row for row in found if row["label"] == "Enquête audiovisuelle")
    assert tool["group"] == "Comment – Outils – utilisé"
    assert tool["address"].endswith("/tool/enquete-audiovisuelle/index.html")
    told = json.loads(take("facts", "json"))
    assert told["address"] == f"{server.url}laureate/2020/cachan/index.html#facts"
    control = browser.find_element(By.CSS_SELECTOR, "[data-of=facts]")
    assert f'src="{told["address"].replace("#", "#embed-")}"' in control.find_element(By.TAG_NAME, "code").text
    cited = control.find_element(By.CSS_SELECTOR, ".take-text span").text
    assert told["title"] in cited
    assert cited.endswith(told["address"])


@pytest.mark.slow
def test_a_tree_is_taken_with_what_each_stands_below(browser: Chrome, server: Server, take: Take) -> None:
    browser.get(server.url + "vocabulary/tools/index.html")
    found = rows(take("tree", "csv"))
    assert len(found) == len(browser.find_elements(By.CSS_SELECTOR, "#tree li"))
    assert next(row for row in found if row["label"] == "Questionnaire en ligne")["within"]
    assert all(len(row["label"]) < 80 for row in found)


@pytest.mark.slow
def test_cards_are_taken_with_a_column_for_each_thing_that_they_say(
    browser: Chrome, server: Server, take: Take
) -> None:
    browser.get(server.url + "cases/index.html")
    found = rows(take("cases-found", "csv"))
    cards = browser.find_elements(By.CSS_SELECTOR, "[data-card] :is(h2, h3, h4) a")
    assert [row["label"] for row in found] == [re.sub(r"\s+", " ", card.text) for card in cards]
    assert [row["address"] for row in found] == [card.get_attribute("href") for card in cards]
    terms = {term.get_property("textContent") for term in browser.find_elements(By.CSS_SELECTOR, "[data-card] dt")}
    assert terms <= found[0].keys()


@pytest.mark.slow
def test_what_the_search_finds_is_taken_under_its_question(browser: Chrome, server: Server, take: Take) -> None:
    browser.get(server.url + "search/index.html?q=climat")
    WebDriverWait(browser, 20, 0.05).until(lambda _: browser.find_elements(By.CSS_SELECTOR, ".search-group li"))
    told = json.loads(take("search-results", "json"))
    hits = browser.find_elements(By.CSS_SELECTOR, ".search-group li")
    assert len(told["rows"]) == len(hits)
    assert told["address"] == f"{server.url}search/index.html?q=climat#search-results"
    assert "climat" in told["title"]
    browser.get(server.url + "search/index.html")
    assert not browser.find_element(By.CSS_SELECTOR, "[data-of=search-results]").is_displayed()
