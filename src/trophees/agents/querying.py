"""Queries of others: checked, and answered a page at a time, by workers with limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode, Variable

from trophees.agents.answers import Answer, AnswerInWords, Example, Examples, Parameter, Remark, Verdict
from trophees.agents.holdings import Holdings
from trophees.agents.paging import paged
from trophees.ask import cookbook, head
from trophees.ask.meaning import one
from trophees.ask.text import bound, escaped
from trophees.ask.words.answering import Answering
from trophees.base.errors import UserError
from trophees.base.folding import fold
from trophees.base.language import Both, Language
from trophees.serve.backend.refusals import Refused
from trophees.serve.backend.small import CHECK, PAGE

_NAME = re.compile(r"[a-z0-9-]{1,80}")
_PLACE = re.compile(r"(\d+):(\d+)")
_SIDE_BY_SIDE = Both(
    "Les libellés et les textes existent en français et en anglais : sans filtre de langue, chaque ligne double, et "
    "les sommes aussi.",
    "Labels and texts are in French and in English: without a filter of language each row is there twice, and sums "
    "double.",
)
_EMPTY = Both(
    "Rien ne correspond dans le graphe : il ne dit pas que cela n’existe pas, mais qu’il n’en a rien.",
    "Nothing in the graph matches: it does not say that there is no such thing, but that it has nothing of it.",
)
_NO_LANGUAGE = re.compile(r"\b(LANG|langMatches)\b|@(fr|en)\b", re.IGNORECASE)
_SPOKEN = re.compile(r"prefLabel|altLabel|tp:(text|summary|counted|note|title|function)\b|rdfs:label|definition")


async def ask(
    holdings: Holdings, query: str, parameters: Mapping[str, str], language: Language, offset: int, limit: int
) -> Answer:
    """The answer of `query`: SPARQL, or the name of a query of the cookbook. UserError or Refused if there is none."""
    text = sparql(holdings, query, parameters, language)
    found = await holdings.ask(text, PAGE, offset, limit)
    spoken = _SPOKEN.search(text) and not _NO_LANGUAGE.search(text)
    return Answer(
        text,
        found.get("columns", []),
        found.get("rows", []),
        found.get("boolean"),
        found.get("total", 0),
        found.get("exact", True),
        found.get("next"),
        _remarks(found.get("notes", []), language),
        _EMPTY[language] if found.get("total") == 0 else _SIDE_BY_SIDE[language] if spoken else "",
    )


async def ask_in_words(holdings: Holdings, question: str, language: Language, offset: int, limit: int) -> AnswerInWords:
    """The answer to a `question` in French or English, or what can be asked instead."""
    asked = holdings.once("words", lambda graph: Answering(graph, holdings.context))
    told = asked.answer(_utf8(question), language)
    if not told.answered:
        return AnswerInWords(False, "", "", [], [], 0, None, "", told.why, list(told.nearest))
    found = await holdings.ask(told.sparql, PAGE, offset, limit)
    page = found["columns"], found["rows"], found["total"], found["next"]
    return AnswerInWords(True, told.understood, told.sparql, *page, told.note, "", [])


async def check(holdings: Holdings, query: str, language: Language) -> Verdict:
    """What is wrong with `query`, SPARQL, or never matches; it is not answered."""
    try:
        found = await holdings.ask(_utf8(query), CHECK)
    except Refused as error:
        if error.status != 400:
            raise
        french, _, excerpt = error.more.partition("\n")
        place = _PLACE.fullmatch(error.place)
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        sentence = french if language == "fr" and french else error.sentence
        return Verdict(False, [Remark(line, column, sentence, [])], excerpt)
    return Verdict(True, _remarks(found["notes"], language), "")


def sparql(holdings: Holdings, query: str, parameters: Mapping[str, str], language: Language) -> str:
    """The SPARQL that `query` is or names, with the values of its `parameters` in it. No file is ever read."""
    query = _utf8(query).strip()
    if not query:
        raise UserError("a query is expected: SPARQL, or the name of a query of the cookbook")
    context = holdings.context
    given = {name: _utf8(value) for name, value in parameters.items()}
    if _NAME.fullmatch(query):
        named = cookbook.get(query)
        values = cookbook.substitutions(named, given, context, lambda *asked: _meant(holdings, *asked))
        return bound(head.without(cookbook.in_language(named.text, language)), values)
    if not given:
        return query
    try:
        return bound(
            escaped(query, context.prefixes),
            {Variable(name): cookbook.term(value, context) for name, value in given.items()},
        )
    except ValueError as error:
        raise UserError(f"parameters: {error}") from None


def _meant(holdings: Holdings, parameter: str, text: str, space: str) -> NamedNode:
    """The thing of the namespace `space` that `text` is called, or has as its code."""
    return holdings.look(lambda graph: one(graph, text, space, holdings.context, parameter))


def examples(words: str, subject: str, language: Language, offset: int, limit: int) -> Examples:
    """The queries of the cookbook whose name or question has `words`, about `subject`, unless these are empty."""
    parts = fold(words).split()
    found = []
    for query in cookbook.queries().values():
        told = fold(f"{query.name} {query.summary.fr} {query.summary.en}")
        if subject in ("", query.subject) and all(part in told for part in parts):
            found.append(_example(query, language))
    kept, following = paged(found, offset, limit)
    return Examples(kept, len(found), following)


def _example(query: cookbook.Query, language: Language) -> Example:
    text = head.without(cookbook.in_language(query.text, language))
    parameters = [Parameter(param.name, param.title[language], param.default) for param in query.params]
    return Example(query.name, query.summary[language], query.subject, parameters, text)


def _remarks(notes: list[dict[str, Any]], language: Language) -> list[Remark]:
    return [Remark(note["line"], note["column"], note[language], note["names"]) for note in notes]


def _utf8(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UserError("what is given is not UTF-8") from None
    return text
