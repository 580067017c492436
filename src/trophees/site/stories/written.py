"""The stories as they are written: what stands at their head, and their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trophees.base.errors import UserError
from trophees.base.language import Language

_FILE = re.compile(r"([a-z]+(?:-[a-z]+)*)\.(fr|en)\.md")
_HEAD = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)
_KEYS = {"title", "description", "order"}


@dataclass(frozen=True)
class Story:
    """A story in one language; `name` is the folder of its page, `order` its place among the others."""

    name: str
    lang: Language
    title: str
    description: str
    order: int
    text: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.{self.lang}.md"


@cache
def stories(lang: Language) -> tuple[Story, ...]:
    """The stories in `lang`, in their order."""
    return tuple(sorted(_found(lang), key=lambda story: (story.order, story.name)))


def _found(lang: Language) -> Iterator[Story]:
    for file in files("trophees.site.stories").iterdir():
        if (match := _FILE.fullmatch(file.name)) and match[2] == lang:
            yield read(match[1], lang, file.read_text("utf-8"))


def read(name: str, lang: Language, text: str) -> Story:
    """The story in `text`; UserError, with the file, if its head is not as it should be."""
    match = _HEAD.fullmatch(text)
    lines = [line.partition(":") for line in match[1].splitlines()] if match else []
    head = {key.strip(): value.strip() for key, _, value in lines}
    if match is None or head.keys() != _KEYS or not all(head.values()) or not head["order"].isdecimal():
        raise UserError(
            f"{name}.{lang}.md: begin with “title: …”, “description: …” and “order: 1” between two lines of “---”"
        )
    return Story(name, lang, head["title"], head["description"], int(head["order"]), match[2])
