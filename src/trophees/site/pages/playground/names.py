"""What the playground knows by name: prefixes, graphs, the terms in use and everything that has a page."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from trophees.base.context import Context
from trophees.base.language import Language
from trophees.base.namespaces import BASE, OWL, RDF, RDFS, TP
from trophees.site.l10n import Words
from trophees.site.model import Site
from trophees.site.statements import TYPE
from trophees.site.thing.cells import rules

_ESCAPED = re.compile(r"[~!$&'()*+,;=/?#@%]")
_LOCAL = re.compile(r"(?:[A-Za-z0-9_]|\\.)(?:(?:[A-Za-z0-9_.:-]|\\.)*(?:[A-Za-z0-9_:-]|\\.))?")


def prefixes(context: Context) -> dict[str, str]:
    """The prefixes that the playground declares for whoever uses them."""
    return dict(sorted({**context.prefixes, "rdf": RDF}.items()))


def written(iri: str, context: Context) -> str:
    """`iri` as SPARQL has it: a prefixed name (SPARQL 1.1, PNAME_LN), or in angle brackets where none can be made."""
    short = context.compact(iri)
    prefix, _, local = short.partition(":")
    local = _ESCAPED.sub(r"\\\g<0>", local)
    if short == iri or not _LOCAL.fullmatch(local):
        return f"<{iri}>"
    return f"{prefix}:{local}"


def names(site: Site, lang: Language) -> dict[str, object]:
    """`prefixes`; `graphs` as [IRI, name]; `terms` as [written, label, comment, what it is, path of its page] and
    `entities` as [written, label, kind, path], each in the order of the IRIs; the path of a foreign term is empty;
    `cells`: how the cells of an answer are made.
    """
    entities = [
        [written(t.iri, site.context), site.label(t.iri, lang), t.kind, t.path]
        for t in site.things()
        if t.kind != "term" and t.iri.startswith(BASE)
    ]
    graphs = sorted({quad.graph_name.value for quad in site.store if isinstance(quad.graph_name, NamedNode)})
    return {
        "prefixes": prefixes(site.context),
        "graphs": [[iri, site.label(iri, lang)] for iri in graphs],
        "terms": [_term(site, iri, what, lang) for iri, what in _terms(site)],
        "entities": entities,
        "cells": rules(site, Words(lang)),
    }


def _terms(site: Site) -> list[tuple[str, str]]:
    """The classes and properties of the ontology, and the foreign ones that the graph uses, ours first."""
    typed = site.store.quads_for_pattern(None, NamedNode(TYPE), None)
    classes = {quad.object.value for quad in typed if isinstance(quad.object, NamedNode)}
    found = dict.fromkeys(classes, "class") | dict.fromkeys((q.predicate.value for q in site.store), "property")
    for thing in site.things("term"):
        found[thing.iri] = "class" if OWL + "Class" in site.types(thing.iri) else "property"
    return sorted(found.items(), key=lambda item: (not item[0].startswith(TP), item[0]))


def _term(site: Site, iri: str, what: str, lang: Language) -> list[str]:
    thing = site.thing(iri)
    comment = site.text(iri, RDFS + "comment", lang)
    return [written(iri, site.context), site.label(iri, lang), comment, what, thing.path if thing else ""]
