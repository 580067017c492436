"""The head of a query file: comments that document it, each `#+ key: value` (as in grlc). Only here are they read."""

from __future__ import annotations

from trophees.base.patterns import pattern

_LINE = pattern(r"(?m)^#\+ ([\w-]+): (.+)$")
_WHOLE = pattern(r"(?m)^#\+[^\n]*(?:\n|\Z)")


def read(text: str) -> dict[str, list[str]]:
    """The values of each key in the order of their lines, without spaces around them."""
    found: dict[str, list[str]] = {}
    for key, value in _LINE.findall(text):
        found.setdefault(key, []).append(value.strip())
    return found


def without(text: str) -> str:
    """`text` without its head: plain SPARQL, which ends in one line break."""
    return _WHOLE.sub("", text).strip() + "\n"
