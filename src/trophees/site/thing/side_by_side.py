"""What a comparison says of a process besides the list: one script for each edition, or group of cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trophees.base.namespaces import TP
from trophees.site.handed import called
from trophees.site.l10n import Words, spaced
from trophees.site.lists.listing import Item, Listing
from trophees.site.lists.processes import CAP, MONEY
from trophees.site.model import Site
from trophees.site.thing.facts import Teller

_PARTICIPANTS = "participants"


def group(key: str) -> str:
    """Which script tells of `key`: of `2020/cachan` it is `2020`, of `case/barometre/paris` `case-barometre`."""
    return "-".join(key.split("/")[:-1])


def files(site: Site, words: Words, listing: Listing, path: str) -> Iterator[tuple[str, bytes]]:
    """The scripts in the language of `words`."""
    teller = Teller(site, words, path)
    groups: dict[str, dict[str, Any]] = {}
    for item in listing.items:
        groups.setdefault(group(item.key), {})[item.key] = _told(site, teller, item)
    for name, found in sorted(groups.items()):
        yield f"assets/lists/told-{name}-{words.lang}.js", called("tropheesTold", found)


def _told(site: Site, teller: Teller, item: Item) -> dict[str, list[str]]:
    """By row of the comparison, what its cell lists; an empty list where the source does not say."""
    iri, lang = item.iri, teller.lang

    def texts(predicate: str) -> list[str]:
        return [text for fact in site.links(iri, TP + predicate) if (text := site.text(fact, TP + "text", lang))]

    def measured(predicate: str, kinds: tuple[str, ...] = ()) -> list[str]:
        found = []
        for node in site.links(iri, TP + predicate):
            kind = next(iter(site.links(node, TP + "indicatorKind")), "").rpartition("/")[2]
            if not kinds or kind in kinds:
                fact = teller.fact(node, iri)
                found.append(" ".join(filter(None, (fact.figure, ", ".join(link.text for link in fact.head)))))
        return found

    rows = {
        "summary": [site.text(iri, TP + "summary", lang)],
        "steps": texts("stage"),
        "budget": measured("indicator", (*MONEY, CAP)),
        "duration": measured("period") + measured("indicator", ("duration",)),
        "participants": measured("indicator", (_PARTICIPANTS,)),
        "results": texts("outcome"),
        "silent": [site.label(aspect, lang) for aspect in site.links(iri, TP + "notStated")],
    }
    return {name: [spaced(text, lang) for text in dict.fromkeys(filter(None, found))] for name, found in rows.items()}
