"""The dataset: whose word each statement is, what the rules derive, and what always holds of the real graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store, Triple
from rdflib import SH

from terms import named
from trophees.base.namespaces import BASE, GRAPH, OWL, RDF_TYPE, TP
from trophees.check.shacl import shapes_graph
from trophees.graph.assemble import build
from trophees.graph.walk import triples
from trophees.release.checkout import Project
from trophees.source.record import Record, Sources
from trophees.source.yaml_ld import read

SKOS = "http://www.w3.org/2004/02/skos/core#"
IGEO = "http://rdf.insee.fr/def/geo#"
LABELS = {SKOS + "prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title"}
PREFIXES = {"tp": TP, "skos": SKOS, "igeo": IGEO, "xsd": "http://www.w3.org/2001/XMLSchema#", "": BASE}
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
CURATION, REPORT, RULES = (GRAPH + name for name in ("curation/2020", "report/2020", "rules"))
EDITION = f"<{BASE}edition/2020>"
# What names another fact and does not contain it
NAMING = {"among", "per", "concerns"}
# What a curator adds without having to give a reason for it
ADDED = {
    "notStated",
    "main",
    "accordingTo",
    "note",
    "review",
    "author",
    "proofreader",
    "reviewedOn",
    "summary",
    "homeTerritory",
    "identifier",
    "identifierScheme",
    "notation",
    "source",
    "anomaly",
    "among",
    "per",
}

Rows = list[tuple[str, ...]]


def ask(store: Store, pattern: str) -> Rows:
    """The rows that answer `pattern` in the union of the graphs, sorted; IRIs without our base."""
    found = store.query(HEAD + pattern, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return sorted(tuple("" if t is None else t.value.removeprefix(BASE) for t in row) for row in found)


def iri(term: object) -> str:
    assert isinstance(term, NamedNode)
    return term.value


DEPRECATED = NamedNode(OWL + "deprecated")


@pytest.fixture(scope="session")
def curated(store: Store) -> dict[str, str]:
    """The graph of the curators of each source, by the graph of what the source says."""
    found = ask(store, "SELECT ?stated ?curated { ?s a tp:Source ; tp:statedIn ?stated ; tp:curatedIn ?curated }")
    graphs = {BASE + stated: BASE + by for stated, by in found}
    assert graphs[REPORT] == CURATION
    assert len(graphs) == len(set(graphs.values())) == len(found) > 1
    return graphs


@pytest.fixture(scope="session")
def laureates(records: list[Record]) -> Rows:
    """The names of all the laureates, as `ask` gives them."""
    found = [record.iri.value.removeprefix(BASE) for record in records if record.path.startswith("data/laureate/")]
    assert len(found) > 40
    return sorted((name,) for name in found)


@pytest.fixture(scope="session")
def rules(project: Project) -> dict[str, str]:
    return project.sources([]).rules


def derived(rules: dict[str, str], name: str, turtle: str) -> set[str]:
    """What the rule `name` alone adds to `turtle`, a triple a line, as Turtle without its dot."""
    text = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + turtle
    said = set(build(Sources(records=[], ontology=[text], rules={}, reference=[])))
    made = build(Sources(records=[], ontology=[text], rules={name: rules[name]}, reference=[]))
    return {short(quad.triple) for quad in set(made) - said}


def short(triple: Triple) -> str:
    line = str(triple).replace(f"<{RDF_TYPE.value}>", "a")
    line = re.sub(r'"(\d+)"\^\^<\S+#integer>', r"\1", line)
    for prefix, namespace in PREFIXES.items():
        line = re.sub(rf"<{re.escape(namespace)}([^>/#]*)>", rf"{prefix}:\1", line)
    return line.replace(f"<{BASE}", "<")


# Whose word


def test_a_fact_with_a_reason_stands_in_the_curation_with_all_that_is_said_of_it(
    store: Store, curated: dict[str, str]
) -> None:
    reasons = store.quads_for_pattern(None, NamedNode(TP + "reason"), None, None)
    inferred = [q.subject for q in reasons if q.graph_name != NamedNode(GRAPH + "withdrawn")]
    assert len(inferred) > 20
    for fact in inferred:
        quads = list(store.quads_for_pattern(fact, None, None, None))
        if "#" in iri(fact):  # else a place, which the report may well name
            leading = list(store.quads_for_pattern(None, None, fact, None))
            containing = [q for q in leading if q.predicate.value.removeprefix(TP) not in NAMING]
            found = {iri(q.graph_name) for q in (*quads, *containing)}
            assert len(found - {GRAPH + "withdrawn", RULES}) == 1, fact
            quads += leading
        graphs = {iri(q.graph_name) for q in quads}
        assert graphs - {GRAPH + "withdrawn"} <= {*curated.values(), RULES}, fact  # it may take the place of another


def test_one_graph_joins_a_fact_its_type_and_what_it_is_about(store: Store) -> None:
    """Whoever says that there is a fact says with the same words what sort of fact it is."""
    inside = "GRAPH ?g { ?l tp:indicator ?i . ?i a tp:Indicator , tp:Fact ; tp:about ?l ; tp:value ?v }"
    anywhere = "?l tp:indicator ?i . ?i tp:value ?v"
    for kind in ("Laureate", "Case"):
        numbers = ask(store, f"SELECT ?i {{ ?l a tp:{kind} . {inside} }}")
        assert numbers == ask(store, f"SELECT ?i {{ ?l a tp:{kind} . {anywhere} }}")
        assert len(numbers) > 10
    reported = f"GRAPH <{REPORT}> {{ ?l a tp:Laureate ; tp:indicator ?i . ?i a tp:Indicator ; tp:about ?l }}"
    numbers = ask(store, f"SELECT ?i {{ {reported} }}")
    assert numbers == ask(store, f"SELECT ?i {{ ?l a tp:Laureate GRAPH <{REPORT}> {{ ?l tp:indicator ?i }} }}")
    assert len(numbers) > 40
    flaws = "SELECT ?a { GRAPH ?g { ?l tp:anomaly ?a . ?a a tp:Anomaly , tp:Fact ; tp:about ?l ; tp:anomalyKind ?k } }"
    assert len(ask(store, flaws)) > 50
    assert ask(store, flaws) == ask(store, "SELECT DISTINCT ?a { ?l tp:anomaly ?a }")
    for kind in ("Identifier", "Inference", "Withdrawal", "Territory"):
        pattern = f"SELECT ?g {{ GRAPH ?g {{ ?x a tp:{kind} }} FILTER(?g = <{RULES}>) }}"
        assert ask(store, pattern) == [], kind
    concepts = "SELECT ?c { GRAPH ?g { ?c a skos:Concept ; skos:inScheme ?s } }"
    assert len(ask(store, concepts)) == len(ask(store, "SELECT ?c { ?c skos:inScheme ?s }")) > 400


def test_a_type_stands_where_a_second_source_says_what_it_follows_from(editions_store: Store) -> None:
    fact = f"<{BASE}laureate/2041/deux-recits#involvement-2>"
    [(graph,)] = ask(editions_store, f"SELECT ?g {{ GRAPH ?g {{ {fact} a tp:Involvement }} }}")
    assert graph == "graph/web/palmares-2041"
    assert ask(editions_store, f"SELECT ?g {{ GRAPH ?g {{ ?l tp:involvement {fact} }} }}") == [(graph,)]


def test_the_curation_holds_nothing_else_but_what_curators_add(store: Store, curated: dict[str, str]) -> None:
    inferred = {q.subject for q in store.quads_for_pattern(None, NamedNode(TP + "reason"), None, None)}
    inferred |= {named(q.object) for q in store.quads_for_pattern(None, NamedNode(TP + "anomaly"), None, None)}
    declared = {
        (inferring.subject, on.object)
        for inferring in store.quads_for_pattern(None, NamedNode(TP + "inference"), None, None)
        for on in store.quads_for_pattern(named(inferring.object), NamedNode(TP + "onProperty"), None, None)
    }
    for graph in curated.values():
        quads = list(store.quads_for_pattern(None, None, None, NamedNode(graph)))
        assert len(quads) > 1000
        for quad in quads:
            if quad.subject not in inferred and quad.object not in inferred and not english(quad.object):
                name = quad.predicate.value.removeprefix(TP)
                if quad.predicate in (RDF_TYPE, NamedNode(TP + "about")):
                    continue  # which stand with what they follow from
                assert name in ADDED or (quad.subject, quad.predicate) in declared, quad


def test_no_source_prints_english(store: Store, curated: dict[str, str]) -> None:
    for graph in curated:
        quads = list(store.quads_for_pattern(None, None, None, NamedNode(graph)))
        assert len(quads) > 1000
        assert not [q for q in quads if english(q.object)]


def english(term: object) -> bool:
    return isinstance(term, Literal) and term.language == "en"


def test_what_can_be_said_in_both_languages_is(store: Store, project: Project) -> None:
    """What is printed stays in French alone: its shape knows no other language."""
    shapes = shapes_graph(project.shapes())
    for shape in shapes.subjects(SH.uniqueLang, rdflib.Literal(True)):
        path = NamedNode(str(shapes.value(shape, SH.path)))
        spoken: dict[str, set[object]] = {"fr": set(), "en": set()}
        for quad in store.quads_for_pattern(None, path, None, None):
            assert isinstance(quad.object, Literal)
            assert quad.object.language in spoken
            spoken[quad.object.language].add(quad.subject)
        assert spoken["fr"] == spoken["en"], path


@pytest.mark.parametrize("name", ["identifier", "anomaly"])
def test_an_identifier_and_a_flaw_of_the_document_are_the_word_of_a_curator(
    name: str, store: Store, curated: dict[str, str]
) -> None:
    found = list(store.quads_for_pattern(None, NamedNode(TP + name), None, None))
    assert len(found) > 20
    for link in found:
        quads = [link, *store.quads_for_pattern(named(link.object), None, None, None)]
        [graph] = {iri(quad.graph_name) for quad in quads} - {RULES}
        assert graph in curated.values()


def test_nothing_that_a_source_prints_has_a_reason(store: Store, curated: dict[str, str]) -> None:
    for graph in curated:
        assert not list(store.quads_for_pattern(None, NamedNode(TP + "reason"), None, NamedNode(graph)))


def test_every_fact_of_a_source_names_the_section_where_it_stands(store: Store, curated: dict[str, str]) -> None:
    for graph in curated:
        facts = f"?f a tp:Fact . GRAPH <{graph}> {{ ?s ?p ?f }}"
        assert len(ask(store, f"SELECT ?f {{ {facts} }}")) > 900
        assert ask(store, f"SELECT ?f {{ {facts} MINUS {{ ?f tp:section ?section }} }}") == []


def test_each_statement_stands_in_one_graph(store: Store) -> None:
    assert len(triples(store)) == len(store)


def test_every_graph_is_described_in_the_catalogue(store: Store, editions_store: Store) -> None:
    for dataset in (store, editions_store):
        graphs = {q.graph_name for q in dataset}
        assert DefaultGraph() not in graphs
        catalogue = dataset.quads_for_pattern(None, RDF_TYPE, None, NamedNode(GRAPH + "catalog"))
        listed = {q.subject for q in catalogue if iri(q.subject).startswith(GRAPH)}
        assert graphs <= listed
        assert listed == graphs, "the catalogue describes a graph that does not exist"


def test_the_year_of_the_graphs_is_that_of_the_edition(project: Project) -> None:
    text = b"id: laureate:2031/x\ntype: Laur\xc3\xa9at\nordre: 1\n"
    edition = b'id: edition:2031\ntype: \xc3\x89dition\nann\xc3\xa9e: "2031"\n'
    made: list[Record] = [
        read(text, "laureate/2031/x.yaml", project.context),
        read(edition, "edition/2031.yaml", project.context),
    ]
    store = build(Sources(records=made, ontology=[], rules={}, reference=[]))
    assert {iri(q.graph_name) for q in store} == {GRAPH + "report/2031"}


# What always holds


def test_the_union_is_walked_in_the_order_of_its_lines_each_once_without_the_default_graph(store: Store) -> None:
    beside = Store()
    beside.extend(store)
    thing = NamedNode(BASE + "laureate/2020/cachan")
    beside.add(Quad(thing, NamedNode(TP + "note"), Literal("of no graph"), DefaultGraph()))
    beside.add(Quad(thing, NamedNode(TP + "stars"), Literal("told twice"), NamedNode(GRAPH + "a")))
    beside.add(Quad(thing, NamedNode(TP + "stars"), Literal("told twice"), NamedNode(GRAPH + "b")))
    lines = [str(triple) for triple in triples(beside)]
    assert lines == sorted(lines)
    assert len(set(lines)) == len(lines) == len(triples(store)) + 1


def test_there_is_no_blank_node(store: Store) -> None:
    assert not [q for q in store if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_every_thing_of_ours_is_a_fact_or_has_a_label(store: Store) -> None:
    """Some kinds of nodes are read through what leads to them; what is withdrawn is nothing any more."""
    labelled = {q.subject for q in store if q.predicate.value in LABELS}
    names = "Fact Account Review Membership PopulationCount Identifier Inference Withdrawal WithdrawalList".split()  # noqa: SIM905
    unnamed = [*(NamedNode(TP + name) for name in names), NamedNode("http://www.w3.org/ns/oa#TextQuoteSelector")]
    labelled |= {q.subject for q in store.quads_for_pattern(None, DEPRECATED, None, None)}
    labelled |= {q.subject for kind in unnamed for q in store.quads_for_pattern(None, RDF_TYPE, kind, None)}
    ours = {q.subject for q in store if isinstance(q.subject, NamedNode) and q.subject.value.startswith(BASE)}
    assert len(ours) > 3000
    assert not ours - labelled


def test_every_label_is_in_french_and_in_english(store: Store) -> None:
    languages: dict[object, list[str | None]] = {}
    for quad in store.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), None, None):
        languages.setdefault(quad.subject, []).append(getattr(quad.object, "language", None))
    assert {tuple(sorted(map(str, found))) for found in languages.values()} == {("en", "fr")}


def test_every_thing_of_ours_that_is_named_is_described(store: Store) -> None:
    """The base itself aside: it is the publisher, and the address of the project."""
    described = {q.subject for q in store}
    named = {q.predicate for q in store} | {q.object for q in store if isinstance(q.object, NamedNode)}
    assert not {n for n in named - described if iri(n).startswith(BASE) and iri(n) != BASE}


def test_every_thing_described_has_a_type(store: Store) -> None:
    typed = {
        q.subject for predicate in (RDF_TYPE, DEPRECATED) for q in store.quads_for_pattern(None, predicate, None, None)
    }
    assert not {q.subject for q in store if iri(q.subject).startswith(BASE)} - typed


def test_no_concept_is_broader_than_itself(store: Store) -> None:
    assert len(ask(store, "SELECT ?c ?b { ?c skos:broader ?b }")) > 100
    assert ask(store, "SELECT ?c { ?c skos:broader+ ?c }") == []


def test_a_broader_concept_is_of_the_same_scheme(store: Store) -> None:
    crossing = "?c skos:broader ?b ; skos:inScheme ?s . ?b skos:inScheme ?t . FILTER(?s != ?t)"
    assert ask(store, f"SELECT ?c ?b {{ {crossing} }}") == []


def test_the_things_of_the_graph_are_those_of_the_records(store: Store, records: list[Record]) -> None:
    for kind, name in (
        ("laureate", "Laureate"),
        ("case", "Case"),
        ("edition", "Edition"),
        ("organisation", "Organisation"),
        ("person", "Person"),
    ):
        found = {iri(q.subject) for q in store.quads_for_pattern(None, RDF_TYPE, NamedNode(TP + name), None)}
        assert found == {r.iri.value for r in records if r.path.startswith(f"data/{kind}/")}
        assert found


def test_a_record_loses_no_statement(store: Store, records: list[Record]) -> None:
    said = {Triple(s.subject, s.predicate, s.object) for record in records for s in record.statements}
    assert said <= set(triples(store))


# The laureates


def test_forty_laureates_are_in_the_order_of_the_report(store: Store) -> None:
    orders = ask(store, f"SELECT ?order {{ ?l a tp:Laureate ; tp:edition {EDITION} ; tp:order ?order }}")
    assert sorted(int(order) for (order,) in orders) == list(range(1, 41))


def test_the_blocks_of_stars_follow_one_another(store: Store) -> None:
    told = f"?l a tp:Laureate ; tp:edition {EDITION} ; tp:order ?order ; tp:stars ?stars"
    rows = ask(store, f"SELECT ?order ?stars {{ {told} }}")
    stars = [s for _, s in sorted((int(order), int(stars)) for order, stars in rows)]
    assert stars == [4] * 6 + [3] * 10 + [2] * 10 + [1] * 14


def test_every_laureate_has_a_carrier_a_tool_and_a_main_theme(store: Store, laureates: Rows) -> None:
    for path in ("tp:carriedBy", "tp:toolUse", "tp:topic", "tp:distinction", "tp:edition", "tp:topic/tp:main"):
        found = ask(store, f"SELECT DISTINCT ?l {{ ?l a tp:Laureate ; {path} ?x }}")
        assert found == laureates, path
    assert ask(store, "SELECT DISTINCT ?l { ?l a tp:Laureate ; tp:topic/tp:main true }") == laureates


def test_every_process_is_summed_up_in_two_or_three_sentences_in_french_and_in_english(
    store: Store, laureates: Rows
) -> None:
    rows = ask(store, "SELECT ?l ?text (LANG(?text) AS ?lang) { ?l a tp:Process ; tp:summary ?text }")
    processes = ask(store, "SELECT ?l { ?l a tp:Process }")
    assert set(laureates) < set(processes)
    for language in ("fr", "en"):
        assert [(process,) for process, _, lang in rows if lang == language] == processes
    for laureate, text, _ in rows:
        ends = re.findall(r"[.!?…](?= +[A-ZÀ-Ý«“\"0-9]|$)", text)
        assert len(ends) in ({2} if "/2020/" in laureate else {2, 3}), f"{laureate}: {text}"


# The rules, one by one


def test_what_is_withdrawn_is_deprecated_and_replaced_where_it_has_a_successor(rules: dict[str, str]) -> None:
    said = ":v tp:withdrawal :w, :x . :w tp:withdrawn :a ; tp:successor :b . :x tp:withdrawn :c ; tp:noSuccessor true ."
    true = '"true"^^xsd:boolean'
    deprecated = "<http://www.w3.org/2002/07/owl#deprecated>"
    assert derived(rules, "withdrawn", said) == {
        f":a {deprecated} {true}",
        f":c {deprecated} {true}",
        ":a <http://purl.org/dc/terms/isReplacedBy> :b",
    }


def test_an_involvement_says_who_carries_accompanies_and_joins(rules: dict[str, str]) -> None:
    said = """
    :l tp:involvement :i, :j, :k, :m .
    :i tp:role <https://w3id.org/trophees-participation/role/carrier> ; tp:organisation :a .
    :j tp:role <https://w3id.org/trophees-participation/role/contractor> ; tp:organisation :b .
    :k tp:role <https://w3id.org/trophees-participation/role/partner> ; tp:organisation :c .
    :m tp:role <https://w3id.org/trophees-participation/role/carrier> .
    """
    assert derived(rules, "carried-by", said) == {":l tp:carriedBy :a"}
    assert derived(rules, "accompanied-by", said) == {":l tp:accompaniedBy :b"}
    assert derived(rules, "in-partnership-with", said) == {":l tp:inPartnershipWith :c"}


CARRIERS = f"""
:l tp:involvement :i . :i tp:role <{BASE}role/carrier> ; tp:organisation :a .
:l tp:involvement :j . :j tp:role <{BASE}role/partner> ; tp:organisation :b .
"""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", {":l tp:soleCarrier :a"}),
        (f":l tp:involvement :k . :k tp:role <{BASE}role/carrier> ; tp:organisation :a .", {":l tp:soleCarrier :a"}),
        (
            f":l tp:involvement :k . :k tp:role <{BASE}role/carrier> ; tp:organisation :c .",
            {":l tp:jointCarrier :a", ":l tp:jointCarrier :c"},
        ),
        (f":l tp:involvement :k . :k tp:role <{BASE}role/carrier> .", {":l tp:jointCarrier :a"}),  # not named
    ],
)
def test_a_carrier_is_the_sole_one_or_one_of_several(rules: dict[str, str], more: str, expected: set[str]) -> None:
    assert derived(rules, "carriers", CARRIERS + more) == expected


def test_every_named_carrier_is_the_sole_one_or_a_joint_one(store: Store) -> None:
    carried = ask(store, "SELECT ?l ?o { ?l tp:carriedBy ?o }")
    assert carried == ask(store, "SELECT ?l ?o { ?l tp:soleCarrier|tp:jointCarrier ?o }")
    assert ask(store, "SELECT ?l { ?l tp:soleCarrier ?a ; tp:jointCarrier ?b }") == []
    joint = ask(store, "SELECT DISTINCT ?l { ?l tp:jointCarrier ?o }")
    carriers = f"?l tp:involvement ?i . ?i tp:role <{BASE}role/carrier> ; tp:position ?position"
    assert joint == ask(store, f"SELECT ?l {{ {carriers} }} GROUP BY ?l HAVING (COUNT(DISTINCT ?i) > 1)")
    assert {("laureate/2020/chene-vert",), ("laureate/2020/comottes",)} < set(joint)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019-08-26", "2019-10-31", (2019, "2019-08-26", 2019, "2019-10-31")),
        ("2020-06", "2020-06", (2020, "2020-06-01", 2020, "2020-06-30")),
        ("2020-12", "2021-01", (2020, "2020-12-01", 2021, "2021-01-31")),
        ("2020", "2020", (2020, "2020-01-01", 2020, "2020-12-31")),
        ("2020-02", "2020-02", (2020, "2020-02-01", 2020, "2020-02-29")),
        ("1900-02", "1900-02", (1900, "1900-02-01", 1900, "1900-02-28")),
        ("2000-02", "2000-02", (2000, "2000-02-01", 2000, "2000-02-29")),
        ("2021-02", "2021-02", (2021, "2021-02-01", 2021, "2021-02-28")),
        ("2021-21", "2021-21", (2021, "2021-03-01", 2021, "2021-06-21")),
        ("2021-22", "2021-22", (2021, "2021-06-01", 2021, "2021-09-23")),
        ("2021-23", "2021-23", (2021, "2021-09-01", 2021, "2021-12-22")),
        ("2021-24", "2021-24", (2021, "2021-01-01", 2021, "2022-03-21")),  # winter lies in two years
        ("2018-03", "", (2018, "2018-03-01", None, None)),
        ("", "2024", (None, None, 2024, "2024-12-31")),
    ],
)
def test_a_date_has_its_year_and_the_days_between_which_it_is(
    rules: dict[str, str], start: str, end: str, expected: tuple[int | str | None, ...]
) -> None:
    said = "".join(f':p tp:{key} "{text}"^^tp:edtf .\n' for key, text in (("start", start), ("end", end)) if text)
    shown = (f'"{value}"^^xsd:date' if isinstance(value, str) else value for value in expected)
    names = ("startYear", "earliest", "endYear", "latest")
    found = {f":p tp:{name} {value}" for name, value in zip(names, shown, strict=True) if value is not None}
    assert derived(rules, "dates", said) == found


def test_no_date_is_later_than_its_bounds(store: Store) -> None:
    assert ask(store, "SELECT ?p { ?p tp:earliest ?a ; tp:latest ?b FILTER(?b < ?a) }") == []
    dated = ask(store, "SELECT DISTINCT ?p { ?p tp:start|tp:end ?d }")
    assert dated == ask(store, "SELECT DISTINCT ?p { ?p tp:earliest|tp:latest ?d }")


def test_a_code_is_printed_only_where_its_coverage_prints_it(rules: dict[str, str], store: Store) -> None:
    said = """
    :d a igeo:Departement ; igeo:codeINSEE "59" . :c a igeo:Commune ; igeo:codeINSEE "59378" .
    :l tp:coverage :x, :y, :z .
    :x tp:territory :d ; tp:printed "59" . :y tp:territory :d ; tp:printed "Nord" .
    :z tp:territory :c ; tp:printed "59378" .
    """
    assert derived(rules, "printed-departement", said) == {
        ':l tp:printedDepartementCode "59"',
        ":l tp:printedDepartement :d",
    }
    north = ask(store, 'SELECT ?l { ?l tp:printedDepartementCode "59" }')
    assert north == ask(store, f"SELECT ?l {{ ?l tp:printedDepartement <{BASE}territory/departement/59> }}")
    assert len(north) == 3


def test_a_code_that_is_printed_beside_a_name_is_printed_too(rules: dict[str, str], store: Store) -> None:
    said = """
    :d a igeo:Departement ; igeo:codeINSEE "31" . :e a igeo:Departement ; igeo:codeINSEE "2A" .
    :l tp:coverage :x . :m tp:coverage :y, :z .
    :x tp:territory :d ; tp:printed "Haute-Garonne (31)" .
    :y tp:territory :d ; tp:printed "31000 Toulouse" .
    :z tp:territory :e ; tp:printed "2A, Corse" .
    """
    assert derived(rules, "printed-departement", said) == {
        ':l tp:printedDepartementCode "31"',
        ":l tp:printedDepartement :d",
        ':m tp:printedDepartementCode "2A"',
        ":m tp:printedDepartement :e",
    }
    assert len(ask(store, 'SELECT ?l { ?l tp:printedDepartementCode "31" }')) == 3


def test_a_person_leads_to_every_role_and_to_the_jury(rules: dict[str, str], store: Store) -> None:
    said = f"""
    :e tp:appointment :a, :b . :p tp:appointment :c .
    :a tp:role <{BASE}role/jury-member> ; tp:holder :p ; tp:within :e .
    :b tp:role <{BASE}role/partner> ; tp:holder :o ; tp:within :e . :c tp:holder :p .
    """
    assert derived(rules, "holds", said) == {":p tp:holds :a", ":p tp:holds :c", ":o tp:holds :b"}
    assert derived(rules, "sits-on-jury-of", said) == {":p tp:sitsOnJuryOf :e"}
    assert len(ask(store, "SELECT ?p { ?p tp:sitsOnJuryOf ?e }")) == 8


def test_a_commune_has_the_epci_of_the_last_vintage_and_no_other(rules: dict[str, str], store: Store) -> None:
    on = "tp:validOn"
    said = f"""
    :m tp:memberCommune :c ; tp:memberOf :old ; {on} "2020-01-01"^^xsd:date .
    :n tp:memberCommune :c ; tp:memberOf :new ; {on} "2020-01-01"^^xsd:date, "2026-01-01"^^xsd:date .
    :o tp:memberCommune :gone ; tp:memberOf :old ; {on} "2021-01-01"^^xsd:date .
    """
    assert derived(rules, "current-epci", said) == {":c tp:currentEpci :new"}
    found = ask(store, "SELECT ?c ?e { ?c tp:currentEpci ?e }")
    assert len(found) == len({commune for commune, _ in found}) > 400


def test_what_lies_somewhere_has_its_departement_and_its_region(rules: dict[str, str], store: Store) -> None:
    kinds = "".join(
        f":{name} tp:territoryKind :k . " for name in ("r1", "d1", "a1", "c1", "quarter", "epci", "nowhere")
    )
    said = f"{GEOGRAPHY} {kinds} :o tp:homeTerritory :c2 . :l tp:coverage :x . :x tp:territory :epci ."
    lies = {"r1": "1", "a1": "1", "c1": "1", "d1": "1", "quarter": "1", "epci": "12", "o": "2", "l": "12"}
    expected = {f":{name} tp:departement :d{n}" for name, ns in lies.items() for n in ns}
    expected |= {f":{name} tp:region :r{n}" for name, ns in lies.items() for n in ns}
    assert derived(rules, "region", said) == expected
    assert ask(store, "SELECT ?l ?r { ?l tp:inRegion ?r }") == ask(
        store, "SELECT ?l ?r { ?l a tp:Process ; tp:region ?r }"
    )
    assert ask(store, "SELECT ?t { ?t a igeo:Commune MINUS { ?t tp:region ?r } }") == []


def test_a_part_is_no_larger_than_its_whole_and_a_group_counts_groups(store: Store) -> None:
    parts = ask(store, "SELECT ?i ?v ?w { ?i tp:among ?j ; tp:value ?v . ?j tp:value ?w }")
    assert parts
    assert all(float(part) <= float(whole) for _, part, whole in parts)
    groups = ask(store, "SELECT ?i ((?v * ?n) AS ?total) ?n { ?i tp:per ?j ; tp:value ?v . ?j tp:value ?n }")
    assert {i: total for i, total, _ in groups}["laureate/2020/ponts-de-ce#indicator-4"] == "42"
    assert all(number.isdecimal() and int(number) > 1 for _, _, number in groups)


def test_what_names_another_fact_does_not_contain_it(store: Store, curated: dict[str, str]) -> None:
    """A number that a flaw bears on, or of which another is a part, stands where a source says it."""
    for name in sorted(NAMING):
        links = list(store.quads_for_pattern(None, NamedNode(TP + name), None, None))
        assert {CURATION} < {iri(link.graph_name) for link in links} <= set(curated.values()), name
        for fact in {named(link.object) for link in links if "#" in iri(link.object)}:
            reasoned = any(store.quads_for_pattern(fact, NamedNode(TP + "reason"), None, None))
            standing = {iri(q.graph_name) for q in store.quads_for_pattern(fact, NamedNode(TP + "section"), None, None)}
            assert len(standing) == 1, fact
            assert standing <= set(curated.values() if reasoned else curated), fact


def test_a_topic_and_a_target_say_the_theme_and_the_audience(rules: dict[str, str]) -> None:
    assert derived(rules, "addresses", ":l tp:topic :t . :t tp:theme :x .") == {":l tp:addresses :x"}
    assert derived(rules, "is-for", ":l tp:target :t . :t tp:audience :x .") == {":l tp:isFor :x"}


def test_a_laureate_uses_the_tools_used_not_those_planned_or_offered(rules: dict[str, str]) -> None:
    said = "".join(
        f":l tp:toolUse :{s} . :{s} tp:tool :the-{s} ; tp:status <{BASE}status/{s}> .\n"
        for s in ("used", "planned", "offered")
    )
    assert derived(rules, "uses-tool", said) == {":l tp:usesTool :the-used"}


def test_stars_are_a_distinction(rules: dict[str, str], store: Store) -> None:
    assert derived(rules, "distinction", ":l tp:stars 3 .") == {":l tp:distinction <distinction/3-star>"}
    told = ":l tp:stars 3 ; tp:account :a . :a tp:stars 4 ."
    assert derived(rules, "distinction", told) == {":l tp:distinction <distinction/3-star>"}
    within = ask(store, "SELECT ?l { ?l tp:distinction/skos:inScheme ?scheme }")
    assert within == ask(store, "SELECT ?l { ?l tp:distinction ?d }")
    assert len(within) > 40


def test_an_identifier_gives_the_siren_and_the_wikidata_item_of_its_organisation(rules: dict[str, str]) -> None:
    said = f"""
    :o tp:identifier :i, :j .
    :i tp:identifierScheme <{BASE}identifier-scheme/siren> ; tp:notation "219400165" .
    :j tp:identifierScheme <{BASE}identifier-scheme/wikidata> ; tp:notation "Q242256" .
    """
    assert derived(rules, "siren", said) == {':o tp:siren "219400165"'}
    assert derived(rules, "wikidata", said) == {":o skos:exactMatch <http://www.wikidata.org/entity/Q242256>"}


def test_a_place_is_a_territory_and_what_has_no_type_is_known_by_what_leads_to_it(rules: dict[str, str]) -> None:
    said = ":p a tp:Place . :o tp:identifier :i . :l tp:account :a . :r tp:withdrawal :w ."
    assert derived(rules, "type", said) == {
        ":p a tp:Territory",
        ":i a tp:Identifier",
        ":a a tp:Account",
        ":w a tp:Withdrawal",
    }


def test_a_fact_has_the_class_that_its_property_announces(rules: dict[str, str], store: Store) -> None:
    said = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    tp:goal rdfs:range tp:Goal . tp:Goal rdfs:subClassOf tp:Fact .
    tp:edition rdfs:range tp:Edition .
    :l tp:goal :g ; tp:edition :e .
    """
    assert derived(rules, "fact-type", said) == {":g a tp:Goal", ":g a tp:Fact", ":g tp:about :l"}
    fact = f"<{BASE}laureate/2020/cachan#goal-1>"
    assert ask(store, f"SELECT ?s {{ {fact} a tp:Goal ; tp:about ?s }}") == [("laureate/2020/cachan",)]


def test_a_fact_that_another_names_is_not_about_it(rules: dict[str, str]) -> None:
    said = """
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    tp:indicator rdfs:range tp:Indicator . tp:Indicator rdfs:subClassOf tp:Fact .
    tp:among rdfs:domain tp:Indicator ; rdfs:range tp:Indicator .
    :l tp:indicator :i . :i tp:among :j .
    """
    assert derived(rules, "fact-type", said) == {":i a tp:Indicator", ":i a tp:Fact", ":i tp:about :l"}


def test_narrower_is_the_inverse_of_broader_and_the_top_has_nothing_broader(rules: dict[str, str]) -> None:
    said = ":a skos:inScheme :s . :b skos:inScheme :s ; skos:broader :a ."
    assert derived(rules, "concept-type", said) == {":a a skos:Concept", ":b a skos:Concept"}
    assert derived(rules, "concept", said) == {
        ":a skos:topConceptOf :s",
        ":s skos:hasTopConcept :a",
        ":a skos:narrower :b",
    }


def test_the_hierarchy_reads_the_same_both_ways_in_the_whole_graph(store: Store) -> None:
    down, up = (ask(store, f"SELECT ?a ?b {{ {p} }}") for p in ("?a skos:narrower ?b", "?b skos:broader ?a"))
    assert down == up
    tops = ask(store, "SELECT ?c ?s { ?c skos:topConceptOf ?s }")
    assert tops == ask(store, "SELECT ?c ?s { ?c skos:inScheme ?s MINUS { ?c skos:broader ?b } }")
    assert tops == ask(store, "SELECT ?c ?s { ?s skos:hasTopConcept ?c }")


GEOGRAPHY = """
:d1 a igeo:Departement ; igeo:subdivisionDe :r1 . :d2 a igeo:Departement ; igeo:subdivisionDe :r2 .
:r1 a igeo:Region . :r2 a igeo:Region .
:a1 igeo:subdivisionDe :d1 . :c1 igeo:subdivisionDe :a1 . :c2 igeo:subdivisionDe :d2 .
:m1 tp:memberOf :epci ; tp:memberCommune :c1 . :m2 tp:memberOf :epci ; tp:memberCommune :c2 .
:quarter tp:placedIn :c1 .
"""


@pytest.mark.parametrize(
    ("territory", "departements", "regions"),
    [
        ("c1", {"d1"}, {"r1"}),
        ("a1", {"d1"}, {"r1"}),
        ("d2", {"d2"}, {"r2"}),
        ("r1", {"d1"}, {"r1"}),
        ("quarter", {"d1"}, {"r1"}),
        ("epci", {"d1", "d2"}, {"r1", "r2"}),
        ("nowhere", set(), set()),
    ],
)
def test_a_laureate_lies_in_the_departements_and_regions_of_what_it_covers(
    rules: dict[str, str], territory: str, departements: set[str], regions: set[str]
) -> None:
    found = derived(rules, "covers", f"{GEOGRAPHY} :l tp:coverage :x . :x tp:territory :{territory} .")
    expected = {f":l tp:covers :{territory}"} | {f":l tp:inDepartement :{d}" for d in departements}
    assert found == expected | {f":l tp:inRegion :{r}" for r in regions}


def test_a_region_lies_in_a_departement_only_if_it_is_that_one(rules: dict[str, str]) -> None:
    other = ":d9 a igeo:Departement ; igeo:subdivisionDe :r1 ."
    covered = f"{GEOGRAPHY} {other} :l tp:coverage :x . :x tp:territory :r1 ."
    assert derived(rules, "covers", covered) == {":l tp:covers :r1", ":l tp:inRegion :r1"}
    assert ":r1 tp:departement :d9" not in derived(rules, "region", f"{GEOGRAPHY} {other} :r1 tp:territoryKind :k .")


def test_every_laureate_whose_territory_has_a_commune_lies_in_its_departement(store: Store) -> None:
    pattern = "?l tp:coverage/tp:territory ?c . ?c a igeo:Commune ; igeo:subdivisionDe+ ?d . ?d a igeo:Departement"
    assert len(ask(store, f"SELECT ?l ?d {{ {pattern} }}")) > 10
    assert ask(store, f"SELECT ?l ?d {{ {pattern} MINUS {{ ?l tp:inDepartement ?d }} }}") == []


def test_the_consultation_of_cinor_lasts_67_days(store: Store) -> None:
    period = f"<{BASE}laureate/2020/cinor> tp:period ?p . ?p tp:start ?start ; tp:end ?end ; tp:durationInDays ?days"
    assert ask(store, f"SELECT ?start ?end ?days {{ {period} }}") == [("2019-08-26", "2019-10-31", "67")]


def test_a_period_known_to_the_month_has_no_duration_in_days(store: Store) -> None:
    precisions = ask(store, "SELECT DISTINCT ?x { ?p tp:durationInDays ?d ; tp:precision ?x }")
    assert precisions == [("precision/day",)]
    assert len(ask(store, "SELECT ?p { ?p tp:precision ?x ; tp:start ?s MINUS { ?p tp:durationInDays ?d } }")) > 5


@given(st.lists(st.tuples(st.dates(), st.dates()), min_size=1, max_size=40))
def test_a_duration_agrees_with_the_calendar(rules: dict[str, str], periods: list[tuple[date, date]]) -> None:
    said = "".join(
        f':p{n} tp:precision <{BASE}precision/day> ; tp:start "{start}"^^tp:edtf ; tp:end "{end}"^^tp:edtf .\n'
        for n, (start, end) in enumerate(periods)
    )
    expected = {n: (end - start).days + 1 for n, (start, end) in enumerate(periods)}
    assert durations(derived(rules, "duration", said)) == expected


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2020-02-28", "2020-03-01", 3),
        ("2019-02-28", "2019-03-01", 2),
        ("1900-02-28", "1900-03-01", 2),
        ("2000-02-28", "2000-03-01", 3),
        ("2020-12-31", "2021-01-01", 2),
        ("2020-01-01", "2020-12-31", 366),
        ("2020-05-05", "2020-05-05", 1),
    ],
)
def test_a_duration_counts_both_days_and_the_leap_days(rules: dict[str, str], start: str, end: str, days: int) -> None:
    said = f':p0 tp:precision <{BASE}precision/day> ; tp:start "{start}"^^tp:edtf ; tp:end "{end}"^^tp:edtf .'
    assert durations(derived(rules, "duration", said)) == {0: days}


def durations(lines: set[str]) -> dict[int, int]:
    def pairs() -> Iterator[tuple[int, int]]:
        for line in lines:
            found = re.fullmatch(r":p(\d+) tp:durationInDays (\"(-\d+)\"\S+|\d+)", line)
            assert found, line
            yield int(found[1]), int(found[3] or found[2])

    return dict(pairs())


@pytest.mark.slow
def test_every_rule_has_its_summary_and_adds_something(rules: dict[str, str], editions: Project) -> None:
    sources = editions.sources()
    assert len(rules) > 10
    stated = build(Sources(sources.records, sources.ontology, {}, sources.reference))
    known = set(triples(stated))
    for name, text in rules.items():
        assert text.startswith("#+ summary: "), name
        found = stated.query(text, use_default_graph_as_union=True)
        assert isinstance(found, QueryTriples)
        assert set(found) - known, name


@pytest.mark.slow
def test_no_rule_builds_on_the_result_of_another(project: Project, store: Store) -> None:
    """Applied once more to everything, the rules add nothing new."""
    known = set(triples(store))
    for name, text in project.sources([]).rules.items():
        again = store.query(text, use_default_graph_as_union=True)
        assert isinstance(again, QueryTriples)
        assert set(again) <= known, name


def test_a_rule_that_is_not_sparql_is_named() -> None:
    with pytest.raises(SyntaxError, match="rule broken: "):
        build(Sources(records=[], ontology=[], rules={"broken": "CONSTRUCT {"}, reference=[]))
