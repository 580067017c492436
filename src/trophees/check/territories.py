"""Whether the territory of a record is the one that the text it is taken from names. Pure, but for the reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, TP
from trophees.places.link import Asked, link
from trophees.places.place import COMMUNE, DEPARTEMENT, EPCI, REGION, Place
from trophees.places.reference import every
from trophees.source.problem import Problem
from trophees.source.record import Record, Statement

RULE = "territory:as-printed"
KINDS = COMMUNE, DEPARTEMENT, EPCI, REGION  # that have IRIs
_TERRITORY, _PRINTED, _ROLE = (NamedNode(TP + name) for name in ("territory", "printed", "role"))
_CARRIER = NamedNode(BASE + "role/carrier")
_PROCESS = re.compile(re.escape(BASE) + r"(?:laureate|case)/(?:([0-9]{4})/)?")


def problems(records: Iterable[Record], context: Context) -> Iterator[Problem]:
    """Each territory of a process, and each carrier line, that names another territory than the record has.

    Only what is certain is told: a text that names one territory, or several of which none is the record's.
    """
    for record in records:
        if told := _PROCESS.match(record.iri.value):
            yield from _of_process(record, date(int(told[1]), 12, 31) if told[1] else None, context)


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
