"""What every host says of a document: types of files, headers, and which document stands for a thing."""

from __future__ import annotations

from collections.abc import Callable

from trophees.base.addresses import Folder
from trophees.hosting import profiles
from trophees.hosting.accept import TYPES, choose
from trophees.hosting.profiles import CATALOGUE
from trophees.hosting.settings import PLACEHOLDER

HOST = PLACEHOLDER

TEXT = {
    **TYPES,
    "nq": "application/n-quads",
    "trig": "application/trig",
    "json": "application/json",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "atom": "application/atom+xml",
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
NAMED = {
    "csv-metadata.json": "application/csvm+json",  # CSVW, section 5.1
    "croissant.json": "application/ld+json",
    "ro-crate-metadata.json": "application/ld+json",  # RO-Crate 1.2, appendix “RO-Crate JSON-LD”
}

# the JSON that is published, for hosts that cannot tell an extension from a name
JSON = (
    *("assets/*.json", "croissant.json", "csv/csv-metadata.json", "csv/datapackage.json", "guide.json"),
    *(f"places/{name}.json" for name in ("croissant", "csv-metadata", "datapackage")),
    *("openapi.json", "ro-crate-metadata.json", "site.json", "withdrawn.json"),
)

BINARY = {"gz": "application/gzip", "ico": "image/x-icon", "png": "image/png", "wasm": "application/wasm"}

UTF8 = "; charset=utf-8"

HASHED = r"\.[0-9a-f]{8,}\.[a-z0-9]+$"  # a file whose name changes with its content

FOREVER = "public, max-age=31536000, immutable"

VARY = "Accept, Accept-Language, Accept-Profile"

CATALOGUE_PAGE = Folder.DATA.rstrip("/")
# what has not all formats: things without a page of their own, and what stands for the dataset in a profile
SHOWN = {
    CATALOGUE: ("html", "ttl", "jsonld", "rdf"),
    "void": ("ttl",),
    "sparql-examples": ("ttl",),
    "croissant": ("jsonld",),
    "ro-crate": ("jsonld",),
}
ADDRESSES = tuple(path for path in SHOWN if path in profiles.OFFERED)  # those of them that have an address
# documents that do not stand beside what they describe
ELSEWHERE = {
    f"{CATALOGUE}/": f"{CATALOGUE_PAGE}/",
    f"{CATALOGUE}/en/": f"{CATALOGUE_PAGE}/en/",
    "croissant.jsonld": "croissant.json",
    "ro-crate.jsonld": "ro-crate-metadata.json",
}

METHODS = "GET, HEAD, OPTIONS"

WELL_KNOWN = {
    ".well-known/void": "void.ttl",  # VoID, section 7.2
    ".well-known/sparql-examples": "sparql-examples.ttl",  # where SIB's tools look
}

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",  # Accept-Profile is none that browsers send without asking
    "Access-Control-Expose-Headers": "Content-Profile, ETag, Last-Modified, Link, Location, Retry-After, Content-Range",
    "X-Content-Type-Options": "nosniff",
}


def document(
    thing: str,
    accept: str,
    languages: str,
    accept_profile: str = "",
    query: str = "",
    there: Callable[[str], bool] = lambda _: True,
) -> str | None:
    """The document to which the address of `thing` leads; None if nothing suits (406).

    `there` says whether there is a data file: releases up to 2026.1 have none in RDF/XML.
    """
    accept, accept_profile = profiles.wished(query, accept, accept_profile)
    profile = profiles.choose(thing, accept_profile)
    subject = profiles.INSTEAD.get((thing, profile), thing)
    had = SHOWN.get(subject, tuple(TYPES))
    forms = [form for form in had if not profile or form in profiles.forms(profile)]
    forms = [form for form in forms if form == "html" or there(at(f"{subject}.{form}"))]
    end = choose(accept, languages, forms, to_portals=subject == CATALOGUE)
    return None if end is None else at(subject + end)


def at(path: str) -> str:
    """Where the document is that would stand at `path`, beside what it describes."""
    return ELSEWHERE.get(path, path)
