"""Where a process took place: a small outline of France with its départements filled and its communes as points.

It is inline, so that it takes the colours of the page, and light: borders between départements are left out, and the
coast is drawn as coarsely as its size allows.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from trophees.base.namespaces import BASE, IGEO, TP
from trophees.site.drawing import france
from trophees.site.drawing.france import Outline, Shape
from trophees.site.geography import departement_of
from trophees.site.model import Site, last

_UNIT = 10  # of the drawing of the whole map, for one of this: as large as it is shown
_TOLERANCE = 1.4  # units of this drawing: how far a line may be from the border that it stands for
_SPECK = 12.0  # square units of this drawing: smaller islands are left out
_MOST = 13  # départements, as many as the largest region has; what lies in more is everywhere
_STEP = re.compile(r"([MlzL])|(-?\d+)")

Point = tuple[int, int]


@dataclass(frozen=True)
class Where:
    """A drawing `size` units large: path data of the outline and of the départements, and points."""

    size: tuple[int, int]
    outline: str
    areas: str
    dots: tuple[Point, ...]


def where(site: Site, iri: str) -> Where | None:
    """Where the process `iri` took place; None without geometry, or if nothing of it can be shown."""
    if france.FILE not in site.inputs.reference:
        return None
    drawing = _drawing(site)
    covered = site.links(iri, TP + "covers")
    found = set(site.links(iri, TP + "inDepartement"))
    if not found:
        found = {part for place in covered for part in site.subjects(IGEO + "subdivisionDe", place)}
    codes = {last(part) for part in found if part.startswith(BASE + "territory/departement/")}
    dots: dict[Point, None] = {}
    for place in covered:
        if place.startswith(BASE + "territory/commune/"):
            for frame, x, y in drawing.places(last(place), departement_of(site, place)):
                if frame.name != france.CENTRE:
                    dots[_scaled((x, y))] = None
    shapes = [drawing.shapes[code][0] for code in sorted(codes) if code in drawing.shapes]
    if len(shapes) > _MOST or not (shapes or dots):
        return None
    areas = "".join(_path(simple) for shape in shapes if (simple := _coarse(_rings(shape), least=0.0)))
    width, height = drawing.size
    return Where((width // _UNIT + 1, height // _UNIT + 1), _outline(site), areas, tuple(dots))


def _drawing(site: Site) -> Outline:
    if "drawing" not in site.cache:
        site.cache["drawing"] = france.read(site.inputs.reference)
    found: Outline = site.cache["drawing"]
    return found


def _outline(site: Site) -> str:
    """The coast and the land borders: the sides that only one département has."""
    if "outline" not in site.cache:
        rings = [ring for shapes in _drawing(site).shapes.values() for ring in _rings(shapes[0])]
        site.cache["outline"] = _path(_coarse(_chains(rings), least=_SPECK))
    found: str = site.cache["outline"]
    return found


def _rings(shape: Shape) -> list[list[Point]]:
    """The rings of a path made of `M`, `l` and `z`, in units of the whole map; the last point is the first."""
    rings: list[list[Point]] = []
    numbers: list[int] = []
    verb = ""

    def close() -> None:
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if verb == "M":
            rings.append([points[0]])
            points = points[1:]
        for x, y in points:
            rings[-1].append((rings[-1][-1][0] + x, rings[-1][-1][1] + y))
        numbers.clear()

    for step in _STEP.finditer(shape.path):
        if step[1]:
            if numbers:
                close()
            verb = step[1]
        else:
            numbers.append(int(step[2]))
    if numbers:
        close()
    return [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings]


def _chains(rings: list[list[Point]]) -> list[list[Point]]:
    """The sides that stand in one ring only, joined end to end."""
    sides = Counter(frozenset(side) for ring in rings for side in pairwise(ring) if side[0] != side[1])
    ends: dict[Point, set[Point]] = {}
    for side in (tuple(side) for side, rings_with_it in sides.items() if rings_with_it == 1):
        for start, end in (side, side[::-1]):
            ends.setdefault(start, set()).add(end)
    chains = []
    while ends:
        chain = [min(ends)]
        while follows := ends.get(chain[-1]):
            end = min(follows)
            for one, other in ((chain[-1], end), (end, chain[-1])):
                ends[one].discard(other)
            chain.append(end)
        ends = {point: others for point, others in ends.items() if others}
        chains.append(chain)
    return chains


def _coarse(rings: list[list[Point]], least: float) -> list[list[Point]]:
    """The rings in units of this drawing, with as few points as the tolerance allows, but for those that are small."""
    found = []
    for ring in rings:
        middle = max(range(len(ring)), key=lambda n: (_square(ring[0], ring[n]), -n))
        tolerance = _TOLERANCE * _UNIT
        kept = [*_kept(ring[: middle + 1], tolerance), *_kept(ring[middle:], tolerance)[1:]]
        small = [_scaled(point) for point in kept]
        small = [point for n, point in enumerate(small) if not n or point != small[n - 1]]
        if len(small) > 3 and _area(small) >= least:
            found.append(small)
    return found


def _kept(line: list[Point], tolerance: float) -> list[Point]:
    """The points of a line that Douglas and Peucker keep."""
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        distances = [(_distance(line[n], line[first], line[last]), -n) for n in range(first + 1, last)]
        furthest, number = max(distances, default=(0.0, 0))
        if furthest > tolerance:
            keep.add(-number)
            todo += [(first, -number), (-number, last)]
    return [line[n] for n in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    length = sqrt(_square(start, end))
    if not length:
        return sqrt(_square(point, start))
    (x, y), (a, b), (c, d) = point, start, end
    return abs((c - a) * (b - y) - (a - x) * (d - b)) / length


def _square(one: Point, other: Point) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _area(ring: list[Point]) -> float:
    return abs(sum(a * d - c * b for (a, b), (c, d) in pairwise([*ring, ring[0]]))) / 2


def _scaled(point: Point) -> Point:
    return round(point[0] / _UNIT), round(point[1] / _UNIT)


def _path(rings: list[list[Point]]) -> str:
    """SVG path data: each ring from its first point by steps."""
    drawn = []
    for ring in rings:
        steps = [(c - a, d - b) for (a, b), (c, d) in pairwise(ring)]
        told = "".join(f"{' ' if n and x >= 0 else ''}{x}{' ' if y >= 0 else ''}{y}" for n, (x, y) in enumerate(steps))
        drawn.append(f"M{ring[0][0]} {ring[0][1]}l{told}z")
    return "".join(drawn)
