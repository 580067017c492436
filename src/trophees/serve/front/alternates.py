"""The documents of a thing with their profiles, as `?_profile=all` asks (Content Negotiation by Profile, 7.2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, serialize

from trophees.ask.results import RDF
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, DCTERMS, RDF_TYPE
from trophees.hosting.accept import TYPES, choose
from trophees.hosting.profiles import PROFILES
from trophees.hosting.signposts import Document, alternates

_ALTR = "http://www.w3.org/ns/dx/connegp/altr#"
_TITLE = Both("Formes disponibles", "Available forms")
_COLUMNS = (Both("Profil", "Profile"), Both("Format", "Format"), Both("Langue", "Language"), Both("Adresse", "Address"))


def answer(
    thing: str, address: str, accept: str, languages: str, there: Callable[[str], bool]
) -> tuple[str, bytes] | None:
    """The list for `thing` of the site at `address`, as a client reads it: its type and its text; None for no format.

    `there` says whether there is a data file.

    As JSON it is what the draft shows; in RDF it is in its model of alternate representations.
    """
    end = choose(accept, languages)
    if end is None:
        return None
    listed = [one for one in alternates(thing) if one[1] == "html" or there(one[-1])]
    if end in ("/", "/en/"):
        return TYPES["html"], _page(thing, listed, address, "en" if end == "/en/" else "fr").encode()
    form = end.removeprefix(".")
    if form == "jsonld" and "ld+json" not in accept.lower():
        return "application/json", _json(thing, listed, address)
    return TYPES[form], _rdf(thing, listed, address, form)


def _json(thing: str, listed: list[Document], address: str) -> bytes:
    tokens = dict.fromkeys(token for token, *_ in listed)
    profiles = [
        {
            "token": token,
            "uri": PROFILES.get(token, ""),
            "media_types": list(dict.fromkeys(TYPES[form] for other, form, *_ in listed if other == token)),
            "documents": [address + path for other, _, _, path in listed if other == token],
        }
        for token in tokens
    ]
    return (json.dumps({"resource": BASE + thing, "profiles": profiles}, ensure_ascii=False, indent=1) + "\n").encode()


def _rdf(thing: str, listed: list[Document], address: str, form: str) -> bytes:
    resource = NamedNode(BASE + thing)
    quads = []
    for token, of, _, path in listed:
        document = NamedNode(address + path)
        quads += [
            Quad(resource, NamedNode(_ALTR + "hasRepresentation"), document),
            Quad(document, RDF_TYPE, NamedNode(_ALTR + "Representation")),
            Quad(document, NamedNode(DCTERMS + "format"), Literal(TYPES[of])),
        ]
        quads += [Quad(document, NamedNode(DCTERMS + "conformsTo"), NamedNode(PROFILES[token]))] if token else []
    prefixes = {"altr": _ALTR, "dcterms": DCTERMS} if form in ("ttl", "rdf") else None
    return serialize(quads, format=RDF[form], prefixes=prefixes) or b""


def _page(thing: str, listed: list[Document], address: str, language: Language) -> str:
    head = "".join(f'<th scope="col">{column[language]}</th>' for column in _COLUMNS)
    rows = [
        f"<tr><td>{_linked(PROFILES.get(token, ''))}</td><td><code>{escape(TYPES[form])}</code></td>"
        f"<td>{spoken}</td><td>{_linked(address + path)}</td></tr>"
        for token, form, spoken, path in listed
    ]
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">',
            f"<title>{_TITLE[language]}</title>\n<h1>{_TITLE[language]}</h1>",
            f"<p>{_linked(BASE + thing)}</p>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>",
            *rows,
            "</tbody>\n</table>\n</html>\n",
        )
    )


def _linked(iri: str) -> str:
    href = escape(quote(iri, safe=":/#?=&~"))
    return f'<a href="{href}"><code>{escape(iri)}</code></a>' if iri else "–"
