"""The vocabularies, each with its top concepts; its own page has the whole tree, with definitions."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.base.addresses import Folder
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import Page, place
from trophees.site.thing.facts import Teller
from trophees.site.thing.tree import tree

FOLDER = Folder.VOCABULARIES


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language."""
    for lang in LANGUAGES:
        words = Words(lang)
        teller = Teller(site, words, place(FOLDER, lang))
        trees = [tree(site, teller, scheme, 0) for scheme in site.things("vocabulary")]
        trees.sort(key=lambda tree: -tree.size)
        yield site.render(
            Page(
                folder=FOLDER,
                lang=lang,
                template="vocabulary.html",
                title=words("vocabularies.title"),
                description=words("vocabularies.description"),
                values={"trees": trees},
                section="vocabularies",
            )
        )
