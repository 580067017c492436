"""A question in words, answered, or refused with those that can be asked instead: wrong is worse than silent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from pyoxigraph import QuerySolutions

from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.ask.rows import Rows
from trophees.ask.words.frames import Frame, readings, unknown
from trophees.ask.words.grammar import frames
from trophees.ask.words.lexicon import Lexicon, built
from trophees.ask.words.notes import is_nothing, note
from trophees.ask.words.said import said
from trophees.ask.words.sparql import alike, composed
from trophees.ask.words.spelling import replaced, respelt
from trophees.ask.words.suggesting import suggestions
from trophees.ask.words.tokens import tokens
from trophees.base.context import Context
from trophees.base.errors import brief
from trophees.base.language import Both, Language, locale
from trophees.graph import published

LONGEST = 300  # characters of a question
MANY = 12  # frames that are compared

SENTENCES = {
    "long": Both("La question est trop longue.", "The question is too long."),
    "empty": Both("Une question est attendue.", "A question is expected."),
    "unknown": Both("Mot inconnu : {0}.", "Not known: {0}."),
    "named": Both("« {0} »", "“{0}”"),
    "unread": Both("Je ne sais pas lire cette question.", "I cannot read this question."),
    "several": Both(
        "La question peut être comprise de plusieurs façons, dont les réponses diffèrent.",
        "The question can be read in several ways, whose answers differ.",
    ),
    "unlike": Both(
        "Ces nombres mesurent des choses différentes, qu’on ne peut ni additionner ni moyenner.",
        "These numbers measure different things, which can be neither added up nor averaged.",
    ),
    "more": Both("Il y en a plusieurs.", "There are several of them."),
    "nothing": Both("Le graphe n’en dit rien.", "The graph says nothing of it."),
    "read": Both("« {0} » lu comme « {1} ».", "“{0}” read as “{1}”."),
}


@dataclass(frozen=True)
class InWords:
    """What came of a question in words.

    If it was `understood` (the question in the words of the grammar), `sparql` is what was asked and `rows` the answer;
    else `why` says why not. `note`: “yes” or “no” where that was asked, as what a misspelt word was read, if the answer
    is that there is none, of how many laureates nobody knows, and of which editions the list is not known to be
    complete. `nearest`: questions that can be asked, and names of queries of the cookbook.
    """

    question: str
    understood: str = ""
    sparql: str = ""
    rows: Rows | None = None
    note: str = ""
    why: str = ""
    nearest: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return self.rows is not None


class Answering:
    """Questions in words to the published graph."""

    def __init__(self, graph: Repository, context: Context) -> None:
        self.graph = graph
        self.context = context
        self.lexicon: Lexicon = built(graph)

    def answer(self, question: str, language: Language) -> InWords:
        """The answer to `question`; it is refused if a word is not known, or if several readings answer otherwise."""
        if len(question) > LONGEST:
            return InWords(brief(question), why=SENTENCES["long"][language])
        words = tokens(question)
        if not words:
            return InWords(question, why=SENTENCES["empty"][language])
        if strange := unknown(self.lexicon, words):
            read = respelt(self.lexicon, words, strange)
            again = replaced(question, read)
            if read and not unknown(self.lexicon, tokens(again)) and (told := self.answer(again, language)).answered:
                notes = [SENTENCES["read"][language].format(*both) for both in read.items()]
                return replace(told, question=question, note=" ".join([*notes, told.note]).strip())
            named = ", ".join(dict.fromkeys(SENTENCES["named"][language].format(word.text) for word in strange))
            return self._refused(question, SENTENCES["unknown"][language].format(named), (), language)
        found = self.frames(question)
        if not found or len(found) > MANY:
            return self._refused(question, SENTENCES["unread"][language], (), language)
        if any(frame.thing and frame.act in ("sum", "average") and not self._alike(frame) for frame in found):
            return self._refused(question, SENTENCES["unlike"][language], (), language)
        answers = {frame: self._asked(frame, language) for frame in found}
        if len({_content(rows) for rows in answers.values()}) > 1:
            return self._refused(question, SENTENCES["several"][language], tuple(found), language)
        frame = found[0]
        rows = answers[frame]
        if frame.act == "one" and len(rows) > 1:
            return self._refused(question, SENTENCES["more"][language], (replace(frame, act="list"),), language)
        silent = not rows and frame.target != "laureate" and frame.act != "group"
        if silent or ((_in_commune(found) or frame.target == "case") and is_nothing(rows)):
            return self._refused(question, SENTENCES["nothing"][language], (), language)
        query = composed(frame, self.context, language)
        noted = note(frame, rows, self._rows, self.context, language)
        return InWords(question, said(frame, language), query, rows, noted)

    def frames(self, question: str) -> list[Frame]:
        """What `question` may ask for; nothing if a word of it is left over in every reading."""
        for found in readings(self.lexicon, tokens(question)):
            if every := list(dict.fromkeys(frame for reading in found for frame in frames(reading))):
                return every
        return []

    def _refused(self, question: str, why: str, meant: tuple[Frame, ...], language: Language) -> InWords:
        near = [said(frame, language) for frame in meant] or suggestions(self, question, language)
        return InWords(question, why=why, nearest=tuple(dict.fromkeys(near)))

    def _asked(self, frame: Frame, language: Language) -> Rows:
        return self._rows(composed(frame, self.context, language))

    def _rows(self, query: str) -> Rows:
        result = self.graph.ask(Question("words", query))
        assert isinstance(result, QuerySolutions)
        return Rows.of(result)

    def _alike(self, frame: Frame) -> bool:
        counts = self._rows(alike(frame, self.context)).column("numbers")
        return len(counts) == 1 and counts[0] != 1


def _in_commune(found: list[Frame]) -> bool:
    """Whether a commune is meant, of which the graph may have laureates that cover more than it."""
    return any(condition.sign.kind == "commune" for frame in found for condition in frame.conditions)


def _content(rows: Rows) -> frozenset[tuple[object, ...]]:
    """What is compared of answers."""
    return frozenset(tuple(row.values()) for row in rows)


@cache
def answering() -> Answering:
    """Over the published graph, in memory, made once. UserError if there is none."""
    context = Context(published.text(published.CONTEXT))
    return Answering(Embedded.opened(published.file(published.GRAPH), (), context.prefixes), context)


def in_words(question: str, lang: Language | None = None) -> InWords:
    """The answer to a `question` in French or English, from the published graph, without a model.

    It is read by a grammar, in which every word must mean something: if it cannot be read, or may be read in several
    ways whose answers differ, there is no answer, but `why`, and questions that can be asked. What is said is in the
    language `lang`: that of the environment, unless given. UserError if there is no published graph.
    """
    return answering().answer(question, lang or locale())
