"""What is said of a query that found nothing, or was to be explained: a sentence for each remark, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trophees.ask.explain.checker import remarks
from trophees.ask.explain.profile import Profile
from trophees.ask.explain.remark import Remark
from trophees.ask.explain.tokens import excerpt, place
from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.base.errors import harmless
from trophees.base.language import Both, Language

SECONDS = 2.0  # that a check takes at most, or little more


@dataclass(frozen=True)
class Note:
    """A remark on a question."""

    question: Question
    remark: Remark

    @property
    def both(self) -> Both:
        """Where, and what: `query:1:16: …`, on one line."""
        line, column = place(self.question.text, self.remark.at)
        return self.remark.sentence.each(lambda said: harmless(f"{self.question.name}:{line}:{column}: {said}"))

    def sentence(self, language: Language) -> str:
        """The same in one language."""
        return self.both[language]

    @property
    def shown(self) -> str:
        """The line of the question, and a caret below the place."""
        return excerpt(self.question.text, self.remark.at)


def notes(
    question: Question,
    repository: Repository,
    prefixes: Mapping[str, str],
    names: Repository | None = None,
    seconds: float = SECONDS,
    base: str | None = None,
    empty: bool = False,
    hollow: Mapping[str, str] = {},
) -> list[Note]:
    """What in `question`, which `repository` can answer, never matches there, or why its answer is `empty`.

    `hollow`: the columns of its answer that say nothing in any row, with what they have (`ask.columns`).

    `names`: for a repository elsewhere, the one that knows the names that may be meant.
    """
    profile = Profile(repository, prefixes, seconds, names)
    return [Note(question, found) for found in remarks(question, profile, base, empty, hollow)]
