"""Triple Pattern Fragments: the triples that match one pattern, page by page, with the form that asks for others.

Hydra W3C Community Group, Triple Pattern Fragments (unofficial draft); terms in its explicit representation. A client
that joins such fragments itself asks only light questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from trophees.base.namespaces import RDF, VOID
from trophees.serve.backend.refusals import Refused

PAGE = 100
FORMATS = {
    "trig": ("application/trig",),
    "nq": ("application/n-quads",),
    "jsonld": ("application/ld+json", "application/json"),
}
_RDF_FORMATS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
_NAMES = ("subject", "predicate", "object")
_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(.+))?', re.DOTALL)
_HYDRA = "http://www.w3.org/ns/hydra/core#"


def terms(given: dict[str, str]) -> tuple[str, str, str]:
    """The pattern that the parameters describe, as SPARQL writes it. Refused if a term is none."""
    found = []
    for name in _NAMES:
        text = given.get(name, "")
        try:
            found.append(f"?{name}" if text == "" or text.startswith("?") else str(_term(text)))
        except ValueError:
            raise Refused(
                400, f"{name} is an IRI, a literal in quotation marks or nothing, not “{text[:80]}”"
            ) from None
    return found[0], found[1], found[2]


def _term(text: str) -> NamedNode | Literal:
    if literal := _LITERAL.fullmatch(text):
        value, language, datatype = literal.groups()
        if language:
            return Literal(value, language=language)
        return Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)
    return NamedNode(text)


def written(address: str, given: dict[str, str], page: int, triples: Iterable[Triple], total: int, form: str) -> bytes:
    """The page: its `triples`, and in a graph of its own how many match in all and how to go on.

    `page` counts from 1.
    """
    asked = {name: given[name] for name in _NAMES if given.get(name)}

    def at(number: int) -> NamedNode:
        more = asked | ({"page": str(number)} if number > 1 else {})
        return NamedNode(f"{address}?{urlencode(more)}" if more else address)

    this, graph, form_ = at(page), NamedNode(f"{address}#metadata"), NamedNode(f"{address}#form")
    said: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (NamedNode(f"{address}#dataset"), VOID + "subset", this),
        (NamedNode(f"{address}#dataset"), _HYDRA + "search", form_),
        (form_, _HYDRA + "template", Literal(f"{address}{{?subject,predicate,object}}")),
        (form_, _HYDRA + "variableRepresentation", NamedNode(_HYDRA + "ExplicitRepresentation")),
        (this, VOID + "triples", Literal(total)),
        (this, _HYDRA + "totalItems", Literal(total)),
        (this, _HYDRA + "itemsPerPage", Literal(PAGE)),
        (this, _HYDRA + "first", at(1)),
    ]
    for name in _NAMES:
        mapping = NamedNode(f"{address}#{name}")
        said.append((form_, _HYDRA + "mapping", mapping))
        said.append((mapping, _HYDRA + "variable", Literal(name)))
        said.append((mapping, _HYDRA + "property", NamedNode(RDF + name)))
    if page * PAGE < total:
        said.append((this, _HYDRA + "next", at(page + 1)))
    if page > 1:
        said.append((this, _HYDRA + "previous", at(page - 1)))
    quads = [Quad(t.subject, t.predicate, t.object) for t in triples]
    quads += [Quad(subject, NamedNode(predicate), object_, graph) for subject, predicate, object_ in said]
    return serialize(quads, format=_RDF_FORMATS[form]) or b""
