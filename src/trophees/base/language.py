"""The languages of the project, and what is said in both."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    Language = Literal["fr", "en"]
else:
    Language = str

LANGUAGES: tuple[Language, Language] = ("fr", "en")


def locale() -> Language:
    """The language that the environment asks for: French where it says so, else English."""
    names = (os.environ.get(n) for n in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next((n for n in names if n), "").startswith("fr") else "en"


class Both:
    """A sentence, or a part of one, in each language: `both["fr"]`. Compared, and sorted, by the French.

    What Python says; the pages of the site take theirs, by key, from `site/messages.toml`.
    """

    __slots__ = ("en", "fr")
    __iter__: None = None  # it is no sequence, of which there would be no end: any index has an answer

    def __init__(self, fr: str, en: str) -> None:
        self.fr = fr
        self.en = en

    def __repr__(self) -> str:
        return f"Both({self.fr!r}, {self.en!r})"

    def __hash__(self) -> int:
        return hash((self.fr, self.en))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Both) and (self.fr, self.en) == (other.fr, other.en)

    def __lt__(self, other: Both) -> bool:
        return (self.fr, self.en) < (other.fr, other.en)

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


def filled(sentence: Both, /, **told: Both | str | int) -> Both:
    """`sentence` with what is `told` in the places that it has for it in braces."""
    each = {lang: {k: v[lang] if isinstance(v, Both) else v for k, v in told.items()} for lang in LANGUAGES}
    return Both(sentence.fr.format(**each["fr"]), sentence.en.format(**each["en"]))


MEANT = Both(" (vouliez-vous « {name} » ?)", " (did you mean “{name}”?)")


def did_you_mean(name: str | None) -> Both:
    """« (vouliez-vous … ?) », which follows what is wrong; nothing if there is no `name` that may be meant."""
    return filled(MEANT, name=name) if name else Both("", "")
