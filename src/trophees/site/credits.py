"""Who told what the graph says: the sources that its records name, to be credited on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trophees.base.language import Language
from trophees.base.namespaces import DCTERMS, FOAF, TP
from trophees.site.l10n import Words

if TYPE_CHECKING:
    from trophees.site.model import Site
    from trophees.site.statements import Name

_NAMED = 3  # sources named in a line; of more, their number


@dataclass(frozen=True)
class Credit:
    """A document: its title, its page of the site, who published it, where it stands on the web, what was taken of it
    and its licence, or what is known of the absence of one. What is not known is empty.
    """

    title: Name
    href: str
    publishers: tuple[Name, ...]
    address: str
    taken: Name
    licence: str
    no_licence: Name


def sources(site: Site, lang: Language, path: str) -> list[Credit]:
    """The sources, as told on the page at `path`."""
    return [
        Credit(
            title=site.name(iri, lang),
            href=site.href(iri, lang, path),
            publishers=tuple(site.name(by, lang) for by in site.links(iri, DCTERMS + "publisher")),
            address=next(iter(site.links(iri, FOAF + "page")), ""),
            taken=site.said(iri, TP + "taken", lang),
            licence=next(iter(site.links(iri, DCTERMS + "license")), ""),
            no_licence=site.said(iri, TP + "noLicence", lang),
        )
        for iri in _sources(site)
    ]


def credit(site: Site, lang: Language) -> str:
    """One line that names the sources with who published them, INSEE, and the curators."""
    if f"credit-{lang}" not in site.cache:
        words = Words(lang)
        found = [_named(site, words, iri) for iri in _sources(site)]
        told = "; ".join(found) if lang == "en" else " ; ".join(found)
        if len(found) > _NAMED:
            told = words("footer.sources", n=words.number(len(found)))
        site.cache[f"credit-{lang}"] = words("footer.attribution", sources=told) if told else words("footer.curated")
    line: str = site.cache[f"credit-{lang}"]
    return line


def _sources(site: Site) -> list[str]:
    return [thing.iri for thing in site.things("source") if TP + "Credit" in site.types(thing.iri)]


def _named(site: Site, words: Words, iri: str) -> str:
    by = words.listed([site.label(publisher, words.lang) for publisher in site.links(iri, DCTERMS + "publisher")])
    return words("footer.source", by=by, title=site.label(iri, words.lang))
