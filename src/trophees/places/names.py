"""The names of the reference by their keys: as they are written, without their article, without spaces; EPCI by what is
left of them without words of kind.

A key leads to every record that has, had or will have the name: which of them is meant is for `link` to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from trophees.places import reference
from trophees.places.grammar import FORMS, GRAMMAR
from trophees.places.place import (
    ARRONDISSEMENT,
    ASSOCIATED,
    COLLECTIVITY,
    COMMUNE,
    DELEGATED,
    DEPARTEMENT,
    EPCI,
    EPT,
    MUNICIPAL,
    REGION,
    Place,
)
from trophees.places.spelling import key, words
from trophees.places.tables import once

Group = tuple[Place, ...]
PARTS = frozenset({DELEGATED, ASSOCIATED})
COMMUNES = PARTS | {COMMUNE, MUNICIPAL}
GROUPINGS = frozenset({EPCI, EPT})


@dataclass(frozen=True, slots=True)
class Names:
    """The keys, with their records."""

    whole: Mapping[str, Group]
    """Names of communes and what is above them, as they are written."""
    bare: Mapping[str, Group]
    """Names that have an article, without it."""
    unbracketed: frozenset[str]
    """Names that have brackets, without them: keys of `whole`."""
    groupings: Mapping[str, Group]
    """EPCI and EPT: their names, with and without CC, CA, CU before."""
    own: Mapping[str, Group]
    """EPCI and EPT: names that stand alone."""
    loose: Mapping[str, Group]
    """EPCI and EPT: what is left without words of kind and small words."""
    arrondissements: Mapping[str, Group]


@once
def names() -> Names:
    """The names of every record of the reference."""
    whole: dict[str, list[Place]] = defaultdict(list)
    bare: dict[str, list[Place]] = defaultdict(list)
    groupings: dict[str, list[Place]] = defaultdict(list)
    loose: dict[str, list[Place]] = defaultdict(list)
    own: dict[str, list[Place]] = defaultdict(list)
    districts: dict[str, list[Place]] = defaultdict(list)
    for place in reference.places():
        if place.kind in GROUPINGS:
            for form in _forms(place.name):
                spelt = words(form)
                rest = without_form(spelt)
                for written in {" ".join(spelt), " ".join(without_links(rest))}:
                    groupings[written].append(place)
                for alone in _alone(rest):
                    own[alone].append(place)
                loose[content(spelt)].append(place)
            continue
        table = districts if place.kind == ARRONDISSEMENT else whole
        for written in {key(form) for form in _forms(place.name)}:
            table[written].append(place)
            first, _, after = written.partition(" ")
            if after and first in GRAMMAR.articles:
                (table if place.kind == ARRONDISSEMENT else bare)[after].append(place)
            elif place.kind in (DEPARTEMENT, REGION, COLLECTIVITY):
                for article in GRAMMAR.articles:  # which are no part of their names, as INSEE has them
                    whole[f"{article} {written}"].append(place)
    unbracketed = frozenset(key(_forms(place.name)[-1]) for place in reference.places() if "(" in place.name)
    return Names(
        _fixed(whole), _fixed(bare), unbracketed, _fixed(groupings), _fixed(own), _fixed(loose), _fixed(districts)
    )


def _fixed(found: Mapping[str, Iterable[Place]]) -> Mapping[str, Group]:
    return {written: tuple(dict.fromkeys(group)) for written, group in found.items() if written}


def _forms(name: str) -> list[str]:
    """The name; and, if it has brackets, the same without them."""
    before, bracket, rest = name.partition("(")
    return [name, before + rest.partition(")")[2]] if bracket else [name]


def without_form(spelt: list[str]) -> list[str]:
    """The words of the name of an EPCI without CC, CA or CU before."""
    return spelt[1:] if spelt and spelt[0] in FORMS else spelt


def _alone(rest: list[str]) -> set[str]:
    """What the name of an EPCI, without its form, is called alone: « Grand Reims », « Nice Côte d’Azur ».

    Not one word, nor what has an article: « du Vimeu » is of a country of that name, nor « Pays … ».
    """
    found = set()
    if len(rest) > 1 and without_links(rest) == rest and rest[0] != "pays":
        found.add(" ".join(rest))
    core = rest[1:] if rest and rest[0] in GRAMMAR.joined else rest
    core = core[:-1] if core and core[-1] in GRAMMAR.joined else core
    least = 2 if without_links(core)[:1] == ["grand"] else 3
    if len(without_links(core)) >= least and (core != rest or least == 2) and core[:1] != ["pays"]:
        found.add(" ".join(without_links(core)))
    return found


def without_links(spelt: list[str]) -> list[str]:
    """The words without the prepositions and articles that they begin with."""
    at = 0
    while at < len(spelt) - 1 and (
        spelt[at] in GRAMMAR.prepositions or spelt[at] in ("la", "l", "du", "des", "le", "les")
    ):
        at += 1
    return spelt[at:]


def content(spelt: Iterable[str]) -> str:
    """What is left of the name of an EPCI without words of kind and small words, its words in order."""
    return " ".join(w for w in spelt if w not in GRAMMAR.links and w not in GRAMMAR.joined and w not in FORMS)


@once
def compact() -> Mapping[str, tuple[str, ...]]:
    """The keys in `whole` by what they are without spaces, of those that have any."""
    found: dict[str, list[str]] = defaultdict(list)
    for written in names().whole:
        found[written.replace(" ", "")].append(written)
    return {joined: tuple(group) for joined, group in found.items()}


@once
def short() -> frozenset[str]:
    """What a name may be without spaces, but for an EPCI that words of kind tell: every key, and each name in use."""
    tables = (names().whole, names().bare, names().own)
    keys = (written for table in tables for written in table)
    return frozenset(written.replace(" ", "") for written in keys) | {"".join(phrase) for phrase in GRAMMAR.usual}


@cache
def departements(kind: str, code: str, of: str = "") -> frozenset[str]:
    """The codes of the départements that a territory lies in, at any time."""
    if kind in COMMUNES:
        return frozenset({reference.departement(of or code)})
    if kind in (DEPARTEMENT, COLLECTIVITY):
        return frozenset({code})
    if kind == ARRONDISSEMENT:
        return frozenset({of})
    if kind == REGION:
        return in_region(code)
    return _of_groupings().get(code, frozenset())


@cache
def in_region(code: str) -> frozenset[str]:
    """The codes of the départements of a région, at any time."""
    return frozenset(
        county for county, groups in reference._members("regions").items() if code in {g[0] for g in groups}
    )


@once
def _of_groupings() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for commune, groups in reference._members("members").items():
        for grouping, *_ in groups:
            found[grouping].add(reference.departement(commune))
    return {code: frozenset(counties) for code, counties in found.items()}
