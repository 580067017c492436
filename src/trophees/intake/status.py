"""What a cell says of the standing of a process: « Lauréat (4 étoiles) des Trophées … 2019 »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trophees.base.errors import nearest
from trophees.base.folding import fold

LAUREATE, PRIZE, FAVOURITE, MENTION, CASE = "laureate", "prix-du-jury", "coup-de-coeur", "mention-speciale", "case"
_KINDS = (
    (CASE, re.compile(r"\bcas d.etude\b|\bbarometre\b")),
    (MENTION, re.compile(r"\bmention\b")),
    (FAVOURITE, re.compile(r"\bcoup de coeur\b")),
    (PRIZE, re.compile(r"\bprix\b")),
    (LAUREATE, re.compile(r"\blaureate?\b|\betoiles?\b")),
)
_STARS = re.compile(r"\b([1-4]) etoiles?\b")
_WORDS = {"une etoile": 1, "deux etoiles": 2, "trois etoiles": 3, "quatre etoiles": 4}
_YEAR = re.compile(r"(?<![0-9–-])20[0-9]{2}(?![0-9]|[–-]20)")
_LONGEST = 300
# as the awards write what they give; of a word that is nearly one of them a letter is wrong
_SPELT = (
    "Lauréat", "étoiles", "étoile", "Trophées", "Participation", "Concertation", "Prix", "Jury", "Mention", "spéciale",
    "d’étude", "l’édition", "rétrospective", "Baromètre", "démocratie", "locale", "numérique",
)  # fmt: skip


@dataclass(frozen=True)
class Status:
    """The standing that a cell gives: its `kind`; the stars, 0 if it gives none; the years that it names."""

    kind: str
    stars: int = 0
    years: tuple[str, ...] = ()


def read(cell: str) -> Status | None:
    """The standing that the `cell` gives; None if it gives none."""
    if len(cell) > _LONGEST:
        return None
    text = " ".join(fold(cell).split())
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), None)
    if kind is None:
        return None
    stars = _STARS.search(text)
    number = int(stars[1]) if stars else next((n for words, n in _WORDS.items() if words in text), 0)
    return Status(kind, number if kind == LAUREATE else 0, years(text) if kind != CASE else ())


def years(text: str) -> tuple[str, ...]:
    """The years that `text` names, each once, but for those of a span such as 2016-2019."""
    return tuple(dict.fromkeys(_YEAR.findall(text.replace("_", " "))))


def misspelt(cell: str) -> list[tuple[str, str]]:
    """The words of the `cell` that are nearly those of the awards, each with the right one."""
    known = {fold(word): word for word in _SPELT}
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", cell)
    found = []
    for word in words:
        if len(word) > 4 and fold(word) not in known and (near := nearest(fold(word), known, 0.8)):
            found.append((word, known[near]))
    return found
