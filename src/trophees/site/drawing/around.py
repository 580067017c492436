"""The small graph picture of a laureate or of a case: the things around it, by relation, as one SVG.

`picture(site, thing, lang)` is called by its page, which links `assets/thing.css`; it returns a whole `<figure>`, or
nothing for a thing of another kind. What the picture shows, the page says: it is hidden from
assistive technology and from the Tab key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from math import isqrt, sqrt

from markupsafe import Markup

from trophees.base.language import Language
from trophees.base.namespaces import CARRIER, TP
from trophees.site.collation import sort_key
from trophees.site.l10n import Words, spaced
from trophees.site.model import Site, Thing
from trophees.site.render import environment, place

_SHORTCUTS = (("territories", "covers"), ("themes", "addresses"), ("tools", "usesTool"), ("audiences", "isFor"))

# units of the drawing
WIDTH, LINE, GAP, TITLE = 880, 19, 9, 24
_NEAR, _FAR = 118, 190  # from the middle to a node: at the top and bottom, and halfway
_ASIDE, _MARGIN = 16, 4  # from a node to its label, and from a label to the edge
_ROOM = WIDTH // 2 - _FAR - _ASIDE - _MARGIN  # for a label, wherever its node is
_MIDDLE = 220  # the width of the box in the middle
_SIZE, _SMALL, _BOLD = 15, 12, 18  # of a label, of the number after it, and of the name: bold is wider than its size
_MOST = 14  # nodes of one relation; the page has them all

# what a letter takes in the widest fonts that readers may have (DejaVu Sans, Verdana), in parts of its size
_NARROW, _WIDE = frozenset(" !'(),-./:;I[]fijlrt|’\u00a0\u202f"), frozenset("#%+<=>@MW^mw~ŒÆœæ—…")
_HYPHEN = re.compile(r"(?<=\w-)(?=\w)")


@dataclass(frozen=True)
class Leaf:
    """Something linked to the laureate. `others` is how many other laureates are linked to it in the same way."""

    label: str
    href: str
    others: int

    @cached_property
    def lines(self) -> list[str]:
        after = 6 + wide(f"{self.others:,}", _SMALL) if self.others else 0
        return broken(self.label, _SIZE, _ROOM - after, 4)

    @property
    def height(self) -> int:
        return LINE * len(self.lines) + GAP


@dataclass(frozen=True)
class Branch:
    """The leaves of one relation; `more` is how many are left out."""

    name: str
    title: str
    leaves: tuple[Leaf, ...]
    more: int

    @property
    def height(self) -> int:
        return TITLE + sum(leaf.height for leaf in self.leaves) + LINE


@dataclass(frozen=True)
class Node:
    """A leaf where it is drawn; `side` is -1 on the left and 1 on the right."""

    branch: str
    leaf: Leaf
    x: int
    y: int
    side: int

    @property
    def radius(self) -> int:
        return 4 + min(5, isqrt(self.leaf.others))


@dataclass(frozen=True)
class Heading:
    """The name of a branch, above its leaves."""

    branch: str
    title: str
    x: int
    y: int
    side: int


@dataclass(frozen=True)
class View:
    """What the template draws."""

    width: int
    height: int
    middle: tuple[int, int]
    box: int  # how wide the middle is
    name: tuple[str, ...]
    nodes: tuple[Node, ...]
    headings: tuple[Heading, ...]
    cut: bool


def picture(site: Site, thing: Thing, lang: Language) -> Markup:
    """The `<figure>` with the graph around `thing`, its links relative to the page of `thing` in `lang`."""
    if thing.kind not in ("laureate", "case"):
        return Markup("")
    words = Words(lang)
    drawn = view(site.label(thing.iri, lang), branches(site, thing, words))
    if not drawn.nodes:
        return Markup("")
    macros = environment().get_template("pictures.html").module
    return Markup(macros.laureate_graph(drawn, words))  # type: ignore[attr-defined]


def branches(site: Site, thing: Thing, words: Words) -> list[Branch]:
    """What surrounds `thing`, by relation, in a fixed order; relations with nothing in them are left out."""
    carriers: list[str] = []
    others: list[str] = []
    for fact in site.links(thing.iri, TP + "involvement"):
        roles = site.links(fact, TP + "role")
        (carriers if CARRIER in roles else others).extend(site.links(fact, TP + "organisation"))
    groups: list[tuple[str, Iterable[str], str]] = [
        ("carriers", carriers, "carriedBy"),
        ("actors", [iri for iri in others if iri not in carriers], ""),
    ]
    groups += [(name, site.links(thing.iri, TP + prop), prop) for name, prop in _SHORTCUTS]
    path = place(thing.folder, words.lang)

    def leaf(iri: str, prop: str) -> Leaf:
        others = len(set(site.laureates_with(TP + prop, iri)) - {thing.iri}) if prop else 0
        # the name of a branch tells what its leaves are, but that a territory may be of several kinds
        label = spaced(site.apart(iri, words.lang, kind_told=prop != "covers"))
        return Leaf(label, site.href(iri, words.lang, path), others)

    found = []
    for name, iris, prop in groups:
        leaves = sorted({leaf(iri, prop) for iri in iris}, key=lambda one: (-one.others, sort_key(one.label), one.href))
        if leaves:
            title = words(f"picture.{name}")
            found.append(Branch(name, title, tuple(leaves[:_MOST]), len(leaves) - len(leaves[:_MOST])))
    return found


def view(name: str, around: list[Branch]) -> View:
    """The branches on two sides of the middle, the first on the left, as evenly as their order allows."""
    heights = list(accumulate((branch.height for branch in around), initial=0))
    cut = min(range(len(heights)), key=lambda n: (abs(heights[-1] - 2 * heights[n]), n))
    middle_lines = tuple(broken(spaced(name), _BOLD, _MIDDLE - 4 * _MARGIN, 8))
    height = max(heights[cut], heights[-1] - heights[cut], LINE * (len(middle_lines) + 3)) + LINE
    middle = WIDTH // 2, height // 2
    nodes: list[Node] = []
    headings: list[Heading] = []
    for side, part in ((-1, around[:cut]), (1, around[cut:])):
        for item in _column(part, side, middle, height):
            if isinstance(item, Node):
                nodes.append(item)
            else:
                headings.append(item)
    return View(
        WIDTH, height, middle, _MIDDLE, middle_lines, tuple(nodes), tuple(headings), any(b.more for b in around)
    )


def wide(text: str, size: int) -> float:
    """How wide `text` is at most, in letters of `size`, whichever font it is in."""
    return size * sum(map(_letter, text))


@cache
def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.42
    if letter in _WIDE or letter > "\u2e7f":
        return 1.1
    return 0.79 if letter.isupper() or letter == "&" else 0.64


def broken(text: str, size: int, room: float, most: int) -> list[str]:
    """`text` in lines no wider than `room`, at most so many: broken between words; a word that has no room, after its
    hyphens or anywhere. `…` ends what is cut.
    """
    lines = [""]
    for word in text.split(" "):
        for number, part in enumerate([word] if wide(word, size) <= room else _HYPHEN.split(word)):
            longer = f"{lines[-1]}{'' if number or not lines[-1] else ' '}{part}"
            if wide(longer, size) <= room:
                lines[-1] = longer
                continue
            if lines[-1]:
                lines.append("")
            for letter in part:
                if wide(lines[-1] + letter, size) > room:
                    lines.append("")
                lines[-1] += letter
    if len(lines) > most:
        del lines[most:]
        while wide(lines[-1] + " …", size) > room:
            lines[-1] = lines[-1].rpartition(" ")[0] or lines[-1][:-1]
        lines[-1] += " …"
    return lines


def _column(part: list[Branch], side: int, middle: tuple[int, int], height: int) -> Iterator[Node | Heading]:
    """The branches of one side, one under the other, along half an ellipse around the middle."""
    y = middle[1] - (sum(branch.height for branch in part) - LINE) // 2

    def across(at: int) -> int:
        bend = sqrt(max(0.0, 1 - (2 * (at - middle[1]) / height) ** 2))
        return middle[0] + side * round(_NEAR + (_FAR - _NEAR) * bend)

    for branch in part:
        y += TITLE
        yield Heading(branch.name, branch.title, across(y), y - LINE // 2, side)
        for leaf in branch.leaves:
            centre = y + leaf.height // 2
            yield Node(branch.name, leaf, across(centre), centre, side)
            y += leaf.height
        y += LINE
