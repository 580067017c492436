"""What refers to a thing, on as many pages as that takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from trophees.base.language import Language
from trophees.base.namespaces import BASE, OWL, RDFS, SKOS, TP
from trophees.site.collation import natural, sort_key
from trophees.site.concepts import narrower
from trophees.site.model import SHAPES, Site, Thing
from trophees.site.paging import Sheet, Step, pages, sheets, steps
from trophees.site.render import place
from trophees.site.statements import TYPE
from trophees.site.thing.facts import Link, Teller
from trophees.site.thing.ranks import ranks

# bytes of markup around a link, of stars with the tags that go with them, around the name of a narrower concept
_LINK, _STARS, _THROUGH, _TAG = 45, 230, 50, 45
# the other way round of what the page says
_SKIPPED = {
    TYPE, SKOS + "broader", SKOS + "narrower", SKOS + "topConceptOf", SKOS + "hasTopConcept", TP + "about",
    RDFS + "isDefinedBy", TP + "departement", TP + "region", TP + "holds",
}  # fmt: skip
_EXTENTS = ("commune", "arrondissement", "epci", "departement", "region", "place")  # the graph has those of laureates
_CODES = tuple(TP + name for name in ("role", "status", "planRelation", "periodKind", "anomalyKind"))


@dataclass(frozen=True)
class Reference:
    """A thing that refers to this one, and how: by a code of its facts, or by a property."""

    link: Link
    tags: tuple[str, ...]
    stars: int


@dataclass(frozen=True)
class Referrer:
    """A thing that refers to this one, how, and the narrower concepts by which it does: its last tags name them."""

    iri: str
    tags: tuple[str, ...]
    through: tuple[str, ...]


@dataclass(frozen=True)
class Referrers:
    """The things of one kind that refer to this one, each with its tags but for the `tags` that all have."""

    id: str
    label: str
    members: list[Referrer]
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
    indirect: bool = False  # whether some refer to a narrower concept
    extent: bool = False  # whether the number tells how far the graph reaches, not how many there are


def laureates(site: Site, iri: str) -> list[str]:
    """The laureates that refer to `iri` or to a narrower concept, themselves or by a fact."""
    found = {
        subject.partition("#")[0]: None
        for concept in (iri, *narrower(site, iri))
        for predicate, subject in site.incoming(concept)
        if predicate not in _SKIPPED
    }
    return [document for document in found if (thing := site.thing(document)) and thing.kind == "laureate"]


def referrers(site: Site, teller: Teller, thing: Thing) -> list[Referrers]:
    """What refers to `thing` or to a narrower concept, by kind; laureates first, in the order of the report."""
    rank = ranking(site, teller.lang)
    ways = {iri: list(how) for iri, how in _referring(site, teller, thing.iri).items()}
    through: dict[str, list[str]] = {}
    for concept in sorted(narrower(site, thing.iri), key=rank.__getitem__):
        name = site.label(concept, teller.lang)
        for iri, how in _referring(site, teller, concept).items():
            codes = ", ".join(word for word, is_code in how.items() if is_code)
            ways.setdefault(iri, []).append(f"{name}{teller.words('colon')}{codes}" if codes else name)
            through.setdefault(iri, []).append(concept)
    groups: dict[str, list[str]] = {}
    for iri in ways:
        if (referrer := site.thing(iri)) and iri in rank:  # what is withdrawn stands in no list
            groups.setdefault(referrer.kind, []).append(iri)
    found = []
    for kind in sorted(groups, key=lambda k: (k != "laureate", k != "case", k)):
        members = sorted(groups[kind], key=rank.__getitem__)
        all_ways = {tuple(ways[iri]) for iri in members}
        common = all_ways.pop() if len(all_ways) == 1 and len(members) > 1 else ()
        each = [Referrer(iri, () if common else tuple(ways[iri]), tuple(through.get(iri, ()))) for iri in members]
        found.append(Referrers(f"from-{kind}", plural(teller, kind), each, common))
    return found


def _referring(site: Site, teller: Teller, iri: str) -> dict[str, dict[str, bool]]:
    """What refers to `iri` itself, and how: in words, each with whether it is a code of a fact."""
    found: dict[str, dict[str, bool]] = {}
    direct: list[tuple[str, str]] = []
    for predicate, subject in site.incoming(iri):
        document = subject.partition("#")[0]
        if predicate in _SKIPPED or document in (iri, SHAPES) or not subject.startswith(BASE):
            continue
        if site.thing(subject):
            direct.append((predicate, subject))
        else:
            found.setdefault(document, {}).update(_how(site, teller, subject, iri))
    for predicate, subject in direct:
        if subject not in found or predicate not in _derived(site):
            how = teller.term(predicate) if predicate.startswith((TP, RDFS, OWL)) else ""
            found.setdefault(subject, {}).update({how: False} if how else {})
    return found


def references(site: Site, teller: Teller, thing: Thing) -> Iterator[tuple[str, list[References]]]:
    """What refers to `thing`, by the folder of the page that shows it: its own, then those that go on, if any."""
    groups = referrers(site, teller, thing)
    weights = [sum(_weight(site, referrer) for referrer in group.members) for group in groups]
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


def _weight(site: Site, referrer: Referrer) -> int:
    """About how many bytes of markup a reference takes, in whichever language."""
    thing = site.thing(referrer.iri)
    assert thing is not None
    stars = _STARS if site.text(thing.iri, TP + "stars") else 0
    through = sum(_THROUGH + _longest(concept) for iri in referrer.through if (concept := site.thing(iri)))
    tags = _TAG * max(0, len(referrer.tags) - len(referrer.through))
    return _LINK + len(thing.path) + _longest(thing) + stars + through + tags


def _longest(thing: Thing) -> int:
    return max(map(len, thing.labels.values()))


def plural(teller: Teller, kind: str) -> str:
    """What several things of `kind` are called."""
    key = f"kind.{kind}.many"
    return teller.words(key) if teller.words.has(key) else teller.words.sentence(kind)


def _how(site: Site, teller: Teller, node: str, iri: str) -> dict[str, bool]:
    """The codes of a fact, else what sort of fact it is, each with whether it is a code; dates."""
    codes = [c for p in _CODES for c in site.links(node, p) if c != iri]
    classes = [t for t in site.types(node) if t.startswith(TP) and t != TP + "Fact"]
    dates = ", ".join(value.text for value in teller.values(node, TP + "validOn"))
    return {site.label(c, teller.lang): bool(codes) for c in codes or classes} | ({dates: False} if dates else {})


def _derived(site: Site) -> set[str]:
    """The properties that only rules give."""
    if "derived" not in site.cache:
        graph = NamedNode(BASE + "graph/rules")
        given = {quad.predicate.value for quad in site.store.quads_for_pattern(None, None, None, graph)}
        site.cache["derived"] = given - ranks(site).keys()
    found: set[str] = site.cache["derived"]
    return found


def ranking(site: Site, lang: Language) -> dict[str, int]:
    """The place of each thing where things stand together: laureates by edition, the newest first, in the order of the
    source; the rest in alphabetical order.
    """
    if f"ranking-{lang}" not in site.cache:
        places = {thing.iri: (number,) for number, thing in enumerate(site.laureates)}
        found = sorted(
            (thing.iri for thing in site.things()),
            key=lambda iri: (places.get(iri, ()), sort_key(site.label(iri, lang)), natural(iri)),
        )
        site.cache[f"ranking-{lang}"] = {iri: number for number, iri in enumerate(found)}
    ranks: dict[str, int] = site.cache[f"ranking-{lang}"]
    return ranks


def _reference(site: Site, teller: Teller, referrer: Referrer) -> Reference:
    stars = site.text(referrer.iri, TP + "stars")
    link = replace(teller.link(referrer.iri), text=site.apart(referrer.iri, teller.lang, kind_told=True))
    return Reference(link, referrer.tags, int(stars) if stars.isdecimal() else 0)


def _shown(teller: Teller, group: Referrers, parts: list[Sheet[Referrer]], here: int) -> References:
    return References(
        group.id,
        group.label,
        [_reference(teller.site, teller, referrer) for referrer in parts[here].items],
        len(group.members),
        group.tags,
        steps(parts, here, teller.lang, teller.path, f"#{group.id}"),
        parts[here].start,
        any(referrer.through for referrer in group.members),
        group.id.removeprefix("from-") in _EXTENTS,
    )
