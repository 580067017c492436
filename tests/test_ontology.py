"""The ontology and its alignments: what must hold of the terms, of their use in the real data, and of both together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import owlrl
import pytest
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, Quad, Store
from rdflib import FOAF, OWL, PROV, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef, namespace

FOLDER = Path(__file__).resolve().parent.parent / "ontology"
BASE = "https://w3id.org/trophees-participation/"
TP = Namespace(f"{BASE}ontology#")
ONTOLOGY_GRAPH = NamedNode(f"{BASE}graph/ontology")
ONTOLOGY = URIRef(f"{BASE}ontology")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
ALIGNING = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch)
VOCABULARIES = [getattr(namespace, name) for name in ("DCAT", "DCTERMS", "FOAF", "ORG", "PROV", "SDO", "SKOS", "TIME")]
IGEO = Namespace("http://rdf.insee.fr/def/geo#")

# What other vocabularies declare about the terms that ours are put under: without it, no clash could show.
THEIRS = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix igeo: <http://rdf.insee.fr/def/geo#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
dcterms:replaces rdfs:subPropertyOf dcterms:relation .
dcterms:spatial rdfs:range dcterms:Location .
foaf:Organization rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Document , foaf:Person .
foaf:Person rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Project .
foaf:Project owl:disjointWith foaf:Document .
foaf:familyName rdfs:domain foaf:Person .
igeo:PaysOuTerritoire rdfs:subClassOf dcterms:Location .
igeo:subdivisionDe rdfs:domain igeo:PaysOuTerritoire ; rdfs:range igeo:PaysOuTerritoire ;
    rdfs:subPropertyOf dcterms:isPartOf .
org:Organization owl:equivalentClass foaf:Organization .
org:subOrganizationOf rdfs:domain org:Organization ; rdfs:range org:Organization ;
    rdfs:subPropertyOf org:transitiveSubOrganizationOf .
org:transitiveSubOrganizationOf a owl:TransitiveProperty .
prov:Activity owl:disjointWith prov:Entity .
prov:wasAssociatedWith rdfs:domain prov:Activity ; rdfs:range prov:Agent .
skos:Concept owl:disjointWith skos:Collection , skos:ConceptScheme .
skos:broader rdfs:subPropertyOf skos:broaderTransitive ; owl:inverseOf skos:narrower .
skos:broaderTransitive rdfs:subPropertyOf skos:semanticRelation .
skos:closeMatch rdfs:subPropertyOf skos:mappingRelation .
skos:exactMatch rdfs:subPropertyOf skos:closeMatch ; owl:propertyDisjointWith skos:relatedMatch .
skos:inScheme rdfs:range skos:ConceptScheme .
skos:mappingRelation rdfs:subPropertyOf skos:semanticRelation .
skos:related owl:propertyDisjointWith skos:broaderTransitive .
skos:relatedMatch rdfs:subPropertyOf skos:mappingRelation , skos:related .
skos:semanticRelation rdfs:domain skos:Concept ; rdfs:range skos:Concept .
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(FOLDER / "trophees.ttl")


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return Graph().parse(FOLDER / "alignments.ttl")


@pytest.fixture(scope="module")
def quads(editions_store: Store) -> list[Quad]:
    """Everything that is published, and the made-up editions, without the ontology itself."""
    return [quad for quad in editions_store if quad.graph_name != ONTOLOGY_GRAPH]


@pytest.fixture(scope="module")
def types(quads: list[Quad]) -> dict[str, set[str]]:
    """The declared classes of each node."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == str(RDF.type) and isinstance(quad.object, NamedNode):
            found.setdefault(name(quad.subject), set()).add(quad.object.value)
    return found


def name(term: object) -> str:
    assert isinstance(term, NamedNode), f"not an IRI: {term}"
    return term.value


def defined(ontology: Graph) -> set[URIRef]:
    return {term for kind in KINDS for term in ontology.subjects(RDF.type, kind) if isinstance(term, URIRef)}


def blocks(text: str) -> list[str]:
    """The local name that each block of a Turtle file is about, in file order."""
    return re.findall(r"^tp:(\w+) ", text, flags=re.MULTILINE)


def terms_first_classes(names: Iterable[str]) -> list[str]:
    """Classes, whose names start with a capital, A to Z; then properties, A to Z."""
    return sorted(set(names), key=lambda term: (not term[0].isupper(), term))


def in_ours(terms: Iterable[object]) -> set[str]:
    return {str(term) for term in terms if str(term).startswith(TP)}


def contradictions(*parts: Graph) -> list[str]:
    """What the OWL 2 RL rules find contradictory in the union of `parts` (OWL 2 Profiles, section 4.3)."""
    idle = (RDFS.label, RDFS.comment, RDFS.isDefinedBy)  # they cannot contradict anything, and cost time
    union = Graph()
    for triple in (triple for part in parts for triple in part if triple[1] not in idle):
        union.add(triple)
    # rdflib keeps its own reading of datatypes, which other tests rely on
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(union)
    return sorted(str(message) for message in union.objects(None, ERROR))


# --- the terms and the data


def test_every_term_in_the_data_is_defined(ontology: Graph, quads: list[Quad]) -> None:
    used = in_ours(quad.predicate.value for quad in quads)
    used |= in_ours(name(quad.object) for quad in quads if quad.predicate.value == str(RDF.type))
    assert used - in_ours(defined(ontology)) == set()


def test_every_defined_term_is_in_the_data(ontology: Graph, quads: list[Quad]) -> None:
    used = {quad.predicate.value for quad in quads}
    used |= {name(quad.object) for quad in quads if quad.predicate.value == str(RDF.type)}
    assert in_ours(defined(ontology)) - used == set()


def test_subjects_and_objects_have_the_class_that_their_property_asks(
    ontology: Graph, quads: list[Quad], types: dict[str, set[str]]
) -> None:
    def belongs(node: str, wanted: str) -> bool:
        return any(
            URIRef(wanted) in ontology.transitive_objects(URIRef(declared), RDFS.subClassOf)
            for declared in types.get(node, ())
        )

    domains, ranges = (
        {str(term): str(wanted) for term, wanted in ontology.subject_objects(predicate)}
        for predicate in (RDFS.domain, RDFS.range)
    )
    wrong: set[str] = set()
    for quad in quads:
        term, value = quad.predicate.value, quad.object
        if (wanted := domains.get(term)) and not belongs(name(quad.subject), wanted):
            wrong.add(f"{quad.triple}: the subject is no {wanted}")
        if wanted := ranges.get(term):
            good = value.datatype.value == wanted if isinstance(value, Text) else belongs(name(value), wanted)
            if not good:
                wrong.add(f"{quad.triple}: the object is no {wanted}")
    assert sorted(wrong) == []


# --- each term


def test_each_term_is_of_one_kind(ontology: Graph) -> None:
    kinds = {term: [kind for kind in KINDS if (term, RDF.type, kind) in ontology] for term in defined(ontology)}
    assert {term: found for term, found in kinds.items() if len(found) != 1} == {}


@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment])
def test_each_term_has_one_label_and_one_comment_in_each_language(ontology: Graph, predicate: URIRef) -> None:
    for term in (*defined(ontology), ONTOLOGY):
        texts = [text for text in ontology.objects(term, predicate) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "fr"], term
        assert all(text.strip() == str(text) != "" for text in texts), term


def test_labels_tell_the_classes_apart_and_the_properties_apart(ontology: Graph) -> None:
    for kinds in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        terms = [term for kind in kinds for term in ontology.subjects(RDF.type, kind)]
        labels = Counter(label for term in terms for label in ontology.objects(term, RDFS.label))
        assert [label for label, count in labels.items() if count > 1] == []


def test_each_term_says_which_ontology_defines_it(ontology: Graph) -> None:
    for term in defined(ontology):
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY], term


def test_nothing_but_the_ontology_and_its_terms_is_described(ontology: Graph) -> None:
    assert {str(subject) for subject in ontology.subjects()} == in_ours(defined(ontology)) | {str(ONTOLOGY)}


def test_domains_and_ranges_name_defined_classes(ontology: Graph) -> None:
    named = in_ours([*ontology.objects(None, RDFS.domain), *ontology.objects(None, RDFS.range)])
    assert named <= in_ours(ontology.subjects(RDF.type, OWL.Class))


# --- the files


def test_the_ontology_lists_classes_then_properties_from_a_to_z(ontology: Graph) -> None:
    names = blocks((FOLDER / "trophees.ttl").read_text("utf-8"))
    assert names == terms_first_classes(str(term).removeprefix(TP) for term in defined(ontology))


def test_the_alignments_list_classes_then_properties_from_a_to_z() -> None:
    names = blocks((FOLDER / "alignments.ttl").read_text("utf-8"))
    assert names == terms_first_classes(names)


def test_each_alignment_lists_its_targets_from_a_to_z() -> None:
    found = re.findall(r"(?:rdfs|skos):\w+ (\w.*) [;.]$", (FOLDER / "alignments.ttl").read_text("utf-8"), re.MULTILINE)
    assert [targets for targets in found if targets.split(", ") != sorted(set(targets.split(", ")))] == []


def test_no_blank_node(ontology: Graph, alignments: Graph) -> None:
    for triple in (*ontology, *alignments):
        assert not any(isinstance(term, BNode) for term in triple), triple


# --- alignments


def test_alignments_relate_defined_terms_to_other_vocabularies(ontology: Graph, alignments: Graph) -> None:
    assert set(alignments.subjects()) <= defined(ontology)
    assert set(alignments.predicates()) <= set(ALIGNING)
    assert in_ours(alignments.objects()) == set()


def test_a_class_goes_under_classes_and_a_property_under_properties(ontology: Graph, alignments: Graph) -> None:
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert set(alignments.subjects(RDFS.subClassOf)) <= classes
    assert set(alignments.subjects(RDFS.subPropertyOf)) <= defined(ontology) - classes


def test_a_term_is_aligned_to_another_in_one_way(alignments: Graph) -> None:
    pairs = Counter((subject, target) for subject, _, target in alignments)
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_the_vocabularies_have_the_terms_that_we_align_to(alignments: Graph) -> None:
    for target in set(alignments.objects()):
        assert target in (IGEO.PaysOuTerritoire, IGEO.nom) or any(target in known for known in VOCABULARIES), target


# --- consistency under OWL 2 RL


@pytest.fixture(scope="module")
def sample(quads: list[Quad]) -> Graph:
    """The three laureates with the most facts, and what is said of all that is up to three links away from these."""
    about: dict[str, list[Quad]] = {}
    for quad in quads:
        about.setdefault(name(quad.subject), []).append(quad)
    described = [name(quad.object) for quad in quads if quad.predicate.value == str(TP.about)]
    facts = Counter(node for node in described if "/laureate/" in node)
    chosen = sorted(facts, key=lambda laureate: (-facts[laureate], laureate))[:3]
    nodes = {node for node in about for laureate in chosen if node == laureate or node.startswith(f"{laureate}#")}
    for _ in range(3):  # to organisations, territories and the edition; to its appointments; to those who hold them
        said = [quad for node in nodes for quad in about.get(node, ())]
        nodes |= {quad.object.value for quad in said if isinstance(quad.object, NamedNode)}
    text = "".join(f"{quad.triple} .\n" for node in sorted(nodes) for quad in about.get(node, ()))
    return Graph().parse(data=text, format="nt")


@pytest.fixture(scope="module")
def theirs() -> Graph:
    return Graph().parse(data=THEIRS, format="turtle")


def test_the_sample_has_what_the_disjoint_classes_are_about(sample: Graph) -> None:
    assert len(set(sample.subjects(RDF.type, TP.Laureate))) >= 3
    for kind in (TP.Edition, TP.Fact, TP.Identifier, TP.Organisation, TP.Person, TP.Territory):
        assert (None, RDF.type, kind) in sample, kind


@pytest.mark.slow  # it is a closure of all rules
def test_ontology_alignments_and_data_do_not_contradict_each_other(
    ontology: Graph, alignments: Graph, theirs: Graph, sample: Graph
) -> None:
    assert contradictions(ontology, alignments, theirs, sample) == []


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param("ex:a a tp:Laureate , tp:Person .", id="laureate-and-person"),
        pytest.param("ex:a tp:carriedBy ex:b . ex:b a tp:Person .", id="carried-by-a-person"),
        pytest.param("ex:a a tp:Laureate , prov:Entity .", id="laureate-as-prov-entity"),
        pytest.param("ex:a a tp:Organisation , foaf:Person .", id="organisation-as-foaf-person"),
    ],
)
def test_a_contradiction_is_found(ontology: Graph, alignments: Graph, theirs: Graph, statements: str) -> None:
    prefixes = (
        f"@prefix ex: <https://example.org/> . @prefix foaf: <{FOAF}> . @prefix prov: <{PROV}> . @prefix tp: <{TP}> . "
    )
    wrong = Graph().parse(data=prefixes + statements, format="turtle")
    assert contradictions(ontology, alignments, theirs, wrong) != []
