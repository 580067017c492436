"""“Et chez vous ?”: which laureates are near any commune, or like it; answered by `assets/near.js` in the page.

`assets/near-fr.js` and `assets/near-en.js` hold what is compared with the commune: a record for each laureate and case.
Without the script, the page leads to the laureates of each département and région.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, TP
from trophees.site.collation import sort_key
from trophees.site.concepts import broader
from trophees.site.geography import Count, counts
from trophees.site.handed import assigned
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.laureate_list import NONE, cards
from trophees.site.lists.counted import proof
from trophees.site.located import Located, located
from trophees.site.model import Site, Thing, last
from trophees.site.render import Page, place

_KIND = f"{BASE}organisation-kind/"
_PLACELESS = "placeless"  # the part of the page that names the laureates without a place
_MOST = 60  # of these that are named


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page and its data, in each language."""
    where, departements = located(site), counts(site)
    for lang in LANGUAGES:
        yield site.render(_page(site, Words(lang), departements, placeless(site, where)))
        yield f"assets/near-{lang}.js", assigned("tropheesNear", data(site, where, lang))


def data(site: Site, where: list[Located], lang: Language) -> dict[str, object]:
    """`words`: what the page says; `processes`: what is known of each laureate and each case that has a place;
    `placeless`: how many laureates have none, and `unplaced` the part of the page that names them.
    """
    about = {card.iri: card for card in cards(site, lang, "", (found.thing for found in where))}
    processes = []
    for found in where:
        card = about[found.thing.iri]
        carried = broader(site, (_KIND + key for key in card.keys["kind"] if key != NONE))
        is_case = found.thing.kind == "case"
        processes.append(
            {
                "path": place(found.thing.folder, lang),
                "label": card.name.text,
                "lang": card.name.lang if card.name.lang != lang else "",
                "stars": card.stars,
                "edition": site.text(site.edition(found.thing.iri), TP + "year"),
                "standing": site.text(found.thing.iri, TP + "standing", lang) if is_case else "",
                "carriers": ", ".join(name.text for name in card.carriers),
                "kinds": sorted(map(last, carried)),
                "spots": [[s.kind, s.code, s.name, s.lon, s.lat, s.inhabitants] for s in found.spots],
                "within": found.within,
            }
        )
    return {
        "placeless": len(placeless(site, where)),
        "unplaced": f"#{_PLACELESS}",
        "words": Words(lang).under("nearby.said."),
        "processes": processes,
    }


def placeless(site: Site, where: list[Located]) -> list[Thing]:
    """The laureates of which no source says a territory that has a point."""
    known = {found.thing.iri for found in where}
    return [thing for thing in site.laureates if thing.iri not in known]


def _page(site: Site, words: Words, departements: list[Count], without: list[Thing]) -> Page:
    lang, path = words.lang, place(Folder.NEAR, words.lang)

    def of_region(count: Count) -> tuple[str, str, str]:
        name = site.label(count.region, lang) if count.region else words("nearby.no_region")
        return sort_key(name), name, count.region

    regions = [
        (name, site.href(region, lang, path) if region else "", list(inside))
        for (_, name, region), inside in groupby(sorted(departements, key=of_region), key=of_region)
    ]
    return Page(
        folder=Folder.NEAR,
        lang=lang,
        template="near.html",
        title=words("nearby.title"),
        description=words("nearby.description"),
        values={
            "regions": regions,
            "placeless": [(site.name(it.iri, lang), site.href(it.iri, lang, path)) for it in without[:_MOST]],
            "placeless_text": words.count("nearby.placeless_text", len(without)),
            "placeless_id": _PLACELESS,
            "list": proof(site, lang, {"region": NONE}, len(without)),
            "name": lambda count: site.label(count.thing.iri, lang),
            "href": lambda count: site.href(count.thing.iri, lang, path),
        },
    )
