"""The shapes: sound SHACL, sentences in two languages, and of one mind with the context and the vocabularies."""

from __future__ import annotations

from collections import Counter

import pytest
import rdflib
from pyshacl import validate
from rdflib import RDF, RDFS, SH, SKOS, BNode, Literal, URIRef
from rdflib.term import Node

from trophees.base.context import Context, Term
from trophees.check.shacl import SHAPES
from trophees.check.wording import Types
from trophees.release.checkout import Project


@pytest.fixture(scope="session")
def context(project: Project) -> Context:
    return project.context


def closed(shapes: rdflib.Graph) -> set[Node]:
    """The shapes of the kinds of record, and of the facts in them."""
    return set(shapes.subjects(SH.closed, Literal(True)))


def attached(shapes: rdflib.Graph) -> set[Node]:
    """The property shapes of those kinds."""
    return {p for s in closed(shapes) for p in shapes.objects(s, SH.property)}


def bindings(shapes: rdflib.Graph) -> set[Node]:
    """The other shapes with a target: each binds several keys."""
    return {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetObjectsOf)} - closed(shapes)


def languages(shapes: rdflib.Graph, shape: Node, predicate: URIRef) -> list[str]:
    return sorted(text.language or "" for text in shapes.objects(shape, predicate) if isinstance(text, Literal))


def values(shapes: rdflib.Graph, shape: Node, predicate: URIRef) -> list[Node]:
    """The members of a list, such as sh:in."""
    return [item for head in shapes.objects(shape, predicate) for item in shapes.items(head)]


def term(shapes: rdflib.Graph, shape: Node, context: Context) -> Term:
    """What the context makes of the key of a property shape."""
    return context.property(str(context.term_for(str(shapes.value(shape, SH.path)))))


@pytest.mark.slow
def test_the_shapes_are_shapes_according_to_shacl_itself(shapes: rdflib.Graph) -> None:
    conforms, _, text = validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_only_lists_are_blank_nodes(shapes: rdflib.Graph) -> None:
    assert {s for s in shapes.subjects() if isinstance(s, BNode) and (s, RDF.first, None) not in shapes} == set()


def test_every_shape_has_an_iri_that_a_report_can_name(shapes: rdflib.Graph) -> None:
    named = {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)}
    assert named > closed(shapes) | attached(shapes) | bindings(shapes)
    assert [s for s in named if not str(s).startswith(SHAPES)] == []


def test_every_key_has_a_name_and_a_sentence_in_french_and_english(shapes: rdflib.Graph) -> None:
    for shape in attached(shapes):
        assert languages(shapes, shape, SH.name) == ["en", "fr"], shape
        assert languages(shapes, shape, SH.message) == ["en", "fr"], shape
    for shape in closed(shapes):
        assert languages(shapes, shape, SH.name) == ["en", "fr"], shape
    for shape in bindings(shapes):
        assert languages(shapes, shapes.value(shape, SH.sparql) or shape, SH.message) == ["en", "fr"], shape


def test_the_name_of_a_key_in_french_is_the_key_that_curators_write(shapes: rdflib.Graph, context: Context) -> None:
    for shape in attached(shapes):
        [name] = [n for n in shapes.objects(shape, SH.name) if isinstance(n, Literal) and n.language == "fr"]
        assert str(name) == context.term_for(str(shapes.value(shape, SH.path)))


def test_no_sentence_ends_like_one_since_the_value_follows(shapes: rdflib.Graph) -> None:
    assert [m for m in shapes.objects(None, SH.message) if str(m).endswith((".", " ", ";"))] == []


def test_the_keys_are_in_one_order(shapes: rdflib.Graph) -> None:
    orders = sorted(int(str(shapes.value(shape, SH.order))) for shape in attached(shapes))
    assert orders == list(range(1, len(orders) + 1))


def test_no_shape_of_a_key_is_left_unattached(shapes: rdflib.Graph) -> None:
    shown = {s for s in shapes.subjects(SH.order) if (s, RDF.type, SH.PropertyShape) in shapes}
    assert shown == attached(shapes)


def test_every_type_of_record_has_exactly_one_closed_shape(
    shapes: rdflib.Graph, ontology: rdflib.Graph, context: Context
) -> None:
    for name in context.classes:
        above = set(ontology.transitive_objects(URIRef(name), RDFS.subClassOf)) | {URIRef(name)}
        assert len({s for s in closed(shapes) for c in shapes.objects(s, SH.targetClass) if c in above}) == 1, name


def test_every_list_of_facts_has_exactly_one_closed_shape(shapes: rdflib.Graph) -> None:
    facts = {shapes.value(s, SH.path) for s in shapes.subjects(SH.pattern, Literal("#"))}
    targets = Counter(path for s in closed(shapes) for path in shapes.objects(s, SH.targetObjectsOf))
    assert targets == Counter(facts)


def test_the_keys_of_the_context_are_the_paths_of_the_shapes(shapes: rdflib.Graph, context: Context) -> None:
    keys = {context.property(key).iri for key in context.keys if key not in context.aliases}
    unused = {str(shapes.value(shape, SH.path)) for shape in attached(shapes)} ^ keys
    assert unused == set()


def test_a_shape_asks_for_the_datatype_and_the_languages_that_the_context_gives(
    shapes: rdflib.Graph, context: Context
) -> None:
    text = {True: str(RDF.langString), False: "http://www.w3.org/2001/XMLSchema#string"}
    for shape in attached(shapes):
        asked, given = shapes.value(shape, SH.datatype), term(shapes, shape, context)
        spoken = bool(given.language or given.by_language)
        if asked:
            assert str(asked) == (given.type or text[spoken]), shape
        else:
            assert given.reverse or given.type in ("@id", "@vocab") or values(shapes, shape, SH["in"]), shape
        accepted = {str(language) for language in values(shapes, shape, SH.languageIn)}
        assert accepted == ({"fr", "en"} if given.by_language else {given.language} if given.language else set()), shape


def test_the_codes_that_a_shape_accepts_are_concepts_with_a_word_in_the_context(
    shapes: rdflib.Graph, known: Types, context: Context
) -> None:
    for shape in attached(shapes):
        for code in values(shapes, shape, SH["in"]):
            if isinstance(code, URIRef):
                assert known[str(code)], code
                assert context.expand(str(context.term_for(str(code)))) == str(code)
                assert term(shapes, shape, context).type == "@vocab"


def test_a_sentence_cites_every_word_that_its_shape_accepts(shapes: rdflib.Graph, context: Context) -> None:
    for shape in attached(shapes):
        for message in shapes.objects(shape, SH.message):
            for code in values(shapes, shape, SH["in"]):
                assert (context.term_for(str(code)) or str(code)) in str(message)


def test_every_code_with_a_word_in_the_context_is_accepted_somewhere(
    shapes: rdflib.Graph, known: Types, context: Context
) -> None:
    words = {t.iri for key, t in context.terms.items() if key not in context.prefixes and t.iri in known}
    classes = {str(c) for shape in attached(shapes) for c in shapes.objects(shape, SH["class"])}
    listed = {str(code) for shape in attached(shapes) for code in values(shapes, shape, SH["in"])}
    assert {iri for iri in words if iri not in listed and not known[iri] & classes} == set()


def test_the_classes_that_a_shape_asks_for_exist(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    declared = {*ontology.subjects(RDF.type), *shapes.subjects(RDF.type, RDFS.Class), SKOS.Concept, SKOS.ConceptScheme}
    asked = {*shapes.objects(None, SH["class"]), *shapes.objects(None, SH.targetClass)}
    assert {str(c) for c in asked - declared if "trophees" in str(c)} == set()


def test_every_property_of_a_shape_exists_in_the_ontology(shapes: rdflib.Graph, ontology: rdflib.Graph) -> None:
    paths = {shapes.value(shape, SH.path) for shape in attached(shapes)} | {*shapes.objects(None, SH.targetObjectsOf)}
    assert {p for p in paths if "/ontology#" in str(p) and (p, RDF.type, None) not in ontology} == set()
