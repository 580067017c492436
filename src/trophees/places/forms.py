"""The ways in which a name may be kept: abbreviations written out, prepositions and articles put right."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.places.grammar import FORMS, GRAMMAR
from trophees.places.names import short, without_links
from trophees.places.reading import Reading

Words = tuple[str, ...]
ARTICLES = GRAMMAR.articles | frozenset(GRAMMAR.contractions) | GRAMMAR.prepositions
# the abbreviation s. stands for two words: no name has it more often than twice
_MOST_UNCLEAR = 2
_SPELLING = frozenset(GRAMMAR.spelling)
_UNCLEAR = frozenset(GRAMMAR.unclear)


def forms_of(words: Words, article: str = "", cut: bool = False) -> Iterator[Words]:
    """The ways in which the name may be kept: abbreviations written out, prepositions and articles put right."""
    for spelt in _spelt(words):
        if article:
            yield (article, *spelt)
        yield spelt
        if len(spelt) == 1:
            continue
        first, *rest = spelt
        if first in GRAMMAR.contractions:
            yield (GRAMMAR.contractions[first], *rest)
            yield tuple(rest)
        elif first in GRAMMAR.prepositions:
            yield tuple(rest)
        if spelt[-1] in GRAMMAR.articles and not cut:
            yield (spelt[-1], *spelt[:-1])


def _spelt(words: Words) -> list[Words]:
    plain = words
    if not _SPELLING.isdisjoint(words):
        plain = tuple(part for word in words for part in GRAMMAR.spelling.get(word, word).split())
    if _UNCLEAR.isdisjoint(plain) or not 0 < sum(word in GRAMMAR.unclear for word in plain) <= _MOST_UNCLEAR:
        return [plain]
    found: list[Words] = [()]
    for word in plain:
        found = [(*start, end) for start in found for end in GRAMMAR.unclear.get(word, [word])]
    return found


def may_be_known(read: Reading, forms: list[Words]) -> bool:
    """False if none of the forms is a name, however it is written: most cells that begin with « Ville de »."""
    if read.cut or read.words[0] in FORMS or not GRAMMAR.joined.isdisjoint(read.words):
        return True
    known = short()
    for form in forms:
        if "".join(form) in known:
            return True
        shorter = (form[1:], without_links(list(form))) if form[0] in ARTICLES else ()
        if any("".join(rest) in known for rest in shorter):
            return True
    return False
