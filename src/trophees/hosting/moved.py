"""What a site says of itself to programs, where it is served at another address than the one it was built for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from trophees.hosting.manifest import Manifest
from trophees.hosting.settings import PLACEHOLDER

CATALOGUE = ("catalog.ttl", "catalog.rdf", "catalog.jsonld", "void.ttl", "sparql-examples.ttl")
GUIDE, INDEX, ROBOTS = "guide.json", "llms.txt", "robots.txt"
_NAMED = frozenset((*CATALOGUE, ROBOTS, GUIDE, INDEX, "opensearch.xml", "opensearch-en.xml"))
_SITEMAP = re.compile(r"sitemap(-\d+)?\.xml")
# what the index says of the endpoint where none is known
SOMEWHERE = "`sparql` below the address of whoever runs `trophees serve`"


def names_its_address(path: str) -> bool:
    """Whether the file `path` tells programs where the site is."""
    return path in _NAMED or _SITEMAP.fullmatch(path) is not None


@dataclass(frozen=True)
class Move:
    """From the address for which `built` says that a site was built, to `url`, which ends in `/` and has an endpoint.

    An endpoint that was named elsewhere than below the old address stays: somebody said that it is there.
    """

    built: Manifest
    url: str

    @property
    def needed(self) -> bool:
        """Whether any file would change."""
        return self.built.url != self.url

    @property
    def endpoint(self) -> str:
        """The address of the endpoint."""
        return (self.built.sparql and self._at(self.built.sparql)) or f"{self.url}sparql"

    def applied(self, path: str, data: bytes) -> bytes:
        """The file `path`, which names its address, as it would have been built for the new address."""
        text = self._at(data.decode("utf-8"))
        change: Callable[[str], str] | None = {GUIDE: self._guide, INDEX: self._index, ROBOTS: self._robots}.get(path)
        return (change(text) if change else text).encode()

    def _at(self, text: str) -> str:
        return text.replace(self.built.url or PLACEHOLDER, self.url)

    def _guide(self, text: str) -> str:
        told = json.loads(text)
        return (
            json.dumps(told | {"endpoint": told.get("endpoint") or self.endpoint}, ensure_ascii=False, indent=1) + "\n"
        )

    def _robots(self, text: str) -> str:
        return text.replace(f"Disallow: {self.built.root}", f"Disallow: {urlsplit(self.url).path}")

    def _index(self, text: str) -> str:
        return text.replace(SOMEWHERE, self.endpoint)
