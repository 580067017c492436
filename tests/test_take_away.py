"""What is taken away of a page, without a browser: the control in its pages, and tables written as files."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from test_web import node
from trophees.publish.description import File
from trophees.site import scripts
from trophees.site.citing import DUMP
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Inputs, Site
from trophees.site.pages import cookbook, explore
from trophees.site.pages import map as map_page
from trophees.site.render import Page, environment

pytestmark = pytest.mark.xdist_group("take-away")
CONTROL = re.compile(
    r'<details class="take" data-of="([\w-]+)".*?</details>\n<p class="take-embed" id="embed-\1">', re.S
)

TABLE = {
    "columns": [{"name": name, "number": number} for name, number in (("code", False), ("n", True), ("n", True))],
    "rows": [["01004", 12, 0.5], ['=1+1,"x"', "", -3], ["line\nnext", 0, ""], ["\ud800\u0000<&>", 7, 1e21]],
}
ORIGIN = {"title": "Tout & « rien »", "source": "Ici, version 1.", "address": "https://data.test/#x"}
_SCRIPT = """
import { csv, json, number } from %(table)s;
import { xlsx } from %(book)s;
import { text } from "node:stream/consumers";
const { table, origin, name, numbers } = JSON.parse(await text(process.stdin));
const book = Buffer.from(xlsx(table, origin, name)).toString("base64");
const read = numbers.map(([lang, said]) => number(said, lang));
process.stdout.write(JSON.stringify({ csv: csv(table), json: json(table, origin), xlsx: book, numbers: read }));
"""
NUMBERS = {
    ("fr", "1 234,5"): 1234.5,
    ("fr", "1\u202f234"): 1234,
    ("fr", "−12"): -12,
    ("fr", "0"): 0,
    ("fr", "2020"): None,
    ("fr", "94016"): None,
    ("fr", "01"): None,
    ("fr", "2A"): None,
    ("fr", "1,234"): 1.234,
    ("en", "1,234"): 1234,
    ("en", "1,234.5"): 1234.5,
    ("en", "12,34"): None,
    ("en", "–"): None,
    ("fr", "12 %"): None,
}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """The files of `TABLE`, and what the `NUMBERS` are read as."""
    paths = {part: json.dumps((scripts.WORKSHOP / f"take-{part}.js").as_uri()) for part in ("table", "book")}
    given = {"table": TABLE, "origin": ORIGIN, "name": "a/b[c] of 1: too long for the name of a sheet"}
    found: dict[str, Any] = node(_SCRIPT % paths, given | {"numbers": list(NUMBERS)})
    return found


def test_numbers_are_read_as_the_page_writes_them_and_codes_and_years_stay_texts(made: dict[str, Any]) -> None:
    assert dict(zip(NUMBERS, made["numbers"], strict=True)) == NUMBERS


def test_csv_is_that_of_rfc_4180_and_no_formula_runs(made: dict[str, Any]) -> None:
    text: str = made["csv"]
    assert text.startswith("code,n,n\r\n01004,12,0.5\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["code", "n", "n"],
        ["01004", "12", "0.5"],
        ['\'=1+1,"x"', "", "-3"],
        ["line\nnext", "0", ""],
        ["\ud800\u0000<&>", "7", "1e+21"],
    ]


def test_json_names_where_it_comes_from_and_every_column(made: dict[str, Any]) -> None:
    told = json.loads(made["json"])
    assert {key: told[key] for key in ORIGIN} == ORIGIN
    assert told["rows"][:2] == [
        {"code": "01004", "n": 12, "n (2)": 0.5},
        {"code": '=1+1,"x"', "n": None, "n (2)": -3},
    ]


def test_a_workbook_opens_with_numbers_as_numbers_and_texts_as_texts(made: dict[str, Any]) -> None:
    book = load_workbook(io.BytesIO(base64.b64decode(made["xlsx"])))
    assert book.sheetnames == ["a b c  of 1  too long for", "source"]
    sheet, source = (book[name] for name in book.sheetnames)
    rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(max_row=3)]
    assert rows == [
        [("code", "s"), ("n", "s"), ("n", "s")],
        [("01004", "s"), (12, "n"), (0.5, "n")],
        [('=1+1,"x"', "s"), (None, "n"), (-3, "n")],
    ]
    assert [sheet["A5"].value, sheet["C5"].value] == ["\ufffd\ufffd<&>", 1e21]
    assert sheet.freeze_panes == "A2"
    assert dict(source.iter_rows(values_only=True)) == ORIGIN


@pytest.fixture(scope="module")
def site(site_inputs: Inputs) -> Site:
    return Site(replace(site_inputs, url="https://data.test/x/", files={DUMP: File(1, "abc123", "")}))


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    parts = (explore, map_page, cookbook)
    return {path: data.decode() for part in parts for path, data in part.files(site)}


@pytest.mark.slow
def test_every_table_chart_and_map_can_be_taken_away(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        shown = page.count("<table") + page.count('<figure class="map"') + page.count('id="questions"')
        assert len(CONTROL.findall(page)) == shown, path
        if shown:
            assert page.count("assets/take.js") == page.count("assets/take.css") == 1, path


@pytest.mark.slow
def test_what_is_taken_away_stands_on_the_page_and_is_shown_alone_by_its_own_address(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for control in re.finditer(r'<details class="take" data-of="([\w-]+)".*?</details>', page, re.S):
            of, text = control[1], html.unescape(control[0])
            assert len(re.findall(rf'<(?:section|div) id="{of}"', page)) == 1, (path, of)
            address = f"https://data.test/x/{path.removesuffix('index.html')}"
            assert f'<iframe src="{address}#embed-{of}" title="' in text
            assert f'data-address="{address}#{of}"' in text


def test_a_title_with_quotation_marks_stays_in_its_attribute_where_the_embed_is_pasted() -> None:
    given = '{% from "take_away.html" import take_away with context %}{{ take_away("x", title, "f") }}'
    told = {"t": Words("en"), "page": Page(folder="map/", lang="en", template="", title="", description=""), "root": ""}
    title = 'A "b" <c> & d'
    text = environment().from_string(given).render(told, title=title, lang="en", source="s", absolute=str, here=str)
    shown = re.findall(r"<code data-embed>(.*?)</code>", text)
    assert [html.unescape(found) for found in re.findall('title="(.*?)"', html.unescape(shown[0]))] == [title]


@pytest.mark.slow
def test_the_citation_names_the_release_its_day_and_the_sum_of_its_dump(pages: dict[str, str]) -> None:
    for lang in LANGUAGES:
        words = Words(lang)
        page = pages["explore/index.html" if lang == "fr" else "explore/en/index.html"]
        sentence = words("take.sum", dump="trophees.nq", sum="abc123")
        assert sentence in html.unescape(page)
        dated = re.search(r'data-source="([^"]+)"', page)
        assert dated
        assert re.search(r"\d{4}\.\d+.* 20\d\d\. ", html.unescape(dated[1]))


@pytest.mark.slow
def test_without_a_script_a_link_leads_to_the_query(site: Site, pages: dict[str, str]) -> None:
    for path, page in pages.items():
        asked = re.findall(r'index\.html#query=([^"&]+)&amp;run=1">' + Words("fr")("take.query"), page)
        if "/en/" not in path and 'id="questions"' not in page:
            assert len(asked) == len(CONTROL.findall(page)), path
        if not path.startswith("cookbook/"):
            assert all(site.query(unquote(query)) for query in asked), path
