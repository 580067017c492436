"""Organisations, tools, themes, audiences, laureates, cases: all of the graph, their names, what is said of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from trophees.base.folding import fold
from trophees.base.language import Both
from trophees.base.namespaces import BASE, SKOS, TP
from trophees.serve.reconcile.entity import TERRITORY, Entity, Value

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store

_WORD = re.compile(r"\w+")
_HEAD = f"PREFIX tp: <{TP}> PREFIX skos: <{SKOS}> "
_TYPES = {name.capitalize(): name for name in ("organisation", "tool", "theme", "audience", "laureate", "case")}
_THINGS = "SELECT ?s ?type { VALUES ?type { " + " ".join(f"tp:{name}" for name in _TYPES) + " } ?s a ?type }"
_NAMES = "SELECT ?s ?p ?o { VALUES ?p { skos:prefLabel skos:altLabel skos:definition tp:title } ?s ?p ?o }"
_SAID = {
    "kind": "?s tp:organisationKind ?o",
    "siren": "?s tp:siren ?o",
    "territory": "?s tp:homeTerritory|tp:covers ?o",
    "departement": "?s a tp:Organisation ; tp:departement ?o",
    "region": "?s a tp:Organisation ; tp:region ?o",
    "broader": "?s skos:broader ?o",
    "carrier": "?s tp:carriedBy ?o",
    "stars": "?s tp:stars ?o",
    "laureates": (
        "?o a tp:Laureate ; tp:carriedBy|tp:usesTool/skos:broader*|tp:addresses/skos:broader*|tp:isFor/skos:broader* ?s"
    ),
}
_OF_PROCESSES = {
    "departement": "?s a tp:Process ; tp:inDepartement ?o",
    "region": "?s a tp:Process ; tp:inRegion ?o",
}
Node = NamedNode | Literal


def words(text: str) -> str:
    """A text as it is compared: folded, its words alone."""
    return " ".join(_WORD.findall(fold(text)))


@dataclass(frozen=True)
class Things:
    """All things: `all` by identifier, `named` the identifiers of each name, preferred or not, `near` their pairs of
    letters.
    """

    all: dict[str, Entity]
    named: dict[str, dict[str, bool]]
    near: dict[str, frozenset[str]]
    _said: dict[str, dict[str, list[Node]]] = field(repr=False)
    _names: dict[str, Both] = field(repr=False)

    def values(self, thing: str, of: str) -> tuple[Value, ...]:
        """What is said of the thing: texts, numbers, things."""
        found = [self._value(node) for node in self._said.get(of, {}).get(thing, ())]
        return tuple(sorted(dict.fromkeys(found), key=_order))

    def _value(self, node: Node) -> Value:
        if isinstance(node, Literal):
            return int(node.value) if node.value.isdecimal() and node.datatype.value.endswith("integer") else node.value
        thing = node.value.removeprefix(BASE)
        if known := self.all.get(thing):
            return known
        kind = thing.split("/")[1] if thing.startswith("territory/") and thing.count("/") == 2 else ""
        if not kind:
            return self._names.get(thing, Both(thing, thing))
        types = (kind, TERRITORY)
        return Entity(thing, types, self._names.get(thing, Both(thing, thing)), Both("", ""))


def _order(value: Value) -> tuple[str, str]:
    if isinstance(value, Entity):
        return value.name.fr, value.id
    return (value.fr, "") if isinstance(value, Both) else (str(value), "")


def pairs(key: str) -> frozenset[str]:
    """The pairs of letters of a name, with its ends."""
    marked = f" {key} "
    return frozenset(marked[at : at + 2] for at in range(len(marked) - 1))


def read(store: Store) -> Things:
    """All of the things of the graph."""
    types: dict[str, str] = {}
    for row in _rows(store, _THINGS):
        types[_id(row["s"])] = _TYPES[row["type"].value.removeprefix(TP)]
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, set[str]] = defaultdict(set)
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(store, _NAMES):
        thing, what, text = _id(row["s"]), row["p"].value, row["o"]
        if what == SKOS + "prefLabel":
            labels[thing][text.language or "fr"] = text.value
        elif what == SKOS + "definition":
            told[thing][text.language or "fr"] = text.value
        if thing in types and what != SKOS + "definition":
            others[thing].add(text.value)
    names = {thing: _both(found) for thing, found in labels.items()}
    said = {of: _values(store, pattern) for of, pattern in _SAID.items()}
    for of, pattern in _OF_PROCESSES.items():
        said[of].update(_values(store, pattern))
    for thing, kinds in said["kind"].items():
        told[thing] = dict(names[_id(kinds[0])].items())
    entities = {
        thing: Entity(thing, (type_,), names.get(thing, Both(thing, thing)), _both(told.get(thing, {})))
        for thing, type_ in sorted(types.items())
    }
    named: dict[str, dict[str, bool]] = defaultdict(dict)
    for thing, entity in entities.items():
        for text in {entity.name.fr, entity.name.en}:
            named[words(text)][thing] = True
        for text in others[thing]:
            named[words(text)].setdefault(thing, False)
    return Things(entities, dict(named), {key: pairs(key) for key in named}, said, names)


def _rows(store: Store, query: str) -> QuerySolutions:
    found: QuerySolutions = store.query(_HEAD + query, use_default_graph_as_union=True)  # type: ignore[assignment]
    return found


def _values(store: Store, pattern: str) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for row in _rows(store, f"SELECT DISTINCT ?s ?o {{ {pattern} }}"):
        found[_id(row["s"])].append(row["o"])
    return dict(found)


def _id(node: Node) -> str:
    return node.value.removeprefix(BASE)


def _both(texts: dict[str, str]) -> Both:
    first = next(iter(texts.values()), "")
    return Both(texts.get("fr", first), texts.get("en", first))


def territories(store: Store) -> frozenset[str]:
    """The identifiers of the territories that the graph describes."""
    found = (_id(row["s"]) for row in _rows(store, "SELECT DISTINCT ?s { ?s a tp:Territory }"))
    return frozenset(thing for thing in found if thing.startswith(f"{TERRITORY}/"))
