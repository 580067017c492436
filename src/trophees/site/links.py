"""Links that pages of several kinds share."""

from __future__ import annotations

from urllib.parse import quote

from trophees.base.language import LANGUAGES, Language


def playground_link(query: str) -> str:
    """The file of the playground with `query` in its address, relative to the root without the language's folder."""
    return "#query=" + quote(query, safe="")


def searches(lang: Language) -> str:
    """The file that tells browsers how to search the pages in `lang`."""
    return f"opensearch{'' if lang == LANGUAGES[0] else f'-{lang}'}.xml"
