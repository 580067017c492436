"""YAML-LD to statements, each with its place.

A record is read as the JSON-LD that the context makes of it. Scalars are read as text and typed by the context;
`plain_yaml` refuses whatever a YAML 1.2 reader (core schema) would read differently, so that both give the same graph.
A nested node has the IRI that its `id` gives it (`identity`), hence no blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from pyoxigraph import Literal, NamedNode

from trophees.base import lexical
from trophees.base.context import Context, Term
from trophees.base.errors import brief, nearest
from trophees.base.language import did_you_mean
from trophees.base.namespaces import BASE, EDTF, RDF_TYPE, SKOS, XSD
from trophees.source.identity import Identities
from trophees.source.plain_yaml import PlainYaml, not_text, written
from trophees.source.record import REFUSED, Record, Statement, iri_of
from trophees.source.refusal import Refusals, place
from trophees.source.text import flaw_of_value, loose

_OTHER_NAME = NamedNode(SKOS + "altLabel")


def read(data: bytes, path: str, context: Context) -> Record:
    """The record in `data`, the content of the file at `path` (relative to `data/`).

    Never raises on bad content: what is wrong is in `problems`, all of it unless the YAML itself cannot be parsed.
    """
    record = Record("data/" + path, iri_of(path))
    _Reader(record, context).read(data)
    return record


def read_root(root: yaml.MappingNode, record: Record, context: Context) -> None:
    """Fill `record` with what `root` says, which has come from elsewhere than a YAML file, such as a line of JSON.

    Never raises on bad content; a text that is typed there, and not between quotes here, is a plain scalar.
    """
    _Reader(record, context).read_root(root)


def value_of(item: yaml.ScalarNode, key: str, context: Context) -> NamedNode | Literal | None:
    """What a record states that has `item` under `key`, which is one of the context; None if it is refused."""
    reader = _Reader(Record("", NamedNode(BASE)), context)
    return reader.type(item) if key in context.aliases else reader.value(item, context.property(key), key)


class _Reader:
    def __init__(self, record: Record, context: Context) -> None:
        self.record = record
        self.context = context
        self.refusals = Refusals(record.path, context)
        self.refuse, self.unknown = self.refusals.refuse, self.refusals.unknown
        self.yaml = PlainYaml(self.refusals)
        self.identities = Identities(record, context, self.refusals)

    def read(self, data: bytes) -> None:
        self.read_root(self.yaml.root(data))

    def read_root(self, root: yaml.MappingNode | None) -> None:
        if root is not None:
            self.identities.root(root)
            self.node(root, self.record.iri)
        self.record.problems += self.refusals.problems

    def node(self, mapping: yaml.MappingNode, subject: NamedNode) -> None:
        self.record.nodes.setdefault(subject, place(mapping))
        keys = set()
        for key, value in self.yaml.pairs(mapping):
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
            self.refuse(place(mapping), "type")

    def type(self, item: yaml.Node) -> NamedNode | None:
        """The class that `item` names, one of the context's."""
        iri = self.iri(item, "type", vocab=True)
        if iri is None or iri.value in self.context.classes:
            return iri
        assert isinstance(item, yaml.ScalarNode)
        names = [name for name, term in self.context.terms.items() if term.iri in self.context.classes]
        near = did_you_mean(nearest(item.value, names))
        self.refuse(place(item), "type.unknown", value=item.value, near=near)
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
        if term.by_language and (isinstance(value, yaml.MappingNode) or not term.language):
            self.by_language(subject, predicate, key, value, term.language)
            return
        items = list(self.items(value))
        nested = term.type == "@id" or term.reverse or not known
        children = self.identities.children(items, subject, term) if nested else [None] * len(items)
        for item, child in zip(items, children, strict=True):
            if isinstance(item, yaml.MappingNode) and nested:
                if child is None:
                    self.add(subject, predicate, None, item)
                    continue
                if term.reverse:
                    self.add(child, predicate, subject, item)
                else:
                    self.add(subject, predicate, child, item)
                self.node(item, child)
            elif term.reverse:
                self.refuse(place(item), "entry", key=key.value)
            elif not known and isinstance(item, yaml.ScalarNode) and not item.style and not_text(item.value):
                self.unknown(key)
                self.add(subject, predicate, None, item)
            else:
                self.add(subject, predicate, self.value(item, term, key.value), item)

    def by_language(
        self, subject: NamedNode, predicate: NamedNode, key: yaml.ScalarNode, value: yaml.Node, own: str | None
    ) -> None:
        """A text in several languages, `own` among them: that of a text which names none."""
        if not isinstance(value, yaml.MappingNode):
            self.refuse(place(value), "language-map", key=key.value)
            self.add(subject, predicate, None, value)
            return
        # a text is told in both languages, but no other name is the translation of another
        told = predicate != _OTHER_NAME
        if own and told and own not in {language.value for language, _ in value.value}:
            self.refuse(place(value), "language-map.own", key=key.value, language=own)
        for language, text in self.yaml.pairs(value):
            if language.value not in ("fr", "en"):
                self.refuse(place(language), "language", key=key.value, language=language.value)
                continue
            term = Term(predicate.value, language=language.value)
            for item in self.items(text):
                self.add(subject, predicate, self.value(item, term, key.value), item)

    def value(self, item: yaml.Node, term: Term, key: str) -> NamedNode | Literal | None:
        if not isinstance(item, yaml.ScalarNode):
            self.refuse(place(item), "value", key=key)
            return None
        if not item.style and not self.yaml.faithful(item, term, key):
            return None
        if found := flaw_of_value(item.value):
            self.refusals.flaw(place(item), found, key)
            return None
        if term.type in ("@id", "@vocab"):
            return self.iri(item, key, vocab=term.type == "@vocab")
        if term.type:
            return self.typed(item, term, term.type, key)
        if not item.value.strip():
            self.yaml.empty(item, key)
            return None
        if found := loose(item.value):
            self.refusals.flaw(place(item), found, key)
            return None
        return Literal(item.value, language=term.language) if term.language else Literal(item.value)

    def typed(self, item: yaml.ScalarNode, term: Term, datatype: str, key: str) -> Literal | None:
        """A value of `datatype` in the one spelling that it has (XML Schema 1.1, part 2)."""
        text = item.value
        if lexical.spelling(text, datatype) == text:
            return Literal(text, datatype=NamedNode(datatype))
        shown, meant = brief(text), lexical.meant(text, datatype)
        if meant is not None:
            self.refuse(place(item), "lexical.written", key=key, value=shown, right=written(meant, term))
        elif datatype in (XSD + "date", EDTF) and lexical.DATE.fullmatch(text):
            self.refuse(place(item), "lexical.calendar", key=key, value=shown)
        else:
            name = datatype.rpartition("#")[2].rpartition("/")[2]
            self.refuse(place(item), f"lexical.{name}", key=key, value=shown)
        return None

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
            near = did_you_mean(nearest(text, names) if vocab or ":" in text else None)
            self.refuse(place(item), "reference.word" if vocab else "reference", key=key, value=text, near=near)
            return None

    def items(self, value: yaml.Node) -> Iterator[yaml.Node]:
        """The members of a list, or the value itself."""
        yield from value.value if isinstance(value, yaml.SequenceNode) else [value]

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None, item: yaml.Node) -> None:
        """State `value`; for a refused one, REFUSED, so that its key does not count as missing."""
        self.record.statements.append(Statement(subject, predicate, REFUSED if value is None else value, *place(item)))
