"""What is answered to each kind of question, in either version, as JSON, HTML, or the address of a page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from trophees.base.errors import brief, harmless
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE
from trophees.places.link import Asked, link
from trophees.serve.backend.refusals import Refused
from trophees.serve.reconcile import requests, territories
from trophees.serve.reconcile.entity import (
    ASKED_ONLY,
    PROPERTIES,
    TYPES,
    Entity,
    Value,
    broader,
    properties_of,
)  # fmt: skip
from trophees.serve.reconcile.graph import Graph
from trophees.serve.reconcile.matching import Candidate, candidates
from trophees.serve.reconcile.preview import page
from trophees.serve.reconcile.things import words

What = Literal["match", "extend", "propose", "entity", "type", "property", "preview", "view"]
FURTHEST = 10_000  # suggestions that may be skipped


@dataclass(frozen=True)
class Asking:
    """A question: `what` of which `version` ("0.2" or "1.0-draft"), in which language, and its parameters."""

    what: What
    version: str
    lang: Language
    text: str = ""
    limit: int = 10
    offset: int = 0


def answer(asking: Asking, body: bytes, graph: Graph) -> Any:
    """The answer in JSON; a text if it is a page. Refused if there is none."""
    if asking.what == "match":
        return _matched(asking, body, graph)
    if asking.what == "extend":
        return _extended(asking, requests.extension(requests.parsed(body, "extend")), graph)
    if asking.what == "propose":
        return _proposed(asking)
    if asking.what in ("preview", "view"):
        entity = graph.entity(asking.text.removeprefix(BASE))
        if entity is None:
            raise Refused(404, f"There is no entity “{brief(harmless(asking.text))}”")
        if asking.what == "view":
            return {"page": entity.id if entity.id in graph.things.all or entity.id in graph.described else ""}
        return page(entity, {of: graph.values(entity, of) for of in properties_of(entity.types[0])}, asking.lang)
    found = {"entity": _entities, "type": _types, "property": _properties}[asking.what](asking, graph)
    return {"result": list(islice(found, asking.offset, asking.offset + asking.limit))}


def _matched(asking: Asking, body: bytes, graph: Graph) -> Any:
    given = requests.parsed(body, "queries")
    if asking.version == "0.2":
        batch = requests.batch_02(given)
        return {
            key: {"result": [_candidate(one, asking.lang) for one in candidates(query, graph)]}
            for key, query in batch.items()
        }
    return {
        "results": [
            {"candidates": [_candidate(one, asking.lang) for one in candidates(query, graph)]}
            for query in requests.batch_10(given)
        ]
    }


def _candidate(one: Candidate, lang: Language) -> dict[str, Any]:
    return {
        **_described(one.entity, lang),
        "type": [_type(type_, lang) for type_ in one.entity.types],
        "score": one.score,
        "match": one.match,
    }


def _described(entity: Entity, lang: Language) -> dict[str, Any]:
    told = {"id": entity.id, "name": entity.name[lang], "description": entity.description[lang]}
    return {key: value for key, value in told.items() if value}


def _type(type_: str, lang: Language) -> dict[str, Any]:
    return {"id": type_, "name": TYPES[type_][lang]}


def typed(type_: str, lang: Language) -> dict[str, Any]:
    """A type with the one that it is a kind of."""
    above = broader(type_)
    return _type(type_, lang) | ({"broader": [_type(above, lang)]} if above else {})


def _property(of: str, lang: Language) -> dict[str, Any]:
    return {"id": of, "name": PROPERTIES[of][0][lang]}


# data extension


def _extended(asking: Asking, asked: requests.Extension, graph: Graph) -> Any:
    wanted = list(dict.fromkeys(of for of in asked.properties if of in PROPERTIES and of not in ASKED_ONLY))
    if unknown := [of for of in asked.properties if of not in wanted]:
        raise Refused(
            400, f"extend: there is no property {brief(harmless(unknown[0]))}, only {', '.join(properties_of(''))}"
        )
    rows = {}
    for key in dict.fromkeys(asked.ids):
        entity = graph.entity(key.removeprefix(BASE))
        told = {of: graph.values(entity, of) if entity else () for of in wanted}
        rows[key] = {of: [_value(value, asking.lang) for value in values] for of, values in told.items()}
    meta = [_property(of, asking.lang) for of in wanted]
    if asking.version == "0.2":
        return {"meta": meta, "rows": rows}
    listed = {key: [{"id": of, "values": values} for of, values in row.items()] for key, row in rows.items()}
    return {"meta": meta, "rows": [{"id": key, "properties": told} for key, told in listed.items()]}


def _value(value: Value, lang: Language) -> dict[str, Any]:
    if isinstance(value, Entity):
        return {"id": value.id, "name": value.name[lang]}
    if isinstance(value, int):
        return {"int": value}
    return {"str": value[lang] if isinstance(value, Both) else value}


def _proposed(asking: Asking) -> Any:
    found = properties_of(asking.text)[: asking.limit]
    return {"type": asking.text, "limit": asking.limit, "properties": [_property(of, asking.lang) for of in found]}


# suggestions


def _entities(asking: Asking, graph: Graph) -> Any:
    """Of the identifier; what is linked; names that begin so, of things, of territories; that have a word that does."""
    prefix = asking.text[: requests.LONGEST].strip()
    told: set[str] = set()

    def found() -> Any:
        if entity := graph.entity(prefix.removeprefix(BASE)):
            yield entity
        letters, names = words(prefix), sorted(graph.things.named)
        if letters and (place := link(Asked(prefix)).place):
            yield territories.entity(place)
        for name in (name for name in names if name.startswith(letters)):
            yield from (graph.things.all[key] for key in graph.things.named[name])
        if not letters:
            return
        yield from (territories.entity(place) for place in islice(territories.beginning(prefix), FURTHEST))
        for name in (name for name in names if f" {letters}" in name):
            yield from (graph.things.all[key] for key in graph.things.named[name])

    for entity in found():
        if entity.id not in told:
            told.add(entity.id)
            yield {**_described(entity, asking.lang), "notable": [_type(t, asking.lang) for t in entity.types]}


def _types(asking: Asking, _: Graph) -> Any:
    for type_, names in TYPES.items():
        if _begins(asking.text, type_, names.fr, names.en):
            yield typed(type_, asking.lang)


def _properties(asking: Asking, _: Graph) -> Any:
    for of, (names, _types) in PROPERTIES.items():
        if _begins(asking.text, of, names.fr, names.en):
            yield _property(of, asking.lang)


def _begins(prefix: str, *names: str) -> bool:
    key = words(prefix)
    return any(f" {words(name)}".find(f" {key}") >= 0 for name in names)
