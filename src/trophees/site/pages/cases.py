"""The list of cases: the processes that are told of and are no laureates, by what each of them is."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.base.addresses import Folder
from trophees.base.namespaces import TP
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.laureate_list import cards
from trophees.site.model import Site
from trophees.site.paging import pages, sheets, steps, titled
from trophees.site.render import Alternate, Crumb, Page, place

_CARD = 720  # bytes of markup of a card, about


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list in each language, on as many pages as it takes; none if there are no cases."""
    if not site.cases:
        return
    for words in map(Words, LANGUAGES):
        lang = words.lang
        parts = sheets(site.cases, pages(len(site.cases) * _CARD, site.inputs.room), Folder.CASES)
        for number, part in enumerate(parts):
            path, groups = place(part.folder, lang), dict[str, list[object]]()
            for thing, card in zip(part.items, cards(site, lang, path, part.items), strict=True):
                groups.setdefault(site.text(thing.iri, TP + "standing", lang), []).append(card)
            title = words("cases.title")
            yield site.render(
                Page(
                    folder=part.folder,
                    lang=lang,
                    template="cases.html",
                    title=titled(words, title, number),
                    description=words("cases.description"),
                    section="laureates",
                    values={
                        "count": words.count("cases.count", len(site.cases)),
                        "groups": [(words.sentence(name), members) for name, members in groups.items()],
                        "steps": steps(parts, number, lang, path),
                    },
                    breadcrumb=(Crumb(words("nav.laureates"), place(Folder.LAUREATES, lang)),),
                    alternates=(Alternate("csv/cases.csv", "text/csv", words("cases.csv")),),
                )
            )
