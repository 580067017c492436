"""The data of a page, in four formats: files that say exactly what the graph says of its thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import RdfFormat, Triple

from trophees.base.context import Context
from trophees.base.namespaces import BASE
from trophees.publish import jsonld
from trophees.publish.turtle import encode, in_order
from trophees.site.render import Alternate

CONTEXT = BASE + "context.jsonld"
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
    """The same as JSON-LD for the page of `document`: its context is named, not copied, and its own IRIs are short."""
    return {"@context": [CONTEXT, {"@base": document}], "@graph": jsonld.nodes(triples, context, document)}
