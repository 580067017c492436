"""Words that are one letter away from one of the grammar, and from no other: they are read as it, and it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trophees.ask.words.lexicon import Lexicon
from trophees.ask.words.tokens import Token


def respelt(lexicon: Lexicon, words: list[Token], strange: Iterable[Token]) -> dict[str, str]:
    """What each of the `strange` ones among the `words` is read as; nothing if one of them is read as nothing.

    A letter is missing, there once too often, or has changed places with the next: one that is another may make another
    word, and so may any in a name (Vitry, Viry), which is only suggested; what has a capital may be a name.
    """
    found: dict[str, str] = {}
    for word in strange:
        if word.text[0].isupper() and word is not words[0]:
            return {}
        near = [stem for stem in lexicon.spelt if stem[0] == word.stem[:1] and _one_letter(stem, word.stem)]
        if len(near) != 1:
            return {}
        found[word.text] = lexicon.spelt[near[0]] + ("s" if word.is_plural else "")
    return found


def replaced(text: str, words: dict[str, str]) -> str:
    """`text` with other `words`."""
    for word, other in words.items():
        text = re.sub(rf"\b{re.escape(word)}\b", other, text)
    return text


def _one_letter(one: str, other: str) -> bool:
    """Whether a letter is missing in one of both, or two have changed places."""
    if len(one) == len(other):
        differing = [place for place in range(len(one)) if one[place] != other[place]]
        if len(differing) != 2 or differing[1] - differing[0] != 1:
            return False
        first, last = differing
        return one[first] == other[last] and one[last] == other[first]
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
