"""What refers to a thing, and which things are worth a visit from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from trophees.context import BASE, TP
from trophees.problem import Language
from trophees.site.collation import fold
from trophees.site.facts import Link, Teller, ranks
from trophees.site.model import IGEO, OWL, RDF_TYPE, RDFS, SHAPES, SKOS, Site, Thing, natural

LIMIT = 500  # references shown per group; the page says how many more there are
_BUDGET = 2000  # candidates looked at for the neighbours of one thing, the rarest links first
_NEIGHBOURS = 6
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
class References:
    """The things of one kind that refer to this one; `more` is how many are not shown, `tags` what all have."""

    id: str
    label: str
    items: list[Reference]
    more: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Neighbours:
    """Things worth a visit, with what they share."""

    label: str
    items: list[tuple[Link, str]]


def references(site: Site, teller: Teller, thing: Thing) -> Iterator[References]:
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
    for kind in sorted(groups, key=lambda k: (k != "laureate", k)):
        members = sorted(groups[kind], key=lambda iri: _order(site, teller.lang, iri))
        ways = {tuple(by_thing[iri]) for iri in members}
        common = ways.pop() if len(ways) == 1 and len(members) > 1 else ()
        items = [_reference(site, teller, iri, () if common else tuple(by_thing[iri])) for iri in members[:LIMIT]]
        yield References(f"from-{kind}", plural(teller, kind), items, len(members) - len(items), common)


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


def _order(site: Site, lang: Language, iri: str) -> tuple[object, ...]:
    """Laureates in the order of the report, territories and the rest in alphabetical order."""
    number = site.text(iri, TP + "order")
    return natural(number) if number else (), fold(site.label(iri, lang)), natural(iri)


def _reference(site: Site, teller: Teller, iri: str, tags: tuple[str, ...]) -> Reference:
    stars = site.text(iri, TP + "stars")
    return Reference(teller.link(iri), tags, int(stars) if stars.isdecimal() else 0)


# neighbours


def neighbours(site: Site, teller: Teller, thing: Thing) -> Iterator[Neighbours]:
    """Laureates of the same département and with the most tools or themes in common; tools and themes that often go
    together; départements of the same region.
    """
    if thing.kind == "laureate":
        near = _sharing(site, thing.iri, TP + "inDepartement")
        yield from _shown(teller, "near.place", near, "")
        yield from _shown(teller, "near.tools", _sharing(site, thing.iri, TP + "usesTool"), "near.shared")
        yield from _shown(teller, "near.themes", _sharing(site, thing.iri, TP + "addresses"), "near.shared_themes")
    elif thing.kind == "commune":
        here = set(_subjects(site, TP + "covers", thing.iri))
        near = _sharing(site, thing.iri, IGEO + "subdivisionDe", TP + "inDepartement")
        yield from _shown(teller, "near.laureates_here", Counter({s: n for s, n in near.items() if s not in here}), "")
    elif thing.kind == "departement":
        others = _sharing(site, thing.iri, IGEO + "subdivisionDe")
        with_laureates = {s: len(_subjects(site, TP + "inDepartement", s)) for s in others}
        yield from _shown(teller, "near.region", +Counter(with_laureates), "near.counted")
    elif thing.kind == "tool":
        together = _together(site, thing.iri, TP + "usesTool")
        yield from _shown(teller, "near.together", together, "near.laureates")
    elif thing.kind == "theme":
        together = _together(site, thing.iri, TP + "addresses")
        yield from _shown(teller, "near.themes_together", together, "near.laureates")


def _sharing(site: Site, iri: str, predicate: str, theirs: str = "") -> Counter[str]:
    """How many values of `predicate` other things have in common with `iri`: as values of `theirs`, or of the same."""
    found: Counter[str] = Counter()
    shared = sorted((_subjects(site, theirs or predicate, value) for value in site.links(iri, predicate)), key=len)
    budget = _BUDGET
    for subjects in shared:
        budget -= len(subjects)
        if budget < 0:
            break
        found.update(s for s in subjects if s != iri)
    return found


def _subjects(site: Site, predicate: str, value: str) -> list[str]:
    """What has `value`; looked up once, not once for each of those that have it."""
    known: dict[tuple[str, str], list[str]] = site.cache.setdefault("subjects", {})
    if (predicate, value) not in known:
        known[predicate, value] = site.subjects(predicate, value)
    return known[predicate, value]


def _together(site: Site, iri: str, predicate: str) -> Counter[str]:
    """How many things have both `iri` and another value of `predicate`."""
    found: Counter[str] = Counter()
    for subject in _subjects(site, predicate, iri)[:_BUDGET]:
        found.update(v for v in site.links(subject, predicate) if v != iri)
    return found


def _shown(teller: Teller, title: str, counts: Counter[str], remark: str) -> Iterator[Neighbours]:
    best = sorted(counts.items(), key=lambda item: (-item[1], _order(teller.site, teller.lang, item[0])))[:_NEIGHBOURS]
    items = [(teller.link(iri), teller.words.count(remark, number) if remark else "") for iri, number in best]
    if items:
        yield Neighbours(teller.words(title), items)
