"""Sentences in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import trophees
from trophees.base.language import Both

SOURCE = Path(trophees.__file__).parent


def test_a_sentence_is_read_in_each_language() -> None:
    said = Both("un lauréat", "a laureate")
    assert (said["fr"], said["en"]) == ("un lauréat", "a laureate")
    assert dict(said.items()) == {"fr": "un lauréat", "en": "a laureate"}
    assert [language for language, _ in said.items()] == ["fr", "en"]


def test_parts_of_a_sentence_are_joined_in_each_language() -> None:
    assert Both("un", "one") + Both(" lauréat", " laureate") == Both("un lauréat", "one laureate")


def test_no_sentence_is_said_in_another_way() -> None:
    """By a dictionary of languages, by twin fields, or by a text chosen where French is tested for."""
    other = re.compile(
        r"""["']fr["']: f?["'{]"""
        r"""|^    (\w+): str\n    \1_en: str$"""
        r"""|f?"[^"\n]*[^\W\d_]{3}[^"\n]*" if (?:french|\w+ == "fr") else f?"[^"\n]*[^\W\d_]{3}""",
        re.MULTILINE,
    )
    for path in sorted(SOURCE.rglob("*.py")):
        assert not (found := other.search(path.read_text("utf-8"))), f"{path}: {found and found[0]}"
