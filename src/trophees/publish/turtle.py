"""RDF in its formats, the same bytes on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from trophees.base.context import Context
from trophees.base.namespaces import RDF_TYPE
from trophees.base.rdf_xml import written

_PREFIXED = (RdfFormat.TURTLE, RdfFormat.TRIG)
_DECLARATIONS = re.compile(rb"(@prefix [^\n]*\n)+")

_PREFIX_USE = re.compile(rb"(?:^|[\s(^])([a-z][\w-]*):", re.MULTILINE)

_SUBJECT = re.compile(rb"^(\S)", re.MULTILINE)

# line feeds in literals are escaped in Turtle, and so is the bracket that begins an element in XML
_EACH = {
    RdfFormat.TURTLE: re.compile(rb"\n\S[^\n]*\n(?:\t[^\n]*\n)*"),
    RdfFormat.RDF_XML: re.compile(rb"\t<[^/].*?\n\t</[^>]*>\n", re.DOTALL),
}

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
    text = bare(part, form, context)
    if not text and form != RdfFormat.RDF_XML:
        return text
    return head(names(text, form), form, context) + text + foot(form, context)


def bare(part: Iterable[Triple] | Iterable[Quad], form: RdfFormat, context: Context) -> bytes:
    """The same without what declares the prefixes, and what closes the document: `part` of a longer text."""
    before, after = _frame(form, context)
    if form == RdfFormat.RDF_XML:
        data = written((item if isinstance(item, Triple) else item.triple for item in part), context.prefixes)
        return data[len(before) : len(data) - len(after)]
    # every prefix is declared, in no fixed order, hence in as many bytes each time
    body = (serialize(part, format=form, prefixes=_prefixes(form, context)) or b"")[len(before) :]
    return _SUBJECT.sub(rb"\n\1", body) if form == RdfFormat.TURTLE else body


def apart(text: bytes, form: RdfFormat, number: int) -> list[bytes]:
    """A bare `text` of so many subjects, in Turtle or RDF/XML, each apart."""
    found: list[bytes] = _EACH[form].findall(text)
    assert len(found) == number
    assert sum(map(len, found)) == len(text)
    return found


def names(text: bytes, form: RdfFormat) -> set[bytes]:
    """The prefixes that a bare `text` uses; and some more, where a literal looks like one."""
    if form == RdfFormat.RDF_XML:
        return {b"rdf", *_ELEMENT.findall(text)}
    return set(_PREFIX_USE.findall(text)) if form in _PREFIXED else set()


def head(used: set[bytes], form: RdfFormat, context: Context) -> bytes:
    """What stands before a bare text that uses the prefixes `used`; they are sorted."""
    before, _ = _frame(form, context)
    if form == RdfFormat.RDF_XML:
        return _ROOT.sub(lambda root: _namespaces(root[1], {b"rdf", *used}), before, count=1)
    return b"".join(sorted(line for line in before.splitlines(keepends=True) if line.split()[1][:-1] in used))


def foot(form: RdfFormat, context: Context) -> bytes:
    """What stands after it."""
    return _frame(form, context)[1]


@lru_cache(maxsize=16)
def _frame(form: RdfFormat, context: Context) -> tuple[bytes, bytes]:
    """What the serializer writes before and after what is said, with every prefix."""
    if form == RdfFormat.RDF_XML:
        end = b"</rdf:RDF>"
        return written([], context.prefixes).removesuffix(end), end
    some = [Triple(RDF_TYPE, RDF_TYPE, RDF_TYPE)]
    found = _DECLARATIONS.match(serialize(some, format=form, prefixes=_prefixes(form, context)) or b"")
    return found[0] if found else b"", b""


def _prefixes(form: RdfFormat, context: Context) -> dict[str, str] | None:
    return context.prefixes if form in _PREFIXED else None


def _namespaces(declared: bytes, used: set[bytes]) -> bytes:
    found = sorted(item for item in declared.split() if item.partition(b"=")[0].removeprefix(b"xmlns:") in used)
    return b"<rdf:RDF " + b" ".join(found) + b">"


def in_order(data: bytes) -> bytes:
    """In code point order: without blank nodes, that is the canonical form (RDFC-1.0, section 4)."""
    return b"".join(sorted(data.splitlines(keepends=True)))
