"""A place as `trophees place` tells it, in RDF: in the terms of the reference and of the graph of laureates."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from trophees.base.namespaces import DCAT, DCTERMS, EDTF, IGEO, RDF_TYPE, SKOS, TP, XSD
from trophees.graph import territories
from trophees.graph.territories import CLASSES, EVENT, PREFIXES
from trophees.places import reference
from trophees.places.iris import iri
from trophees.places.place import COMMUNE, DEPARTEMENT, REGION
from trophees.places.wording import happened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trophees.ask.laureates_near import Key, Laureate
    from trophees.ask.place_told import Told
    from trophees.base.language import Language
    from trophees.places.place import Event, Place

_SHOWN = ("dcat", "dcterms", "event", "geo", "igeo", "skos", "tp", "xsd")
_LAUREATE = {DEPARTEMENT: "inDepartement", REGION: "inRegion"}  # how a laureate is linked to a territory, else: covers


def turtle(all: Sequence[Told], lang: Language) -> bytes:
    """All of them in Turtle: names, what they are in, what happened and what replaces them, laureates there and near.

    Of the nearest laureates, as of the place, the centroid is there, which the distance follows from.
    """
    triples = dict.fromkeys(triple for one in all for triple in _of(one, lang))
    return serialize(triples, format=RdfFormat.TURTLE, prefixes={name: PREFIXES[name] for name in _SHOWN}) or b""


def _of(one: Told, lang: Language) -> Iterator[Triple]:
    node = NamedNode(iri(one.place.kind, one.place.code))
    for place in (one.place, *one.parents, *(s.place for s in one.became)):
        subject = NamedNode(iri(place.kind, place.code))
        if place.kind in CLASSES:
            yield Triple(subject, RDF_TYPE, NamedNode(IGEO + CLASSES[place.kind]))
        yield _said(subject, IGEO + "codeINSEE", place.code)
        if place == one.place or subject != node:
            yield _said(subject, IGEO + "nom", place.name)
    if span := _span(one.place):
        yield _said(node, DCTERMS + "temporal", span, EDTF)
    for parent in one.parents:
        yield _linked(node, IGEO + "subdivisionDe", iri(parent.kind, parent.code))
    for successor in one.became:
        heir = iri(successor.place.kind, successor.place.code)
        if heir != node.value:
            yield _linked(node, DCTERMS + "isReplacedBy", heir)
    events = (*one.before, *(event for successor in one.became for event in successor.events))
    for event in events:
        yield from _of_event(event)
    for place in (one.place, *(successor.place for successor in one.became)):
        yield from _centroid(place.kind, place.code)
    for laureate in one.there:
        yield from _of_laureate(laureate, laureate.places, lang)
    for near in one.nearest:
        yield from _of_laureate(near.laureate, ((COMMUNE, near.commune),), lang)
        yield from _centroid(COMMUNE, near.commune)


def _of_event(event: Event) -> Iterator[Triple]:
    node = NamedNode(territories.event(event))
    yield _linked(node, RDF_TYPE.value, IGEO + "EvenementGeographique")
    yield _said(node, IGEO + "date", str(event.when.latest), XSD + "date")
    if not event.when.known:
        yield _said(node, DCTERMS + "date", str(event.when), EDTF)
    yield _linked(node, DCTERMS + "type", EVENT + event.event)
    for name, kind, code in (("factor", event.kind, event.code), ("product", event.to_kind, event.to_code)):
        if code:
            yield _linked(node, PREFIXES["event"] + name, iri(kind, code))
    text = happened(event)
    for tag in ("fr", "en"):
        yield Triple(node, NamedNode(DCTERMS + "description"), Literal(text[tag], language=tag))


def _of_laureate(laureate: Laureate, places: Iterable[Key], lang: Language) -> Iterator[Triple]:
    node = NamedNode(laureate.iri)
    yield _linked(node, RDF_TYPE.value, TP + "Laureate")
    yield Triple(node, NamedNode(SKOS + "prefLabel"), Literal(laureate.label, language=lang))
    for kind, code in sorted(places):
        yield _linked(node, TP + _LAUREATE.get(kind, "covers"), iri(kind, code))


def _centroid(kind: str, code: str) -> Iterator[Triple]:
    point = reference.points().get((kind, code))
    if point and point.what in ("centre", "seat"):  # a town hall is no centre
        said = f"POINT({point.lon:.4f} {point.lat:.4f})"
        yield _said(NamedNode(iri(kind, code)), DCAT + "centroid", said, PREFIXES["geo"] + "wktLiteral")


def _said(subject: NamedNode, name: str, text: str, datatype: str = XSD + "string") -> Triple:
    return Triple(subject, NamedNode(name), Literal(text, datatype=NamedNode(datatype)))


def _linked(subject: NamedNode, name: str, other: str) -> Triple:
    return Triple(subject, NamedNode(name), NamedNode(other))


def _span(place: Place) -> str:
    """The first and last day as an interval of EDTF, each empty where it is not known; "" if it has no day at all."""
    first, end = place.begins, place.ends
    start = ".." if first is None else str(first.latest) if first.known else ""
    last = ".." if end is None else str(end.latest - timedelta(1)) if end.known else ""
    return f"{start}/{last}" if {start, last} - {"", ".."} else ""
