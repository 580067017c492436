"""What each published table holds, before it is opened: its columns, their types, how many rows, and the first ones."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.base.addresses import Folder
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.paging import steps, titled
from trophees.site.previews import addresses, parts
from trophees.site.render import Crumb, Page, place


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The pages of the tables, in each language; none if no table is published."""
    found = parts(site)
    for lang in LANGUAGES:
        words = Words(lang)
        title = words("data.tables")
        for number, part in enumerate(found):
            if not part.items:
                return
            yield site.render(
                Page(
                    folder=part.folder,
                    lang=lang,
                    template="tables.html",
                    title=titled(words, title, number),
                    description=words("data.tables_text"),
                    section="data",
                    values={
                        "tables": part.items,
                        "steps": steps(found, number, lang, place(part.folder, lang)),
                        "own": addresses(site, lang, place(part.folder, lang)),
                    },
                    breadcrumb=(
                        Crumb(words("data.title"), place(Folder.DATA, lang)),
                        *((Crumb(title, place(Folder.DATA_TABLES, lang)),) if number else ()),
                    ),
                )
            )
