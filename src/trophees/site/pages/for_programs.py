"""What programs read to ask the site: `openapi.json`, and how to search it, for browsers (OpenSearch 1.1, draft 6)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from trophees.base.addresses import Folder
from trophees.base.language import Language
from trophees.hosting import openapi
from trophees.hosting.accept import TYPES
from trophees.hosting.settings import PLACEHOLDER
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.links import searches
from trophees.site.model import Site
from trophees.site.render import place

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The description of what answers, and that of the search in each language.

    The latter names whole addresses: a reserved one stands for that of the host while it is not known.
    """
    inputs = site.inputs
    yield openapi.FILE, openapi.document(inputs.version, inputs.sparql, site=inputs.url)
    for lang in LANGUAGES:
        yield searches(lang), _search(inputs.url or PLACEHOLDER, lang).encode()


def _search(url: str, lang: Language) -> str:
    words = Words(lang)
    page = url + place(Folder.SEARCH, lang).removesuffix("index.html")
    told = {
        "ShortName": words("site.short"),
        "LongName": words("site.name"),
        "Description": words("home.description"),
        "Language": lang,
        "InputEncoding": "UTF-8",
        "OutputEncoding": "UTF-8",
    }
    lines = [f"<{name}>{escape(text)}</{name}>" for name, text in told.items()]
    lines += [
        f'<Image width="16" height="16" type="image/svg+xml">{url}assets/favicon.svg</Image>',
        f'<Url type="{TYPES["html"]}" template="{page}?q={{searchTerms}}"/>',
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{url}{searches(lang)}"/>',
    ]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="{_NAMESPACE}">'
    return "\n".join((head, *lines, "</OpenSearchDescription>\n"))
