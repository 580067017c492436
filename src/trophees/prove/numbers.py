"""Numbers and dates as French prints them: which of them a printed form can stand for."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

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
_YEAR = re.compile(r"\d{4}")
_ORDINAL = ("ième", "premier", "première", "second", "seconde")
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
    """Whether `text` prints the date `edtf` (EDTF, levels 0 and 1: year, month, day, season).

    A month or a season belongs to the next year that is named, a day to the next month.
    """
    year, *parts = edtf.split("-")
    said = words(text, fold=True)
    if not parts:
        return year in said
    name = _SEASONS.get(parts[0]) or MONTHS[int(parts[0]) - 1]
    for i, word in enumerate(said):
        if word == name and next(filter(_YEAR.fullmatch, said[i:]), "") == year:
            before = next((j + 1 for j in range(i - 1, -1, -1) if said[j] in MONTHS), 0)
            if len(parts) < 2 or {str(int(parts[1])), "1er" * (parts[1] == "01")} & set(said[before:i]):
                return True
    return False


def ranks(number: int, text: str) -> bool:
    """Whether `text` prints that an edition is the one of `number`: « cinquième édition », « 5e édition »."""
    said = words(text, fold=True)
    names = {word for word, value in _SMALL.items() if value == number and word.endswith(_ORDINAL)}
    return any(b == "édition" and a in names | {f"{number}e", f"{number}ème"} for a, b in pairwise(said))
