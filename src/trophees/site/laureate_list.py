"""What lists of laureates show: a card for each, and the values by which they can be narrowed down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from trophees.base.language import Language
from trophees.base.namespaces import BASE, CARRIER, SKOS, TP
from trophees.site.collation import sort_key
from trophees.site.covered import smallest
from trophees.site.l10n import Words
from trophees.site.model import Site, Thing, last
from trophees.site.statements import Name

LINK = 130  # bytes of markup of a link, about
USED = BASE + "status/used"
NONE = "none"  # the value of those that have none
STATUSES = ("used", "planned", "offered", "wished", "model")  # of tools, in the order in which they are told
_NAMES = ("stars", "edition", "region", "theme", "tool", "kind")


@dataclass(frozen=True)
class Card:
    """What the list says of a laureate. `carriers` are as printed in French, and by their names in English; `keys` are
    its values of each facet, by the end of their IRIs."""

    iri: str
    href: str
    name: Name
    stars: int  # 0 if the source gives none
    awards: tuple[Name, ...]  # other than stars
    edition: Name  # empty where there is only one
    carriers: tuple[Name, ...]
    places: tuple[Name, ...]
    kinds: tuple[Name, ...]
    themes: tuple[Name, ...]  # the main ones first
    tools: tuple[Name, ...]  # those in use, then those that are not, each with its status
    keys: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """A value of a facet, and the laureates that have it."""

    key: str
    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list down."""

    name: str
    title: str
    choices: tuple[Choice, ...]


def cards(site: Site, lang: Language, path: str, things: Iterable[Thing] | None = None) -> list[Card]:
    """The cards of `things`, or of all laureates, for the page `path`:
    most stars first, then by edition, as in the source.
    """
    made = [_card(site, thing, lang, path) for thing in (site.laureates if things is None else things)]
    return sorted(made, key=lambda card: -card.stars)


def _card(site: Site, thing: Thing, lang: Language, path: str) -> Card:
    iri = thing.iri

    def names(iris: Iterable[str]) -> tuple[Name, ...]:
        return tuple(sorted({site.name(i, lang) for i in iris}, key=lambda name: sort_key(name.text)))

    stars = int(site.text(iri, TP + "stars") or 0)
    editions = site.links(iri, TP + "edition")
    covered = site.links(iri, TP + "covers")
    named, kinds = site.links(iri, TP + "carriedBy"), sorted(_carrier_kinds(site, iri))
    themes, tools = site.links(iri, TP + "addresses"), site.links(iri, TP + "usesTool")
    topics = [topic for topic in site.links(iri, TP + "topic") if site.text(topic, TP + "main") in ("true", "1")]
    main = {theme for topic in topics for theme in site.links(topic, TP + "theme")}
    return Card(
        iri=iri,
        href=site.href(iri, lang, path),
        name=site.name(iri, lang),
        stars=stars,
        awards=names(award for award in site.links(iri, TP + "distinction") if not award.endswith("-star")),
        edition=_edition(site, editions[0], lang) if editions and len(site.editions) > 1 else Name("", ""),
        carriers=_printed_line(site, iri) if lang == "fr" else names(named) or _printed_line(site, iri),
        places=names(smallest(covered)),
        kinds=names(kinds),
        themes=(*names(main.intersection(themes)), *names(set(themes).difference(main))),
        tools=(*names(tools), *_not_in_use(site, iri, lang)),
        keys={
            "stars": (str(stars),),
            "edition": _keys(editions),
            "region": _keys(site.links(iri, TP + "inRegion")),
            "theme": _keys(root for theme in themes for root in roots(site, theme)),
            "tool": _keys(root for tool in tools for root in roots(site, tool)),
            "kind": _keys(kinds),
        },
    )


def _edition(site: Site, iri: str, lang: Language) -> Name:
    words = Words(lang)
    return Name(f"{words('list.facet.edition')} {by_year(site, iri, lang)}", lang)


def by_year(site: Site, edition: str, lang: Language) -> str:
    """What an edition is called among others: its year, or its name where it has none or shares it."""
    years = Counter(site.text(iri, TP + "year") for iri in site.editions)
    year = site.text(edition, TP + "year")
    return year if years[year] == 1 else Words(lang).sentence(site.label(edition, lang))


def _not_in_use(site: Site, iri: str, lang: Language) -> Iterator[Name]:
    """The tools that `iri` plans, offers, wishes for or takes as its model, each with that."""
    found: set[tuple[str, str]] = set()
    for use in site.links(iri, TP + "toolUse"):
        for status in site.links(use, TP + "status"):
            if status != USED:
                found.update((tool, status) for tool in site.links(use, TP + "tool"))
    told = [(STATUSES.index(last(status)), site.name(tool, lang), site.label(status, lang)) for tool, status in found]
    for _, name, status in sorted(told, key=lambda it: (it[0], sort_key(it[1].text))):
        yield replace(name, text=f"{name.text} ({status})")


def _printed_line(site: Site, iri: str) -> tuple[Name, ...]:
    """The line of the report that names the carriers, if it prints one."""
    line = site.text(iri, TP + "carrierLine")
    return (Name(line, "fr"),) if line else ()


def _keys(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({last(iri) for iri in iris})) or (NONE,)


def _carrier_kinds(site: Site, laureate: str) -> set[str]:
    """The kinds of the organisations that carry `laureate`, named or not."""
    found: set[str] = set()
    for part in site.links(laureate, TP + "involvement"):
        if CARRIER in site.links(part, TP + "role"):
            named = site.links(part, TP + "organisation")
            for node in named or [part]:
                found.update(site.links(node, TP + "organisationKind"))
    return found


def roots(site: Site, concept: str) -> set[str]:
    """The top concepts above `concept`, or itself; a circle of broader concepts has none."""
    found, seen, todo = set(), {concept}, [concept]
    while todo:
        iri = todo.pop()
        above = site.links(iri, SKOS + "broader")
        if not above:
            found.add(iri)
        todo += [broader for broader in above if broader not in seen]
        seen.update(above)
    return found


def facets(site: Site, found: list[Card], words: Words) -> list[Facet]:
    """Every value that a card has: stars from the most, the rest by name, and none at the end.

    Editions are told apart where there are several.
    """
    prefixes = {
        "edition": "edition/",
        "region": "territory/region/",
        "theme": "theme/",
        "tool": "tool/",
        "kind": "organisation-kind/",
    }

    def label(name: str, key: str) -> str:
        if key == NONE:
            return words(f"list.none.{name}")
        if name == "stars":
            return words.count("list.stars", int(key)) if int(key) else words("list.none.stars")
        if name == "edition":
            return by_year(site, BASE + prefixes[name] + key, words.lang)
        return words.sentence(site.label(BASE + prefixes[name] + key, words.lang))

    made = []
    for name in _NAMES if len(site.editions) > 1 else [name for name in _NAMES if name != "edition"]:
        members: dict[str, list[Card]] = {}
        for card in found:
            for key in card.keys[name]:
                members.setdefault(key, []).append(card)
        choices = [Choice(key, label(name, key), tuple(having)) for key, having in members.items()]
        order = _by_stars if name == "stars" else _by_label
        made.append(Facet(name, words(f"list.facet.{name}"), tuple(sorted(choices, key=order))))
    return made


def _by_stars(choice: Choice) -> tuple[int, str]:
    return -int(choice.key), ""


def _by_label(choice: Choice) -> tuple[int, str]:
    return int(choice.key == NONE), sort_key(choice.label)


def named_in_index(site: Site, narrowed: list[Facet]) -> bool:
    """Whether the index itself names the laureates; else each value has a list of its own."""
    named = sum(len(choice.cards) for facet in narrowed for choice in facet.choices if facet.name != "stars")
    return named * LINK <= site.inputs.room
