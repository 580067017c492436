"""A cell, taken apart: which words are the name, and what the others say of kind, number, and place around."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from trophees.places.digits import (
    DEPARTEMENT,
    LARGE,
    codes_of,
    has_large,
    labelled,
    ordinal_of,
    unglued,
    without_cedex,
    without_codes,
)
from trophees.places.grammar import FORMS, GRAMMAR, both_of
from trophees.places.segments import LINKS, abbreviates, segments

_NUMBERED = re.compile(r"(c[dg])(0[1-9]|[1-8][0-9]|9[0-5]|2[ab]|97[1-6])")
_SHORT = re.compile(r"(ept|t)([0-9]{1,2})")
_SIGNED = re.compile(r"\s*[-+\u2010-\u2015\u2212]\s*[0-9][0-9.,\s]*")
_DECIMALS = re.compile(r"^(\s*[0-9]+)\.0+(?=\s*\Z)")  # a code as spreadsheets leave it
_CUT = re.compile(r"[-\u2010\u2011][^\W\d_]{1,3}\Z")
_FRONTS = GRAMMAR.fronts | LINKS  # « Savoie (Haute-) », « Belfort (Territoire de) »


def _lengths(end: int) -> dict[str, tuple[int, ...]]:
    """How many words the phrases have that announce a kind, by their word at that end; the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in GRAMMAR.heads:
        found[phrase[end]].add(len(phrase))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


_BY_FIRST = _lengths(0)
_BY_LAST = _lengths(-1)


class Reading(NamedTuple):
    """One way to read a cell."""

    words: tuple[str, ...] = ()
    """Of the name, folded."""
    sort: str = ""
    """What stands before it, or in brackets, announces: a sort of `grammar.json`."""
    article: str = ""
    """The article that stands behind the name: « Rochelle (La) »."""
    numbers: tuple[str, ...] = ()
    """Codes of départements, postal codes or INSEE codes beside it."""
    ordinal: int = 0
    """Of a municipal arrondissement."""
    doubtful: bool = False
    """True if that number may be the code of the département as well: « Marseille 13 »."""
    around: tuple[tuple[str, ...], ...] = ()
    """What has to be the name of a département or région around it."""
    cut: bool = False
    """True if the cell ends with a hyphen and an article, which is not moved then: « Villars-le »."""


def readings(text: str) -> Iterator[Reading]:
    """The ways to read `text`, the likeliest first; none where nothing in it may be a name, as in « -94016 »."""
    yield from _of_text(text)
    if "\n" in (text := text.strip()):  # of a cell that is wrapped by hand
        yield from _of_text(" ".join(text.split()))


def _of_text(text: str) -> Iterator[Reading]:
    if _SIGNED.fullmatch(text):
        return
    text = _DECIMALS.sub(r"\1", text)
    parts, slashed = segments(text)
    if not parts:
        return
    if slashed is not None:
        yield from _of_name(Reading(words=slashed))
    whole, names = _classified(parts)
    if _CUT.search(text.rstrip()[-4:]):
        whole = whole._replace(cut=True)
    if len(names) > 1:
        spelt = names[0], names[0][_head(names[0])[0] :]  # « CA Guingamp-Paimpol Agglomération (GPA) »
        names = [names[0], *(name for name in names[1:] if not any(abbreviates(name, words) for words in spelt))]
        whole, names = _said_once(whole, names)
    if not names:
        yield whole
        if whole.sort:  # « Mairé (86) » is a commune
            yield whole._replace(words=parts[0], sort="")
        return
    if len(names) == 1:
        yield from _of_name(whole._replace(words=names[0]))
    else:
        yield from _between(whole, names)
    front = parts[1] if len(parts) > 1 else ()
    if front and (front[-1] in _FRONTS or (len(front) > 1 and front[-1] in GRAMMAR.articles)):
        yield from _of_name(whole._replace(words=front + parts[0], sort=""))


def _between(whole: Reading, names: list[tuple[str, ...]]) -> Iterator[Reading]:
    """The ways to read several names: one is around the other, or they are one."""
    yield from _of_name(whole._replace(words=names[0], around=tuple(names[1:])))
    yield from _of_name(whole._replace(words=names[-1], around=tuple(names[:-1])))
    if len(names) > 2:
        yield from _of_name(whole._replace(words=_joined(names[:-1]), around=(names[-1],)))
    yield from _of_name(whole._replace(words=_joined(names)))


def _said_once(whole: Reading, names: list[tuple[str, ...]]) -> tuple[Reading, list[tuple[str, ...]]]:
    """The longest name if all are the same but for what announces it: « Mairie de Cachan, 94230 Cachan »."""
    shorter = [without_codes(name) for name in names]
    cores = []
    for words, _ in shorter:
        length, _ = _head(words)
        rest = words[length:]
        cores.append({words, rest[1:] if length and len(rest) > 1 and rest[0] in LINKS else rest})
    if not set.intersection(*cores):  # « Ville-en-Sallaz » may be announced by « Ville », or not
        return whole, names
    numbers = tuple(number for _, beside in shorter for number in beside)
    return whole._replace(numbers=whole.numbers + numbers), [max((words for words, _ in shorter), key=len)]


def _joined(names: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for name in names for word in name)


def _classified(parts: list[tuple[str, ...]]) -> tuple[Reading, list[tuple[str, ...]]]:
    """What the segments that are no name say; and those that may be one."""
    whole = Reading()
    names: list[tuple[str, ...]] = []
    label: tuple[str, ...] = ()
    for segment in parts:
        words = label + without_cedex(segment)
        label = ()
        if not words or (names and words == ("france",)):
            continue
        if names and words in GRAMMAR.labels:  # « (INSEE : 94016) »
            label = words
        elif numbers := (labelled(words) if names else ()) or codes_of(words):
            whole = whole._replace(numbers=whole.numbers + numbers)
        elif names and len(words) == 1 and words[0] in GRAMMAR.articles:
            whole = whole._replace(article=words[0])
        elif names and (ordinal := ordinal_of(words)):
            whole = whole._replace(ordinal=ordinal)
        elif names and (numbered := _numbered(words, True))[0] == len(words):  # « (EPT 12) », « (T12) »
            whole = whole._replace(sort="ept", numbers=(*whole.numbers, numbered[1]))
        elif names and any(words[: len(hall)] == hall for hall in GRAMMAR.halls):
            continue
        elif (sort := GRAMMAR.heads.get(_trimmed(words))) or (names and (sort := _kind(words))):
            whole = whole._replace(sort=sort)
        elif names and len(words) > 1 and len(words[0]) > 1 and DEPARTEMENT.fullmatch(words[0]):  # « (974 La Réunion) »
            whole = whole._replace(numbers=(*whole.numbers, words[0]))
            names.append(words[1:])
        else:
            names.append(words)
    return whole, names


def _kind(words: tuple[str, ...]) -> str:
    """The sort that the words say, behind a name, if they say one: « place » is any, and Placé is a commune."""
    sort = GRAMMAR.kinds.get(words, "")
    return sort if sort != "any" else ""


def _of_name(read: Reading) -> Iterator[Reading]:
    """The ways to read the segment with the name: without the codes, or the country, at its ends; then as it is."""
    words = read.words
    shorter, numbers = without_codes(words)
    if len(shorter) > 1 and shorter[-1] == "france" and shorter[-2] not in GRAMMAR.links:
        shorter = shorter[:-1]
    if shorter != words:
        yield from _announced(read._replace(words=shorter, numbers=read.numbers + numbers))
    yield from _announced(read)


def _announced(read: Reading) -> Iterator[Reading]:
    """The ways to read the words: as they are, then without those that announce the kind."""
    words = read.words
    if len(words) == 1 and (county := _NUMBERED.fullmatch(words[0])):
        yield read._replace(words=(), sort="departement", numbers=(*read.numbers, county[2]))
        return
    yield from _whole_or_half(read)
    length, siren = _numbered(words, False)
    if length:
        read = read._replace(words=words[length:], sort="ept", numbers=(*read.numbers, siren))
        yield from _whole_or_half(read)
        return
    length, sort = _tail(words)
    if length and (both := both_of(read.sort, sort)):
        yield read._replace(words=words[:-length], sort=both)
    for _ in range(3):
        skipped = 1 if read.sort and len(read.words) > 1 and read.words[0] in LINKS else 0
        length, sort = _head(read.words[skipped:])
        if not length:
            break
        rest = read.words[skipped + length :]
        if len(rest) == 1 and rest[0] in LINKS:
            rest = ()
        if numbers := codes_of(rest[1:] if rest and (rest[0] in LINKS or rest[0] in GRAMMAR.signs) else rest):
            read = read._replace(words=(), sort=sort, numbers=read.numbers + numbers)
            yield read
            break
        if not (both := both_of(read.sort, sort)):
            break
        read = read._replace(words=rest, sort=both)
        yield from _whole_or_half(read)


def _whole_or_half(read: Reading) -> Iterator[Reading]:
    """The words, and the half of them if the other half is the same: « Bora-Bora », « Cachan Cachan »."""
    yield from _with_number(read)
    words = read.words
    for start in (0, 1) if words and words[0] in LINKS else (0,):
        half = (len(words) - start) // 2
        if half and words[start : start + half] == words[start + half :]:
            yield from _with_number(read._replace(words=words[: start + half]))


def _with_number(read: Reading) -> Iterator[Reading]:
    """The reading, or those in which a number is that of a municipal arrondissement."""
    if not has_large(read.words):
        yield read
        return
    words = unglued(read.words)
    plain = tuple(word for word in words if word not in GRAMMAR.districts)
    if plain and (words[0] in LINKS or words[0] in GRAMMAR.articles):
        plain = plain[1:]
    for city, number in ((plain[:1], plain[1:]), (plain[-1:], plain[:-1])):
        if number and number[-1] in LINKS:
            number = number[:-1]
        if city and city[0] in LARGE and number and (ordinal := ordinal_of(number)):
            yield read._replace(words=city, ordinal=ordinal, doubtful=city + number == ("marseille", "13"))
            return
    yield read


def _head(words: tuple[str, ...]) -> tuple[int, str]:
    """How many words announce the name, and of which sort; 0 if none does. « CD94 » is read as two words before."""
    for length in _BY_FIRST.get(words[0], ()) if words else ():
        if length <= len(words) and (sort := GRAMMAR.heads.get(words[:length])):
            return length, sort
    return 0, ""


def _tail(words: tuple[str, ...]) -> tuple[int, str]:
    """How many words at the end say which EPCI it is, and its sort: « Grand Poitiers Communauté urbaine »."""
    for length in _BY_LAST.get(words[-1], ()):
        whole = length < len(words) and (length > 1 or words[-1] in FORMS)
        sort = GRAMMAR.heads.get(words[-length:], "") if whole else ""
        if "types" in GRAMMAR.sorts.get(sort, {}):
            return length, sort
    return 0, ""


def _numbered(words: tuple[str, ...], beside: bool) -> tuple[int, str]:
    """How many words are the number of an EPT, and its SIREN: « EPT 8 », « EPT n° 8 », « T8 »; 0 if none is.

    « T8 », « Territoire 8 » are one only `beside` a name, which may follow.
    """
    length, sort = _head(words)
    called, number = words[0], ""
    if sort == "ept":
        length += length < len(words) and words[length] in GRAMMAR.signs
        number = words[length] if length < len(words) else ""
        length += 1
    elif found := _SHORT.fullmatch(called):
        called, number, length = found[1], found[2], 1
    siren = GRAMMAR.numbered.get(number.lstrip("0"), "")
    if not siren or (called in ("t", "territoire") and not beside and length == len(words)):
        return 0, ""
    return length, siren


def _trimmed(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if len(words) > 1 and words[-1] in LINKS else words
