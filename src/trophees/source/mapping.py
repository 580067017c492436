"""How concepts match those of other vocabularies: a table in SSSOM (TSV with its metadata on top) -> rows and quads.

Each row is a judgement. One whose object is `sssom:NoTermFound` says that nothing matches, and why; one with the
modifier `Not`, that a proposal was refused. Neither becomes a statement of the graph, the others do, with the label
of the term elsewhere, in a named graph of their own: they can be taken or left, and speak of what is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml
from pyoxigraph import Literal, NamedNode, Quad

from trophees.base.namespaces import GRAPH, RDFS, SKOS

FILE = "mapping/vocabularies.sssom.tsv"  # in data/
NONE = "https://w3id.org/sssom/NoTermFound"
EXACT = SKOS + "exactMatch"
BROAD = SKOS + "broadMatch"
PREDICATES = frozenset(SKOS + name + "Match" for name in ("exact", "close", "broad", "narrow", "related"))
SCHEMES = {"http://eurovoc.europa.eu/100141": "EuroVoc", "https://participedia.net/": "Participedia"}
# what the addresses of their terms look like
TERMS = {
    "EuroVoc": r"http://eurovoc\.europa\.eu/[1-9]\d*",
    "Participedia": r"https://participedia\.net/method/[1-9]\d*",
}
_GRAPH = NamedNode(GRAPH + "mapping")
_REQUIRED = frozenset(f"{kind}_{what}" for kind in ("subject", "object") for what in ("id", "label")) | {
    "predicate_id",
    "predicate_modifier",
    "object_source",
    "author_label",
    "reviewer_label",
    "comment",
}
_CURIE = re.compile(r"([a-z]+):([\w./-]+)", re.ASCII)


class Mapping(NamedTuple):
    """A row, with its line in the file; IRIs are whole, and `scheme` is one of `SCHEMES`."""

    line: int
    subject: str
    subject_label: str
    refused: bool
    predicate: str
    object: str
    object_label: str
    scheme: str
    comment: str
    author: str
    reviewer: str

    @property
    def none(self) -> bool:
        """Whether it says that nothing in the other vocabulary matches."""
        return self.object == NONE

    @property
    def stated(self) -> bool:
        """Whether it says that two concepts match."""
        return not (self.none or self.refused)


def read(text: str) -> Iterator[Mapping]:
    """The rows of the table. ValueError, `line: sentence`, where it cannot be read as one."""
    lines = text.split("\n")
    top = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = _prefixes("\n".join(line[1:] for line in lines[:top]))
    columns = lines[top].split("\t") if top < len(lines) else []
    if missing := sorted(_REQUIRED - set(columns)):
        raise ValueError(f"{top + 1}: column {missing[0]} is missing")
    if lines[-1]:
        raise ValueError(f"{len(lines)}: the last line has no end")
    for number, line in enumerate(lines[top + 1 : -1], top + 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{number}: {len(columns)} cells are expected, {len(cells)} found")
        row = dict(zip(columns, cells, strict=True))
        try:
            yield _mapping(number, row, prefixes)
        except ValueError as error:
            raise ValueError(f"{number}: {error}") from None


def _prefixes(head: str) -> dict[str, str]:
    try:
        said: Any = yaml.safe_load(head)
    except yaml.YAMLError:
        raise ValueError("1: the metadata on top are not YAML") from None
    found = said.get("curie_map") if isinstance(said, dict) else None
    if not isinstance(found, dict) or not all(isinstance(text, str) for pair in found.items() for text in pair):
        raise ValueError("1: the metadata on top have no curie_map")
    return found


def _mapping(line: int, row: dict[str, str], prefixes: dict[str, str]) -> Mapping:
    def iri(column: str) -> str:
        found = _CURIE.fullmatch(row[column])
        if not found or found[1] not in prefixes:
            raise ValueError(f"{column}: “{row[column]}” is no compact IRI of the curie_map")
        return prefixes[found[1]] + found[2]

    scheme, predicate, term = SCHEMES.get(iri("object_source")), iri("predicate_id"), iri("object_id")
    if scheme is None:
        raise ValueError(f"object_source: “{row['object_source']}” is not one of {', '.join(SCHEMES.values())}")
    if predicate not in PREDICATES:
        raise ValueError(f"predicate_id: “{row['predicate_id']}” is no mapping property of SKOS")
    if row["predicate_modifier"] not in ("", "Not"):
        raise ValueError(f"predicate_modifier: “{row['predicate_modifier']}” is neither empty nor Not")
    if term != NONE and not re.fullmatch(TERMS[scheme], term, re.ASCII):
        raise ValueError(f"object_id: “{row['object_id']}” is no address of {scheme}")
    return Mapping(
        line,
        iri("subject_id"),
        row["subject_label"],
        row["predicate_modifier"] == "Not",
        predicate,
        term,
        row["object_label"],
        scheme,
        row["comment"],
        row["author_label"],
        row["reviewer_label"],
    )


def quads(mappings: Iterable[Mapping]) -> Iterator[Quad]:
    """What the graph says of them: the matches, and the name that each term has elsewhere."""
    named: set[str] = set()
    for mapping in mappings:
        if mapping.stated:
            term = NamedNode(mapping.object)
            yield Quad(NamedNode(mapping.subject), NamedNode(mapping.predicate), term, _GRAPH)
            if mapping.object not in named:
                named.add(mapping.object)
                label = f"{mapping.object_label} ({mapping.scheme})"
                yield Quad(term, NamedNode(RDFS + "label"), Literal(label, language="en"), _GRAPH)
