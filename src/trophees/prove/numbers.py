"""Numbers and dates as French prints them: which of them a printed form can stand for."""

from __future__ import annotations

import re
from decimal import Decimal

from trophees.prove.words import words

_DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_SPOKEN = """
0 zéro, 1 un une premier première, 2 deux deuxième second seconde, 3 trois troisième, 4 quatre quatrième,
5 cinq cinquième, 6 six sixième, 7 sept septième, 8 huit huitième, 9 neuf neuvième, 10 dix dixième dizaine, 11 onze,
12 douze douzaine, 13 treize, 14 quatorze, 15 quinze quinzaine, 16 seize, 17 dixsept, 18 dixhuit, 19 dixneuf,
20 vingt vingtaine, 30 trente trentaine, 40 quarante quarantaine, 50 cinquante cinquantaine moitié,
60 soixante soixantaine, 100 cent cents centaine, 1000 mille millier
"""
_SMALL = {word: int(number) for number, *names in (part.split() for part in _SPOKEN.split(",")) for word in names}
_SCALES = {"mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
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
    said = words(text, fold=True)
    spoken = [_SMALL.get(word) for word in said]
    total = 0
    for number in spoken:
        if number is None:
            total = 0
            continue
        total = total * number if number in (100, 1000) and total else total + number
        found |= {Decimal(number), Decimal(total)}
    return found | {value + Decimal("0.5") for value in found} if {"demi", "demie"} & set(said) else found


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
