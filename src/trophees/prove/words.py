"""The words of a source, whatever made its text: the same for two extractions of one document.

Normalisation 1: Unicode NFC; marks of layout go (Markdown's, bullets, quotation marks, punctuation, spaces), and so do
hyphens inside of words, with the line end that may follow; what is left are runs of letters and digits, and the signs
% and €, each a word. Case counts, unless it is asked not to: a title in capitals is told in small letters elsewhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

NORMALISATION = 1
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*\n?\s*(?=\w)")
_WORD = re.compile(r"[^\W_]+|[%€]")


def words(text: str, *, fold: bool = False, hyphen: str = "") -> list[str]:
    """The words of `text`, in order; in small letters if `fold`. `hyphen` is what stands for one inside of a word."""
    plain = _HYPHEN.sub(hyphen, _LINK.sub(r"\1", unicodedata.normalize("NFC", text)))
    found = _WORD.findall(plain)
    return [word.casefold() for word in found] if fold else found


def digest(lines: Iterable[str]) -> tuple[str, int]:
    """The SHA-256, in hexadecimal, of the words of a whole text, a space between two; and how many they are."""
    found = words("\n".join(lines))
    return hashlib.sha256(" ".join(found).encode()).hexdigest(), len(found)


def stands(wanted: list[str], found: list[str]) -> int:
    """Where the run of words `wanted` begins in `found`; -1 if it does not stand there, or is empty."""
    size = len(wanted)
    if not size:
        return -1
    return next((i for i in range(len(found) - size + 1) if found[i : i + size] == wanted), -1)
