"""The guide for programs and language models: `llms.txt` at the root, and `guide.json` and `guide.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trophees.site import citing
from trophees.site.model import Site
from trophees.site.pages.guide.llms import index
from trophees.site.pages.guide.markdown import page
from trophees.site.pages.guide.model import guide


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The three files."""
    if not citing.latest(site):
        return
    told = guide(site)
    yield "guide.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    yield "guide.md", page(told).encode()
    yield "llms.txt", index(site, told).encode()
