"""The list of laureates: a card each under its number of stars, and the values by which they can be narrowed down.

Each value of a facet leads to a section of the index that names its laureates; `assets/facets.js` makes it a checkbox.
Where there are too many for one page, it leads to a list of its own instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, SKOS, TP
from trophees.site.collation import sort_key
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Name, Site, Thing, last
from trophees.site.paging import Sheet, pages, sheets, steps
from trophees.site.render import Alternate, Crumb, Page, place

FOLDER = Folder.LAUREATES
INDEX = Folder.LAUREATES_BY
_CARD, _LINK = 720, 130  # bytes of markup of a card and of a link, about
NONE = "none"  # the value of those that have none
CARRIER = BASE + "role/carrier"
_NAMES = ("stars", "region", "theme", "tool", "kind")


@dataclass(frozen=True)
class Card:
    """What the list says of a laureate. `carriers` are as printed in French, and by their names in English; `keys` are
    its values of each facet, by the end of their IRIs."""

    iri: str
    href: str
    name: Name
    stars: int
    carriers: tuple[Name, ...]
    places: tuple[Name, ...]
    kinds: tuple[Name, ...]
    themes: tuple[Name, ...]
    tools: tuple[Name, ...]
    keys: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """A value of a facet, and the laureates that have it."""

    key: str
    label: str
    cards: tuple[Card, ...]
    numbers: tuple[int, ...]  # their places in the list, from 0


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list down."""

    name: str
    title: str
    choices: tuple[Choice, ...]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list and its index by facet, in each language, on as many pages as they take."""
    for lang in LANGUAGES:
        words = Words(lang)
        found = cards(site, lang, place(FOLDER, lang))
        narrowed = facets(site, found, words)
        parts = sheets(found, pages(len(found) * _CARD, site.inputs.room), FOLDER)
        starts = {str(card.stars): part.folder for part in reversed(parts) for card in part.items}
        for number in range(len(parts)):
            yield site.render(_list(site, words, narrowed, parts, number, starts))
        # the stars are the sections of the list itself
        yield from _index(site, words, [facet for facet in narrowed if facet.name != "stars"])


def _list(
    site: Site, words: Words, narrowed: list[Facet], parts: list[Sheet[Card]], number: int, starts: dict[str, str]
) -> Page:
    lang, part, count = words.lang, parts[number], len(site.laureates)
    path = place(part.folder, lang)
    shown = [replace(card, href=site.href(card.iri, lang, path)) for card in part.items]
    title = words("list.title")
    return Page(
        folder=part.folder,
        lang=lang,
        template="listing.html",
        title=words("pager.alone", name=title, n=number + 1) if number else title,
        description=words.count("list.description", count),
        section="laureates",
        values={
            "count": words.count("list.count", count),
            "levels": [(stars, tuple(group)) for stars, group in groupby(shown, key=lambda c: c.stars)],
            "starts": starts,
            "facets": narrowed,
            "listed": named_in_index(site, narrowed),
            "steps": steps(parts, number, lang, path),
            "phrases": {key: words(f"list.count.{key}") for key in ("one", "many")},
        },
        breadcrumb=(Crumb(title, place(FOLDER, lang)),) if number else (),
        alternates=(
            Alternate("csv/laureates.csv", "text/csv", words("list.csv")),
            Alternate("dumps/classes/laureate.ttl", "text/turtle", words("list.turtle")),
        ),
    )


def named_in_index(site: Site, narrowed: list[Facet]) -> bool:
    """Whether the index itself names the laureates; else each value has a list of its own."""
    named = sum(len(choice.cards) for facet in narrowed for choice in facet.choices if facet.name != "stars")
    return named * _LINK <= site.inputs.room


def _index(site: Site, words: Words, narrowed: list[Facet]) -> Iterator[tuple[str, bytes]]:
    lang = words.lang
    above = (Crumb(words("list.title"), place(FOLDER, lang)),)
    listed = named_in_index(site, narrowed)

    def page(folder: str, title: str, values: dict[str, object], breadcrumb: tuple[Crumb, ...]) -> tuple[str, bytes]:
        path = place(folder, lang)
        return site.render(
            Page(
                folder=folder,
                lang=lang,
                template="listing_index.html" if folder == INDEX else "listing_choice.html",
                title=title,
                description=words("list.index.description") if folder == INDEX else title,
                section="laureates",
                values={"href": lambda iri: site.href(iri, lang, path), **values},
                breadcrumb=breadcrumb,
            )
        )

    yield page(INDEX, words("list.index.title"), {"facets": narrowed, "listed": listed}, above)
    if listed:
        return
    for facet in narrowed:
        for choice in facet.choices:
            parts = sheets(
                choice.cards, pages(len(choice.cards) * _LINK, site.inputs.room), f"{INDEX}{facet.name}-{choice.key}/"
            )
            name = f"{facet.title}{words('colon')}{choice.label}"
            for number, part in enumerate(parts):
                values = {
                    "name": name,
                    "part": part,
                    "all": len(choice.cards),
                    "steps": steps(parts, number, lang, place(part.folder, lang)),
                }
                title = words("pager.alone", name=name, n=number + 1) if number else name
                yield page(part.folder, title, values, (*above, Crumb(words("list.index.title"), place(INDEX, lang))))


def cards(site: Site, lang: Language, path: str, things: Iterable[Thing] | None = None) -> list[Card]:
    """The cards of `things`, or of all laureates, for the page `path`: most stars first, then as in the report."""
    made = [_card(site, thing, lang, path) for thing in (site.laureates if things is None else things)]
    return sorted(made, key=lambda card: -card.stars)


def _card(site: Site, thing: Thing, lang: Language, path: str) -> Card:
    iri = thing.iri

    def names(iris: Iterable[str]) -> tuple[Name, ...]:
        return tuple(sorted({site.name(i, lang) for i in iris}, key=lambda name: sort_key(name.text)))

    stars = int(site.text(iri, TP + "stars"))
    covered = site.links(iri, TP + "covers")
    named, kinds = site.links(iri, TP + "carriedBy"), sorted(_carrier_kinds(site, iri))
    themes, tools = site.links(iri, TP + "addresses"), site.links(iri, TP + "usesTool")
    return Card(
        iri=iri,
        href=site.href(iri, lang, path),
        name=site.name(iri, lang),
        stars=stars,
        carriers=_printed_line(site, iri) if lang == "fr" else names(named) or _printed_line(site, iri),
        places=names(_smallest(covered)),
        kinds=names(kinds),
        themes=names(themes),
        tools=names(tools),
        keys={
            "stars": (str(stars),),
            "region": _keys(site.links(iri, TP + "inRegion")),
            "theme": _keys(root for theme in themes for root in roots(site, theme)),
            "tool": _keys(root for tool in tools for root in roots(site, tool)),
            "kind": _keys(kinds),
        },
    )


def _printed_line(site: Site, iri: str) -> tuple[Name, ...]:
    """The line of the report that names the carriers, if it prints one."""
    line = site.text(iri, TP + "carrierLine")
    return (Name(line, "fr"),) if line else ()


def _keys(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({last(iri) for iri in iris})) or (NONE,)


def _smallest(covered: list[str]) -> list[str]:
    """The territories of `covered` without the départements and régions that only locate another of them."""
    wide = {iri for iri in covered if iri.startswith((BASE + "territory/departement/", BASE + "territory/region/"))}
    return [iri for iri in covered if iri not in wide] or covered


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
    """Every value that a card has: stars from the most, the rest by name, and none at the end."""
    prefixes = {"region": "territory/region/", "theme": "theme/", "tool": "tool/", "kind": "organisation-kind/"}

    def label(name: str, key: str) -> str:
        if key == NONE:
            return words(f"list.none.{name}")
        return (
            words.count("list.stars", int(key))
            if name == "stars"
            else words.sentence(site.label(BASE + prefixes[name] + key, words.lang))
        )

    made = []
    for name in _NAMES:
        members: dict[str, list[int]] = {}
        for number, card in enumerate(found):
            for key in card.keys[name]:
                members.setdefault(key, []).append(number)
        choices = [
            Choice(key, label(name, key), tuple(found[n] for n in numbers), tuple(numbers))
            for key, numbers in members.items()
        ]
        order = _by_stars if name == "stars" else _by_label
        made.append(Facet(name, words(f"list.facet.{name}"), tuple(sorted(choices, key=order))))
    return made


def _by_stars(choice: Choice) -> tuple[int, str]:
    return -int(choice.key), ""


def _by_label(choice: Choice) -> tuple[int, str]:
    return int(choice.key == NONE), sort_key(choice.label)
