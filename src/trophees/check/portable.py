"""What reads and checks one record, but for its code, as JSON: for the form in the page, whose sentences are ours.

The page obeys each constraint of the shapes that it knows (`DECIDED`). A shape that asks for anything else, such as a
question in SPARQL, is left to `trophees check`, which alone sees the whole graph; the page says so, shape by shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from trophees.base import language, lexical
from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, EDTF, RDF, RDF_TYPE, RDFS, SHACL, TP, XSD
from trophees.check import wording
from trophees.graph.provenance import NAMING
from trophees.source import plain_yaml, sentences, text
from trophees.source.record import KINDS

SHAPES = BASE + "shapes#"
# the parameters of the constraint components (SHACL, section 4) that the page knows
_NUMBERS = ("minCount", "maxCount", "minLength", "maxLength", "minInclusive", "maxInclusive")
_NAMES = ("class", "datatype", "nodeKind", "disjoint", "lessThanOrEquals", "property", "not")
_LISTS = ("in", "languageIn", "ignoredProperties", "or", "xone")
DECIDED = frozenset((*_NUMBERS, *_NAMES, *_LISTS, "pattern", "uniqueLang", "closed", "hasValue"))
_TOLD = frozenset(("path", "message", "name", "description", "order", "group", "severity"))  # no constraints
# what the page asks of a node, and not of the values of a key; and what it asks of these, and not of a node
_OF_NODES = frozenset(("closed", "ignoredProperties", "or", "xone", "not", "property"))
_NOT_OF = {True: _OF_NODES, False: DECIDED - _OF_NODES}
_TARGETS = ("targetClass", "targetObjectsOf")
Term = NamedNode | BlankNode | Literal


def portable(shapes: Iterable[Triple], ontology: Iterable[Triple], context: Context) -> dict[str, Any]:
    """The shapes, the context, the classes, and the tables and sentences of the reader and of the report.

    A value is written as in N-Triples, without escapes. `left` are the shapes with a target, or their properties, that
    ask for what the page does not know.
    """
    triples = [*shapes]
    graph = _Graph(triples)
    said = {iri: graph.shape(iri) for iri in graph.shapes()}
    reported = {iri for iri, one in said.items() if one["targets"]}
    reported |= {iri for shape in tuple(reported) for iri in said[shape].get("property", ())}
    return {
        "base": BASE,
        "vocabulary": TP,
        "context": context.whole,
        "kinds": sorted(KINDS),
        "shapes": {iri.removeprefix(SHAPES): one for iri, one in said.items()},
        "left": sorted(iri.removeprefix(SHAPES) for iri in reported if said[iri]["left"]),
        "above": _above([*triples, *ontology]),
        "naming": sorted(node.value for node in NAMING),
        "sentences": {
            "reader": _both(sentences.SENTENCES),
            "found": _both(wording.SENTENCES),
            "meant": _said(language.MEANT),
            "either": _said(plain_yaml.EITHER),
        },
        "text": {
            "longest": text.LONGEST,
            "marks": text.MARKS,
            "forbidden": ecmascript(text.FORBIDDEN),
            "lookalike": ecmascript(text.LOOKALIKE),
            "loose": ecmascript(text.LOOSE),
        },
        "yaml": {
            "depth": plain_yaml.DEPTH,
            "exact": ecmascript(plain_yaml.EXACT_INT),
            "numeric": sorted(plain_yaml.NUMERIC),
            "dates": sorted(plain_yaml.DATES),
            "notText": [ecmascript(kind) for kind in plain_yaml.KINDS],
        },
        "lexical": {
            "integer": ecmascript(lexical.INTEGER),
            "decimal": ecmascript(lexical.DECIMAL),
            "boolean": ecmascript(lexical.BOOLEAN),
            "year": ecmascript(lexical.GYEAR),
            "date": ecmascript(lexical.DATE),
            "edtf": ecmascript(lexical.EDTF_DATE),
            "words": lexical.WORDS,
            "types": {name: f"{XSD}{name}" for name in ("integer", "decimal", "boolean", "gYear", "date")}
            | {"EDTF": EDTF},
        },
    }


def ecmascript(pattern: re.Pattern[str]) -> list[str]:
    """A pattern of Python, and its flags, as ECMAScript writes them (flag `v` is not asked for: `u` is)."""
    return [_ecmascript(pattern.pattern), "iu" if pattern.flags & re.IGNORECASE else "u"]


def _ecmascript(pattern: str) -> str:
    plain = re.sub(r"\\U0*([0-9a-f]+)", r"\\u{\1}", pattern)
    return "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in plain)


def _xpath(pattern: str) -> str:
    """A pattern of the shapes, whose `\\w` are the letters and digits of all scripts, as ECMAScript writes it."""
    return re.sub(r"\[((?:\\.|[^\]\\])*)\]|\\w", _letters, _ecmascript(pattern))


def _letters(found: re.Match[str]) -> str:
    letters = r"\p{L}\p{N}_"
    return f"[{letters}]" if found[1] is None else "[" + found[1].replace(r"\w", letters) + "]"


class _Graph:
    """Triples of shapes, by subject and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.said: dict[Term, dict[str, list[Term]]] = {}
        for s, p, o in triples:
            if isinstance(s, NamedNode | BlankNode) and isinstance(o, NamedNode | BlankNode | Literal):
                self.said.setdefault(s, {}).setdefault(p.value, []).append(o)

    def values(self, node: Term, name: str) -> list[Term]:
        return self.said.get(node, {}).get(SHACL + name, [])

    def shapes(self) -> list[str]:
        kinds = {NamedNode(SHACL + "NodeShape"), NamedNode(SHACL + "PropertyShape")}
        found = [s for s, about in self.said.items() if kinds & {*about.get(RDF_TYPE.value, ())}]
        return sorted(s.value for s in found if isinstance(s, NamedNode))

    def shape(self, iri: str) -> dict[str, Any]:
        """The shape `iri`; `left` are the parameters of its constraints that the page does not know."""
        node = NamedNode(iri)
        names = {p.removeprefix(SHACL) for p in self.said[node] if p.startswith(SHACL)}
        said: dict[str, Any] = {
            "targets": {t: sorted(_iri(v) for v in self.values(node, t)) for t in _TARGETS if t in names},
            "left": sorted((names - DECIDED - _TOLD - {*_TARGETS}) | (names & _NOT_OF[bool("path" in names)])),
            "message": self.told(node, "message"),
            "severity": "error"
            if self.values(node, "severity") in ([], [NamedNode(SHACL + "Violation")])
            else "warning",
        }
        if said["left"] and "sparql" in names:
            said["message"] = self.told(self.values(node, "sparql")[0], "message")
        for name in names & {"name", "path", "order"}:
            said[name] = self.told(node, name) if name == "name" else self.plain(node, name)
        for name in names & DECIDED:
            said[name] = self.constraint(node, name)
        return dict(sorted(said.items()))

    def plain(self, node: Term, name: str) -> object:
        [value] = self.values(node, name)
        if name == "order":
            return int(value.value)
        return [_iri(step) for step in self.items(value)] if isinstance(value, BlankNode) else [_iri(value)]

    def constraint(self, node: Term, name: str) -> object:
        found = self.values(node, name)
        if name in _NUMBERS:
            return float(found[0].value) if "." in found[0].value else int(found[0].value)
        if name in _LISTS:
            return [written(item) for item in self.items(found[0])]
        if name in _NAMES:
            return sorted(_iri(value) for value in found)
        if name == "pattern":
            return _xpath(found[0].value)
        if name == "hasValue":
            return sorted(written(value) for value in found)
        return found[0].value == "true"

    def told(self, node: Term, name: str) -> dict[str, str]:
        found = {o.language: o.value for o in self.values(node, name) if isinstance(o, Literal)}
        some = next(iter(found.values()), "")
        return {"fr": found.get("fr", some), "en": found.get("en", some)}

    def items(self, head: Term) -> Iterable[Term]:
        while head in self.said:
            yield self.said[head][RDF + "first"][0]
            head = self.said[head][RDF + "rest"][0]


def _above(triples: Iterable[Triple]) -> dict[str, list[str]]:
    """The classes above each class, itself not included."""
    direct: dict[str, set[str]] = {}
    for s, p, o in triples:
        if p.value == RDFS + "subClassOf" and isinstance(s, NamedNode) and isinstance(o, NamedNode):
            direct.setdefault(s.value, set()).add(o.value)

    def over(name: str) -> set[str]:
        found: set[str] = set()
        ahead = [name]
        while ahead:
            new = direct.get(ahead.pop(), set()) - found
            found |= new
            ahead += new
        return found

    return {name: sorted(over(name)) for name in sorted(direct)}


def _iri(term: Term) -> str:
    assert isinstance(term, NamedNode)
    return term.value


def written(term: Term) -> str:
    """A value as in N-Triples, without escapes."""
    if not isinstance(term, Literal):
        return f"<{_iri(term)}>"
    if term.language:
        return f'"{term.value}"@{term.language}'
    kind = term.datatype.value
    return f'"{term.value}"' + ("" if kind == XSD + "string" else f"^^<{kind}>")


def _said(both: Both) -> dict[str, str]:
    return {"fr": both.fr, "en": both.en}


def _both(table: Mapping[str, Both]) -> dict[str, dict[str, str]]:
    return {key: _said(both) for key, both in table.items()}
