"""The map as one small picture for the first page: no words, no links, one drawing for each colour scheme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trophees.site.drawing import france as outline
from trophees.site.geography import communes, counts, most_covered, steps
from trophees.site.model import Site


@dataclass(frozen=True)
class Palette:
    """The colours of a scheme, as in `site-colours.css`: `scale` from no laureate to many, then ground and points."""

    scale: tuple[str, str, str, str]
    ground: str
    edge: str
    dot: str


PALETTES = {
    "assets/france.svg": Palette(("#f3eff4", "#dcc3e0", "#b883bf", "#541f5b"), "#ffffff", "#857b8c", "#b57a0c"),
    "assets/france-dark.svg": Palette(("#2a242f", "#4d3453", "#7b4c84", "#e6c6ea"), "#17141a", "#8d8296", "#d9a441"),
}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The drawings; none without geometry."""
    if outline.FILE in site.inputs.reference:
        for path, palette in PALETTES.items():
            yield path, draw(site, palette)


def size(site: Site) -> tuple[int, int]:
    """The width and the height of the drawings."""
    return outline.read(site.inputs.reference).size


def draw(site: Site, palette: Palette) -> bytes:
    """An SVG: départements darker (or lighter on a dark ground) where there are more laureates, a point for each of
    their communes. Colours are attributes: a style sheet inside would need an exception in the security policy.
    """
    drawing = outline.read(site.inputs.reference)
    found = {count.code: len(count.laureates) for count in counts(site)}
    levels = steps(list(found.values()))
    width, height = drawing.size
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    ]
    for code, shapes in sorted(drawing.shapes.items()):
        level = next((s.number for s in levels if s.low <= found.get(code, 0) <= s.high), 0)
        stroke = f'stroke="{palette.ground}" stroke-width="2"'
        if not level:
            stroke = f'stroke="{palette.edge}" stroke-width="1.5" stroke-opacity="0.5"'
        lines += [f'<path fill="{palette.scale[level]}" {stroke} d="{shape.path}"/>' for shape in shapes]
    for thing, departement, _ in most_covered(communes(site)):
        for _, x, y in drawing.places(thing.iri.rsplit("/", 1)[-1], departement):
            lines.append(
                f'<circle cx="{x}" cy="{y}" r="11" fill="{palette.dot}" stroke="{palette.ground}" stroke-width="3"/>'
            )
    return "\n".join([*lines, "</svg>\n"]).encode()
