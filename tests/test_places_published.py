"""The reference of places in RDF: IRIs by rule, each statement once, in the graph of its last vintage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.namespaces import BASE, GRAPH
from trophees.graph import territories
from trophees.graph.territories import PREFIXES, TERRITORY, Statement, event, lines, record
from trophees.places.iris import iri
from trophees.places.place import Event, Moment, Place

SHOWN = ("commune/14712", "commune/14666", "region/32", "departement/69", "departement/94", "epci/200065597")
DAY = Moment(date(2016, 1, 1), date(2016, 1, 1))


pytestmark = pytest.mark.xdist_group("places_published")


class Read:
    """What one pass over the statements has seen."""

    def __init__(self) -> None:
        self.store = Store()
        self.digests: set[int] = set()
        self.count = 0
        self.records: set[str] = set()
        self.targets: set[str] = set()
        self.subjects: set[str] = set()


@pytest.fixture(scope="module")
def read() -> Read:
    """One pass; what is said of `SHOWN`, and of what belongs to them, is kept."""
    found = Read()
    starts = tuple(f"<{TERRITORY}{name}{end}" for name in SHOWN for end in (">", "#"))

    def kept() -> Iterator[Statement]:
        for said in territories.statements():
            _, subject, name, value = said
            found.count += 1
            found.digests.add(hash((subject, name, value)))
            if name == "prov:specializationOf":
                found.records.add(subject)
            if name in ("event:factor", "event:product", "tp:memberOf", "tp:memberCommune", "igeo:subdivisionDe"):
                found.targets.add(value)
            if name == "igeo:codeINSEE":
                found.subjects.add(subject)
            if subject.startswith(starts) or subject.startswith(f"<{GRAPH}"):
                yield said

    found.store.bulk_load(b"".join(lines(kept())), format=RdfFormat.N_QUADS)
    return found


def asked(read: Read, query: str) -> list[tuple[str, ...]]:
    """The rows of `query` over what was kept."""
    rows = Embedded(read.store, {**PREFIXES, "t": TERRITORY}).ask(Question("test", query))
    return [tuple(getattr(term, "value", "") for term in row) for row in rows]  # type: ignore[union-attr]


def test_an_iri_is_made_by_rule_of_the_kind_the_code_and_the_first_day() -> None:
    place = Place("commune", "14712", "Troarn", Moment(None, date(2019, 1, 1)), None)
    assert iri("commune", "94016") == BASE + "territory/commune/94016"
    assert record(place) == TERRITORY + "commune/14712#since-2019-01-01"
    assert record(Place("commune", "14712", "Troarn")) == TERRITORY + "commune/14712#since-1943-01-01"
    told = Event(DAY, "merger", "commune", "14712", "commune", "14666")
    assert event(told) == TERRITORY + "commune/14712#event-2016-01-01-merger-commune-14666"
    assert event(Event(DAY, "creation", "", "", "commune", "14666")).endswith("14666#event-2016-01-01-creation")
    assert event(Event(DAY, "abolition", "commune", "14666", "", "")).endswith("14666#event-2016-01-01-abolition")


def test_no_statement_comes_twice_and_no_record_shares_its_iri(read: Read) -> None:
    from trophees.places import reference

    assert read.count == len(read.digests) > 1_000_000
    assert len(read.records) == len(reference.places())


def test_what_an_event_or_a_membership_names_is_a_territory_that_is_described(read: Read) -> None:
    assert read.targets <= read.subjects


def test_a_code_that_comes_back_has_its_lives_with_their_days(read: Read) -> None:
    rows = asked(
        read,
        f"SELECT ?v ?from ?to {{ ?v prov:specializationOf <{TERRITORY}commune/14712>"
        " OPTIONAL { ?v igeo:creation/igeo:date ?from } OPTIONAL { ?v igeo:suppression/igeo:date ?to } }"
        " ORDER BY ?from",
    )
    assert [(start, end) for _, start, end in rows] == [
        ("", "2017-01-01"),
        ("2017-01-01", "2019-12-31"),
        ("2019-12-31", ""),
    ]


def test_what_became_of_a_commune_is_asked_of_its_events(read: Read) -> None:
    rows = asked(
        read,
        f"SELECT ?day ?kind ?to {{ ?e event:factor <{TERRITORY}commune/14666> ; igeo:date ?day ; event:product ?to ;"
        " dcterms:type/skos:prefLabel ?kind FILTER(LANG(?kind) = 'en') } ORDER BY ?day ?to",
    )
    assert ("2017-01-01", "merger", f"{TERRITORY}commune/14712") in rows


def test_an_event_of_an_unknown_day_says_its_interval() -> None:
    told = list(territories._dated("<urn:x>", Moment(date(2019, 1, 2), date(2020, 1, 1)), "2020-01-01"))
    assert [(name, value.partition("^^")[0]) for _, _, name, value in told[1:]] == [
        ("igeo:date", '"2020-01-01"'),
        ("dcterms:date", '"2019-01-02/2020-01-01"'),
    ]


def test_a_statement_stands_in_the_graph_of_the_last_vintage_in_which_it_holds(read: Read) -> None:
    rows = asked(
        read,
        f"SELECT ?name ?g {{ GRAPH ?g {{ ?v prov:specializationOf <{TERRITORY}region/32> ; igeo:nom ?name }} }}",
    )
    graph = GRAPH + "places/"
    assert sorted(rows) == [
        ("Hauts-de-France", graph + "2026-01-01"),
        ("Nord-Pas-de-Calais-Picardie", graph + "2019-01-01"),
    ]


def test_codes_of_the_union_are_those_of_the_rule(read: Read) -> None:
    eu = list(territories.eu_codes())
    counties = {code: (nuts, atu) for kind, code, nuts, atu in eu if kind == "departement"}
    assert len(counties) == 101
    assert len({nuts for nuts, _ in counties.values()}) == 101
    for code, (_, atu) in counties.items():
        assert atu == "FRA_DPT_" + ("069D" if code == "69" else code.rjust(3, "0"))
    from trophees.places.reference import departements

    for kind, code, nuts, _ in eu:
        if kind == "region" and nuts:
            assert all(counties[inside][0].startswith(nuts) for inside in departements(code))
    same = asked(read, f"SELECT ?o {{ <{TERRITORY}departement/69> skos:exactMatch ?o }} ORDER BY ?o")
    assert [o for (o,) in same] == ["http://data.europa.eu/nuts/code/FRK26", "http://id.insee.fr/geo/departement/69"]


def test_only_what_insee_names_by_its_code_has_an_iri_of_it(read: Read) -> None:
    (rows,) = asked(read, f"SELECT (COUNT(*) AS ?n) {{ <{TERRITORY}epci/200065597> skos:exactMatch ?o }}")
    assert rows == ("0",)


def test_a_membership_says_each_vintage(read: Read) -> None:
    days = asked(read, f"SELECT ?d {{ <{TERRITORY}epci/200065597#member-14712> tp:validOn ?d }} ORDER BY ?d")
    assert [d for (d,) in days] == [f"{year}-01-01" for year in range(2019, 2027)]
    assert not asked(read, "SELECT ?m { ?m tp:validOn ?d FILTER(STR(?d) = '2025-01-08') }")


def test_what_the_graph_says_already_is_not_added_again(monkeypatch: pytest.MonkeyPatch) -> None:
    some = list(islice(territories.statements(), 50))
    monkeypatch.setattr(territories, "statements", lambda: iter(some))
    first = next(iter(parse(b"".join(lines(some)), format=RdfFormat.N_QUADS)))
    store = Store()
    store.add(Quad(first.subject, first.predicate, first.object, NamedNode(GRAPH + "insee/2026-01-01")))
    territories.add(store)
    assert len(store) == 50
