"""The playground reads questions in words as Python does: the same SPARQL, the same silence, the same suggestions."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from fuzz import FULL
from test_web import node
from test_words import ALL
from trophees.ask.words.answering import InWords, answering
from trophees.ask.words.portable import portable
from trophees.base.language import LANGUAGES, Language
from trophees.graph import published
from trophees.site import scripts
from trophees.site.l10n import messages
from trophees.site.pages.playground.names import prefixes
from trophees.site.pages.playground.page import questions

Questions = list[tuple[Language, str]]
MORE = "pas", "et", "not", "and", "ou", "zzyx", "É", "%", "_", "59", "œuvre", "ß", "İ", "\u0301", "l’", "par", "most"


def mutated(count: int) -> Questions:
    """Questions in which words are left out, doubled, swapped, mistyped, or come from other questions."""
    chance = random.Random(11)
    every = [word for one in ALL for word in one.question.split()]
    found: Questions = []
    for _ in range(count):
        one = chance.choice(ALL)
        words = one.question.split()
        for _ in range(chance.choice([1, 1, 2])):
            place = chance.randrange(len(words))
            word = words[place]
            letter = chance.randrange(len(word))
            words[place : place + 1] = chance.choice([
                [],
                [word, word],
                [word, chance.choice(every)],
                [chance.choice(every)],
                [chance.choice(MORE), word],
                [word[:letter] + word[letter + 1 :] or "?"],
                [word[:letter] + chance.choice("aeszx") + word[letter:]],
                [word.upper()],
            ]) or ["?"]  # fmt: skip
        found.append((chance.choice(LANGUAGES), " ".join(words)))
    return found


def plain(told: Iterable[str]) -> list[str]:
    """Sentences without the spaces of print."""
    return [text.replace("\u202f", " ").replace("\u00a0", " ") for text in told]


def python(found: InWords) -> list[object]:
    return [found.sparql, *plain([found.understood, found.note, found.why]), plain(found.nearest)]


def page(found: dict[str, Any]) -> list[object]:
    near = [f"trophees query {one['name']}" if "name" in one else one["text"] for one in found["nearest"]]
    told = plain([found.get("understood", ""), found.get("note", ""), found.get("why", "")])
    return [found.get("sparql", ""), *told, plain(near)]


def said_by_the_page(asked: Questions, folder: Path) -> list[dict[str, Any]]:
    """What the worker of the playground says of each question."""
    words = answering()
    data = folder / "words.json"
    data.write_text(json.dumps(portable(words.lexicon, words.context)), "utf-8")
    given = {
        "worker": str(scripts.BUNDLE / "worker.js"),
        "wasm": str(scripts.BUNDLE / scripts.ENGINE),
        "graph": str(published.path(published.GRAPH)),
        "data": str(data),
        "prefixes": prefixes(words.context),
        "cookbook": {lang: questions(lang, words.context) for lang in LANGUAGES},
        "asked": asked,
    }
    return list(node(str(Path(__file__).with_name("words.mjs")), given))


@pytest.mark.sample
@pytest.mark.parametrize("count", [40, pytest.param(6000 if FULL else 1500, marks=pytest.mark.slow)])
def test_a_question_comes_to_the_same_in_the_page(count: int, tmp_path: Path) -> None:
    asked = [(lang, one.question) for one in ALL for lang in LANGUAGES]
    asked += [*mutated(count), ("fr", ""), ("en", "?!"), ("fr", "lauréats " * 100), ("fr", "communes de " * 24)]
    expected = [answering().answer(question, lang) for lang, question in asked]
    assert sum(found.answered for found in expected) > 300
    assert sum(bool(found.nearest) for found in expected) > count // 4
    for one, ours, theirs in zip(asked, expected, said_by_the_page(asked, tmp_path), strict=True):
        assert page(theirs) == python(ours), one


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_that_the_page_gives_is_answered(lang: Language) -> None:
    assert answering().answer(messages()[lang]["play.words_example"], lang).answered
