"""Concepts and those below them."""

from __future__ import annotations

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
