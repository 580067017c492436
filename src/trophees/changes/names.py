"""What the statements around a difference tell: which subjects each dataset has, what they are, and their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from trophees.base.language import Language
from trophees.base.namespaces import BASE, DCTERMS, FOAF, RDF_TYPE, RDFS, SCHEMA, SKOS, TP
from trophees.changes.difference import Difference
from trophees.changes.statements import Lines, quads

# a name in the ontology, and of things; the first that a thing has is its name
_NAMES = tuple(
    f"<{iri}>".encode()
    for iri in (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", FOAF + "name", SCHEMA + "name")
)
_ABOUT, _TYPE = f"<{TP}about> ".encode(), f"{RDF_TYPE} ".encode()
_TERM = f"<{TP}".encode()


@dataclass
class Surroundings:
    """What is known of the things of a difference.

    `olds` and `news` are those that the old and the new dataset say something of; `about` has what facts are about.
    """

    olds: set[str] = field(default_factory=set)
    news: set[str] = field(default_factory=set)
    types: dict[str, set[str]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def entity(self, subject: str) -> str:
        """The thing of which `subject` is a part, or itself."""
        if subject in self.about:
            return self.about[subject]
        ours = subject.startswith(BASE) and not subject.startswith(TP)
        return subject.partition("#")[0] if ours else subject

    def label(self, iri: str, language: Language) -> str:
        """How `iri` is called in `language`, or in another; empty if nothing says so."""
        names = self.labels.get(iri, {})
        return names.get(language) or names.get("") or next(iter(names.values()), "")


def surroundings(old: Lines, new: Lines, found: Difference) -> Surroundings:
    """What `old` and `new` tell of what they do not share; where both name a thing, as the new one does."""
    changed = [*quads(found.removed), *quads(found.added)]
    subjects = {_token(quad.subject) for quad in changed}
    told = Surroundings()
    for lines in (new, old):
        for subject, rest in _of(lines, subjects):
            if rest.startswith(_ABOUT):
                told.about.setdefault(_plain(subject), _plain(rest.split(b" ", 2)[1]))
    wanted = {_token(term) for quad in changed for term in quad}
    wanted |= {_mark(told.entity(_plain(subject))) for subject in subjects}
    for lines, there in ((new, told.news), (old, told.olds)):
        named: list[bytes] = []
        types: dict[str, set[str]] = {}
        for subject, rest in _of(lines, wanted):
            iri = _plain(subject)
            there.add(iri)
            if rest.startswith(_NAMES):
                named.append(subject + b" " + rest)
            elif rest.startswith(_TYPE):
                types.setdefault(iri, set()).add(_plain(rest.split(b" ", 2)[1]))
        told.types = types | told.types
        _name(quads(named), told.labels)
    return told


def _name(said: Iterable[Quad], labels: dict[str, dict[str, str]]) -> None:
    ranks = {name.decode(): rank for rank, name in enumerate(_NAMES)}
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for quad in said:
        if isinstance(quad.object, Literal):
            key = _plain(_token(quad.subject)), quad.object.language or ""
            candidate = ranks[str(quad.predicate)], quad.object.value
            best[key] = min(best.get(key, candidate), candidate)
    for (iri, language), (_, text) in best.items():
        labels.setdefault(iri, {}).setdefault(language, text)


def _of(lines: Lines, subjects: set[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The lines of `subjects`, and of the terms of the ontology: each its subject, and the rest."""
    for line in lines:
        subject, _, rest = line.partition(b" ")
        if subject in subjects or subject.startswith(_TERM):
            yield subject, rest


def _token(term: object) -> bytes:
    return str(term).encode()


def _mark(iri: str) -> bytes:
    return (iri if iri.startswith("_:") else f"<{iri}>").encode()


def _plain(token: bytes) -> str:
    text = token.decode()
    return text[1:-1] if text.startswith("<") else text


def plain(term: object) -> str:
    """What `Surroundings` calls a term."""
    return term.value if isinstance(term, NamedNode) else str(term)
