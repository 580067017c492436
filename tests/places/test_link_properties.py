"""What holds of every row, whatever stands in it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trophees.base.folding import fold
from trophees.places import names, reference
from trophees.places.grammar import GRAMMAR
from trophees.places.in_force import in_force
from trophees.places.link import Asked, link
from trophees.places.near import one_letter
from trophees.places.place import KINDS
from trophees.places.spelling import folded

PIECES = [
    "Cachan", "Paris", "12e", "arrondissement", "de", "du", "d'", "La", "(", ")", ",", " - ", "/", "&", "94", "94230",
    "Ville", "Mairie", "CC", "Métropole", "Région", "Bretagne", "Val-de-Marne", "CEDEX", "s/", "St-", "Rochelle", "20",
    "Saint-Denis", "2A", "CA", "l'", "et", "EPT", "\u00a0", "œ", "Châ", "lons", "Communauté", "Marseille", "13",
]  # fmt: skip
text = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join))
cell = st.one_of(st.just(""), text)
days = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
rows = st.builds(Asked, text, cell, cell, cell, cell, cell, days, days)


@settings(max_examples=400, deadline=None)
@given(rows)
def test_every_row_has_one_of_three_outcomes(asked: Asked) -> None:
    found = link(asked)
    assert (found.outcome == "linked") == (found.place is not None)
    assert (found.outcome == "ambiguous") == (len(found.candidates) > 1)
    assert (found.outcome == "unknown") == (found.score == 0)
    assert found.why.fr
    assert found == link(asked)


@settings(max_examples=400, deadline=None)
@given(rows.filter(lambda asked: asked.to is None))
def test_what_is_linked_or_possible_is_in_force_on_the_day(asked: Asked) -> None:
    found, day = link(asked), asked.on or reference.newest()
    assert found.place is None or in_force(found.place, day)
    assert all(in_force(place, day) or not place.sure(day) for place in found.candidates)


def test_each_name_in_force_is_found_by_itself_and_by_its_code() -> None:
    day = reference.newest()
    live = [place for place in reference.places() if place.on(day)]
    for place in live[::37]:
        found = link(Asked(place.name, kind=place.form if place.kind == "epci" else place.kind))
        assert place in (found.place, *found.candidates), (place, found)
        found = link(Asked(code=place.code, kind=place.kind))
        assert found.place == place, (place, found)


@settings(max_examples=300, deadline=None)
@given(st.characters())
def test_letters_fold_as_text_that_is_searched(sign: str) -> None:
    as_searched = "".join(c if c.isalnum() else " " for c in fold(sign)).split()
    assert folded(sign).split() in (as_searched, [], [sign])


@settings(max_examples=500, deadline=None)
@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_letter_apart_is_what_one_change_makes(a: str, b: str) -> None:
    swapped = {a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)}
    without = {a[:i] + a[i + 1 :] for i in range(len(a))}
    other = {a[:i] + c + a[i + 1 :] for i in range(len(a)) for c in "abc"}
    more = {a[:i] + c + a[i:] for i in range(len(a) + 1) for c in "abc"}
    assert one_letter(a, b) == (b in {a} | swapped | without | other | more)


def test_names_in_use_are_codes_of_the_reference() -> None:
    for bearing in GRAMMAR.usual.values():
        for kind, code in bearing:
            assert reference.history(kind, code), (kind, code)
    assert set(GRAMMAR.since) <= set(GRAMMAR.usual)
    for number, siren in GRAMMAR.numbered.items():
        assert reference.history("ept", siren), number


def test_an_acronym_in_use_is_given_by_the_source_to_one_epci() -> None:
    given = {
        place.code: folded(place.name).split()
        for place in reference.places()
        if place.kind == "epci" and "(" in place.name
    }
    for name, bearing in GRAMMAR.usual.items():
        several = [code for kind, code in bearing if kind == "epci"]
        if several and several[0] in given:
            (acronym,) = name
            assert acronym in given[several[0]]
            assert [code for code, words in given.items() if acronym in words] == several


def test_every_kind_of_the_reference_can_be_said() -> None:
    said = {kind for sort in GRAMMAR.sorts.values() for kind in sort.get("kinds", [])}
    assert said == set(KINDS)


@pytest.mark.parametrize("word", sorted({*GRAMMAR.spelling, *GRAMMAR.articles, *GRAMMAR.links, *GRAMMAR.ordinals}))
def test_words_of_the_grammar_are_folded(word: str) -> None:
    assert folded(word) == word


def test_phrases_of_the_grammar_are_folded() -> None:
    for phrase in (*GRAMMAR.heads, *GRAMMAR.kinds, *GRAMMAR.usual, *GRAMMAR.nothing):
        assert folded(" ".join(phrase)).split() == list(phrase)
    assert set(GRAMMAR.heads.values()) | set(GRAMMAR.kinds.values()) <= set(GRAMMAR.sorts)


def test_departements_of_a_territory_are_those_of_its_communes() -> None:
    assert names.departements("region", "11") >= {"75", "77", "94"}
    assert names.departements("epci", "200059228") == {"77", "91"}
    assert names.departements("commune", "97101") == {"971"}


def test_the_matcher_imports_no_library() -> None:
    code = "import sys; before = set(sys.modules); import trophees.places.link; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name.partition(".")[0] for name in done.stdout.split()}
    assert rooms - sys.stdlib_module_names == {"trophees"}
