"""RDF/XML, which cannot hold every graph: what it cannot hold is refused, what it can is read again as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import RdfFormat, Triple, serialize

from trophees.base.errors import UserError, brief

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# what an element's name may end in (XML 1.0, section 2.3; Namespaces in XML, section 3: NCName)
_LOCAL = re.compile(rf"[{_START}][{_START}0-9.\-\xb7\u0300-\u036f\u203f\u2040]*\Z")
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def written(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """The RDF/XML of `triples`; UserError, with the remedy, if it cannot hold one of them."""
    data = serialize(_named(triples), format=RdfFormat.RDF_XML, prefixes=dict(prefixes)) or b""
    return readable(data).replace(b"\r", b"&#13;")  # XML 1.0, section 2.11: a bare one would be a line feed


def readable(data: bytes) -> bytes:
    """The XML `data`; UserError if it has a character that XML cannot hold (XML 1.0, section 2.2)."""
    if _FORBIDDEN.search(data):
        raise UserError("the result has a control character, which XML cannot hold: choose json, or ttl for RDF")
    return data


def _named(triples: Iterable[Triple]) -> Iterator[Triple]:
    """`triples`, whose properties all end in a name, as the element of a property must (RDF/XML, section 5.3.1)."""
    known: set[str] = set()
    for triple in triples:
        iri = triple.predicate.value
        if iri not in known:
            if not _LOCAL.search(iri):
                raise UserError(
                    f"RDF/XML cannot hold the property <{brief(iri)}>, which does not end in a name: "
                    "choose ttl, nt or jsonld, or end its IRI in a letter"
                )
            known.add(iri)
        yield triple
