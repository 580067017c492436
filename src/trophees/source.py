"""YAML-LD to statements, each with its place; the only module that knows YAML.

A record is read as the JSON-LD that the context makes of it. Scalars are read as text and typed by the
context; whatever a plain YAML 1.2 reader (core schema) would read differently is refused, with its line, so that
both give the same graph. A nested node without `id` gets an IRI made of its record's, its property and its
position in the list (`…/cachan#indicator-2`: skolemization, RDF 1.1 Concepts, section 3.5), hence no blank nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml
from pyoxigraph import Literal, NamedNode

from trophees.context import BASE, Context, Term
from trophees.problem import Problem, nearest

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
NUMERIC = {XSD + "integer", XSD + "decimal", XSD + "gYear", EDTF}
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_CORE_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CORE_WORD = re.compile(r"true|True|TRUE|false|False|FALSE|null|Null|NULL|~|")
_OLD_WORD = re.compile(r"y|n|yes|no|on|off|[-+]?[0-9][0-9_]*", re.IGNORECASE)
_EXACT_INT = re.compile(r"0|-?[1-9][0-9]{0,14}")
# a line end for YAML 1.1 only, an invisible mark, or no XML character at all (XML 1.0, section 2.2)
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_DEPTH = 20
REFUSED = Literal("…")


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
        self.lines: list[str] = []

    def read(self, data: bytes) -> None:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8", "replace")
            self.refuse(
                (before.count("\n") + 1, len(before) - before.rfind("\n")),
                "utf-8",
                "le fichier n'est pas en UTF-8 : enregistrez-le avec cet encodage",
                "the file is not UTF-8: save it with that encoding",
            )
            return
        if found := _FORBIDDEN.search(text):
            before = text[: found.start()].replace("\r\n", "\n").replace("\r", "\n")
            self.forbidden((before.count("\n") + 1, len(before) - before.rfind("\n")), found[0])
            return
        self.lines = text.splitlines()
        try:
            if not self.guard(text):
                return
            documents = list(yaml.compose_all(text, Loader=_LOADER))
        except yaml.YAMLError as error:
            opened = getattr(error, "context_mark", None) if "quoted" in str(error) else None
            mark = opened or getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            detail = getattr(error, "problem", None) or "unreadable"
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            self.refuse(
                place,
                "syntax",
                "YAML illisible ici : revoyez, sur cette ligne ou la précédente, "
                "le retrait, les guillemets et les « : »",
                "unreadable YAML here: on this line or the one before, "
                f"mend the indent, the quotes and the colons ({detail})",
            )
            return
        if len(documents) != 1 or not isinstance(documents[0], yaml.MappingNode):
            self.refuse(
                (1, 1),
                "one-record",
                "un fichier contient une seule fiche, faite de lignes « clé: valeur »",
                "a file holds one record, made of 'key: value' lines",
            )
            return
        self.identity(documents[0])
        self.node(documents[0], self.record.iri)

    def guard(self, text: str) -> bool:
        """Whether the file is plain enough to be composed: no anchor, alias, tag or directive, and few levels."""
        depth, before = 0, len(self.record.problems)
        for event in yaml.parse(text, Loader=_LOADER):
            if getattr(event, "anchor", None):
                self.refuse(
                    _place(event),
                    "alias",
                    "les ancres et alias YAML ne sont pas admis",
                    "YAML anchors and aliases are not allowed",
                )
            if tag := (getattr(event, "tag", None) or "").replace("tag:yaml.org,2002:", "!!"):
                self.refuse(
                    _place(event),
                    "tag",
                    f"étiquette YAML « {tag} » non admise",
                    f"YAML tag “{tag}” not allowed",
                )
            if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
                self.refuse(_place(event), "tag", "directive YAML « % » non admise", "YAML directive “%” not allowed")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEPTH:
                self.refuse(
                    _place(event),
                    "syntax",
                    f"plus de {_DEPTH} niveaux : une fiche en a moins de dix",
                    f"more than {_DEPTH} levels: a record has fewer than ten",
                )
                return False
        return len(self.record.problems) == before

    def identity(self, root: yaml.MappingNode) -> None:
        """Refuse a record whose `id` is not the IRI of its file."""
        expected = self.context.compact(self.record.iri.value)
        given = next((v for k, v in root.value if k.value == "id"), None)
        if given is None or not isinstance(given, yaml.ScalarNode):
            self.refuse((1, 1), "id", f"il manque « id: {expected} »", f"'id: {expected}' is missing")
        elif self.context.expand(given.value, vocab=False) != self.record.iri.value:
            self.refuse(
                _place(given),
                "id",
                f"id — d'après son chemin, la fiche s'appelle « {expected} » ; valeur « {given.value} »",
                f"id — after its path, the record is called “{expected}”; value “{given.value}”",
            )

    def node(self, mapping: yaml.MappingNode, subject: NamedNode) -> None:
        self.record.nodes.setdefault(subject, _place(mapping))
        keys = set()
        for key, value in self.pairs(mapping):
            keys.add(key.value)
            alias = self.context.aliases.get(key.value)
            if alias == "@id":
                continue
            if alias == "@type":
                for item in self.items(value):
                    self.add(subject, RDF_TYPE, self.type(item), item)
                continue
            self.entry(subject, key, value)
        if "type" not in keys and "#" not in subject.value:
            self.refuse(
                _place(mapping),
                "type",
                "il manque « type: … » (Lauréat, Organisme, Personne, Lieu, Outil…)",
                "'type: …' is missing (Lauréat, Organisme, Personne, Lieu, Outil…)",
            )

    def pairs(self, mapping: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """The keys of `mapping`, each once, with their values."""
        lines: dict[str, int] = {}
        for key, value in mapping.value:
            if not isinstance(key, yaml.ScalarNode) or not key.value or (not key.style and _not_text(key.value)):
                self.refuse(_place(key), "key", "une clé est un mot simple", "a key is a plain word")
            elif key.value.startswith("@"):
                self.unknown(key)
            elif key.value in lines:
                self.refuse(
                    _place(key),
                    "duplicate-key",
                    f"clé en double « {key.value} » : déjà ligne {lines[key.value]}",
                    f"duplicate key “{key.value}”: already on line {lines[key.value]}",
                )
            else:
                lines[key.value] = key.start_mark.line + 1
                yield key, value

    def type(self, item: yaml.Node) -> NamedNode | None:
        """The class that `item` names, one of the context's."""
        iri = self.iri(item, "type", vocab=True)
        if iri is None or iri.value in self.context.classes:
            return iri
        assert isinstance(item, yaml.ScalarNode)
        names = [name for name, term in self.context.terms.items() if term.iri in self.context.classes]
        fr, en = _near(item.value, names)
        self.refuse(_place(item), "type", f"type inconnu « {item.value} »{fr}", f"unknown type “{item.value}”{en}")
        return None

    def entry(self, subject: NamedNode, key: yaml.ScalarNode, value: yaml.Node) -> None:
        known = key.value in self.context.terms
        term = self.context.property(key.value)
        try:
            predicate = NamedNode(term.iri)
        except ValueError:
            self.unknown(key)
            return
        if not known and (name := self.context.term_for(term.iri)):
            self.unknown(key, name)
            return
        if term.by_language:
            self.by_language(subject, predicate, key, value)
            return
        for number, item in enumerate(self.items(value), 1):
            if isinstance(item, yaml.MappingNode) and (term.type == "@id" or term.reverse or not known):
                child = self.child(item, subject, term, number)
                if child is None:
                    self.add(subject, predicate, None, item)
                    continue
                if term.reverse:
                    self.add(child, predicate, subject, item)
                else:
                    self.add(subject, predicate, child, item)
                self.node(item, child)
            elif term.reverse:
                self.refuse(
                    _place(item),
                    "entry",
                    f"{key.value} — une fiche est attendue, avec ses clés, après un tiret",
                    f"{key.value} — an entry is expected, with its keys, after a dash",
                )
            elif not known and isinstance(item, yaml.ScalarNode) and not item.style and _not_text(item.value):
                self.unknown(key)
                self.add(subject, predicate, None, item)
            else:
                self.add(subject, predicate, self.value(item, term, key.value), item)

    def by_language(self, subject: NamedNode, predicate: NamedNode, key: yaml.ScalarNode, value: yaml.Node) -> None:
        if not isinstance(value, yaml.MappingNode):
            self.refuse(
                _place(value),
                "language-map",
                f"{key.value} — donnez une ligne par langue : « fr: … » et « en: … »",
                f"{key.value} — give a line for each language: 'fr: …' and 'en: …'",
            )
            self.add(subject, predicate, None, value)
            return
        for language, text in self.pairs(value):
            if language.value not in ("fr", "en"):
                self.refuse(
                    _place(language),
                    "language",
                    f"{key.value} — langue inconnue « {language.value} » : fr ou en",
                    f"{key.value} — unknown language “{language.value}”: fr or en",
                )
                continue
            term = Term(predicate.value, language=language.value)
            for item in self.items(text):
                self.add(subject, predicate, self.value(item, term, key.value), item)

    def child(self, item: yaml.MappingNode, subject: NamedNode, term: Term, number: int) -> NamedNode | None:
        for key, value in item.value:
            if key.value == "id":
                return self.iri(value, "id", vocab=False)
        name = term.iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        join = "-" if "#" in subject.value else "#"
        return NamedNode(f"{subject.value}{join}{name}-{number}")

    def value(self, item: yaml.Node, term: Term, key: str) -> NamedNode | Literal | None:
        if not isinstance(item, yaml.ScalarNode):
            self.refuse(
                _place(item),
                "value",
                f"{key} — une valeur simple est attendue",
                f"{key} — a simple value is expected",
            )
            return None
        if not item.style and not self.faithful(item, term, key):
            return None
        if found := _FORBIDDEN.search(item.value) or re.search("\r", item.value):
            self.forbidden(_place(item), found[0])
            return None
        if term.type in ("@id", "@vocab"):
            return self.iri(item, key, vocab=term.type == "@vocab")
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
                _place(item),
                "cut",
                f"{key} — YAML coupe la valeur au « # » : écrivez-la entre guillemets",
                f"{key} — YAML cuts the value at the “#”: quote it",
            )
            return False
        if not text:
            self.refuse(
                _place(item),
                "empty",
                f"{key} — valeur vide : écrivez-la, ou ôtez la clé",
                f"{key} — empty value: write it, or remove the key",
            )
            return False
        if term.type == XSD + "boolean":
            typed = text in ("true", "false")
        else:
            typed = term.type in NUMERIC and bool(_EXACT_INT.fullmatch(text))
        ambiguous = not typed and _not_text(text)
        if ambiguous:
            fr, en = ("true ou false", "true or false") if term.type == XSD + "boolean" else (f'"{text}"', f'"{text}"')
            if term.type == XSD + "integer" and re.fullmatch(r"[-+]?[0-9]{1,15}", text):
                fr = en = re.sub(r"^\+?(-?)0*(?=[0-9])", r"\1", text)
            self.refuse(
                _place(item),
                "ambiguous",
                f"{key} — « {text} » se lit de plusieurs façons en YAML : écrivez {fr}",
                f"{key} — “{text}” can be read in several ways in YAML: write {en}",
            )
        return not ambiguous

    def iri(self, item: yaml.Node, key: str, *, vocab: bool) -> NamedNode | None:
        try:
            if not isinstance(item, yaml.ScalarNode):
                raise ValueError
            iri = self.context.expand(item.value, vocab=vocab)
            if (
                item.value.startswith("@")
                or not (vocab or ":" in item.value)
                or not iri.startswith(("https://", "http://"))
            ):
                raise ValueError
            return NamedNode(iri)
        except ValueError:
            text = item.value if isinstance(item, yaml.ScalarNode) else "…"
            names = self.context.terms if vocab else [f"{p}:{text.partition(':')[2]}" for p in self.context.prefixes]
            fr, en = _near(text, names) if vocab or ":" in text else ("", "")
            what = ("mot connu", "known word") if vocab else ("référence (préfixe:nom)", "reference (prefix:name)")
            self.refuse(
                _place(item),
                "reference",
                f"{key} — « {text} » n'est pas un{'' if vocab else 'e'} {what[0]}{fr}",
                f"{key} — “{text}” is not a {what[1]}{en}",
            )
            return None

    def items(self, value: yaml.Node) -> Iterator[yaml.Node]:
        """The members of a list, or the value itself."""
        yield from value.value if isinstance(value, yaml.SequenceNode) else [value]

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None, item: yaml.Node) -> None:
        """State `value`; for a refused one, REFUSED, so that its key does not count as missing."""
        self.record.statements.append(Statement(subject, predicate, REFUSED if value is None else value, *_place(item)))

    def unknown(self, key: yaml.ScalarNode, right: str | None = None) -> None:
        fr, en = _near(key.value, [right] if right else self.context.keys, 0 if right else 0.6)
        self.refuse(_place(key), "key", f"clé inconnue « {key.value} »{fr}", f"unknown key “{key.value}”{en}")

    def forbidden(self, place: tuple[int, int], character: str) -> None:
        code = f"U+{ord(character):04X}"
        self.refuse(
            place,
            "character",
            f"caractère interdit {code}, sans doute invisible : ôtez-le",
            f"forbidden character {code}, probably invisible: remove it",
        )

    def refuse(self, place: tuple[int, int], rule: str, fr: str, en: str) -> None:
        self.record.problems.append(Problem(self.record.path, *place, f"source:{rule}", messages={"fr": fr, "en": en}))


def _not_text(text: str) -> bool:
    """Whether some YAML reader takes this plain scalar for a number, a boolean or null."""
    return any(kind.fullmatch(text) for kind in (_CORE_INT, _CORE_FLOAT, _CORE_WORD, _OLD_WORD))


def _place(node: yaml.Node | yaml.Event) -> tuple[int, int]:
    mark = node.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1


def _near(text: str, names: Iterable[str], cutoff: float = 0.6) -> tuple[str, str]:
    """« vouliez-vous … ? » with the name that `text` most resembles, in French and in English; or nothing, twice."""
    near = nearest(text, names, cutoff)
    return (f" (vouliez-vous « {near} » ?)", f" (did you mean “{near}”?)") if near else ("", "")
