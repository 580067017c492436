"""Alphabetical order for people: accents, case and ligatures do not count, `É` stands under E."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})
_SIGNS = re.compile(r"[^0-9a-z]+")
OTHER = "#"  # the initial of what begins with no letter


def fold(text: str) -> str:
    """`text` in lower case, without accents, signs as spaces: « Châtillon-sur-Seine » is “chatillon sur seine”."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return _SIGNS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)).lower()).strip()


def initial(text: str) -> str:
    """The letter A to Z under which `text` stands, or OTHER."""
    first = fold(text)[:1].upper()
    return first if first.isalpha() else OTHER


def by_name(names: Iterable[str]) -> list[str]:
    """`names` in alphabetical order; those that fold alike in the order of their characters."""
    return sorted(names, key=lambda name: (fold(name), name))
