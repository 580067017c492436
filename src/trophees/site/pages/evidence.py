"""What each source says, in the order of the document: a list of its sheets or pages, and each with its facts.

A fact is shown as it is printed, or by the first words of the passage, in its section, and leads to where the graph
tells it; from there `written.where_written` leads back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf

from trophees.base.addresses import Folder
from trophees.base.namespaces import BASE, FOAF, TP
from trophees.site.collation import natural
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.paging import Sheet, pages, sheets, steps, titled
from trophees.site.render import Crumb, Page, place, root_from
from trophees.site.statements import TYPE
from trophees.site.thing.facts import Fact, Link, Teller
from trophees.site.thing.ranks import ranks
from trophees.site.written import facts, folder

_STARS = f"{BASE}section/bloc-etoiles"  # where the pages of the laureates stand in a report
_ENTRY, _FACT = 260, 620  # bytes of markup of an entry of the list, and of a fact


@dataclass(frozen=True)
class Part:
    """What `source` says of `thing`: facts by section, both in the order of the document.

    `code` is what the source calls its sheet, `pages` where it stands in a report, `address` where on the web; each is
    empty where it is not known.
    """

    source: str
    thing: str
    code: str
    pages: str
    address: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def count(self) -> int:
        """How many facts there are."""
        return sum(len(said) for _, said in self.sections)


@dataclass(frozen=True)
class Entry:
    """A fact as the source has it: `kind` is what sort of fact it is, `href` where the graph tells it."""

    fact: Fact
    kind: str
    href: str


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The pages in each language."""
    for source, parts in by_source(site).items():
        listed = sheets(parts, pages(len(parts) * _ENTRY, site.inputs.room), folder(source))
        for words in map(Words, LANGUAGES):
            for number in range(len(listed)):
                yield site.render(_list(site, words, source, listed, number))
            for number in range(len(parts)):
                yield from _pages(site, words, parts, number)


def by_source(site: Site) -> dict[str, list[Part]]:
    """What each source says of each thing, in the order of the document."""
    said: dict[str, dict[str, set[str]]] = {}
    for fact, source in facts(site):
        said.setdefault(source, {}).setdefault(fact.partition("#")[0], set()).add(fact)
    return {
        source: sorted((_part(site, source, *of) for of in found.items()), key=lambda part: _place(site, part))
        for source, found in sorted(said.items(), key=lambda item: natural(item[0]))
    }


def _part(site: Site, source: str, thing: str, said: Iterable[str]) -> Part:
    found: dict[str, list[str]] = {}
    known, order = ranks(site), partial(_section, site)
    named = {fact: predicate for predicate in site.about(thing) for fact in site.links(thing, predicate)}

    def within(fact: str) -> tuple[int, object]:
        rank = known.get(named.get(fact, ""))
        return (rank.order if rank else len(known), natural(fact))

    for fact in sorted(said, key=within):
        found.setdefault(min(site.links(fact, TP + "section"), key=order), []).append(fact)
    account = next((a for a in site.links(thing, TP + "account") if source in site.links(a, TP + "accordingTo")), "")
    main = source in site.links(thing, TP + "accordingTo")
    return Part(
        source,
        thing,
        code=site.text(account, TP + "notation"),
        pages=site.text(thing, TP + "pages") if main else "",
        address=next(iter(site.links(account, FOAF + "page")), ""),
        sections=tuple((section, tuple(found[section])) for section in sorted(found, key=order)),
    )


def _section(site: Site, iri: str) -> tuple[float, object]:
    """Where a section stands in the sources of its kind; one of which that is not told stands last."""
    position = site.text(iri, TP + "position")
    return int(position) if position else inf, natural(iri)


def _place(site: Site, part: Part) -> tuple[object, ...]:
    edition = site.edition(part.thing)
    start = _section(site, _STARS if edition or part.code else part.sections[0][0])
    year, order = site.text(edition, TP + "year"), site.text(part.thing, TP + "order")
    return start[0], natural(part.code), year, natural(part.pages), natural(order), natural(part.thing)


def _list(site: Site, words: Words, source: str, listed: Sequence[Sheet[Part]], number: int) -> Page:
    sheet, lang = listed[number], words.lang
    path = place(sheet.folder, lang)
    title = words("evidence.title", source=site.label(source, lang))
    parts = [part for sheet in listed for part in sheet.items]
    return Page(
        folder=sheet.folder,
        lang=lang,
        template="evidence.html",
        title=titled(words, title, number),
        description=words("evidence.description", source=site.label(source, lang)),
        values={
            "facts": sum(part.count for part in parts),
            "documents": len(parts),
            "entries": [(part, _to(site, words, part, path)) for part in sheet.items],
            "steps": steps(listed, number, lang, path),
        },
        section="data",
        breadcrumb=_above(site, words, source),
    )


def _pages(site: Site, words: Words, parts: Sequence[Part], number: int) -> Iterator[tuple[str, bytes]]:
    """The page of a part, which is one however many facts it has: a fact has one address."""
    part, lang = parts[number], words.lang
    path = place(folder(part.source, part.thing), lang)
    teller = Teller(site, words, path)
    name, source = site.label(part.thing, lang), site.label(part.source, lang)
    near = [parts[there] if 0 <= there < len(parts) else None for there in (number - 1, number + 1)]
    yield site.render(
        Page(
            folder=folder(part.source, part.thing),
            lang=lang,
            template="evidence_part.html",
            title=words("evidence.part", name=site.apart(part.thing, lang), source=source),
            description=words("evidence.part_description", name=name, source=source),
            values={
                "part": part,
                "name": site.name(part.thing, lang),
                "document": site.name(part.source, lang),
                "thing": site.href(part.thing, lang, path),
                "original": site.href(part.address, lang, path),
                "passages": [
                    (
                        section.removeprefix(BASE).replace("/", "-"),
                        teller.link(section),
                        [_entry(teller, part.thing, fact) for fact in said],
                    )
                    for section, said in part.sections
                ],
                "before": near[0] and _to(site, words, near[0], path),
                "after": near[1] and _to(site, words, near[1], path),
            },
            section="data",
            breadcrumb=(
                *_above(site, words, part.source),
                Crumb(words("evidence.crumb"), place(folder(part.source), lang)),
            ),
        )
    )


def _to(site: Site, words: Words, part: Part, path: str) -> Link:
    """The page of a part, from the page `path`."""
    root = root_from(path)
    return Link(site.apart(part.thing, words.lang), root + place(folder(part.source, part.thing), words.lang))


def _entry(teller: Teller, thing: str, fact: str) -> Entry:
    kinds = [kind for kind in teller.site.links(fact, TYPE) if kind not in (TP + "Fact", TP + "Account")]
    kinds = kinds or teller.site.links(fact, TYPE)
    kind = teller.words.sentence(teller.site.label(kinds[0], teller.lang)) if kinds else ""
    return Entry(teller.fact(fact, thing), kind, teller.site.href(fact, teller.lang, teller.path))


def _above(site: Site, words: Words, source: str) -> tuple[Crumb, ...]:
    thing = site.thing(source)
    assert thing is not None
    index = Crumb(words("footer.index"), place(Folder.SEARCH, words.lang))
    return index, Crumb(site.apart(source, words.lang), place(thing.folder, words.lang))
