"""The words of a cell between its marks: commas, brackets, dashes."""

from __future__ import annotations

from trophees.places.grammar import GRAMMAR
from trophees.places.spelling import parted

LINKS = GRAMMAR.prepositions | frozenset(GRAMMAR.contractions)
_LONGEST_ACRONYM = 10


def segments(text: str) -> tuple[list[tuple[str, ...]], tuple[str, ...] | None]:
    """What stands between marks; and the words with « sur » for the one slash that there is: « Ivry/Seine »."""
    found: list[list[str]] = [[]]
    slashes = []
    inside = set()
    for piece in parted(text):
        if piece == ["/"]:
            if found[-1] and found[-1][-1] in ("s", "ss"):
                continue
            slashes.append(len(found))
            found.append([])
        elif piece in (["&"], ["+"]):
            found[-1].append("et")
        elif len(piece) == 1 and not piece[0].isalnum():
            if piece == ["("]:
                inside.add(len(found))
            found.append([])
        else:
            found[-1] += piece
    filled = [_around(words) if at in inside else tuple(words) for at, words in enumerate(found)]
    filled = [words for words in filled if words and words != ("et",)]
    if len(slashes) == 1 and len(found) == 2 and len(filled) == 2:
        return filled, (*filled[0], "sur", *filled[1])
    return filled, None


def _around(words: list[str]) -> tuple[str, ...]:
    """What stands in brackets, without the word that says what it is: « (département de la Marne) » is marne."""
    rest = words[1:] if len(words) > 1 and words[0] in GRAMMAR.around else words
    at = 0
    while rest is not words and at < len(rest) - 1 and (rest[at] in LINKS or rest[at] in GRAMMAR.articles):
        at += 1
    return tuple(words) if rest is words or any(word[0].isdigit() for word in rest[at:]) else tuple(rest[at:])


def abbreviates(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """True if `name` is one word, made of the beginnings of several `words`: « CINOR », « MEL »."""
    if len(name) != 1 or not 2 <= len(name[0]) <= _LONGEST_ACRONYM or len(words) < 3 or not name[0].isalpha():
        return False
    # how much of it is made with the words so far, and of how many of them
    reached = {(0, 0)}
    for word in words:
        more = set()
        for done, used in reached:
            length = 1
            while name[0][done : done + length] == word[:length] and done + length <= len(name[0]):
                more.add((done + length, min(used + 1, 2)))
                length += 1
                if length > len(word):
                    break
        reached |= more
    return (len(name[0]), 2) in reached and name[0][0] == words[0][0]
