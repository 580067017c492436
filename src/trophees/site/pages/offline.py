"""What remains without a network: the page that stands for those not kept, and the service worker that keeps pages.

The worker holds the core of the site from the first visit on, the playground from the first visit of that on, and the
pages that were visited. Its version is that of the content of the first two: a new release replaces all it kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files as resources

from trophees.base.addresses import Folder
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import Page, place
from trophees.site.scripts import FILES, ICON

FILE = "sw.js"
_CORE = {place(folder, lang) for folder in (Folder.HOME, Folder.LAUREATES, Folder.OFFLINE) for lang in LANGUAGES}
_FRAME = (ICON, "header.js", "search.css", "search.js", "site.css", "theme.js")  # what every page has
_OF_CORE = ("facets.js", "home.css", "offline.js")  # what the pages of the core have besides
_NOT_PLAYGROUND = (
    "LICENSES.txt", "evidence.css", "facets.js", "home.css", "linker.js", "offline.js", "pictures.css", "verify.css",
    "verify.js",
)  # fmt: skip


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
    """The service worker of a site, whose files are told one by one."""

    def __init__(self) -> None:
        self._core: dict[str, bytes] = {}
        self._playground: dict[str, bytes] = {}

    def see(self, path: str, data: bytes, *, playground: bool = False) -> None:
        """Know a file of the site; whether it is one of the playground's own."""
        digest = hashlib.sha256(data).digest()
        name = path.removeprefix("assets/")
        if path in _CORE or (path != name and name in (*_FRAME, *_OF_CORE)):
            self._core[path] = digest
        if playground or (path != name and name in FILES and name not in _NOT_PLAYGROUND):
            self._playground[path] = digest

    def worker(self) -> bytes:
        """The script; the same files give the same bytes."""
        sums = sorted({**self._core, **self._playground}.items())
        version = hashlib.sha256(b"".join(digest for _, digest in sums)).hexdigest()[:16]
        script = (resources("trophees.site") / "web" / FILE).read_text("utf-8")
        told = {
            "const CORE = [];": f"const CORE = {json.dumps(sorted(self._core))};",
            "const PLAYGROUND = [];": f"const PLAYGROUND = {json.dumps(sorted(self._playground))};",
            "const SHARED = [];": f"const SHARED = {json.dumps([f'assets/{name}' for name in _FRAME])};",
            'const VERSION = "";': f'const VERSION = "{version}";',
        }
        for blank, filled in told.items():
            script = script.replace(blank, filled, 1)
        return script.encode()
