"""The words and signs of a SPARQL query, each with its place (SPARQL 1.1, sections 19.2 and 19.8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from trophees.ask.compact_names import escaped, escapes, typed

_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""(?P<space>(?:[ \t\r\n]+|\#[^\r\n]*)+)
    |(?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    |(?P<blank>_:\w(?:[\w.·-]*[\w·-])?)
    |(?P<name>(?:[^\W\d_](?:[\w.·-]{{0,99}}[\w·-])?)?:(?:(?:[\w:]|{_ESCAPED})(?:(?:[\w:.·-]|{_ESCAPED})*(?:[\w:·-]|{_ESCAPED}))?)?)
    |(?P<var>[?$]\w+)
    |(?P<string>\"{{3}}(?:[^"\\]|\\.|"{{1,2}}(?!"))*+\"{{3}}|'{{3}}(?:[^'\\]|\\.|'{{1,2}}(?!'))*+'{{3}}
      |"(?!"")(?:[^"\\\r\n]|\\.)*+"|'(?!'')(?:[^'\\\r\n]|\\.)*+')
    |(?P<open>["'])
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)
    |(?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
    |(?P<word>[^\W\d_][\w-]*)
    |(?P<sign>\^\^|\|\||&&|!=|<=|>=|<<\(|\)>>|<<|>>|\{{\||\|\}}|[][(){{}}.,;=<>!+*/|^?~-])
    |(?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A part of a query: its kind, as it is written, from `start` to `end`. The last one is of the kind `end`.

    Kinds: iri, name (compact), blank, var, string, language, number, word, sign; `open` begins a string that does not
    end, `odd` is a character that begins nothing.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str, prefixes: Mapping[str, str] | None = None) -> list[Token]:
    """All of `text` but spaces and comments, in order, and the end; `prefixes` need no declaration.

    A compact name with a slash is one token.
    """
    known = prefixes or {}
    long = escapes(text, known)
    read = escaped(text, known) if long else text
    found = []
    for match in _TOKEN.finditer(read):
        if match.lastgroup != "space":
            start, end = (typed(place, long) for place in match.span()) if long else match.span()
            found.append(Token(match.lastgroup or "", text[start:end], start, end))
    end = len(text.rstrip())
    return [*found, Token("end", "", end, end)]


def place(text: str, at: int) -> tuple[int, int]:
    """The line and the column of a place in `text`, both from 1, in characters."""
    before = _LINE_END.split(text[:at])
    return len(before), len(before[-1]) + 1


_LINE_END = re.compile(r"\r\n|\r|\n")
_BEFORE, _AFTER = 60, 40  # characters of a long line that are shown before and after the place


def excerpt(text: str, at: int) -> str:
    """The line of `text` around a place, and below it a caret at the place; a long line is shown in part."""
    line, column = place(text, at)
    shown = _LINE_END.split(text)[line - 1]
    first = max(0, column - 1 - _BEFORE) if len(shown) > _BEFORE + _AFTER else 0
    part = shown[first : first + _BEFORE + _AFTER]
    before, after = "…" if first else "", "…" if first + len(part) < len(shown) else ""
    clean = "".join(c if c.isprintable() else " " for c in part)
    return f"{before}{clean}{after}\n{' ' * (len(before) + column - 1 - first)}^"
