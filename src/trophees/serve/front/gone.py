"""What is answered where a thing was: 410, with the reason and what stands in its place, as a page or as data."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize
from starlette.requests import Request
from starlette.responses import Response

from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, DCTERMS, OWL, SKOS
from trophees.hosting import documents as hosted
from trophees.hosting.accept import choose
from trophees.hosting.profiles import wished
from trophees.hosting.withdrawn import Withdrawal
from trophees.serve.backend.refusals import Refused

_RESERVED = "%/:?#[]@!$&'()*+,;=~"
_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
_TITLE = Both("Retiré", "Withdrawn")
_RELEASE = Both("Retiré avec la version", "Withdrawn in release")
_SUCCESSOR = Both("À sa place :", "In its place:")
_NONE = Both("Rien ne le remplace.", "Nothing stands in its place.")
_HOME = Both("Accueil", "Home")


def answer(request: Request, path: str, root: str, gone: Withdrawal) -> Response:
    """What a request for `path`, a document of what is `gone`, is answered by a site whose root is `root`.

    Its format is that of its extension, a page where it ends as one, else what the client reads.
    """
    extension = path.rpartition(".")[2]
    if path.endswith(("/", "/index.html", "/en")):
        end: str | None = "/en/" if path.rstrip("/").removesuffix("/index.html").endswith("/en") else "/"
    elif extension in _FORMATS:
        end = f".{extension}"
    else:
        query = request.scope["query_string"].decode("latin-1")
        accept, _ = wished(query, request.headers.get("accept", ""), "")
        end = choose(accept, request.headers.get("accept-language", ""))
    headers = {"Cache-Control": "no-cache", "Vary": hosted.VARY}
    if gone.successor:
        headers["Link"] = f'<{_address(gone.successor, root)}>; rel="successor-version"'
    if end is None:
        raise Refused(410, f"{_RELEASE['en']} {gone.release}: {gone.reason['en']}", headers=headers)
    if end.startswith("."):
        form = end.removeprefix(".")
        return Response(data(gone, form), 410, headers, media_type=hosted.TEXT[form] + hosted.UTF8)
    language: Language = "en" if end == "/en/" else "fr"
    headers["Content-Language"] = language
    return Response(page(gone, root, language), 410, headers, media_type=hosted.TEXT["html"] + hosted.UTF8)


def data(gone: Withdrawal, form: str) -> bytes:
    """The fact of the withdrawal in the RDF format `form`."""
    thing = NamedNode(gone.iri)
    said: list[tuple[str, NamedNode | Literal]] = [(OWL + "deprecated", Literal(True))]
    if gone.successor:
        said.append((DCTERMS + "isReplacedBy", NamedNode(gone.successor)))
    said += [(SKOS + "changeNote", Literal(text, language=tag)) for tag, text in gone.reason.items()]
    quads = [Quad(thing, NamedNode(predicate), value) for predicate, value in said]
    prefixes = {"dcterms": DCTERMS, "owl": OWL, "skos": SKOS} if form in ("ttl", "rdf") else None
    return serialize(quads, format=_FORMATS[form], prefixes=prefixes) or b""


def page(gone: Withdrawal, root: str, language: Language) -> str:
    """A page in `language` that needs nothing else."""
    instead = _NONE[language]
    if gone.successor:
        address = escape(_address(gone.successor, root))
        instead = f'{_SUCCESSOR[language]} <a href="{address}" rel="successor-version">{escape(gone.successor)}</a>'
    home = escape(quote(root) + ("en/" if language == "en" else ""))
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">',
            f"<title>{_TITLE[language]}</title>",
            f"<h1>{_TITLE[language]}</h1>\n<p><code>{escape(gone.iri)}</code></p>",
            f"<p>{_RELEASE[language]} {escape(gone.release)}. {escape(gone.reason[language])}</p>",
            f'<p>{instead}</p>\n<p><a href="{home}">{_HOME[language]}</a></p>\n</html>\n',
        )
    )


def _address(iri: str, root: str) -> str:
    """Where `iri` is on this host, or the IRI of something else."""
    return quote(root + iri.removeprefix(BASE), safe="/#") if iri.startswith(BASE) else quote(iri, safe=_RESERVED)
