"""What a text may hold: nothing that its reader would not see, or would see in another way."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trophees.source.text import FORBIDDEN, LONGEST, flaw, flaw_of_value, loose

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]


def test_every_character_that_shows_nothing_is_refused() -> None:
    unseen = [c for c in EVERY if unicodedata.category(c) in ("Cf", "Cs", "Co", "Zl", "Zp")]
    controls = [c for c in EVERY if unicodedata.category(c) == "Cc" and c not in "\t\n\r"]
    none = [c for c in EVERY if ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF]
    assert len(none) == 66
    assert [f"U+{ord(c):04X}" for c in unseen + controls + none if not FORBIDDEN.search(f"a{c}b")] == []


def test_no_character_that_shows_something_is_refused() -> None:
    seen = [c for c in EVERY if unicodedata.category(c)[0] in "LNPS" or c in " \u00a0\u202f\u2009\t\n\r"]
    refused = {f"{ord(c):04X}" for c in seen if FORBIDDEN.search(f"a{c}b")}
    # letters that are blank: the fillers of Hangul, and the pattern of Braille without dots
    assert refused == {"115F", "1160", "2800", "3164", "FFA0", "FFFC", "FFFD"}


@pytest.mark.parametrize(
    "text", ["می‌خواهم", "क्‍ष", "Việt Ngữ", "Ça, l'œuvre…", "Ἀθῆναι", "שָׁלוֹם", "한국어", "日本語", "😀"]
)
def test_a_text_of_any_script_is_a_text(text: str) -> None:
    assert flaw_of_value(unicodedata.normalize("NFC", text)) is None


def test_a_decomposed_character_is_told_with_its_codes_and_the_composed_one() -> None:
    found = flaw("Zoe\u0301 et Noe\u0308l")
    assert found is not None
    assert (found.position, found.rule) == (2, "decomposed")
    assert "(U+0065 U+0301)" in found.message.fr
    assert "« é » (U+00E9)" in found.message.fr
    assert "“é” (U+00E9)" in found.message.en


@given(st.text())
def test_what_has_no_flaw_is_composed_and_a_flaw_lies_within_the_text(text: str) -> None:
    found = flaw(text)
    if found is None:
        assert unicodedata.is_normalized("NFC", text)
    else:
        assert 0 <= found.position < len(text)


def test_a_value_is_as_long_as_people_read() -> None:
    assert flaw_of_value("x" * LONGEST) is None
    found = flaw_of_value("x" * (LONGEST + 1))
    assert found is not None
    assert found.rule == "length"


@pytest.mark.parametrize("text", [" a", "a ", "\u00a0a", "a\u202f", "a  b", "a \u00a0b", "a\u2003\u2003b"])
def test_a_space_that_nobody_sees_is_refused(text: str) -> None:
    found = loose(text)
    assert found is not None
    assert found.rule == "space"


@pytest.mark.parametrize("text", ["a b", "«\u00a0a\u00a0»", "a\u202f!", "a"])
def test_a_space_between_words_is_none_too_many(text: str) -> None:
    assert loose(text) is None


def test_every_space_is_known() -> None:
    spaces = [c for c in EVERY if unicodedata.category(c) == "Zs"]
    assert [c for c in spaces if not loose(f"a{c}") or not loose(f"a{c} b")] == []
