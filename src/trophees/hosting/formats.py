"""Formats of answers, by `Accept` or by the parameter `format` (SPARQL 1.1 Protocol, section 2.1.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trophees.hosting.accept import wanted, weights

# the names of each format in `Accept`, the one that we answer with first; the most welcome format first
ROWS = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
RDF = {
    "ttl": ("text/turtle", "application/x-turtle", "text/n3", "text/rdf+n3"),
    "nt": ("application/n-triples", "text/plain"),
    "nq": ("application/n-quads", "text/x-nquads"),
    "trig": ("application/trig", "application/x-trig"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
}
_QUADS = 0.85  # how welcome formats of quads are, which say no more than the others of what is in no graph
# other names that clients put into `format`, beside the ends of media types
_ALSO = {"ntriples": "nt", "nquads": "nq", "json-ld": "jsonld", "rdf-xml": "rdf"}
# names of the parameter: ours, and those of Fuseki, Virtuoso and others; the first that is given counts
PARAMETERS = ("format", "output", "resultFormat", "results", "Accept")


def type_of(form: str) -> str:
    """The media type of the format `form`, for Content-Type.

    With its charset: without one some clients take UTF-8 for Latin-1 (RCurl does). The type of JSON-LD knows no such
    parameter, and clients that ask for it compare the type with it as it is.
    """
    type_ = {**ROWS, **RDF}[form][0]
    return type_ if form == "jsonld" else type_ + "; charset=utf-8"


def prefers_page(accept: str) -> bool:
    """Whether a client names pages, and wants them more than data in any of our formats, as a browser does."""
    page = weights(accept).get("text/html", 0)
    return page > max(wanted(accept, type_) for types in (*ROWS.values(), *RDF.values()) for type_ in types)


def choose(formats: Mapping[str, Sequence[str]], accept: str, wished: Sequence[str] = ()) -> str:
    """The one of `formats` that a client wants most; empty if none will do.

    `wished` are values of the parameter `format`, names or media types; where there is one, `accept` does not count.
    What is wanted equally comes in the order of `formats`, and of two names of types the first counts.
    """
    for value in wished:
        name = value.strip().lower()
        for form, types in formats.items():
            # a name for rows, such as xml, may mean RDF written so
            if name in types or _ALSO.get(name, name) == form or any(type_.endswith(f"/{name}") for type_ in types):
                return form
    if wished:
        return ""
    if not accept.strip():
        return next(iter(formats))
    exact = weights(accept)  # the other names of a format count only if they are named
    found = {
        form: max([wanted(accept, types[0]), *(exact.get(type_, 0) for type_ in types[1:])])
        for form, types in formats.items()
    }
    found |= {form: found[form] * _QUADS for form in ("nq", "trig") if form in found}
    best = max(found, key=lambda form: found[form])
    return best if found[best] else ""


def coding(accept_encoding: str) -> str:
    """`br`, `gzip` or nothing, as a client wants it (RFC 9110, section 12.5.3)."""
    exact = weights(accept_encoding)
    found = {name: exact.get(name, exact.get("*", 0)) for name in ("br", "gzip", "identity")}
    best = max(("br", "gzip"), key=lambda name: found[name])
    return best if found[best] > 0 and found[best] >= found["identity"] else ""


def offered(formats: Mapping[str, Sequence[str]]) -> str:
    """The formats, in words."""
    return ", ".join(f"{form} ({types[0]})" for form, types in formats.items())
