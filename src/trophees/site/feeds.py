"""The feeds of what changes, as pages lead to them: that of all, and on the page of a département its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trophees.base.language import Language
from trophees.publish.feeds.atom import DEPARTEMENT, address
from trophees.site.l10n import Words
from trophees.site.render import Alternate

if TYPE_CHECKING:
    from trophees.site.model import Site

_TYPE = "application/atom+xml"


def feeds(site: Site, lang: Language, iri: str) -> tuple[Alternate, ...]:
    """The feeds that the page of `iri` names, the narrowest first; what is not published is not among them."""
    words = Words(lang)
    found = [Alternate(address(lang), _TYPE, words("footer.feed"))]
    if iri.startswith(DEPARTEMENT):
        title = words("footer.feed_of", name=site.label(iri, lang))
        found.insert(0, Alternate(address(lang, iri.removeprefix(DEPARTEMENT)), _TYPE, title))
    if "feeds" not in site.cache:
        site.cache["feeds"] = frozenset(path for path in site.inputs.published if path.endswith(".atom"))
    return tuple(feed for feed in found if feed.path in site.cache["feeds"])
