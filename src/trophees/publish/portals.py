"""What portals are told whatever the release, as `portals.ttl` says it, and the names in which the catalogue speaks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, TP

CATALOG = NamedNode(BASE + "catalog")


@cache
def _portals() -> tuple[list[Triple], Context]:
    reader = parse((Path(__file__).parent / "portals.ttl").read_bytes(), format=RdfFormat.TURTLE)
    constant = [quad.triple for quad in reader]
    return constant, Context({"@context": {"@vocab": TP, **reader.prefixes, "id": "@id", "type": "@type"}})


def constant() -> list[Triple]:
    """The triples of `portals.ttl`."""
    return _portals()[0]


def context() -> Context:
    """The prefixes with which the catalogue is written."""
    return _portals()[1]


def node(name: str) -> NamedNode:
    """The IRI that a name such as `dcat:Dataset` stands for."""
    return NamedNode(context().expand(name))


def fragment(name: str) -> NamedNode:
    """The node `name` of the catalogue."""
    return NamedNode(f"{CATALOG.value}#{name}")


def values(triples: Iterable[Triple], name: str) -> list[NamedNode | Literal]:
    """The values of the property `name` in `triples`, in a fixed order."""
    found = (t.object for t in triples if t.predicate == node(name))
    return sorted((value for value in found if isinstance(value, NamedNode | Literal)), key=str)


def of(subject: NamedNode, name: str) -> list[NamedNode | Literal]:
    """The values of the property `name` that `portals.ttl` gives to `subject`, in a fixed order."""
    return values((t for t in constant() if t.subject == subject), name)


def both(subject: NamedNode, name: str) -> Both:
    """A text of `subject` in both languages: `both(node("catalog:series"), "dcterms:title")`."""
    said = {v.language: v.value for v in of(subject, name) if isinstance(v, Literal)}
    return Both(said["fr"], said["en"])
