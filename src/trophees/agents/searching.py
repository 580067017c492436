"""Words in what the graph says: names of things and terms, and texts of facts, with the fact and its section."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from trophees.agents.answers import Hit, Hits, Named
from trophees.agents.describing import section
from trophees.agents.holdings import Holdings
from trophees.agents.paging import brief, paged
from trophees.ask.repository import Repository
from trophees.ask.show import View
from trophees.base.folding import fold
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, IGEO, RDF_TYPE, RDFS, SKOS, TP

_NAMES = [
    SKOS + "prefLabel",
    RDFS + "label",
    SKOS + "altLabel",
    IGEO + "codeINSEE",
    TP + "siren",
    TP + "title",
]
_TEXTS = [TP + name for name in ("carrierLine", "summary", "text", "printed", "counted", "function", "note")]
_WORD = re.compile(r"\w+")
_SHOWN = 300  # characters of a text that was found
_NOTHING = Both(
    "Rien de tel parmi les noms et les textes du graphe. Il ne contient pas le texte du rapport, seulement des faits "
    "qui en sont tirés ; éditions : {editions} ({laureates} lauréats). Essayez moins de mots, ou un synonyme.",
    "Nothing like it among the names and texts of the graph. It does not hold the text of the report, only facts drawn "
    "from it; editions: {editions} ({laureates} laureates). Try fewer words, or a synonym.",
)


@dataclass(frozen=True)
class _Said:
    """A text of the graph, folded, with its words."""

    subject: NamedNode
    rank: int  # of its property: names come before texts
    property: str
    text: str
    folded: str
    words: frozenset[str]


def search(holdings: Holdings, words: str, kind: str, language: Language, offset: int, limit: int) -> Hits:
    """The things, terms and facts in which each of `words` begins a word; of a class `kind` only, unless empty."""
    wanted = fold(words).strip()
    parts = _WORD.findall(wanted)
    said = holdings.once("said", _read)

    def found(graph: Repository) -> tuple[list[Hit], int, int | None]:
        best: dict[NamedNode, tuple[tuple[int, int, int, str], _Said]] = {}
        for one in said if parts else ():
            if all(part in one.folded for part in parts) and _begins(parts, one.words):
                order = (_closeness(wanted, one), one.rank, len(one.words), one.subject.value)
                if one.subject not in best or order < best[one.subject][0]:
                    best[one.subject] = order, one
        of_kind = NamedNode(holdings.context.expand(kind)) if kind else None
        ranked = [
            one
            for _, one in sorted(best.values(), key=lambda pair: pair[0])
            if of_kind is None or next(iter(graph.quads(one.subject, RDF_TYPE, of_kind)), None)
        ]
        view = View(graph, holdings.context, language)
        kept, _ = paged([_hit(view, holdings, one) for one in ranked[offset : offset + limit]], 0, limit)
        after = offset + len(kept)
        return kept, len(ranked), after if kept and after < len(ranked) else None

    kept, total, following = holdings.look(found)
    return Hits(kept, total, following, "" if total else nothing(holdings)[language])


def nothing(holdings: Holdings) -> Both:
    """What is said where nothing was found: what the graph holds, and does not."""

    def counted(graph: Repository) -> Both:
        laureates = {quad.subject for quad in graph.quads(None, RDF_TYPE, NamedNode(TP + "Laureate"))}
        years = {
            quad.object.value for quad in graph.quads(None, NamedNode(TP + "year")) if isinstance(quad.object, Literal)
        }
        return _NOTHING.each(lambda text: text.format(editions=", ".join(sorted(years)), laureates=len(laureates)))

    return holdings.once("nothing", counted)


def _read(graph: Repository) -> list[_Said]:
    found = {}
    for rank, name in enumerate([*_NAMES, *_TEXTS]):
        for quad in graph.quads(None, NamedNode(name)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                folded = fold(quad.object.value)
                key = quad.subject, name, quad.object.value
                found[key] = _Said(
                    quad.subject, rank, name, quad.object.value, folded, frozenset(_WORD.findall(folded))
                )
    return list(found.values())


def _begins(parts: list[str], words: frozenset[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in parts)


def _closeness(wanted: str, said: _Said) -> int:
    """0 for the same, 1 for what begins so, 2 for what has the same words, 3 for what has words that begin so."""
    if said.folded == wanted:
        return 0
    if said.folded.startswith(wanted):
        return 1
    return 2 if set(_WORD.findall(wanted)) <= said.words else 3


def _hit(view: View, holdings: Holdings, said: _Said) -> Hit:
    node = said.subject
    whole, _, part = node.value.partition("#")
    of = NamedNode(whole) if part and whole.startswith(BASE) and not node.value.startswith(TP) else None
    types = sorted(holdings.context.compact(o.value) for o in view.objects(node, RDF_TYPE) if isinstance(o, NamedNode))
    return Hit(
        node.value,
        brief(view.label(node), _SHOWN),
        types,
        holdings.context.compact(said.property),
        brief(said.text, _SHOWN),
        Named(of.value, view.label(of)) if of else None,
        section(view, node),
    )
