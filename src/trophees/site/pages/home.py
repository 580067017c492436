"""The first page: what this is, its figures, a question with its answer, the laureates with most stars, ways in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.site.collation import sort_key
from trophees.site.dataset import described
from trophees.site.drawing import france_small as miniature
from trophees.site.geography import counts
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.laureate_list import cards, facets
from trophees.site.links import cookbook_link
from trophees.site.lists.counted import listed
from trophees.site.model import Site
from trophees.site.render import Page, place
from trophees.site.statements import Name

_QUESTION = "amounts-in-euros"
_MOST = 12  # laureates, or amounts, shown on the first page
_DOORS = ("stories", "map", "explore", "vocabularies", "cookbook", "playground", "data")


@dataclass(frozen=True)
class Figure:
    """How many of something there are, and the address of their list from the root of the site."""

    number: int
    label: str
    href: str


@dataclass(frozen=True)
class Amount:
    """An amount in euros that the report prints, what it measures, and for whom. `section` is where it stands."""

    laureate: Name
    href: str
    value: str
    counted: Name
    printed: str
    section: Name


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The first page in each language."""
    drawings = dict(miniature.files(site))
    yield from drawings.items()
    for lang in LANGUAGES:
        words = Words(lang)
        path = place("", lang)
        found = cards(site, lang, path)
        newest = [card for card in found if site.edition(card.iri) in site.editions[-1:]]
        best = max((card.stars for card in newest), default=0)
        title, text = described(site, lang)
        narrowed = facets(site, found, words)
        yield site.render(
            Page(
                folder="",
                lang=lang,
                template="home.html",
                title=words("site.name"),
                description=words("home.description"),
                section="home",
                values={
                    "edition": _edition(site, lang, path),
                    "figures": figures(site, words),
                    "best": [card for card in newest if card.stars == best],
                    "most": _MOST,
                    "level": best,
                    "amounts": amounts(site, lang, path)[:_MOST],
                    "question": cookbook_link(_QUESTION, lang),
                    "facets": [f for f in narrowed if f.name in ("theme", "tool", "region")],
                    "listed": listed,
                    "doors": _DOORS,
                    "drawing_size": miniature.size(site) if drawings else (),
                    "map_text": words("home.map", n=sum(1 for c in counts(site) if c.laureates), all=len(counts(site))),
                },
                jsonld=(
                    {
                        "@context": "https://schema.org",
                        "@type": "WebSite",
                        "@id": BASE,
                        "url": BASE,
                        "name": words("site.name"),
                        "description": words("home.description"),
                        "inLanguage": list(LANGUAGES),
                        "license": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
                        "about": {"@type": "Dataset", "name": title, "description": text, "url": BASE + Folder.DATA},
                    },
                ),
            )
        )


def _edition(site: Site, lang: Language, path: str) -> dict[str, str]:
    """The name of the newest edition with laureates, and the link to it; empty if there is none."""
    if not site.editions:
        return {}
    iri = site.editions[-1]
    return {"text": site.label(iri, lang), "href": site.href(iri, lang, path)}


def figures(site: Site, words: Words) -> list[Figure]:
    """How many laureates, organisations, territories of laureates, tools in use and facts the graph has."""
    counts = (
        ("laureates", Folder.LAUREATES, "", "?x a tp:Laureate"),
        ("organisations", Folder.ORGANISATIONS, "", "?x a tp:Organisation"),
        ("territories", Folder.TERRITORIES, "?covered=yes", "?l a tp:Laureate ; tp:covers ?x"),
        ("tools", Folder.TOOLS, "?status=used", "?l a tp:Laureate ; tp:usesTool ?x"),
        ("facts", Folder.ABOUT, "", "?x a tp:Fact"),
    )
    made = []
    for key, folder, choice, pattern in counts:
        number = count(site, pattern)
        label = words(f"home.figure.{key}")
        made.append(Figure(number, label, place(folder, words.lang) + choice))
    return made


def count(site: Site, pattern: str) -> int:
    """How many values `?x` has in `pattern`, over all graphs."""
    value = site.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0]["n"]
    assert isinstance(value, Literal)
    return int(value.value)


def amounts(site: Site, lang: Language, path: str) -> list[Amount]:
    """The amounts in euros of laureates, the largest first: each measures something else."""
    found = []
    for thing in site.laureates:
        for fact in site.links(thing.iri, TP + "indicator"):
            if site.text(fact, TP + "unit") == "EUR":
                found.append(
                    Amount(
                        laureate=site.name(thing.iri, lang),
                        href=site.href(fact, lang, path),
                        value=site.text(fact, TP + "value"),
                        counted=site.said(fact, TP + "counted", lang),
                        printed=site.text(fact, TP + "printed"),
                        section=site.name(next(iter(site.links(fact, TP + "section")), ""), lang),
                    )
                )
    return sorted(found, key=lambda a: (-float(a.value), sort_key(a.laureate.text)))
