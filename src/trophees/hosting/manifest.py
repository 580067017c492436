"""`site.json`, with which a site says where it was to stand, for those who serve it elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from trophees.base.errors import UserError

FILE = "site.json"


@dataclass(frozen=True)
class Manifest:
    """`url` ends in `/`, and like `sparql`, the address of an endpoint, is empty where it is not known.

    `folders`: the page to show instead of each folder without one, both relative to the root, the page's ending in `/`.
    """

    version: str = ""
    url: str = ""
    sparql: str = ""
    folders: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The path of the site on its host: `/` or `/folder/`."""
        return urlsplit(self.url).path or "/"

    def written(self) -> bytes:
        """The file; the same manifest gives the same bytes."""
        said = {"version": self.version, "url": self.url, "sparql": self.sparql}
        told = {key: value for key, value in said.items() if value} | {"folders": dict(sorted(self.folders.items()))}
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def read(data: bytes) -> Manifest:
    """What the file `data` says; UserError if it is none. What else it says is for later readers."""
    try:
        said = json.loads(data)
        texts = {key: said.get(key, "") for key in ("version", "url", "sparql")}
        folders = said.get("folders", {})
        if not all(isinstance(text, str) for text in (*texts.values(), *folders, *folders.values())):
            raise TypeError
        urlsplit(texts["url"])  # ValueError if it is no address
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UserError(f"{FILE}: no manifest of a site is here: run “trophees build” again") from None
    return Manifest(**texts, folders=folders)
