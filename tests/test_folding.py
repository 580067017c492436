"""One way to fold text: the site sorts as its pages search."""

from __future__ import annotations

import json
import random
import sys
import unicodedata

import pytest

from test_web import node
from trophees.base.folding import fold
from trophees.site.collation import initial, sort_key
from trophees.site.scripts import WEB

LETTERS = {
    "French": "àâæçéèêëîïôœùûüÿ",
    "German": "äöüßẞ",
    "Spanish": "áéíóúüñ",
    "Portuguese": "ãáâàçéêíõóôú",
    "Italian": "àèéìòù",
    "Catalan": "àçèéíïòóúül·l",
    "Polish": "ąćęłńóśźż",
    "Czech, Slovak": "áäčďéěíĺľňóôŕřšťúůýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîșşțţ",
    "Croatian, Serbian": "čćđšž",
    "Danish, Norwegian, Swedish": "åäæöø",
    "Icelandic, Faroese": "áðéíóúýþæö",
    "Sami": "áčđŋšŧž",
    "Maltese": "ċġħż",
    "Turkish": "çğıİöşü",
    "Estonian, Latvian, Lithuanian": "āčēėęģīįķļņõšūųž",
    "Breton": "ñùc’h",
    "Basque, Occitan": "çñóòí",
}
SCRIPT = """
import { fold } from ADDRESS;
import { readFileSync } from "node:fs";
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(fold)));
"""


def in_a_browser(texts: list[str]) -> list[str]:
    found: list[str] = node(SCRIPT.replace("ADDRESS", json.dumps((WEB / "folding.js").as_uri())), texts)
    return found


@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_of_a_language_folds_to_plain_ones(language: str) -> None:
    for letter in LETTERS[language] + LETTERS[language].upper():
        if letter.isalpha():
            assert fold(letter).isascii(), letter
            assert fold(letter).isalpha(), letter
            assert fold(letter) == fold(letter.upper()) == fold(letter.lower()) == fold(fold(letter)), letter


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Œuvre", "oeuvre"),
        ("L’HAŸ-les-Roses", "l'hay-les-roses"),
        ("cʼhoazh, d'Ascq", "c'hoazh, d'ascq"),
        ("Straße, STRAẞE", "strasse, strasse"),
        ("ex æquo", "ex aequo"),
        ("Łódź", "lodz"),
        ("İstanbul, Diyarbakır", "istanbul, diyarbakir"),
        ("e\u0301te\u0301", "ete"),
        ("10\u202f000\u00a0m²", "10 000 m2"),
        ("n° ﬁn", "n° fin"),
        ("ΟΔΟΣ", "οδος"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_pages_fold_as_the_site_sorts() -> None:
    """All characters up to the end of the Latin letters, those written with marks, and words made of them."""
    chance = random.Random(2020)
    spread = "".join(map("".join, LETTERS.values()))
    texts = [chr(code) for code in range(0x20, 0x250)] + [chr(code) for code in range(0x1E00, 0x2000)]
    texts += [unicodedata.normalize("NFD", letter + letter.upper()) for letter in spread]
    texts += ["".join(chance.choices(spread + spread.upper() + " -’'0Σσς", k=12)) for _ in range(1000)]
    known = unicodedata.unidata_version  # letters that one of the two does not know yet would differ
    assert in_a_browser(texts) == [fold(text) for text in texts], (known, sys.version)


def test_alphabetical_order_is_of_folded_text() -> None:
    names = ["Œuvre", "Zéro", "oenologie", "L’Haÿ", "Łódź", "Straße", "Strasbourg"]
    assert sorted(names, key=sort_key) == ["L’Haÿ", "Łódź", "oenologie", "Œuvre", "Strasbourg", "Straße", "Zéro"]
    assert [initial(name) for name in ("École", "Œuvre", "Łódź", "«à»", "3 rue")] == ["E", "O", "L", "A", "#"]
