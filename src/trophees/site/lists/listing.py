"""A list that can be narrowed down: its items, the axes on which they differ, and which of them a choice leaves.

`web/list-select.js` chooses by the same rules: values of one axis add up, axes narrow each other, a value stands for
all that is narrower.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from trophees.site.laureate_list import NONE
from trophees.site.statements import Name

ALL = "all"  # every qualifier, or every item of a switch


@dataclass(frozen=True)
class Value:
    """Something that an axis can be: its key in addresses, its name, and the key of what it is a sort of."""

    key: str
    label: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True)
class Axis:
    """One way in which items differ. `qualifiers` tell how an item has a value: the tool is used, or planned.

    `given` is the qualifier, or for a `switch` the value, that holds where the address names none; `none` is what those
    are called that have no value.
    """

    name: str
    title: str
    values: tuple[Value, ...]
    none: str = ""
    qualifier: str = ""  # its name in addresses
    qualified: str = ""  # its title
    qualifiers: tuple[Value, ...] = ()
    given: str = ""
    switch: bool = False  # one value at a time, from the start

    @cached_property
    def under(self) -> dict[str, frozenset[str]]:
        """Each value with all that it is a sort of, itself included."""
        broader = {value.key: value.broader for value in self.values}
        found = {}
        for key in broader:
            above, todo = {key}, [key]
            while todo:
                new = [b for b in broader.get(todo.pop(), ()) if b not in above]
                above.update(new)
                todo += new
            found[key] = frozenset(above)
        return found


@dataclass(frozen=True)
class Item:
    """Something listed. `members` has its values on each axis, each with its qualifier, which may be empty.

    `numbers` are what it can be sorted by, None where it is not known; `lines` what a card says under the name, and
    `text` what the search looks into besides.
    """

    key: str
    iri: str
    folder: str
    name: Name
    members: Mapping[str, tuple[tuple[str, str], ...]]
    numbers: Mapping[str, float | None] = field(default_factory=dict)
    lines: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    amounts: tuple[tuple[str, float, bool, str], ...] = ()  # kind, number, whether it may be more, what it counts
    areas: tuple[str, ...] = ()  # the codes of its départements
    points: tuple[tuple[int, int], ...] = ()  # where its communes fall on the drawing of France
    text: str = ""


@dataclass(frozen=True)
class Listing:
    """A list, in the order in which it stands where none is asked for."""

    name: str
    folder: str
    axes: tuple[Axis, ...]
    items: tuple[Item, ...]

    def axis(self, name: str) -> Axis:
        """The axis `name`; KeyError if there is none."""
        return {axis.name: axis for axis in self.axes}[name]

    def chosen(self, choice: Mapping[str, Iterable[str]]) -> list[Item]:
        """The items that `choice` leaves: keys of values by axis, and one key for a qualifier or a switch."""
        asked = [a for a in self.axes if a.switch or choice.get(a.name) or (a.qualifier and choice.get(a.qualifier))]
        return [item for item in self.items if all(self._passes(item, axis, choice) for axis in asked)]

    def _passes(self, item: Item, axis: Axis, choice: Mapping[str, Iterable[str]]) -> bool:
        wanted = set(choice.get(axis.name, ()) or ((axis.given,) if axis.switch else ()))
        how = next(iter(choice.get(axis.qualifier, ())), axis.given) if axis.qualifier else ALL
        had = [value for value, qualifier in item.members.get(axis.name, ()) if how in (ALL, qualifier)]
        if not wanted:  # a qualifier that is asked for alone is that of any value
            return how in (ALL, axis.given) or bool(had)
        return (
            (axis.switch and ALL in wanted)
            or (NONE in wanted and not had)
            or any(wanted & axis.under.get(value, frozenset((value,))) for value in had)
        )


def address(choice: Mapping[str, str]) -> str:
    """The end of the address of a list that `choice` narrows down; empty if nothing is chosen."""
    said = "&".join(f"{name}={quote(value, safe=',-')}" for name, value in choice.items() if value)
    return f"?{said}" if said else ""
