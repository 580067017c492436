"""Remarks on an answer that is empty, or has an empty column: in a header, and in the answer if its format has room."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from trophees.base.language import Both

HEADER = "Trophees-Note"
_LONGEST = 2000  # characters of the header


def header(notes: Sequence[Both]) -> str:
    """The value of HEADER: as many of `notes` as there is room for, in English and in French.

    Each is a parameter `note*` with its language (RFC 8187, section 3.2), in ASCII; empty if there is none.
    """
    found: list[str] = []
    for note in notes:
        written = [f"note*=UTF-8'{language}'{quote(said, safe='')}" for language, said in reversed([*note.items()])]
        if len(", ".join([*found, *written])) > _LONGEST:
            break
        found += written
    return ", ".join(found)


def inside(data: bytes, form: str, notes: Sequence[Both]) -> bytes:
    """The answer `data` in the format `form`, with `notes` where that has room for them.

    JSON and XML have links in their heads (SPARQL 1.1 Query Results JSON Format, section 3.1.2; XML Format, section
    2.3.1): addresses that hold the notes. Turtle, N-Triples and their kin have comments. Other formats have no room.
    """
    lines = [said for note in notes for said in (note.en, note.fr)]
    if not lines:
        return data
    link = "data:text/plain;charset=utf-8," + quote("\n".join(lines), safe="")
    if form == "json":
        head, end, rest = data.partition(b"}")  # no name of a variable has a brace
        comma = b"" if head.endswith(b"{") else b","
        return b"".join((head, comma, b'"link":', json.dumps([link]).encode(), end, rest))
    if form == "xml":
        element = f'<link href="{link.replace("&", "&amp;")}"/></head>'.encode()
        return data.replace(b"<head/>", b"<head></head>", 1).replace(b"</head>", element, 1)
    if form in ("ttl", "nt", "nq", "trig"):
        return data + "".join(f"# {line}\n" for line in lines).encode()
    return data
