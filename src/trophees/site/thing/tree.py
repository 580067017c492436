"""The tree of a vocabulary: every concept under its broader ones, with its laureates and its definition.

A number is that of the laureates that have the concept or something narrower, and leads to their list.
"""

from __future__ import annotations

from dataclasses import dataclass

from trophees.base.namespaces import SKOS
from trophees.site.collation import natural, sort_key
from trophees.site.concepts import narrower
from trophees.site.lists.counted import AXES, Count, counts
from trophees.site.model import Site, Thing
from trophees.site.render import place
from trophees.site.statements import Name
from trophees.site.thing.facts import LEDES, Link, Teller
from trophees.site.thing.references import laureates

_DEPTH = 6  # no deeper, whatever the data say
_TOPS = 12  # concepts of a vocabulary where only its top is shown
_MARKUP = 330  # bytes of a concept in the tree, without its definition, about


@dataclass(frozen=True)
class Node:
    """A concept in its tree: how many laureates it counts, and how many concepts are narrower."""

    link: Link
    counts: tuple[Count, ...]
    definition: Name
    below: int
    children: list[Node]


@dataclass(frozen=True)
class Tree:
    """A vocabulary: how many concepts it has, and those at its top."""

    id: str
    link: Link
    lede: Name
    size: int
    nodes: list[Node]
    left: int = 0  # concepts at its top that are not shown


def tree(site: Site, teller: Teller, scheme: Thing, depth: int = _DEPTH) -> Tree:
    """The vocabulary `scheme`: `depth` levels below its top, with definitions if there is room for them."""
    members = site.subjects(SKOS + "inScheme", scheme.iri)
    tops = [m for m in members if not set(site.links(m, SKOS + "broader")) & set(members)]
    lede = next((text for p in LEDES if (text := site.text(scheme.iri, p, teller.lang))), "")
    weight = sum(_MARKUP + len(site.text(m, SKOS + "definition", teller.lang)) for m in members)
    told = depth > 0 and weight <= 2 * site.inputs.room
    shown = tops if depth else _most(site, tops)
    return Tree(
        id=scheme.path.rsplit("/", 1)[-1],
        link=teller.link(scheme.iri),
        lede=Name(lede, teller.lang),
        size=len(members),
        nodes=[_node(site, teller, iri, depth, told) for iri in _sorted(site, teller, shown)],
        left=len(tops) - len(shown),
    )


def _most(site: Site, tops: list[str]) -> list[str]:
    """Those of `tops` that an overview has room for: with most laureates."""
    return sorted(tops, key=lambda iri: (-len(laureates(site, iri)), natural(iri)))[:_TOPS]


def _node(site: Site, teller: Teller, iri: str, depth: int, told: bool) -> Node:
    below = site.subjects(SKOS + "broader", iri) if depth else []
    children = [_node(site, teller, child, depth - 1, told) for child in _sorted(site, teller, below)]
    definition = site.said(iri, SKOS + "definition", teller.lang) if told else Name("", "")
    return Node(teller.link(iri), counted(site, teller, iri), definition, len(narrower(site, iri)), children)


def counted(site: Site, teller: Teller, iri: str) -> tuple[Count, ...]:
    """The laureates of a concept and their list; where the list has no such axis, the concept's page names them."""
    if found := counts(site, teller.words, iri):
        return found
    thing = site.thing(iri)
    number = len(laureates(site, iri)) if thing and thing.kind not in AXES else 0
    if thing is None or not number:
        return ()
    text = teller.words.count("vocabularies.laureates", number)
    return (Count(number, text, f"{place(thing.folder, teller.lang)}#from-laureate"),)


def _sorted(site: Site, teller: Teller, iris: list[str]) -> list[str]:
    return sorted(iris, key=lambda iri: (natural(sort_key(site.label(iri, teller.lang))), iri))
