"""The words by which French, and English, texts say which kind of territory is meant: `grammar.json`, opened once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

Phrase = tuple[str, ...]
FORMS = frozenset({"cc", "ca", "cu"})
FILE = Path(__file__).parent / "grammar.json"


@dataclass(frozen=True, slots=True)
class Grammar:
    """What `grammar.json` says; every word in it is folded."""

    spelling: dict[str, str]
    """How words are spelt in keys."""
    unclear: dict[str, list[str]]
    """What an abbreviation may stand for."""
    articles: frozenset[str]
    contractions: dict[str, str]
    """Prepositions that hold an article, by the article."""
    prepositions: frozenset[str]
    links: frozenset[str]
    """Words that names of EPCI are written with or without."""
    joined: frozenset[str]
    """The words of EPCI that stand anywhere in their names: métropole, agglomération."""
    heads: dict[Phrase, str]
    """What stands before a name, or after it in brackets, by the sort of territory that it announces."""
    kinds: dict[Phrase, str]
    """What a column of kinds holds, by the sort of territory."""
    sorts: dict[str, dict[str, list[str]]]
    """The kinds of territory, and the types of EPCI, of each sort."""
    usual: dict[Phrase, tuple[tuple[str, str], ...]]
    """Names in use that are no official name: the kind and the code of each that bears it."""
    since: dict[Phrase, date]
    """The day from which a name in use is one."""
    numbered: dict[str, str]
    """The SIREN of each EPT by its number, which the decrees of 11 December 2015 give."""
    halls: tuple[Phrase, ...]
    """Buildings, which bear names of their own: « Hôtel de Région … » behind the name of the région."""
    ordinals: dict[str, int]
    districts: frozenset[str]
    """Words for a municipal arrondissement."""
    counties: frozenset[str]
    """Words before the code of a département."""
    around: frozenset[str]
    """Words that say, in brackets, what it is in: « (région Bretagne) »."""
    signs: frozenset[str]
    """What stands before a number: « département n° 94 »."""
    fronts: frozenset[str]
    """Words with which names begin that lists put behind: « Savoie (Haute-) »."""
    labels: frozenset[Phrase]
    """What announces INSEE's code."""
    ordinary: frozenset[str]
    """Words and acronyms that, alone, are no misspelt name: « gare » is not the Gard."""
    nothing: frozenset[Phrase]
    """What people write in a cell that they leave empty."""


def _phrase(text: str) -> Phrase:
    return tuple(text.split())


def _usual(said: dict[str, dict[str, list[str]]]) -> dict[Phrase, tuple[tuple[str, str], ...]]:
    found: dict[Phrase, tuple[tuple[str, str], ...]] = {}
    for kind, codes in said.items():
        for several, texts in codes.items():
            for text in texts:
                bearing = found.get(_phrase(text), ())
                found[_phrase(text)] = (*bearing, *((kind, code) for code in several.split()))
    return found


def _opened() -> Grammar:
    said = json.loads(FILE.read_text("utf-8"))
    heads = {_phrase(text): sort for sort, texts in said["heads"].items() for text in texts}
    kinds = {_phrase(text): sort for sort, texts in said["kinds"].items() for text in texts}
    return Grammar(
        spelling=said["spelling"],
        unclear=said["unclear"],
        articles=frozenset(said["articles"]),
        contractions=said["contractions"],
        prepositions=frozenset(said["prepositions"]),
        links=frozenset(said["links"]),
        joined=frozenset(said["joined"]),
        heads=heads,
        kinds={**heads, **kinds},
        sorts=said["sorts"],
        usual=_usual(said["usual"]),
        since={_phrase(text): date.fromisoformat(day) for text, day in said["since"].items()},
        numbered=said["numbered"],
        halls=tuple(_phrase(text) for text in said["halls"]),
        ordinals={text: number for number, texts in enumerate(said["ordinals"], 1) for text in texts},
        districts=frozenset(said["districts"]),
        counties=frozenset(said["counties"]),
        around=frozenset(said["around"]),
        signs=frozenset(said["signs"]),
        fronts=frozenset(said["fronts"]),
        labels=frozenset(_phrase(text) for text in said["labels"]),
        ordinary=frozenset(said["ordinary"]),
        nothing=frozenset(_phrase(text) for text in said["nothing"]),
    )


GRAMMAR = _opened()


@cache
def both_of(sort: str, other: str) -> str:
    """What two words of kind say together: « CC Communauté … » is a CC; "" if they contradict: « CC Agglo … »."""
    said, more = (GRAMMAR.sorts.get(one, {}) for one in (sort, other))
    kinds, others = set(said.get("kinds", ())), set(more.get("kinds", ()))
    forms, among = set(said.get("types", ())), set(more.get("types", ()))
    if kinds and others and not kinds & others:
        return ""
    if forms and among:
        return other if among <= forms else sort if forms < among else ""
    return sort if forms or (kinds and kinds < others) else other
