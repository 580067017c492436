"""Sentences in both languages."""

from __future__ import annotations

from trophees.base.language import Both


def test_a_sentence_is_read_in_each_language() -> None:
    said = Both("un lauréat", "a laureate")
    assert (said["fr"], said["en"]) == ("un lauréat", "a laureate")
    assert dict(said.items()) == {"fr": "un lauréat", "en": "a laureate"}
    assert [language for language, _ in said.items()] == ["fr", "en"]


def test_parts_of_a_sentence_are_joined_in_each_language() -> None:
    assert Both("un", "one") + Both(" lauréat", " laureate") == Both("un lauréat", "one laureate")
