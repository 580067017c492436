"""`trophees diff`: two datasets read, compared, and what they do not share written in one of the formats."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.changes import change_set, patch, report, sources
from trophees.changes.difference import Difference, difference
from trophees.changes.entity import Entity, entities
from trophees.changes.names import surroundings
from trophees.changes.wording import Wording
from trophees.graph import published

_FOR_PROGRAMS = {"update": patch.sparql_update, "patch": patch.rdf_patch}


def compare(
    old: str, new: str, form: str, language: Language, folder: Path, held: sources.Held | None = None
) -> tuple[bool, Iterator[bytes]]:
    """Whether `old` and `new` differ, and how, in the format `form`. UserError if one cannot be read.

    `held` tells what releases held, where the history does not decide.
    """
    olds, news = sources.read(old, folder, held), sources.read(new, folder, held)
    found = difference(olds, news)
    if form in _FOR_PROGRAMS:
        return bool(found), _FOR_PROGRAMS[form](found)
    told = surroundings(olds, news, found)
    things, words = entities(found, told), Wording(told, _compact())
    return bool(found), _written(form, found, things, words, language, (old, new))


def write(file: Path, pieces: Iterable[bytes]) -> None:
    """Write `pieces` to `file`, which holds all of them, or what it held before; UserError if the disk refuses."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        try:
            with draft.open("xb") as opened:
                opened.writelines(pieces)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{file}: cannot be written ({error.strerror})") from None


def _written(
    form: str, found: Difference, things: list[Entity], words: Wording, language: Language, names: tuple[str, str]
) -> Iterator[bytes]:
    if form == "ttl":
        said = change_set.triples(change_set.name(found), things, words)
        yield serialize(said, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
        return
    shown = {
        "text": lambda: report.text(found, things, words, language),
        "md": lambda: report.markdown(found, things, words, language),
        "json": lambda: report.document(found, things, words, *names),
    }
    for piece in shown[form]():
        yield piece.encode()


_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "prov": change_set.PROV,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def _compact() -> Callable[[str], str]:
    """The short forms of IRIs; the IRIs themselves where there is no context to shorten them."""
    try:
        return Context(published.text(published.CONTEXT)).compact
    except UserError:
        return str
