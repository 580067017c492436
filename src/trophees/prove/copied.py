"""Whether a record retells its source in words of its own: runs of words that it shares with the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from trophees.base.namespaces import SKOS, TP
from trophees.prove.words import words

MOST = 7  # words in a row that a text may share with its source
# what carries over as it stands: titles, names, printed forms, and what shows where a passage begins
_EXACT = {
    *(TP + name for name in ("title", "carrierLine", "printed", "anchor", "function", "variantForm", "inferredForm")),
    TP + "notation",
    SKOS + "prefLabel",
    SKOS + "altLabel",
}
_NAMES = (TP + "title", TP + "carrierLine", SKOS + "prefLabel", SKOS + "altLabel")


@dataclass(frozen=True)
class Copied:
    """Words in a row that the value of `property` of `subject` shares with the source: more than MOST."""

    subject: str
    property: str
    run: str


def copied(store: Store, graphs: Iterable[NamedNode], lines: Iterable[str]) -> Iterator[Copied]:
    """The longest run that each text of `graphs` shares with the `lines` of the source, in the order of the subjects.

    Titles, names, printed forms and anchors are left out; so is a run that is part of a title or of a name. A word with
    hyphens is looked at as one word, and as several: a source may have the hyphens that a text has not.
    """
    whole = "\n".join(lines)
    called = [
        quad.object.value
        for name in _NAMES
        for quad in store.quads_for_pattern(None, NamedNode(name), None, None)
        if isinstance(quad.object, Literal)
    ]
    ways = [(hyphen, _runs(words(whole, fold=True, hyphen=hyphen)), _long(called, hyphen)) for hyphen in ("", " ")]
    said = [
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for graph in graphs
        for quad in store.quads_for_pattern(None, None, None, graph)
        if isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
        and quad.predicate.value not in _EXACT
    ]
    for subject, predicate, text in sorted(said):
        for hyphen, runs, names in ways:
            run = _longest(words(text, fold=True, hyphen=hyphen), runs)
            if run and not any(f" {run} " in name for name in names):
                yield Copied(subject, predicate, run)
                break


def _runs(source: list[str]) -> set[tuple[str, ...]]:
    return {tuple(source[i : i + MOST + 1]) for i in range(len(source) - MOST)}


def _long(names: Iterable[str], hyphen: str) -> list[str]:
    """The words of those of the `names` that have more than MOST, with spaces around."""
    found = (words(name, fold=True, hyphen=hyphen) for name in names)
    return [f" {' '.join(name)} " for name in found if len(name) > MOST]


def _longest(found: list[str], runs: set[tuple[str, ...]]) -> str:
    """The longest run of words of `found` all parts of which, of MOST + 1 words, are in `runs`; empty if none is."""
    best, start = "", -1
    for i in range(len(found) - MOST + 1):
        if i < len(found) - MOST and tuple(found[i : i + MOST + 1]) in runs:
            start = i if start < 0 else start
        elif start >= 0:
            best = max(best, " ".join(found[start : i + MOST]), key=len)
            start = -1
    return best
