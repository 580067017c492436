"""The context: the same mapping here as for a JSON-LD processor, and one that can be undone."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store
from rdflib.plugins.shared.jsonld.context import Context as JsonLd

from trophees.base.context import Context
from trophees.base.namespaces import BASE, TP
from trophees.release.checkout import Project


def iris(store: Store) -> set[str]:
    """Every IRI of the graph, datatypes included."""
    found = set()
    for quad in store:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, NamedNode):
                found.add(term.value)
            elif isinstance(term, Literal):
                found.add(term.datatype.value)
    return found


@pytest.mark.parametrize("vocab", [False, True])
def test_compact_and_expand_undo_each_other_on_every_iri_of_the_graph(
    project: Project, store: Store, vocab: bool
) -> None:
    context = project.context
    found = iris(store)
    assert len(found) > 3000
    assert [iri for iri in found if context.expand(context.compact(iri, vocab=vocab), vocab=vocab) != iri] == []


def test_two_iris_of_the_graph_never_share_a_short_form(project: Project, store: Store) -> None:
    short = Counter(project.context.compact(iri, vocab=True) for iri in iris(store))
    assert [name for name, times in short.items() if times > 1] == []


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (BASE + "laureate/2020/cachan", "laureate:2020/cachan"),
        (BASE + "territory/commune/94016", "commune:94016"),
        (BASE + "territory/other/paris", "place:paris"),
        (TP + "stars", "tp:stars"),
        ("http://www.w3.org/2001/XMLSchema#integer", "xsd:integer"),
        ("https://example.org/x", "https://example.org/x"),
        (BASE + "laureate/", BASE + "laureate/"),
        (BASE + "laureate///x", BASE + "laureate///x"),
    ],
)
def test_an_iri_is_shortened_by_the_longest_namespace_that_leaves_a_name(
    project: Project, iri: str, short: str
) -> None:
    assert project.context.compact(iri) == short
    assert project.context.expand(short, vocab=False) == iri


def test_prefixes_are_the_names_of_namespaces_and_nothing_else(project: Project) -> None:
    prefixes = project.context.prefixes
    assert {prefixes["commune"], prefixes["tp"]} == {BASE + "territory/commune/", TP}
    assert all(namespace.endswith(("/", "#")) for namespace in prefixes.values())
    assert not {"étoiles", "Lauréat", "porteur", "id"} & prefixes.keys()


def test_a_term_that_names_no_namespace_is_no_prefix(project: Project) -> None:
    assert project.context.expand("Lauréat:x") == "Lauréat:x"
    assert project.context.expand("id:x") == "id:x"


def test_a_name_before_two_slashes_is_a_scheme_and_no_prefix(project: Project) -> None:
    assert project.context.expand("laureate://x") == "laureate://x"


def test_an_unknown_key_falls_under_the_vocabulary(project: Project) -> None:
    term = project.context.property("étoile")
    assert term.iri == TP + "étoile"
    assert (term.type, term.language, term.by_language, term.reverse) == (None, None, False, False)


def test_a_bare_name_is_a_term_or_a_vocabulary_name_where_terms_are_read_else_a_path_under_the_base(
    project: Project,
) -> None:
    assert project.context.expand("porteur") == BASE + "role/carrier"
    assert project.context.expand("inconnu") == TP + "inconnu"
    assert project.context.expand("porteur", vocab=False) == BASE + "porteur"


def test_each_term_means_what_a_json_ld_processor_reads(project: Project) -> None:
    context, reference = project.context, JsonLd(project.context.document)
    assert len(context.terms) > 150
    for name, term in context.terms.items():
        theirs = reference.terms[name]
        assert str(theirs.id) == term.iri, name
        assert (str(theirs.type) if theirs.type else None) == term.type, name
        assert ("@language" in (theirs.container or [])) == term.by_language, name
        assert bool(theirs.reverse) == term.reverse, name
        # rdflib tells “no language” (null) from “none given”: without a default language, both mean none
        assert (theirs.language if isinstance(theirs.language, str) else None) == term.language, name
    assert reference.language is None
    assert str(reference.vocab) == context.vocab


def test_no_two_property_keys_have_one_iri(project: Project) -> None:
    terms = project.context.terms.values()
    keys = Counter(term.iri for term in terms if term.type or term.language or term.by_language or term.reverse)
    assert [iri for iri, times in keys.items() if times > 1] == []


def test_no_two_terms_have_one_iri(project: Project) -> None:
    assert [iri for iri, times in Counter(t.iri for t in project.context.terms.values()).items() if times > 1] == []


def test_keys_are_unique_in_the_file_itself(project: Project) -> None:
    twice: list[str] = []

    def note(pairs: list[tuple[str, object]]) -> dict[str, object]:
        twice.extend(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return dict(pairs)

    json.loads((project.root / "data" / "context.jsonld").read_text("utf-8"), object_pairs_hook=note)
    assert twice == []


def test_the_key_of_a_class_is_a_prefix_elsewhere(project: Project) -> None:
    context = project.context
    assert context.property("distinction").iri == TP + "distinction"
    assert context.term_for(TP + "distinction") == "distinction"
    assert context.prefixes["distinction"] == BASE + "distinction/"
    assert context.expand("distinction:coup-de-coeur", vocab=False) == BASE + "distinction/coup-de-coeur"
    assert context.compact(BASE + "distinction/coup-de-coeur") == "distinction:coup-de-coeur"


def test_of_the_prefixes_of_one_namespace_the_shortest_is_written_of_equals_the_first() -> None:
    told = '{"@context": {"@vocab": "https://x.org/v#", "long": "https://x.org/a/", "a": "https://x.org/a/"'
    context = Context(told + ', "b": "https://x.org/a/", "t": {"@id": "a:t"}}}')
    assert context.compact("https://x.org/a/n") == "a:n"
    assert context.compact("https://x.org/a/t") == "a:t"
    assert context.compact("https://x.org/a/t", vocab=True) == "t"
    assert context.compact("https://x.org/a/") == "https://x.org/a/"


@given(st.text())
def test_any_text_has_an_expansion_that_stays_put(text: str) -> None:
    context = Context(
        '{"@context": {"@vocab": "https://x.org/v#", "a": "https://x.org/a/", "b": "a:b/", "t": {"@id": "a:t"}}}'
    )
    for vocab in (True, False):
        once = context.expand(text, vocab=vocab)
        assert ":" in once
        assert context.expand(context.compact(once), vocab=vocab) == once
