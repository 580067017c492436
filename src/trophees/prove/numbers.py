"""Numbers and dates as French prints them: which of them a printed form can stand for."""

from __future__ import annotations

import re
from decimal import Decimal

from trophees.prove.words import words

_DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
).split()
_SMALL = {word.replace("-", ""): number for number, word in enumerate(_UNITS)} | {
    "une": 1, "premier": 1, "première": 1, "deuxième": 2, "second": 2, "seconde": 2, "troisième": 3, "quatrième": 4,
    "cinquième": 5, "sixième": 6, "septième": 7, "huitième": 8, "neuvième": 9, "dixième": 10,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "cent": 100, "cents": 100, "mille": 1000, "millier": 1000,
    "moitié": 50,
}  # fmt: skip
_SCALES = {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
_SEASONS = {"21": "printemps", "22": "été", "23": "automne", "24": "hiver"}


def numbers(text: str) -> set[Decimal]:
    """Every number that `text` prints, in digits or in words."""
    found = set()
    for match in _DIGITS.finditer(text):
        value = Decimal(re.sub(r"[ \u00a0\u202f.]", "", match[0]).replace(",", "."))
        found.add(value)
        after = words(text[match.end() :], fold=True)[:1]
        if after and (scale := _SCALES.get(after[0])):
            found.add(value * scale)
        found |= {Decimal(part) for part in re.findall(r"\d+", match[0])}
    spoken = [_SMALL.get(word) for word in words(text, fold=True)]
    total = 0
    for value in [*spoken, None]:
        if value is None:
            total = 0
            continue
        found.add(Decimal(value))
        total = total * value if value in (100, 1000) and total else total + value
        found.add(Decimal(total))
    return found


def dated(edtf: str, text: str) -> bool:
    """Whether `text` prints the date `edtf` (EDTF, levels 0 and 1: year, month, day, season), part by part."""
    year, *parts = edtf.split("-")
    said = words(text, fold=True)
    if year not in said:
        return False
    if parts and parts[0] in _SEASONS:
        return _SEASONS[parts[0]] in said
    if parts and MONTHS[int(parts[0]) - 1] not in said:
        return False
    return len(parts) < 2 or parts[1].lstrip("0") in said or (parts[1] == "01" and "1er" in said)
