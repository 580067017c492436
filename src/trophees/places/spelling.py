"""Names as keys: case, accents, hyphens and apostrophes do not count, nor do the usual abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from trophees.base.folding import fold
from trophees.places.grammar import GRAMMAR


class _Letters(dict[int, str]):
    """What a character is in a key: a letter or digit folded, nothing if it joins or cannot be seen, else a space."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        if unicodedata.category(sign) in ("Cf", "Mn", "Me"):
            found = ""
        elif sign in "%‰" or unicodedata.category(sign) == "Sc":
            found = f" {sign} "  # a word of its own: « 75 % » is no département
        else:
            # a modifier letter that nothing stands for is one more kind of apostrophe
            found = "".join(c if c.isalnum() and unicodedata.category(c) != "Lm" else " " for c in fold(sign))
        self[point] = found
        return found


_LETTERS = _Letters()
_SPELLING = GRAMMAR.spelling
# of a cell of a table no more is read: the longest name of a territory has 100 characters
LONGEST = 400
_INITIALS = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?![^\W_]))")
# a dash between spaces, or a longer one, parts what a hyphen joins
_DASH = re.compile(r"\s[-\u2010\u2011\u2012\u2013\u2014\u2212]+\s|\s*[\u2014]\s*")
# « 13° », « XI° »: what people type for the small letters of an ordinal
_DEGREE = re.compile(r"(?<![^\W_])([0-9]{1,2}|[ivxIVX]{1,5})\s?[\u00b0\u00ba\u02da]")
_UNDER = re.compile(r"(?<![^\W_])s\s*/\s*s(?![^\W_])", re.IGNORECASE)  # « Rosny s/s Bois »
# a code in groups of digits: « 94 230 », « 200 059 228 »
_GROUPS = re.compile(r"(?<![^\W_])(?<![0-9]\s)(?:[0-9]{3}\s)?[0-9]{2,3}\s[0-9]{3}(?![^\W_]|\s[0-9])")
_DIGIT = re.compile("[0-9]")
_GROUPED = (5, 9)  # digits
_MARK = re.compile(r"([(),;:/|&+\n])")
_BRACKETS = str.maketrans("[]{}<>", "()()()")


@lru_cache(maxsize=1_000)
def folded(text: str) -> str:
    """`text` in small letters and digits, its words joined by one space: « L’HAŸ-les-Roses » is “l hay les roses”."""
    return " ".join(text.translate(_LETTERS).split())


def words(text: str) -> list[str]:
    """The words of a name, as they are spelt in keys: « St-Rémy-lez-Chevreuse » is saint, remy, les, chevreuse."""
    found = text.translate(_LETTERS).split()
    return [_SPELLING.get(word, word) for word in found]


def key(text: str) -> str:
    """The key under which a name is kept."""
    return " ".join(words(text))


def _grouped(found: re.Match[str]) -> str:
    whole = "".join(found[0].split())
    return whole if len(whole) in _GROUPED else found[0]


def parted(text: str) -> list[list[str]]:
    """The words of what stands between marks, and each mark alone: « Cachan (94) » is cachan; (; 94; )."""
    plain = text.translate(_BRACKETS)
    if "." in plain:
        plain = _INITIALS.sub(r"\1", plain)
    if _DIGIT.search(plain):
        plain = _GROUPS.sub(_grouped, plain)
    if not plain.isascii():
        plain = _DEGREE.sub(r"\1e ", plain)
    if "/" in plain:
        plain = _UNDER.sub("sous", plain)
    found: list[list[str]] = []
    if "-" in plain or not plain.isascii():
        plain = _DASH.sub(" ; ", plain)
    for piece in _MARK.split(plain):
        if _MARK.fullmatch(piece):
            found.append([piece])
        elif spelt := piece.translate(_LETTERS).split():
            found.append(spelt)
    return found
