"""Stories: what people ask first, told with the numbers and the charts of queries; a page each, and their list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trophees.base.addresses import Folder
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.links import cookbook_link
from trophees.site.model import Site
from trophees.site.render import Crumb, Page, place
from trophees.site.stories.asked import Answers
from trophees.site.stories.prose import pieces
from trophees.site.stories.written import Story, stories

FOLDER = Folder.STORIES


@dataclass(frozen=True)
class Entry:
    """A story in the list of stories."""

    title: str
    description: str
    folder: str


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list and each story, in each language."""
    for lang in LANGUAGES:
        words, written = Words(lang), stories(lang)
        entries = [Entry(story.title, story.description, _folder(story)) for story in written]
        yield site.render(
            Page(
                folder=FOLDER,
                lang=lang,
                template="stories.html",
                title=words("stories.title"),
                description=words("stories.description"),
                values={"entries": entries},
                section="stories",
            )
        )
        for story in written:
            yield site.render(_page(site, words, story, entries))


def _folder(story: Story) -> str:
    return f"{FOLDER}{story.name}/"


def _page(site: Site, words: Words, story: Story, entries: list[Entry]) -> Page:
    folder = _folder(story)
    told = pieces(Answers(site, words, place(folder, words.lang)), story)
    return Page(
        folder=folder,
        lang=words.lang,
        template="story.html",
        title=story.title,
        description=story.description,
        values={
            "name": story.name,
            "pieces": told,
            "others": [entry for entry in entries if entry.folder != folder],
            "opened": lambda query: cookbook_link(query, words.lang),
        },
        section="stories",
        breadcrumb=(Crumb(words("nav.stories"), place(FOLDER, words.lang)),),
    )
