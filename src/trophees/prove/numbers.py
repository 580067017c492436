"""Numbers and dates as French prints them: which of them a printed form can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_RANKS = ("1er", "1ere", "1ère", "2e", "2eme", "2ème", "2nd", "3e", "3eme", "3ème", "4e", "4eme", "4ème")
_MONTHS_OF = {"semestre": 6, "trimestre": 3}
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
    found |= {Decimal(_SMALL[a] * _SCALES[b]) for a, b in pairwise(said) if a in _SMALL and b in _SCALES}
    return found | {value + Decimal("0.5") for value in found} if {"demi", "demie"} & set(said) else found


def dated(edtf: str, text: str) -> bool:
    """Whether `text` prints the date `edtf` (EDTF, levels 0 and 1: year, month, day, season).

    A month or a season belongs to the next year that is named, a day to the next month. What a hyphen joins, such as
    two years, are two dates.
    """
    return any(_dated(edtf, words(form, fold=True)) for form in (text, text.replace("-", " ")))


def _dated(edtf: str, said: list[str]) -> bool:
    year, *parts = edtf.split("-")
    if not parts:
        return year in said
    if len(parts) == 1 and any(parts[0] in ends and _after(said, i) == year for i, ends in _shares(said)):
        return True
    name = _SEASONS.get(parts[0]) or MONTHS[int(parts[0]) - 1]
    for i, word in enumerate(said):
        if word == name and _after(said, i) == year:
            before = next((j + 1 for j in range(i - 1, -1, -1) if said[j] in MONTHS), 0)
            if len(parts) < 2 or {parts[1], str(int(parts[1])), "1er" * (parts[1] == "01")} & set(said[before:i]):
                return True
    return False


def _after(said: list[str], at: int) -> str:
    """The next year that is named."""
    return next(filter(_YEAR.fullmatch, said[at:]), "")


def _shares(said: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Where `said` names a half or a quarter of a year, and its first and last month."""
    for i, (rank, name) in enumerate(pairwise(said)):
        size, number = _MONTHS_OF.get(name, 0), _SMALL.get(rank, int(rank[0]) if rank in _RANKS else 0)
        if 0 < number * size <= 12:
            yield i, (f"{(number - 1) * size + 1:02}", f"{number * size:02}")


def ranks(number: int, text: str) -> bool:
    """Whether `text` prints that an edition is the one of `number`: « cinquième édition », « 5e édition »."""
    said = words(text, fold=True)
    names = {word for word, value in _SMALL.items() if value == number and word.endswith(_ORDINAL)}
    return any(b == "édition" and a in names | {f"{number}e", f"{number}ème"} for a, b in pairwise(said))
