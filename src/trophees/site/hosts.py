"""What the configuration of every host is made of: types of files, headers, and rules about the paths of things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from trophees.context import BASE
from trophees.hosting import PLACEHOLDER
from trophees.site.accept import TYPES, choose

if TYPE_CHECKING:
    from trophees.site.model import Site

HOST = PLACEHOLDER
OWN = "/".join(BASE.rstrip("/").split("/")[3:])  # our folder at w3id.org
TEXT = {
    **{name: TYPES[name] for name in ("html", "ttl", "jsonld", "nt")},
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdf": "application/rdf+xml",
    "json": "application/json",
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
BINARY = {"gz": "application/gzip", "ico": "image/x-icon", "png": "image/png", "wasm": "application/wasm"}
UTF8 = "; charset=utf-8"
HASHED = r"\.[0-9a-f]{8,}\.[a-z0-9]+$"  # a file whose name changes with its content
FOREVER = "public, max-age=31536000, immutable"
VARY = "Accept, Accept-Language"
# Things without a page of their own, each with its formats; the catalogue's page is that of the data
CATALOGUE, CATALOGUE_PAGE = "catalog", "data"
SHOWN = {CATALOGUE: ("html", "ttl", "jsonld", "rdf"), "void": ("ttl",)}
METHODS = "GET, HEAD, OPTIONS"
WELL_KNOWN = {".well-known/void": "void.ttl"}  # VoID, section 7.2
DESCRIBED_BY = '<csv-metadata.json>; rel="describedby"; type="application/csvm+json"'  # of a table (CSVW, section 5.2)
HEADERS = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class Rules:
    """What the files say. Paths have no `/` at their ends."""

    host: str  # the address of the site, ending in `/`
    kinds: tuple[str, ...]  # the first steps of things' paths that have several
    single: tuple[str, ...]  # the things' paths of one step
    folders: dict[str, tuple[str, ...]]  # folders without a page, by the page to show instead

    @property
    def root(self) -> str:
        """The path of the site on its host: `/` or `/folder/`."""
        return urlsplit(self.host).path or "/"

    @property
    def name(self) -> str:
        """The host's name."""
        return urlsplit(self.host).hostname or ""

    def shown_instead(self) -> Iterator[tuple[str, str]]:
        """For each page, an expression of the folders that it stands for."""
        for page, folders in sorted(self.folders.items()):
            yield page, f"(?:{'|'.join(folders)})/?$"


def document(thing: str, accept: str, languages: str) -> str | None:
    """The document to which the address of `thing` leads; None if nothing suits (406)."""
    end = choose(accept, languages, SHOWN.get(thing, TYPES), to_portals=thing == CATALOGUE)
    if end is None:
        return None
    return (CATALOGUE_PAGE if thing == CATALOGUE and end.startswith("/") else thing) + end


def rules(site: Site) -> Rules:
    """The rules of `site`."""
    paths = [thing.path for thing in site.things() if thing.kind != "term"]
    pages = {thing.path for thing in site.things()}
    empty = {"csv": "data", "dumps": "data"}
    for thing in site.things():
        steps = thing.path.split("/")
        for end in range(1, len(steps)):
            empty.setdefault("/".join(steps[:end]), _page(site, thing.iri, steps[0]))
    folders: dict[str, tuple[str, ...]] = {}
    for folder in sorted(empty.keys() - pages):
        folders[empty[folder]] = (*folders.get(empty[folder], ()), folder)
    return Rules(
        host=site.inputs.url or HOST,
        kinds=tuple(sorted({path.split("/")[0] for path in paths if "/" in path})),
        single=tuple(sorted({"shapes", *(path for path in paths if "/" not in path)})),
        folders=folders,
    )


def _page(site: Site, iri: str, kind: str) -> str:
    """The page that lists things such as `iri`."""
    from trophees.site.model import SKOS

    known = {"laureate": "laureates", "edition": "laureates", "territory": "search/territories", "ontology": "ontology"}
    known |= {"dataset": "data", "graph": "data", "vocabulary": "vocabularies"}
    return known.get(kind) or ("vocabularies" if site.links(iri, SKOS + "inScheme") else "search")
