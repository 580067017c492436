"""Whether the territories of a record are those that its texts name, each in another. Pure, but for the reference."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, TP
from trophees.places.link import Asked, link
from trophees.places.place import ARRONDISSEMENT, COMMUNE, DEPARTEMENT, EPCI, REGION, Place
from trophees.places.reference import departement, departements, every, members
from trophees.source.problem import Problem
from trophees.source.record import Record, Statement

RULE, AROUND = "territory:as-printed", "territory:around"
KINDS = COMMUNE, DEPARTEMENT, EPCI, REGION  # that have IRIs
_TERRITORY, _PRINTED, _ROLE = (NamedNode(TP + name) for name in ("territory", "printed", "role"))
_CARRIER, _REASON = NamedNode(BASE + "role/carrier"), NamedNode(TP + "reason")
_IRI = re.compile(re.escape(BASE) + "territory/([^/]+)/([^/]+)")
_PROCESS = re.compile(re.escape(BASE) + r"(?:laureate|case)/(?:([0-9]{4})/)?")


def problems(records: Iterable[Record], context: Context) -> Iterator[Problem]:
    """Each territory of a process, and each carrier line, that names another territory than the record has; each
    département and région that no other territory of the record lies in.

    Only what is certain is told: a text that names one territory, or several of which none is the record's.
    """
    for record in records:
        if told := _PROCESS.match(record.iri.value):
            day = date(int(told[1]), 12, 31) if told[1] else None
            yield from _of_process(record, day, context)
            yield from _around(record, day, context)


def _around(record: Record, day: date | None, context: Context) -> Iterator[Problem]:
    """The départements and régions of a process that are said without a reason, and in which nothing of it lies."""
    territories = [s for s in record.statements if s.predicate == _TERRITORY]
    reasoned = {s.subject for s in record.statements if s.predicate == _REASON}
    for s in territories:
        told = _IRI.fullmatch(s.object.value)
        if told is None or told[1] not in (DEPARTEMENT, REGION) or s.subject in reasoned:
            continue
        kind, code = told.groups()
        outer = {code} if kind == DEPARTEMENT else {*departements(code, day)}
        above = (REGION,) if kind == REGION else (DEPARTEMENT, REGION)
        inner = [_counties(other.object.value, day) for other in territories if not _is(other, above)]
        if outer and inner and all(inner) and not any(outer & counties for counties in inner):
            iri = context.compact(s.object.value)
            yield Problem(
                record.path,
                s.line,
                s.column,
                AROUND,
                "warning",
                messages=Both(
                    f"territoire — aucun autre territoire de la fiche n’est dans « {iri} » : "
                    "s’il est seulement voisin ou nommé en passant, ôtez-le, sinon dites la raison",
                    f"territoire (territory) — no other territory of the record lies in “{iri}”: "
                    "remove it if it is a neighbour only or named in passing, else give the reason",
                ),
            )


def _is(statement: Statement, kinds: Collection[str]) -> bool:
    told = _IRI.fullmatch(statement.object.value)
    return told is not None and told[1] in kinds


def _counties(iri: str, day: date | None) -> set[str]:
    """The codes of the départements in which a territory lies on that day, or else now; empty if that is not known."""
    told = _IRI.fullmatch(iri)
    kind, code = told.groups() if told else ("", "")
    if kind == DEPARTEMENT:
        return {code}
    if kind == COMMUNE:
        return {departement(code)}
    if kind in (EPCI, ARRONDISSEMENT):
        return {departement(commune) for commune in members(code, day) or members(code)}
    return set()


def _of_process(record: Record, day: date | None, context: Context) -> Iterator[Problem]:
    territories = {s.subject: s for s in record.statements if s.predicate == _TERRITORY}
    carriers = {s.subject for s in record.statements if s.predicate == _ROLE and s.object == _CARRIER}
    had = {s.object for s in territories.values()}
    counties = [iri.value for iri in had if isinstance(iri, NamedNode) and "/departement/" in iri.value]
    within = counties[0].rpartition("/")[2] if len(counties) == 1 else ""
    for printed in (s for s in record.statements if s.predicate == _PRINTED):
        own = territories.get(printed.subject)
        if own and not any(f"/territory/{kind}/" in str(own.object) for kind in KINDS):
            continue  # a place of our own
        if own or printed.subject in carriers:
            accepted = {own.object} if own else had
            around = "" if own and own.object.value in counties else within
            text = printed.object.value
            if day is None and accepted & _ever(text):
                continue
            if (named := _named(text, around, day)) and not accepted & named.keys():
                yield _problem(record, own or printed, text, next(iter(named.values())), context)


def _named(text: str, departement: str, day: date | None) -> dict[NamedNode, Place]:
    """The territories that the text means on that day, or now, by their IRIs; none if the département excludes them."""
    found = link(Asked(name=text, departement=departement, on=day))
    places = (found.place,) if found.place else found.candidates
    return {NamedNode(f"{BASE}territory/{p.kind}/{p.code}"): p for p in places if p.kind in KINDS}


def _ever(text: str) -> set[NamedNode | Literal]:
    """The territories that ever had the name, by their IRIs: what no edition dates may speak of any time."""
    return {NamedNode(f"{BASE}territory/{p.kind}/{p.code}") for p in every(text)}


def _problem(record: Record, at: Statement, text: str, place: Place, context: Context) -> Problem:
    iri = context.compact(f"{BASE}territory/{place.kind}/{place.code}")
    return Problem(
        record.path,
        at.line,
        at.column,
        RULE,
        "warning",
        messages=Both(
            f"« {text} » désigne {place.name} ({iri}), qui n’est pas le territoire de la fiche",
            f"“{text}” means {place.name} ({iri}), which is not the territory of the record",
        ),
    )
