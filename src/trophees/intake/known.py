"""What the records tell already, as an import compares with it: processes, organisations, concepts by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from trophees.base.folding import fold
from trophees.base.namespaces import BASE, RDF_TYPE, SKOS, TP
from trophees.source.record import Record

LAUREATE, CASE = "laureate", "case"
_CARRIER = BASE + "role/carrier"
_NAMES = (SKOS + "prefLabel", SKOS + "altLabel")
_CONCEPTS = ("tool", "theme", "audience")
_LONGEST = 8  # words of the name of a concept


@dataclass(frozen=True)
class Process:
    """A process that has a record. `names` are its titles, labels and headings; `carriers` organisations, by IRI.

    `accounts` gives, by the IRI of a source, the code of the sheet in which that source tells of it.
    """

    iri: str
    path: str
    kind: str
    year: str
    names: tuple[str, ...]
    carriers: tuple[str, ...]
    accounts: Mapping[str, str]
    stars: str = ""
    line: str = ""
    title: str = ""


@dataclass(frozen=True)
class Known:
    """`organisations` gives the names of each by its IRI, `homes` those of a territory, `concepts` what words name."""

    processes: tuple[Process, ...]
    organisations: Mapping[str, tuple[str, ...]]
    homes: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, Mapping[tuple[str, ...], str]]
    sections: Mapping[str, str] = field(default_factory=dict)
    territories: Collection[str] = ()

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """The organisations of each name, as `plain` writes it."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, names in self.organisations.items():
            for name in names:
                found[plain(name)].append(iri)
        return {name: tuple(dict.fromkeys(iris)) for name, iris in found.items()}

    def named(self, kind: str, text: str) -> Iterator[tuple[str, str]]:
        """The concepts of a vocabulary that `text` names, the longest names first to be read, with the words it has."""
        words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)?", text)]
        names, at = self.concepts.get(kind, {}), 0
        seen: set[str] = set()
        while at < len(words):
            for count in range(min(_LONGEST, len(words) - at), 0, -1):
                spelt = tuple(stem(word) for word, _, _ in words[at : at + count])
                if iri := names.get(spelt):
                    if iri not in seen:
                        seen.add(iri)
                        yield iri, text[words[at][1] : words[at + count - 1][2]]
                    at += count - 1
                    break
            at += 1


def known(records: Iterable[Record], territories: Collection[str] = ()) -> Known:
    """What `records` tell; `territories` are those that records may name, by their IRIs."""
    processes: list[Process] = []
    organisations: dict[str, tuple[str, ...]] = {}
    homes: dict[str, list[str]] = defaultdict(list)
    concepts: dict[str, dict[tuple[str, ...], str]] = {kind: {} for kind in _CONCEPTS}
    sections: dict[str, str] = {}
    for record in records:
        kind, _, rest = record.iri.value.removeprefix(BASE).partition("/")
        said = _said(record)
        own = said.get(record.iri.value, {})
        if kind in (LAUREATE, CASE):
            processes.append(_process(record, kind, rest, said))
        elif kind == "organisation":
            organisations[record.iri.value] = tuple(name for p in _NAMES for name in own.get(p, ()))
            for home in own.get(TP + "homeTerritory", ()):
                homes[home].append(record.iri.value)
        elif kind == "vocabulary":
            _take_concepts(said, concepts, sections)
    return Known(
        tuple(processes),
        organisations,
        {home: tuple(iris) for home, iris in homes.items()},
        concepts,
        sections,
        territories,
    )


def _said(record: Record) -> dict[str, dict[str, list[str]]]:
    """The values of each property of each node of the record, in their order."""
    found: dict[str, dict[str, list[str]]] = {}
    for s in record.statements:
        if isinstance(s.object, (NamedNode, Literal)):
            found.setdefault(s.subject.value, {}).setdefault(s.predicate.value, []).append(s.object.value)
    return found


def _process(record: Record, kind: str, rest: str, said: Mapping[str, Mapping[str, list[str]]]) -> Process:
    own = said.get(record.iri.value, {})

    def first(node: Mapping[str, list[str]], name: str) -> str:
        return next(iter(node.get(TP + name, ())), "")

    carriers, accounts = [], {}
    names = [*own.get(TP + "title", ()), *(name for p in _NAMES for name in own.get(p, ()))]
    for node in said.values():
        if first(node, "role") == _CARRIER:
            carriers += node.get(TP + "organisation", [])
    for iri in own.get(TP + "account", ()):
        account = said.get(iri, {})
        accounts[first(account, "accordingTo")] = first(account, "notation")
        names += account.get(TP + "title", ())
    for iri in own.get(TP + "heading", ()):
        names += said.get(iri, {}).get(TP + "printed", ())
    year = rest.partition("/")[0]
    return Process(
        record.iri.value,
        record.path,
        kind,
        year if year.isdigit() else "",
        tuple(dict.fromkeys(names)),
        tuple(dict.fromkeys(carriers)),
        accounts,
        first(own, "stars"),
        first(own, "carrierLine"),
        first(own, "title"),
    )


def _take_concepts(
    said: Mapping[str, Mapping[str, list[str]]],
    concepts: dict[str, dict[tuple[str, ...], str]],
    sections: dict[str, str],
) -> None:
    for iri, node in said.items():
        kind = iri.removeprefix(BASE).partition("/")[0]
        names = [name for p in _NAMES for name in node.get(p, ())]
        if TP + "Section" in node.get(RDF_TYPE.value, ()):
            sections.update((" ".join(fold(name).split()), iri) for name in names)
        for name in names if kind in concepts else ():
            bare = name.partition("(")[0]
            spelt = tuple(stem(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", bare))
            if spelt:
                concepts[kind].setdefault(spelt, iri)


def stem(word: str) -> str:
    """The word as names are compared: without accents, capitals, the mark of the plural."""
    plain = fold(word)
    return plain[:-1] if len(plain) > 3 and plain[-1] in "sx" else plain


def plain(text: str) -> str:
    """The text as names are compared: words in small letters without accents, one space between them."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
