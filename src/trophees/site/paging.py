"""Lists that are too long for one page: they go on, in their order, on pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from trophees.base.language import Language
from trophees.site.l10n import Words
from trophees.site.render import place, root_from

T = TypeVar("T")
_FAR = (1, 2, 10, 100)  # how far a page leads, both ways, besides the first page and the last


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """What one page shows of a list: `items`, before which `start` others stand on other pages."""

    folder: str
    start: int
    items: Sequence[T]


@dataclass(frozen=True)
class Step:
    """A page of a list, seen from another: no `href` for the page itself; `gap` if pages are left out before it."""

    number: int
    href: str
    gap: bool


def pages(weight: int, room: int) -> int:
    """How many pages with so much room a list of this weight takes, both in bytes of markup: at least one."""
    return max(1, -(-weight // room))


def sheets(items: Sequence[T], number: int, folder: str, name: str = "page") -> list[Sheet[T]]:
    """`items` on `number` pages of one length: the first in `folder`, the next in `page-2/` below it.

    The number of pages is given, because a list has as many in each language.
    """
    bounds = [len(items) * page // number for page in range(number + 1)]
    return [
        Sheet(f"{folder}{name}-{page + 1}/" if page else folder, bounds[page], items[bounds[page] : bounds[page + 1]])
        for page in range(number)
    ]


def titled(words: Words, title: str, here: int) -> str:
    """The title of the page `here` of a list, counted from 0: that of the list, with the number of a further page."""
    return words("pager.alone", name=title, n=here + 1) if here else title


def steps(found: Sequence[Sheet[T]], here: int, lang: Language, path: str, anchor: str = "") -> list[Step]:
    """From the page `here` of a list, counted from 0, to pages near and far; none if there is no other.

    `path` is the file that links, `anchor` where the list stands on its first page.
    """
    near = {0, len(found) - 1, here, *(here + far * way for far in _FAR for way in (-1, 1))}
    shown = [number for number in sorted(near) if 0 <= number < len(found)]
    root = root_from(path)
    made = []
    for before, number in zip([-1, *shown], shown, strict=False):
        href = root + place(found[number].folder, lang) + (anchor if number == 0 else "")
        made.append(Step(number + 1, "" if number == here else href, gap=number > before + 1))
    return made if len(made) > 1 else []
