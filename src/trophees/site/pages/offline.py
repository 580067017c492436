"""What remains without a network: the page that stands for those not kept, and the service worker that keeps pages.

The worker holds the core of the site from the first visit on, the playground from the first visit of that on, and the
pages that were visited. Its version is that of the content of the first two: a new release replaces all it kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files as resources

from trophees.base.addresses import Folder
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import Page, place
from trophees.site.scripts import ICON

FILE = "sw.js"
_CORE = {place(folder, lang) for folder in (Folder.HOME, Folder.LAUREATES, Folder.OFFLINE) for lang in LANGUAGES}
_FRAME = (ICON, "header.js", "search.css", "search.js", "site.css", "theme.js")  # what every page has, or loads
_ASSET = re.compile(rb"assets/((?:[\w-]+/)*[\w.-]+)")


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language."""
    for lang in LANGUAGES:
        words = Words(lang)
        yield site.render(
            Page(
                folder=Folder.OFFLINE,
                lang=lang,
                template="offline.html",
                title=words("offline.title"),
                description=words("offline.lede"),
                unlisted=True,
            )
        )


class Keeper:
    """The service worker of a site, whose files are told one by one: pages that are kept name what else is."""

    def __init__(self) -> None:
        self._sums: dict[str, bytes] = {}
        self._core: set[str] = {f"assets/{name}" for name in _FRAME}
        self._playground = set(self._core)

    def see(self, path: str, data: bytes, *, playground: bool = False) -> None:
        """Know a file of the site; whether it is one of the playground's own."""
        kept = self._playground if playground else self._core if path in _CORE else None
        if kept is not None:
            kept.add(path)
            if path.endswith(".html"):
                kept |= {f"assets/{name.decode()}" for name in _ASSET.findall(data)}
        if kept is not None or path.startswith("assets/"):
            self._sums[path] = hashlib.sha256(data).digest()

    def worker(self) -> bytes:
        """The script; the same files give the same bytes."""
        core, playground = (sorted(kept & self._sums.keys()) for kept in (self._core, self._playground))
        sums = b"".join(self._sums[path] for path in sorted({*core, *playground}))
        script = (resources("trophees.site") / "web" / FILE).read_text("utf-8")
        told = {
            "const CORE = [];": f"const CORE = {json.dumps(core)};",
            "const PLAYGROUND = [];": f"const PLAYGROUND = {json.dumps(playground)};",
            "const SHARED = [];": f"const SHARED = {json.dumps([f'assets/{name}' for name in _FRAME])};",
            'const INSTEAD = "";': f"const INSTEAD = {json.dumps(Folder.OFFLINE)};",
            'const VERSION = "";': f'const VERSION = "{hashlib.sha256(sums).hexdigest()[:16]}";',
        }
        for blank, filled in told.items():
            script = script.replace(blank, filled, 1)
        return script.encode()
