"""Values as one writes them in a query: a real one for each property, and of which sorts they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from trophees.base.namespaces import BASE, RDFS, SKOS, XSD
from trophees.site.collation import natural
from trophees.site.model import Site
from trophees.site.statements import TYPE, Value

_LONGEST = 60  # characters of a text that one would still write into a query
_FEW, _SHORT = 8, 12  # values, each of so many characters, that are told all
_SIGN = re.compile(r"[^A-Za-z0-9_.-]|^-|\.$")
_BARE = {XSD + "integer": re.compile(r"[0-9]+"), XSD + "boolean": re.compile(r"true|false")}


class Examples:
    """What is written of the values of each property, of those that most often occur first."""

    def __init__(self, site: Site, triples: Iterable[Triple]) -> None:
        self.site = site
        self.values: dict[str, Counter[Value]] = {}
        self.members: dict[str, str] = {}
        for triple in triples:
            if triple.predicate.value == TYPE:
                self._member(triple)
            elif isinstance(triple.object, Literal | NamedNode):
                self.values.setdefault(triple.predicate.value, Counter())[triple.object] += 1

    def _member(self, triple: Triple) -> None:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            subject, cls = triple.subject.value, triple.object.value
            if cls not in self.members or natural(subject) < natural(self.members[cls]):
                self.members[cls] = subject

    def instance(self, cls: str) -> str:
        """One of the things of the class `cls`, as SPARQL writes it."""
        return term(NamedNode(self.members[cls]), self.site)

    def of(self, iri: str) -> str:
        """The property `iri` with a value that it has: together they match something.

        Where no value is short enough to be written, with a variable and the language to ask for.
        """
        found = self.values[iri]
        short = [v for v in found if isinstance(v, NamedNode) or len(v.value) <= _LONGEST]
        best = min(short or found, key=lambda v: (_language(v) == "en", -found[v], len(v.value), natural(v.value)))
        name = _name(NamedNode(iri), self.site)
        if best in short:
            return f"{name} {term(best, self.site)}"
        return f'{name} ?text FILTER(LANG(?text) = "{_language(best)}")' if _language(best) else f"{name} ?text"

    def sorts(self, iri: str) -> list[str]:
        """What the values are: languages of texts, datatypes, and all of a few; lists of codes; classes; else `IRI`."""
        found: set[str] = set()
        ranges = [self.site.context.compact(r) for r in self.site.links(iri, RDFS + "range")]
        plain: set[str] = set()
        for value in self.values[iri]:
            if not isinstance(value, Literal):
                found.update(self._sort(value, ranges))
            elif value.language:
                found.add(f"text @{value.language}")
            else:
                found.add(self.site.context.compact(value.datatype.value))
                plain.add(value.value)
        listed = sorted(plain, key=natural)
        few = 1 < len(listed) <= _FEW and all(len(text) <= _SHORT for text in listed)
        return sorted(found) + ([": " + " ".join(listed)] if few else [])

    def _sort(self, value: NamedNode, ranges: list[str]) -> list[str]:
        if self.site.links(value.value, SKOS + "inScheme"):
            return [self.site.context.compact(value.value).partition(":")[0] + ":…"]
        return ranges or self._classes(value) or ["IRI"]

    def _classes(self, value: NamedNode) -> list[str]:
        """The classes of `value`, but for those that another is under."""
        all_of_them = self.site.types(value.value)
        above = {b for c in all_of_them for b in self.site.links(c, RDFS + "subClassOf")}
        named = [self.site.context.compact(c) for c in all_of_them if c not in above]
        return [n for n in named if not n.startswith("http")] or named


def data(site: Site) -> set[Triple]:
    """The data, without the terms themselves."""
    ontology = BASE + "graph/ontology"
    return {q.triple for q in site.store if isinstance(q.graph_name, NamedNode) and q.graph_name.value != ontology}


def _language(value: Value) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def term(value: Value, site: Site) -> str:
    """`value` in SPARQL 1.1 with the prefixes of the guide."""
    if isinstance(value, NamedNode):
        return _name(value, site)
    quoted = '"' + re.sub(r'["\\]', r"\\\g<0>", value.value).replace("\n", "\\n") + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    datatype = value.datatype.value
    if datatype == XSD + "string":
        return quoted
    bare = _BARE.get(datatype)
    return value.value if bare and bare.fullmatch(value.value) else f"{quoted}^^{_name(value.datatype, site)}"


def _name(iri: NamedNode, site: Site) -> str:
    """The compact name; the IRI where a sign stands in it, as not every engine reads the escapes of SPARQL 1.1."""
    prefix, colon, local = site.context.compact(iri.value).partition(":")
    named = colon and prefix in site.context.prefixes and not _SIGN.search(local)
    return f"{prefix}:{local}" if named else f"<{iri.value}>"
