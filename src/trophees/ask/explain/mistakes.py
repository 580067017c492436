"""Mistakes in a query: one sentence, its place, and what may be meant, by the same rules for everyone who asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import NamedNode

from trophees.ask.compact_names import escaped, escapes, typed
from trophees.ask.explain import scope
from trophees.ask.explain.grammar import read
from trophees.ask.explain.nearest import OFFERED, nearest
from trophees.ask.explain.profile import CASTS, Profile, TooLong
from trophees.ask.explain.reader import Beyond, Mistake
from trophees.ask.explain.sentences import candidates, say
from trophees.ask.explain.tokens import excerpt, place
from trophees.base.errors import UserError, harmless
from trophees.base.language import Both, Language
from trophees.base.namespaces import XSD

# what engines say in plain words among all that their grammar could have gone on with
_SAID = {
    "loose": r"contains (?:a variable|an expression with a variable) that is unbound",
    "blank": r"Already used blank node id|<unreported>",
    "language": r"language tag parsing failed",
    "aggregate": r"Unexpected aggregate",
}
_PLACE = re.compile(r"error at (\d+):(\d+): ")


@dataclass(frozen=True)
class Told:
    """What is wrong with the query `text`, and where it is; None if no place is better than another.

    It is `certain` that it is so, whoever is asked.
    """

    text: str
    sentence: Both
    at: int | None
    certain: bool = False

    @property
    def place(self) -> str:
        """`line:column`, from 1, or nothing."""
        return "" if self.at is None else "{}:{}".format(*place(self.text, self.at))

    @property
    def shown(self) -> str:
        """The line, and a caret at the place below it; or nothing."""
        return "" if self.at is None or not self.text.strip() else excerpt(self.text, self.at)

    @property
    def more(self) -> str:
        """What follows the sentence in English where both languages are said: the one in French, and the line."""
        return "\n".join(filter(None, (self.sentence.fr, self.shown)))

    def error(self, name: str, language: Language) -> UserError:
        """The mistake as it is raised for a query called `name`: the line is a note of it."""
        said = self.sentence[language]
        error = UserError(f"{name}:{self.place}: {said}" if self.place else f"{name}: {said}")
        if self.shown:
            error.add_note(self.shown)
        return error


def mistake(
    text: str, engine: Exception, prefixes: Mapping[str, str], profile: Profile | None = None, base: str | None = None
) -> Told | None:
    """What is wrong with `text`, which an engine refused with the error `engine`; None if it is no mistake in it.

    `prefixes` need no declaration. The graph of `profile`, if there is one, tells which names may be meant.
    """
    said = str(engine)
    custom = re.search(r"custom function <([^>]*)> is not supported", said)
    if not custom and not isinstance(engine, SyntaxError):
        return None
    try:
        reading = read(text, prefixes, base)
        if custom:
            for leaf in reading.calls:
                if isinstance(leaf.term, NamedNode) and leaf.term.value == custom[1]:
                    raise Mistake("custom", leaf.token.start, tuple(_casts(leaf.term, prefixes)), word=leaf.token.text)
        scope.check(reading.query)
    except Mistake as found:
        near = found.near
        if found.key == "prefix":
            near = tuple(f"{name}:" for name in _prefixes(found, prefixes, profile))
        return Told(
            text,
            (say(found.key, **found.values) + candidates(near)).each(harmless),
            found.at,
            found.key not in ("prefix", "custom"),
        )
    except Beyond:
        pass
    key = next((key for key, pattern in _SAID.items() if re.search(pattern, said)), "engine")
    found_at = _PLACE.search(said)
    if not found_at:
        return Told(text, say(key), None)
    asked = _offset(escaped(text, prefixes), int(found_at[1]), int(found_at[2]))
    return Told(text, say(key), typed(asked, escapes(text, prefixes)))


def _prefixes(found: Mistake, prefixes: Mapping[str, str], profile: Profile | None) -> list[str]:
    """The prefixes that may be meant: of those like it, first those under which the graph has the name."""
    word, local = str(found.values["word"]), str(found.values["local"])
    like = nearest(word, prefixes, offered=len(prefixes))
    having: list[str] = []
    if profile and local:
        with suppress(TooLong):
            having = [name for name in prefixes if profile.has(prefixes[name] + local)]
    ranked = [*(name for name in like if name in having), *having, *like]
    return list(dict.fromkeys(ranked))[:OFFERED]


def _casts(iri: NamedNode, prefixes: Mapping[str, str]) -> list[str]:
    """The functions of XML Schema that `iri` may stand for."""
    local = re.sub(r".*[/#]", "", iri.value)
    near = [local] if local in CASTS else nearest(local, CASTS)
    short = {namespace: name for name, namespace in prefixes.items()}
    return [f"{short[XSD]}:{one}" if XSD in short else f"<{XSD}{one}>" for one in near]


def _offset(text: str, line: int, column: int) -> int:
    """The place of a line and a column, as engines count them, before which there may be spaces."""
    lines = text.split("\n")
    at = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
    return min(at, len(text.rstrip()))
