"""The drawing of France: the paths of the 101 départements, and where a commune falls on it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trophees.base.errors import UserError
from trophees.publish.geojson import points
from trophees.site.drawing.projection import PROJECTIONS
from trophees.site.handed import compact

FILE = "departements.svg.json"  # among the files of reference
MAINLAND = "metropole"
CENTRE = "petite-couronne"


@dataclass(frozen=True)
class Frame:
    """Part of the drawing with its own scale, in units of the drawing: `box` is x, y, width, height."""

    name: str
    projection: str
    scale: float
    x: float
    y: float
    box: tuple[int, int, int, int]
    codes: tuple[str, ...]

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Where a place given in degrees falls on the drawing."""
        east, north = PROJECTIONS[self.projection](longitude, latitude)
        return round(self.x + self.scale * east), round(self.y - self.scale * north)


@dataclass(frozen=True)
class Shape:
    """A département as drawn in one frame: SVG path data, and where a figure stands best."""

    frame: Frame
    path: str
    at: tuple[int, int]


@dataclass(frozen=True)
class Outline:
    """The whole drawing. `shapes` has one shape for each département, or two for those drawn in an inset as well."""

    size: tuple[int, int]
    frames: dict[str, Frame]
    shapes: dict[str, tuple[Shape, ...]]
    points: dict[str, tuple[float, float]]

    def places(self, commune: str, departement: str) -> list[tuple[Frame, int, int]]:
        """Where the commune is drawn: in each frame that draws its département; nowhere if its place is not known."""
        if commune not in self.points:
            return []
        return [(s.frame, *s.frame.place(*self.points[commune])) for s in self.shapes.get(departement, ())]


def data(files: Mapping[str, bytes]) -> bytes:
    """The drawing as JSON for a script, with the départements of regions and the [longitude, latitude] of communes."""
    regions: dict[str, list[str]] = {}
    for row in _rows(files["departements.csv"]):
        regions.setdefault(row["region"], []).append(row["code"])
    places = {code: list(point) for code, point in _points(files).items()}
    read(files)
    drawing = json.loads(files[FILE]) | {"regions": regions, "points": places}
    return compact(drawing).encode() + b"\n"


def read(files: Mapping[str, bytes]) -> Outline:
    """The drawing in `departements.svg.json`, and in `points.csv` the longitude and latitude of communes.

    UserError if it is no such drawing.
    """
    where = _points(files)
    try:
        return _outline(json.loads(files[FILE]), where)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"{FILE}: no drawing of France: make it with tools/france_outline.py") from None


def _outline(drawing: Any, where: dict[str, tuple[float, float]]) -> Outline:
    frames = {
        name: Frame(name, f["projection"], f["scale"], f["x"], f["y"], tuple(f["box"]), tuple(f["codes"]))
        for name, f in drawing["frames"].items()
    }
    shapes: dict[str, tuple[Shape, ...]] = {}
    for code, drawn in drawing["departements"].items():
        frame = frames.get(code, frames[MAINLAND])
        shapes[code] = (Shape(frame, drawn["path"], tuple(drawn["at"])),)
        if "inset" in drawn:
            inset = drawn["inset"]
            shapes[code] += (Shape(frames[CENTRE], inset["path"], tuple(inset["at"])),)
    width, height = drawing["size"]
    return Outline((width, height), frames, shapes, where)


def _points(files: Mapping[str, bytes]) -> dict[str, tuple[float, float]]:
    return points(files["points.csv"].decode("utf-8"), "points.csv")


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(data.decode("utf-8").splitlines())
