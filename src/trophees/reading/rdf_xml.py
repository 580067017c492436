"""RDF/XML as people have it, made ready for a parser that takes what is cut off for the whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers.expat import ExpatError, ParserCreate

from trophees.base.errors import UserError
from trophees.base.namespaces import RDF

ENTITIES = "declares XML entities, which are not expanded"
NO_LANGUAGE = "x-none"
_PART = 1 << 20
_LONGEST = 1000  # characters of an entity
_SUBSET = re.compile(rb"<!DOCTYPE\s+[^\[>]*\[(.*?)\]\s*>", re.DOTALL)
_ENTITY = re.compile(
    rb"""<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"<&%]*)"|'([^'<&%]*)')\s*>|<!--.*?-->|\s+""", re.DOTALL
)
_REFERENCE = re.compile(rb"&([A-Za-z_][\w.-]*);")
_TAG = re.compile(rb"""(?<=\sxml:lang=)(["'])([^"'<&]*)\1""")
_UNTYPED = re.compile(rb"""\s[\w.-]+:datatype\s*=\s*(["'])%s\1""" % re.escape(f"{RDF}langString".encode()))


def languages(data: bytes, mended: Callable[[str], str]) -> bytes:
    """The RDF/XML `data` with each language tag as `mended` has it; NO_LANGUAGE where that is empty, as XML may say."""

    def tag(match: re.Match[bytes]) -> bytes:
        return match[1] + (mended(match[2].decode("utf-8", "replace")) or NO_LANGUAGE).encode() + match[1]

    return _TAG.sub(tag, data)


def whole(data: bytes, name: str) -> bytes:
    """The RDF/XML `data` (UTF-8), the file `name`; UserError, with the line, if it is cut off or no well-formed XML.

    Plain entities, as editors of ontologies write them for namespaces, are expanded; others are for the parser to
    refuse. A literal that calls itself a `rdf:langString` has its language (RDF/XML, section 6.1.2 knows no such type).
    """
    data = _expanded(data)
    if b"<!ENTITY" not in data:
        _well_formed(data, name)
    if RDF.encode() not in data and b"<!ENTITY" not in data:
        raise UserError(f"{name}: is XML, but no RDF/XML: it does not name the vocabulary of RDF")
    if b"langString" in data:
        data = _UNTYPED.sub(lambda match: b" " * len(match[0]), data)
    return data


def _well_formed(data: bytes, name: str) -> None:
    parser = ParserCreate("utf-8")
    try:
        for start in range(0, len(data), _PART):
            parser.Parse(data[start : start + _PART], False)
        parser.Parse(b"", True)
    except ExpatError as error:
        said = str(error).partition(":")[0]
        ended = error.offset is not None and parser.CurrentByteIndex >= len(data.rstrip())
        what = "is cut off" if ended or not data.strip() else "is no well-formed XML"
        raise UserError(f"{name}:{error.lineno}: {what} ({said})") from None


def _expanded(data: bytes) -> bytes:
    """`data` with its entities in place, if they are all plain: short, and without entities in them."""
    subset = _SUBSET.search(data[:_PART])
    if not subset or _ENTITY.sub(b"", subset[1]):
        return data
    values: dict[bytes, bytes] = {}
    for found in _ENTITY.finditer(subset[1]):
        values.setdefault(found[1], found[2] or found[3] or b"")  # the first one binds (XML 1.0, section 4.2)
    references = sum(len(values.get(found[1], b"")) for found in _REFERENCE.finditer(data))
    if any(len(value) > _LONGEST for value in values.values()) or references > 2 * len(data) + _PART:
        return data
    lines = b"\n" * data.count(b"\n", subset.start(), subset.end())
    rest = _REFERENCE.sub(lambda match: values.get(match[1], match[0]), data[subset.end() :])
    return data[: subset.start()] + lines + rest
