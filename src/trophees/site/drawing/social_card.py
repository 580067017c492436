"""Social cards: in each language, one PNG of 1200 by 630 for each laureate, and one for the other pages (Open Graph's
usual size).

Drawn with Pillow in Source Serif Pro (SIL Open Font License 1.1), which the package font-source-serif-pro carries.
The same versions of both give the same bytes: no date, no metadata, a fixed palette.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from io import BytesIO
from math import ceil, cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from trophees.base.namespaces import TP
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site, Thing
from trophees.site.render import DEFAULT_CARD, card_file

SIZE = WIDTH, HEIGHT = 1200, 630
_FONT = "font_source_serif_pro"
_GROUND = (69, 26, 75)
_INKS = {"title": (255, 255, 255), "text": (233, 211, 236), "star": (240, 190, 90), "motif": (106, 58, 114)}
_LEVELS = 16  # shades from the ground to each ink
_LEFT, _TOP, _BOTTOM = 84, 84, 546
_SIZES = (76, 68, 60, 54, 48, 42)
_MEASURE, _STEP, _LEADING = 850, 46, 1.16  # text ends where the drawing begins
_BLANKS = re.compile(r"[ \t\r\n]+")
_CLINGS = re.compile(r"(?<=[«–]) | (?=[»!?:;–])|\u202f")  # spaces where French breaks no line
_SMOOTH = 4  # shapes are drawn this much larger, then reduced


@dataclass(frozen=True)
class Card:
    """What a card shows: stars, a title, a text under it, and a line at the bottom."""

    title: str
    text: str
    foot: str
    stars: int = 0

    def alt(self, words: Words) -> str:
        """The same in words, for who does not see it."""
        stars = words.count("list.stars", self.stars) if self.stars else ""
        return " – ".join(filter(None, (self.title, self.text, stars, self.foot)))


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The cards of each laureate, by edition and in the order of the source, and those of the other pages."""
    spoken = [Words(lang) for lang in LANGUAGES]
    for laureate in site.laureates:
        for words in spoken:
            yield card_file(name(laureate), words.lang), draw(of_laureate(site, laureate, words))
    for words in spoken:
        yield card_file(DEFAULT_CARD, words.lang), draw(of_site(words))


def name(laureate: Thing) -> str:
    """What the cards of `laureate` are called: `laureate-2020-cachan`."""
    return laureate.path.replace("/", "-")


def of_site(words: Words) -> Card:
    """The card of a page that has none of its own."""
    return Card(words("site.name"), words("card.default"), words("card.name"))


def of_laureate(site: Site, laureate: Thing, words: Words) -> Card:
    """The name of `laureate`, who carries it, its edition, its stars and other awards.

    French has the carriers as they are printed, English by their names.
    """
    printed = site.text(laureate.iri, TP + "carrierLine")
    named = ", ".join(site.label(iri, words.lang) for iri in site.links(laureate.iri, TP + "carriedBy"))
    edition = next(iter(site.links(laureate.iri, TP + "edition")), "")
    stars = site.text(laureate.iri, TP + "stars")
    awards = [iri for iri in site.links(laureate.iri, TP + "distinction") if not iri.endswith("-star")]
    foot = [site.label(edition, words.lang) if edition else words("card.name")]
    foot += [words.sentence(site.label(iri, words.lang)) for iri in awards]
    return Card(
        site.label(laureate.iri, words.lang),
        printed or named if words.lang == "fr" else named or printed,
        " · ".join(foot),
        min(int(stars), 4) if stars.isdecimal() else 0,
    )


def draw(card: Card) -> bytes:
    """`card` as a PNG with a palette."""
    picture = _ground().copy()
    y = _TOP
    if card.stars:
        _put(picture, _stars(card.stars), "star", (_LEFT, y))
        y += 84
    small, smallest = _font("Regular", 36), _font("Regular", 28)
    below = _cut(_broken(card.text, small), 2, small)
    font, lines = _fitted(card.title, _BOTTOM - 40 - y - _STEP * len(below))
    for line in lines:
        _write(picture, line, font, "title", (_LEFT, y))
        y += round(font.size * _LEADING)
    for line in below:
        _write(picture, line, small, "text", (_LEFT, y + 18))
        y += _STEP
    for line in _cut(_broken(card.foot, smallest), 1, smallest):
        _write(picture, line, smallest, "text", (_LEFT, _BOTTOM))
    picture.putpalette(_palette())
    out = BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


@cache
def _palette() -> bytes:
    """For each ink, the shades from the ground to it."""
    shades = [
        round(a + (b - a) * level / (_LEVELS - 1))
        for ink in _INKS.values()
        for level in range(_LEVELS)
        for a, b in zip(_GROUND, ink, strict=True)
    ]
    return bytes(shades)


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    data = (resources(_FONT) / "files" / f"SourceSerifPro-{weight}.otf").read_bytes()
    # the basic layout is in every build of Pillow, and French needs no other
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def _fitted(title: str, height: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest font in which `title` fits `height`, and its lines; in the smallest, what is too long is cut."""
    for size in _SIZES:
        font = _font("Semibold", size)
        lines, room = _broken(title, font), int(height // (size * _LEADING))
        if len(lines) <= room:
            return font, lines
    return font, _cut(lines, room, font)


def _broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """`text` in lines that are no wider than the measure, broken between words, else anywhere.

    The narrow space, which the font lacks, is as wide as others.
    """
    lines: list[str] = []
    for word in filter(None, _CLINGS.sub("\u00a0", " ".join(_BLANKS.split(text))).split(" ")):
        if lines and font.getlength(f"{lines[-1]} {word}") <= _MEASURE:
            lines[-1] += f" {word}"
            continue
        lines.append(word)
        while font.getlength(lines[-1]) > _MEASURE:
            line = lines[-1]
            fit = bisect_right(range(2, len(line)), _MEASURE, key=lambda end: ceil(font.getlength(line[:end]))) + 1
            lines[-1:] = [line[:fit], line[fit:]]
    return lines


def _cut(lines: list[str], most: int, font: ImageFont.FreeTypeFont) -> list[str]:
    """At most so many lines; `…` ends what is cut."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while font.getlength(last + " …") > _MEASURE:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], last + " …"]


def _write(picture: Image.Image, text: str, font: ImageFont.FreeTypeFont, ink: str, at: tuple[int, int]) -> None:
    left, top, right, bottom = (int(n) for n in font.getbbox(text))
    if right > left and bottom > top:
        mask = Image.new("L", (min(right, WIDTH) + 2, bottom + 2))
        ImageDraw.Draw(mask).text((0, 0), text, fill=255, font=font)
        _put(picture, mask, ink, at)


def _put(picture: Image.Image, mask: Image.Image, ink: str, at: tuple[int, int]) -> None:
    """Lay `mask` on the picture of palette indices, in shades of `ink`."""
    first = list(_INKS).index(ink) * _LEVELS
    shades = mask.point([first + level * _LEVELS // 256 for level in range(256)])
    picture.paste(shades, at, mask.point([255 if level >= _LEVELS else 0 for level in range(256)]))


@cache
def _stars(number: int) -> Image.Image:
    size, gap = 44, 14
    mask = Image.new("L", ((size + gap) * number * _SMOOTH, size * _SMOOTH))
    draw = ImageDraw.Draw(mask)
    for n in range(number):
        centre, outer = ((size + gap) * n + size / 2) * _SMOOTH, size / 2 * _SMOOTH
        corners = [
            (centre + r * sin(pi * k / 5), outer - r * cos(pi * k / 5))
            for k in range(10)
            for r in (outer if k % 2 == 0 else outer * 0.42,)
        ]
        draw.polygon(corners, fill=255)
    return mask.resize((mask.width // _SMOOTH, mask.height // _SMOOTH), Image.Resampling.BOX)


@cache
def _ground() -> Image.Image:
    """The picture without text: a graph of five nodes at the right, in a quiet shade."""
    mask = Image.new("L", (WIDTH * 2, HEIGHT * 2))
    draw = ImageDraw.Draw(mask)
    middle, around = (2210, 880), ((1962, 1060), (2060, 610), (2350, 540), (2440, 1000), (2150, 1290))
    for node in around:
        draw.line((middle, node), fill=255, width=8)
    for (x, y), radius in zip((middle, *around), (64, 40, 30, 44, 36, 34), strict=True):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    picture = Image.new("L", SIZE, 0)
    _put(picture, mask.resize(SIZE, Image.Resampling.BOX), "motif", (0, 0))
    return picture
