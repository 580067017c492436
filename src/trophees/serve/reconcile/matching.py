"""The candidates of a query. One is certain (`match`) only if it is the only one, and nothing that is asked is unclear.

A territory is certain only where the matcher of places links it; a thing of the graph, if it alone has the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.places.link import Asked, Linked, link
from trophees.places.place import KINDS
from trophees.serve.reconcile import territories
from trophees.serve.reconcile.entity import TERRITORY, TYPES, Entity
from trophees.serve.reconcile.graph import Graph
from trophees.serve.reconcile.requests import Condition, Query
from trophees.serve.reconcile.things import pairs, words

_CELLS = ("code", "postal", "departement", "region", "kind", "date")  # what the matcher of places understands
_MANY = 20  # combinations of values that are tried
_NEAR = 0.55  # what pairs of letters two names have in common, from which on one is a candidate
_DAY = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d))?(?:T.*)?|(\d\d)/(\d\d)/(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Candidate:
    """An entity, how well it fits, from 0 to 100, and whether it is certain."""

    entity: Entity
    score: float
    match: bool


def candidates(query: Query, graph: Graph) -> list[Candidate]:
    """The best first, as many as the query wants."""
    if query.types and not any(type_ in TYPES for type_ in query.types):
        return []
    named = query.id or query.name
    if (known := graph.entity(named.strip().removeprefix(BASE))) and _of_type(known, query.types):
        found = [Candidate(known, 100, True)]
    elif query.id:
        return []
    else:
        found = [*_territories(query), *_things(query, graph)]
    if sum(one.match for one in found) > 1:
        found = [replace(one, match=False) for one in found]
    found = [kept for one in found if (kept := _conditioned(one, query.conditions, graph, bool(known)))]
    return sorted(found, key=lambda one: (not one.match, -one.score, one.entity.id))[: query.limit]


def _of_type(entity: Entity, types: tuple[str, ...]) -> bool:
    return not types or bool({*entity.types} & {*types})


# territories


def _territories(query: Query) -> list[Candidate]:
    kinds = [type_ for type_ in query.types if type_ in KINDS]
    if query.types and TERRITORY not in query.types and not kinds:
        return []
    if TERRITORY in query.types:
        kinds = []
    answers = [_linked(query, values) for values in _combinations(query.conditions)]
    found: dict[str, Candidate] = {}
    for answer in answers:
        if answer is None:
            continue
        places = (answer.place,) if answer.place else answer.candidates
        sure = len(answers) == 1 and answer.outcome == "linked"
        for place in places:
            if not kinds or place.kind in kinds:
                entity = territories.entity(place, Both(" — ", " — ") + answer.why)
                found.setdefault(entity.id, Candidate(entity, round(100 * answer.score, 1), sure))
    return list(found.values())


def _combinations(conditions: tuple[Condition, ...]) -> list[dict[str, str]]:
    """The cells that the matcher is asked with: one value of each property; none, if they are too many."""
    asked = [c for c in conditions if c.property in _CELLS and c.quantifier != "none" and c.values]
    every = [[(c.property, value) for value in dict.fromkeys(c.values)] for c in asked]
    many = 1
    for one in every:
        many *= len(one)
    return [dict(chosen) for chosen in product(*every)] if many <= _MANY else []


def _linked(query: Query, cells: dict[str, str]) -> Linked | None:
    """What the matcher answers; None if the day is none."""
    on = None
    if day := cells.get("date", "").strip():
        on = day_of(day)
        if on is None:
            return None
    of = {name: _code(value) for name, value in cells.items()}
    kinds = [type_ for type_ in query.types if type_ in KINDS]
    kind = of.get("kind", "") or (kinds[0] if len(kinds) == 1 and TERRITORY not in query.types else "")
    code, postal, departement, region = (of.get(name, "") for name in ("code", "postal", "departement", "region"))
    return link(Asked(query.name, code, postal, departement, region, kind, on))


def _code(value: str) -> str:
    """The code of a territory that is named by its identifier, as one is that was matched before."""
    within = value.removeprefix(BASE)
    return within.rpartition("/")[2] if within.startswith(f"{TERRITORY}/") else value


def day_of(text: str) -> date | None:
    """The day of `2019-01-31`, `31/01/2019`, or the first of the year `2019`; None if it is none."""
    if not (found := _DAY.fullmatch(text)):
        return None
    year, month, day, its_day, its_month, its_year = found.groups()
    try:
        return date(int(year or its_year), int(month or its_month or 1), int(day or its_day or 1))
    except ValueError:
        return None


# things


def _things(query: Query, graph: Graph) -> list[Candidate]:
    key = words(query.name)
    if not key:
        return []
    things = graph.things

    def wanted(thing: str) -> bool:
        return _of_type(things.all[thing], query.types)

    exact = {thing: preferred for thing, preferred in things.named.get(key, {}).items() if wanted(thing)}
    if exact:
        found = [Candidate(things.all[thing], 100 if main else 95, len(exact) == 1) for thing, main in exact.items()]
    else:
        found = []
    scores: dict[str, float] = {}
    letters = pairs(key)
    for name, its in things.near.items():
        likeness = 2 * len(letters & its) / (len(letters) + len(its))
        if likeness >= _NEAR:
            for thing in things.named[name]:
                if thing not in exact and wanted(thing):
                    scores[thing] = max(scores.get(thing, 0), likeness)
    near = (Candidate(things.all[thing], round(90 * likeness, 1), False) for thing, likeness in scores.items())
    return [*found, *near]


# conditions


def _conditioned(one: Candidate, conditions: tuple[Condition, ...], graph: Graph, by_id: bool) -> Candidate | None:
    """The candidate, uncertain if it does not have what is asked; None if it has to, or has what it is not to have.

    `by_id` says that the matcher of places was not asked.
    """
    for condition in conditions:
        linked = TERRITORY in one.entity.types and not by_id and condition.quantifier == "any"
        if linked and condition.property in _CELLS:
            continue  # the matcher knows more spellings
        fits = _fits(one.entity, condition, graph)
        if not fits and (condition.required or condition.quantifier == "none"):
            return None
        if not fits:
            one = replace(one, match=False, score=round(one.score / 2, 1))
    return one


def _fits(entity: Entity, condition: Condition, graph: Graph) -> bool:
    """True if the entity has what is asked; of a property that nobody tells, False, unless it is to have none."""
    asked = [words(value.removeprefix(BASE)) for value in condition.values if words(value)]
    has = {words(text) for value in graph.values(entity, condition.property) for text in _spelt(value)}
    met = [value in has for value in asked]
    if condition.quantifier == "none":
        return not any(met)
    return all(met) if condition.quantifier == "all" else any(met) or not condition.values


def _spelt(value: object) -> tuple[str, ...]:
    if isinstance(value, Entity):
        return (value.id, value.id.rpartition("/")[2], value.name.fr, value.name.en)
    return (value.fr, value.en) if isinstance(value, Both) else (str(value),)
