"""Questions in words: what is answered is right, and what is not sure is not answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

import trophees
from fuzz import among, examples
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.ask.rows import Rows
from trophees.ask.words.answering import Answering, answering
from trophees.ask.words.portable import portable
from trophees.ask.words.said import said
from trophees.ask.words.tokens import tokens
from trophees.base.language import LANGUAGES, Language
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE, SKOS, TP

FILE = Path(__file__).parent / "questions" / "in_words.tsv"
UNDERSTOOD = FILE.with_name("understood.tsv")
LISTS = {"fr": "Éditions dont la liste n’est peut-être", "en": "Editions whose list may not"}
SILENT = "-"  # instead of a query: there must be no answer; before a reason: there is none


class Asked(NamedTuple):
    """A question, and the query that answers it: its first column is compared."""

    language: Language
    question: str
    gold: str


def asked() -> list[Asked]:
    rows = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()]
    return [Asked("fr" if language == "fr" else "en", question, gold) for language, question, gold in rows]


def understood() -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in UNDERSTOOD.read_text("utf-8").splitlines()]
    return [(question, french, english) for question, french, english in rows]


ALL = asked()
ANSWERABLE = [one for one in ALL if one.gold != SILENT]


@pytest.fixture(scope="module")
def words() -> Answering:
    return answering()


def values(words: Answering, query: str) -> set[object]:
    result = words.graph.ask(Question("gold", f"BASE <{BASE}> {query}"))
    assert isinstance(result, QuerySolutions)
    rows = Rows.of(result)
    return {row[rows.columns[0]] for row in rows}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.question)
def test_an_answer_is_that_of_a_query_written_by_hand_or_there_is_none(words: Answering, one: Asked) -> None:
    found = words.answer(one.question, one.language)
    if found.rows is None:
        assert found.why
        return
    assert one.gold != SILENT, found.sparql
    assert {row[found.rows.columns[0]] for row in found.rows} == values(words, one.gold), found.sparql


@pytest.mark.parametrize(("question", "french", "english"), understood(), ids=lambda said: said[:40])
def test_what_is_understood_or_why_nothing_is_said_in_both_languages(
    words: Answering, question: str, french: str, english: str
) -> None:
    """Of each question, in `understood.tsv`; a change of the grammar shows there what it changes."""
    told = {}
    for language in LANGUAGES:
        found = words.answer(question, language)
        told[language] = f"{found.understood} {found.note}".strip() if found.answered else f"{SILENT} {found.why}"
    assert told == {"fr": french, "en": english}


def test_of_three_hundred_and_fifty_questions_three_in_five_are_answered(words: Answering) -> None:
    assert len(ALL) == len({one.question for one in ALL}) == 355
    assert [question for question, _, _ in understood()] == [one.question for one in ALL]
    answered = [one for one in ALL if words.answer(one.question, one.language).answered]
    assert len(answered) >= 220
    assert len({one.language for one in answered}) == 2


def test_what_was_understood_is_read_in_the_same_way(words: Answering) -> None:
    for one in ANSWERABLE:
        for frame in words.frames(one.question):
            for language in LANGUAGES:
                told = said(frame, language)
                assert frame in words.frames(told) or replace(frame, act="list") in words.frames(told), told


@pytest.mark.sample
def test_a_word_that_means_nothing_anywhere_silences_the_answer(words: Answering) -> None:
    for one in among(ANSWERABLE, 40):
        parts = one.question.split(" ")
        for place in range(len(parts) + 1):
            other = " ".join([*parts[:place], "zzyx", *parts[place:]])
            assert not words.answer(other, one.language).answered, other


@pytest.mark.sample
def test_what_is_negated_is_never_answered_as_if_it_were_not(words: Answering) -> None:
    for one in among(ANSWERABLE, 40):
        right = words.answer(one.question, one.language)
        word = "pas" if one.language == "fr" else "not"
        parts = one.question.split(" ")
        for place in range(1, len(parts)):
            other = words.answer(" ".join([*parts[:place], word, *parts[place:]]), one.language)
            assert not other.answered or other.sparql != right.sparql or "notStated" in other.sparql, other.question


@pytest.mark.parametrize("question", [
    "Quels lauréats en Bretagne et en Normandie ?",
    "Quels lauréats en Bretagne ou en Normandie ?",
    "Quels lauréats en Bretagne, Normandie ?",
    "Quels lauréats pour les jeunes et pour les élus ?",
    "Combien de partenaires et lauréats ?",
    "Quels lauréats pour les habitants de Cachan ?",
    "Combien de lauréats à 50 % ?",
])  # fmt: skip
def test_what_joins_two_things_in_a_way_that_nobody_knows_is_not_answered(words: Answering, question: str) -> None:
    assert not words.answer(question, "fr").answered


def test_of_a_commune_without_a_laureate_of_its_own_nothing_is_said(words: Answering) -> None:
    """One that covers more than the commune may be there."""
    assert not words.answer("Quels lauréats à Tourcoing ?", "fr").answered
    assert not words.answer("Combien de lauréats à Tourcoing ?", "fr").answered


def noted(words: Answering, question: str, language: Language = "fr") -> str:
    """What is said with the answer, but for the editions whose list may not be complete."""
    return words.answer(question, language).note.partition(LISTS[language])[0].strip()


def test_where_there_is_none_it_is_said_and_of_how_many_laureates_nobody_knows(words: Answering) -> None:
    unplaced = values(words, "SELECT (COUNT(?l) AS ?n) { ?l a tp:Laureate MINUS { ?l tp:inRegion ?r } }")
    known = f"Lauréats dont il n’a pas la région : {unplaced.pop()}."
    assert noted(words, "Y a-t-il des lauréats en Corse ?") == f"Non : le graphe n’en contient aucun. {known}"
    assert noted(words, "Combien de lauréats en Corse ?") == f"Le graphe n’en contient aucun. {known}"
    assert noted(words, "Quelles régions n’ont pas de lauréat ?") == known
    company = noted(words, "laureates with 1 star carried by a company", "en")
    assert company == "The graph holds none. Laureates of which it does not know the kind of a carrier: 7."
    assert noted(words, "Quels lauréats en Bretagne ?") == ""


def test_an_answer_that_rests_on_a_list_that_may_not_be_complete_says_so(words: Answering) -> None:
    """The years are those of the graph; of an edition whose list is whole, and of one laureate, nothing is said."""
    lacking = "?e tp:completeness ?c ; tp:year ?y FILTER(?c != completeness:complete)"
    years = ", ".join(sorted(str(year) for year in values(words, f"SELECT ?y {{ {lacking} }}")))
    assert words.answer("Combien de lauréats ?", "fr").note == f"{LISTS['fr']} pas complète : {years}."
    assert words.answer("How many laureates per edition?", "en").note == f"{LISTS['en']} be complete: {years}."
    reason = values(words, "SELECT ?r { edition:2018 tp:completenessReason ?r FILTER(LANG(?r) = 'fr') }").pop()
    said = f"La liste de l’édition 2018 n’est peut-être pas complète. {reason}"
    for question in ("Combien de lauréats en 2018 ?", "Quels lauréats en Bretagne en 2018 ?"):
        assert words.answer(question, "fr").note == said
    none = words.answer("Combien de lauréats en Corse en 2018 ?", "fr").note
    assert none.startswith("Le graphe n’en contient aucun. ")
    assert none.endswith(said)
    assert words.answer("Quels lauréats en 2020 ?", "fr").note == ""
    assert words.answer("Quels outils utilise Cachan ?", "fr").note == ""


def test_laureates_and_cases_are_never_counted_together(words: Answering) -> None:
    laureates, cases = words.answer("Combien de lauréats ?", "fr"), words.answer("Combien de cas ?", "fr")
    assert laureates.rows is not None
    assert cases.rows is not None
    every = values(words, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a tp:Process }").pop()
    assert laureates.rows[0]["laureates"] + cases.rows[0]["cases"] == every  # type: ignore[operator]
    for one in ALL:
        found = words.answer(one.question, one.language)
        assert ("tp:Case" in found.sparql) == bool(found.note.endswith((" d’autres.", " be others."))), one


def test_whether_there_are_any_is_answered_with_yes_and_how_many(words: Answering) -> None:
    found = words.answer("Are there laureates in Bretagne?", "en")
    assert found.rows is not None
    assert found.understood == "Are there laureates in the region Bretagne?"
    assert found.note.startswith(f"Yes: {len(found.rows)}. Editions whose list")
    assert words.answer("Y a-t-il un budget pour Cachan ?", "fr").note == "Oui : 1."
    assert not words.answer("Y a-t-il un budget pour le Participomètre ?", "fr").answered


@pytest.mark.parametrize("question", [
    "Quels lauréats ne disent pas combien de participants ils ont eu ?",
    "Lauréats qui ne disent pas combien de participants ils ont eu",
    "Liste des lauréats qui ne donnent pas le nombre de participants",
    "Laureates that do not say how many participants they had",
])  # fmt: skip
def test_what_does_not_say_how_many_is_not_asked_how_many(words: Answering, question: str) -> None:
    found = words.answer(question, "fr")
    assert found.rows is not None
    assert set(found.rows.column("l")) == values(
        words, "SELECT ?l { ?l a tp:Laureate ; tp:notStated aspect:participants }"
    )


@pytest.mark.parametrize(("question", "same"), [
    ("lauréats du 59", "Quels lauréats dans le département 59 ?"),
    ("laureates in the Essonne department", "Quels lauréats dans le département Essonne ?"),
    ("List the laureates in Brittany please", "Quels lauréats en Bretagne ?"),
    ("Bonjour, pourriez-vous me dire quels lauréats ont 3 étoiles ? Merci", "Quels lauréats ont 3 étoiles ?"),
    ("Who got 4 stars in Brittany?", "Quels lauréats ont 4 étoiles en Bretagne ?"),
    ("laureates with 3 stars or more", "Quels lauréats ont au moins 3 étoiles ?"),
    ("Quels lauréats ont 2 étoiles au plus ?", "Quels lauréats ont au plus 2 étoiles ?"),
    ("Which laureates don't have more than 2 stars?", "Quels lauréats ont au plus 2 étoiles ?"),
    ("Which laureates used online tools?", "Quels lauréats utilisent le numérique ?"),
    ("laureates whose outcome is not given", "Quels lauréats n’ont pas de résultat ?"),
    ("Which laureates dont mention a date?", "Quels lauréats sont sans date ?"),
    ("When did the consultation in Marlioz start?", "Quand a eu lieu Marlioz ?"),
    ("avec qui la ville des Lilas a-t-elle travaillé ?", "Quels sont les partenaires des Lilas ?"),
    ("Quels outils ont prévu les lauréats ?", "Quels outils sont prévus par les lauréats ?"),
    ("Quels lauréats utilisent des outils en ligne ?", "Quels lauréats utilisent le numérique ?"),
    ("laureates about the pandemic", "Quels lauréats sur la pandémie de Covid-19 ?"),
    ("laureates about wind farms", "Quels lauréats sur l’éolien ?"),
    ("laureates about streets", "Quels lauréats sur la voirie ?"),
    ("lauréats portés par une mairie", "Quels lauréats sont portés par une commune ?"),
])  # fmt: skip
def test_what_is_said_in_other_words_is_asked_in_the_same_way(words: Answering, question: str, same: str) -> None:
    found = words.answer(question, "fr")
    assert found.sparql
    assert found.sparql == words.answer(same, "fr").sparql


@pytest.mark.parametrize("question", [
    "Quels lauréats utilisent un sondage ?",
    "Which laureates use polls?",
    "laureates about music",
    "Quels lauréats sur la santé publique ?",
    "laureates carried by a non-profit",
    "Quels lauréats sont portés par un journal ?",
])  # fmt: skip
def test_a_word_for_some_of_what_a_concept_holds_is_not_answered_with_all_of_it(
    words: Answering, question: str
) -> None:
    assert not words.answer(question, "fr").answered


@pytest.mark.parametrize(("question", "wide"), [
    ("Quels lauréats sur l’énergie solaire ?", "theme:energie-solaire"),
    ("laureates about photovoltaics", "theme:photovoltaique"),
    ("laureates about press", "theme:presse"),
])  # fmt: skip
def test_what_is_wider_than_a_theme_finds_its_laureates_too(words: Answering, question: str, wide: str) -> None:
    found = words.answer(question, "fr")
    assert found.rows is not None
    assert len(found.rows) > 0
    assert set(found.rows.column("l")) == values(words, f"SELECT ?l {{ ?l tp:addresses/skos:broader* {wide} }}")


def test_a_tool_that_is_planned_is_not_one_that_is_used(words: Answering) -> None:
    found = words.answer("Quels lauréats ont prévu une évaluation ?", "fr")
    assert found.rows is not None
    planned = "?l tp:toolUse ?u . ?u tp:status status:planned ; tp:tool/skos:broader* tool:evaluation"
    assert set(found.rows.column("l")) == values(words, f"SELECT ?l {{ {planned} }}")
    assert not words.answer("Quels lauréats ont un plan de concertation ?", "fr").answered


@pytest.mark.parametrize("question", [
    "Quels lauréats n’ont que 3 étoiles ?",
    "Quels lauréats en Bretagne n’ont pas 4 étoiles ?",
    "Dans le Nord, départements des lauréats",
    "lauréats de plus en Bretagne",
    "Quels lauréats avec 3 étoiles ou plus ou moins ?",
    "Lauréats qui ont prévu et utilisé un questionnaire",
    "Quelle commune a le plus de lauréats ?",
    "Quelle association a le plus de lauréats ?",
    "Qui travaille à Cachan ?",
    "Qui a travaillé sur Cachan ?",
])  # fmt: skip
def test_what_limits_a_question_is_not_lost(words: Answering, question: str) -> None:
    assert not words.answer(question, "fr").answered


@pytest.mark.parametrize(("question", "read"), [
    ("Combien de laurats en Bretagne ?", "« laurats » lu comme « lauréats »."),
    ("Combein de lauréats en Bretagne ?", "« Combein » lu comme « combien »."),
    ("Combien de lauréats par réggion ?", "« réggion » lu comme « région »."),
])  # fmt: skip
def test_a_word_of_the_grammar_with_a_letter_wrong_is_read_and_it_is_said(
    words: Answering, question: str, read: str
) -> None:
    found = words.answer(question, "fr")
    assert found.question == question
    assert found.note.startswith(f"{read} Éditions dont la liste")


@pytest.mark.parametrize("question", [
    "Lauréats à Vitry",
    "Quels lauréats utilisent des cartes ?",
    "Lauréats pour les habitats",
    "How many winters in Bretagne?",
    "Combien de lauréats en Bretagnne ?",
    "Lauréats en Réggion",
])  # fmt: skip
def test_a_word_that_may_be_another_or_a_name_is_not_read_as_one_that_is_near(words: Answering, question: str) -> None:
    assert not words.answer(question, "fr").answered


def test_all_words_that_are_not_known_are_named_and_no_others(words: Answering) -> None:
    """“Participatif” is part of a name, though “montant du budget” is one that ends before it."""
    found = words.answer("montant du budget participatif de Schiltigheim en euros constants", "fr")
    assert found.why == "Mot inconnu : « euros », « constants »."


def test_which_and_how_many_of_two_things_is_not_answered(words: Answering) -> None:
    assert not words.answer("Quels lauréats combien en Bretagne ?", "fr").answered


@pytest.mark.parametrize("question", ["Quels publics utilisent un questionnaire ?", "Quelles régions a la Bretagne ?"])
def test_what_is_asked_for_is_not_taken_for_the_laureates(words: Answering, question: str) -> None:
    assert not words.answer(question, "fr").answered


def test_unlike_numbers_are_neither_added_up_nor_averaged(words: Answering) -> None:
    for question in (
        "Somme des participants",
        "Nombre moyen de participants des lauréats",
        "Budget moyen des lauréats",
    ):
        found = words.answer(question, "fr")
        assert "mesurent des choses différentes" in found.why
    assert words.answer("Total number of participants", "en").why.startswith("These numbers measure different things")


def test_instead_of_an_answer_there_are_questions_that_can_be_asked(words: Answering) -> None:
    found = words.answer("Combien de lauréats en Bretagnne ?", "fr")
    assert found.nearest == ("Combien de lauréats en bretagne ?",)
    for one in ALL:
        for near in words.answer(one.question, one.language).nearest:
            assert near.startswith("trophees query ") or words.frames(near), near


def test_what_is_offered_names_each_thing_of_the_question(words: Answering) -> None:
    """Before a second thing of one name: Paris is a commune, and a département."""
    found = words.answer("lauréats de Paris portés par une association", "fr")
    assert not found.answered
    assert "Quels lauréats portés par « Association » ?" in found.nearest
    assert [near for near in found.nearest if "Paris" in near]


def test_readings_that_differ_only_in_words_are_one_answer(words: Answering) -> None:
    """La Réunion is a région and a département, and all that is in one is in the other."""
    assert len(words.frames("Combien de lauréats à La Réunion ?")) > 1
    assert words.answer("Combien de lauréats à La Réunion ?", "fr").answered


def test_names_come_from_the_labels_of_the_graph() -> None:
    """Another tool is asked for by its name, in whatever words a question has."""
    first = answering()
    tool, cachan = NamedNode(BASE + "tool/pigeon-voyageur"), NamedNode(BASE + "laureate/2020/cachan")
    store = trophees.load()
    graph = NamedNode(GRAPH + "vocabulary")
    said_of = [
        (tool, RDF_TYPE, NamedNode(TP + "Tool")),
        (tool, NamedNode(SKOS + "inScheme"), NamedNode(BASE + "vocabulary/tools")),
        (tool, NamedNode(SKOS + "prefLabel"), Literal("Pigeon voyageur", language="fr")),
        (tool, NamedNode(SKOS + "altLabel"), Literal("carrier pigeon", language="en")),
        (cachan, NamedNode(TP + "usesTool"), tool),
    ]
    store.extend(Quad(s, p, o, graph) for s, p, o in said_of)  # type: ignore[arg-type]
    other = Answering(Embedded(store, first.context.prefixes), first.context)
    for question in ("Quels lauréats utilisent des pigeons voyageurs ?", "Which laureates use carrier pigeons?"):
        assert not first.answer(question, "fr").answered
        rows = other.answer(question, "fr").rows
        assert rows is not None
        assert rows.column("l") == [cachan.value]


def test_what_reads_questions_is_the_same_each_time_and_can_be_published(words: Answering) -> None:
    told = portable(words.lexicon, words.context)
    assert json.loads(json.dumps(told)) == json.loads(
        json.dumps(portable(Answering(words.graph, words.context).lexicon, words.context))
    )
    entries, signs = told["entries"], told["signs"]
    assert list(entries) == sorted(entries)
    assert ("region", "region:53", "Bretagne") in [signs[number] for number in entries["bretagne"]]


@examples(800)
@given(st.data())
def test_any_words_are_answered_or_refused_in_a_sentence(words: Answering, data: st.DataObject) -> None:
    known = [word for one in ALL for word in one.question.split()]
    chosen = data.draw(st.lists(st.sampled_from(known) | st.text(max_size=8), max_size=14))
    found = words.answer(" ".join(chosen), "fr")
    assert found.answered == (not found.why)
    assert found.answered == bool(found.understood and found.sparql)


def test_a_very_long_question_is_refused_at_once(words: Answering) -> None:
    assert not words.answer("lauréats " * 1000, "fr").answered
    assert not words.answer("communes de " * 24, "fr").answered
    assert not words.answer("", "fr").answered
    assert not words.answer("\u0301 lauréats", "fr").answered  # a sign that folds to nothing
    assert [token.stem for token in tokens("Où ? À, a")] == ["où", "à", "a"]


def test_the_command_shows_what_it_understood_and_asked(run: Callable[..., Result]) -> None:
    done = run("ask", "--lang", "fr", "combien", "de", "lauréats", "en", "Bretagne", "?")
    assert done.exit_code == 0
    assert "Combien de lauréats dans la région Bretagne ?" in done.stderr
    query = done.stderr.partition("\n\n")[2].strip()
    assert run("query", query).stdout == done.stdout
    assert "aucun. Lauréats dont" in run("ask", "--lang", "fr", "Y a-t-il des lauréats en Corse ?").stderr
    table = run("ask", "--format", "json", "Which laureates have four stars?")
    assert json.loads(table.stdout)["results"]["bindings"]
    assert "unknown format" in run("ask", "--format", "xlsx", "Liste des lauréats").stderr


def test_the_command_that_does_not_answer_ends_with_1_and_says_what_can_be_asked(run: Callable[..., Result]) -> None:
    done = run("ask", "--lang", "fr", "Combien de lauréats en Bretagnne ?")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("trophees: Mot inconnu : « Bretagnne ».\n")
    assert "  Combien de lauréats en bretagne ?\n" in done.stderr


def test_from_python_there_are_rows_or_a_reason() -> None:
    found = trophees.in_words("How many 4-star laureates are there?", lang="en")
    assert found.rows is not None
    assert found.rows.column("laureates") == [23]
    other = trophees.in_words("How many unicorns?", lang="en")
    assert (other.rows, other.why) == (None, "Not known: “unicorns”.")


FORMS = {
    "tools": ("Quels lauréats utilisent {} ?", "tp:usesTool/skos:broader*"),
    "themes": ("Quels lauréats sur le thème {} ?", "tp:addresses/skos:broader*"),
    "audiences": ("Quels lauréats s’adressent à {} ?", "tp:isFor/skos:broader*"),
    "organisation-kinds": ("Quels lauréats sont portés par {} ?", "tp:carriedBy/tp:organisationKind/skos:broader*"),
    "regions": ("Quels lauréats dans la région {} ?", "tp:inRegion"),
    "departements": ("Quels lauréats dans le département {} ?", "tp:inDepartement"),
    "communes": ("Quels lauréats dans la commune {} ?", "tp:covers"),
}
PLACES = {"regions": "igeo:Region", "departements": "igeo:Departement", "communes": "igeo:Commune"}


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("kind", FORMS)
def test_each_thing_is_asked_for_by_each_of_its_names_and_the_answer_is_its_own(words: Answering, kind: str) -> None:
    """Where two have one name, there is no answer but one that is that of both."""
    form, path = FORMS[kind]
    which = f"?x a {PLACES[kind]}" if kind in PLACES else f"?x skos:inScheme vocabulary:{kind}"
    result = words.graph.ask(Question("names", f"SELECT ?x ?n {{ {which} ; skos:prefLabel|skos:altLabel ?n }}"))
    assert isinstance(result, QuerySolutions)
    names = {(str(row["x"]), row["n"].value) for row in result}
    answered = due = 0
    for iri, name in among(sorted(names), len(names) if kind == "communes" else 60):  # few communes have laureates
        right = values(words, f"SELECT ?l {{ ?l a tp:Laureate ; {path} {iri} }}")
        found = words.answer(form.format(name), "fr")
        due += bool(right)
        if found.rows is not None:
            answered += bool(right)
            assert set(found.rows.column("l")) == right, name
    assert answered > 0.85 * due > 10
