"""Other people's RDF, from a file or an answer, made ready for the parser: the same formats by the same rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from trophees.base.errors import UserError, brief
from trophees.reading import encoding, packed

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "ntriples": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "n3": RdfFormat.N3,
    "jsonld": RdfFormat.JSON_LD,
    "json-ld": RdfFormat.JSON_LD,
    "json": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "rdfs": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
}
TABLES = ("csv", "tsv", "tab", "jsonl", "ndjson", "xlsx", "xlsm", "ods")
_SAID = "ttl, nt, nq, trig, n3, jsonld, rdf, owl, csv, tsv, jsonl, xlsx, ods; with .gz, .bz2, .xz or .zst"
_ADDRESS = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]+):/+", re.ASCII)
_LEFT = {
    "rj": "RDF/JSON is not read: convert it, to N-Triples for example",
    "hdt": "HDT is not read: convert it, to N-Triples for example",
    "html": "RDF in web pages is not read: take the file that the page leads to",
    "xls": "is a spreadsheet of before 2007: save it as XLSX or CSV",
    "zip": "is an archive: take the file out of it",
    "tar": "is an archive: take the file out of it",
    "tgz": "is an archive: take the file out of it",
}


@dataclass(frozen=True)
class Document:
    """What is to be parsed: `data` in `form`, from the file `name`; a table has no `form`, but its own `extension`."""

    name: str
    data: bytes
    form: RdfFormat | None
    extension: str


def read(file: Path, ours: Callable[[], str]) -> Document:
    """The document in `file`, unpacked, in UTF-8 if it is RDF, with its contexts in it.

    `ours` is the text of our own context. UserError, in one sentence, with the line where there is one, if `file` is an
    address, of an unknown format, or cannot be read.
    """
    address = _ADDRESS.match(str(file))
    if address and not file.exists():
        scheme, rest = address[1], str(file)[address.end() :]
        remedy = "give its path" if scheme == "file" else "nothing is fetched: save it, and give the file"
        raise UserError(f"{scheme}://{brief(rest)}: is an address: {remedy}")
    if file.is_dir():
        raise UserError(f"{file}: is a folder: give the files in it")
    extension = extension_of(file.name)
    if extension not in FORMATS and extension not in TABLES:
        if extension in _LEFT:
            raise UserError(f"{file}: {_LEFT[extension]}")
        raise UserError(f"{file}: unknown format “{file.suffix}” ({_SAID})")
    data = packed.unpacked(contents(file), str(file))
    if extension in TABLES:
        return Document(str(file), data, None, extension)
    form = FORMATS[extension]
    return Document(str(file), ready(data, form, str(file), file.resolve().parent, ours), form, extension)


def contents(file: Path) -> bytes:
    """The bytes of `file`; UserError if it cannot be read, or is too large."""
    try:
        with file.open("rb") as opened:
            data = opened.read(packed.LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"{file}: cannot be read ({reason})") from None
    except MemoryError:
        data = b" " * (packed.LARGEST + 1)
    if len(data) > packed.LARGEST:
        raise UserError(f"{file}: is larger than {packed.LARGEST >> 20} MiB")
    return data


def ready(data: bytes, form: RdfFormat, name: str, folder: Path | None, ours: Callable[[], str]) -> bytes:
    """`data` in `form` as the parser takes it; UserError if it is in no encoding, cut off, or needs the network."""
    found = encoding.utf8(data, name, xml=form == RdfFormat.RDF_XML)
    if form == RdfFormat.RDF_XML:
        from trophees.reading import rdf_xml

        return rdf_xml.whole(found, name)
    if form == RdfFormat.JSON_LD:
        from trophees.reading import json_ld

        return json_ld.ready(found, name, folder, ours)
    return found


def extension_of(name: str) -> str:
    """The extension of the file `name` that tells its format, in small letters: `ttl` of `a.TTL.gz`."""
    parts = name.lower().split(".")[1:]
    while parts and parts[-1] in packed.EXTENSIONS:
        parts.pop()
    return parts[-1] if parts else ""
