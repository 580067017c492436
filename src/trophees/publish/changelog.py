"""The change log as structure: releases, and in each the paragraphs and items with their runs of bold and code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RELEASE = re.compile(r"^## (\S+)(?: — (.+))?$")
_RUN = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`")


@dataclass(frozen=True)
class Run:
    """A piece of text: `style` is `strong`, `code` or empty."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Release:
    """A release. `date` is as written, or empty; what is said of it is one list of runs per paragraph or item."""

    version: str
    date: str
    items: tuple[tuple[Run, ...], ...]


def releases(text: str) -> list[Release]:
    """The releases of a change log in Markdown, in its order: `## version — date`, then paragraphs and `-` items."""
    found: list[tuple[str, str, list[str]]] = []
    fresh = True
    for line in text.splitlines():
        if match := _RELEASE.match(line):
            found.append((match[1], match[2] or "", []))
            fresh = True
        elif not found or not line.strip():
            fresh = True
        elif fresh or line.startswith("- "):
            found[-1][2].append(line.removeprefix("- ").strip())
            fresh = False
        else:
            found[-1][2][-1] += " " + line.strip()
    return [Release(version, date, tuple(_runs(item) for item in items)) for version, date, items in found]


def _runs(item: str) -> tuple[Run, ...]:
    made: list[Run] = []
    at = 0
    for match in _RUN.finditer(item):
        made += [Run(item[at : match.start()]), Run(match[1] or match[2], "strong" if match[1] else "code")]
        at = match.end()
    return tuple(run for run in (*made, Run(item[at:])) if run.text)
