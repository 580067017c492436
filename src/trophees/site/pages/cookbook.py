"""The cookbook: the list of the named queries, and a page for each with its text and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Variable

from trophees.ask import cookbook
from trophees.ask.cookbook import Query
from trophees.ask.text import bound
from trophees.base.addresses import Folder
from trophees.site.answers import Answer, shown
from trophees.site.collation import sort_key
from trophees.site.l10n import LANGUAGES, Words, spaced
from trophees.site.links import playground_link
from trophees.site.model import Site
from trophees.site.render import Crumb, Page, place, root_from
from trophees.site.thing.facts import Link

FOLDER = Folder.COOKBOOK
_ROWS = 50  # of an answer, on its page
_HEAD = re.compile(r"^#\+.*\n", re.MULTILINE)


@dataclass(frozen=True)
class AskedQuery:
    """A query: `id` is its anchor on the list, the text of `link` what it asks, `note` the rest of its summary."""

    id: str
    link: Link
    note: str
    params: list[str]


@dataclass(frozen=True)
class Group:
    """The queries on a subject, in alphabetical order of what they ask; `id` is its anchor."""

    id: str
    title: str
    entries: list[AskedQuery]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.entries)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list and the queries, in each language."""
    for lang in LANGUAGES:
        yield site.render(_overview(Words(lang)))
    for query in cookbook.queries().values():
        given = cookbook.substitutions(query, {}, site.context)
        for lang in LANGUAGES:
            text = cookbook.in_language(query.text, lang)
            page = f"{FOLDER}{query.name}/"
            answer = shown(site, Words(lang), query, given, place(page, lang), _ROWS)
            yield site.render(_page(Words(lang), page, query, text, answer, given))


def _overview(words: Words) -> Page:
    root = root_from(place(FOLDER, words.lang))
    groups = []
    for subject, queries in cookbook.by_subject().items():
        entries = []
        for query in queries:
            asked = query.asked(words.lang)
            link = Link(asked, root + place(f"{FOLDER}{query.name}/", words.lang))
            note = query.summary[words.lang].removeprefix(asked).strip()
            entries.append(AskedQuery(query.name, link, note, [param.name for param in query.params]))
        entries.sort(key=lambda entry: (sort_key(entry.link.text), entry.id))
        groups.append(Group(f"subject-{subject}", cookbook.SUBJECTS[subject][words.lang], entries))
    return Page(
        folder=FOLDER,
        lang=words.lang,
        template="cookbook.html",
        title=words("cookbook.title"),
        description=words("cookbook.description"),
        values={"groups": groups},
        section="cookbook",
    )


def _page(
    words: Words, folder: str, query: Query, text: str, answer: Answer, given: dict[Variable, NamedNode | Literal]
) -> Page:
    text = _HEAD.sub("", text).strip() + "\n"
    asked, told = spaced(query.asked(words.lang)), spaced(query.summary[words.lang])
    return Page(
        folder=folder,
        lang=words.lang,
        template="query.html",
        title=asked,
        description=f"{words('cookbook.query')}{words('colon')}{told}",
        values={
            "query": query,
            "lede": told if told != asked else "",
            "subject": cookbook.SUBJECTS[query.subject][words.lang],
            "text": text,
            "answer": answer,
            "link": playground_link(bound(text, given, "\n  "), runs=True),
        },
        section="cookbook",
        breadcrumb=(Crumb(words("nav.cookbook"), place(FOLDER, words.lang)),),
    )
