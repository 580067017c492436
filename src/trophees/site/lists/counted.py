"""How many laureates a concept or a territory counts, and the list that proves it: one number, with one meaning.

A concept counts the laureates that have it or something narrower. A tool counts them by status, for what is planned is
not used.
"""

from __future__ import annotations

from dataclasses import dataclass

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import TP
from trophees.site.l10n import Words
from trophees.site.laureate_list import STATUSES
from trophees.site.lists.listing import ALL, address
from trophees.site.lists.processes import processes
from trophees.site.model import Site, last
from trophees.site.render import place
from trophees.site.statements import Name

# the axis of the list on which a kind of thing stands
AXES = {
    "tool": "tool",
    "theme": "theme",
    "audience": "audience",
    "organisation-kind": "kind",
    "edition": "edition",
    "source": "source",
    "region": "region",
    "departement": "departement",
}
_STARS = "-star"


@dataclass(frozen=True)
class Count:
    """So many laureates, said in words, and the address of their list from the root of the site."""

    number: int
    text: str
    path: str


def counts(site: Site, words: Words, iri: str) -> tuple[Count, ...]:
    """The laureates of `iri`: one number, or for a tool one for each status that occurs, and how many that are in all;
    none if there is no such list or nobody in it.
    """
    choices = _choices(site, iri)
    found = []
    for key, choice in choices:
        if number := laureates(site, choice):
            found.append(Count(number, words.count(f"lists.counted.{key}", number), listed(words.lang, choice)))
    if len(found) > 1:  # a laureate may use one tool of a family and plan another
        every = {"tool": last(iri), "status": ALL}
        number = laureates(site, every)
        found.append(Count(number, words.count("lists.counted.all", number), listed(words.lang, every)))
    return tuple(found)


def proof(site: Site, lang: Language, choice: dict[str, str], number: int) -> str:
    """The address of the list for `choice` if it has so many laureates; empty if it says another number."""
    return listed(lang, choice) if laureates(site, choice) == number else ""


def laureates(site: Site, choice: dict[str, str]) -> int:
    """How many laureates the list has for `choice`, values by axis."""
    key = f"laureates-{sorted(choice.items())}"
    if key not in site.cache:
        words = Words("fr")
        listing = processes(site, words, place(Folder.LAUREATES, "fr"))
        site.cache[key] = len(listing.chosen({name: value.split(",") for name, value in choice.items()}))
    found: int = site.cache[key]
    return found


def listed(lang: Language, choice: dict[str, str]) -> str:
    """The address of the list that `choice` narrows down, from the root of the site."""
    return place(Folder.LAUREATES, lang) + address(choice)


def _choices(site: Site, iri: str) -> list[tuple[str, dict[str, str]]]:
    """What to ask the list, by the end of the message that says it."""
    thing = site.thing(iri)
    if thing is None:
        return []
    if thing.kind == "tool":
        return [(status, {"tool": last(iri)} | ({"status": status} if status != "used" else {})) for status in STATUSES]
    if thing.kind == "distinction":
        return [("theme", {"stars": last(iri).removesuffix(_STARS)})]
    axis = AXES.get(thing.kind)
    return [(axis if axis in ("audience", "kind") else "theme", {axis: last(iri)})] if axis else []


def completeness(site: Site, edition: str, lang: Language) -> tuple[Name, Name]:
    """Whether all laureates of an edition are described, and why that is said; empty if nothing says it."""
    level = next(iter(site.links(edition, TP + "completeness")), "")
    name = site.name(level, lang) if level else Name("", "")
    return name, site.said(edition, TP + "completenessReason", lang)
