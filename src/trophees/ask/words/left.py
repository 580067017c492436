"""The words of a reading that are no condition, by what they are: of these, the grammar makes frames."""

from __future__ import annotations

from trophees.ask.words.frames import Reading
from trophees.ask.words.lexicon import Sign

# a preposition before “which” that fits what is asked for
BEFORE = {
    "in": {"region", "departement", "commune", "territory"},
    "at": {"audience", "region", "departement", "commune", "territory"},
    "with": {"tool", "partner"},
    "on": {"theme"},
    "of": {"theme", "region", "departement"},
    "for": {"audience", "laureate"},
    "by": {"carrier"},
}


class Words:
    """The words of a reading that are no condition, by what they are."""

    def __init__(self, reading: Reading) -> None:
        kept = [(sign, token) for sign, token in reading.rest if (sign.kind, sign.value) != ("prep", "of")]
        signs = _unembedded([sign for sign, _ in kept])
        self.signs = [sign for number, sign in enumerate(signs) if not _leads(signs, number)]
        self.led = len(self.signs) < len(signs)  # by a preposition, such as in “in which regions”
        heads = self.values("head")
        self.heads = set(heads) - {"whether"} or set(heads)  # “in which regions are there” asks which
        self.verbs = set(self.values("verb"))
        carries = "carry" in self.verbs  # what carries is a carrier, whatever it is called
        self.nouns = ["carrier" if noun == "organisation" and carries else noun for noun in self.values("noun")]
        self.plural = {sign.value: token.is_plural for sign, token in kept if sign.kind == "noun"}
        self.indicators = [sign for sign in self.signs if sign.kind == "indicator"]
        self.standings = [sign for sign in self.signs if sign.kind == "standing"]
        self.negated_once = self.values("neg").count("not") == 1  # « ne » belongs to the word that denies
        self.impossible = len(heads) != len(set(heads)) or self.has("compare")

    def values(self, kind: str) -> list[str]:
        return [sign.value for sign in self.signs if sign.kind == kind]

    def has(self, kind: str, value: str = "") -> bool:
        return any(sign.kind == kind and value in ("", sign.value) for sign in self.signs)

    def only(self, *kinds: str) -> bool:
        """Whether there is nothing but heads, nouns, verbs, and what is of these `kinds`."""
        return {sign.kind for sign in self.signs} <= {"head", "noun", "verb", *kinds}

    def of_indicator(self, head: str) -> bool:
        """Whether `head` is of the only indicator: “most participants”, “budget moyen”, not “la commune a le plus”."""
        place = self.signs.index(Sign("head", head))
        first = place + 1 if head in ("most", "least") else max(place - 1, 0)
        return len(self.indicators) == 1 and self.indicators[0] in self.signs[first : place + 2]

    @property
    def act(self) -> str:
        """How the answer is given, by the words that ask for it; empty if these do not go together."""
        if self.heads == {"whether"}:
            return "whether"
        if self.heads in ({"count", "which"}, {"count", "list"}):
            place = self.signs.index(Sign("head", "count"))
            return "count" if place > 0 and self.signs[place - 1].kind == "head" else ""
        return "count" if self.heads == {"count"} else "list" if self.heads <= {"list", "which"} else ""


def _unembedded(signs: list[Sign]) -> list[Sign]:
    """`signs` without a “how many” of which something says nothing: what does not say how many does not ask it."""
    asked = Sign("head", "count")
    place = signs.index(asked) if asked in signs else 0
    before = [sign for sign in signs[:place] if sign.kind != "neg"]
    told = before[-1:] == [Sign("verb", "say")] and len(before) < place
    return signs[:place] + signs[place + 1 :] if told else signs


def _leads(signs: list[Sign], number: int) -> bool:
    """Whether the sign is a preposition that fits what follows: “which”, “how many”, or “by the laureates”."""
    following = signs[number + 1] if number + 1 < len(signs) else None
    if signs[number] == Sign("prep", "by") and following == Sign("noun", "laureate"):
        return number > 0 and signs[number - 1].kind in ("verb", "status")
    if signs[number] == Sign("prep", "for") and following == Sign("noun", "laureate"):
        return number > 0 and signs[number - 1].kind in ("noun", "head")
    if signs[number] == Sign("prep", "by") and following == Sign("head", "most"):
        return number > 0 and signs[number - 1].kind == "verb"
    if following == Sign("head", "who"):
        return signs[number] in (Sign("prep", "at"), Sign("prep", "for"))
    if signs[number].kind != "prep" or number + 2 >= len(signs):
        return False
    head, noun = signs[number + 1], signs[number + 2]
    fits = BEFORE.get(signs[number].value, set())
    return head.kind == "head" and head.value in ("which", "count") and noun.kind == "noun" and noun.value in fits
