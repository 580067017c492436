"""What is wrong with a curated file, and where.

A `Problem` is one line of a report: something a curator must mend. A `UserError` is the one exception
for a mistake that leaves nothing to report on (an unknown query, an unreadable file).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["fr", "en"]
Severity = Literal["error", "warning"]


def harmless(text: str) -> str:
    """`text` on one line, its control characters (line ends, escape sequences, direction marks) made spaces."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else " " for c in text)


class UserError(Exception):
    """A mistake of the user's, in one sentence that names its place and, where there is one, the remedy."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    `path` is relative to the project; `line` and `column` count from 1. `rule` is the compact IRI of
    the shape, or of the reading rule, that is broken. `messages` holds one sentence per language.
    """

    path: str
    line: int
    column: int
    rule: str
    severity: Severity = "error"
    messages: dict[str, str] = field(default_factory=dict, compare=False)

    def message(self, language: Language) -> str:
        """The sentence in `language`, or in the other one where it is missing."""
        return self.messages.get(language) or next(iter(self.messages.values()), self.rule)


def nearest(text: str, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The name that a misspelt `text` stands for: of the three closest, the one that begins most like it."""

    def shared(name: str) -> int:
        return next((i for i, (a, b) in enumerate(zip(name, text, strict=False)) if a != b), min(len(name), len(text)))

    from difflib import get_close_matches

    return max(get_close_matches(text, set(names) - {text}, 3, cutoff), key=shared, default=None)
