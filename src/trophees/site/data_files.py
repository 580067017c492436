"""The data of a page, in four formats: files that say exactly what the graph says of its thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple

from trophees.base.context import Context
from trophees.base.namespaces import BASE, OA, RDF_TYPE, TP
from trophees.publish import jsonld
from trophees.publish.turtle import encode, in_order
from trophees.site.render import Alternate

CONTEXT = BASE + "context.jsonld"
_SELECTOR, _FACT, _ABOUT = NamedNode(OA + "TextQuoteSelector"), NamedNode(TP + "Fact"), NamedNode(TP + "about")
_REPEATING = {OA + "hasSelector", *(TP + name for name in ("earliest", "latest", "startYear", "endYear"))}
_FEW = 4  # links of a kind that take less room than the definition of their key
FORMATS = {
    "ttl": ("text/turtle", "Turtle"),
    "jsonld": ("application/ld+json", "JSON-LD"),
    "nt": ("application/n-triples", "N-Triples"),
    "rdf": ("application/rdf+xml", "RDF/XML"),
}


def alternates(path: str) -> tuple[Alternate, ...]:
    """The data files beside the folder `path` (without its last `/`)."""
    return tuple(Alternate(f"{path}.{ext}", media, title) for ext, (media, title) in FORMATS.items())


def files(path: str, triples: list[Triple], context: Context) -> Iterator[tuple[str, bytes]]:
    """The files of `alternates`, each holding `triples`."""
    yield f"{path}.ttl", encode(triples, RdfFormat.TURTLE, context)
    yield f"{path}.jsonld", jsonld.document(triples, context)
    yield f"{path}.nt", in_order(encode(triples, RdfFormat.N_TRIPLES, context))
    yield f"{path}.rdf", encode(triples, RdfFormat.RDF_XML, context)


def embedded(triples: list[Triple], context: Context, document: str) -> dict[str, Any]:
    """What a page says of `document` as JSON-LD: its context is named, not copied, and its own IRIs are short.

    What repeats a fact in other terms is left to the files: the selector of its anchor, the years of its dates, that it
    is a fact, and about what, where that is `document`, which names it.
    """
    selectors = {t.subject for t in triples if t.predicate == RDF_TYPE and t.object == _SELECTOR}
    itself = NamedNode(document)

    def repeats(it: Triple) -> bool:
        return (
            it.subject in selectors
            or it.predicate.value in _REPEATING
            or (it.predicate == _ABOUT and it.object == itself)
            or (it.predicate == RDF_TYPE and it.object == _FACT)
        )

    told = [it for it in triples if not repeats(it)]
    found = jsonld.nodes(told, context, document)
    for node in found:
        for key, value in node.items():
            node[key] = [_whole(one, context) for one in value] if isinstance(value, list) else _whole(value, context)
    own: dict[str, object] = {"@base": document, **_references(found)}
    return {"@context": [CONTEXT, own], "@graph": found}


def _whole(value: Any, context: Context) -> Any:
    """`value`, whose IRI is written out if the published context, that of the classes included, hides its prefix."""
    if _is_link(value) and value["id"].partition(":")[0] in context.shadowed:
        return {"id": context.expand(value["id"])}
    return value


def _references(nodes: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """The definitions of the prefixed keys under which IRIs alone stand, which `nodes` then names without more."""
    values: dict[str, list[Any]] = {}
    for node in nodes:
        for key, value in node.items():
            if ":" in key:
                values.setdefault(key, []).extend(value if isinstance(value, list) else [value])
    links = {key for key, found in values.items() if len(found) > _FEW and all(_is_link(value) for value in found)}
    for node in nodes:
        for key in links & node.keys():
            value = node[key]
            node[key] = [one["id"] for one in value] if isinstance(value, list) else value["id"]
    return {key: {"@type": "@id"} for key in sorted(links)}


def _is_link(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"id"}
