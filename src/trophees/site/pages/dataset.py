"""The page of the dataset: files with format, size, checksum and licence, how to cite, versions, named graphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.base.namespaces import BASE, DCAT, DCTERMS
from trophees.publish.changelog import Release, releases
from trophees.publish.description import citations, period
from trophees.publish.portals import CATALOG, both, node
from trophees.site.citing import latest, release
from trophees.site.dataset import GROUPS, File, described, keywords, licence, published
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.paging import Sheet, pages, sheets, steps, titled
from trophees.site.previews import addresses, previews
from trophees.site.render import Alternate, Crumb, Page, place
from trophees.site.statements import Name

FOLDER = Folder.DATA
_PREVIEWED = 1  # tables: the page has no room for more, and leads to the page of the others
GUIDE = {"guide.md": "text/markdown", "guide.json": "application/json", "llms.txt": "text/plain"}  # see guide.py


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
    found, sizes, parts, seen = published(site), triples(site), versions(site), previews(site)
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
                iri=dataset,
                descriptions=tuple(Alternate(f.path, f.media_type, f.name) for f in found["catalogue"]),
                items=tuple(Alternate(f.path, f.media_type, f.name) for key in ("whole", "tables") for f in found[key]),
                values={
                    "dataset": {
                        "iri": dataset,
                        "title": title,
                        "text": text,
                        "href": site.href(dataset, lang, place(FOLDER, lang)),
                        "version": site.text(dataset, DCAT + "version"),
                        "citation": release(site, lang).text(lang),
                        "issued": site.text(dataset, DCTERMS + "issued"),
                        "modified": site.text(dataset, DCTERMS + "modified"),
                        "mention": site.text(dataset, DCTERMS + "rights", lang),
                        "licence": licence(site),
                        "keywords": keywords(site, lang),
                    },
                    "groups": [(key, found[key], key != "classes") for key in GROUPS if found[key]],
                    "previews": {it.path: it for it in seen[:_PREVIEWED]},
                    "tables": {it.path: href for it, href in addresses(site, lang, place(FOLDER, lang))},
                    "graphs": graphs(site, lang, sizes),
                    "releases": parts[lang][0].items,
                    "steps": steps(parts[lang], 0, lang, place(FOLDER, lang), "#changes"),
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
        for number in range(1, len(parts[lang])):
            yield site.render(_former(words, parts[lang], number))


def _former(words: Words, parts: list[Sheet[Release]], number: int) -> Page:
    """A page for versions before the newest."""
    part, lang = parts[number], words.lang
    return Page(
        folder=part.folder,
        lang=lang,
        template="dataset_changes.html",
        title=titled(words, words("data.changes"), number),
        description=words("data.changes_text"),
        section="data",
        values={
            "releases": part.items,
            "steps": steps(parts, number, lang, place(part.folder, lang), "#changes"),
        },
        breadcrumb=(Crumb(words("data.title"), place(FOLDER, lang)),),
    )


def versions(site: Site) -> dict[Language, list[Sheet[Release]]]:
    """What changed, by language: the newest version on the page of the dataset, the others on pages of their own."""
    told = {lang: releases(site.inputs.changelog.get(lang, "")) for lang in LANGUAGES}
    weight = max(len(text.encode()) for text in (*site.inputs.changelog.values(), ""))
    number = pages(weight, site.inputs.room)
    made = {}
    for lang, found in told.items():
        former = sheets(found[1:], min(number, len(found) - 1), "") if found[1:] else []
        named = [Sheet(f"{FOLDER}changes-{n}/", 1 + one.start, one.items) for n, one in enumerate(former, 2)]
        made[lang] = [Sheet(FOLDER, 0, found[:1]), *named]
    return made


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
        "temporalCoverage": period(site.store),
        "spatialCoverage": {"@type": "Place", "name": "France", "identifier": "FR"},
        "variableMeasured": [words(f"data.variable.{key}") for key in ("stars", "tools", "audiences", "participants")],
        "isBasedOn": citations(site.store),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": CATALOG.value,
            "name": both(CATALOG, "dcterms:title")[lang],
            "url": BASE + FOLDER,
        },
        "isPartOf": {
            "@type": "Dataset",
            "@id": BASE + "catalog#series",
            "name": both(node("catalog:series"), "dcterms:title")[lang],
            "description": both(node("catalog:series"), "dcterms:description")[lang],
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
