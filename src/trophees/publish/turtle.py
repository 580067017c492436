"""RDF in its formats, the same bytes on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from trophees.base.context import Context
from trophees.base.rdf_xml import written

_DECLARATIONS = re.compile(rb"(@prefix [^\n]*\n)+")

_PREFIX_USE = re.compile(rb"(?:^|[\s(^])([a-z][\w-]*):", re.MULTILINE)

_SUBJECT = re.compile(rb"^(\S)", re.MULTILINE)

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_ELEMENT = re.compile(rb"[< ]([A-Za-z_][\w.-]*):")
_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")


def ascii_only(turtle: bytes) -> bytes:
    """The same Turtle in ASCII (section 6.4: UCHAR), right on hosts that do not say that it is in UTF-8, too."""
    return _BEYOND_ASCII.sub(lambda found: _uchar(found[0]), turtle.decode()).encode("ascii")


def _uchar(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def encode(part: Iterable[Triple] | Iterable[Quad], form: RdfFormat, context: Context) -> bytes:
    """`part` in the format `form`: with the prefixes that it uses, sorted, where the format has any.

    UserError, with the remedy, if the format cannot hold it, as RDF/XML cannot all.
    """
    if form == RdfFormat.RDF_XML:
        found = written((item if isinstance(item, Triple) else item.triple for item in part), context.prefixes)
        names = set(_ELEMENT.findall(found))
        return _ROOT.sub(lambda root: _namespaces(root[1], names), found, count=1)
    prefixes = context.prefixes if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    data = serialize(part, format=form, prefixes=prefixes)
    assert data is not None
    if not prefixes:
        return data
    # the serializer writes every prefix, in no fixed order
    head, body = _DECLARATIONS.match(data), _DECLARATIONS.sub(b"", data, count=1)
    names = set(_PREFIX_USE.findall(body))
    used = sorted(line for line in head[0].splitlines(keepends=True) if line.split()[1][:-1] in names) if head else []
    if form == RdfFormat.TURTLE:
        body = _SUBJECT.sub(rb"\n\1", body)
    return b"".join(used) + body


def _namespaces(declared: bytes, used: set[bytes]) -> bytes:
    found = sorted(item for item in declared.split() if item.partition(b"=")[0].removeprefix(b"xmlns:") in used)
    return b"<rdf:RDF " + b" ".join(found) + b">"


def in_order(data: bytes) -> bytes:
    """In code point order: without blank nodes, that is the canonical form (RDFC-1.0, section 4)."""
    return b"".join(sorted(data.splitlines(keepends=True)))
