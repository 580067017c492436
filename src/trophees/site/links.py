"""Links that pages of several kinds share."""

from __future__ import annotations

from urllib.parse import quote


def playground_link(query: str) -> str:
    """The file of the playground with `query` in its address, relative to the root without the language's folder."""
    return "#query=" + quote(query, safe="")
