"""Rows of an answer, some of whose terms are none: those are kept as text, or mended; the others are as they are."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import Any

from pyoxigraph import BlankNode, NamedNode, QueryResultsFormat

from trophees.reading.odd import Odd, language

_LARGEST = 1 << 26
_KINDS = ("uri", "iri", "bnode", "literal", "typed-literal")
_URI = re.compile(r"<uri>([^<]*)</uri>")
_NODE = re.compile(r"<bnode>([^<]*)</bnode>")
_ATTRIBUTE = re.compile(r"""\s(xml:lang|datatype)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LITERAL = re.compile(r"<literal(\s[^>]*)>")
_TAGGED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')@([A-Za-z0-9_-]+)""")
_TYPED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\^\^<([^>]*)>""")


def mended(body: bytes, form: QueryResultsFormat, odd: Odd) -> bytes:
    """`body` with terms that are all valid; what was not is told to `odd`. What is not read is the same bytes.

    A label of a blank node means nothing: it is another one, and not counted.
    """
    if len(body) > _LARGEST:
        return body
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    nodes = _Nodes()
    if form == QueryResultsFormat.JSON:
        return _json(text, odd, nodes) or body
    if form == QueryResultsFormat.XML:
        return _xml(text, odd, nodes).encode()
    return _tsv(text, odd, nodes).encode() if form == QueryResultsFormat.TSV else body


class _Nodes:
    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def label(self, text: str) -> str:
        """A label for the blank node that is called `text`, the same for the same."""
        try:
            return BlankNode(text).value
        except ValueError:
            return self._names.setdefault(text, f"node-{len(self._names)}")


def _valid(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def _json(text: str, odd: Odd, nodes: _Nodes) -> bytes | None:
    try:
        document = json.loads(text)
        if "boolean" in document:
            return None
        rows = [
            {name: made for name, term in row.items() if (made := _term(term, odd, nodes))}
            for row in document["results"]["bindings"]
        ]
        found = {"head": {"vars": document["head"]["vars"]}, "results": {"bindings": rows}}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def _term(given: Any, odd: Odd, nodes: _Nodes) -> dict[str, Any] | None:
    """A term of SPARQL's JSON that is one; None if nothing is there, which is odd where a term is."""
    if given is None:
        return None
    term: dict[str, Any] = given if isinstance(given, dict) else {"value": given}
    if term.get("type") == "triple":
        return dict(term)
    kind, value = str(term.get("type")).lower(), term.get("value")
    if value is None:
        odd.note('"value": null')
        return None
    if not isinstance(value, str) or kind not in _KINDS:
        odd.note(json.dumps(term, ensure_ascii=False))
    value = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if kind in ("uri", "iri"):
        if _valid(value):
            return {"type": "uri", "value": value}
        odd.texts.append(value)
        return {"type": "literal", "value": value}
    if kind == "bnode":
        return {"type": "bnode", "value": nodes.label(value)}
    found = {"type": "literal", "value": value}
    tag, datatype = term.get("xml:lang") or term.get("lang"), term.get("datatype")
    if isinstance(tag, str):
        if plain := language(tag):
            found["xml:lang"] = plain
        if plain != tag:
            odd.note(f"@{tag}")
    elif isinstance(datatype, str):
        if _valid(datatype):
            found["datatype"] = datatype
        else:
            odd.note(datatype)
    return found


def _xml(text: str, odd: Odd, nodes: _Nodes) -> str:
    def uri(match: re.Match[str]) -> str:
        value = unescape(match[1]).strip()
        if _valid(value):
            return match[0]
        odd.texts.append(value)
        return f"<literal>{escape(value, quote=False)}</literal>"

    def attribute(match: re.Match[str]) -> str:
        value = unescape(match[2] or match[3] or "")
        good = language(value) if match[1] == "xml:lang" else value if _valid(value) else ""
        if good == value:
            return match[0]
        odd.note(f"@{value}" if match[1] == "xml:lang" else value)
        return f' {match[1]}="{good}"' if good else ""

    text = _URI.sub(uri, text)
    text = _NODE.sub(lambda match: f"<bnode>{nodes.label(unescape(match[1]).strip())}</bnode>", text)
    return _LITERAL.sub(lambda match: f"<literal{_ATTRIBUTE.sub(attribute, match[1])}>", text)


def _tsv(text: str, odd: Odd, nodes: _Nodes) -> str:
    def cell(said: str) -> str:
        if said.startswith("<") and said.endswith(">") and not said.startswith("<<") and not _valid(said[1:-1]):
            odd.texts.append(said[1:-1])
            return json.dumps(said[1:-1], ensure_ascii=False)
        if said.startswith("_:"):
            return f"_:{nodes.label(said[2:])}"
        if (found := _TAGGED.fullmatch(said)) and language(found[2]) != found[2]:
            odd.note(f"@{found[2]}")
            plain = language(found[2])
            return found[1] + (f"@{plain}" if plain else "")
        if (typed := _TYPED.fullmatch(said)) and not _valid(typed[2]):
            odd.note(typed[2])
            return typed[1]
        return said

    head, *rows = text.split("\n")
    return "\n".join([head, *("\t".join(map(cell, row.split("\t"))) for row in rows)])
