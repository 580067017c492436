"""What a source says, cut into passages: whose they are, and in which section they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from trophees.prove.words import stands, words


@dataclass(frozen=True)
class Passage:
    """Lines of a source on one `thing` (its IRI, empty if they are on the whole document), in one `section` (its IRI).

    `lines` are numbered from 1, as in the source.
    """

    thing: str
    section: str
    lines: tuple[tuple[int, str], ...]

    @cached_property
    def _words(self) -> list[tuple[str, int]]:
        """Each word with the place of its line among `lines`; a word cut by a hyphen belongs to its first line."""
        text, found = "\n".join(line for _, line in self.lines), []
        counts = [len(words("\n".join(line for _, line in self.lines[: n + 1]))) for n in range(len(self.lines))]
        at = 0
        for number, word in enumerate(words(text)):
            while at < len(counts) - 1 and number >= counts[at]:
                at += 1
            found.append((word, at))
        return found

    def line_of(self, wanted: list[str], *, fold: bool = False) -> tuple[int, str] | None:
        """The line where the run of words `wanted` begins, with its text; None if it does not stand here."""
        found = [word.casefold() if fold else word for word, _ in self._words]
        at = stands(wanted, found)
        return None if at < 0 else self.lines[self._words[at][1]]


@dataclass(frozen=True)
class Document:
    """The passages of a source, in its order, and the whole of its `lines`."""

    passages: tuple[Passage, ...]
    lines: tuple[str, ...]
    order: tuple[str, ...] = field(default=())  # the things told of, in the order of the source

    def of(self, thing: str, section: str = "") -> Iterable[Passage]:
        """The passages on `thing` in `section`; in all sections, and on all things, where these are empty."""
        return (p for p in self.passages if thing in ("", p.thing) and section in ("", p.section))
