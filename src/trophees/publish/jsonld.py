"""Triples as compact JSON-LD under the published context. Pure and deterministic.

Lexical forms are kept: a literal is always written as a string, under the term that gives its datatype or its
language, or as a value object where no term fits (JSON-LD 1.1, section 4.2).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from trophees.base.context import Context, Term
from trophees.base.namespaces import RDF_TYPE, XSD


def document(triples: Iterable[Triple], context: Context) -> bytes:
    """A JSON-LD document that holds its context and says exactly `triples`: a node object each time that another
    subject comes. Blank nodes keep their labels.

    ValueError if an IRI cannot be told from a compact one, such as `tp:x`.
    """
    found = [member for _, alike in groupby(triples, key=attrgetter("subject")) for member in members(alike, context)]
    return head(context) + b",".join(found) + foot(some=bool(found))


def members(alike: Iterable[Triple], context: Context) -> Iterator[bytes]:
    """The node objects of the triples `alike`, as the members of a document, between which commas stand."""
    for node in nodes(alike, context):
        text = json.dumps(node, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        yield f"\n  {text}".encode()


@lru_cache(maxsize=1)
def head(context: Context) -> bytes:
    """What stands before the members: the context, which is the same in every document."""
    text = json.dumps(context.document, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{text},\n "@graph": ['.encode()


def foot(*, some: bool) -> bytes:
    """What stands after the members, if there are `some`."""
    return b"\n ]\n}\n" if some else b"]\n}\n"


def nodes(triples: Iterable[Triple], context: Context, document: str = "") -> list[dict[str, Any]]:
    """The node objects of `triples`: one for each subject, in the order in which subjects come.

    The IRI `document`, and those of its fragments, are written relative to it.
    """
    found: dict[str, dict[str, Any]] = {}
    for triple in triples:
        assert not isinstance(triple.subject, Triple)
        assert not isinstance(triple.object, Triple)
        name = _name(triple.subject, context, document)
        _put(found.setdefault(name, {"id": name}), triple.predicate, triple.object, context, document)
    return list(found.values())


def _name(node: NamedNode | BlankNode, context: Context, document: str) -> str:
    iri = node.value
    if document and iri.startswith(document) and iri[len(document) : len(document) + 1] in ("", "#"):
        return iri[len(document) :]
    return _short(node, context)


def _put(
    node: dict[str, Any],
    predicate: NamedNode,
    value: NamedNode | BlankNode | Literal,
    context: Context,
    document: str,
) -> None:
    if predicate == RDF_TYPE and isinstance(value, NamedNode):
        _append(node, "type", _short(value, context, vocab=True))
        return
    key = context.term_for(predicate.value, scoped=False) or _short(predicate, context)
    term = context.terms.get(key, Term(predicate.value))
    if term.reverse or (term.by_language and not (isinstance(value, Literal) and value.language)):
        key, term = _short(predicate, context), Term(predicate.value)
    if not isinstance(value, Literal):
        if term.type in ("@id", "@vocab"):
            name = _short(value, context, vocab=True) if term.type == "@vocab" else _name(value, context, document)
            _append(node, key, name)
        else:
            _append(node, key, {"id": _name(value, context, document)})
    elif term.by_language and value.language:
        _append(node.setdefault(key, {}), value.language, value.value)
    elif value.language:
        fits = value.language == term.language
        _append(node, key, value.value if fits else {"@value": value.value, "@language": value.language})
    elif (value.datatype.value == (term.type or XSD + "string")) and not (term.language or term.by_language):
        _append(node, key, value.value)
    elif value.datatype.value == XSD + "string":
        _append(node, key, {"@value": value.value})
    else:
        _append(node, key, {"@value": value.value, "@type": _short(value.datatype, context)})


@lru_cache(maxsize=10_000)
def _short(node: NamedNode | BlankNode, context: Context, *, vocab: bool = False) -> str:
    if isinstance(node, BlankNode):
        return str(node)
    name = context.compact(node.value, vocab=vocab)
    if context.expand(name, vocab=vocab) != node.value:
        raise ValueError(f"{node} looks like a compact IRI")
    return name


def _append(node: dict[str, Any], key: str, value: Any) -> None:
    """One value as it is, several as a list."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
