"""The reference of places as statements: territories, their dated records, events, members, counts and codes.

A statement comes as text, in the terms of N-Triples, for there are more than a million. It stands in the graph of the
last vintage in which it holds; what ended before the first vintage, in that of the first one, whose history tells it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from trophees.base.namespaces import BASE, DCAT, DCTERMS, EDTF, GRAPH, IGEO, RDF, SCHEMA, SKOS, TP, XSD
from trophees.places import place as kinds
from trophees.places import reference
from trophees.places.iris import AT_INSEE, iri
from trophees.places.place import Event, Moment, Place, moment
from trophees.places.tables import rows

if TYPE_CHECKING:
    from pyoxigraph import Store

TERRITORY = BASE + "territory/"
EVENT = GRAPH + "places#"  # the kinds of events are named after it
PREFIXES = {
    "dcat": DCAT, "dcterms": DCTERMS, "event": "http://purl.org/NET/c4dm/event.owl#",
    "geo": "http://www.opengis.net/ont/geosparql#", "igeo": IGEO, "prov": "http://www.w3.org/ns/prov#", "rdf": RDF,
    "schema": SCHEMA, "skos": SKOS, "tp": TP, "xsd": XSD,
}  # fmt: skip
CLASSES = {
    kinds.COMMUNE: "Commune", kinds.DELEGATED: "CommuneDeleguee", kinds.ASSOCIATED: "CommuneAssociee",
    kinds.MUNICIPAL: "ArrondissementMunicipal", kinds.ARRONDISSEMENT: "Arrondissement",
    kinds.DEPARTEMENT: "Departement", kinds.REGION: "Region", kinds.EPCI: "Intercommunalite",
    kinds.EPT: "Intercommunalite",
}  # fmt: skip
_EU = "http://publications.europa.eu/resource/authority/atu/"
_NUTS = "http://data.europa.eu/nuts/code/"
AT_ONCE = 20_000  # statements that are written at once
_WITHOUT_LYON = "FRA_DPT_069D"  # the département without the métropole, which is in INSEE's 69
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})

Statement = tuple[str, str, str, str]  # vintage, subject, property (a prefixed name), object


def record(place: Place) -> str:
    """The IRI of a dated record: that of its territory, and the first day on which it is known to be so."""
    return f"{iri(place.kind, place.code)}#since-{place.start or kinds.BEGINNING}"


def event(happened: Event) -> str:
    """The IRI of an event: that of the territory to which it happens, its day, its kind, and where it leads."""
    source = iri(happened.kind, happened.code) if happened.code else iri(happened.to_kind, happened.to_code)
    to = f"-{happened.to_kind}-{happened.to_code}" if happened.code and happened.to_code else ""
    return f"{source}#event-{happened.when.latest}-{happened.event}{to}"


def vintages() -> tuple[date, ...]:
    """The days of the lists, in their order."""
    return tuple(sorted({date.fromisoformat(day) for day, *_ in rows("counts")}))


def statements() -> Iterator[Statement]:
    """Each once, subject by subject; the same ones in the same order whenever the tables are the same."""
    lists = _Lists(vintages())
    for (kind, code), same in groupby(reference.places(), key=lambda p: (p.kind, p.code)):
        yield from _territory(kind, code, list(same), lists)
    for happened in _events():
        yield from _happened(happened, lists)
    for table in ("members", "arrondissements", "regions"):
        yield from _inside(table, lists)
    yield from _counted(lists)
    yield from _kinds(lists)


class _Lists:
    """Which vintage says something."""

    def __init__(self, days: tuple[date, ...]) -> None:
        self.days = days
        self._last: dict[date | None, str] = {None: str(days[-1])}

    def last(self, end: date | None) -> str:
        """The last one before `end`, the first day on which it is so no more."""
        if end not in self._last:
            self._last[end] = str(max((day for day in self.days if end and day < end), default=self.days[0]))
        return self._last[end]

    def first(self, day: date) -> str:
        """The first one that may know what happened that day."""
        return str(min((one for one in self.days if one >= day), default=self.days[-1]))

    def during(self, start: date | None, end: date | None) -> list[date]:
        """Those of 1 January that attest it."""
        yearly = (day for day in self.days if (day.month, day.day) == (1, 1))
        return [day for day in yearly if (start is None or start <= day) and (end is None or day < end)]


def _territory(kind: str, code: str, lives: list[Place], lists: _Lists) -> Iterator[Statement]:
    newest, node = lives[-1], f"<{iri(kind, code)}>"
    now = lists.last(newest.end)
    yield now, node, "rdf:type", f"<{TP}Territory>"
    if kind in CLASSES:
        yield now, node, "rdf:type", f"<{IGEO}{CLASSES[kind]}>"
    yield now, node, "igeo:codeINSEE", text(code)
    yield now, node, "igeo:nom", text(newest.name)
    yield now, node, "skos:prefLabel", text(newest.name) + "@fr"
    for name, end in {life.name: life.end for life in lives if life.name != newest.name}.items():
        yield lists.last(end), node, "skos:altLabel", text(name) + "@fr"
    if kind in AT_INSEE:
        yield now, node, "skos:exactMatch", f"<http://id.insee.fr/geo/{kind}/{code}>"
    for parent, end in {_parent(life): life.end for life in lives}.items():
        if parent:
            yield lists.last(end), node, "igeo:subdivisionDe", f"<{parent}>"
    marks: dict[Moment, None] = {}
    for life in lives:
        self, said = f"<{record(life)}>", lists.last(life.end)
        yield said, self, "rdf:type", f"<{PREFIXES['prov']}Entity>"
        yield said, self, "prov:specializationOf", node
        yield said, self, "igeo:nom", text(life.name)
        for name, mark in (("creation", life.begins), ("suppression", life.ends)):
            if mark:
                marks[mark] = None
                yield said, self, f"igeo:{name}", _mark(kind, code, mark)
    for mark in marks:
        yield from _dated(_mark(kind, code, mark), mark, lists.first(mark.latest))


def _parent(place: Place) -> str:
    """The IRI of the commune of a part, of the département of a commune or an arrondissement; empty if it has none."""
    if place.kind == kinds.COMMUNE:
        above = reference.departement(place.code)
        held = any(p.kind == kinds.DEPARTEMENT for p in reference.every(above))
        return iri(kinds.DEPARTEMENT if held else kinds.COLLECTIVITY, above)
    if not place.of:
        return ""
    return iri(kinds.DEPARTEMENT if place.kind == kinds.ARRONDISSEMENT else kinds.COMMUNE, place.of)


def _mark(kind: str, code: str, mark: Moment) -> str:
    return f"<{iri(kind, code)}#event-{mark.latest}>"


def _dated(node: str, when: Moment, vintage: str) -> Iterator[Statement]:
    yield vintage, node, "rdf:type", f"<{IGEO}EvenementGeographique>"
    yield vintage, node, "igeo:date", text(str(when.latest), XSD + "date")
    if not when.known:
        yield vintage, node, "dcterms:date", text(str(when), EDTF)


def _events() -> Iterator[Event]:
    for when, what, kind, code, to_kind, to_code in rows("events"):
        read = moment(when)
        assert read
        yield Event(read, what, kind, code, to_kind, to_code)


def _happened(happened: Event, lists: _Lists) -> Iterator[Statement]:
    node, vintage = f"<{event(happened)}>", lists.first(happened.when.latest)
    yield from _dated(node, happened.when, vintage)
    yield vintage, node, "dcterms:type", f"<{EVENT}{happened.event}>"
    if happened.code:
        yield vintage, node, "event:factor", f"<{iri(happened.kind, happened.code)}>"
    if happened.to_code:
        yield vintage, node, "event:product", f"<{iri(happened.to_kind, happened.to_code)}>"


def _inside(table: str, lists: _Lists) -> Iterator[Statement]:
    """What a table says of what is in what; the same again, after an interruption, is one statement."""
    found: dict[tuple[str, str], list[tuple[date | None, date | None]]] = {}
    for child, parent, start, end in rows(table):
        if not parent:  # Mayotte has communes in no arrondissement
            continue
        since, until = moment(start), moment(end)
        found.setdefault((child, parent), []).append((since.latest if since else None, until.latest if until else None))
    for (child, parent), times in found.items():
        said = lists.last(None if any(end is None for _, end in times) else max(end for _, end in times if end))
        if table == "arrondissements":
            yield said, f"<{iri(kinds.COMMUNE, child)}>", "igeo:subdivisionDe", f"<{iri(kinds.ARRONDISSEMENT, parent)}>"
        elif table == "regions":
            yield said, f"<{iri(kinds.DEPARTEMENT, child)}>", "igeo:subdivisionDe", f"<{iri(kinds.REGION, parent)}>"
        else:
            kind = kinds.EPT if reference.history(kinds.EPT, parent) else kinds.EPCI
            node = f"<{iri(kind, parent)}#member-{child}>"
            yield said, node, "rdf:type", f"<{TP}Membership>"
            yield said, node, "tp:memberCommune", f"<{iri(kinds.COMMUNE, child)}>"
            yield said, node, "tp:memberOf", f"<{iri(kind, parent)}>"
            for day in [day for start, end in times for day in lists.during(start, end)]:
                yield said, node, "tp:validOn", text(str(day), XSD + "date")


def _counted(lists: _Lists) -> Iterator[Statement]:
    now = lists.last(None)
    for (kind, code), count in reference.populations().items():
        place = iri(kind, code)
        node = f"<{place}#population{f'-{count.year}' if count.year else ''}>"
        yield now, f"<{place}>", "tp:population", node
        yield now, node, "rdf:type", f"<{TP}PopulationCount>"
        yield now, node, "tp:populationKind", f"<{BASE}population-kind/municipale>"
        yield now, node, "tp:inhabitants", text(str(count.inhabitants), XSD + "integer")
        if count.year:
            yield now, node, "tp:populationYear", text(str(count.year), XSD + "gYear")
    for (kind, code), point in reference.points().items():
        if point.what in ("centre", "seat"):  # a town hall is no centre
            said = text(f"POINT({point.lon:.4f} {point.lat:.4f})", PREFIXES["geo"] + "wktLiteral")
            yield now, f"<{iri(kind, code)}>", "dcat:centroid", said
    for kind, code, codes, vintage in rows("postal_codes"):
        for postal in codes.split():
            yield vintage, f"<{iri(kind, code)}>", "schema:postalCode", text(postal)
    for kind, code, nuts, atu in eu_codes():
        node = f"<{iri(kind, code)}>"
        if nuts:
            yield now, node, "skos:exactMatch", f"<{_NUTS}{nuts}>"
        if atu:
            yield now, node, "skos:closeMatch" if atu == _WITHOUT_LYON else "skos:exactMatch", f"<{_EU}{atu}>"


def _kinds(lists: _Lists) -> Iterator[Statement]:
    from trophees.places.wording import KIND_OF_EVENT

    for kind, said in KIND_OF_EVENT.items():
        yield lists.last(None), f"<{EVENT}{kind}>", "rdf:type", f"<{SKOS}Concept>"
        for language, label in said.items():
            yield lists.last(None), f"<{EVENT}{kind}>", "skos:prefLabel", f"{text(label)}@{language}"


def eu_codes() -> Iterator[list[str]]:
    """Kind, code, NUTS code and name in the EU's table of administrative units: of départements and régions."""
    with (Path(__file__).parent / "eu_codes.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        yield from reader


def text(value: str, datatype: str = "") -> str:
    """A literal, as N-Triples has it."""
    return f'"{value.translate(_ESCAPES)}"' + (f"^^<{datatype}>" if datatype else "")


def lines(said: Iterable[Statement], known: frozenset[str] = frozenset()) -> Iterator[bytes]:
    """N-Quads, some thousands of lines at once; without what is `known`, triples as N-Triples has them."""
    full: dict[str, str] = {}
    part: list[str] = []
    for vintage, subject, name, value in said:
        if name not in full:
            full[name] = f"<{expanded(name)}>"
        triple = f"{subject} {full[name]} {value}"
        if triple not in known:
            part.append(f"{triple} <{GRAPH}places/{vintage}> .\n")
        if len(part) == AT_ONCE:
            yield "".join(part).encode()
            part.clear()
    yield "".join(part).encode()


def expanded(name: str) -> str:
    """The IRI that a prefixed name stands for."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def add(store: Store) -> None:
    """Put the statements into `store`, but for those that a graph of it makes already: none counts twice."""
    from pyoxigraph import RdfFormat

    known = frozenset(str(quad.triple) for quad in store)
    said = io.BufferedReader(_Stream(lines(statements(), known)), 1 << 20)
    store.bulk_load(said, format=RdfFormat.N_QUADS, lenient=True)


class _Stream(io.RawIOBase):
    """What comes in pieces, to be read as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._pieces, b"")
        part, self._rest = self._rest[: len(room)], self._rest[len(room) :]
        room[: len(part)] = part
        return len(part)
