"""Which frames a reading may be of: each says which words it takes, and takes nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.ask.words.frames import Condition, Frame, Reading
from trophees.ask.words.left import Words
from trophees.ask.words.lexicon import Sign

# of each target, the verbs that may lead to it
TARGETS: dict[str, set[str]] = {
    "laureate": {"have", "locate", "touch", "award"},
    "case": {"have", "locate", "touch", "award"},
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
OF_ONE = set(TARGETS) - {"laureate", "case", "kind"}
SINGLE = {"tool", "theme", "audience", "outcome", "goal", "stage"}  # who asks for one, gets no list
DONE_BY = {"tool", "theme", "audience", "kind", "organisation"}  # what laureates have by what they do
RANKED = {"region", "departement", "theme", "tool", "audience", "kind"}
RANKING = {"tool", "theme", "audience", "partner", "stars", "outcome", "goal", "stage"}
GROUPS = {"region", "departement", "theme", "audience", "stars", "kind", "edition"}
OPPOSITE = {"=": "!=", ">=": "<", ">": "<=", "<=": ">", "<": ">="}


def frames(reading: Reading) -> Iterator[Frame]:
    """The frames of which `reading` has all the words."""
    words = Words(reading)
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
    elif words.standings or "case" in words.nouns:
        yield from _cases(words, reading)
    else:
        yield from _of_all(words, reading)


def _silence(words: Words, reading: Reading) -> Iterator[Frame]:
    """The laureates of which the source does not say something: its outcome, its budget…"""
    aspects = [sign for sign in words.signs if sign.kind == "aspect"]
    nouns = [noun for noun in words.nouns if noun not in ("laureate", "report")]
    fitting = words.verbs <= {"have", "say"} and set(words.values("prep")) <= {"for"}
    if reading.subject is not None or not fitting or not words.only("aspect", "neg", "prep") or not words.act:
        return
    if len(aspects) == 1 and not nouns and "laureate" in words.nouns:
        yield Frame(words.act, "laureate", reading.conditions, how="silent", thing=aspects[0])


def _not_stars(words: Words, reading: Reading) -> Iterator[Frame]:
    """The laureates that have not so many stars: other numbers of them, as all have some."""
    fitting = words.verbs <= {"have", "award"} and words.nouns == ["laureate"] and words.only("neg")
    if fitting and words.negated_once and words.act and reading.subject is None and len(reading.conditions) == 1:
        (given,) = reading.conditions
        if given.sign.kind == "stars":
            yield Frame(words.act, "laureate", (Condition(given.sign, OPPOSITE[given.how]),))


def _without(words: Words, reading: Reading) -> Iterator[Frame]:
    """The régions, or départements, in which there is no laureate."""
    plain = words.verbs == {"have"} and words.only("neg") and words.act == "list" and words.negated_once
    two = words.nouns in (["region", "laureate"], ["departement", "laureate"])
    if plain and two and not reading.conditions and reading.subject is None:
        yield Frame("without", words.nouns[0])


def _of_one(words: Words, reading: Reading) -> Iterator[Frame]:
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


def _ranking(words: Words, reading: Reading) -> Iterator[Frame]:
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


def _aggregate(words: Words, reading: Reading) -> Iterator[Frame]:
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


def _grouped(words: Words, reading: Reading) -> Iterator[Frame]:
    """How many laureates there are of each."""
    place = next(number for number, sign in enumerate(words.signs) if (sign.kind, sign.value) == ("prep", "per"))
    after = words.signs[place + 1] if place + 1 < len(words.signs) else None
    if after is None or after.kind != "noun" or after.value not in GROUPS or len(words.values("prep")) != 1:
        return
    nouns = [noun for noun in words.nouns if noun != after.value]
    if words.act == "count" and nouns == ["laureate"] and words.verbs <= {"have", "locate"} and words.only("prep"):
        yield Frame("group", "laureate", reading.conditions, by=after.value)


def _of_all(words: Words, reading: Reading) -> Iterator[Frame]:
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


def _cases(words: Words, reading: Reading) -> Iterator[Frame]:
    """How many, or which, cases there are: what a source tells of beside the laureates; or who has the prize of one."""
    told = tuple(Condition(sign) for sign in words.standings)
    if len(told) > 1 or not words.only("standing") or not words.verbs <= TARGETS["case"]:
        return
    if words.act and words.nouns in ([], ["case"]):
        yield Frame(words.act, "case", (*told, *reading.conditions))
    elif words.heads == {"who"} and told and not words.nouns and words.verbs and words.verbs <= {"have", "award"}:
        yield Frame("list", "case", (*told, *reading.conditions))
