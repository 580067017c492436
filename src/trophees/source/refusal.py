"""What is wrong with a record: sentences in French and in English, with their place."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from trophees.base.context import Context
from trophees.base.errors import nearest
from trophees.source.problem import Problem

Place = tuple[int, int]  # line and column, from 1


class Refusals:
    """The problems of the record at `path`, in the order in which they are found."""

    def __init__(self, path: str, context: Context) -> None:
        self.path = path
        self.context = context
        self.problems: list[Problem] = []

    def refuse(self, place: Place, rule: str, fr: str, en: str) -> None:
        self.problems.append(Problem(self.path, *place, f"source:{rule}", messages={"fr": fr, "en": en}))

    def forbidden(self, place: Place, character: str) -> None:
        code = f"U+{ord(character):04X}"
        self.refuse(
            place,
            "character",
            f"caractère interdit {code}, sans doute invisible : ôtez-le",
            f"forbidden character {code}, probably invisible: remove it",
        )

    def unknown(self, key: yaml.ScalarNode, right: str | None = None) -> None:
        """Refuse `key`, and say which was meant: `right`, or the one that it most resembles."""
        fr, en = near(key.value, [right] if right else self.context.keys, 0 if right else 0.6)
        self.refuse(place(key), "key", f"clé inconnue « {key.value} »{fr}", f"unknown key “{key.value}”{en}")


def place(node: yaml.Node | yaml.Event) -> Place:
    """Where `node` begins."""
    mark = node.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1


def near(text: str, names: Iterable[str], cutoff: float = 0.6) -> tuple[str, str]:
    """« vouliez-vous … ? » with the name that `text` most resembles, in French and in English; or nothing, twice."""
    name = nearest(text, names, cutoff)
    return (f" (vouliez-vous « {name} » ?)", f" (did you mean “{name}”?)") if name else ("", "")
