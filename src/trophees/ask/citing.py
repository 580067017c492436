"""The citation of the dataset, of a thing of it, or of a fact with its place in the source."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from trophees.ask.repository import Repository
from trophees.ask.show import View, find
from trophees.base.citation import Citation
from trophees.base.context import Context
from trophees.base.language import Language
from trophees.base.namespaces import DCAT, DCTERMS, RDF_TYPE, TP


def cite(graph: Repository, name: str, context: Context, language: Language, sha256: str) -> Citation:
    """The citation of the thing or fact called `name`, of the dataset if that is empty. UserError if there is none.

    `sha256` is the sum of the release, empty if it is not known.
    """
    view = View(graph, context, language)
    dataset = newest(graph, view)
    node = find(graph, name.strip().removeprefix("<").removesuffix(">"), context) if name.strip() else dataset
    whole = NamedNode(node.value.partition("#")[0])
    titles = [view.label(node)] if node != dataset and _is_called(view, node) else []
    titles += [view.label(whole)] if whole not in (node, dataset) else []
    publishers = [value for value in view.objects(dataset, NamedNode(DCTERMS + "publisher")) if _is_called(view, value)]
    own, main = (view.objects(subject, NamedNode(TP + "accordingTo")) for subject in (node, whole))
    source = next((s for s in (*own, *main) if isinstance(s, NamedNode)), None)
    section = next(
        (view.label(s) for s in view.objects(node, NamedNode(TP + "section")) if isinstance(s, NamedNode)), ""
    )
    return Citation(
        iri=node.value,
        titles=tuple(titles),
        dataset=_text(view, dataset, DCTERMS + "title"),
        publishers=tuple(view.text(value) for value in publishers),
        version=_text(view, dataset, DCAT + "version"),
        day=_text(view, dataset, DCTERMS + "modified"),
        sha256=sha256,
        licence=next((view.text(value) for value in view.objects(dataset, NamedNode(DCTERMS + "license"))), ""),
        source=_text(view, source, DCTERMS + "bibliographicCitation") if source else "",
        section=section,
        pages=_text(view, whole, TP + "pages") if source in main else "",  # of that source alone
        printed=_text(view, node, TP + "printed"),
    )


def newest(graph: Repository, view: View) -> NamedNode:
    """The dataset that no other replaces."""
    return next(
        quad.subject
        for quad in graph.quads(None, RDF_TYPE, NamedNode(DCAT + "Dataset"))
        if isinstance(quad.subject, NamedNode) and not view.objects(quad.subject, NamedNode(DCTERMS + "isReplacedBy"))
    )


def _is_called(view: View, value: NamedNode | Literal) -> bool:
    return isinstance(value, Literal) or view.label(value) != view.context.compact(value.value)


def _text(view: View, node: NamedNode, predicate: str) -> str:
    found = [o for o in view.objects(node, NamedNode(predicate)) if isinstance(o, Literal)]
    spoken = [o.value for o in found if o.language == view.language]
    return (spoken or [o.value for o in found] or [""])[0]
