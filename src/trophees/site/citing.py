"""How the release that the site shows is cited, and what a table that is taken away says of where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trophees.base.citation import Citation
from trophees.base.language import Language
from trophees.base.namespaces import DCAT, DCTERMS
from trophees.site.l10n import Words

if TYPE_CHECKING:
    from trophees.site.model import Site

DUMP = "dumps/trophees.nq"  # its sum is that by which `trophees verify` knows a release


def latest(site: Site) -> str:
    """The IRI of the dataset that no other replaces; empty if none is described."""
    if "latest" not in site.cache:
        found = [
            t.iri
            for t in site.things("dataset")
            if DCAT + "Dataset" in site.types(t.iri) and not site.links(t.iri, DCTERMS + "isReplacedBy")
        ]
        site.cache["latest"] = found[-1] if found else ""
    iri: str = site.cache["latest"]
    return iri


def release(site: Site, lang: Language) -> Citation:
    """The citation of the release; what cites a part of it says which."""
    words, dataset = Words(lang), latest(site)
    return Citation(
        iri=dataset,
        dataset=site.text(dataset, DCTERMS + "title", lang),
        publishers=(words("data.author"),),
        version=site.version,
        day=site.released,
        sha256=site.sha256,
        licence=words("data.licence_name") if site.links(dataset, DCTERMS + "license") else "",
    )


def source(site: Site, lang: Language) -> str:
    """One sentence on the release that `site` shows, with the SHA-256 of its dump if that is known."""
    key = f"source-{lang}"
    if key not in site.cache:
        words, dataset = Words(lang), latest(site)
        site.cache[key] = words("data.author")
        if dataset:
            version = site.text(dataset, DCAT + "version")
            site.cache[key] = words(
                "take.source",
                author=words("data.author"),
                dataset=site.text(dataset, DCTERMS + "title", lang),
                version=version,
                date=words.date(site.text(dataset, DCTERMS + "modified")),
                licence=words("data.licence_name"),
            )
        if dump := site.inputs.files.get(DUMP):
            site.cache[key] += " " + words("take.sum", dump=DUMP.rpartition("/")[2], sum=dump.sha256)
    told: str = site.cache[key]
    return told
