"""The text of a story as pieces of a page: Markdown without HTML, the values it asks for, and its charts.

A sentence cannot say what the graph does not: a paragraph, a heading or an entry of a list with a value that does not
exist is left out, as is a chart without rows, and a heading or a list with nothing left below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

from trophees.base.errors import UserError
from trophees.site.drawing.chart import Chart
from trophees.site.l10n import spaced
from trophees.site.render import place, root_from
from trophees.site.stories import charts, figures
from trophees.site.stories.asked import Answers
from trophees.site.stories.written import Story

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_HTTP = re.compile(r"https?://[^\s\\]+", re.IGNORECASE)
_FOLDER = re.compile(r"(?:[a-z0-9-]+/)+(?:#[\w-]+)?")  # of a page, from the root of the site
_OPEN, _CLOSE = "{{", "}}"
EXPRESSION, _CHART = "expression", "chart"


@dataclass(frozen=True)
class Piece:
    """What comes next on the page: `html`, or a `chart` with its title."""

    html: Markup | None = None
    chart: Chart | None = None
    title: str = ""


def markdown() -> MarkdownIt:
    """The reader of stories: CommonMark without HTML and images, with `{{ … }}`, and links to http(s) or our pages."""
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
    reader.inline.ruler.before("escape", EXPRESSION, _expression)
    reader.validateLink = lambda url: bool(_HTTP.fullmatch(url) or _FOLDER.fullmatch(url))  # type: ignore[method-assign]
    return reader


def _expression(state: StateInline, silent: bool) -> bool:
    """The rule that reads what stands between double braces as one token."""
    if not state.src.startswith(_OPEN, state.pos):
        return False
    end = state.src.find(_CLOSE, state.pos)
    if end < 0:
        return False
    if not silent:
        state.push(EXPRESSION, "", 0).content = " ".join(state.src[state.pos + len(_OPEN) : end].split())
    state.pos = end + len(_CLOSE)
    return True


def pieces(answers: Answers, story: Story) -> list[Piece]:
    """What stands on the page of `story`, in its order; UserError, with the file, for what cannot be read."""
    return list(_Telling(answers, story).pieces())


class _Telling:
    """A story being told: the values that it asks for are found once, by what is written."""

    def __init__(self, answers: Answers, story: Story) -> None:
        self.answers, self.story = answers, story
        self.reader = markdown()
        self.values: dict[str, Markup | None] = {}
        self.charts = 0
        self.reader.add_render_rule(EXPRESSION, lambda _, tokens, at, *__: self.values[tokens[at].content] or "")
        self.reader.add_render_rule("link_open", lambda _, tokens, at, *__: self._link(str(tokens[at].attrs["href"])))
        self.reader.add_render_rule("text", lambda _, tokens, at, *__: str(escape(self._spaced(tokens[at].content))))

    def pieces(self) -> Iterator[Piece]:
        root = SyntaxTreeNode(self.reader.parse(self.story.text))
        kept = [node for node in root.children if self._kept(node)]
        charted = [self._chart(node) if node.type == "fence" else None for node in kept]
        parts = [(n, c) for n, c in zip(kept, charted, strict=True) if n.type != "fence" or (c and c.chart)]
        for at, (node, chart) in enumerate(parts):
            following = parts[at + 1][0] if at + 1 < len(parts) else None
            if node.type == "heading" and (
                following is None or (following.type == "heading" and following.tag <= node.tag)
            ):
                continue
            yield chart or Piece(Markup(self.reader.renderer.render(node.to_tokens(), self.reader.options, {})))

    def _kept(self, node: SyntaxTreeNode) -> bool:
        """Whether there is something to say; what is not is taken out of `node`."""
        if node.type == "inline":
            values = [self._value(child.content) for child in node.walk() if child.type == EXPRESSION]
            return None not in values
        if not node.children:
            return True
        kept = [child for child in node.children if self._kept(child)]
        whole = len(kept) == len(node.children)
        node.children = kept
        return whole if node.type in ("paragraph", "heading", "list_item") else bool(kept)

    def _value(self, text: str) -> Markup | None:
        if text not in self.values:
            try:
                found = figures.value(self.answers, figures.parsed(text))
            except ValueError as error:
                raise self._wrong(f"{_OPEN}{text}{_CLOSE}", error) from None
            self.values[text] = None
            if found:
                said = self._spaced(found.text) if found.lang in ("", self.story.lang) else found.text
                lang = Markup(' lang="{}"').format(found.lang) if found.lang else ""
                self.values[text] = Markup('<a class="asked" href="{}"{}>{}</a>').format(found.href, lang, said)
        return self.values[text]

    def _chart(self, node: SyntaxTreeNode) -> Piece | None:
        self.charts += 1
        try:
            if node.info.strip() != _CHART:
                raise ValueError("a block that is fenced has to be a “chart”")
            block = charts.parsed(node.content, f"chart-{self.charts}")
            chart = charts.drawn(self.answers, block)
        except ValueError as error:
            raise self._wrong(node.content.strip().partition("\n")[0], error) from None
        return Piece(chart=chart, title=self._spaced(block.title)) if chart.rows else None

    def _wrong(self, where: str, error: ValueError) -> UserError:
        return UserError(f"{self.story.file}: “{where}”: {error}")

    def _spaced(self, text: str) -> str:
        return spaced(text, self.story.lang)

    def _link(self, address: str) -> str:
        if _HTTP.fullmatch(address):
            return str(Markup('<a href="{}" rel="external">').format(address))
        folder, hash_, fragment = address.partition("#")
        root = root_from(self.answers.path)
        return str(Markup('<a href="{}">').format(root + place(folder, self.story.lang) + hash_ + fragment))
