"""Names of one département that are near what is written: one letter is wrong, or the end is missing."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from trophees.places import names
from trophees.places.grammar import GRAMMAR
from trophees.places.place import DEPARTEMENT, Place
from trophees.places.tables import once

SHORTEST = 4  # letters: of what is shorter, one letter is too much
SHORTEST_CUT = 5
SHORTEST_GROUPING = 6

_Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class _County:
    written: tuple[str, ...]
    """The keys of its names, sorted."""
    places: Mapping[str, tuple[Place, ...]]
    whole: Mapping[_Key, tuple[tuple[str, str], ...]]
    """Names without spaces, with their keys, by length and first letters, and by length and last ones."""
    bare: Mapping[_Key, tuple[tuple[str, str], ...]]
    """The same of names that have an article, without it."""


@once
def _counties() -> Mapping[str, Mapping[str, tuple[Place, ...]]]:
    found: dict[str, dict[str, tuple[Place, ...]]] = defaultdict(dict)
    for written, group in names.names().whole.items():
        for place in group:
            if place.kind in names.COMMUNES or place.kind == DEPARTEMENT:
                for county in names.departements(place.kind, place.code, place.of):
                    known = found[county].get(written, ())
                    found[county][written] = (*known, place)
    return found


@once
def _county(code: str) -> _County:
    places = _counties().get(code, {})
    written = tuple(sorted(places))
    whole: dict[_Key, list[tuple[str, str]]] = defaultdict(list)
    bare: dict[_Key, list[tuple[str, str]]] = defaultdict(list)
    for name in written:
        _keep(whole, name.replace(" ", ""), name)
        first, _, rest = name.partition(" ")
        if first in GRAMMAR.articles:
            _keep(bare, rest.replace(" ", ""), name)
    return _County(written, places, _fixed(whole), _fixed(bare))


def _keep(table: dict[_Key, list[tuple[str, str]]], short: str, name: str) -> None:
    length = len(short)
    for kept in _all_kept(length):
        table[length, short[:kept], ""].append((short, name))
        table[length, "", short[-kept:]].append((short, name))


@cache
def _all_kept(length: int) -> frozenset[int]:
    """What may be kept of a name of that length in what one letter makes of it."""
    return frozenset(_kept(near) for near in (length - 1, length, length + 1) if near >= SHORTEST)


def _kept(length: int) -> int:
    """Of what one letter makes of a name of that length, so many letters at its beginning or its end are the same."""
    return min(3, length // 2 - 1)


def _fixed(found: Mapping[_Key, list[tuple[str, str]]]) -> Mapping[_Key, tuple[tuple[str, str], ...]]:
    return {key: tuple(group) for key, group in found.items()}


def misspelt(written: str, counties: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """The names in these départements, at any time, that one letter makes of `written`, with their records.

    One letter is another, is missing, is too much, or two that follow each other have changed places.
    """
    short = written.replace(" ", "")
    found: dict[str, tuple[Place, ...]] = {}
    if len(short) < SHORTEST:
        return found
    kept = _kept(len(short))
    start, end = short[:kept], short[-kept:]
    for code in sorted(counties):
        county = _county(code)
        for table in (county.whole, county.bare):
            for length in (len(short) - 1, len(short), len(short) + 1):
                near = table.get((length, start, ""), ()) + table.get((length, "", end), ())
                close = near and {name for other, name in near if one_letter(short, other)}
                for name in sorted(close) if close else ():
                    found[name] = (*found.get(name, ()), *county.places[name])
            if found:
                break
    return found


@once
def _groupings() -> Mapping[str, Mapping[str, tuple[Place, ...]]]:
    """EPCI and EPT by what their names have beside words of kind and small words, without spaces, by département."""
    found: dict[str, dict[str, tuple[Place, ...]]] = defaultdict(dict)
    for written, group in names.names().loose.items():
        for place in group:
            for county in names.departements(place.kind, place.code):
                known = found[county].get(written.replace(" ", ""), ())
                found[county][written.replace(" ", "")] = (*known, place)
    return found


def misspelt_grouping(content: str, counties: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """The EPCI and EPT of these départements, at any time, of whose names spaces or one letter make `content`."""
    short = content.replace(" ", "")
    found: dict[str, tuple[Place, ...]] = {}
    if len(short) < SHORTEST_GROUPING:
        return found
    for code in sorted(counties):
        for other, group in _groupings().get(code, {}).items():
            if other == short or one_letter(short, other):  # but for spaces, or for a letter
                found[other] = tuple(dict.fromkeys((*found.get(other, ()), *group)))
    return found


@once
def _contents(code: str) -> Mapping[str, tuple[str, ...]]:
    """The keys of the names in a département by their words but for small ones, where there are several such words."""
    found: dict[str, list[str]] = defaultdict(list)
    for written in _county(code).written:
        kept = [word for word in written.split() if word not in GRAMMAR.links]
        if len(kept) > 1:
            found[" ".join(kept)].append(written)
    return {kept: tuple(group) for kept, group in found.items()}


def but_for_links(written: str, counties: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """The names in these départements, at any time, that differ from `written` by small words, with their records."""
    kept = " ".join(word for word in written.split() if word not in GRAMMAR.links)
    found: dict[str, tuple[Place, ...]] = {}
    for code in sorted(counties):
        for name in _contents(code).get(kept, ()):
            found[name] = (*found.get(name, ()), *_county(code).places[name])
    return found


def cut(written: str, counties: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """The names in these départements, at any time, that begin with `written`, with their records."""
    found: dict[str, tuple[Place, ...]] = {}
    if len(written.replace(" ", "")) < SHORTEST_CUT:
        return found
    for code in sorted(counties):
        county = _county(code)
        at = bisect_left(county.written, written)
        while at < len(county.written) and county.written[at].startswith(written):
            name = county.written[at]
            found[name] = (*found.get(name, ()), *county.places[name])
            at += 1
    return found


def one_letter(a: str, b: str) -> bool:
    """True if the two differ by one letter, or by two that follow each other and have changed places."""
    if len(a) > len(b):
        a, b = b, a
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    rest, other = a[start:], b[start:]
    if len(a) < len(b):
        return len(b) - len(a) == 1 and rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
