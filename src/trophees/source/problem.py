"""What is wrong with a curated file, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from trophees.base.language import Language

Severity = Literal["error", "warning"]


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
