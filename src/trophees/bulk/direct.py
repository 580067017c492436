"""Lines in which nothing is wrong nor unusual, as N-Quads at once.

They are what `bulk.record` reads in a line, each where `graph.provenance` has it stand, without the steps between. What
a value may be is asked of the reader of records, once for each that comes back. Nothing is refused here: what could be,
and what is rare, is left to that reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import yaml
from pyoxigraph import NamedNode, RdfFormat, parse

from trophees.base.context import Context
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, RDF_TYPE, SKOS, TP
from trophees.bulk.lines import LONGEST
from trophees.bulk.record import iri_of, kind_of, parsed, plain
from trophees.bulk.shared import MANY
from trophees.graph.provenance import ACCORDING_TO, ADDED, INFERRED, NAMING, OBSERVED, REASON, Graphs, default
from trophees.source.record import Record, Statement
from trophees.source.text import flaw_of_value, loose
from trophees.source.yaml_ld import value_of

_DEEP = 8  # objects inside of each other
_MOST = 1 << 16  # values of a key that are kept
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_MARK = yaml.Mark("", 0, 0, 0, None, 0)
_LAUREATE, _EDITION = f" {RDF_TYPE} <{TP}Laureate> ", f" <{TP}edition> "


class Said(Record):
    """A record whose statements are N-Quads in `quads`, and terms only if they are asked for.

    `editions` are the IRIs of the editions whose laureate it is.
    """

    def __init__(self, path: str, line: int, iri: str, nodes: Iterable[str], quads: list[str]) -> None:
        self.path, self.iri = path, NamedNode(iri)
        self.problems, self.named, self.unnamed = [], {}, []
        self._line, self._nodes, self.quads = line, nodes, "".join(quads)
        self.editions: list[str] = []
        if iri.startswith(BASE + "laureate/"):
            own = f"<{iri}>"
            rest = [quad[len(own) :] for quad in quads if quad.startswith(own)]
            if any(said.startswith(_LAUREATE) for said in rest):
                self.editions = sorted({said.split(" ")[2][1:-1] for said in rest if said.startswith(_EDITION)})

    @cached_property
    def statements(self) -> list[Statement]:  # type: ignore[override]
        """The same as terms, all at the place of the line."""
        quads = parse(self.quads, format=RdfFormat.N_QUADS, lenient=True)
        return [Statement(q.subject, q.predicate, q.object, self._line, 1) for q in quads]

    @cached_property
    def nodes(self) -> dict[NamedNode, tuple[int, int]]:  # type: ignore[override]
        """What it describes, all at the place of the line."""
        return dict.fromkeys(map(NamedNode, self._nodes), (self._line, 1))


class _UnusualError(Exception):
    """The line is for the reader of records."""


class _Key:
    """A key of the context: the predicate that it means, and its values."""

    def __init__(self, key: str, iri: str, context: Context) -> None:
        self._key, self._context = key, context
        term, predicate = context.property(key), NamedNode(iri)
        self.type, self.language, self.by_language = term.type, term.language, term.by_language
        # a text in several languages is told in its own, too; other names are no translations of each other
        self.told = term.language if iri != SKOS + "altLabel" else None
        self.head = f" {predicate} "
        self.name = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        self.added, self.naming, self.observed = (predicate in some for some in (ADDED, NAMING, OBSERVED))
        self._quoted: dict[str, str] = {}
        self._plain: dict[str, str] = {}

    def said(self, item: Any, language: str | None) -> str:
        """The predicate and the value `item`, which is of that `language` if it is a text."""
        if type(item) is str:
            if self.type is None:
                return self.head + _text(item, language)
            return self._quoted.get(item) or self._judged(item, '"', self._quoted)
        if self.type is None or isinstance(item, (tuple, list)):
            raise _UnusualError
        text = plain(item)
        return self._plain.get(text) or self._judged(text, None, self._plain)

    def _judged(self, text: str, style: str | None, known: dict[str, str]) -> str:
        found = value_of(yaml.ScalarNode("", text, _MARK, _MARK, style), self._key, self._context)
        if found is None:
            raise _UnusualError
        if len(known) >= _MOST:
            known.clear()
        known[text] = f"{self.head}{found} "
        return known[text]


class Direct:
    """Reads lines of records that come by the million; `graphs` are those of the sources."""

    def __init__(self, context: Context, graphs: Mapping[NamedNode, Graphs]) -> None:
        self.context = context
        self.id, self.type = (next(k for k, v in context.aliases.items() if v == name) for name in ("@id", "@type"))
        self.source, self.reason = (context.term_for(name.value) or "" for name in (ACCORDING_TO, REASON))
        self.types = _Key(self.type, RDF_TYPE.value, context)
        self.types.type = "@vocab"
        self.keys = {}
        for key in context.keys:
            # where statements stand depends on some, which are rare
            term = context.property(key)
            if key not in context.aliases and not term.reverse and NamedNode(term.iri) not in INFERRED:
                self.keys[key] = _Key(key, term.iri, context)
        self.graphs = {f"{source}": _ends(found) for source, found in graphs.items()}

    def read(self, line: bytes, number: int, path: str) -> Said | None:
        """What the reader of records reads in the line, the `number`-th of the file at `path`; None: it has to."""
        if len(line) > LONGEST:
            return None
        try:
            given = _once(parsed(line))
            iri = iri_of(given.get(self.id), self.context)
            if iri is None or kind_of(iri) not in MANY or self.type not in given:
                return None
            reading = _Reading(self, iri)
            quads = reading.all(given)
            return Said(path, number, iri, reading.nodes, quads)
        except (_UnusualError, ValueError, RecursionError):
            return None


class _Word:
    """The ends of the N-Quads of a node: what the source says, what the curators say, and `said`, which it is here."""

    __slots__ = ("added", "curated", "said", "stated")

    def __init__(self, stated: str, curated: str, added: bool) -> None:
        self.stated, self.curated, self.added = stated, curated, added
        self.said = curated if added else stated


class _Reading:
    """Of one line, whose record is `iri`."""

    def __init__(self, of: Direct, iri: str) -> None:
        self._of, self._iri = of, iri
        self._own, self._inside = f"<{iri}", f"<{iri}#"
        self._default = _ends(default(NamedNode(iri)))
        self._quads: list[str] = []
        self.nodes, self._named = {iri: None}, 0

    def all(self, given: dict[str, Any]) -> list[str]:
        """The quads of the record."""
        self._node(given, self._iri, self._word(given, _Word(*self._default, False), False), 0)
        # an `id` decides how those that have none are called
        if self._named not in (0, len(self.nodes) - 1):
            raise _UnusualError
        return self._quads

    def _word(self, given: dict[str, Any], above: _Word, observed: bool) -> _Word:
        """Whose word a node is: that of what contains it, unless it names its source or a reason."""
        of = self._of
        source, reason = given.get(of.source), given.get(of.reason)
        if source is None and reason is None and not observed:
            return above
        ends = above.stated, above.curated
        if source is not None:
            if type(source) is not str:
                raise _UnusualError
            ends = of.graphs.get(of.keys[of.source].said(source, None).split(" ")[2], self._default)
        if reason is not None and not reason:
            raise _UnusualError
        return _Word(*ends, observed or reason is not None or above.added)

    def _node(self, given: dict[str, Any], subject: str, word: _Word, depth: int) -> None:
        of, head, add = self._of, f"<{subject}>", self._quads.append
        if depth > _DEEP:
            raise _UnusualError
        for name, item in given.items():
            if name == of.id:
                continue
            if name == of.type:
                for one in item if type(item) is list else (item,):
                    add(head + of.types.said(one, None) + word.said)
                continue
            key = of.keys.get(name)
            if key is None:
                raise _UnusualError
            if key.by_language and (type(item) is tuple or not key.language):
                self._texts(head, key, _once(item), word)
                continue
            end = word.curated if key.added or key.language == "en" else word.said
            number = 0
            for one in item if type(item) is list else (item,):
                if type(one) is not tuple:
                    said = key.said(one, key.language)
                    if self._own in said and key.type and not key.naming and (key.observed or self._inside in said):
                        raise _UnusualError  # a node of the record: what it is led to by is for the reader to see
                    add(head + said + end)
                    continue
                if key.type != "@id" or key.naming:
                    raise _UnusualError
                inside = _once(one)
                if of.id not in inside:
                    number += 1
                child = self._name(inside, f"{subject}{'-' if '#' in subject else '#'}{key.name}-{number}")
                of_child = self._word(inside, word, key.observed)
                add(f"{head}{key.head}<{child}> " + (of_child.curated if key.added else of_child.said))
                self._node(inside, child, of_child, depth + 1)

    def _name(self, given: dict[str, Any], place: str) -> str:
        """The IRI of a node inside of the record, which no other one has: its `id`, or that of its `place`."""
        if self._of.id in given:
            text = given[self._of.id]
            place = self._of.context.expand(text, vocab=False) if type(text) is str else ""
            if not place.startswith(f"{self._iri}#") or not _NAME.fullmatch(place, len(self._iri) + 1):
                raise _UnusualError
            self._named += 1
        if place in self.nodes:
            raise _UnusualError
        self.nodes[place] = None
        return place

    def _texts(self, head: str, key: _Key, given: dict[str, Any], word: _Word) -> None:
        if key.told and key.told not in given:
            raise _UnusualError
        for language, item in given.items():
            if language not in LANGUAGES:
                raise _UnusualError
            end = word.curated if key.added or language == "en" else word.said
            for one in item if type(item) is list else (item,):
                if type(one) is not str:
                    raise _UnusualError
                self._quads.append(head + key.head + _text(one, language) + end)


def _once(pairs: Any) -> dict[str, Any]:
    """An object, each of whose keys is there once."""
    if type(pairs) is not tuple or len(given := dict(pairs)) != len(pairs):
        raise _UnusualError
    return given


def _text(text: str, language: str | None) -> str:
    if not text.strip() or flaw_of_value(text) or loose(text):
        raise _UnusualError
    if '"' in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"@{language} ' if language else f'"{text}" '


def _ends(graphs: Graphs) -> tuple[str, str]:
    return f"{graphs.stated} .\n", f"{graphs.curated} .\n"
