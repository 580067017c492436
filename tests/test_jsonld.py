"""Compact JSON-LD: whatever the triples, a processor reads back exactly these."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse
from rdflib import Graph, URIRef
from rdflib import Literal as Text

from fuzz import among
from trophees.base.context import Context
from trophees.base.namespaces import BASE, RDF_TYPE, TP, XSD
from trophees.graph import walk
from trophees.publish.jsonld import document, nodes
from trophees.release.checkout import Project
from trophees.site.data_files import embedded
from trophees.site.model import Inputs, Site, last

pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
]

STRING = XSD + "string"
SUBJECT = NamedNode(BASE + "laureate/2020/cachan")


def by_oxigraph(data: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(data, format=RdfFormat.JSON_LD)}


def by_rdflib(data: bytes) -> set[tuple[str, str, str]]:
    """Triples with their terms in N-Triples, lexical forms untouched."""
    return {(s.n3(), p.n3(), exact(o)) for s, p, o in Graph().parse(data=data, format="json-ld")}


def in_n_triples(triples: set[Triple]) -> set[tuple[str, str, str]]:
    return {(str(t.subject), str(t.predicate), exact(to_rdflib(t.object))) for t in triples}


def to_rdflib(term: object) -> URIRef | Text:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return Text(term.value, lang=term.language)
    # rdflib normalizes typed values as it reads them, so both sides are compared normalized
    return Text(term.value, datatype=None if term.datatype.value == STRING else URIRef(term.datatype.value))


def exact(term: object) -> str:
    assert isinstance(term, URIRef | Text)
    return repr((str(term), getattr(term, "language", None), str(getattr(term, "datatype", None))))


@pytest.mark.slow
def test_a_page_says_what_its_files_say_but_for_what_repeats_it(project: Project, site_inputs: Inputs) -> None:
    site = Site(site_inputs)
    context = json.loads((Path(project.root) / "data" / "context.jsonld").read_text("utf-8"))["@context"]
    links = 0
    for thing in [*site.laureates[:5], *among(site.things(), 60)]:
        triples = site.triples(thing.iri)
        said = embedded(triples, project.context, thing.iri)
        links += len(said["@context"][1]) - 1
        back = by_oxigraph(json.dumps(said | {"@context": [context, said["@context"][1]]}).encode())
        assert back <= set(triples)
        left = set(triples) - back
        repeating = {"hasSelector", "exact", "earliest", "latest", "startYear", "endYear", "about"}
        classes = {"TextQuoteSelector", "Fact"}
        assert all(last(t.predicate.value) in repeating or last(str(t.object).strip("<>")) in classes for t in left), (
            thing
        )
    assert links > 5


def test_the_whole_graph_comes_back(project: Project, store: Store) -> None:
    triples = walk.triples(store)
    assert by_oxigraph(document(triples, project.context)) == set(triples)


@pytest.mark.slow
@pytest.mark.sample
def test_all_that_was_curated_comes_back_with_another_processor(project: Project, store: Store) -> None:
    curated = {q.triple for q in store if "insee" not in q.graph_name.value}
    assert len(curated) > 10_000
    subjects = sorted({triple.subject for triple in curated}, key=str)
    kept = {*among(subjects, len(subjects) // 12)}
    read = {triple for triple in curated if triple.subject in kept}
    assert by_rdflib(document(read, project.context)) == in_n_triples(read)


def test_the_document_is_read_with_its_own_context_and_nothing_else(project: Project) -> None:
    content = json.loads(document([Triple(SUBJECT, RDF_TYPE, NamedNode(TP + "Laureate"))], project.context))
    assert content["@context"] == project.context.document["@context"]
    assert content["@graph"] == [{"id": "laureate:2020/cachan", "type": "Lauréat"}]


def test_no_triple_is_no_node(project: Project) -> None:
    assert json.loads(document([], project.context))["@graph"] == []
    assert by_oxigraph(document([], project.context)) == set()


def test_values_are_written_as_a_record_writes_them(project: Project) -> None:
    facts: list[tuple[str, NamedNode | Literal]] = [
        ("stars", Literal("4", datatype=NamedNode(XSD + "integer"))),
        ("title", Literal("TITRE", language="fr")),
        ("edition", NamedNode(BASE + "edition/2020")),
        ("summary", Literal("Deux.", language="fr")),
        ("summary", Literal("Two.", language="en")),
        ("role", NamedNode(BASE + "role/carrier")),
    ]
    node = json.loads(document([Triple(SUBJECT, NamedNode(TP + p), o) for p, o in facts], project.context))["@graph"]
    assert node == [
        {
            "id": "laureate:2020/cachan",
            "étoiles": "4",
            "titre": "TITRE",
            "édition": "edition:2020",
            "résumé": {"fr": "Deux.", "en": "Two."},
            "rôle": "porteur",
        }
    ]


def test_only_a_document_and_its_fragments_are_written_relative_to_it(project: Project) -> None:
    names = ("", "#stage-1", "-1", "/1", "s")
    said = [Triple(SUBJECT, NamedNode(TP + "partOf"), NamedNode(SUBJECT.value + name)) for name in names]
    [node] = nodes(said, project.context, SUBJECT.value)
    assert node["id"] == ""
    assert node["partie_de"] == ["", "#stage-1", *(f"laureate:2020/cachan{name}" for name in names[2:])]


# --- any triples

CONTEXT: Context = Project.containing(Path(__file__).parent).context
TRICKY = [
    *(
        "",
        " ",
        "@id",
        "@type",
        "@value",
        "_:b",
        "#x",
        "//x",
        "x:y",
        "tp:stars",
        "porteur",
        "id",
        "https://example.org/",
    ),
    *(
        "null",
        "true",
        "1",
        "01",
        "1.0E0",
        "INF",
        "\n",
        "\r\n",
        "\t",
        '"',
        "\\",
        "\u2028",
        "\u0000",
        "\ufeff",
        "é",
        "e\u0301",
    ),
    *("</script>", "\U0001f600", "\u202e"),
]
TEXTS = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(exclude_categories=["Cs"])))
LOCALS = st.one_of(
    st.sampled_from(["x", "a:b", "//x", "/x", "a/b", "", "2020/cachan", "@id", "é"]), st.text("ab/:#?.", max_size=4)
)
NAMESPACES = st.sampled_from(
    [*CONTEXT.prefixes.values(), BASE, "https://example.org/", "urn:x:", "tp:", "Lauréat:", "mailto:"]
)


def to_iri(parts: tuple[str, str]) -> NamedNode | None:
    try:
        iri = NamedNode("".join(parts))
        return iri if CONTEXT.expand(iri.value) == iri.value else None
    except ValueError:
        return None


IRIS = st.one_of(
    st.tuples(NAMESPACES, LOCALS).map(to_iri).filter(lambda iri: iri is not None),
    st.sampled_from([NamedNode(term.iri) for term in CONTEXT.terms.values()]),
)
DATATYPES = st.one_of(
    IRIS,
    st.sampled_from([NamedNode(XSD + name) for name in ("string", "integer", "boolean", "double", "decimal", "date")]),
)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(
        lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["fr", "en", "de", "fr-ca", "zh-hant"])
    ),
    st.builds(lambda text, datatype: Literal(text, datatype=datatype), TEXTS, DATATYPES),
)
PREDICATES = st.one_of(
    IRIS, st.sampled_from([NamedNode(TP + name) for name in ("stars", "title", "summary", "role", "edition")])
)
TRIPLES = st.builds(Triple, st.one_of(IRIS, st.just(SUBJECT)), PREDICATES, st.one_of(LITERALS, IRIS))


@given(st.sets(TRIPLES, max_size=6))
@example({Triple(SUBJECT, RDF_TYPE, Literal("a class"))})
@example(
    {
        Triple(SUBJECT, NamedNode(TP + "summary"), Literal("fr", language="fr")),
        Triple(SUBJECT, NamedNode(TP + "summary"), Literal("x")),
    }
)
@example(
    {
        Triple(SUBJECT, NamedNode(TP + "summary"), Literal("x")),
        Triple(SUBJECT, NamedNode(TP + "summary"), Literal("fr", language="fr")),
    }
)
@example(
    {
        Triple(SUBJECT, NamedNode(TP + "summary"), SUBJECT),
        Triple(SUBJECT, NamedNode(TP + "summary"), Literal("fr", language="fr")),
    }
)
@example({Triple(SUBJECT, NamedNode("http://www.w3.org/2004/02/skos/core#inScheme"), Literal("x"))})
def test_any_triples_come_back(triples: set[Triple]) -> None:
    assert by_oxigraph(document(triples, CONTEXT)) == triples


@given(st.sets(st.builds(Triple, st.just(SUBJECT), PREDICATES.filter(lambda p: p != RDF_TYPE), LITERALS), max_size=4))
def test_any_literals_come_back_with_another_processor(triples: set[Triple]) -> None:
    assert by_rdflib(document(triples, CONTEXT)) == in_n_triples(triples)


@pytest.mark.parametrize("iri", ["tp:x", "commune:94016", "xsd:integer"])
def test_an_iri_that_looks_compact_is_refused_rather_than_changed(iri: str) -> None:
    for triple in (
        Triple(NamedNode(iri), RDF_TYPE, SUBJECT),
        Triple(SUBJECT, NamedNode(iri), SUBJECT),
        Triple(SUBJECT, NamedNode(TP + "edition"), NamedNode(iri)),
        Triple(SUBJECT, RDF_TYPE, NamedNode(iri)),
        Triple(SUBJECT, NamedNode(TP + "stars"), Literal("x", datatype=NamedNode(iri))),
    ):
        with pytest.raises(ValueError, match="looks like a compact IRI"):
            document([triple], CONTEXT)
