"""What the builder of queries offers: kinds of things, the relations that they have, and what these lead to.

Drawn from the classes and properties that the shapes describe, as far as the graph has them: each relation has an
answer. The order is that of the shapes; what they and the ontology do not say is in `builder.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from pyoxigraph import Literal, NamedNode

from trophees.base.language import Language
from trophees.base.namespaces import BASE, EDTF, RDF, RDFS, SHACL, SKOS, XSD
from trophees.site.collation import natural
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.pages.playground.names import written
from trophees.site.statements import Value

_MOST = 700  # values that are offered as a list; what has more is typed
_SORTS = {
    XSD + "integer": "number",
    XSD + "decimal": "number",
    XSD + "date": "date",
    XSD + "gYear": "year",
    XSD + "boolean": "flag",
    RDF + "langString": "prose",
    EDTF: "text",
    XSD + "string": "text",
}
_SIMPLE = re.compile(r"[a-z-]+:[A-Za-z0-9_-]+")


@dataclass
class Relation:
    """A way from a thing to what it is asked by: a property, its inverse, or a property and the value of a fact.

    `sort` is that of its values: thing, number, date, year, flag, prose (in languages), text or address.
    """

    id: str
    names: dict[str, str]
    path: list[object]
    sort: str
    to: str = ""  # the kind of the things that it leads to, if they are all of one
    values: list[str] = field(default_factory=list)
    is_tree: bool = False
    is_typed: bool = False  # there are more values than a list may have
    lang: str = ""  # the only language of its texts
    single: bool = True  # nothing has two of them, in one language
    of: set[str] = field(default_factory=set)  # the kinds that have it


@cache
def told() -> dict[str, Any]:
    """What `builder.toml` says."""
    source = files("trophees.site.pages") / "playground" / "builder.toml"
    return tomllib.loads(source.read_text("utf-8"))


def kinds() -> dict[str, dict[str, str]]:
    """The classes that questions begin with, as compact names, with what many of their members are called."""
    return {kind: names for group in told()["group"] for kind, names in group["kind"].items()}


def model(site: Site) -> dict[str, object]:
    """The whole, as JSON: `groups`, `kinds`, `relations` by name, `lists` of values, and what is `broader`."""
    return _Model(site).json()


class _Model:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.short = site.context.compact
        self.members = self._members()
        self.relations: dict[str, Relation] = {}
        self.order = self._order()
        for iri in sorted({p for _, p in self.having}, key=lambda p: (self.order.get(p, 0), natural(p))):
            self._property(iri)
        for rule in told()["through"]:
            self._through(rule)

    def _members(self) -> dict[str, set[str]]:
        """What is of each kind, and in `having` what has each property; only data, no terms."""
        wanted = {self._iri(kind): kind for kind in kinds()}
        found: dict[str, set[str]] = {kind: set() for kind in kinds()}
        self.having: dict[tuple[str, str], set[str]] = {}
        for subject, types in self._typed():
            own = {wanted[t] for t in types if t in wanted}
            for kind in own:
                found[kind].add(subject)
            if own:
                for predicate in self.site.about(subject):
                    for kind in own:
                        self.having.setdefault((kind, predicate), set()).add(subject)
        return {kind: members for kind, members in found.items() if members}

    def _typed(self) -> Iterator[tuple[str, list[str]]]:
        for kind in kinds():
            for subject in self.site.subjects(RDF + "type", self._iri(kind)):
                types = self.site.types(subject)
                if kind == next((k for k in kinds() if self._iri(k) in types), ""):
                    yield subject, types

    def _iri(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.site.context.prefixes[prefix] + local

    def _order(self) -> dict[str, int]:
        """The place that the shapes give to each property: the first of those with which it comes."""
        found: dict[str, int] = {}
        for predicate in {p for _, p in self.having}:
            shapes = self.site.subjects(SHACL + "path", predicate)
            places = [int(text) for shape in shapes if (text := self.site.text(shape, SHACL + "order"))]
            if places:
                found[predicate] = min(places)
        return found

    # relations

    def _property(self, iri: str) -> None:
        name = self.short(iri)
        if name in told()["without"]["properties"] or not _SIMPLE.fullmatch(name):
            return
        pairs = {kind: subjects for (kind, p), subjects in self.having.items() if p == iri}
        subjects = set().union(*pairs.values())
        ends = {s: self.site.values(s, iri) for s in subjects}
        self._add(Relation(name, self._called(name), [name], ""), pairs, ends)
        if name in told()["inverse"]:
            back: dict[str, list[Value]] = {}
            for subject in subjects:
                for value in self.site.links(subject, iri):
                    back.setdefault(value, []).append(NamedNode(subject))
            having = {kind: back.keys() & members for kind, members in self.members.items() if back.keys() & members}
            self._add(Relation("^" + name, told()["inverse"][name], ["^" + name], ""), having, back)

    def _through(self, rule: Mapping[str, Any]) -> None:
        via, by = self._iri(rule["via"]), [self._iri(p) for p in rule["by"]]
        without = set(rule.get("without", "").split())
        ends: dict[tuple[tuple[Value, ...], str], dict[str, list[Value]]] = {}
        for subject in sorted(set().union(*(s for (_, p), s in self.having.items() if p == via)), key=natural):
            for fact in self.site.links(subject, via):
                for beside in product(*(self.site.values(fact, p) for p in by)):
                    for leaf in rule["leaf"]:
                        if values := self.site.values(fact, self._iri(leaf)):
                            ends.setdefault((beside, leaf), {}).setdefault(subject, []).extend(values)
        for (beside, leaf), found in sorted(
            ends.items(), key=lambda item: (rule["leaf"].index(item[0][1]), *map(str, item[0][0]))
        ):
            fixed = [[p, self._term(v)] for p, v in zip(rule["by"], beside, strict=True)]
            if without & {value for _, value in fixed}:
                continue
            names: dict[str, str] = {lang: self._through_called(rule, leaf, beside, lang) for lang in LANGUAGES}
            name = " ".join([rule["via"], *(value for _, value in fixed), leaf])
            having = {kind: found.keys() & members for kind, members in self.members.items() if found.keys() & members}
            relation = Relation(name, names, [rule["via"], fixed, leaf], "")
            self._add(relation, having, found)
            relation.single = False

    def _add(self, relation: Relation, having: Mapping[str, set[str]], ends: Mapping[str, list[Value]]) -> None:
        """Keep `relation` if its values are of one sort that can be asked for."""
        values = {v for found in ends.values() for v in found}
        sorts = {_SORTS.get(v.datatype.value, "") if isinstance(v, Literal) else "thing" for v in values}
        if len(sorts) != 1 or "" in sorts:
            return
        relation.sort = sorts.pop()
        if relation.sort == "thing" and not self._lead(relation, {v.value for v in values}):
            return
        languages = {v.language for v in values if isinstance(v, Literal) and v.language}
        relation.lang = str(next(iter(languages))) if len(languages) == 1 else ""
        relation.single = all(_one(found) for found in ends.values())
        relation.of = set(having)
        self.relations[relation.id] = relation

    def _lead(self, relation: Relation, values: set[str]) -> bool:
        """Say what the relation leads to; False if that is nothing that one asks for."""
        covering = [kind for kind, members in self.members.items() if values <= members]
        relation.to = min(covering, key=lambda kind: len(self.members[kind]), default="")
        named = all(self.site.thing(v) is not None for v in values)
        if not named:
            foreign = all(v.startswith(("http://", "https://")) and not v.startswith(BASE) for v in values)
            if foreign and not relation.to:
                relation.sort = "address"
            return bool(relation.to) or relation.sort == "address"
        relation.is_tree = not relation.id.startswith("^") and any(self.site.links(v, SKOS + "broader") for v in values)
        if relation.is_tree:
            values = set(self._above(values))
        relation.is_typed = len(values) > _MOST
        if not relation.is_typed:
            relation.values = sorted((written(v, self.site.context) for v in values), key=natural)
        return True

    def _above(self, values: Iterable[str]) -> Iterator[str]:
        """The concepts themselves, and those that they are under."""
        todo, seen = list(values), set[str]()
        while todo:
            if (value := todo.pop()) not in seen:
                seen.add(value)
                yield value
                todo += self.site.links(value, SKOS + "broader")

    # names

    def _called(self, name: str) -> dict[str, str]:
        given = told()["name"].get(name)
        return {
            lang: given[lang] if given else self.site.text(self._iri(name), RDFS + "label", lang) for lang in LANGUAGES
        }

    def _through_called(self, rule: Mapping[str, Any], leaf: str, beside: Iterable[Value], lang: Language) -> str:
        parts = [self._part(value, lang) for value in beside]
        return str(rule[lang].format(*parts, leaf=self._called(leaf)[lang]))

    def _part(self, value: Value, lang: Language) -> str:
        if isinstance(value, NamedNode):
            return self.site.label(value.value, lang)
        if value.datatype.value == XSD + "string":
            return _unit(value.value, lang)
        return {"true": Words(lang)("build.yes"), "false": Words(lang)("build.no")}.get(value.value, value.value)

    def _term(self, value: Value) -> str:
        if isinstance(value, NamedNode):
            return written(value.value, self.site.context)
        kind = value.datatype.value
        if kind == XSD + "boolean":
            return value.value
        return f'"{value.value}"' + ("" if kind == XSD + "string" else f"^^{self.short(kind)}")

    # JSON

    def json(self) -> dict[str, object]:
        lists: list[list[str]] = []
        found = {}
        for relation in self.relations.values():
            if relation.values and relation.values not in lists:
                lists.append(relation.values)
            entry: dict[str, object] = {**relation.names}
            entry |= {"path": relation.path, "sort": relation.sort, "to": relation.to}
            entry |= {"list": lists.index(relation.values)} if relation.values else {}
            more = {"tree": relation.is_tree, "typed": relation.is_typed, "lang": relation.lang}
            found[relation.id] = entry | {key: value for key, value in more.items() if value}
        concepts = {name for values in lists for name in values}
        return {
            "groups": [
                [group["fr"], group["en"], [kind for kind in group["kind"] if kind in self.members]]
                for group in told()["group"]
            ],
            "kinds": {kind: self._kind(kind) for kind in kinds() if kind in self.members},
            "relations": found,
            "lists": lists,
            "broader": {name: above for name in sorted(concepts) if (above := self._broader(name))},
        }

    def _kind(self, kind: str) -> dict[str, object]:
        relations = [r for r in self.relations.values() if kind in r.of]
        plain = [r.id for r in relations if r.single and len(r.path) == 1 and not r.id.startswith("^")]
        return {
            **kinds()[kind],
            "count": len(self.members[kind]),
            "name": self._name(kind),
            "columns": [name for name in plain if name != self._name(kind)],
            "relations": [r.id for r in relations],
        }

    def _name(self, kind: str) -> str:
        """The property that names what is of the kind; empty if they have no names."""
        for name in ("skos:prefLabel", "dcterms:title"):
            if len(self.having.get((kind, self._iri(name)), ())) == len(self.members[kind]):
                return name
        return ""

    def _broader(self, name: str) -> str:
        above = self.site.links(self._expanded(name), SKOS + "broader")
        return written(above[0], self.site.context) if above else ""

    def _expanded(self, name: str) -> str:
        return name[1:-1] if name.startswith("<") else self._iri(name.replace("\\", ""))


def _one(values: Iterable[Value]) -> bool:
    """Whether there is one value at most in each language."""
    languages = [(v.language or "") if isinstance(v, Literal) else "" for v in values]
    return len(languages) == len(set(languages))


def _unit(unit: str, lang: Language) -> str:
    """A unit after the name of what it measures; nothing for plain numbers."""
    if unit == "1":
        return ""
    words, key = Words(lang), "unit." + {"%": "percent"}.get(unit, unit) + ".many"
    return f" ({words(key).replace('{n}', '').strip() if words.has(key) else unit})"
