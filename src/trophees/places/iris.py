"""The IRIs of a territory: ours, and INSEE's of its code."""

from __future__ import annotations

from functools import cache

from trophees.places.place import ARRONDISSEMENT, COMMUNE, DEPARTEMENT, REGION, Place

_OF_INSEE = "http://id.insee.fr/geo/"
AT_INSEE = (COMMUNE, ARRONDISSEMENT, DEPARTEMENT, REGION)  # those whose IRI of a code INSEE attests


def iri(kind: str, code: str) -> str:
    """Our IRI of a territory, made of its kind and code: one through its lives."""
    return f"{_base()}territory/{kind}/{code}"


def of_insee(place: Place) -> str:
    """INSEE's IRI of the code; empty for a kind of which INSEE attests none."""
    return f"{_OF_INSEE}{place.kind}/{place.code}" if place.kind in AT_INSEE else ""


@cache
def _base() -> str:
    from trophees.base.namespaces import BASE  # which brings the engine

    return BASE
