"""What the site says of the newest dataset, and of the files that are published with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from trophees.base.language import Language
from trophees.base.namespaces import DCAT, DCTERMS
from trophees.hosting.documents import NAMED
from trophees.site.citing import latest

if TYPE_CHECKING:
    from trophees.site.model import Site

_FORMATS = {  # by extension: media type, name
    "ttl": ("text/turtle", "Turtle"),
    "trig": ("application/trig", "TriG"),
    "gz": ("application/gzip", "gzip"),
    "nt": ("application/n-triples", "N-Triples"),
    "nq": ("application/n-quads", "N-Quads"),
    "rdf": ("application/rdf+xml", "RDF/XML"),
    "jsonld": ("application/ld+json", "JSON-LD"),
    "csv": ("text/csv", "CSV"),
    "tsv": ("text/tab-separated-values", "SSSOM (TSV)"),
    "json": ("application/json", "JSON"),
    "geojson": ("application/geo+json", "GeoJSON"),
    "atom": ("application/atom+xml", "Atom"),
    "md": ("text/markdown", "Markdown"),
    "txt": ("text/plain", ""),
}
GROUPS = ("tables", "whole", "changes", "classes", "model", "catalogue", "places", "control")
_FOUND_FROM_OTHERS = ("feeds/", "ldes/2")  # feeds of départements and pages of the stream


@dataclass(frozen=True)
class File:
    """A published file. `size` is in bytes, `notes` a line about what it holds, by language, if there is one."""

    path: str
    media_type: str
    format: str
    size: int
    sha256: str
    notes: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]


def described(site: Site, lang: Language) -> tuple[str, str]:
    """The title and the description of the newest dataset."""
    iri = latest(site)
    return site.text(iri, DCTERMS + "title", lang), site.text(iri, DCTERMS + "description", lang)


def licence(site: Site) -> str:
    """The address of the licence."""
    return next(iter(site.links(latest(site), DCTERMS + "license")), "")


def keywords(site: Site, lang: Language) -> list[str]:
    """The keywords in `lang`."""
    return [
        v.value for v in site.values(latest(site), DCAT + "keyword") if isinstance(v, Literal) and v.language == lang
    ]


def published(site: Site) -> dict[str, list[File]]:
    """The files by group: tables in the order in which portals list them, the others in that of their paths.

    Those of places are a dataset of their own. What is found from other files, and grows with releases, is left out.
    """
    notes: dict[str, Mapping[str, str]] = {f"csv/{t.name}.csv": dict(t.summary.items()) for t in site.inputs.tables}
    groups: dict[str, list[File]] = {key: [] for key in GROUPS}
    listed = {f"csv/{table.name}.csv": number for number, table in enumerate(site.inputs.tables)}
    shown = [path for path in site.inputs.files if not path.startswith(_FOUND_FROM_OTHERS)]
    order = sorted(shown, key=lambda path: (listed.get(path, len(listed)), path))
    for path, told in ((path, site.inputs.files[path]) for path in order):
        media_type, form = _FORMATS.get(path.rsplit(".", 1)[-1], _FORMATS["txt"])
        media_type = NAMED.get(path.rpartition("/")[2], media_type)
        groups[_group(path)].append(File(path, media_type, form, told.size, told.sha256, notes.get(path, {})))
    return groups


def _group(path: str) -> str:
    folder, _, name = path.rpartition("/")
    if folder == "dumps":
        return "whole"
    if folder == "dumps/classes":
        return "classes"
    if folder == "places":
        return "places"
    if folder == "ldes" or name.startswith(("CHANGE", "changes.", "feed")):
        return "changes"
    if folder in ("csv", "geojson"):
        return "tables"
    if name.startswith(("catalog.", "void.")) and not folder:
        return "catalogue"
    return "control" if "." not in name else "model"
