"""The release as an RO-Crate 1.2: what each file of the folder is, for archives of research. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from trophees.base.namespaces import BASE
from trophees.hosting.documents import BINARY, NAMED, TEXT
from trophees.publish.description import Description, Distribution, File

FILE = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_OTHERS = {  # what the files that portals do not list hold, by path
    r"dumps/classes/.+": "Les ressources d’une classe de l’ontologie, en Turtle.",
    r"dumps/ontology/.+": "L’ontologie : classes, propriétés et alignements, en Turtle.",
    r"dumps/shapes/.+": "Les règles que les fiches, le catalogue et les territoires respectent, en SHACL.",
    r"CHANGE(MENT)?S\.md": "Ce que change la version, pour les lecteurs.",
    r"feed-en\.atom": "Le fil des changements, en anglais.",
    r"feeds/.+": "Les fils des changements par département.",
    r"ldes/.+": "Les pages du flux : chaque version de ce que dit le graphe.",
    r"catalog\..+": "Le catalogue de la version, en DCAT-AP.",
    r"void\.ttl": "Ce que compte le graphe, par classe et par propriété, en VoID.",
    r"sparql-examples\.ttl": "Les requêtes du recueil et les préfixes, sous la forme que lisent les programmes.",
    r"context\.jsonld": "Le contexte JSON-LD, qui fait des fiches des données liées.",
    r"identifiers\.nq": "Le registre des identifiants publiés, chacun avec sa première version.",
    r"withdrawn\.json": "Les identifiants retirés, avec la raison et ce qui les remplace.",
    r"croissant\.json": "Les tableaux et leurs colonnes, en Croissant.",
    r"places/.+": "Les territoires français depuis 1943 : tables et leur description, carte et graphes.",
    r"csv/csv-metadata\.json": "Les colonnes des tableaux, leurs types et leurs clés, en CSVW.",
    r"csv/datapackage\.json": "Les mêmes pour Frictionless.",
}


def document(told: Description, files: Mapping[str, File]) -> bytes:
    """`ro-crate-metadata.json`, for the root of the release, whose other files are `files`: all of them are parts."""
    listed = {file.path: file for file in told.files}
    others = {path: file for path, file in sorted(files.items()) if path not in listed and "." in path}
    parts = [*(_listed(file) for file in told.files), *(_other(path, file) for path, file in others.items())]
    said = {"@context": f"{_SPECIFICATION}/context", "@graph": [*_around(told, parts), *parts]}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _around(told: Description, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The metadata file, the folder, and what its description speaks of."""
    contact = f"mailto:{told.hosting.contact}"
    return [
        {
            "@id": FILE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _SPECIFICATION},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "identifier": {"@id": "#identifier"},
            "name": told.title.fr,
            "alternateName": told.title.en,
            "description": told.text.fr,
            "url": told.iri,
            "version": told.version,
            "datePublished": told.issued,
            "dateModified": told.modified,
            "license": {"@id": told.licence},
            "author": {"@id": BASE},
            "publisher": {"@id": BASE},
            "creditText": told.rights.fr,
            "inLanguage": ["fr", "en"],
            "keywords": [*told.keywords["fr"], *told.keywords["en"]],
            "temporalCoverage": told.period,
            "hasPart": [{"@id": part["@id"]} for part in parts],
        },
        {
            "@id": "#identifier",
            "@type": "PropertyValue",
            "name": "IRI",
            "value": told.iri,
            "url": told.iri,
        },
        {
            "@id": told.licence,
            "@type": "CreativeWork",
            "name": told.licence_name,
            "description": "Licence ouverte de l’administration française, qui demande de citer la source.",
            "url": told.licence,
        },
        {
            "@id": BASE,
            "@type": "Organization",
            "name": told.publisher.fr,
            "url": BASE,
            "contactPoint": {"@id": contact},
        },
        {
            "@id": contact,
            "@type": "ContactPoint",
            "name": told.publisher.fr,
            "contactType": "customer service",
            "email": told.hosting.contact,
            "url": BASE,
        },
    ]


def _listed(file: Distribution) -> dict[str, Any]:
    texts = {"name": file.title.fr, "description": file.text.fr}
    return _file(file.path, file.file, file.media_type, texts | {"dateModified": file.modified})


def _other(path: str, file: File) -> dict[str, Any]:
    [text] = (text for pattern, text in _OTHERS.items() if re.fullmatch(pattern, path))
    type_ = NAMED.get(path.rpartition("/")[2]) or (TEXT | BINARY)[path.rpartition(".")[2]]
    return _file(path, file, type_, {"name": path, "description": text})


def _file(path: str, file: File, media_type: str, said: Mapping[str, str]) -> dict[str, Any]:
    sizes = {"contentSize": str(file.size), "sha256": file.sha256}
    return {"@id": path, "@type": "File", **said, "encodingFormat": media_type, **sizes}
