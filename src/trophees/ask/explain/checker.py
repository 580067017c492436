"""The query checker: remarks on a query that is valid, from what the graph has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trophees.ask import head
from trophees.ask.columns import EMPTY
from trophees.ask.explain import filters, graphs, joins, names, scope, together, values, variables
from trophees.ask.explain.grammar import Reading, read
from trophees.ask.explain.profile import Profile, TooLong
from trophees.ask.explain.reader import Beyond, Mistake
from trophees.ask.explain.remark import Remark, remark
from trophees.ask.explain.tokens import tokens
from trophees.ask.explain.tree import Leaf
from trophees.ask.question import Question

MOST = 8  # remarks on a query


def remarks(
    question: Question, profile: Profile, base: str | None = None, empty: bool = False, hollow: Mapping[str, str] = {}
) -> list[Remark]:
    """What in `question` never matches the graph of `profile`, in the order of its text; each place has one remark.

    If there is no such thing, and its answer is `empty`, or counts nothing: with what nothing was left. Of an answer
    that has rows, those of its `hollow` columns that are empty in all of them are told, too; those that are 0, if no
    cause was found.

    Nothing is said that is not so. Where a query cannot be read, or not all of it be asked in time, its end has that.
    """
    end = len(question.text.rstrip())
    try:
        reading = read(question.text, profile.prefixes, base)
    except (Mistake, Beyond, RecursionError):
        return [*variables.hollow(None, question.text, hollow, profile.prefixes), remark(end, "unfinished")]
    given = _given(question, profile.prefixes)
    found: dict[int, Remark] = {}
    try:
        for one in _all(reading, question.text, given, profile):
            if reading.query.form == "ASK" and one.legitimate:
                continue
            found.setdefault(one.at, one)
            if len(found) == MOST:
                break
        nothing = empty or scope.counts(reading.query)
        if nothing and not found and reading.query.form != "ASK" and profile.is_ours:
            values = {name: str(leaf.term) for name, leaf in given.items()}
            for one in together.emptied(reading.query, question.text, values, profile):
                found[one.at] = one
        if empty and not found and reading.query.form != "ASK":
            limits = reading.query.graphs
            at = limits[0].token.start if limits else end
            found[at] = remark(at, "from" if limits else "no-cause")
    except (TooLong, RecursionError):
        found.setdefault(end, remark(end, "unfinished"))
    left = {name: has for name, has in hollow.items() if has == EMPTY or not found}
    for one in variables.hollow(reading.query, question.text, left, profile.prefixes):
        found.setdefault(one.at, one)
    return [found[at] for at in sorted(found)]


def _given(question: Question, prefixes: Mapping[str, str]) -> dict[str, Leaf]:
    """The values that the variables of `question` have from outside, each where its variable first stands."""
    values = {variable.value: term for variable, term in question.values.items()}
    found: dict[str, Leaf] = {}
    for token in tokens(question.text, prefixes) if values else ():
        if token.kind == "var" and token.text[1:] in values:
            found.setdefault(token.text[1:], Leaf(values[token.text[1:]], token))
    return found


def _all(reading: Reading, text: str, given: dict[str, Leaf], profile: Profile) -> Iterator[Remark]:
    query = reading.query
    declared = {line.split()[0] for line in head.read(text).get("param", ())}
    yield from variables.unbound(query, given.keys() | declared)
    yield from names.unknown(query, reading.datatypes, given.values(), profile)
    if not profile.is_ours:  # what comes now may ask a large graph for more than it answers in time
        return
    yield from values.mistyped(query, given, profile)
    yield from filters.never(query, text, profile)
    yield from joins.apart(query, profile)
    yield from graphs.scattered(query, profile)
