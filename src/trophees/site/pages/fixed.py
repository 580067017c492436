"""The pages that are words alone: the declaration of accessibility, and those that servers show for an error."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from trophees.base.addresses import Folder
from trophees.hosting.accept import TYPES
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.render import Page, place

_FORMATS = tuple((type_, "index.html" if name == "html" else f".{name}") for name, type_ in TYPES.items())


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each page in each language; a page that a server shows in place of another is in both."""
    for lang in LANGUAGES:
        words = Words(lang)
        yield site.render(
            Page(
                folder=Folder.ACCESSIBILITY,
                lang=lang,
                template="accessibility.html",
                title=words("a11y.title"),
                description=words("a11y.description"),
            )
        )
    for status in ("404", "406"):
        yield site.render(_error(site, status))


def _error(site: Site, status: str) -> Page:
    """A page for whatever address was asked for: its links hold at any depth of the host.

    They begin at the path of the site's own address; if that is not known, at the root of the host.
    """
    words = Words("fr")
    root = urlsplit(site.inputs.url).path or "/"
    return Page(
        folder="",
        lang="fr",
        template="error.html",
        title=words(f"error.{status}.title"),
        description=words(f"error.{status}.text"),
        values={
            "status": status,
            "formats": _FORMATS,
            "spoken": [Words(lang) for lang in LANGUAGES],
            "root": root,
            "here": lambda folder: root + place(folder, "fr"),
        },
        file=f"{status}.html",
        alone=True,
    )
