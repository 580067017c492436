"""Compact names as tables and pages print them, with `/` and `#` in them: where a query has one, and how SPARQL has it.

A name with a prefix goes on, beyond where SPARQL ends it, over `/part` and over one `#fact-1`, if its prefix stands for
a folder of this graph: a namespace that begins with `https://w3id.org/trophees-participation/` and ends with `/`. What
is in a folder is no property, so that no path is lost; the terms of the ontology are in none. A part follows at once;
it is not the word `a` alone, and no `:` or `(` comes next: `laureate:2020/tp:end`, `laureate:2020/a` are paths. A fact
is a word and a number, `#toolUse-2` or `#goal-1-anchor`: a comment that follows a name at once and looks so is none.

The page reads a query by the same rules: `site/web/query-names.js`.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from trophees.base.namespaces import BASE
from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

_PART = r"(?<!\.)/(?!a(?!\.*[\w%-]))[\w%-](?:[\w.%-]*[\w%-])?(?!\.*[\w%:(\\-])"
_FACT = r"(?<![./])\#[A-Za-z]+-(?:[A-Za-z]+-)*[0-9]+(?:-anchor)?(?!\.*[\w%:#/\\-])"
# what holds no name, as `text` has it; a name; a word, which may declare one
_READ = pattern(
    r"""(?sx)\#[^\r\n]*|\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:\"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?
    |"(?:[^"\\\r\n]|\\.)*+"?|'(?:[^'\\\r\n]|\\.)*+'?|[?$]\w++|@[\w-]++|_:[\w.-]*+
    |<(?P<iri>[^<>"{}|^`\\\s]*+)>
    |(?P<prefix>(?:[^\W\d_](?:[\w.·-]{0,99}[\w·-])?)?):(?P<local>(?:[\w.:%-]|\\.)*+)(?P<more>"""
    rf"(?:{_PART})*(?:{_FACT})?)"
    r"|(?P<word>[\w.·-]++)"
)
_BACKSLASH = pattern(r"\\(.)")


def folder(namespace: str) -> bool:
    """Whether what `namespace` has are things of this graph, of which some have a slash in their names."""
    return namespace.startswith(BASE) and namespace.endswith("/")


def escapes(text: str, prefixes: Mapping[str, str]) -> list[int]:
    """The places in `text` of each `/` and `#` that is part of a name, though SPARQL wants a backslash before it.

    `prefixes` need no declaration; those that `text` declares go before them.
    """
    found = list[int]()
    for match, space in _names(text, prefixes):
        if match["local"] and match["more"] and folder(space):
            start, end = match.span("more")
            found += (place for place in range(start, end) if text[place] in "/#")
    return found


def _names(text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[re.Match[str], str]]:
    """The names with a prefix in `text`, each with its namespace, or with nothing."""
    spaces = dict(prefixes)
    before: list[re.Match[str]] = []  # the two last things, as they may declare a prefix
    for match in _READ.finditer(text):
        kind = match.lastgroup
        if kind == "iri" and len(before) == 2 and not before[1]["local"]:
            spaces[before[1]["prefix"]] = match["iri"]
        elif match["prefix"] is not None:
            yield match, spaces.get(match["prefix"], "")
        if kind == "word":
            before = [match] if match["word"].upper() == "PREFIX" else []
        elif match["prefix"] is not None and len(before) == 1:
            before.append(match)
        elif not match[0].startswith("#"):
            before = []


def whole(text: str, prefixes: Mapping[str, str]) -> str:
    """The `escaped` text with whole IRIs for the names that have a backslash, which Virtuoso does not read."""
    parts, end = list[str](), 0
    for match, space in _names(text, prefixes):
        if "\\" in match["local"] and space:
            parts += [text[end : match.start()], f"<{space}{_unescaped(match['local'])}>"]
            end = match.start("more")
    return "".join((*parts, text[end:]))


def _unescaped(local: str) -> str:
    return _BACKSLASH.sub(r"\1", local)


def escaped(text: str, prefixes: Mapping[str, str]) -> str:
    """`text` with its names as SPARQL has them; what is so already stays."""
    ends = [0, *escapes(text, prefixes), len(text)]
    return "\\".join(text[start:end] for start, end in pairwise(ends))


def typed(at: int, places: list[int]) -> int:
    """Where a place of the `escaped` text is in the text as it was typed, whose `escapes` are `places`."""
    return at - bisect_left([place + number for number, place in enumerate(places)], at)


def typed_place(told: str, text: str, prefixes: Mapping[str, str]) -> str:
    """`line:column` of the `escaped` text, or what else is told of a place, as it is in `text`."""
    line, colon, column = told.partition(":")
    if not colon or not (places := escapes(text, prefixes)):
        return told
    lines = escaped(text, prefixes).split("\n")
    start = sum(len(one) + 1 for one in lines[: int(line) - 1])
    here = typed(start + int(column) - 1, places) - typed(start, places)
    return f"{line}:{here + 1}"
