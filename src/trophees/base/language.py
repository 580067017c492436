"""The languages of the project, and what is said in both."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]


def locale() -> Language:
    """The language that the environment asks for: French where it says so, else English."""
    names = (os.environ.get(n) for n in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next((n for n in names if n), "").startswith("fr") else "en"


@dataclass(frozen=True, order=True)
class Both:
    """A sentence, or a part of one, in each language: `both["fr"]`.

    What Python says; the pages of the site take theirs, by key, from `site/messages.toml`.
    """

    fr: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en

    def __add__(self, other: Both) -> Both:
        """The two one after the other."""
        return Both(self.fr + other.fr, self.en + other.en)

    def each(self, change: Callable[[str], str]) -> Both:
        """What `change` makes of it in each language."""
        return Both(change(self.fr), change(self.en))

    def items(self) -> Iterator[tuple[Language, str]]:
        """Each language with what is said in it."""
        yield "fr", self.fr
        yield "en", self.en


def did_you_mean(name: str | None) -> Both:
    """« (vouliez-vous … ?) », which follows what is wrong; nothing if there is no `name` that may be meant."""
    return Both(f" (vouliez-vous « {name} » ?)", f" (did you mean “{name}”?)") if name else Both("", "")
