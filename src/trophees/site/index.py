"""The A to Z index of everything that has a page, under each of its names: what search is without JavaScript.

Tools, other concepts, territories, communes and terms of the ontology have lists of their own: every page stays light.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal

from trophees.problem import Language
from trophees.site.collation import fold, initial
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import IGEO, SKOS, Site, Thing
from trophees.site.render import Crumb, Page, place

FOLDER = "search/"
PARTS = {  # the lists, and where each stands
    "all": FOLDER,
    "tools": FOLDER + "tools/",
    "concepts": FOLDER + "concepts/",
    "territories": FOLDER + "territories/",
    "communes": FOLDER + "communes/",
    "terms": FOLDER + "terms/",
}
_TERRITORIES = ("region", "departement", "arrondissement", "epci", "commune", "place")


@dataclass(frozen=True)
class Entry:
    """A name, and the page it leads to. `proper` is the first name of the thing if this is another, else empty."""

    text: str
    lang: str
    href: str
    proper: str
    kind: str
    code: str


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each list in each language."""
    lists: dict[str, list[Thing]] = {part: [] for part in PARTS}
    for thing in site.things():
        lists[_part(site, thing)].append(thing)
    for lang in LANGUAGES:
        words = Words(lang)
        for part, folder in PARTS.items():
            yield site.render(
                Page(
                    folder=folder,
                    lang=lang,
                    template="index.html",
                    title=words(f"search.{part}.title"),
                    description=words(f"search.{part}.description"),
                    values={
                        "lede": words(f"search.{part}.lede"),
                        "letters": letters(site, lists[part], lang, place(folder, lang)),
                        "kinds": {t.kind: "" if part == "communes" else kind(words, t.kind) for t in lists[part]},
                        "others": [(words(f"search.{p}.title"), path) for p, path in PARTS.items() if p != part],
                    },
                    breadcrumb=() if part == "all" else (Crumb(words("search.all.title"), place(FOLDER, lang)),),
                )
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


def kind(words: Words, name: str) -> str:
    """What a kind of thing is called."""
    return next((words(key) for key in (f"kind.{name}.one", f"search.kind.{name}") if words.has(key)), name)


def letters(site: Site, things: list[Thing], lang: Language, path: str) -> list[tuple[str, list[Entry]]]:
    """The entries of `things` by initial, in alphabetical order."""
    entries = {entry for thing in things for entry in _entries(site, thing, lang, path)}
    found = sorted(entries, key=lambda e: (initial(e.text), fold(e.text), e.text, e.kind, e.code, e.href))
    return [(letter, list(group)) for letter, group in groupby(found, key=lambda e: initial(e.text))]


def _entries(site: Site, thing: Thing, lang: Language, path: str) -> Iterator[Entry]:
    name = site.name(thing.iri, lang)
    href = site.href(thing.iri, lang, path)
    code = site.text(thing.iri, IGEO + "codeINSEE") if thing.kind in _TERRITORIES else ""
    yield Entry(name.text, name.lang if name.lang != lang else "", href, "", thing.kind, code)
    for value in site.values(thing.iri, SKOS + "altLabel"):
        if isinstance(value, Literal) and (value.language or lang) == lang and fold(value.value) != fold(name.text):
            yield Entry(value.value, "", href, name.text, thing.kind, code)
