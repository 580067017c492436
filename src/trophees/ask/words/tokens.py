"""A question as the words that a lexicon is asked for: case, accents and the ends of plurals do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trophees.base.folding import fold

_PART = re.compile(r"\w+|[^\w\s]")
MARKS = frozenset("?!.,;:'\"“”«»()-–—…/’")  # between words; any other sign is a word, which no lexicon has
_WHERE, _OR, _AT = "où", "ou", "à"  # the accent tells these from other words


@dataclass(frozen=True)
class Token:
    """A word as it is written, and as it is looked for."""

    text: str
    stem: str

    @property
    def is_plural(self) -> bool:
        """Whether it looks like a plural, in French or in English."""
        return self.text.lower().endswith(("s", "x")) and len(self.text) > 3


def tokens(text: str) -> list[Token]:
    """The words of `text`, in their order."""
    found: list[Token] = []
    for part in _PART.findall(text.replace("_", " _ ")):
        if part not in MARKS:
            found.append(Token(part, stem(part, first=not found)))
    return found


def stem(word: str, first: bool = False) -> str:
    """What `word` is looked for as; a question that begins with “ou” asks where."""
    lower = word.lower()
    if lower in (_WHERE, _AT):
        return lower
    if first and lower == _OR:
        return _WHERE
    folded = fold(word)
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    return folded[:-1] if len(folded) > 3 and folded[-1] in "sx" and not folded.isdigit() else folded


def phrase(text: str) -> tuple[str, ...]:
    """The words of a name or an expression, as they are looked for."""
    return tuple(stem(part) for part in _PART.findall(text.replace("_", " _ ")) if part not in MARKS)
