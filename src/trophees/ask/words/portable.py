"""What reads and answers questions in words, but for its code, as JSON: for a reader in another language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trophees.ask.words import answering, frames, grammar, left, notes, said, sparql, suggesting
from trophees.ask.words.lexicon import Lexicon, Sign
from trophees.ask.words.tokens import MARKS
from trophees.base.context import Context
from trophees.base.language import Both


def portable(lexicon: Lexicon, context: Context, typeset: Callable[[str], str] = str) -> dict[str, Any]:
    """The lexicon, and the tables of the grammar, the queries and the sentences; French is `typeset`.

    `signs`: [kind, value, French name, English name], of which those that are empty, or the same, are left out; the
    value of a thing is its IRI as queries write it. `entries`: what words, joined by a space, are signs of, by number.
    """
    numbers: dict[tuple[str, ...], int] = {}
    entries = {
        " ".join(words): [numbers.setdefault(_sign(sign, context, typeset), len(numbers)) for sign in signs]
        for words, signs in sorted(lexicon.entries.items())
    }

    def both(value: object) -> object:
        match value:
            case Both():
                return {"fr": typeset(value.fr), "en": value.en}
            case dict():
                return {key: both(one) for key, one in value.items()}
            case set() | frozenset():
                return sorted(value)
            case tuple():
                return [both(one) for one in value]
        return value

    tables = {
        "marks": "".join(sorted(MARKS)),
        "limits": {
            "question": answering.LONGEST,
            "frames": answering.MANY,
            "ways": frames.MOST,
            "parts": frames.PARTS,
            "offered": suggesting.OFFERED,
        },
        "links": frames.LINKS,
        "following": frames.FOLLOWING,
        "grammar": {
            "targets": grammar.TARGETS,
            "ofAll": grammar.OF_ALL,
            "ofOne": grammar.OF_ONE,
            "places": grammar.PLACES,
            "single": grammar.SINGLE,
            "doneBy": grammar.DONE_BY,
            "ranked": grammar.RANKED,
            "ranking": grammar.RANKING,
            "groups": grammar.GROUPS,
            "before": left.BEFORE,
            "opposite": grammar.OPPOSITE,
        },
        "sparql": sparql.templates(),
        "texts": sparql.TEXTS,
        "processes": sparql.PROCESSES,
        "said": {
            "conditions": said.CONDITIONS,
            "nouns": said.NOUNS,
            "one": said.ONE,
            "acts": said.ACTS,
            "much": said.MUCH,
            "verbs": said.VERBS,
            "heads": said.HEADS,
            "forms": said.FORMS,
        },
        "feminine": said.FEMININE,
        "vowels": said.VOWELS,
        "sentences": {**answering.SENTENCES, **notes.TOLD},
        "missing": notes.MISSING,
        "incomplete": notes.INCOMPLETE,
        "spelt": lexicon.spelt,
        "askedOf": suggesting.ASKED_OF,
        "casesOf": suggesting.CASES_OF,
        "common": suggesting.COMMON,
    }
    return {"signs": list(numbers), "entries": entries, **{name: both(table) for name, table in tables.items()}}


def _sign(sign: Sign, context: Context, typeset: Callable[[str], str]) -> tuple[str, ...]:
    value = sparql.term(sign.value, context) if sign.value.startswith("http") else sign.value
    names = (typeset(sign.fr), sign.en)
    return (sign.kind, value, *(() if not sign.fr else names[:1] if sign.en == sign.fr else names))
