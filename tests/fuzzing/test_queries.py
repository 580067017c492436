"""A question is answered as a second engine answers it, or refused in one sentence, however it is put.

Where rdflib, which is that engine, is known to be unlike the specification, or ours is, the two are not compared:
`second.UNLIKE` says why, with the section.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, RdfFormat, serialize

from fuzz import examples
from fuzzing import cut, second
from fuzzing.grammar import Composer
from fuzzing.limits import TooLateError, within
from fuzzing.mutants import mutant
from trophees.ask.command import ask
from trophees.ask.question import Question, find
from trophees.ask.results import FORMATS
from trophees.ask.text import bound
from trophees.base.errors import UserError
from trophees.base.language import Language

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # of rdflib, by rdflib
OURS, THEIRS, MOST = 20, 5, 60_000  # seconds, seconds, rows that are compared
NUMBERS = st.integers(0, 1 << 32)
LANGUAGES: st.SearchStrategy[Language | None] = st.sampled_from([None, None, "fr", "en"])


def told(error: UserError) -> None:
    """A refusal is one sentence, on one line."""
    assert str(error), error
    assert "\n" not in str(error)
    assert "Traceback" not in str(error)


def compared(question: Question, unlike: set[str], language: Language | None = None) -> bool:
    """Whether there is an answer, which the second engine has, too, if it has any."""
    try:
        with within(OURS):
            found = cut.graph(language).ask(question)
            if isinstance(found, QuerySolutions):
                rows = [row for row, _ in zip(found, range(MOST), strict=False)]
                if len(rows) == MOST:
                    return True
                found = cut.graph(language).ask(question)
            answer = second.ours(found)
    except UserError as error:
        told(error)
        return False
    text = bound(question.text, question.values)
    try:
        with within(THEIRS):
            other = second.theirs(text, language)
    except (Exception, TooLateError):  # it has no answer: there is nothing to compare
        return True
    assert unlike or second.same(answer, other, text), (text, language)
    return True


@pytest.mark.slow
@examples(6000, 40)
@given(NUMBERS, LANGUAGES)
def test_a_composed_query_has_the_answer_of_the_second_engine(number: int, language: Language | None) -> None:
    composer = Composer(random.Random(number), language)
    text = composer.query()
    compared(Question("query", text), composer.unlike, language)


@examples(2000, 40)
@given(NUMBERS)
def test_a_query_with_mistakes_has_the_answer_of_the_second_engine_or_a_sentence(number: int) -> None:
    text = mutant(random.Random(number))
    try:
        question = find(f"{text} # {{", {}, cut.context())
    except UserError as error:
        told(error)
        return
    compared(question, second.unlike(text))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The part of the graph in a file."""
    found = tmp_path_factory.mktemp("cut") / "cut.trig"
    found.write_bytes(serialize(cut.quads(), format=RdfFormat.TRIG) or b"")
    return found


@examples(2000, 40)
@given(NUMBERS, LANGUAGES, st.sampled_from(FORMATS), st.booleans(), st.booleans(), st.booleans())
def test_whatever_is_asked_on_the_command_line_is_answered_or_refused_in_a_sentence(
    file: Path, number: int, language: Language | None, form: str, compact: bool, labels: bool, composed: bool
) -> None:
    made = random.Random(number)
    text = Composer(made).query() if composed else mutant(made)
    output = file.with_name("answer")
    try:
        with within(OURS):
            ask(
                f"{text} # {{", data=[file], only_data=True, form=form, output=output, explain=True,
                compact=compact, labels=labels, lang=language,
            )  # fmt: skip
    except UserError as error:
        told(error)
    else:
        assert output.exists()
    finally:
        output.unlink(missing_ok=True)
