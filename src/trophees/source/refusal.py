"""What is wrong with a record: sentences in French and in English, with their place."""

from __future__ import annotations

import sys

import yaml

from trophees.base.context import Context
from trophees.base.errors import brief, nearest
from trophees.base.language import Both, did_you_mean
from trophees.source.problem import Problem
from trophees.source.sentences import rule_of, said
from trophees.source.text import Flaw

Place = tuple[int, int]  # line and column, from 1


class Refusals:
    """The problems of the record at `path`, in the order in which they are found."""

    def __init__(self, path: str, context: Context) -> None:
        self.path = path
        self.context = context
        self.problems: list[Problem] = []
        self.end: Place = (sys.maxsize, 1)

    def refuse(self, place: Place, name: str, /, **told: Both | str | int) -> None:
        """Say the sentence `name` of what stands at `place`."""
        self._add(place, rule_of(name), said(name, **told))

    def flaw(self, place: Place, found: Flaw, key: str = "") -> None:
        """Refuse the text that has the flaw `found`; `key` is where it is the value."""
        head = f"{key} — " if key else ""
        self._add(place, found.rule, found.message.each(lambda text: head + text))

    def _add(self, place: Place, rule: str, messages: Both) -> None:
        """A parser's place may lie beyond the last line, where no tool shows it: it becomes the end of that line."""
        self.problems.append(Problem(self.path, *min(place, self.end), f"source:{rule}", messages=messages))

    def unknown(self, key: yaml.ScalarNode, right: str | None = None) -> None:
        """Refuse `key`, and say which was meant: `right`, or the one that it most resembles."""
        near = did_you_mean(right or nearest(key.value, self.context.keys))
        self.refuse(place(key), "key", key=brief(key.value), near=near)


def place(node: yaml.Node | yaml.Event) -> Place:
    """Where `node` begins."""
    mark = node.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1
