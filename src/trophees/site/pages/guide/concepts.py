"""The vocabularies: their concepts as trees, each with its names and how often it is used."""

from __future__ import annotations

from typing import Any

from trophees.base.namespaces import SKOS
from trophees.site.collation import natural
from trophees.site.model import Site

Entry = dict[str, Any]
# not what rules derive: it says again what a fact says
_USES = """SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {
  GRAPH ?g { ?s ?p ?c } ?c skos:inScheme ?scheme
  FILTER(!STRENDS(STR(?g), "/graph/rules") && !STRSTARTS(STR(?p), STR(skos:)))
} GROUP BY ?c"""
_LAUREATES = """SELECT ?c (COUNT(DISTINCT ?l) AS ?n) {
  ?l a tp:Laureate ; tp:usesTool|tp:addresses|tp:isFor|tp:distinction ?used . ?used skos:broader* ?c
} GROUP BY ?c"""
_OF_LAUREATES = """SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {
  GRAPH ?g { ?s ?p ?c ; tp:about ?l } ?c skos:inScheme ?scheme . ?l a tp:Laureate
  FILTER(!STRENDS(STR(?g), "/graph/rules"))
} GROUP BY ?c"""
_UNITS = """SELECT ?c ?unit (COUNT(*) AS ?n) { ?i tp:indicatorKind ?c ; tp:unit ?unit }
GROUP BY ?c ?unit ORDER BY ?c DESC(?n) ?unit"""
_SCHEMES = "SELECT DISTINCT ?c (0 AS ?n) { ?concept skos:inScheme ?c }"


def schemes(site: Site) -> list[Entry]:
    """Each vocabulary with its concepts: what is narrower follows what is above it, and `depth` says how far below.

    A concept under several stands under one of them, the first of its `broader`. `uses` counts the facts and things
    that name it; `laureates`, in the lists of tools, themes, audiences and awards, those that really have it or
    something narrower: none, though facts name it, where it is but planned, offered or wished for; `of_laureates`, in
    the other lists of which facts of laureates name something, how many of these facts. `units` counts the units of
    the numbers of a kind.
    """
    uses, laureates = _counted(site, _USES), _counted(site, _LAUREATES)
    ours, units = _counted(site, _OF_LAUREATES), _units(site)
    found = []
    for scheme in sorted(_counted(site, _SCHEMES), key=natural):
        entries: dict[str, Entry] = {}
        members = site.subjects(SKOS + "inScheme", scheme)
        had = any(concept in laureates for concept in members)
        told = not had and any(concept in ours for concept in members)

        def down(
            iri: str,
            within: str,
            depth: int,
            entries: dict[str, Entry] = entries,
            had: bool = had,
            told: bool = told,
        ) -> None:
            if iri in entries:
                return
            above = sorted(site.links(iri, SKOS + "broader"), key=lambda broader: (broader != within, natural(broader)))
            entries[iri] = {
                "concept": site.context.compact(iri),
                "label_fr": site.label(iri, "fr"),
                "label_en": site.label(iri, "en"),
                "definition_fr": site.text(iri, SKOS + "definition", "fr"),
                "definition_en": site.text(iri, SKOS + "definition", "en"),
                "other_names": sorted(v.value for v in site.values(iri, SKOS + "altLabel")),
                "broader": [site.context.compact(b) for b in above],
                "depth": depth,
                "uses": uses.get(iri, 0),
                **({"laureates": laureates.get(iri, 0)} if had else {}),
                **({"of_laureates": ours.get(iri, 0)} if told else {}),
                **({"units": units[iri]} if iri in units else {}),
            }
            for narrower in sorted(site.subjects(SKOS + "broader", iri), key=natural):
                down(narrower, iri, depth + 1)

        for top in sorted(site.subjects(SKOS + "topConceptOf", scheme), key=natural):
            down(top, "", 0)
        found.append(
            {
                "scheme": site.context.compact(scheme),
                "label_fr": site.label(scheme, "fr"),
                "label_en": site.label(scheme, "en"),
                "concepts": list(entries.values()),
            }
        )
    return found


def _units(site: Site) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in site.query(_UNITS):
        found.setdefault(row["c"].value, {})[row["unit"].value] = int(row["n"].value)
    return found


def _counted(site: Site, query: str) -> dict[str, int]:
    return {row["c"].value: int(row["n"].value) for row in site.query(query)}
