"""What is wrong with a curated file, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from trophees.base.language import Both, Language

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    `path` is relative to the project; `line` and `column` count from 1. `rule` is the compact IRI of
    the shape, or of the reading rule, that is broken. `messages` is what to do about it.
    """

    path: str
    line: int
    column: int
    rule: str
    severity: Severity = "error"
    messages: Both = field(compare=False, kw_only=True)

    def message(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.messages[language]
