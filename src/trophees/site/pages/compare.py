"""Two to four laureates or cases side by side: the address names them, a script puts them there."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.base.addresses import Folder
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.lists.processes import processes
from trophees.site.model import Site
from trophees.site.render import Crumb, Page, place
from trophees.site.thing import side_by_side

FOLDER = Folder.COMPARE


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language, and what it says of each process."""
    for lang in LANGUAGES:
        words, path = Words(lang), place(FOLDER, lang)
        listing = processes(site, words, place(Folder.LAUREATES, lang))
        yield from side_by_side.files(site, words, listing, path)
        yield site.render(
            Page(
                folder=FOLDER,
                lang=lang,
                template="compare.html",
                title=words("compare.title"),
                description=words("compare.description"),
                section="laureates",
                breadcrumb=(Crumb(words("nav.laureates"), place(Folder.LAUREATES, lang)),),
            )
        )
