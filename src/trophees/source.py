"""YAML-LD to statements, each with its place; the only module that knows YAML.

A record is read as the JSON-LD that the context makes of it. Scalars are read as text and typed by the
context; whatever a plain YAML 1.2 reader (core schema) would read differently is refused, with its line, so that
both give the same graph. A nested node without `id` gets an IRI made of its record's, its property and its
position in the list (`…/cachan#indicator-2`: skolemization, RDF 1.1 Concepts, section 3.5), hence no blank nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml
from pyoxigraph import Literal, NamedNode

from trophees.context import BASE, Context, Term
from trophees.problem import Problem

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
NUMERIC = {XSD + "integer", XSD + "decimal", XSD + "gYear", EDTF}
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_CORE_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CORE_WORD = re.compile(r"true|True|TRUE|false|False|FALSE|null|Null|NULL|~|")
_OLD_WORD = re.compile(r"y|n|yes|no|on|off", re.IGNORECASE)
_CANONICAL_INT = re.compile(r"0|-?[1-9][0-9]*")


class Statement(NamedTuple):
    """A triple, and the line and column (from 1) where its object stands."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    line: int
    column: int


@dataclass
class Record:
    """What one file says. `nodes` gives the place (line, column) of each node that the file describes."""

    path: str
    iri: NamedNode
    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    nodes: dict[NamedNode, tuple[int, int]] = field(default_factory=dict)


def iri_of(path: str) -> NamedNode:
    """The IRI of the record at `path`, relative to `data/`: its path without extension, under the base."""
    return NamedNode(BASE + path.removesuffix(".yaml"))


def read(data: bytes, path: str, context: Context) -> Record:
    """The record in `data`, the content of the file at `path` (relative to `data/`).

    Never raises on bad content: what is wrong is in `problems`, all of it unless the YAML itself cannot be parsed.
    """
    record = Record("data/" + path, iri_of(path))
    _Reader(record, context).read(data)
    return record


class _Reader:
    def __init__(self, record: Record, context: Context) -> None:
        self.record = record
        self.context = context
        self.seen: set[int] = set()
        self.lines: list[str] = []

    def read(self, data: bytes) -> None:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.refuse(
                (line, error.start - data.rfind(b"\n", 0, error.start)), "utf-8",
                "le fichier n'est pas en UTF-8 : enregistrez-le avec cet encodage",
                "the file is not UTF-8: save it with that encoding",
            )
            return
        self.lines = text.splitlines()
        try:
            documents = list(yaml.compose_all(text, Loader=_LOADER))
        except (yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            detail = getattr(error, "problem", None) or "unreadable"
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            self.refuse(place, "syntax", f"YAML illisible : {detail}", f"unreadable YAML: {detail}")
            return
        if len(documents) != 1 or not isinstance(documents[0], yaml.MappingNode):
            self.refuse(
                (1, 1), "one-record",
                "un fichier contient une seule fiche, faite de lignes « clé: valeur »",
                "a file holds one record, made of 'key: value' lines",
            )
            return
        self.identity(documents[0])
        self.node(documents[0], self.record.iri)

    def identity(self, root: yaml.MappingNode) -> None:
        """Refuse a record whose `id` is not the IRI of its file."""
        expected = self.context.compact(self.record.iri.value)
        given = next((v for k, v in root.value if k.value == "id"), None)
        if given is None or not isinstance(given, yaml.ScalarNode):
            self.refuse((1, 1), "id", f"il manque « id: {expected} »", f"'id: {expected}' is missing")
        elif self.context.expand(given.value, vocab=False) != self.record.iri.value:
            self.refuse(
                _place(given), "id",
                f"id — d'après son chemin, la fiche s'appelle « {expected} » ; valeur « {given.value} »",
                f"id — after its path, the record is called “{expected}”; value “{given.value}”",
            )

    def node(self, mapping: yaml.MappingNode, subject: NamedNode) -> None:
        self.record.nodes.setdefault(subject, _place(mapping))
        keys: dict[str, int] = {}
        for key, value in mapping.value:
            if not isinstance(key, yaml.ScalarNode) or not key.value:
                self.refuse(_place(key), "key", "une clé est un mot simple", "a key is a plain word")
                continue
            if key.value in keys:
                self.refuse(
                    _place(key), "duplicate-key",
                    f"clé en double « {key.value} » : déjà ligne {keys[key.value]}",
                    f"duplicate key “{key.value}”: already on line {keys[key.value]}",
                )
                continue
            keys[key.value] = key.start_mark.line + 1
            alias = self.context.aliases.get(key.value)
            if alias == "@id":
                continue
            if alias == "@type":
                for item in self.items(value):
                    self.add(subject, RDF_TYPE, self.iri(item, vocab=True), item)
                continue
            self.entry(subject, key, value)

    def entry(self, subject: NamedNode, key: yaml.ScalarNode, value: yaml.Node) -> None:
        term = self.context.property(key.value)
        try:
            predicate = NamedNode(term.iri)
        except ValueError:
            self.unknown(key)
            return
        if term.by_language:
            self.by_language(subject, predicate, key, value)
            return
        for number, item in enumerate(self.items(value), 1):
            if isinstance(item, yaml.MappingNode):
                child = self.child(item, subject, term, number)
                if child is None:
                    continue
                if term.reverse:
                    self.add(child, predicate, subject, item)
                else:
                    self.add(subject, predicate, child, item)
                self.node(item, child)
            elif (spoken := self.value(item, term, key.value)) is not None:
                self.add(subject, predicate, spoken, item)

    def by_language(
        self, subject: NamedNode, predicate: NamedNode, key: yaml.ScalarNode, value: yaml.Node
    ) -> None:
        if not isinstance(value, yaml.MappingNode):
            self.refuse(
                _place(value), "language-map",
                f"{key.value} — donnez une ligne par langue : « fr: … » et « en: … »",
                f"{key.value} — give a line for each language: 'fr: …' and 'en: …'",
            )
            return
        for language, text in value.value:
            if language.value not in ("fr", "en"):
                self.refuse(
                    _place(language), "language",
                    f"{key.value} — langue inconnue « {language.value} » : fr ou en",
                    f"{key.value} — unknown language “{language.value}”: fr or en",
                )
                continue
            term = Term(predicate.value, language=language.value)
            for item in self.items(text):
                if (spoken := self.value(item, term, key.value)) is not None:
                    self.add(subject, predicate, spoken, item)

    def child(
        self, item: yaml.MappingNode, subject: NamedNode, term: Term, number: int
    ) -> NamedNode | None:
        for key, value in item.value:
            if key.value == "id":
                return self.iri(value, vocab=False)
        name = term.iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        join = "-" if "#" in subject.value else "#"
        return NamedNode(f"{subject.value}{join}{name}-{number}")

    def value(self, item: yaml.Node, term: Term, key: str) -> NamedNode | Literal | None:
        if not isinstance(item, yaml.ScalarNode):
            self.refuse(_place(item), "value", f"{key} — une valeur simple est attendue", f"{key} — a simple value is expected")
            return None
        if item.style is None and not self.faithful(item, term, key):
            return None
        if term.type in ("@id", "@vocab"):
            return self.iri(item, vocab=term.type == "@vocab")
        if term.type:
            return Literal(item.value, datatype=NamedNode(term.type))
        return Literal(item.value, language=term.language) if term.language else Literal(item.value)

    def faithful(self, item: yaml.ScalarNode, term: Term, key: str) -> bool:
        """Whether a plain YAML 1.2 reader, and the JSON-LD made of it, give this plain scalar the same value."""
        text = item.value
        end = item.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if rest.lstrip().startswith("#") and (rest[0] != "#" or not text):
            self.refuse(
                _place(item), "cut",
                f"{key} — YAML coupe la valeur au « # » : écrivez-la entre guillemets",
                f"{key} — YAML cuts the value at the “#”: quote it",
            )
            return False
        if not text:
            self.refuse(
                _place(item), "empty",
                f"{key} — valeur vide : écrivez-la, ou ôtez la clé",
                f"{key} — empty value: write it, or remove the key",
            )
            return False
        if term.type == XSD + "boolean":
            ambiguous = text not in ("true", "false") and bool(_CORE_WORD.fullmatch(text) or _OLD_WORD.fullmatch(text))
        elif _CORE_INT.fullmatch(text):
            ambiguous = term.type not in NUMERIC or not _CANONICAL_INT.fullmatch(text)
        else:
            ambiguous = bool(
                _CORE_FLOAT.fullmatch(text) or _CORE_WORD.fullmatch(text) or _OLD_WORD.fullmatch(text)
            )
        if ambiguous:
            self.refuse(
                _place(item), "ambiguous",
                f"{key} — « {text} » se lit de plusieurs façons en YAML : écrivez \"{text}\" (ou true / false)",
                f"{key} — “{text}” can be read in several ways in YAML: write \"{text}\" (or true / false)",
            )
        return not ambiguous

    def iri(self, item: yaml.Node, *, vocab: bool) -> NamedNode | None:
        try:
            if not isinstance(item, yaml.ScalarNode):
                raise ValueError
            return NamedNode(self.context.expand(item.value, vocab=vocab))
        except ValueError:
            shown = item.value if isinstance(item, yaml.ScalarNode) else "…"
            self.refuse(
                _place(item), "reference",
                f"« {shown} » n'est pas une référence (prefixe:nom)",
                f"“{shown}” is not a reference (prefix:name)",
            )
            return None

    def items(self, value: yaml.Node) -> Iterator[yaml.Node]:
        """The members of a list, or the value itself; each YAML node once, so that no alias multiplies it."""
        for item in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            if id(item) in self.seen or id(value) in self.seen:
                self.refuse(_place(item), "alias", "les ancres et alias YAML ne sont pas admis", "YAML anchors and aliases are not allowed")
            elif item.tag.startswith("!") and len(item.tag) > 1:
                self.refuse(_place(item), "tag", f"étiquette YAML « {item.tag} » non admise", f"YAML tag “{item.tag}” not allowed")
            else:
                yield item
            self.seen.add(id(item))

    def add(
        self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None, item: yaml.Node
    ) -> None:
        if value is not None:
            self.record.statements.append(Statement(subject, predicate, value, *_place(item)))

    def unknown(self, key: yaml.ScalarNode) -> None:
        self.refuse(_place(key), "key", f"clé inconnue « {key.value} »", f"unknown key “{key.value}”")

    def refuse(self, place: tuple[int, int], rule: str, fr: str, en: str) -> None:
        self.record.problems.append(
            Problem(self.record.path, *place, f"source:{rule}", messages={"fr": fr, "en": en})
        )


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
