"""What changed, for readers: plain text, Markdown, and JSON for programs that show it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import DefaultGraph, Literal, Quad

from trophees.base.language import LANGUAGES, Both, Language
from trophees.changes.difference import Difference
from trophees.changes.entity import Entity, Part, Value
from trophees.changes.names import plain
from trophees.changes.wording import Wording

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_SAME = Both("rien n’a changé\n", "nothing changed\n")


def head(found: Difference, things: Iterable[Entity]) -> Both:
    """How much changed, in one sentence."""
    number, gone, come = len(list(things)), len(found.removed), len(found.added)
    return Both(
        f"{number} chose{'s' * (number > 1)} : {gone} énoncé{'s' * (gone > 1)} en moins, {come} en plus",
        f"{number} thing{'s' * (number != 1)}: {gone} statement{'s' * (gone != 1)} less, {come} more",
    )


def text(found: Difference, things: list[Entity], words: Wording, language: Language) -> Iterator[str]:
    """Plain text: a paragraph for each thing, a line for each of its facts."""
    if not found:
        yield _SAME[language]
        return
    yield head(found, things)[language] + "\n"
    for entity in things:
        yield f"\n{_title(entity, words, language)} <{words.short(entity.iri)}>\n"
        yield from (f"  {line}\n" for line in _lines(entity, words, language))


def markdown(
    found: Difference, things: list[Entity], words: Wording, language: Language, level: int = 2
) -> Iterator[str]:
    """Markdown: a section for each thing, whose head is of that `level`, an item for each of its facts."""
    if not found:
        yield _SAME[language]
        return
    yield escaped(head(found, things)[language]) + ".\n"
    for entity in things:
        yield f"\n{'#' * level} {escaped(_title(entity, words, language))}\n\n`{words.short(entity.iri)}`\n\n"
        yield from (f"- {escaped(line)}\n" for line in _lines(entity, words, language))


def escaped(said: str) -> str:
    """`said`, which Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", said)


def document(found: Difference, things: list[Entity], words: Wording, old: str, new: str) -> Iterator[str]:
    """JSON: how much changed, and all of it by thing and fact, each value as an N-Triples term, with names."""
    said: dict[str, Any] = {
        "old": old,
        "new": new,
        "removed": len(found.removed),
        "added": len(found.added),
        "entities": [_entity(entity, words) for entity in things],
    }
    yield json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _title(entity: Entity, words: Wording, language: Language) -> str:
    what, kind = words.classes(entity.iri)[language], words.kind(entity.kind)[language]
    return f"{words.name(entity.iri, language)} ({what + ', ' if what else ''}{kind})"


def _lines(entity: Entity, words: Wording, language: Language) -> Iterator[str]:
    yield from filter(None, (words.part(entity, part)[language] for part in entity.said))
    if more := words.derived(entity)[language]:
        yield f"{more[0].upper()}{more[1:]}."


def _entity(entity: Entity, words: Wording) -> dict[str, Any]:
    return {
        "iri": entity.iri,
        "label": _labels(entity.iri, words),
        "change": entity.kind,
        "facts": [_part(entity, part, words) for part in entity.parts],
    }


def _part(entity: Entity, part: Part, words: Wording) -> dict[str, Any]:
    return {
        "iri": part.iri,
        "class": dict(words.classes(part.iri).items()),
        "change": part.kind,
        "sentence": dict(words.part(entity, part).items()),
        "values": [_value(value, words) for value in part.values],
    }


def _value(value: Value, words: Wording) -> dict[str, Any]:
    found: dict[str, Any] = {
        "property": value.predicate,
        "label": _labels(value.predicate, words),
        "change": value.kind,
        "derived": value.derived,
    }
    for side, quad in (("old", value.old), ("new", value.new)):
        if quad is not None:
            found[side] = _side(quad, words)
    return found


def _side(quad: Quad, words: Wording) -> dict[str, Any]:
    graph = None if quad.graph_name == DefaultGraph() else plain(quad.graph_name)
    found: dict[str, Any] = {"term": str(quad.object), "graph": graph}
    if not isinstance(quad.object, Literal):
        found["label"] = _labels(plain(quad.object), words)
    return found


def _labels(iri: str, words: Wording) -> dict[str, str]:
    return {language: words.name(iri, language) for language in LANGUAGES}
