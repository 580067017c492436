"""Codes, postal codes and ordinals among the words of a cell."""

from __future__ import annotations

import re

from trophees.places.grammar import GRAMMAR

# a zero too much is what some files write before the code of a département: « 094 », « 02B »
DEPARTEMENT = re.compile(r"0{0,2}[1-9]|0?(?:[1-8][0-9]|9[0-5]|2[ab])|9[78]|97[1-8]|98[4-9]")
_NUMBER = re.compile(r"(?:fr?)?([0-9]{5}|2[ab][0-9]{3})|([1-9][0-9]{3})")
_BETWEEN = frozenset({"et", "ou"})
_COUNTRY = frozenset({"f", "fr"})
LARGE = frozenset({"paris", "lyon", "marseille"})
_CITY = re.compile("|".join(sorted(LARGE)))
_ENDINGS = frozenset({"e", "er", "eme", "ere", "me", "o"})
_ORDINAL = re.compile(r"0*(20|1[0-9]|[1-9])(?:ier|er|ere|i?e?me|e|o|nd|nde)?")
_GLUED = re.compile(r"^(paris|lyon|marseille)([0-9]{1,2}[a-z]*)$")  # « Paris10e »


def code(word: str) -> str:
    """The INSEE or postal code that a word is, but for its lost zero: « F35000 » is 35000, « 1000 » itself; or ""."""
    found = None if word.isalpha() else _NUMBER.fullmatch(word)
    return (found[1] or found[2]) if found else ""


def without_codes(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words without the codes at their ends; and these, if there are other words."""
    found: tuple[str, ...] = ()
    if len(words) > 2 and words[0] in _COUNTRY and code(words[1]):
        words = words[1:]
    if len(words) > 1 and (first := code(words[0])):
        words, found = words[1:], (first,)
    elif len(words) > 1 and len(words[0]) > 1 and DEPARTEMENT.fullmatch(words[0]):
        ordinal = words[1] in GRAMMAR.districts or words[1] in _ENDINGS
        words, found = (words, ()) if ordinal else (words[1:], (words[0],))
    if len(words) > 1 and (last := code(words[-1])):
        return words[:-1], (*found, last)
    if len(words) > 2 and words[-2] in GRAMMAR.counties and DEPARTEMENT.fullmatch(words[-1]):  # « Cachan dpt 94 »
        return words[:-2], (*found, words[-1])
    if len(words) > 1 and words[0] not in LARGE and len(words[-1]) > 1 and DEPARTEMENT.fullmatch(words[-1]):
        return words[:-1], (*found, words[-1])
    numbered = words[-1] in ("75", "69") or (words[-1] == "13" and len(words) > 2)
    if len(words) > 1 and words[0] in LARGE and numbered:
        return words[:-1], (*found, words[-1])
    return words, found


def without_cedex(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without CEDEX and its number."""
    if "cedex" in words:
        at = words.index("cedex")
        rest = words[at + 1 :]
        words = words[:at] + (rest[1:] if rest and rest[0].isdigit() and len(rest[0]) < 3 else rest)
    return words


def codes_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that the words are, if they are nothing else: « 91 & 77 », « CP 94230 »."""
    if words and words[-1].isalpha() and words[-1] not in _BETWEEN:
        return ()
    kept = words[1:] if len(words) > 1 and (words[0] == "cp" or words[0] in _COUNTRY) else words
    found = tuple(code(word) or word for word in kept if word not in _BETWEEN)
    good = all(code(word) or DEPARTEMENT.fullmatch(word) or (len(word) == 9 and word.isdigit()) for word in found)
    return found if good else ()


def labelled(words: tuple[str, ...]) -> tuple[str, ...]:
    """The codes behind words that say what they are: « dép. 94 », « code INSEE 94016 »; "=" goes before INSEE's own."""
    if len(words) > 1 and words[0] in GRAMMAR.counties:
        return words[1:] if len(words) == 2 and DEPARTEMENT.fullmatch(words[1]) else ()
    number = code(words[-1])
    return (f"={number}",) if len(number) == 5 and words[:-1] in GRAMMAR.labels else ()


def has_large(words: tuple[str, ...]) -> bool:
    """True if in one of the words is the name of a city that has arrondissements."""
    return bool(_CITY.search(" ".join(words)))


def unglued(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, a city and the number of its arrondissement in two: « Paris10e »."""
    return tuple(part for word in words for part in _GLUED.sub(r"\1 \2", word).split())


def ordinal_of(words: tuple[str, ...]) -> int:
    """The number that the words are, from 1 to 20, with or without the word arrondissement; else 0."""
    kept = tuple(word for word in words if word not in GRAMMAR.districts)
    if len(kept) == 2 and kept[1] in _ENDINGS:
        kept = kept[:1]
    if len(kept) != 1:
        return 0
    if found := _ORDINAL.fullmatch(kept[0]):
        return int(found[1])
    return GRAMMAR.ordinals.get(kept[0], 0)
