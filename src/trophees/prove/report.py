"""A report as text: headings, and one entry a laureate, in the order of the graph.

An entry begins where its printed title stands (its carrier line, if no title is printed), after the entry before it.
Its sections begin at their headings; what comes before the first of them is the title, then the carrier line, then the
paragraph that shorter entries have instead of sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trophees.base.folding import fold as strip
from trophees.base.namespaces import BASE
from trophees.prove.passages import Document, Passage
from trophees.prove.words import words

_TITLE, _CARRIER, _PARAGRAPH = (BASE + "section/" + name for name in ("titre", "ligne-porteur", "paragraphe"))
_COVER = BASE + "section/couverture"
_MOST = 6  # lines that a title may take


@dataclass(frozen=True)
class Entry:
    """What the graph says of where a process is told: its IRI, its printed title and carrier line (empty if none)."""

    thing: str
    title: str
    carrier: str


@dataclass(frozen=True)
class Outline:
    """`entries` in the order of the document; the headings of sections `inside` of an entry and `outside`, to IRIs."""

    entries: Sequence[Entry]
    inside: Mapping[tuple[str, ...], str]
    outside: Mapping[tuple[str, ...], str]


def read(lines: Sequence[str], outline: Outline) -> Document:
    """The passages of the report in `lines`."""
    passages: list[Passage] = []
    for thing, section, number in _walk(lines, outline):
        line = (number, lines[number - 1])
        if passages and (passages[-1].thing, passages[-1].section) == (thing, section):
            passages[-1] = Passage(thing, section, (*passages[-1].lines, line))
        else:
            passages.append(Passage(thing, section, (line,)))
    order = tuple(dict.fromkeys(p.thing for p in passages if p.thing))
    return Document(tuple(passages), tuple(lines), order)


def _walk(lines: Sequence[str], outline: Outline) -> Iterator[tuple[str, str, int]]:
    """Each line that has words: on which thing it is, in which section, and its number."""
    starts = dict(_starts(lines, outline.entries))
    thing, section, taken = "", _COVER, 0
    carrier: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        said = heading(line)
        if not said:
            continue
        if number <= taken:  # a title goes on
            yield thing, section, number
            continue
        if number in starts:
            entry, size, section = starts[number]
            thing, carrier, taken = entry.thing, heading(entry.carrier), number + size - 1
        elif said in outline.outside:
            thing, section = "", outline.outside[said]
        elif thing and said in outline.inside:
            section = outline.inside[said]
        elif thing and section == _TITLE and len(said) == len(carrier) and _off(said, carrier) <= (len(carrier) > 1):
            section = _CARRIER
        elif thing and section in (_TITLE, _CARRIER):
            section = _PARAGRAPH
        yield thing, section, number


def _starts(lines: Sequence[str], entries: Sequence[Entry]) -> Iterator[tuple[int, tuple[Entry, int, str]]]:
    """Where each entry begins, by line: the entry, how many lines its head takes, and the section that the head is.

    Its title may be one word off, as its carrier line may, so that a misprint in a head does not hide what follows;
    where there is no title, its carrier line is the head. What stands nowhere is left out.
    """
    number = 1
    for entry in entries:
        for at in range(number, len(lines) + 1):
            size = _size(lines, at, words(entry.title)) if entry.title else 0
            if size or (entry.carrier and heading(lines[at - 1]) == heading(entry.carrier)):
                yield at, (entry, size or 1, _TITLE if size else _CARRIER)
                number = at + (size or 1)
                break


def _size(lines: Sequence[str], number: int, title: list[str]) -> int:
    """How many lines `title` takes from line `number` on; 0 if it does not stand there, but for one word of several."""
    for size in range(1, _MOST + 1):
        found = words("\n".join(lines[number - 1 : number - 1 + size]))
        if not found:
            return 0
        if _off(found, title) > (len(title) > 1):
            return 0
        if len(found) >= len(title):
            return size if len(found) == len(title) else 0
    return 0


def _off(found: Sequence[str], wanted: Sequence[str]) -> int:
    return sum(one != other for one, other in zip(found, wanted, strict=False))


def heading(text: str) -> tuple[str, ...]:
    """The words of a heading without case and accents, which capitals are printed with or without."""
    return tuple(strip(word) for word in words(text, fold=True))
