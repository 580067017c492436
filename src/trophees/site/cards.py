"""Social cards: one PNG of 1200 by 630 for each laureate, and one for the other pages (Open Graph's usual size).

Drawn with Pillow in Source Serif Pro (SIL Open Font License 1.1), which the package font-source-serif-pro carries.
The same versions of both give the same bytes: no date, no metadata, a fixed palette.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as resources
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from trophees.context import TP
from trophees.site.l10n import Words
from trophees.site.model import Site, Thing

SIZE = WIDTH, HEIGHT = 1200, 630
DEFAULT = "cards/default.png"
_FONT = "font_source_serif_pro"
_GROUND = (69, 26, 75)
_INKS = {"title": (255, 255, 255), "text": (233, 211, 236), "star": (240, 190, 90), "motif": (106, 58, 114)}
_LEVELS = 16  # shades from the ground to each ink
_LEFT, _TOP, _BOTTOM = 84, 84, 546
_SIZES = (76, 68, 60, 54, 48, 42)
_MEASURE, _STEP, _LEADING = WIDTH - 2 * _LEFT, 46, 1.16
_BLANKS = re.compile(r"[ \t\r\n]+")
_CLINGS = re.compile(r"(?<=[«–]) | (?=[»!?:;–])")  # spaces where French breaks no line
_SMOOTH = 4  # shapes are drawn this much larger, then reduced


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The card of each laureate, in the order of the report, and the default one."""
    words = Words("fr")
    for laureate in site.laureates:
        yield path(laureate), laureate_card(site, laureate, words)
    yield DEFAULT, card(words("site.name"), words("card.default"), words("card.name"), 0)


def path(laureate: Thing) -> str:
    """Where the card of `laureate` is: `cards/laureate-2020-cachan.png`."""
    return f"cards/{laureate.path.replace('/', '-')}.png"


def laureate_card(site: Site, laureate: Thing, words: Words) -> bytes:
    """The card of `laureate`: its name, who carries it, its stars and its edition, in French."""
    carriers = [site.label(iri, "fr") for iri in site.links(laureate.iri, TP + "carriedBy")]
    carrier = site.text(laureate.iri, TP + "carrierLine") or ", ".join(carriers)
    edition = next(iter(site.links(laureate.iri, TP + "edition")), "")
    foot = site.label(edition, "fr") if edition else words("card.name")
    stars = site.text(laureate.iri, TP + "stars")
    return card(site.label(laureate.iri, "fr"), carrier, foot, int(stars) if stars.isdecimal() else 0)


def card(title: str, text: str, foot: str, stars: int) -> bytes:
    """A card as a PNG with a palette: `stars`, then `title`, `text` under it, and `foot` at the bottom."""
    picture = _ground().copy()
    y = _TOP
    if stars:
        _put(picture, _stars(min(stars, 4)), "star", (_LEFT, y))
        y += 84
    small = _font("Regular", 36)
    below = _broken(text, small)[:2]
    font, lines = _fitted(title, _BOTTOM - 40 - y - _STEP * len(below))
    for line in lines:
        _write(picture, line, font, "title", (_LEFT, y))
        y += round(font.size * _LEADING)
    for line in below:
        _write(picture, line, small, "text", (_LEFT, y + 18))
        y += _STEP
    _write(picture, foot, _font("Regular", 28), "text", (_LEFT, _BOTTOM))
    indexed = Image.frombytes("P", SIZE, picture.tobytes())
    indexed.putpalette(_palette())
    out = BytesIO()
    indexed.save(out, "PNG", compress_level=6)
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
    data = (resources(_FONT) / "files" / f"SourceSerifPro-{weight}.ttf").read_bytes()
    # the basic layout is in every build of Pillow, and French needs no other
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def _fitted(title: str, height: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest font in which `title` fits `height`, and its lines; in the smallest, what is too long is cut."""
    for size in _SIZES:
        font = _font("Semibold", size)
        lines = _broken(title, font)
        room = int(height // (size * _LEADING))
        if len(lines) <= room and all(font.getlength(line) <= _MEASURE for line in lines):
            return font, lines
    return font, lines if len(lines) <= room else [*lines[: room - 1], lines[room - 1] + " …"]


def _broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """`text` in lines that are no wider than the measure, broken between words."""
    lines: list[str] = []
    for word in _CLINGS.sub("\u00a0", " ".join(_BLANKS.split(text)).replace("\u202f", "\u00a0")).split(" "):
        if lines and font.getlength(f"{lines[-1]} {word}") <= _MEASURE:
            lines[-1] += f" {word}"
        elif word:
            lines.append(word)
    return lines


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
    middle, around = (2120, 940), ((1780, 1120), (2000, 640), (2330, 620), (2420, 1090), (2060, 1290))
    for node in around:
        draw.line((middle, node), fill=255, width=8)
    for (x, y), radius in zip((middle, *around), (64, 40, 30, 44, 36, 34), strict=True):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    picture = Image.new("L", SIZE, 0)
    _put(picture, mask.resize(SIZE, Image.Resampling.BOX), "motif", (0, 0))
    return picture
