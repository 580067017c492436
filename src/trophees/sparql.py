"""The text of a SPARQL query: what it asks for, and what is written into it for an engine that lacks our settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Variable

# what holds no keyword: comments, strings, IRIs, variables, language tags, local names; what is not closed ends the
# text, so that no text, however long, is read twice
_OPAQUE = re.compile(
    r"""#[^\n]*|\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:\"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?"""
    r"""|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|<[^<>"{}|^`\\\s]*+>|[?$]\w++|@[\w-]++|:(?:[\w.:%-]|\\.)*+""",
    re.DOTALL,
)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b")
_PREFIX = re.compile(r"(\bPREFIX\s+)?([^\W\d_][\w.-]*)\Z", re.IGNORECASE)
_LONGEST = 64  # characters of `PREFIX` and a name


def keywords(text: str) -> str:
    """`text` in capitals, as long as it is, with NUL in place of whatever holds no keyword."""
    return _OPAQUE.sub(lambda match: "\0" * len(match[0]), text).translate(_UPPER)


_UPPER = {ord(c): c.upper() for c in "abcdefghijklmnopqrstuvwxyz"}  # str.upper would make some letters two


def form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; empty if `text` is no query (SPARQL 1.1, section 19.8, rule 2)."""
    found = _form(keywords(text))
    return found[1] if found else ""


def _form(words: str) -> re.Match[str] | None:
    return _FORM.search(re.sub(r"\bPREFIX\s+[\w.-]+", lambda match: "\0" * len(match[0]), words))


def declared(text: str, prefixes: Mapping[str, str]) -> tuple[str, int]:
    """`text` with those of `prefixes` that it uses without declaring them, and how many lines that puts before it."""
    used: set[str] = set()
    own: set[str] = set()
    for name, declaration in _names(text):
        (own if declaration else used).add(name)
    missing = sorted(name for name in used - own if name in prefixes)
    head = " ".join(f"PREFIX {name}: <{prefixes[name]}>" for name in missing)
    return (f"{head}\n{text}", 1) if head else (text, 0)


def _names(text: str) -> Iterator[tuple[str, bool]]:
    """The prefixes in `text`, each with whether it is declared there."""
    for match in _OPAQUE.finditer(text):
        end = match.start()
        if match[0][0] == ":" and (name := _PREFIX.search(text, max(0, end - _LONGEST), end)):
            yield name[2], bool(name[1])


def bound(text: str, values: Mapping[Variable, NamedNode | Literal]) -> str:
    """`text` with the values of its variables written in it, so that it can be asked of any engine, or edited.

    ValueError if it has no such variable, or no place for a value.
    """
    if not values:
        return text
    for variable in values:
        if not re.search(rf"[?$]{variable.value}\b", text):
            raise ValueError(f"the query has no variable ?{variable.value}")
    words = keywords(text)
    start = _pattern(words)
    data = "".join(f"\n  VALUES {name} {{ {term} }}" for name, term in values.items())
    if words[start:].lstrip("\0 \t\r\n").startswith("SELECT"):  # nothing but a subquery may stand beside a subquery
        end = _closing(words, start)
        return f"{text[:start]}{data}\n  {{{text[start:end]}}}{text[end:]}"
    return text[:start] + data + text[start:]


def _pattern(words: str) -> int:
    """Where the inside of the outermost group begins."""
    found = _form(words)
    start = found.end() if found else 0
    if found and found[1] == "CONSTRUCT":
        template = re.compile(r"[\0\s]*\{").match(words, start)
        if template is None:
            raise ValueError("a value needs the long form CONSTRUCT { … } WHERE { … }")
        start = _closing(words, template.end()) + 1
    depth = 0
    for place in range(start, len(words)):
        depth += {"(": 1, ")": -1}.get(words[place], 0)
        if words[place] == "{" and depth <= 0:
            return place + 1
    raise ValueError("the query has no graph pattern for a value")


def _closing(words: str, start: int) -> int:
    """Where the group ends whose inside begins at `start`."""
    depth = 1
    for place in range(start, len(words)):
        depth += {"{": 1, "}": -1}.get(words[place], 0)
        if depth == 0:
            return place
    raise ValueError("a brace is not closed")
