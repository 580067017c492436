"""What is withdrawn: a list, and for each thing the page that hosts answer 410 with (`hosting.withdrawn`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE
from trophees.hosting.withdrawn import GONE, Withdrawal
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.paging import Sheet, pages, sheets, steps, titled
from trophees.site.render import Page, place
from trophees.site.statements import Name

_MARKUP = 200  # bytes around the texts of an entry


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawal as a page tells it: `id` is its anchor, `successor` is empty where there is none."""

    id: str
    iri: str
    short: str
    reason: str
    successor: Name
    href: str


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list in each language, on as many pages as it takes; in both, the page of each thing that is gone."""
    found = sorted(site.withdrawals, key=lambda w: w.release, reverse=True)
    weight = sum(_MARKUP + 3 * len(w.iri) + max(len(w.reason.fr), len(w.reason.en)) + len(w.successor) for w in found)
    parts = sheets(found, pages(weight, site.inputs.room), Folder.WITHDRAWN)
    for lang in LANGUAGES:
        for here in range(len(parts)):
            yield site.render(_list(site, Words(lang), parts, here))
    gone = {thing.iri: thing for thing in site.gone}
    for withdrawal in found:
        if thing := gone.get(withdrawal.iri):
            yield site.render(_gone(site, withdrawal, thing.path))


def _list(site: Site, words: Words, parts: list[Sheet[Withdrawal]], here: int) -> Page:
    lang, folder = words.lang, parts[here].folder
    title = words("withdrawn.title")
    path = place(folder, lang)
    return Page(
        folder=folder,
        lang=lang,
        template="withdrawn.html",
        title=titled(words, title, here),
        description=words("withdrawn.lede"),
        values={
            "releases": [
                (release, [_entry(site, one, lang, path) for one in group])
                for release, group in groupby(parts[here].items, key=lambda one: one.release)
            ],
            "steps": steps(parts, here, lang, path),
        },
    )


def _entry(site: Site, gone: Withdrawal, lang: Language, path: str, root: str = "") -> Withdrawn:
    """`gone` for a page at `path`, or for one whose links begin at `root`."""
    successor, href = Name("", ""), ""
    if gone.successor:
        successor, href = site.name(gone.successor, lang), site.href(gone.successor, lang, path)
        href = root + href if gone.successor.startswith(BASE) and href else href
    return Withdrawn(anchor(gone.iri), gone.iri, site.context.compact(gone.iri), gone.reason[lang], successor, href)


def anchor(iri: str) -> str:
    """Where the list tells of `iri`: a path holds no `:`."""
    return iri.removeprefix(BASE).replace("#", ":")


def _gone(site: Site, gone: Withdrawal, path: str) -> Page:
    """The page that is shown at whatever address `gone` had: its links begin at the path of the site, as in 404."""
    root = urlsplit(site.inputs.url).path or "/"
    spoken = [Words(lang) for lang in LANGUAGES]
    return Page(
        folder="",
        lang="fr",
        template="gone.html",
        title=spoken[0]("error.410.title"),
        description=spoken[0]("error.410.text", release=gone.release),
        values={
            "status": "410",
            "gone": gone,
            "spoken": [(words, _entry(site, gone, words.lang, "", root)) for words in spoken],
            "root": root,
            "here": lambda folder: root + place(folder, "fr"),
        },
        file=path + GONE,
        alone=True,
        withdrawn=True,
    )
