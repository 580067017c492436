"""Whose word a statement is: its own record and the sources that this names say so, and no other record does."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from fuzz import examples
from trophees.base.namespaces import BASE, GRAPH, TP
from trophees.check import sources
from trophees.check.report import line
from trophees.graph.assemble import build
from trophees.graph.provenance import graphs_of, kind, sources_of
from trophees.release.checkout import Project
from trophees.source.record import Record, Sources
from trophees.source.yaml_ld import read

EDITIONS = Path(__file__).parent / "editions"
PROJECT = Project.containing(EDITIONS)
REAL = list(PROJECT.records())
MADE_UP = [
    read(path.read_bytes(), path.relative_to(EDITIONS).as_posix(), PROJECT.context)
    for path in sorted(EDITIONS.rglob("*.yaml"))
]
SOURCES = [record for record in (*REAL, *MADE_UP) if kind(record) == "source"]
OTHERS = [record for record in (*REAL, *MADE_UP) if kind(record) != "source"]
KNOWN = sources_of(SOURCES)
TOLD_BY_2020 = [NamedNode(GRAPH + name) for name in ("report/2020", "curation/2020")]


def stated(records: Collection[Record]) -> set[Quad]:
    """What the records say, each statement in its graph."""
    return set(build(Sources(records=list(records), ontology=[], rules={}, reference=[])))


def alone(record: Record) -> set[Quad]:
    """The same of one record, which knows no other but the sources."""
    graph = graphs_of(record, KNOWN)
    return {Quad(s.subject, s.predicate, s.object, graph(s)) for s in record.statements}


ALONE = {record.iri: alone(record) for record in (*SOURCES, *OTHERS)}


@given(st.data())
@examples(40)
def test_what_a_record_says_stands_in_the_same_graphs_whatever_other_records_there_are(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(OTHERS), unique_by=lambda r: r.iri.value, min_size=1, max_size=60))
    together = data.draw(st.permutations([*chosen, *SOURCES]))
    assert stated(together) == set().union(*(ALONE[record.iri] for record in together))


def test_what_is_told_of_2020_is_the_same_beside_made_up_editions(store: Store, editions_store: Store) -> None:
    for graph in TOLD_BY_2020:
        alone, beside = (set(s.quads_for_pattern(None, None, None, graph)) for s in (store, editions_store))
        assert len(alone) > 1000
        assert alone == beside


EDITION = """
id: edition:{year}
type: Édition
numéro: {number}
année: {year}
libellé: {{fr: ÉDITION FICTIVE {year}, en: MADE-UP EDITION {year}}}
"""
LAUREATE = """
id: laureate:{year}/cachan
type: Lauréat
édition: edition:{year}
ordre: 1
étoiles: 4
titre: ÉDITION FICTIVE
acteurs:
  - rôle: porteur
    organisme: organisation:ville-de-cachan
    rubrique: ligne du porteur
  - rôle: partenaire
    organisme: organisation:caue-94
    rubrique: ligne du porteur
    raison: {{fr: La ligne fictive ne le nomme pas., en: The made-up line does not name it.}}
"""


def test_editions_before_and_after_move_nothing_of_2020(store: Store) -> None:
    added = [
        read(text.format(year=year, number=year - 2015).encode(), f"{folder}/{name}.yaml", PROJECT.context)
        for year in (2019, 2022)
        for text, folder, name in ((EDITION, "edition", year), (LAUREATE, f"laureate/{year}", "cachan"))
    ]
    assert [p for record in added for p in record.problems] == []
    together, by_itself = stated([*added, *REAL]), stated(REAL)
    for graph in TOLD_BY_2020:
        told = {q for q in together if q.graph_name == graph}
        assert told == {q for q in by_itself if q.graph_name == graph}
        assert told < set(store.quads_for_pattern(None, None, None, graph))  # with the types of what is told
    for year in (2019, 2022):
        sizes = {
            name: len([q for q in together if q.graph_name == NamedNode(f"{GRAPH}{name}/{year}")])
            for name in ("report", "curation")
        }
        assert sizes["report"] > 5
        assert sizes["curation"] > 2


@pytest.mark.parametrize(
    ("subject", "predicate", "graph"),
    [
        ("laureate/2041/deux-recits", "title", "report/2041"),
        ("laureate/2041/deux-recits", "summary", "curation/2041"),
        ("laureate/2041/deux-recits#account-1", "title", "web/palmares-2041"),
        ("laureate/2041/deux-recits#account-1", "note", "curation/palmares-2041"),
        ("laureate/2041/deux-recits#involvement-1", "organisation", "report/2041"),
        ("laureate/2041/deux-recits#involvement-2", "organisation", "web/palmares-2041"),
        ("laureate/2041/deux-recits#coverage-1", "territory", "curation/2041"),
        ("laureate/2041/deux-recits#coverage-2", "territory", "curation/palmares-2041"),
        ("laureate/2041/cachan#anomaly-1", "anomalyKind", "curation/2041"),
        ("laureate/2042/cachan", "title", "sheets/2042"),
        ("organisation/maison-fictive", "organisationKind", "sheets/2042"),
        ("organisation/maison-fictive", "homeTerritory", "curation/2042"),
        ("person/camille-fictif#appointment-1", "start", "report/2041"),
        ("edition/2043", "title", "web/site-2043"),
        ("source/palmares-2041", "statedIn", "catalog"),
        ("withdrawal/2041-1#withdrawal-1", "withdrawn", "withdrawn"),
    ],
)
def test_each_source_has_its_word_and_the_curators_theirs(
    subject: str, predicate: str, graph: str, editions_store: Store
) -> None:
    found = editions_store.quads_for_pattern(NamedNode(BASE + subject), NamedNode(TP + predicate), None, None)
    french = [q for q in found if getattr(q.object, "language", None) != "en"]
    assert {q.graph_name for q in french} == {NamedNode(GRAPH + graph)}


def test_what_leads_to_a_fact_stands_with_it(editions_store: Store) -> None:
    for name, graph in (("involvement-2", "web/palmares-2041"), ("coverage-2", "curation/palmares-2041")):
        fact = NamedNode(f"{BASE}laureate/2041/deux-recits#{name}")
        leading = [
            q
            for q in editions_store.quads_for_pattern(None, None, fact, None)
            if q.graph_name != NamedNode(GRAPH + "rules")
        ]
        assert [q.graph_name for q in leading] == [NamedNode(GRAPH + graph)]


# --- graphs that nothing describes


def made(path: str, text: str) -> Record:
    return read(text.encode(), path, PROJECT.context)


ORGANISATION = """id: organisation:essai
type: Organisme
libellé: {fr: Essai fictif, en: Made-up trial}
nature: kind:association
"""


def test_every_graph_of_the_real_records_and_of_the_made_up_ones_has_its_record() -> None:
    everything = [*REAL, *MADE_UP]
    assert list(sources.problems(everything, everything, PROJECT.context)) == []
    assert sources.wanted(everything, everything, PROJECT.context) == []


def test_what_no_source_is_named_for_is_told_with_its_place() -> None:
    record = made("organisation/essai.yaml", ORGANISATION)
    [problem] = sources.problems([record], [*REAL, record], PROJECT.context)
    assert line(problem, "fr") == (
        "data/organisation/essai.yaml:2:7: avertissement: ce qui est dit ici va dans « graph:curation », qui n’a pas "
        "de fiche : dites « selon » quelle source [graph:described]"
    )
    assert problem.messages.en.startswith("what is said here goes to “graph:curation”")
    named = made("organisation/essai.yaml", ORGANISATION + "selon: src:report-2020\n")
    assert list(sources.problems([named], [*REAL, named], PROJECT.context)) == []


def test_a_graph_whose_record_is_taken_away_is_missed_by_those_who_write_there() -> None:
    left = [record for record in REAL if record.path != "data/graph/vocabulary.yaml"]
    found = list(sources.problems(left, left, PROJECT.context))
    assert {problem.path for problem in found} == {r.path for r in REAL if kind(r) == "vocabulary"}
    assert {(problem.severity, problem.rule) for problem in found} == {("warning", "graph:described")}


@pytest.mark.parametrize(
    ("graph", "taken"),
    [
        ("graph:report/2041", "graph:report/2020"),
        ("graph:report/2041", "graph:curation/2020"),
        ("graph:report/2041", "graph:curation/2041"),
        ("graph:curation/2041", "graph:curation/2020"),
        ("graph:curation/2041", "graph:vocabulary"),
        ("graph:report/2041", "graph:insee/2020-01-01"),
    ],
)
def test_a_source_has_graphs_of_its_own(graph: str, taken: str) -> None:
    path = "source/report-2041.yaml"
    text = (EDITIONS / path).read_text("utf-8").replace(f" {graph}\n", f" {taken}\n")
    record = made(path, text)
    everything = [record, *(other for other in (*REAL, *MADE_UP) if other.iri != record.iri)]
    found = list(sources.shared([record], everything, PROJECT.context))
    assert [p.line for p in found] == [n for n, said in enumerate(text.splitlines(), 1) if said.endswith(f" {taken}")]
    assert {line(p, "en").partition("error: ")[2] for p in found} == {
        f"“{taken}” is already taken: a source has two graphs of its own [graph:own]"
    }
    assert list(sources.shared([*REAL, *MADE_UP], [*REAL, *MADE_UP], PROJECT.context)) == []


def test_an_edition_without_a_source_is_no_problem_but_what_to_write_is_said() -> None:
    edition = made("edition/2022.yaml", EDITION.format(year=2022, number=7))
    laureate = made("laureate/2022/cachan.yaml", LAUREATE.format(year=2022))
    everything = [*REAL, edition, laureate]
    assert list(sources.problems(everything, everything, PROJECT.context)) == []
    [sentence] = sources.wanted(everything, everything, PROJECT.context)
    assert sentence["en"] == (
        "edition 2022: its source has no record; write data/source/report-2022.yaml and those of its graphs, such as "
        "graph:report/2022"
    )
    assert "data/source/report-2022.yaml" in sentence["fr"]
    source = next(record for record in MADE_UP if record.path == "data/source/sheets-2042.yaml")
    laureate = made("laureate/2042/cachan.yaml", LAUREATE.format(year=2042))
    [sentence] = sources.wanted([laureate], [*REAL, source, laureate], PROJECT.context)
    assert sentence["en"] == "edition 2042: records do not name their source; add “selon: src:sheets-2042” to them"


def test_a_record_that_stands_in_no_edition_is_told_like_any_other() -> None:
    record = made("laureate.yaml", "id: laureate\ntype: Lauréat\nordre: 1\n")
    assert {str(q.graph_name) for q in stated([record])} == {f"<{GRAPH}curation>"}
    [problem] = sources.problems([record], [*REAL, record], PROJECT.context)
    assert problem.path == "data/laureate.yaml"
