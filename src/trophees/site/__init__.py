"""The site: every file of it as (path, bytes), from the graph.

A part of the site is a module with `files(site) -> Iterator[tuple[str, bytes]]`; `static/` and the bundle of
third-party scripts are copied to `assets/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from trophees.site.model import Inputs, Site

__all__ = ["Inputs", "Site", "build"]

# imported when the site is built: serving it needs none of them, nor what they need
_PARTS = (
    "home",
    "listing",
    "map",
    "charts",
    "vocabularies",
    "ontology",
    "rules",
    "cookbook_pages",
    "playground",
    "dataset",
    "fixed",
    "search",
    "cards",
    "negotiation",
    "things",
)


def __getattr__(name: str) -> Any:
    if name in ("Inputs", "Site"):
        return getattr(import_module("trophees.site.model"), name)
    raise AttributeError(name)


def build(sources: Inputs) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, its path relative to the published folder, in a fixed order, one at a time."""
    from trophees.site.model import Site

    site = Site(sources)
    for part in _PARTS:
        yield from import_module(f"trophees.site.{part}").files(site)
    for folder in ("static", "bundle"):
        yield from _copies(resources("trophees.site") / folder, "assets/")


def _copies(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        return
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if item.is_dir():
            yield from _copies(item, f"{path}{item.name}/")
        else:
            yield path + item.name, item.read_bytes()
