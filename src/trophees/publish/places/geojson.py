"""Today's territories that have a point, as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trophees.places import reference
from trophees.places.iris import iri

PATH = "places/places.geojson"


def pieces() -> Iterator[bytes]:
    """The document, one feature a line, called after its IRI; those of the newest vintage, and what their point is."""
    day, where, counts = reference.newest(), reference.points(), reference.populations()
    yield b'{"type": "FeatureCollection",\n "features": ['
    comma = "\n"
    part: list[str] = []
    for place in reference.places():
        key = place.kind, place.code
        if not place.on(day) or key not in where:
            continue
        point, count = where[key], counts.get(key)
        said = {
            "kind": place.kind, "code": place.code, "name": place.name, "of": place.of or None, "point": point.what,
            "inhabitants": count.inhabitants if count else None, "year": (count.year or None) if count else None,
        }  # fmt: skip
        feature = {
            "type": "Feature", "id": iri(*key),
            "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]}, "properties": said,
        }  # fmt: skip
        part.append(comma + json.dumps(feature, ensure_ascii=False))
        comma = ",\n"
        if len(part) == 2_000:
            yield "".join(part).encode()
            part.clear()
    yield ("".join(part) + "\n]}\n").encode()
