"""What messages are made of: sentences in two languages, quotations that are short, and what an error says."""

from __future__ import annotations

import pytest

from trophees.base.errors import brief, harmless, sentence
from trophees.base.language import Both, did_you_mean


@pytest.mark.parametrize(("text", "longest", "expected"), [
    ("abcd", 4, "abcd"), ("abcde", 4, "abc…"), ("", 4, ""), ("a" * 80, 80, "a" * 80), ("a" * 81, 80, "a" * 79 + "…"),
])  # fmt: skip
def test_what_is_quoted_has_so_many_characters_at_most(text: str, longest: int, expected: str) -> None:
    assert brief(text, longest) == expected


def test_what_is_quoted_has_eighty_characters_unless_it_is_said() -> None:
    assert (len(brief("a" * 80)), len(brief("a" * 100))) == (80, 80)
    assert brief("a" * 80) == "a" * 80


def test_what_moves_the_cursor_is_a_space_but_those_of_french_stay() -> None:
    assert harmless("a\n\x1b[1mb\u202e\u00a0c\u202fd") == "a  [1mb \u00a0c\u202fd"


@pytest.mark.parametrize(("error", "said"), [
    (FileNotFoundError(2, "No such file or directory"), "cannot be read (No such file or directory)"),
    (OSError("cannot open (os error 13)"), "cannot be read (cannot open)"),
    (ValueError("on\n two  lines"), "on two lines"),
    (SyntaxError("bad name", ("file", 3, 1, "text")), "bad name"),
    (ValueError("a" * 160), "a" * 160),
    (ValueError("a" * 161), "a" * 159 + "…"),
])  # fmt: skip
def test_an_error_is_one_short_line(error: Exception, said: str) -> None:
    assert sentence(error) == said


def test_a_sentence_is_its_two_languages() -> None:
    one, other = Both("un", "one"), Both("un", "another")
    assert (one["fr"], one["en"], dict(one.items())) == ("un", "one", {"fr": "un", "en": "one"})
    assert one == Both("un", "one")
    assert one != other
    assert one != "un"
    assert len({one, other, Both("un", "one"), Both("une", "one")}) == 3
    assert sorted([one, other, Both("a", "z")]) == [Both("a", "z"), other, one]
    assert one + other == Both("unun", "oneanother")
    assert one.each(str.upper) == Both("UN", "ONE")
    assert repr(one) == "Both('un', 'one')"


def test_each_language_of_a_sentence_gives_it_another_hash() -> None:
    assert len({hash(Both(fr, en)) for fr in ("a", "b") for en in ("a", "b")}) == 4


def test_what_may_be_meant_is_asked_in_parentheses() -> None:
    assert did_you_mean("étoiles") == Both(" (vouliez-vous « étoiles » ?)", " (did you mean “étoiles”?)")
    assert did_you_mean(None) == did_you_mean("") == Both("", "")
