"""A table as GeoJSON (RFC 7946): a feature for each row, and a point where the row names a commune. Pure."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from typing import Any

from trophees.base.errors import UserError
from trophees.publish.tables import Table

TABLE = "laureates-territories"
Point = tuple[float, float]
Points = Mapping[str, Point]  # longitude and latitude in degrees (WGS 84), by code of commune


def points(text: str, name: str) -> dict[str, Point]:
    """The points in `text`, a CSV file of `code`, `lon` and `lat`. UserError, with its line, if one is malformed."""
    found: dict[str, Point] = {}
    rows = csv.DictReader(text.splitlines())
    if list(rows.fieldnames or ()) != ["code", "lon", "lat"]:
        raise UserError(f"{name}:1: the columns must be code,lon,lat")
    for line, row in enumerate(rows, start=2):
        try:
            lon, lat = float(row["lon"]), float(row["lat"])
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                raise ValueError
            found[row["code"]] = (lon, lat)
        except (KeyError, TypeError, ValueError):
            raise UserError(f"{name}:{line}: code, lon and lat, in degrees, are expected") from None
    return found


def document(table: Table, rows: Iterable[list[str]], where: Points) -> bytes:
    """The `rows` of `table`, one feature a line, with their cells as properties; an empty cell is null.

    The point is that of the commune in `code_commune`; a département or a region has none: its geometry is null
    (section 3.2). The box holds the points (section 5).
    """
    names = [column.name for column in table.columns]
    logical = {column.name for column in table.columns if column.datatype == "boolean"}
    lines, found = [], []
    for cells in rows:
        row: dict[str, Any] = {name: cell or None for name, cell in zip(names, cells, strict=True)}
        row |= {name: row[name] == "true" for name in logical}
        point = where.get(row["code_commune"])
        found += [point] if point else []
        geometry = {"type": "Point", "coordinates": point} if point else None
        feature = {"type": "Feature", "id": "/".join(row[key] for key in table.key), "geometry": geometry}
        lines.append(json.dumps(feature | {"properties": row}, ensure_ascii=False))
    east, north = zip(*found, strict=True) if found else ((), ())
    box = f' "bbox": {json.dumps([min(east), min(north), max(east), max(north)])},\n' if found else ""
    return ('{"type": "FeatureCollection",\n' + box + ' "features": [\n' + ",\n".join(lines) + "\n]}\n").encode()
