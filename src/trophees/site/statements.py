"""What is said of each IRI, in any graph: indexed once, always in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from trophees.base.language import Language
from trophees.base.namespaces import RDF
from trophees.site.collation import natural

TYPE = RDF + "type"

Value = NamedNode | Literal


@dataclass(frozen=True)
class Name:
    """A text and its language: a BCP 47 tag, or empty if it has none."""

    text: str
    lang: str


class Statements:
    """The statements of a graph whose values are IRIs or literals."""

    def __init__(self, union: Iterable[Triple]) -> None:
        self._of: dict[str, dict[str, list[Value]]] = {}
        self._to: dict[str, list[tuple[str, str]]] = {}
        self._parts: dict[str, list[str]] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}
        self._index(union)

    def _index(self, union: Iterable[Triple]) -> None:
        known: dict[Any, Any] = {}  # each text and each term is in memory once
        for triple in union:
            if not isinstance(triple.object, NamedNode | Literal):
                continue
            subject, predicate = str(triple.subject.value), triple.predicate.value  # type: ignore[union-attr]
            subject, predicate = known.setdefault(subject, subject), known.setdefault(predicate, predicate)
            value: Value = known.setdefault(triple.object, triple.object)
            about = self._of.get(subject)
            if about is None:
                about = self._of[subject] = {}
                self._parts.setdefault(subject.partition("#")[0], []).append(subject)
            about.setdefault(predicate, []).append(value)
            if isinstance(value, NamedNode):
                self._to.setdefault(value.value, []).append((predicate, subject))
        for about in self._of.values():
            for values in about.values():
                if len(values) > 1:
                    values.sort(key=lambda v: natural(str(v)))
        for parts in self._parts.values():
            parts.sort(key=natural)

    def about(self, iri: str) -> Mapping[str, list[Value]]:
        """What is said of `iri`: the values of each predicate."""
        return self._of.get(iri, {})

    def values(self, iri: str, predicate: str) -> list[Value]:
        """The values of `predicate`, numbers in their text in numeric order."""
        return self._of.get(iri, {}).get(predicate, [])

    def said(self, iri: str, predicate: str, lang: Language | None = None) -> Name:
        """The first literal value of `predicate`, in `lang` if there is one; empty if there is none."""
        found = [v for v in self.values(iri, predicate) if isinstance(v, Literal)]
        first = min(found, key=lambda v: v.language != lang, default=Literal(""))
        return Name(first.value, first.language or "")

    def text(self, iri: str, predicate: str, lang: Language | None = None) -> str:
        """The text of `said`."""
        return self.said(iri, predicate, lang).text

    def links(self, iri: str, predicate: str) -> list[str]:
        """The IRIs that are values of `predicate`."""
        return [v.value for v in self.values(iri, predicate) if isinstance(v, NamedNode)]

    def incoming(self, iri: str) -> list[tuple[str, str]]:
        """The (predicate, subject) of what refers to `iri`."""
        return self._to.get(iri, [])

    def subjects(self, predicate: str, iri: str) -> list[str]:
        """What has `iri` as a value of `predicate`."""
        found = self._subjects.get((predicate, iri))
        if found is None:
            found = sorted((s for p, s in self._to.get(iri, ()) if p == predicate), key=natural)
            self._subjects[predicate, iri] = found
        return found

    def parts(self, iri: str) -> list[str]:
        """The nodes that stand on the page of the document `iri`: itself and its fragments."""
        return self._parts.get(iri, [])

    def triples(self, iri: str) -> list[Triple]:
        """What is said of the document `iri` and of its fragments, in any graph, types first."""
        return [triple for subject in self.parts(iri) for triple in self.node(subject)]

    def node(self, iri: str) -> list[Triple]:
        """What is said of the node `iri` alone."""
        about, subject, found = self.about(iri), NamedNode(iri), []
        for predicate in sorted(about, key=lambda p: (p != TYPE, p)):
            verb = NamedNode(predicate)
            found += [Triple(subject, verb, value) for value in sorted(about[predicate], key=str)]
        return found

    def types(self, iri: str) -> list[str]:
        """The classes of `iri`."""
        return self.links(iri, TYPE)
