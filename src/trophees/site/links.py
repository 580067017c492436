"""Links that pages of several kinds share."""

from __future__ import annotations

from urllib.parse import quote

from trophees.ask import cookbook
from trophees.base.language import LANGUAGES, Language


def playground_link(query: str, *, runs: bool = False) -> str:
    """The fragment of the playground's address that shows `query`, and, if it `runs`, its answer."""
    return f"#query={quote(query, safe='')}{'&run=1' if runs else ''}"


def cookbook_link(name: str, lang: Language) -> str:
    """The fragment that shows the query `name` of the cookbook, in that language, with its answer."""
    return playground_link(cookbook.in_language(cookbook.get(name).text, lang), runs=True)


def searches(lang: Language) -> str:
    """The file that tells browsers how to search the pages in `lang`."""
    return f"opensearch{'' if lang == LANGUAGES[0] else f'-{lang}'}.xml"
