"""Triples as compact JSON-LD under the published context. Pure and deterministic.

Lexical forms are kept: a literal is always written as a string, under the term that gives its datatype or its
language, or as a value object where no term fits (JSON-LD 1.1, section 4.2).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from trophees.context import Context, Term
from trophees.source import RDF_TYPE, XSD


def document(triples: Iterable[Triple], context: Context) -> bytes:
    """A JSON-LD document that holds its context and says exactly `triples`, which have no blank node."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        assert isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal)
        name = context.compact(triple.subject.value)
        _put(nodes.setdefault(name, {"id": name}), triple.predicate, triple.object, context)
    content = {**context.document, "@graph": list(nodes.values())}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _put(node: dict[str, Any], predicate: NamedNode, value: NamedNode | Literal, context: Context) -> None:
    if predicate == RDF_TYPE:
        assert isinstance(value, NamedNode)
        _append(node, "type", context.compact(value.value, vocab=True))
        return
    key = context.term_for(predicate.value) or context.compact(predicate.value)
    term = context.terms.get(key, Term(predicate.value))
    if term.reverse:
        key, term = context.compact(predicate.value), Term(predicate.value)
    if isinstance(value, NamedNode):
        if term.type in ("@id", "@vocab"):
            _append(node, key, context.compact(value.value, vocab=term.type == "@vocab"))
        else:
            _append(node, key, {"id": context.compact(value.value)})
    elif term.by_language and value.language:
        _append(node.setdefault(key, {}), value.language, value.value)
    elif value.language:
        fits = value.language == term.language
        _append(node, key, value.value if fits else {"@value": value.value, "@language": value.language})
    elif (value.datatype.value == (term.type or XSD + "string")) and not (term.language or term.by_language):
        _append(node, key, value.value)
    else:
        _append(node, key, {"@value": value.value, "@type": context.compact(value.datatype.value)})


def _append(node: dict[str, Any], key: str, value: Any) -> None:
    """One value as it is, several as a list."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
