"""What every host says of a document: types of files, headers, and which document stands for a thing."""

from __future__ import annotations

from trophees.base.addresses import Folder
from trophees.hosting.accept import TYPES, choose
from trophees.hosting.settings import PLACEHOLDER

HOST = PLACEHOLDER

TEXT = {
    **TYPES,
    "nq": "application/n-quads",
    "trig": "application/trig",
    "json": "application/json",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "txt": "text/plain",
    "conf": "text/plain",
    "md": "text/markdown",
    "webmanifest": "application/manifest+json",
}

# files whose type their extension does not tell
NAMED = {"csv-metadata.json": "application/csvm+json"}  # CSVW, section 5.1

BINARY = {"gz": "application/gzip", "ico": "image/x-icon", "png": "image/png", "wasm": "application/wasm"}

UTF8 = "; charset=utf-8"

HASHED = r"\.[0-9a-f]{8,}\.[a-z0-9]+$"  # a file whose name changes with its content

FOREVER = "public, max-age=31536000, immutable"

VARY = "Accept, Accept-Language"

# Things without a page of their own, each with its formats; the catalogue's page is that of the data
CATALOGUE, CATALOGUE_PAGE = "catalog", Folder.DATA.rstrip("/")

SHOWN = {CATALOGUE: ("html", "ttl", "jsonld", "rdf"), "void": ("ttl",)}

METHODS = "GET, HEAD, OPTIONS"

WELL_KNOWN = {".well-known/void": "void.ttl"}  # VoID, section 7.2

DESCRIBED_BY = '<csv-metadata.json>; rel="describedby"; type="application/csvm+json"'  # of a table (CSVW, section 5.2)

HEADERS = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


def document(thing: str, accept: str, languages: str) -> str | None:
    """The document to which the address of `thing` leads; None if nothing suits (406)."""
    end = choose(accept, languages, SHOWN.get(thing, TYPES), to_portals=thing == CATALOGUE)
    if end is None:
        return None
    return (CATALOGUE_PAGE if thing == CATALOGUE and end.startswith("/") else thing) + end
