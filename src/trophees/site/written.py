"""Where the site shows what a source says: a page for each thing that it tells of (`pages.evidence`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.site.render import place, root_from

if TYPE_CHECKING:
    from trophees.site.model import Site

FOLDER = "evidence/"


def folder(source: str, thing: str = "") -> str:
    """The folder of the page that lists what `source` says: of `thing`, or in all."""
    listed = f"{source.removeprefix(BASE)}/{FOLDER}"
    return f"{listed}{thing.removeprefix(BASE)}/" if thing else listed


def source_of(site: Site, fact: str) -> str:
    """The source in a section of which `fact` stands, as a fact of another thing; empty if none does."""
    thing, _, fragment = fact.partition("#")
    if not fragment or thing in site.ended or not site.links(fact, TP + "section"):
        return ""
    said = site.links(fact, TP + "accordingTo") or site.links(thing, TP + "accordingTo")
    return next((source for source in said if site.thing(source) and site.thing(thing)), "")


def facts(site: Site) -> Iterator[tuple[str, str]]:
    """Each fact that stands in a section, with its source."""
    for section in site.things("section"):
        for fact in site.subjects(TP + "section", section.iri):
            if source := source_of(site, fact):
                yield fact, source


def sources(site: Site) -> frozenset[str]:
    """The sources that say something."""
    if "sources that say something" not in site.cache:
        site.cache["sources that say something"] = frozenset(source for _, source in facts(site))
    known: frozenset[str] = site.cache["sources that say something"]
    return known


def where_written(site: Site, fact: str, lang: Language, from_path: str) -> str:
    """The link from the page `from_path` to `fact` among what its source says; empty if it stands in no section."""
    source = source_of(site, fact)
    if not source:
        return ""
    thing, _, fragment = fact.partition("#")
    return root_from(from_path) + place(folder(source, thing), lang) + f"#{fragment}"
