"""Every file of the site as (path, bytes), from the graph.

A part of the site is a module with `files(site) -> Iterator[tuple[str, bytes]]`; the bundle of
scripts and style sheets is copied to `assets/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files as resources
from typing import TYPE_CHECKING

from trophees.ask import cookbook
from trophees.site import data_files, places_in_page
from trophees.site.concepts import narrower
from trophees.site.drawing import social_card as cards
from trophees.site.l10n import LANGUAGES
from trophees.site.model import Inputs, Site
from trophees.site.pages import (
    about,
    cases,
    compare,
    curate,
    dataset,
    evidence,
    fixed,
    for_programs,
    for_robots,
    guide,
    home,
    index,
    lists,
    near,
    offline,
    ontology,
    search,
    tables,
    verify,
    vocabularies,
    withdrawn,
)
from trophees.site.pages import cookbook as cookbook_pages
from trophees.site.pages import explore as charts
from trophees.site.pages import for_hosts as negotiation
from trophees.site.pages import laureates as listing
from trophees.site.pages import map as map_page
from trophees.site.pages import shapes as rules
from trophees.site.pages import stories as story_pages
from trophees.site.pages.playground import page as playground
from trophees.site.thing import page as things

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FIXED = 112  # files that are there whatever the graph says, about
_LISTED, _REFERENCE = 1_800, 340  # bytes of markup for a laureate on all lists, and for a reference, about
_PARTS = (
    home,
    listing,
    cases,
    near,
    compare,
    lists,
    map_page,
    charts,
    story_pages,
    vocabularies,
    ontology,
    rules,
    cookbook_pages,
    playground,
    dataset,
    tables,
    guide,
    for_programs,
    about,
    curate,
    index,
    withdrawn,
    offline,
    fixed,
    verify,
    search,
    cards,
    negotiation,
    places_in_page,
    things,
    evidence,
)


class Build:
    """Every file of the site, its path relative to the published folder, in a fixed order, one at a time."""

    def __init__(self, inputs: Inputs) -> None:
        self.site = Site(inputs)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        pages, keeper = [], offline.Keeper()
        for part in _PARTS:
            for path, data in part.files(self.site):
                own = part is playground and path != playground.ALONE
                keeper.see(path, data, playground=own)
                pages += [path] if path.rpartition("/")[2] == "index.html" and part is not offline else []
                yield path, data
        yield from for_robots.files(self.site, sorted(pages))
        for path, data in _copies(resources("trophees.site") / "bundle", "assets/"):
            keeper.see(path, data)
            yield path, data
        yield offline.FILE, keeper.worker()

    def __length_hint__(self) -> int:
        """About how many files there will be: those of things, what their pages have no room for, and some hundreds."""
        site, each = self.site, len(LANGUAGES)
        terms = len(site.things("term"))
        listed = len(site.laureates) * _LISTED
        for thing in site.things():
            concepts = [thing.iri, *narrower(site, thing.iri)]
            documents = {subject.partition("#")[0] for iri in concepts for _, subject in site.incoming(iri)}
            listed += len(documents) * _REFERENCE // site.inputs.room * site.inputs.room
        return (
            (len(site.things()) - terms) * (each + len(data_files.FORMATS))
            + (terms + 2 * len(cookbook.queries()) + listed // site.inputs.room) * each
            + len(site.laureates) * each
            + sum(len(parts) + 1 for parts in evidence.by_source(site).values()) * each
            + _FIXED
        )


def build(inputs: Inputs) -> Iterator[tuple[str, bytes]]:
    """The same, as an iterator."""
    return iter(Build(inputs))


def _copies(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        return
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if item.is_dir():
            yield from _copies(item, f"{path}{item.name}/")
        else:
            yield path + item.name, item.read_bytes()
