"""What search engines read first: `robots.txt`, and `sitemap.xml` (sitemaps.org) with every page in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from trophees.base.namespaces import DCTERMS
from trophees.hosting.settings import PLACEHOLDER
from trophees.site.citing import latest
from trophees.site.model import Site

_MOST = 50_000  # addresses in a file
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SERVICES = ("sparql", "graph-store")  # of `trophees serve`: no pages


def files(site: Site, pages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files about `pages`, which are files of the site; a reserved address stands for one that is not known."""
    url = site.inputs.url or PLACEHOLDER
    gone = {thing.path for thing in site.gone}
    listed = [page for page in pages if page.removesuffix("index.html").rstrip("/").removesuffix("/en") not in gone]
    parts = [listed[start : start + _MOST] for start in range(0, len(listed), _MOST)]
    modified = site.text(latest(site), DCTERMS + "modified")
    dated = f"<lastmod>{modified}</lastmod>" if modified else ""
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _written("urlset", "url", (url + page.removesuffix("index.html") for page in part), dated)
    if len(parts) != 1:
        yield "sitemap.xml", _written("sitemapindex", "sitemap", (url + name for name in names), dated)
    root = urlsplit(url).path or "/"
    refused = "".join(f"Disallow: {root}{service}\n" for service in _SERVICES)
    yield "robots.txt", f"User-agent: *\n{refused}\nSitemap: {url}sitemap.xml\n".encode()


def _written(kind: str, entry: str, addresses: Iterator[str], dated: str) -> bytes:
    """Addresses of the site hold nothing that XML would take for markup."""
    lines = "".join(f"<{entry}><loc>{address}</loc>{dated}</{entry}>\n" for address in addresses)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{_NAMESPACE}">'
    return f"{head}\n{lines}</{kind}>\n".encode()
