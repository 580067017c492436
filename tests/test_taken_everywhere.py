"""Every table, list, chart and map of the site is taken away by a control of its page; what is not has its reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import pytest

pytestmark = pytest.mark.xdist_group("site")
RICHEST = 4  # pages of a kind that are read
VOID = {"area", "base", "br", "circle", "col", "hr", "img", "input", "line", "link", "meta", "path", "rect", "source"}
LISTS, DRAWN = ("ul", "ol"), {"chart", "map", "graph"}
# What need not be taken away, by what it stands in: a tag, a class, or a path and an id.
EXCEPT = {
    "nav": "a way through the site",
    "actions": "buttons",
    "doors": "ways to other pages, each with a sentence",
    "lists": "ways to other pages",
    "facets": "what a list is filtered by; what it leaves is taken away",
    "story-end": "ways to other pages",
    "sources": "which documents the page rests on; each fact that is taken away names its own",
    "pg-side": "the questions of the playground: its cookbook has them as a page, which is taken away",
    "pg-programs": "steps in another program",
}
PROSE = {  # sentences in the form of a list
    "about/": {"sources", "making"},
    "accessibility/": {"tests", "limits", "content", "means"},
    "curate/": {"page-content"},
    "404.html": {"page-content"},
    "406.html": {"page-content"},
    "offline/": {"page-content"},  # ways to what was kept
    "": {"page-content"},  # the first page shows the beginning of lists, each of which leads to its own
}


@dataclass
class Element:
    tag: str
    id: str
    classes: set[str]
    above: Element | None
    items: int = 0
    children: list[Element] = field(default_factory=list)

    def all_above(self) -> Iterator[Element]:
        element: Element | None = self
        while element:
            yield element
            element = element.above


class Shown(HTMLParser):
    """The lists, tables and pictures of a page, and what its controls take away."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.at: Element | None = None
        self.found: list[Element] = []
        self.ids: list[str] = []
        self.taken: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag in VOID:
            return
        element = Element(tag, given.get("id", ""), set(given.get("class", "").split()), self.at)
        if tag in ("li", "tr"):
            above = next((e for e in element.all_above() if e.tag in (*LISTS, "table")), None)
            if above:
                above.items += 1
        if tag in (*LISTS, "table") or (tag == "figure" and element.classes & DRAWN) or "term" in element.classes:
            self.found.append(element)
        if "take" in element.classes:
            self.taken += [given["data-of"], *([given["data-table"]] if "data-table" in given else [])]
        self.at = element

    def handle_endtag(self, tag: str) -> None:
        while self.at and self.at.tag != tag:
            self.at = self.at.above
        self.at = self.at.above if self.at else None


def of_page(path: str) -> str:
    """The folder of a page, whatever its language."""
    return re.sub(r"(^|/)(?:en/)?index\.html$", r"\1", path)


@cache
def _kind(path: str) -> str:
    """Pages whose folders differ in their names alone are of a kind."""
    parts = of_page(path).split("/")
    return "/".join(parts[:1] + ["*"] * (len(parts) - 2)) if parts[0] not in ("data", "laureates", "stories") else path


def excepted(element: Element, page: str) -> bool:
    above = list(element.all_above())
    if any(e.tag in EXCEPT or e.classes & EXCEPT.keys() for e in above):
        return True
    if not any(e.id == "page-content" for e in above):  # the frame of the site
        return True
    return bool(PROSE.get(page, set()) & {e.id for e in above})


@pytest.fixture(scope="module")
def pages(built: dict[str, bytes]) -> dict[str, str]:
    kinds = defaultdict(list)
    for path, data in built.items():
        if path.endswith(".html") and path != "playground.html":
            kinds[_kind(path), "/en/" in path].append((len(data), path))
    chosen = [path for found in kinds.values() for _, path in sorted(found)[-RICHEST:]]
    assert len(kinds) > 60
    return {path: built[path].decode() for path in sorted(chosen)}


@pytest.mark.slow
def test_everything_that_is_shown_is_taken_away(pages: dict[str, str]) -> None:
    wrong = []
    used: set[str] = set()
    for path, text in pages.items():
        page, read = of_page(path), Shown(text)
        for element in read.found:
            if element.tag in (*LISTS, "table") and element.items < 2:
                continue
            names = {e.id for e in element.all_above()}
            if not names & set(read.taken) and not excepted(element, page):
                wrong.append(f"{path}: {element.tag} {element.id} {element.classes}")
            used |= {name for e in element.all_above() for name in (e.tag, *e.classes)}
    assert wrong == []
    assert EXCEPT.keys() - used == set(), "exceptions of which there is no case"


@pytest.mark.slow
def test_a_control_takes_away_what_stands_once_on_its_page(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        read = Shown(text)
        of = re.findall(r'<details class="take" data-of="([^"]+)"', text)
        assert len(of) == len(set(of)), path
        for name in read.taken:
            assert read.ids.count(name) == 1, (path, name)
        assert ("assets/take.js" in text) == ("assets/take.css" in text) == bool(read.taken), path
