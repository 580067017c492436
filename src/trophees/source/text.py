"""What a text may hold: characters that can be seen, in their composed form, on one line, and not too many."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from trophees.base.language import Both
from trophees.source.sentences import rule_of, said

LONGEST = 5000  # characters of a value; the longest of the first 170 records has 879
MARKS = 3  # signs on one letter: more are no writing
# controls but line ends and the tab, line ends for YAML 1.1 only, halves of pairs, no characters (Unicode, 23.7)
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_NONE = r"\ufdd0-\ufdef\ufff0-\uffff" + "".join(
    chr(p + 0xFFFE) + chr(p + 0xFFFF) for p in range(0x10000, 0x110000, 0x10000)
)
# what shows nothing or turns the direction of the text: category Cf, and the other Default_Ignorable_Code_Point
_UNSEEN = (
    r"\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000110bd\U000110cd\U00013430-\U0001343f"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SPACES = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # category Zs
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # a glyph of one font, as PDF files have them
# the joiners belong between letters of scripts that join or stack: Arabic to Arabic Extended-A, Indic, Khmer, Mongolian
_JOINING = r"[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af]"
FORBIDDEN = re.compile(
    f"[{_CONTROLS}{_NONE}{_UNSEEN}{_PRIVATE}]|(?<!{_JOINING})[\u200c\u200d]|[\u200c\u200d](?!{_JOINING})"
)
# what looks like other letters: Greek or Cyrillic beside Latin in a word, and forms of print, as PDF files have them
_LATIN, _ALIKE = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f", "\u0370-\u03ff\u0400-\u052f"
_PRESENTED = "\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
LOOKALIKE = re.compile(f"(?<=[{_LATIN}])[{_ALIKE}]|[{_ALIKE}](?=[{_LATIN}])|[{_PRESENTED}]")
# what French and English are printed with: none of it is looked at any further
_USUAL = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u2022\u2026\u202f\u20ac]*")
LOOSE = re.compile(f"^[{_SPACES}]+|[{_SPACES}]+$|[{_SPACES}]{{2,}}")
_BEYOND_LATIN = re.compile(f"[^\x00-\u02ff]{{{MARKS + 1},}}")


class Flaw(NamedTuple):
    """What is wrong at `position` of a text: the name of the rule, and the sentence."""

    position: int
    rule: str
    message: Both


def flaw_at(position: int, name: str, /, **told: Both | str | int) -> Flaw:
    """The flaw of which the sentence `name` is said."""
    return Flaw(position, rule_of(name), said(name, **told))


def flaw(text: str) -> Flaw | None:
    """The first thing in `text` that its reader would not see, or not as it is written; None if there is none."""
    if _USUAL.fullmatch(text):
        return None
    if found := FORBIDDEN.search(text):
        return _forbidden(found.start(), found[0])
    if not unicodedata.is_normalized("NFC", text):
        return _decomposed(text)
    if found := LOOKALIKE.search(text):
        return _alike(found.start(), found[0])
    for run in _BEYOND_LATIN.finditer(text):
        marks = 0
        for position, character in enumerate(run[0], run.start()):
            marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
            if marks > MARKS:
                return flaw_at(position, "marks", most=MARKS)
    return None


def flaw_of_value(text: str) -> Flaw | None:
    """The same for a value, which stands on one line and has a length that people read."""
    if len(text) <= LONGEST and _USUAL.fullmatch(text):
        return None
    if found := re.search("[\n\r]", text):
        return flaw_at(found.start(), "line-break")
    if found := re.search("\t", text):
        return _forbidden(found.start(), "\t")
    if len(text) > LONGEST:
        return flaw_at(LONGEST, "length", count=len(text), most=LONGEST)
    return flaw(text)


def loose(text: str) -> Flaw | None:
    """The first space that a reader of `text` would not see: before it, after it, or beside another one."""
    if found := LOOSE.search(text):
        return flaw_at(found.start(), "space")
    return None


def _forbidden(position: int, character: str) -> Flaw:
    return flaw_at(position, "character", code=_code(character))


def _alike(position: int, character: str) -> Flaw:
    right = unicodedata.normalize("NFKC", character)
    told = {"character": character, "code": _code(character), "right": right}
    return flaw_at(position, "lookalike" if right == character else "lookalike.form", **told)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _decomposed(text: str) -> Flaw:
    """Where `text` is not in normalization form C (Unicode, annex 15), and what it would be there."""
    # a character that composes with nothing begins a piece that is composed alone
    start = 0
    for piece in re.finditer(r".[^\x00-\x7f]*", text, re.DOTALL):
        start, written = piece.start(), piece[0]
        composed = unicodedata.normalize("NFC", written)
        if composed != written:
            break
    same = 0
    while same < min(len(written), len(composed)) and written[same] == composed[same]:
        same += 1
    shown, right = written[same : same + 4], composed[same : same + 1]
    while len(shown) > 1 and unicodedata.normalize("NFC", shown) != right:
        shown = shown[:-1]
    codes = " ".join(map(_code, shown))
    return flaw_at(start + same, "decomposed", codes=codes, right=right, code=_code(right))
