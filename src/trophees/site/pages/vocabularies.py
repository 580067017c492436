"""The trees of the vocabularies: every concept under its broader ones, with how many laureates lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trophees.base.addresses import Folder
from trophees.base.namespaces import SKOS
from trophees.site.collation import natural, sort_key
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site, Thing
from trophees.site.render import Page, place
from trophees.site.statements import Name
from trophees.site.thing.facts import LEDES, Link, Teller

FOLDER = Folder.VOCABULARIES
_DEPTH = 6  # no deeper, whatever the data say


@dataclass(frozen=True)
class Node:
    """A concept in its tree. `count` is the number of laureates that refer to it."""

    link: Link
    count: int
    children: list[Node]


@dataclass(frozen=True)
class Tree:
    """A vocabulary: how many concepts it has, and those at its top."""

    id: str
    link: Link
    lede: Name
    size: int
    nodes: list[Node]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language."""
    for lang in LANGUAGES:
        words = Words(lang)
        teller = Teller(site, words, place(FOLDER, lang))
        trees = [_tree(site, teller, scheme) for scheme in site.things("vocabulary")]
        trees.sort(key=lambda tree: -tree.size)
        yield site.render(
            Page(
                folder=FOLDER,
                lang=lang,
                template="vocabulary.html",
                title=words("vocabularies.title"),
                description=words("vocabularies.description"),
                values={"trees": trees},
                section="vocabularies",
            )
        )


def _tree(site: Site, teller: Teller, scheme: Thing) -> Tree:
    members = site.subjects(SKOS + "inScheme", scheme.iri)
    tops = [m for m in members if not set(site.links(m, SKOS + "broader")) & set(members)]
    lede = next((text for p in LEDES if (text := site.text(scheme.iri, p, teller.lang))), "")
    return Tree(
        id=scheme.path.rsplit("/", 1)[-1],
        link=teller.link(scheme.iri),
        lede=Name(lede, teller.lang),
        size=len(members),
        nodes=[_node(site, teller, iri, _DEPTH) for iri in _sorted(site, teller, tops)],
    )


def _node(site: Site, teller: Teller, iri: str, depth: int) -> Node:
    below = site.subjects(SKOS + "broader", iri) if depth else []
    children = [_node(site, teller, child, depth - 1) for child in _sorted(site, teller, below)]
    return Node(teller.link(iri), laureates(site, iri), children)


def _sorted(site: Site, teller: Teller, iris: list[str]) -> list[str]:
    return sorted(iris, key=lambda iri: (natural(sort_key(site.label(iri, teller.lang))), iri))


def laureates(site: Site, iri: str) -> int:
    """How many laureates refer to `iri`, themselves or by a fact."""
    documents = {subject.partition("#")[0] for _, subject in site.incoming(iri)}
    return sum(1 for document in documents if (thing := site.thing(document)) and thing.kind == "laureate")
