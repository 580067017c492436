"""SPARQL's XML results as XML has them, for a parser that trims texts, and takes neither comments nor CDATA in them."""

from __future__ import annotations

import re
from html import escape

from trophees.base.errors import UserError
from trophees.reading import encoding
from trophees.reading.rdf_xml import ENTITIES

_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?(?!xml\s).*?\?>", re.DOTALL)
_BEFORE = re.compile(rb"(?<=<)((?:[\w.-]+:)?literal(?:\s[^<>]*)?(?<!/)>)([ \t\n]+)")
_AFTER = re.compile(rb"([ \t\n]+)(?=</(?:[\w.-]+:)?literal\s*>)")


def ready(body: bytes, name: str) -> bytes:
    """The results `body`, called `name`, in UTF-8, with texts that keep the space around them.

    UserError if they are not in the encoding that they declare, or declare entities.
    """
    body = encoding.utf8(body, name, xml=True)
    if b"<!ENTITY" in body:
        raise UserError(f"{name} {ENTITIES}")
    if b"\r" in body:  # XML 1.0, section 2.11
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"<!" in body or body.count(b"<?") > 1:
        body = _MARKUP.sub(lambda found: escape((found[1] or b"").decode("latin-1")).encode("latin-1"), body)
    body = _BEFORE.sub(lambda found: found[1] + _referred(found[2]), body)
    return _AFTER.sub(lambda found: _referred(found[1]), body)


def _referred(space: bytes) -> bytes:
    return b"".join(b"&#%d;" % character for character in space)
