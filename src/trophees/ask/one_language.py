"""A graph as it is in one language: without the texts that are in another, so that no number counts twice."""

from __future__ import annotations

from pyoxigraph import Literal, Store

from trophees.ask.engine import Embedded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, Triple

    from trophees.base.language import Language


def spoken(term: object, language: Language) -> bool:
    """Whether `term` is no text in another language; what has no language stays, `fr-CA` is `fr`."""
    if not isinstance(term, Literal) or not term.language:
        return True
    return term.language.partition("-")[0].lower() == language


def in_language(store: Store, language: Language) -> Store:
    """A new store, in memory, of what `store` says in `language`, or in none."""
    found = Store()
    found.bulk_extend(_spoken(store, language))
    return found


def view(graph: Embedded, language: Language) -> Embedded:
    """`graph` as it is in `language`, with its prefixes and what was said of its data."""
    found = Embedded(in_language(graph.store, language), graph.prefixes)
    found.said = graph.said
    return found


def triples(told: Iterable[Triple], language: Language) -> list[Triple]:
    """Those of the triples `told` that are in `language`, or in none."""
    return [triple for triple in told if spoken(triple.object, language)]


def _spoken(store: Store, language: Language) -> Iterator[Quad]:
    return (quad for quad in store if spoken(quad.object, language))
