"""`SELECT *`: its columns in the order in which the query first mentions its variables, which engines leave open."""

from __future__ import annotations

from trophees.base.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_STAR = pattern(r"[\s\0]*(?:(?:DISTINCT|REDUCED)\b)?[\s\0]*\*")
# what mentions no variable though it may look so; a variable
_MENTION = pattern(
    r"""(?sx)\#[^\r\n]*|\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:\"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?
    |"(?:[^"\\\r\n]|\\.)*+"?|'(?:[^'\\\r\n]|\\.)*+'?|<[^<>"{}|^`\\\s]*+>|:(?:[\w.:%-]|\\.)*+|[?$](\w++)"""
)


def explicit(text: str, names: Sequence[str]) -> str | None:
    """The query `text` with its variables, which are `names`, in place of the `*` of its outermost SELECT.

    None if it has no `*` there, or `names` are in that order already.
    """
    at = _star(text)
    if at < 0 or len(names) < 2:
        return None
    order = dict.fromkeys(match[1] for match in _MENTION.finditer(text) if match[1])
    found = [name for name in order if name in set(names)]
    if len(found) != len(names) or found == [*names]:
        return None
    return f"{text[:at]} {' '.join(f'?{name}' for name in found)} {text[at + 1 :]}"


def _star(text: str) -> int:
    """The place of the `*`, or -1."""
    from trophees.ask.text import form_in, keywords

    words = keywords(text)
    found = form_in(words)
    star = _STAR.match(words, found.end()) if found and found[1] == "SELECT" else None
    return star.end() - 1 if star else -1
