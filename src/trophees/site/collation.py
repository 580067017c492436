"""The order that people expect: accents, case and ligatures do not count, `É` stands under E, 2 before 10."""

from __future__ import annotations

import re

from trophees.base.folding import fold

_DIGITS = re.compile(r"(\d+)")
_SIGNS = re.compile(r"[^0-9a-z]+")
OTHER = "#"  # the initial of what begins with no letter


def sort_key(text: str) -> str:
    """`text` folded, signs as spaces: « Châtillon-sur-Seine » is “chatillon sur seine”."""
    return _SIGNS.sub(" ", fold(text)).strip()


def initial(text: str) -> str:
    """The letter A to Z under which `text` stands, or OTHER."""
    first = sort_key(text)[:1].upper()
    return first if first.isalpha() else OTHER


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts `indicator-2` before `indicator-10`."""
    return tuple((0, int(s), s) if s.isdecimal() else (1, 0, s) for s in _DIGITS.split(text))
