"""The outline of the départements for maps of selections: `assets/lists/france.js`, loaded with the first map."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.site.drawing import france
from trophees.site.handed import assigned
from trophees.site.model import Site

FILE = "assets/lists/france.js"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The one file; none if the drawing is not there."""
    if france.FILE in site.inputs.reference:
        drawing = france.read(site.inputs.reference)
        paths = {code: [shape.path for shape in shapes] for code, shapes in sorted(drawing.shapes.items())}
        yield FILE, assigned("tropheesFrance", {"size": drawing.size, "departements": paths})
