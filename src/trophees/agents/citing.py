"""How to cite the dataset, a thing of it, or a fact with its place in the source."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from trophees.agents.answers import Citation
from trophees.agents.describing import section
from trophees.ask.repository import Repository
from trophees.ask.show import View, find
from trophees.base.context import Context
from trophees.base.language import Both, Language
from trophees.base.namespaces import DCAT, DCTERMS, RDF_TYPE, TP

_QUOTED = Both("« {0} »", "“{0}”")
_VERSION = Both("version {0}", "version {0}")
_SOURCE = Both("Source : {0}", "Source: {0}")
_SECTION = Both("rubrique « {0} »", "section “{0}”")
_PAGES = Both("p. {0}", "pp. {0}")
_LICENCE = Both("Licence : {0}", "Licence: {0}")


def cite(graph: Repository, name: str, context: Context, language: Language) -> Citation:
    """The citation of the thing or fact called `name`, of the dataset if that is empty. UserError if there is none."""
    view = View(graph, context, language)
    dataset = next(
        quad.subject
        for quad in graph.quads(None, RDF_TYPE, NamedNode(DCAT + "Dataset"))
        if isinstance(quad.subject, NamedNode) and not view.objects(quad.subject, NamedNode(DCTERMS + "isReplacedBy"))
    )
    node = find(graph, name.strip().removeprefix("<").removesuffix(">"), context) if name.strip() else dataset
    title = _text(view, dataset, DCTERMS + "title")
    version, issued = _text(view, dataset, DCAT + "version"), _text(view, dataset, DCTERMS + "modified")
    named = [value for value in view.objects(dataset, NamedNode(DCTERMS + "publisher")) if _is_called(view, value)]
    publishers = [view.text(value) for value in named]
    licence = next((view.text(value) for value in view.objects(dataset, NamedNode(DCTERMS + "license"))), "")
    whole = NamedNode(node.value.partition("#")[0])
    place = section(view, node)
    pages = _text(view, whole, TP + "pages")
    sources = [*view.objects(node, NamedNode(TP + "accordingTo")), *view.objects(whole, NamedNode(TP + "accordingTo"))]
    source = next((_text(view, s, DCTERMS + "bibliographicCitation") for s in sources if isinstance(s, NamedNode)), "")
    told = [_QUOTED[language].format(view.label(node))] if node != dataset and _is_called(view, node) else []
    if whole not in (node, dataset):
        told.append(_QUOTED[language].format(view.label(whole)))
    told += [f"{', '.join(publishers)}, {title}" if publishers else title, _VERSION[language].format(version)]
    text = f"{', '.join(filter(None, [*told, issued]))}. {node.value}."
    if source:
        where = [_SECTION[language].format(place.label)] if place else []
        where += [_PAGES[language].format(pages)] if pages else []
        text += f" {_SOURCE[language].format(', '.join([source.rstrip('.'), *where]))}."
    text += f" {_LICENCE[language].format(licence)}" if licence else ""
    return Citation(text, node.value, title, version, licence, source, place.label if place else "")


def _is_called(view: View, value: NamedNode | Literal) -> bool:
    return isinstance(value, Literal) or view.label(value) != view.context.compact(value.value)


def _text(view: View, node: NamedNode, predicate: str) -> str:
    found = [o for o in view.objects(node, NamedNode(predicate)) if isinstance(o, Literal)]
    spoken = [o.value for o in found if o.language == view.language]
    return (spoken or [o.value for o in found] or [""])[0]
