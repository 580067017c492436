"""The graph in one language: what is said in another is hidden, so that no number counts twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

import trophees
from conftest import Run
from trophees.ask import cookbook
from trophees.ask.one_language import in_language, spoken
from trophees.base.language import LANGUAGES, Language

TRAP = """SELECT (SUM(?v) AS ?total) (COUNT(*) AS ?rows)
{ ?l tp:edition edition:2020 ; tp:indicator ?i . ?i tp:unit "EUR" ; tp:value ?v ; tp:counted ?what }"""
LABELS = "SELECT ?label { laureate:2020/cachan skos:prefLabel ?label }"


@pytest.mark.parametrize(
    ("term", "fr", "en"),
    [
        (Literal("a"), True, True),
        (Literal("a", language="fr"), True, False),
        (Literal("a", language="en-gb"), False, True),
        (Literal("a", language="fr-ca"), True, False),
        (Literal("a", language="frp"), False, False),
        (Literal(1), True, True),
        (NamedNode("urn:fr"), True, True),
    ],
)
def test_what_has_no_language_stays(term: object, fr: bool, en: bool) -> None:
    assert (spoken(term, "fr"), spoken(term, "en")) == (fr, en)


@pytest.mark.slow
def test_a_number_counts_once_in_each_language_and_twice_without_one(run: Run) -> None:
    found = {
        lang: run("query", TRAP, *lang, "--format", "csv").stdout.splitlines()[1]
        for lang in ((), ("--lang", "fr"), ("--lang", "en"))
    }
    assert found == {(): "388000,6", ("--lang", "fr"): "194000,3", ("--lang", "en"): "194000,3"}


# these ask for the texts of both languages, for texts of whatever language, or for what has none that quotes a source
OF_TEXTS = {
    "concept-tree", "everything-about-a-laureate", "laureates-without-title", "names-of-organisations", "search",
    "sources-that-differ", "who-says-so",
}  # fmt: skip


@pytest.mark.slow
def test_each_query_of_the_cookbook_has_the_same_numbers_in_both_languages() -> None:
    """Asked by its name, it asks for what the language says: as many rows, and the same numbers, dates and things."""
    compared = 0
    for name in cookbook.queries().keys() - OF_TEXTS:
        french, english = (trophees.query(name, lang=lang) for lang in LANGUAGES)
        if isinstance(french, trophees.Rows) and isinstance(english, trophees.Rows):
            assert len(french) == len(english), name
            for column in french.columns:
                ours, theirs = (Counter(rows.column(column)) for rows in (french, english))
                texts = {value for value in (ours - theirs) + (theirs - ours) if value is not None}
                assert all(isinstance(value, str) and not value.startswith("http") for value in texts), (name, column)
                compared += not texts and bool(ours)
    assert compared > 250


@pytest.mark.slow
def test_every_graph_is_there_without_the_texts_of_the_other_language() -> None:
    store = trophees.load()
    whole = set(store)
    for language, other in (("fr", "en"), ("en", "fr")):
        lang: Language = "fr" if language == "fr" else "en"
        view = in_language(store, lang)
        shown = set(view)
        assert shown < whole
        hidden = whole - shown
        assert len(hidden) > 2000
        assert all(isinstance(quad.object, Literal) and quad.object.language == other for quad in hidden)
        assert set(view.named_graphs()) <= set(store.named_graphs())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "label"), [("fr", "Parlons ensemble de Cachan !"), ("en", "Let's talk about Cachan together!")]
)
def test_python_sees_one_language_and_leaves_the_store(lang: Language, label: str, tmp_path: Path) -> None:
    store = trophees.load()
    size = len(store)
    folder = tmp_path / "store"
    kept = Store(folder)
    kept.bulk_extend(store)
    kept.flush()
    del kept
    for given in (None, store, folder):
        rows = trophees.query(LABELS, store=given, lang=lang)
        assert isinstance(rows, trophees.Rows)
        assert rows.column("label") == [label]
    assert len(store) == size
    every = trophees.query(LABELS)
    assert isinstance(every, trophees.Rows)
    assert len(every) == 2


def test_ones_own_data_is_in_one_language_too(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text('<urn:a> <urn:p> "un"@fr, "one"@en, "1" .', "utf-8")
    text = "SELECT ?x { <urn:a> <urn:p> ?x } ORDER BY ?x"
    own = ("--data", str(mine), "--only-data", "--format", "csv")
    assert run("query", text, *own, "--lang", "en").stdout.split() == ["x", "1", "one"]
    assert run("query", text, *own).stdout.split() == ["x", "1", "one", "un"]


@pytest.mark.slow
def test_the_query_of_another_language_says_why_it_is_empty(run: Run) -> None:
    done = run("query", "SELECT ?l { ?l skos:prefLabel 'Nord'@fr }", "--lang", "en", "--format", "csv")
    assert done.stdout == "l\n"
    assert done.stderr.startswith("trophees: query:1:31: "), done.stderr
    french = run("query", "SELECT ?l { ?l a tp:Winner }", "--lang", "fr", "--format", "csv")
    assert "n’est de la classe tp:Winner" in french.stderr


def test_labels_are_in_that_language(run: Run) -> None:
    for lang, label in (("fr", "Parlons ensemble de Cachan !"), ("en", "Let's talk about Cachan together!")):
        done = run(
            "query", "SELECT ?l { VALUES ?l { laureate:2020/cachan } }", "--labels", "--lang", lang, "--format", "csv"
        )
        assert done.stdout.splitlines()[1].endswith(f",{label}")


def test_an_endpoint_elsewhere_is_asked_in_its_own_way(run: Run) -> None:
    done = run("query", "ASK {}", "--endpoint", "http://127.0.0.1:9/sparql", "--lang", "fr")
    assert done.exit_code == 2
    assert "?lang=" in done.stderr


def test_a_quad_is_hidden_in_the_default_graph_as_elsewhere() -> None:
    store = Store()
    for text, tag in (("a", "fr"), ("b", "en")):
        store.add(Quad(NamedNode("urn:a"), NamedNode("urn:p"), Literal(text, language=tag)))
    assert [quad.object.value for quad in in_language(store, "en")] == ["b"]
