"""The A to Z index of everything that has a page, under each of its names: what search is without JavaScript.

Tools, other concepts, territories, communes and terms of the ontology have lists of their own: every page stays light.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import IGEO, SKOS
from trophees.site.collation import initial, sort_key
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site, Thing
from trophees.site.paging import Sheet, pages, sheets, steps, titled
from trophees.site.render import Crumb, Page, place

FOLDER = Folder.SEARCH
PARTS = {  # the lists, and where each stands
    "all": FOLDER,
    "tools": Folder.SEARCH_TOOLS,
    "concepts": Folder.SEARCH_CONCEPTS,
    "territories": Folder.SEARCH_TERRITORIES,
    "communes": Folder.SEARCH_COMMUNES,
    "terms": Folder.SEARCH_TERMS,
}
_MARKUP = 40  # bytes around the texts of an entry
_TERRITORIES = ("region", "departement", "arrondissement", "epci", "commune", "place")


@dataclass(frozen=True)
class ListedName:
    """A name, and the folder of its page. `proper` is the first name of the thing if this is another, else empty."""

    text: str
    lang: str
    folder: str
    proper: str
    kind: str
    code: str


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each list in each language, on as many pages as it takes."""
    lists: dict[str, list[Thing]] = {part: [] for part in PARTS}
    for thing in site.things():
        lists[_part(site, thing)].append(thing)
    for part in PARTS:
        found = {lang: entries(site, lists[part], lang) for lang in LANGUAGES}
        number = max(pages(sum(map(_weight, listed)), site.inputs.room) for listed in found.values())
        for lang, listed in found.items():
            parts = sheets(listed, number, PARTS[part])
            starts = {_initial(entry): sheet.folder for sheet in reversed(parts) for entry in reversed(sheet.items)}
            kinds = {thing.kind for thing in lists[part]}
            for here in range(number):
                yield site.render(_page(Words(lang), part, parts, here, starts, kinds))


def _page(
    words: Words, part: str, parts: list[Sheet[ListedName]], here: int, starts: dict[str, str], kinds: set[str]
) -> Page:
    lang, folder = words.lang, parts[here].folder
    title, top = words(f"search.{part}.title"), words("search.all.title")
    above = [] if part == "all" else [Crumb(top, place(FOLDER, lang))]
    return Page(
        folder=folder,
        lang=lang,
        template="index.html",
        title=titled(words, title, here),
        description=words(f"search.{part}.description"),
        values={
            "lede": words(f"search.{part}.lede"),
            "letters": [(letter, list(group)) for letter, group in groupby(parts[here].items, key=_initial)],
            "starts": sorted(starts.items()),
            "steps": steps(parts, here, lang, place(folder, lang)),
            "kinds": {name: "" if part == "communes" else words.kind(name) for name in kinds},
            "others": [(words(f"search.{p}.title"), path) for p, path in PARTS.items() if p != part],
        },
        breadcrumb=tuple([*above, Crumb(title, place(PARTS[part], lang))] if here else above),
    )


def _part(site: Site, thing: Thing) -> str:
    """The list in which `thing` stands."""
    if thing.kind in _TERRITORIES:
        return "communes" if thing.kind == "commune" else "territories"
    if thing.kind in ("tool", "theme"):
        return "tools"
    if thing.kind == "term":
        return "terms"
    return "concepts" if site.links(thing.iri, SKOS + "inScheme") else "all"


def entries(site: Site, things: list[Thing], lang: Language) -> list[ListedName]:
    """The entries of `things` in alphabetical order."""
    found = {entry for thing in things for entry in _entries(site, thing, lang)}
    return sorted(found, key=lambda e: (_initial(e), sort_key(e.text), e.text, e.kind, e.code, e.folder))


def _initial(entry: ListedName) -> str:
    return initial(entry.text)


def _weight(entry: ListedName) -> int:
    """About how many bytes of markup an entry takes."""
    return _MARKUP + len(entry.folder) + len(entry.text) + len(entry.proper)


def _entries(site: Site, thing: Thing, lang: Language) -> Iterator[ListedName]:
    name = site.name(thing.iri, lang)
    code = site.text(thing.iri, IGEO + "codeINSEE") if thing.kind in _TERRITORIES else ""
    yield ListedName(name.text, name.lang if name.lang != lang else "", thing.folder, "", thing.kind, code)
    for value in site.values(thing.iri, SKOS + "altLabel"):
        spoken = isinstance(value, Literal) and (value.language or lang) == lang
        if spoken and sort_key(value.value) != sort_key(name.text):
            yield ListedName(value.value, "", thing.folder, name.text, thing.kind, code)
