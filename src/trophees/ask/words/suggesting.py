"""Questions that can be asked instead of one that cannot: with the nearest names, of the same things, or by name."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from trophees.ask import cookbook
from trophees.ask.words.frames import Condition, Frame, unknown
from trophees.ask.words.lexicon import Sign
from trophees.ask.words.said import said
from trophees.ask.words.spelling import replaced
from trophees.ask.words.tokens import stem, tokens
from trophees.base.language import Language

if TYPE_CHECKING:
    from trophees.ask.words.answering import Answering

OFFERED = 4
NAMED = 2  # of them, of what the question names
ASKED_OF = ("region", "departement", "commune", "tool", "theme", "audience", "kind", "stars")
CASES_OF = "standing"
COMMON = frozenset(
    {
        "laureat",
        "laureate",
        "which",
        "what",
        "quel",
        "quelle",
        "combien",
        "many",
        "rapport",
        "report",
        "dans",
        "pour",
        "avec",
        "with",
    }
)


def suggestions(answering: Answering, question: str, language: Language) -> list[str]:
    """At most four: each can be asked as it is, or is a command."""
    found = [
        *_corrected(answering, question),
        *_of_things(answering, question, language),
        *_by_name(question, language),
    ]
    return list(dict.fromkeys(found))[:OFFERED]


def _corrected(answering: Answering, question: str) -> list[str]:
    """The question with each unknown word replaced by the nearest that is known, if it can be read then."""
    known = {word for words in answering.lexicon.entries for word in words if len(word) > 2}
    text = question
    for word in unknown(answering.lexicon, tokens(question)):
        like = sorted(k for k in known if k[0] == word.stem[:1] and abs(len(k) - len(word.stem)) < 3)
        near = get_close_matches(word.stem, like, 1, 0.75)
        if not near:
            return []
        text = replaced(text, {word.text: near[0]})
    return [text] if text != question and len(answering.frames(text)) == 1 else []


def _of_things(answering: Answering, question: str, language: Language) -> list[str]:
    """Which laureates there are of each thing that the question names, as it was read, or may be; not the question
    itself. Of what cases are told as, which cases."""
    words = [word.stem for word in tokens(question)]
    named: list[list[Sign]] = []  # what each place may name
    place = 0
    while place < len(words):
        length, found = next(answering.lexicon.at(words, place), (1, []))
        named.append([sign for sign in found if sign.kind in (*ASKED_OF, CASES_OF)])
        place += length
    signs = [sign for each in zip_longest(*named) for sign in each if sign]  # of every place before a second of one
    hows = {"tool": "used", "stars": "="}
    read = answering.frames(question)
    conditions = [condition for frame in read for condition in frame.conditions]
    conditions += [Condition(sign, hows.get(sign.kind, "")) for sign in signs]
    asked = (
        Frame("list", "case" if condition.sign.kind == CASES_OF else "laureate", (condition,))
        for condition in dict.fromkeys(conditions)
    )
    return [said(frame, language) for frame in asked if frame not in read][:NAMED]


def _by_name(question: str, language: Language) -> list[str]:
    """The queries of the cookbook whose question has most words of this one."""
    wanted = _words(question)
    ranked = []
    for query in cookbook.queries().values():
        told = _words(query.asked(language))
        if shared := wanted & told:
            ranked.append((-len(shared), len(told), query.name))
    return [f"trophees query {name}" for _, _, name in sorted(ranked)[:2]]


@cache
def _words(text: str) -> frozenset[str]:
    """What a question is about, as far as single words tell."""
    return frozenset(stem(word) for word in re.findall(r"\w{4,}", text)) - COMMON
