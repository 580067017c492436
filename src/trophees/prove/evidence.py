"""Each claim beside the passage that bears it out, or without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from unicodedata import normalize
from urllib.parse import unquote

from trophees.base.namespaces import BASE
from trophees.prove.claims import SHEETS, Claim, Kind
from trophees.prove.numbers import dated, numbers, ranks
from trophees.prove.passages import Document, Passage
from trophees.prove.words import words

_STARS = BASE + "section/bloc-etoiles"
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Evidence:
    """A `claim`, and the line of the source that bears it out: its number from 1 and its text; 0 if there is none."""

    claim: Claim
    line: int = 0
    text: str = ""

    @property
    def found(self) -> bool:
        return self.line > 0


def prove(claims: Iterable[Claim], source: Document) -> Iterator[Evidence]:
    """The evidence of each claim, in their order."""
    for claim in claims:
        find = _FIND.get(claim.kind)
        line = find(claim, source) if find else None
        yield Evidence(claim, *line) if line else Evidence(claim)


def share(evidence: Iterable[Evidence]) -> tuple[int, int]:
    """How many claims are borne out, and how many there are."""
    found = [one.found for one in evidence]
    return sum(found), len(found)


def _words(claim: Claim, source: Document) -> tuple[int, str] | None:
    return _first(source.of(claim.thing, claim.section), words(claim.value))


def _name(claim: Claim, source: Document) -> tuple[int, str] | None:
    """A name stands in any section, in capitals or not: a list of the jury prints what a sentence tells."""
    return _first(source.of(claim.thing, claim.section), words(claim.value, fold=True), fold=True)


def _number(claim: Claim, source: Document) -> tuple[int, str] | None:
    value = Decimal(claim.value.lstrip("-"))
    return _read(claim, source, lambda text: value in numbers(text))


def _date(claim: Claim, source: Document) -> tuple[int, str] | None:
    return _read(claim, source, lambda text: dated(claim.value, text))


def _rank(claim: Claim, source: Document) -> tuple[int, str] | None:
    return _read(claim, source, lambda text: ranks(int(claim.value), text))


def _read(claim: Claim, source: Document, bears: Callable[[str], bool]) -> tuple[int, str] | None:
    """The line of those words of the fact that bear it, and of no others; the first line that does, if it has none."""
    passages = list(source.of(claim.thing, claim.section))
    if claim.forms:
        found = (_first(passages, words(form)) for form in claim.forms if bears(form))
        return next(filter(None, found), None)
    return next((line for passage in passages for line in passage.lines if bears(line[1])), None)


def _order(claim: Claim, source: Document) -> tuple[int, str] | None:
    number = int(claim.value)
    if source.order[number - 1 : number] != (claim.thing,):
        return None
    return next(iter(source.of(claim.thing))).lines[0]


def _stars(claim: Claim, source: Document) -> tuple[int, str] | None:
    """The head of the block in which the entry stands names the stars; or the section that tells them."""
    if claim.section:
        return _read(claim, source, lambda text: claim.value in _counts(text))
    head: Passage | None = None
    for passage in source.passages:
        if passage.section == _STARS:
            head = passage
        elif passage.thing == claim.thing and head is not None:
            count = words(claim.value)
            return next((line for line in head.lines if _heads(words(line[1], fold=True), count)), None)
    return None


def _counts(text: str) -> set[str]:
    """How many stars `text` gives."""
    return {count for count, name in pairwise(words(text, fold=True)) if name in ("étoile", "étoiles")}


def _award(claim: Claim, source: Document) -> tuple[int, str] | None:
    """One of the names of an award."""
    passages = list(source.of(claim.thing, claim.section))
    found = (_first(passages, words(form, fold=True), fold=True) for form in claim.forms)
    return next(filter(None, found), None)


def _edition(claim: Claim, source: Document) -> tuple[int, str] | None:
    """The year in the status of a sheet; in its code only if the status bears no year."""
    for section in (SHEETS.status, SHEETS.code):
        for passage in source.of(claim.thing, section):
            for line in passage.lines:
                if years := {word for word in words(line[1]) if _YEAR.fullmatch(word)}:
                    return line if claim.value in years else None
    return None


def _address(claim: Claim, source: Document) -> tuple[int, str] | None:
    """An address is that of its words, but for scheme, case, signs in per cent, a last `/` and a fragment."""
    return _read(claim, source, lambda text: _plain(text) == _plain(claim.value))


def _plain(address: str) -> str:
    text = normalize("NFC", unquote(address.partition("#")[0])).strip().casefold()
    host, slash, path = re.sub(r"^https?://", "", text).partition("/")
    with suppress(UnicodeError):
        host = host.encode("ascii").decode("idna")
    return (host + slash + path).rstrip("/")


def _heads(said: list[str], count: list[str]) -> bool:
    return said[:1] == count and said[1:2] in (["étoile"], ["étoiles"])


def _first(passages: Iterable[Passage], wanted: list[str], *, fold: bool = False) -> tuple[int, str] | None:
    return next((line for passage in passages if (line := passage.line_of(wanted, fold=fold))), None)


_FIND: dict[Kind, Callable[[Claim, Document], tuple[int, str] | None]] = {
    "words": _words,
    "name": _name,
    "number": _number,
    "date": _date,
    "rank": _rank,
    "order": _order,
    "stars": _stars,
    "award": _award,
    "edition": _edition,
    "address": _address,
}
