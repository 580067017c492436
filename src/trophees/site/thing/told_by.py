"""Who says what a page of a process shows: its sources, each with its pages, its sheet, and who recorded it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from trophees.base.namespaces import FOAF, TP
from trophees.site.model import Site, Thing
from trophees.site.thing.citing import reference
from trophees.site.thing.facts import Link, Teller
from trophees.site.written import where_written


@dataclass(frozen=True)
class Source:
    """A source of what a page tells. `id` is its anchor; `name` what its marks are called, and `href` their link.

    `sheets` are where it tells of this very process; `pages` are in print; `cite` is how it is cited; `recorded` and
    `proofread` are by role; `written` is the page that has its facts in its own order.
    """

    id: str
    name: str
    link: Link
    pages: str
    cite: str
    written: str
    sheets: tuple[Link, ...]
    recorded: tuple[Link, ...]
    proofread: tuple[Link, ...]
    reviewed: str

    @property
    def mark(self) -> Link:
        """What leads from a fact to the source, as the page names it."""
        return Link(self.name, f"#{self.id}")


def sources(site: Site, teller: Teller, thing: Thing) -> dict[str, Source]:
    """The sources of the process `thing` by their IRIs: its own first, then those that its facts name."""
    iri = thing.iri
    own = site.links(iri, TP + "accordingTo")
    named = [source for part in site.parts(iri)[1:] for source in site.links(part, TP + "accordingTo")]
    every = list(dict.fromkeys([*own, *named]))
    kinds = {source: teller.values(source, TP + "sourceKind")[:1] for source in every}
    alike = Counter(kind[0].text for kind in kinds.values() if kind)
    found = {}
    for number, source in enumerate(every, 1):
        kind = kinds[source]
        link = teller.link(source)
        reviews = [node for node in site.links(iri, TP + "review") if _of(site, node, own) == source]
        found[source] = Source(
            id=f"source-{number}",
            name=kind[0].text if kind and alike[kind[0].text] == 1 else link.text,
            link=link,
            pages=site.text(iri, TP + "pages") if source in own[:1] else "",
            cite=reference(site, source),
            written=_written(site, teller, iri, source, own),
            sheets=tuple(
                Link(site.text(node, TP + "notation"), site.href(page, teller.lang, teller.path))
                for node in site.links(iri, TP + "account")
                if _of(site, node, own) == source
                for page in site.links(node, FOAF + "page")
            ),
            recorded=_by(teller, reviews, "author"),
            proofread=_by(teller, reviews, "proofreader"),
            reviewed=next((teller.words.date(d) for node in reviews if (d := site.text(node, TP + "reviewedOn"))), ""),
        )
    return found


def _written(site: Site, teller: Teller, iri: str, source: str, own: list[str]) -> str:
    """The page where the facts of a process stand as `source` has them; empty if it has none."""
    facts = (part for part in site.parts(iri)[1:] if _of(site, part, own) == source)
    links = (where_written(site, fact, teller.lang, teller.path) for fact in facts)
    return next((link.partition("#")[0] for link in links if link), "")


def _of(site: Site, node: str, own: list[str]) -> str:
    """The source of a node: its own, else that of the record."""
    return next(iter(site.links(node, TP + "accordingTo") or own), "")


def _by(teller: Teller, reviews: list[str], role: str) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(link for node in reviews for link in teller.values(node, TP + role)))
