"""The map: départements coloured by their number of laureates, communes as points, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.site.collation import sort_key
from trophees.site.drawing import france as outline
from trophees.site.drawing.france import CENTRE, MAINLAND, Frame, Outline
from trophees.site.geography import Count, Step, communes, counts, most_covered, steps
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.links import cookbook_link
from trophees.site.model import Site
from trophees.site.render import Alternate, Page, place
from trophees.site.statements import Name

FOLDER = Folder.MAP
QUERY = "laureates-per-departement"
_CLEAR = 28  # units of the drawing between a figure and a point
_LINK = 140  # bytes of markup of a laureate's link in the table, about


@dataclass(frozen=True)
class Area:
    """A département as drawn in one frame. `href` is empty where there is nothing to follow."""

    path: str
    at: tuple[int, int]
    step: int
    figure: int
    label: str
    href: str


@dataclass(frozen=True)
class Dot:
    """A commune as drawn in one frame."""

    x: int
    y: int
    label: str
    href: str


@dataclass(frozen=True)
class Panel:
    """A frame with what is drawn in it."""

    frame: Frame
    title: str
    empty: tuple[Area, ...]
    coloured: tuple[Area, ...]
    dots: tuple[Dot, ...]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in both languages; nothing if the drawing is not there."""
    if outline.FILE not in site.inputs.reference:
        return
    drawing = outline.read(site.inputs.reference)
    for lang in LANGUAGES:
        yield site.render(_page(site, drawing, lang))


def _page(site: Site, drawing: Outline, lang: Language) -> Page:
    words, path = Words(lang), place(FOLDER, lang)
    listed = counts(site)
    classes = steps([len(c.laureates) for c in listed])
    places = communes(site)
    tied = {laureate.iri for c in listed for laureate in c.laureates}

    def href(iri: str) -> str:
        return site.href(iri, lang, path)

    def name(iri: str) -> Name:
        return site.name(iri, lang)

    values = {
        "size": drawing.size,
        "panels": _panels(site, drawing, listed, classes, words, href),
        "locator": _locator(drawing),
        "steps": classes,
        "counts": listed,
        "regions": _by_region(site, listed),
        "inhabited": [c for c in listed if c.laureates],
        "tied": len(tied),
        "laureates": len(site.laureates),
        "untied": [laureate for laureate in site.laureates if laureate.iri not in tied],
        "communes": len(places),
        "dots": len(most_covered(places)),
        # if there is no room for their names beside the drawing, the page of each département has them
        "named": sum(len(c.laureates) for c in listed) * _LINK <= site.inputs.room // 6,
        "covered": {c.code: [thing for thing, code, _ in places if code == c.code] for c in listed},
        "name": name,
        "href": href,
        "query": cookbook_link(QUERY, lang),
        "query_name": QUERY,
    }
    return Page(
        folder=FOLDER,
        lang=lang,
        template="map.html",
        title=words("map.title"),
        description=words("map.description", n=len(listed)),
        values=values,
        section="map",
        alternates=(Alternate("csv/territories.csv", "text/csv", words("map.csv")),),
    )


def _by_region(site: Site, listed: list[Count]) -> list[tuple[str, list[Count]]]:
    """The départements of each région, the régions by name."""
    groups: dict[str, list[Count]] = {}
    for count in listed:
        groups.setdefault(count.region, []).append(count)
    return sorted(groups.items(), key=lambda group: sort_key(site.label(group[0], "fr")))


def _panels(
    site: Site, drawing: Outline, listed: list[Count], classes: list[Step], words: Words, href: Callable[[str], str]
) -> list[Panel]:
    """The frames, the mainland first. What an inset draws again is a link there only: each link is there once."""
    by_code = {c.code: c for c in listed}
    places = [
        (thing, code, n, drawing.places(thing.path.rpartition("/")[2], code))
        for thing, code, n in most_covered(communes(site))
    ]
    found = []
    for frame in sorted(drawing.frames.values(), key=lambda f: f.name != MAINLAND):
        areas: list[Area] = []
        dots: list[Dot] = []
        for thing, code, number, drawn in places:
            for to, x, y in drawn:
                once = frame.name != MAINLAND or len(drawn) == 1
                if to is frame and once:
                    label = words.count("map.commune", number, name=site.label(thing.iri, words.lang), code=code)
                    dots.append(Dot(x, y, label, href(thing.iri)))
        for code, shapes in drawing.shapes.items():
            for shape in shapes:
                if shape.frame is frame and (count := by_code.get(code)):
                    once = frame.name != MAINLAND or len(shapes) == 1
                    areas.append(_area(site, shape, count, classes, words, dots, href if once else None))
        empty = tuple(area for area in areas if not area.figure)
        title = words("map.centre") if frame.name == CENTRE else ""
        if len(frame.codes) == 1 and frame.codes[0] in by_code:
            title = site.label(by_code[frame.codes[0]].thing.iri, words.lang)
        found.append(Panel(frame, title, empty, tuple(area for area in areas if area.figure), tuple(dots)))
    return found


def _area(
    site: Site,
    shape: outline.Shape,
    count: Count,
    classes: list[Step],
    words: Words,
    dots: list[Dot],
    href: Callable[[str], str] | None,
) -> Area:
    figure = len(count.laureates)
    step = next(s.number for s in classes if s.low <= figure <= s.high)
    key = "map.area" if figure else "map.area_none"
    values = {"name": site.label(count.thing.iri, words.lang), "code": count.code}
    label = words.count(key, figure, **values) if figure else words(key, **values)
    return Area(shape.path, _clear(shape.at, dots), step, figure, label, href(count.thing.iri) if href else "")


def _clear(at: tuple[int, int], dots: list[Dot]) -> tuple[int, int]:
    """`at`, or the nearest of a few places around it where a figure hides no point; the clearest if all hide one."""
    shifts = [(0, 0), *((n * dx, n * dy) for n in (14, 28) for dx, dy in ((0, -1), (0, 1), (-1, 0), (1, 0)))]

    def room(place: tuple[int, int]) -> int:
        return min((max(abs(place[0] - dot.x), abs(place[1] - dot.y)) for dot in dots), default=_CLEAR)

    return max(((at[0] + dx, at[1] + dy) for dx, dy in shifts), key=lambda place: min(_CLEAR, room(place)))


def _locator(drawing: Outline) -> tuple[int, int, int, int]:
    """The rectangle of the mainland that the inset of Paris enlarges: x, y, width, height."""
    inset, main = drawing.frames[CENTRE], drawing.frames[MAINLAND]
    ratio = main.scale / inset.scale
    x, y, width, height = inset.box
    west, north = (x - inset.x) / inset.scale, (inset.y - y) / inset.scale
    return (
        round(main.x + west * main.scale),
        round(main.y - north * main.scale),
        round(width * ratio),
        round(height * ratio),
    )
