"""Which frames a reading may be of: each says which words it takes, and takes nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.ask.words.frames import Condition, Frame, Reading
from trophees.ask.words.lexicon import Sign

# of each target, the verbs that may lead to it
TARGETS: dict[str, set[str]] = {
    "laureate": {"have", "locate", "touch", "award"},
    "tool": {"use", "turn", "cite", "have"},
    "theme": {"treat", "have"},
    "audience": {"address", "have"},
    "region": {"locate", "have", "touch"},
    "departement": {"locate", "have", "touch"},
    "commune": {"locate", "touch", "have"},
    "kind": {"have", "carry"},
    "territory": {"locate", "touch"},
    "carrier": {"have", "carry"},
    "partner": {"have", "partner", "work"},
    "stars": {"have"},
    "outcome": {"have"},
    "goal": {"have"},
    "stage": {"have"},
    "summary": {"have"},
}
OF_ALL = {"laureate", "tool", "theme", "audience", "region", "departement", "commune", "carrier", "partner"}
PLACES = {"region", "departement", "commune"}
OF_ONE = set(TARGETS) - {"laureate", "kind"}
SINGLE = {"tool", "theme", "audience", "outcome", "goal", "stage"}  # who asks for one, gets no list
DONE_BY = {"tool", "theme", "audience", "kind", "organisation"}  # what laureates have by what they do
RANKED = {"region", "departement", "theme", "tool", "audience", "kind"}
RANKING = {"tool", "theme", "audience", "partner", "stars", "outcome", "goal", "stage"}
GROUPS = {"region", "departement", "theme", "audience", "stars", "kind", "edition"}
OPPOSITE = {"=": "!=", ">=": "<", ">": "<=", "<=": ">", "<": ">="}
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


def frames(reading: Reading) -> Iterator[Frame]:
    """The frames of which `reading` has all the words."""
    words = _Words(reading)
    if words.impossible:
        return
    if words.has("neg", "not"):
        yield from _silence(words, reading)
        yield from _not_stars(words, reading)
        yield from _without(words, reading)
    elif reading.subject is not None:
        yield from _of_one(words, reading)
    elif words.heads & {"most", "least", "commonest"}:
        yield from _ranking(words, reading)
    elif words.heads & {"average", "sum", "max", "min"}:
        yield from _aggregate(words, reading)
    elif words.has("prep", "per"):
        yield from _grouped(words, reading)
    else:
        yield from _of_all(words, reading)


class _Words:
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


def _silence(words: _Words, reading: Reading) -> Iterator[Frame]:
    """The laureates of which the source does not say something: its outcome, its budget…"""
    aspects = [sign for sign in words.signs if sign.kind == "aspect"]
    nouns = [noun for noun in words.nouns if noun not in ("laureate", "report")]
    fitting = words.verbs <= {"have", "say"} and set(words.values("prep")) <= {"for"}
    if reading.subject is not None or not fitting or not words.only("aspect", "neg", "prep") or not words.act:
        return
    if len(aspects) == 1 and not nouns and "laureate" in words.nouns:
        yield Frame(words.act, "laureate", reading.conditions, how="silent", thing=aspects[0])


def _not_stars(words: _Words, reading: Reading) -> Iterator[Frame]:
    """The laureates that have not so many stars: other numbers of them, as all have some."""
    fitting = words.verbs <= {"have", "award"} and words.nouns == ["laureate"] and words.only("neg")
    if fitting and words.negated_once and words.act and reading.subject is None and len(reading.conditions) == 1:
        (given,) = reading.conditions
        if given.sign.kind == "stars":
            yield Frame(words.act, "laureate", (Condition(given.sign, OPPOSITE[given.how]),))


def _without(words: _Words, reading: Reading) -> Iterator[Frame]:
    """The régions, or départements, in which there is no laureate."""
    plain = words.verbs == {"have"} and words.only("neg") and words.act == "list" and words.negated_once
    two = words.nouns in (["region", "laureate"], ["departement", "laureate"])
    if plain and two and not reading.conditions and reading.subject is None:
        yield Frame("without", words.nouns[0])


def _of_one(words: _Words, reading: Reading) -> Iterator[Frame]:
    """What is asked of one laureate."""
    if set(reading.conditions) - {c for c in reading.conditions if c.sign.kind == "edition"}:
        return
    nouns = [noun for noun in words.nouns if noun not in ("laureate", "process")]
    subject = reading.subject
    if words.indicators:
        fits = words.act and words.verbs <= {"have", "say"} and words.only("indicator")
        if len(words.indicators) == 1 and not nouns and fits:
            act = "whether" if words.act == "whether" else "list"
            yield Frame(act, "indicator", subject=subject, thing=words.indicators[0])
        return
    if not words.only("status"):
        return
    statuses = [sign for sign in words.signs if sign.kind == "status"]
    if len(nouns) == 1 and nouns[0] in OF_ONE and words.act:
        target = nouns[0]
        if words.verbs <= TARGETS[target] | {"say"} and (not statuses or (target == "tool" and len(statuses) == 1)):
            act = "list" if target in ("stars", "summary") and words.act == "count" else words.act
            one = act == "list" and target in SINGLE and not words.plural[target]
            for how in _hows(target, words.verbs, statuses):
                yield Frame("one" if one else act, target, subject=subject, how=how, thing=next(iter(statuses), None))
    elif not nouns and not statuses:
        if words.heads == {"which"} and words.verbs in ({"treat"}, {"use"}):
            target, how = ("theme", "") if "treat" in words.verbs else ("tool", "used")
            yield Frame("list", target, subject=subject, how=how)
        elif words.heads <= {"who"} and words.verbs == {"address"}:
            yield Frame("list", "audience", subject=subject)
        elif words.heads == {"who"} and words.verbs in ({"carry"}, {"partner"}):
            yield Frame("list", "carrier" if "carry" in words.verbs else "partner", subject=subject)
        elif words.heads == {"where"} and words.verbs <= {"locate", "happen"}:
            yield Frame("list", "territory", subject=subject)
        elif words.heads == {"when"} and words.verbs <= {"happen"}:
            yield Frame("list", "period", subject=subject)


def _hows(target: str, verbs: set[str], statuses: list[Sign]) -> list[str]:
    """The ways in which a tool may be meant: used, mentioned at all, or of a status."""
    if target != "tool":
        return [""]
    if statuses:
        return ["status"]
    return ["used"] if "use" in verbs else ["any"] if "cite" in verbs else ["used", "any"]


def _ranking(words: _Words, reading: Reading) -> Iterator[Frame]:
    """Which has the most of what. Where many are asked for, nobody knows how many."""
    if words.heads == {"which", "commonest"} and len(words.nouns) == 1 and words.nouns[0] in RANKED:
        target = words.nouns[0]
        if not words.plural[target] and words.only() and not words.verbs:
            for how in _hows(target, words.verbs, []):
                yield Frame("most", target, reading.conditions, how=how)
        return
    act = "most" if "most" in words.heads else "least"
    if not words.only("indicator") or not words.heads <= {"which", "list", act} or "which" not in words.heads:
        return
    match words.nouns:
        case [target, "laureate"] if target in RANKED and words.verbs <= TARGETS[target] and act == "most":
            if not words.plural[target] and not words.indicators:
                for how in _hows(target, words.verbs, []):
                    yield Frame(act, target, reading.conditions, how=how)
        case [target] if target in RANKED and words.verbs and words.verbs <= TARGETS[target] - {"have"}:
            if not words.plural[target] and not words.indicators and act == "most":
                for how in _hows(target, words.verbs, []):
                    yield Frame(act, target, reading.conditions, how=how)
        case ["laureate", measure] if measure in RANKING and words.verbs <= TARGETS[measure] | {"have"}:
            if not words.indicators and (act == "most" or measure == "stars"):
                for how in _hows(measure, words.verbs, []):
                    yield Frame(act, "laureate", reading.conditions, by=measure, how=how)
        case ["laureate"] if words.of_indicator(act) and words.verbs <= {"have", "say"}:
            yield Frame(act, "indicator", reading.conditions, thing=words.indicators[0])


def _aggregate(words: _Words, reading: Reading) -> Iterator[Frame]:
    """The average, the sum, the largest or the smallest of numbers that measure the same."""
    acts = words.heads & {"average", "sum", "max", "min"}
    if len(acts) != 1 or not words.heads <= {*acts, "which", "count", "list"} or not words.only("indicator"):
        return
    (act,) = acts
    nouns = [noun for noun in words.nouns if noun != "laureate"]
    if not words.verbs <= {"have", "say"}:
        return
    if nouns == ["stars"] and not words.indicators:
        yield Frame(act, "stars", reading.conditions)
    elif not nouns and words.of_indicator(act):
        yield Frame(act, "indicator", reading.conditions, thing=words.indicators[0])
    elif not nouns and act == "sum" and "count" in words.heads and words.nouns == ["laureate"]:
        yield Frame("count", "laureate", reading.conditions)


def _grouped(words: _Words, reading: Reading) -> Iterator[Frame]:
    """How many laureates there are of each."""
    place = next(number for number, sign in enumerate(words.signs) if (sign.kind, sign.value) == ("prep", "per"))
    after = words.signs[place + 1] if place + 1 < len(words.signs) else None
    if after is None or after.kind != "noun" or after.value not in GROUPS or len(words.values("prep")) != 1:
        return
    nouns = [noun for noun in words.nouns if noun != after.value]
    if words.act == "count" and nouns == ["laureate"] and words.verbs <= {"have", "locate"} and words.only("prep"):
        yield Frame("group", "laureate", reading.conditions, by=after.value)


def _of_all(words: _Words, reading: Reading) -> Iterator[Frame]:
    """How many, or which, laureates there are; or what these have."""
    stars = any(condition.sign.kind == "stars" for condition in reading.conditions)
    if words.heads == {"who"} and stars and not words.nouns and words.only() and words.verbs <= {"have", "award"}:
        yield Frame("list", "laureate", reading.conditions)
    if not words.act or not words.only("status"):
        return
    statuses = [sign for sign in words.signs if sign.kind == "status"]
    if words.nouns == ["laureate"] and words.verbs <= TARGETS["laureate"] and not statuses:
        yield Frame(words.act, "laureate", reading.conditions)
    elif words.nouns in ([target := words.nouns[0] if words.nouns else "", "laureate"], [target]):
        led = len(words.nouns) == 2 or words.verbs - {"have"} or reading.conditions or statuses
        if target in PLACES and (len(words.nouns) == 1 or not (words.led or words.verbs)):
            return  # all that there are, or those with laureates, or that are laureates?
        if target not in OF_ALL - {"laureate"} or not led or not words.verbs <= TARGETS[target]:
            return
        kinds = {condition.sign.kind for condition in reading.conditions}
        if target in kinds or (len(words.nouns) == 1 and target != "carrier" and kinds & DONE_BY):
            return  # who uses it, or treats of it: the laureates, or what is asked for?
        if statuses and (target != "tool" or len(statuses) != 1):
            return
        for how in _hows(target, words.verbs, statuses):
            yield Frame(words.act, target, reading.conditions, how=how, thing=next(iter(statuses), None))
