"""A list as its script reads it: `assets/lists/laureates-fr.js` hands it to the page, from a disk too.

What repeats is a number: a member is the place of its value on the axis, plus, where it is qualified, as many values as
there are times the place of its qualifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trophees.site.collation import sort_key
from trophees.site.handed import assigned
from trophees.site.l10n import Words, spaced
from trophees.site.lists.listing import Axis, Item, Listing
from trophees.site.statements import Name

_ALWAYS = 6  # parts of an item that are there even if they are empty


def script(listing: Listing, words: Words, shown: Mapping[str, Any]) -> bytes:
    """The script that puts the list in `tropheesList`; `shown` is what its pages say of it besides."""
    return assigned("tropheesList", data(listing, words, shown))


def data(listing: Listing, words: Words, shown: Mapping[str, Any]) -> dict[str, Any]:
    """The list as `web/list-types.d.ts` has it."""
    numbers = sorted({name for item in listing.items for name in item.numbers})
    return {
        "name": listing.name,
        "words": words.under("lists."),
        "axes": [_axis(axis, words.lang) for axis in listing.axes],
        "numbers": numbers,
        "items": [_item(item, listing.axes, numbers, words) for item in listing.items],
        **shown,
    }


def _axis(axis: Axis, lang: str) -> dict[str, Any]:
    places = {value.key: number for number, value in enumerate(axis.values)}
    made: dict[str, Any] = {"name": axis.name, "title": axis.title, "none": axis.none}
    made["values"] = [
        [value.key, spaced(value.label, lang), *([[places[key] for key in value.broader]] if value.broader else [])]
        for value in axis.values
    ]
    if axis.given:
        made["given"] = axis.given
    if axis.switch:
        made["switch"] = True
    if axis.qualifier:
        made["qualifier"] = [axis.qualifier, axis.qualified, [[value.key, value.label] for value in axis.qualifiers]]
    return made


def _item(item: Item, axes: Iterable[Axis], numbers: list[str], words: Words) -> list[Any]:
    """[key, folder, name, members by axis, numbers, lines, text, amounts, areas, points], without what is empty at the
    end."""
    members = [_members(item, axis) for axis in axes]
    lines = {name: [_name(line, words) for line in found] for name, found in item.lines.items() if found}
    known = [_plain(item.numbers.get(name)) for name in numbers]
    made: list[Any] = [item.key, item.folder, _name(item.name, words), members, known, lines, item.text]
    made += [[[k, _plain(n), int(more), what] for k, n, more, what in item.amounts], item.areas, item.points]
    while len(made) > _ALWAYS and not made[-1]:
        made.pop()
    return made


def _members(item: Item, axis: Axis) -> list[int]:
    """By qualifier, then by name, as a card tells them."""
    places = {value.key: (number, sort_key(value.label)) for number, value in enumerate(axis.values)}
    ways = {value.key: number for number, value in enumerate(axis.qualifiers)}
    found = item.members.get(axis.name, ())
    made = sorted((ways.get(way, 0), places[value][1], places[value][0]) for value, way in found if value in places)
    return [way * len(places) + place for way, _, place in made]


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number


def _name(name: Name, words: Words) -> str | list[str]:
    text = spaced(name.text, name.lang or words.lang)
    return text if name.lang in ("", words.lang) else [text, name.lang]
