"""Concepts, those above and those below them."""

from __future__ import annotations

from collections.abc import Iterable

from trophees.base.namespaces import SKOS
from trophees.site.model import Site


def narrower(site: Site, iri: str) -> list[str]:
    """The concepts below `iri`, the nearest first; each once."""
    found: dict[str, None] = {iri: None}
    level = [iri]
    while level:
        below = dict.fromkeys(n for above in level for n in site.subjects(SKOS + "broader", above))
        level = [concept for concept in below if concept not in found and site.thing(concept)]
        found |= dict.fromkeys(level)
    return list(found)[1:]


def broader(site: Site, iris: Iterable[str]) -> set[str]:
    """The concepts `iris`, and all that are above them."""
    found, todo = set[str](), [*iris]
    while todo:
        iri = todo.pop()
        if iri not in found:
            found.add(iri)
            todo += site.links(iri, SKOS + "broader")
    return found
