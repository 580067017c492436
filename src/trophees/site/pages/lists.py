"""The lists of organisations, territories and tools: a table that the script of lists narrows down and sorts.

Its first rows stand in the page; without a script the A to Z index leads to the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from trophees.base.addresses import Folder
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.lists import written
from trophees.site.lists.listing import Listing
from trophees.site.lists.things import organisations, territories, tools
from trophees.site.model import Site
from trophees.site.render import Alternate, Crumb, Page, place

_ROW = 340  # bytes of markup of a row, about
_INDEX = {"organisations": Folder.SEARCH, "territories": Folder.SEARCH_TERRITORIES, "tools": Folder.SEARCH_TOOLS}
_SECTIONS = {"territories": "map", "tools": "vocabularies"}
_TABLES = {"organisations": "organisations", "territories": "places", "tools": "concepts"}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each list in each language, with the script that has its items."""
    for lang in LANGUAGES:
        words = Words(lang)
        for read, columns in ((organisations, _ORGANISATIONS), (territories, _TERRITORIES), (tools, _TOOLS)):
            listing, shown = read(site, words), presented(words, columns)
            yield f"assets/lists/{listing.name}-{lang}.js", written.script(listing, words, shown)
            yield site.render(_page(site, words, listing, shown))


Column = tuple[str, str, str]  # the key of its title, where it comes from, of what
_ORGANISATIONS: tuple[Column, ...] = (
    ("lists.column.name", "name", ""),
    ("lists.axis.kind", "axis", "kind"),
    ("lists.places", "line", "place"),
    ("lists.axis.role", "axis", "role"),
    ("lists.axis.laureates", "number", "laureates"),
)
_TERRITORIES: tuple[Column, ...] = (
    ("lists.column.name", "name", ""),
    ("lists.axis.territory_kind", "axis", "kind"),
    ("lists.column.code", "line", "code"),
    ("list.facet.region", "axis", "region"),
    ("lists.sort_population", "number", "population"),
    ("lists.axis.laureates", "number", "laureates"),
)
_TOOLS: tuple[Column, ...] = (
    ("lists.column.name", "name", ""),
    ("list.facet.tool", "line", "family"),
    ("lists.column.used", "number", "laureates"),
    ("lists.column.planned", "number", "planned"),
    ("lists.column.offered", "number", "offered"),
    ("lists.column.wished", "number", "wished"),
    ("lists.column.model", "number", "model"),
)
# a number of laureates leads to the list of these laureates, where that has the axis
_LEADS = {"laureates": "used", "planned": "planned", "offered": "offered", "wished": "wished", "model": "model"}


def presented(words: Words, columns: tuple[Column, ...]) -> dict[str, Any]:
    """What the script shows of a list: its orders, one view, the columns of its table."""
    numbers = [of for _, source, of in columns if source == "number"]
    sorts: list[list[object]] = [["name", words("lists.column.name"), "name"]]
    sorts += [[of, words(title), "number", of, True] for title, source, of in columns if source == "number"]
    made: list[dict[str, str]] = []
    for title, source, of in columns:
        column = {"title": words(title), "from": source} | ({"of": of} if of else {})
        if "planned" in numbers and of in _LEADS:
            status = "" if of == "laureates" else f"&status={_LEADS[of]}"
            column["leads"] = f"{place(Folder.LAUREATES, words.lang)}?tool={{key}}{status}"
        made.append(column)
    return {"sorts": sorts, "columns": made, "views": ["table"], "most": False}


def _page(site: Site, words: Words, listing: Listing, shown: dict[str, Any]) -> Page:
    lang, path = words.lang, place(listing.folder, words.lang)
    first = listing.items[: site.inputs.room // _ROW]
    table = _TABLES[listing.name]
    crumbs = (
        (Crumb(words(f"nav.{section}"), place(Folder[section.upper()], lang)),)
        if (section := _SECTIONS.get(listing.name))
        else (Crumb(words("footer.index"), place(Folder.SEARCH, lang)),)
    )
    return Page(
        folder=listing.folder,
        lang=lang,
        template="lists_page.html",
        title=words(f"lists.title.{listing.name}"),
        description=words(f"lists.description.{listing.name}"),
        values={
            "listing": listing,
            "shown": shown,
            "rows": [(item, site.href(item.iri, lang, path), _cells(words, listing, item, shown)) for item in first],
            "count": words.count(f"lists.count_{listing.name}", len(listing.items)),
            "all": len(listing.items),
            "index": _INDEX[listing.name],
        },
        section=_SECTIONS.get(listing.name, ""),
        breadcrumb=crumbs,
        alternates=(Alternate(f"csv/{table}.csv", "text/csv", words("lists.csv")),),
    )


def _cells(words: Words, listing: Listing, item: Any, shown: dict[str, Any]) -> list[str]:
    """What a row says after the name, in words."""
    labels: dict[str, Callable[[str], str]] = {
        axis.name: {value.key: value.label for value in axis.values}.__getitem__ for axis in listing.axes
    }
    made = []
    for column in shown["columns"][1:]:
        of = column["of"]
        if column["from"] == "axis":
            known = {value.key for value in listing.axis(of).values}
            made.append(", ".join(labels[of](value) for value, _ in item.members[of] if value in known))
        elif column["from"] == "line":
            made.append(", ".join(name.text for name in item.lines.get(of, ())))
        else:
            number = item.numbers.get(of)
            made.append("" if number is None else words.number(int(number)))
    return made
