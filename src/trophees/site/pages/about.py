"""Where the data comes from, how printed and inferred are told apart, and what is missing: every number is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, CARRIER, TP
from trophees.graph.standing import standing
from trophees.site.credits import sources
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.paging import Sheet, pages, sheets, steps, titled
from trophees.site.render import Crumb, Page, place
from trophees.site.statements import TYPE, Name

if TYPE_CHECKING:
    from trophees.graph.standing import Standing

FOLDER = Folder.ABOUT
_GUESS = 400  # bytes of markup of an inferred fact, about
_UNKNOWN = BASE + "organisation-kind/inconnu"
_GAPS = {  # what is missing: the nodes that lack it, and the query of the cookbook that lists them
    "title": ("?x a tp:Laureate MINUS { ?x tp:title ?y }", "laureates-without-title"),
    "carrier_line": ("?x a tp:Laureate MINUS { ?x tp:carrierLine ?y }", "laureates-without-carrier-line"),
    "region": ("?x a tp:Laureate MINUS { ?x tp:inRegion ?y }", "laureates-without-departement"),
    "pages": ("?x a tp:Laureate MINUS { ?x tp:pages ?y }", ""),
    "outcome": ("?x a tp:Laureate MINUS { ?x tp:outcome ?y }", "laureates-without-outcome"),
    "siren": ("?l tp:carriedBy ?x MINUS { ?x tp:siren ?y }", "carriers-without-siren"),
    "kind": (f"?x a tp:Organisation ; tp:organisationKind <{_UNKNOWN}>", ""),
    "unnamed": (f"?x tp:role <{CARRIER}> MINUS {{ ?x tp:organisation ?y }}", "unnamed-actors"),
}


@dataclass(frozen=True)
class Tally:
    """How many facts of a class are printed, and how many are inferred."""

    name: Name
    href: str
    printed: int
    inferred: int


@dataclass(frozen=True)
class Guess:
    """An inferred fact: what it is about, what it is, and why it is held for true."""

    subject: Name
    kind: Name
    href: str
    reason: Name


@dataclass(frozen=True)
class Gap:
    """Something that is not known of `number` nodes. `query` is a query of the cookbook, or empty."""

    key: str
    number: int
    query: str


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language."""
    found = inferred(site)
    parts = sheets(found, pages(len(found) * _GUESS, site.inputs.room), FOLDER, "inferred")
    for lang in LANGUAGES:
        words = Words(lang)
        path = place(FOLDER, lang)
        tallies = tally(site, lang, path)
        flaws = [
            (site.name(iri, lang), site.href(iri, lang, path), len(site.subjects(TP + "anomalyKind", iri)))
            for iri in sorted(
                {k for f in site.subjects(TYPE, TP + "Anomaly") for k in site.links(f, TP + "anomalyKind")}
            )
        ]
        yield site.render(
            Page(
                folder=FOLDER,
                lang=lang,
                template="about.html",
                title=words("about.title"),
                description=words("about.description"),
                section="about",
                values={
                    "tallies": tallies,
                    "printed": sum(t.printed for t in tallies),
                    "inferred": sum(t.inferred for t in tallies),
                    "guesses": guesses(site, lang, path, parts[0].items),
                    "steps": steps(parts, 0, lang, path),
                    "gaps": gaps(site),
                    "flaws": sorted(flaws, key=lambda flaw: (-flaw[2], flaw[0].text)),
                    "vintages": vintages(site, words),
                    "told_by": sources(site, lang, path),
                },
            )
        )
        for number in range(1, len(parts)):
            yield site.render(_more(site, words, parts, number))


def _more(site: Site, words: Words, parts: list[Sheet[str]], number: int) -> Page:
    """A page for the inferred facts that have no room on the first."""
    part, lang = parts[number], words.lang
    path = place(part.folder, lang)
    title = titled(words, words("about.inferred"), number)
    return Page(
        folder=part.folder,
        lang=lang,
        template="about_inferred.html",
        title=title,
        description=words("about.inferred_text"),
        section="about",
        values={
            "guesses": guesses(site, lang, path, part.items),
            "steps": steps(parts, number, lang, path, "#inferred"),
        },
        breadcrumb=(Crumb(words("about.title"), place(FOLDER, lang)),),
    )


def tally(site: Site, lang: Language, path: str) -> list[Tally]:
    """The facts by class, the most numerous first. A fact with a reason is inferred, any other is a source's.

    Flaws of the document, which curators observe, are left out.
    """
    counted: dict[str, list[int]] = {}
    for fact in site.subjects(TYPE, TP + "Fact"):
        for kind in site.types(fact):
            if kind not in (TP + "Fact", TP + "Anomaly"):
                counts = counted.setdefault(kind, [0, 0])
                counts[standing_of(site, fact) == "inferred"] += 1
    return [
        Tally(site.name(kind, lang), site.href(kind, lang, path), printed, inferred)
        for kind, (printed, inferred) in sorted(counted.items(), key=lambda item: (-sum(item[1]), item[0]))
    ]


def inferred(site: Site) -> list[str]:
    """The inferred facts, in the order of their subjects."""
    return [fact for fact in site.subjects(TYPE, TP + "Fact") if standing_of(site, fact) == "inferred"]


def standing_of(site: Site, fact: str) -> Standing:
    """What `fact` rests on."""
    return standing(lambda name: bool(site.values(fact, TP + name)))


def guesses(site: Site, lang: Language, path: str, facts: Iterable[str]) -> list[Guess]:
    """What `facts` are and why, with links from the page `path`."""
    return [
        Guess(
            subject=site.name(fact.partition("#")[0], lang),
            kind=next((site.name(k, lang) for k in site.types(fact) if k != TP + "Fact"), Name("", "")),
            href=site.href(fact, lang, path),
            reason=site.said(fact, TP + "reason", lang),
        )
        for fact in facts
    ]


def gaps(site: Site) -> list[Gap]:
    """What is missing, where anything is."""
    made = []
    for key, (pattern, query) in _GAPS.items():
        number = len({str(row["x"]) for row in site.query(f"SELECT DISTINCT ?x WHERE {{ {pattern} }}")})
        if number:
            made.append(Gap(key, number, query))
    return made


def vintages(site: Site, words: Words) -> list[str]:
    """The dates at which INSEE's geography is attested, in words."""
    found = {iri.rsplit("/", 1)[-1] for iri in (t.iri for t in site.things("graph")) if "/graph/insee/" in iri}
    return [words.date(date) for date in sorted(found)]
