"""On paper: every laureate and every case on two sheets at most, none blank, each with the address and the day."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from trophees.base.namespaces import BASE
from trophees.site.l10n import LANGUAGES
from trophees.site.model import Inputs, Site
from trophees.site.render import place

from .conftest import Open

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("quality")]
A4 = {"paperWidth": 8.27, "paperHeight": 11.69}
SHEETS, WORDS = 2, 5


def test_every_process_is_printed_on_two_sheets_with_address_and_day(
    chromium: Open, folder: Path, site_inputs: Inputs
) -> None:
    browser, site = chromium(), Site(site_inputs)
    foot = re.compile(rf"\S+ · version {re.escape(site_inputs.version)}, \d+\S* \w+ \d{{4}}")
    wrong = []
    for thing in (*site.laureates, *site.cases):
        for lang in LANGUAGES:
            browser.get((folder / place(thing.folder, lang)).as_uri())
            made = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", A4)["data"])
            sheets = [unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(io.BytesIO(made)).pages]
            feet = [foot.search(sheet) for sheet in sheets]
            if len(sheets) > SHEETS:
                wrong.append(f"{thing.iri}, {lang}: {len(sheets)} sheets")
            if not all(found and found[0].startswith(f"{BASE}{thing.folder}".rstrip("/")) for found in feet):
                wrong.append(f"{thing.iri}, {lang}: a sheet without address and day")
            if any(len(foot.sub("", sheet).split()) < WORDS for sheet in sheets):
                wrong.append(f"{thing.iri}, {lang}: a blank sheet")
    assert not wrong, "\n".join(wrong)
