"""A small part of the published graph, of every kind that it has: a laureate, its tools, its commune, a person."""

from __future__ import annotations

from functools import cache

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store

import trophees
from trophees.ask.engine import Embedded
from trophees.ask.in_rdflib import dataset
from trophees.ask.one_language import view
from trophees.base.context import Context
from trophees.base.language import Language
from trophees.base.namespaces import BASE
from trophees.graph import published

_THINGS = (
    "laureate/2020/cachan",
    *(f"laureate/2020/cachan#{fact}-" for fact in ("indicator", "coverage", "toolUse", "stage", "topic")),
    "person/chantal-jouanno#appointment-",
    *(f"tool/{name}" for name in ("questionnaire", "reunion-publique", "comite-de-suivi", "atelier", "concertation")),
    "territory/commune/94016",
    "territory/departement/94",
    "territory/region/11",
    "organisation/ville-de-cachan",
)
_LONGEST = 60  # characters of a text


@cache
def context() -> Context:
    """Our context, whose prefixes need no declaration."""
    return Context(published.text(published.CONTEXT))


@cache
def quads() -> tuple[Quad, ...]:
    """The quads of the part, in an order that is always the same."""
    found = (quad for quad in trophees.load() if isinstance(quad.subject, NamedNode) and _wanted(quad.subject.value))
    return tuple(sorted((quad for quad in found if _short(quad)), key=str))


@cache
def store() -> Store:
    """The part, for the engine."""
    found = Store()
    found.extend(quads())
    return found


@cache
def graph(language: Language | None = None) -> Embedded:
    """The part, as our questions reach it; in one language, if there is one."""
    found = Embedded(store(), context().prefixes)
    return view(found, language) if language else found


@cache
def second(language: Language | None = None) -> rdflib.Dataset:
    """The part, for the second engine."""
    return dataset(graph(language).store, context().prefixes)


def _wanted(iri: str) -> bool:
    name = iri.removeprefix(BASE)
    return any(name == thing or (thing.endswith("-") and name.startswith(thing)) for thing in _THINGS)


def _short(quad: Quad) -> bool:
    if quad.predicate.value.endswith("validOn"):  # some dozens
        return quad.object.value in ("2020-01-01", "2024-01-01") if isinstance(quad.object, Literal) else False
    return not isinstance(quad.object, Literal) or len(quad.object.value) <= _LONGEST
