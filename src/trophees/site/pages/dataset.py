"""The page of the dataset: files with format, size, checksum and licence, how to cite, versions, named graphs."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, DCAT, DCTERMS
from trophees.publish import catalogue as catalog
from trophees.publish.changelog import releases
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Name, Site
from trophees.site.render import Alternate, Page, place

FOLDER = Folder.DATA
GUIDE = {"guide.md": "text/markdown", "guide.json": "application/json", "llms.txt": "text/plain"}  # see guide.py
_FORMATS = {  # by extension: media type, name
    "ttl": ("text/turtle", "Turtle"),
    "trig": ("application/trig", "TriG"),
    "nt": ("application/n-triples", "N-Triples"),
    "nq": ("application/n-quads", "N-Quads"),
    "rdf": ("application/rdf+xml", "RDF/XML"),
    "jsonld": ("application/ld+json", "JSON-LD"),
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "txt": ("text/plain", ""),
}
_GROUPS = ("whole", "tables", "classes", "model", "catalogue", "control")


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


@dataclass(frozen=True)
class Graph:
    """A named graph, how many triples it holds, and whose word it is."""

    href: str
    name: Name
    description: Name
    source: Name
    size: int


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in each language."""
    dataset = latest(site)
    if not dataset:
        return
    found, sizes = published(site), triples(site)
    for lang in LANGUAGES:
        words = Words(lang)
        title, text = described(site, lang)
        yield site.render(
            Page(
                folder=FOLDER,
                lang=lang,
                template="dataset.html",
                title=words("data.title"),
                description=words("data.description"),
                section="data",
                values={
                    "dataset": {
                        "iri": dataset,
                        "title": title,
                        "text": text,
                        "href": site.href(dataset, lang, place(FOLDER, lang)),
                        "version": site.text(dataset, DCAT + "version"),
                        "issued": site.text(dataset, DCTERMS + "issued"),
                        "modified": site.text(dataset, DCTERMS + "modified"),
                        "mention": site.text(dataset, DCTERMS + "rights", lang),
                        "licence": licence(site),
                        "keywords": keywords(site, lang),
                    },
                    "groups": [(key, found[key], key != "classes") for key in _GROUPS if found[key]],
                    "graphs": graphs(site, lang, sizes),
                    "releases": releases(site.inputs.changelog.get(lang, "")),
                    "bibtex": bibtex(site, title, words),
                    "catalogue": [f for f in found["catalogue"] if f.name.startswith("catalog.")],
                    "size": lambda number, words=words: size(number, words),
                },
                alternates=(
                    *(Alternate(f.path, f.media_type, f"{f.name} ({f.format})") for f in found["whole"]),
                    *(Alternate(name, media_type, name) for name, media_type in GUIDE.items()),
                ),
                jsonld=(schema(site, found, words),),
            )
        )


def latest(site: Site) -> str:
    """The IRI of the newest dataset; empty if none is described."""
    found = [t.iri for t in site.things("dataset") if DCAT + "Dataset" in site.types(t.iri)]
    return found[-1] if found else ""


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
    """The files by group, in the order of their paths; what describes each comes from the tables' own metadata."""
    notes = _notes(site.inputs.published)
    groups: dict[str, list[File]] = {key: [] for key in _GROUPS}
    for path in sorted(site.inputs.published):
        groups[_group(path)].append(_file(path, site.inputs.published, notes.get(path, {})))
    return groups


def _file(path: str, published: Mapping[str, bytes], notes: Mapping[str, str]) -> File:
    media_type, form = _FORMATS.get(path.rsplit(".", 1)[-1], _FORMATS["txt"])
    data = published[path]
    return File(path, media_type, form, len(data), hashlib.sha256(data).hexdigest(), notes)


def _group(path: str) -> str:
    folder, _, name = path.rpartition("/")
    if folder == "dumps":
        return "whole"
    if folder == "dumps/classes":
        return "classes"
    if folder == "csv":
        return "tables"
    if name.startswith(("catalog.", "void.")) and not folder:
        return "catalogue"
    return "control" if "." not in name else "model"


def _notes(published: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    metadata = json.loads(published.get("csv/csv-metadata.json", b"{}"))
    return {
        f"csv/{table['url']}": {said["@language"]: said["@value"] for said in table["dc:description"]}
        for table in metadata.get("tables", ())
    }


def triples(site: Site) -> dict[str, int]:
    """How many triples each named graph has."""
    return Counter(quad.graph_name.value for quad in site.store if isinstance(quad.graph_name, NamedNode))


def graphs(site: Site, lang: Language, sizes: Mapping[str, int]) -> list[Graph]:
    """The named graphs, the one that says most first."""
    return [
        Graph(
            site.href(iri, lang, place(FOLDER, lang)),
            site.name(iri, lang),
            site.said(iri, DCTERMS + "description", lang),
            site.said(iri, DCTERMS + "rights", lang),
            size,
        )
        for iri, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    ]


def size(number: int, words: Words) -> str:
    """A number of bytes for people, in decimal units: « 1,2 Mo », « 640 o »."""
    for unit, step in (("MB", 1_000_000), ("kB", 1000)):
        if number >= step:
            value = number / step
            return f"{words.number(f'{value:.1f}' if value < 10 else f'{value:.0f}')}\u202f{words(f'data.unit.{unit}')}"
    return f"{words.number(number)}\u202f{words('data.unit.B')}"


def bibtex(site: Site, title: str, words: Words) -> str:
    """The dataset as a BibTeX entry."""
    iri = latest(site)
    issued = site.text(iri, DCTERMS + "issued")
    fields = {
        "title": f"{{{title}}}",
        "author": f"{{{words('data.author')}}}",
        "year": issued[:4],
        "version": site.text(iri, DCAT + "version"),
        "url": iri,
        "note": words("data.licence_name"),
    }
    lines = "".join(
        f"  {key} = {{{re.sub(r'[{}]{2,}', '', value) if key != 'author' else value}}},\n"
        for key, value in fields.items()
    )
    return f"@dataset{{trophees-{fields['version']},\n{lines}}}\n"


def schema(site: Site, found: dict[str, list[File]], words: Words) -> dict[str, Any]:
    """The dataset for search engines: schema.org Dataset with every file of the whole graph and every table."""
    iri, lang = latest(site), words.lang
    title, text = described(site, lang)
    other: Language = "en" if lang == "fr" else "fr"
    home = site.inputs.url or BASE
    author = {"@type": "Organization", "name": words("data.author"), "url": BASE}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": iri,
        "url": BASE + FOLDER,
        "sameAs": iri,
        "identifier": iri,
        "name": title,
        "alternateName": site.text(iri, DCTERMS + "title", other),
        "description": text,
        "inLanguage": list(LANGUAGES),
        "keywords": keywords(site, lang),
        "license": licence(site),
        "creator": author,
        "publisher": author,
        "creditText": site.text(iri, DCTERMS + "rights", lang),
        "isAccessibleForFree": True,
        "version": site.text(iri, DCAT + "version"),
        "datePublished": site.text(iri, DCTERMS + "issued"),
        "dateModified": site.text(iri, DCTERMS + "modified"),
        "temporalCoverage": iri.rsplit("/", 1)[-1],
        "spatialCoverage": {"@type": "Place", "name": "France", "identifier": "FR"},
        "variableMeasured": [words(f"data.variable.{key}") for key in ("stars", "tools", "audiences", "participants")],
        "isBasedOn": site.text(BASE + "graph/report/" + iri.rsplit("/", 1)[-1], DCTERMS + "bibliographicCitation"),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": catalog.CATALOG.value,
            "name": catalog.text("trophees:catalog", "dcterms:title", lang),
            "url": BASE + FOLDER,
        },
        "isPartOf": {
            "@type": "Dataset",
            "@id": BASE + "catalog#series",
            "name": catalog.text("catalog:series", "dcterms:title", lang),
            "description": catalog.text("catalog:series", "dcterms:description", lang),
            "license": licence(site),
            "creator": author,
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": home + file.path,
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for key in ("whole", "tables")
            for file in found[key]
        ],
    }
