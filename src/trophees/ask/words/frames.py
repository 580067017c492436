"""What a question asks for: an act, on a target, of laureates that fulfil conditions. No word of it is left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from trophees.ask.words.lexicon import Lexicon, Sign
from trophees.ask.words.tokens import Token

PARTS = 64  # ways to divide a question into names and expressions that are tried
MOST = 4000  # ways to take the words of a question, beyond which it is too ambiguous
# of each kind of thing, the words that may lead to it, and those of which there must be one
LINKS: dict[str, tuple[set[str], set[str]]] = {
    "region": ({"in", "at", "of", "locate", "touch", "region", "have"}, {"in", "at", "of", "locate", "touch", "have"}),
    "departement": (
        {"in", "at", "of", "locate", "touch", "departement", "have"},
        {"in", "at", "of", "locate", "touch", "have"},
    ),
    "departement-code": ({"in", "at", "of", "locate", "departement", "the"}, {"departement", "the"}),
    "commune": ({"in", "at", "of", "locate", "touch", "commune"}, {"in", "at", "of", "locate", "touch"}),
    "tool": (
        {"with", "use", "turn", "cite", "plan", "tool", "of", "at", "have"},
        {"with", "use", "turn", "cite", "plan", "tool"},
    ),
    "theme": (
        {"on", "of", "treat", "theme", "in", "with", "have", "for", "concern"},
        {"on", "treat", "theme", "concern"},
    ),
    "audience": (
        {"for", "at", "of", "address", "audience", "with", "have", "concern"},
        {"for", "address", "audience", "concern"},
    ),
    "kind": ({"by", "carry", "carrier", "of", "with", "have"}, {"carry", "carrier"}),
    "organisation": ({"by", "carry", "carrier", "of", "partner", "with", "have"}, {"carry", "carrier", "partner"}),
    "plan": ({"feed"}, {"feed"}),
    "context": ({"during", "in", "of"}, {"during"}),
    "edition": ({"in", "of", "at", "edition"}, set()),
    "stars": ({"at", "with", "of", "have"}, set()),
    "laureate": ({"of", "at", "in", "for", "by", "laureate", "process", "commune"}, set()),
}
# of each kind of thing, the noun that may follow it: “the Essonne department”, “online tools”, “the Cachan process”
FOLLOWING = {
    "region": "region",
    "departement": "departement",
    "departement-code": "departement",
    "tool": "tool",
    "theme": "theme",
    "audience": "audience",
    "laureate": "process",
}


@dataclass(frozen=True)
class Condition:
    """What the laureates fulfil: `how` tells the ways in which `sign` is meant (a tool used, or mentioned at all)."""

    sign: Sign
    how: str = ""


@dataclass(frozen=True)
class Frame:
    """`act` on `target`, for `subject`, one laureate, or for the laureates that fulfil `conditions`.

    `thing`: the indicator, or the aspect of which the source is silent. `by`: what laureates are counted or ranked by.
    """

    act: str
    target: str
    conditions: tuple[Condition, ...] = ()
    subject: Sign | None = None
    by: str = ""
    how: str = ""
    thing: Sign | None = None


@dataclass(frozen=True)
class Reading:
    """The signs of a question that are no condition, in their order, each with the word it begins with."""

    rest: tuple[tuple[Sign, Token], ...]
    conditions: tuple[Condition, ...]
    subject: Sign | None


def unknown(lexicon: Lexicon, words: list[Token]) -> list[Token]:
    """The words that are no sign of anything."""
    stems, known = [word.stem for word in words], set[int]()
    for place in range(len(words)):
        known.update(range(place, place + next((length for length, _ in lexicon.at(stems, place)), 0)))
    return [word for place, word in enumerate(words) if place not in known]


def readings(lexicon: Lexicon, words: list[Token]) -> Iterator[list[Reading]]:
    """The ways to take `words` in which each thing is led to by words that fit it: first where the names are longest.

    Where they are shorter in one place, the readings are others, which are meant only if those before are none.
    """
    left = MOST
    for parts in islice(_parts(lexicon, words), PARTS):
        ways: list[list[tuple[Sign, Token]]] = [[]]
        for word, signs in parts:
            ways = [[*way, (sign, word)] for way in ways for sign in signs]
            if len(ways) > left:
                return
        left -= len(ways)
        joined = (_joined([one for one in _led(way) if one[0].kind != "filler"]) for way in ways)
        yield [reading for way in joined if way is not None for reading in _bound(way)]


def _parts(lexicon: Lexicon, words: list[Token]) -> Iterator[list[tuple[Token, list[Sign]]]]:
    """The words as names and expressions, each with what it is a sign of; the longest first."""
    stems = [word.stem for word in words]
    ends: list[list[tuple[int, list[Sign]]]] = [[] for _ in words]  # of each place, what leads to the end
    for place in reversed(range(len(words))):
        found = lexicon.at(stems, place)
        ends[place] = [one for one in found if place + one[0] == len(words) or ends[place + one[0]]]

    def after(place: int) -> Iterator[list[tuple[Token, list[Sign]]]]:
        if place == len(words):
            yield []
            return
        for length, signs in ends[place]:
            for rest in after(place + length):
                yield [(words[place], signs), *rest]

    return after(0)


def _led(way: list[tuple[Sign, Token]]) -> list[tuple[Sign, Token]]:
    """`way` with what follows a thing before it, as what leads to it is: “3 stars or more”, “online tools”."""
    found: list[tuple[Sign, Token]] = []
    for sign, token in way:
        last = found[-1][0].kind if found else ""
        if sign.kind == "after" and last == "stars":
            found.insert(-1, (Sign("compare", sign.value), token))
        elif sign.kind == "noun" and sign.value == FOLLOWING.get(last) and (last == "tool" or not token.is_plural):
            found.insert(-1, (sign, token))
        else:
            found.append((sign, token))
    return found


def _joined(way: list[tuple[Sign, Token]]) -> list[tuple[Sign, Token]] | None:
    """`way` without “and” between two conditions; None if it joins anything else, as nobody knows what that means."""
    found = []
    for number, one in enumerate(way):
        if one[0].kind != "and":
            found.append(one)
        elif number + 1 == len(way) or way[number + 1][0].kind not in ("prep", "verb"):
            return None
    return found


def _bound(way: list[tuple[Sign, Token]]) -> Iterator[Reading]:
    """`way` with its things taken as conditions, or one of them as the laureate that is asked of."""
    rest: list[tuple[Sign, Token]] = []
    conditions: list[list[Condition]] = []
    subject: Sign | None = None
    for number, (sign, token) in enumerate(way):
        if sign.kind not in LINKS:
            rest.append((sign, token))
            continue
        allowed, needed = LINKS[sign.kind]
        link: list[str] = []
        compare = ""
        while rest and (rest[-1][0].value in allowed or (sign.kind == "stars" and rest[-1][0].kind == "compare")):
            one = rest.pop()[0]
            if one.kind == "compare":
                if compare:
                    return  # at least so many, and at most?
                compare = one.value
            link.append(one.value)
        if needed and not needed & set(link):
            following = way[number + 1][0].value if number + 1 < len(way) else ""
            of_laureates = any(one.value == "laureate" for one, _ in rest)
            if following in needed & {"carry", "use", "plan", "treat", "address", "have"} and of_laureates:
                yield from _bound([*way[:number], way[number + 1], way[number], *way[number + 2 :]])
            return
        before = way[number - len(link) - 1][0] if number > len(link) else None
        if (
            set(link) == {"of"}
            and before is not None
            and before.kind in LINKS
            and before.kind not in ("edition", "stars")
        ):
            return  # of that thing, or in that place? nobody knows
        if sign.kind == "laureate":
            if subject is not None:
                return
            subject = sign
        elif ways := _ways(sign, link, compare):
            conditions.append(ways)
        else:
            return
    kinds = [ways[0].sign.kind.removesuffix("-code") for ways in conditions]
    if len(kinds) != len(set(kinds)):
        return  # both, or one of them? nobody knows
    for chosen in _product(conditions):
        yield Reading(tuple(rest), chosen, subject)


def _ways(sign: Sign, link: list[str], compare: str) -> list[Condition]:
    if sign.kind == "stars":
        return [Condition(sign, compare or "=")]
    if sign.kind == "departement-code":
        return [Condition(replace(sign, kind="departement"))]
    if sign.kind == "tool":
        if "plan" in link and {"use", "turn", "cite"} & set(link):
            return []  # planned, and used?
        for verb, how in (("plan", "planned"), ("use", "used"), ("cite", "any")):
            if verb in link:
                return [Condition(sign, how)]
        return [Condition(sign, "used"), Condition(sign, "any")]
    if sign.kind == "organisation":
        return [Condition(sign, "partner" if "partner" in link else "carrier")]
    return [Condition(sign)]


def _product(conditions: list[list[Condition]]) -> Iterator[tuple[Condition, ...]]:
    found: list[tuple[Condition, ...]] = [()]
    for ways in conditions:
        found = [(*one, way) for one in found for way in ways]
    yield from found
