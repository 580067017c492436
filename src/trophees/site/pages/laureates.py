"""The list of laureates: a card each under its number of stars, and the values by which they can be narrowed down.

Each value of a facet leads to a section of the index that names its laureates; where there are too many for one page,
to a list of its own. `assets/lists.js` puts in their place what narrows the whole list down, cases included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from trophees.base.addresses import Folder
from trophees.base.namespaces import TP
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.laureate_list import LINK, Card, Facet, cards, facets, named_in_index
from trophees.site.lists import drawing, written
from trophees.site.lists.counted import completeness
from trophees.site.lists.listing import Listing
from trophees.site.lists.processes import processes
from trophees.site.model import Site, last
from trophees.site.paging import Sheet, pages, sheets, steps, titled
from trophees.site.render import Alternate, Crumb, Page, place
from trophees.site.statements import Name

FOLDER = Folder.LAUREATES
INDEX = Folder.LAUREATES_BY
_CARD = 2_400  # bytes of markup of a card, about, with its share of the script that narrows the list down


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list and its index by facet, in each language, on as many pages as they take."""
    yield from drawing.files(site)
    for lang in LANGUAGES:
        words = Words(lang)
        listing, shown = processes(site, words, place(FOLDER, lang)), presented(words) | {"notes": _notes(site, words)}
        yield f"assets/lists/{listing.name}-{lang}.js", written.script(listing, words, shown)
        found = cards(site, lang, place(FOLDER, lang))
        narrowed = facets(site, found, words)
        parts = sheets(found, pages(len(found) * _CARD, site.inputs.room), FOLDER)
        starts = {str(card.stars): part.folder for part in reversed(parts) for card in part.items}
        for number in range(len(parts)):
            yield site.render(_list(site, words, narrowed, parts, number, starts, (listing, shown)))
        # the stars are the sections of the list itself
        yield from _index(site, words, [facet for facet in narrowed if facet.name != "stars"])


def presented(words: Words) -> dict[str, Any]:
    """What the script shows of the list: orders, views, columns of the table."""
    sorts = [
        ["given", words("lists.sort_given"), "given"],
        ["edition", words("lists.sort_edition"), "number", "edition", True],
        ["title", words("lists.sort_name"), "name"],
        ["place", words("lists.sort_places"), "line", "places"],
        ["population", words("lists.sort_population"), "number", "population", True],
        ["amount", words("lists.sort_budget"), "number", "budget", True],
        ["length", words("lists.sort_duration"), "number", "duration", True],
    ]
    columns = [
        {"title": words("lists.sort_name"), "from": "name"},
        {"title": words("list.facet.edition"), "from": "key", "of": "edition"},
        {"title": words("list.facet.stars"), "from": "awards", "of": "stars"},
        {"title": words("lists.places"), "from": "line", "of": "places"},
        {"title": words("lists.sort_population"), "from": "number", "of": "population"},
        {"title": words("list.facet.kind"), "from": "axis", "of": "kind"},
        {"title": words("lists.axis.budget"), "from": "amounts", "of": "budget"},
        {"title": words("lists.axis.duration"), "from": "axis", "of": "duration"},
    ]
    return {
        "sorts": sorts,
        "columns": columns,
        "views": ["cards", "table", "map"],
        "compare": place(Folder.COMPARE, words.lang),
        "most": True,
    }


def _notes(site: Site, words: Words) -> dict[str, str]:
    """How complete the list of each edition is, and why that is said."""
    notes = {}
    for edition in site.editions:
        level, reason = completeness(site, edition, words.lang)
        if level.text:
            text = words("lists.complete", edition=site.label(edition, words.lang), level=level.text)
            notes[last(edition)] = f"{text} {reason.text}".rstrip()
    return notes


def _list(
    site: Site,
    words: Words,
    narrowed: list[Facet],
    parts: list[Sheet[Card]],
    number: int,
    starts: dict[str, str],
    whole: tuple[Listing, dict[str, Any]],
) -> Page:
    lang, part, count = words.lang, parts[number], len(site.laureates)
    path = place(part.folder, lang)
    shown = [replace(card, href=site.href(card.iri, lang, path)) for card in part.items]
    title = words("list.title")
    return Page(
        folder=part.folder,
        lang=lang,
        template="listing.html",
        title=titled(words, title, number),
        description=words.count("list.description", count),
        section="laureates",
        values={
            "count": words.count("list.count", count),
            "levels": [(stars, tuple(group)) for stars, group in groupby(shown, key=lambda c: c.stars)],
            "starts": starts,
            "facets": narrowed,
            "listed": named_in_index(site, narrowed),
            "steps": steps(parts, number, lang, path),
            "known": _known(site, words, path),
            "cases": bool(site.cases),
            "whole": not number,  # the first page has the list that is narrowed down; the others go on without a script
            "listing": whole[0],
            "shown": whole[1],
        },
        breadcrumb=(Crumb(title, place(FOLDER, lang)),) if number else (),
        alternates=(
            Alternate("csv/laureates.csv", "text/csv", words("list.csv")),
            Alternate("dumps/classes/laureate.ttl", "text/turtle", words("list.turtle")),
        ),
    )


def _known(site: Site, words: Words, path: str) -> list[tuple[Name, str, str, Name]]:
    """Each edition, the newest first, with the link to it, how many of its laureates are described, and whether that is
    the whole list."""
    numbers = Counter(site.edition(thing.iri) for thing in site.laureates)
    found = []
    for iri in reversed(site.editions):
        number = words("list.known_of", n=words.number(numbers[iri]))
        level = next(iter(site.links(iri, TP + "completeness")), "")
        found.append(
            (site.name(iri, words.lang), site.href(iri, words.lang, path), number, site.name(level, words.lang))
        )
    return found


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
                choice.cards, pages(len(choice.cards) * LINK, site.inputs.room), f"{INDEX}{facet.name}-{choice.key}/"
            )
            name = f"{facet.title}{words('colon')}{choice.label}"
            for number, part in enumerate(parts):
                values = {
                    "name": name,
                    "part": part,
                    "all": len(choice.cards),
                    "steps": steps(parts, number, lang, place(part.folder, lang)),
                }
                title = titled(words, name, number)
                yield page(part.folder, title, values, (*above, Crumb(words("list.index.title"), place(INDEX, lang))))
