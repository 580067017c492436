"""What refers to a thing, on as many pages as that takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from trophees.context import BASE, TP
from trophees.problem import Language
from trophees.site.collation import fold
from trophees.site.facts import Link, Teller, ranks
from trophees.site.model import OWL, RDF_TYPE, RDFS, SHAPES, SKOS, Site, Thing, natural
from trophees.site.paging import Sheet, Step, pages, sheets, steps
from trophees.site.render import place

_LINK, _STARS = 45, 230  # bytes of markup around a link, and of stars with the tags that go with them
# the other way round of what the page says
_SKIPPED = {
    RDF_TYPE, SKOS + "broader", SKOS + "narrower", SKOS + "topConceptOf", SKOS + "hasTopConcept", TP + "about",
    RDFS + "isDefinedBy",
}  # fmt: skip
_CODES = tuple(TP + name for name in ("role", "status", "planRelation", "periodKind", "anomalyKind"))


@dataclass(frozen=True)
class Reference:
    """A thing that refers to this one, and how: by a code of its facts, or by a property."""

    link: Link
    tags: tuple[str, ...]
    stars: int


@dataclass(frozen=True)
class Referrers:
    """The things of one kind that refer to this one: each its IRI and how, but for the `tags` that all have."""

    id: str
    label: str
    members: list[tuple[str, tuple[str, ...]]]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class References:
    """What a page shows of such things, of which there are `count`; `steps` lead to the pages of the others."""

    id: str
    label: str
    items: list[Reference]
    count: int
    tags: tuple[str, ...] = ()
    steps: Sequence[Step] = ()
    start: int = 0  # how many come before, on other pages


def referrers(site: Site, teller: Teller, thing: Thing) -> list[Referrers]:
    """What refers to `thing`, by kind; laureates first, in the order of the report."""
    by_thing: dict[str, dict[str, None]] = {}
    direct: list[tuple[str, str]] = []
    for predicate, subject in site.incoming(thing.iri):
        document = subject.partition("#")[0]
        if predicate in _SKIPPED or document in (thing.iri, SHAPES) or not subject.startswith(BASE):
            continue
        if site.thing(subject):
            direct.append((predicate, subject))
        else:
            by_thing.setdefault(document, {}).update(dict.fromkeys(_how(site, teller, subject, thing.iri)))
    for predicate, subject in direct:
        if subject not in by_thing or predicate not in _derived(site):
            how = teller.term(predicate) if predicate.startswith((TP, RDFS, OWL)) else ""
            by_thing.setdefault(subject, {}).update({how: None} if how else {})
    groups: dict[str, list[str]] = {}
    for iri in by_thing:
        if referrer := site.thing(iri):
            groups.setdefault(referrer.kind, []).append(iri)
    found, rank = [], ranking(site, teller.lang)
    for kind in sorted(groups, key=lambda k: (k != "laureate", k)):
        members = sorted(groups[kind], key=rank.__getitem__)
        ways = {tuple(by_thing[iri]) for iri in members}
        common = ways.pop() if len(ways) == 1 and len(members) > 1 else ()
        each = [(iri, () if common else tuple(by_thing[iri])) for iri in members]
        found.append(Referrers(f"from-{kind}", plural(teller, kind), each, common))
    return found


def references(site: Site, teller: Teller, thing: Thing) -> Iterator[tuple[str, list[References]]]:
    """What refers to `thing`, by the folder of the page that shows it: its own, then those that go on, if any."""
    groups = referrers(site, teller, thing)
    weights = [sum(_weight(site, iri) for iri, _ in group.members) for group in groups]
    room = site.inputs.room if sum(weights) <= site.inputs.room else site.inputs.room // len(groups)
    found = [
        sheets(group.members, pages(weight, room), thing.folder, group.id)
        for group, weight in zip(groups, weights, strict=True)
    ]
    yield thing.folder, [_shown(teller, group, parts, 0) for group, parts in zip(groups, found, strict=True)]
    for group, parts in zip(groups, found, strict=True):
        for number, part in enumerate(parts[1:], 1):
            there = Teller(site, teller.words, place(part.folder, teller.lang))
            yield part.folder, [_shown(there, group, parts, number)]


def _weight(site: Site, iri: str) -> int:
    """About how many bytes of markup a reference takes, in whichever language."""
    thing = site.thing(iri)
    assert thing is not None
    stars = _STARS if site.text(iri, TP + "stars") else 0
    return _LINK + len(thing.path) + max(map(len, thing.labels.values())) + stars


def plural(teller: Teller, kind: str) -> str:
    """What several things of `kind` are called."""
    key = f"kind.{kind}.many"
    return teller.words(key) if teller.words.has(key) else teller.words.sentence(kind)


def _how(site: Site, teller: Teller, node: str, iri: str) -> list[str]:
    """The codes of a fact, else what sort of fact it is."""
    codes = [c for p in _CODES for c in site.links(node, p) if c != iri]
    classes = [t for t in site.types(node) if t.startswith(TP) and t != TP + "Fact"]
    dates = ", ".join(value.text for value in teller.values(node, TP + "validOn"))
    return [site.label(c, teller.lang) for c in codes or classes] + ([dates] if dates else [])


def _derived(site: Site) -> set[str]:
    """The properties that only rules give."""
    if "derived" not in site.cache:
        graph = NamedNode(BASE + "graph/rules")
        given = {quad.predicate.value for quad in site.store.quads_for_pattern(None, None, None, graph)}
        site.cache["derived"] = given - ranks(site).keys()
    found: set[str] = site.cache["derived"]
    return found


def ranking(site: Site, lang: Language) -> dict[str, int]:
    """The place of each thing where things stand together: laureates in the order of the report, the rest in
    alphabetical order.
    """
    if f"ranking-{lang}" not in site.cache:
        found = sorted((thing.iri for thing in site.things()), key=lambda iri: _order(site, lang, iri))
        site.cache[f"ranking-{lang}"] = {iri: number for number, iri in enumerate(found)}
    ranks: dict[str, int] = site.cache[f"ranking-{lang}"]
    return ranks


def _order(site: Site, lang: Language, iri: str) -> tuple[object, ...]:
    number = site.text(iri, TP + "order")
    return natural(number) if number else (), fold(site.label(iri, lang)), natural(iri)


def _reference(site: Site, teller: Teller, iri: str, tags: tuple[str, ...]) -> Reference:
    stars = site.text(iri, TP + "stars")
    return Reference(teller.link(iri), tags, int(stars) if stars.isdecimal() else 0)


def _shown(teller: Teller, group: Referrers, parts: list[Sheet[tuple[str, tuple[str, ...]]]], here: int) -> References:
    return References(
        group.id,
        group.label,
        [_reference(teller.site, teller, iri, tags) for iri, tags in parts[here].items],
        len(group.members),
        group.tags,
        steps(parts, here, teller.lang, teller.path, f"#{group.id}"),
        parts[here].start,
    )
