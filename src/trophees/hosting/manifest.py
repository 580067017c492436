"""`site.json`, with which a site says where it was to stand, for those who serve it elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from trophees.base.errors import UserError
from trophees.hosting.signposts import Signposts

FILE = "site.json"
_HEADER = re.compile(r"[^\x00-\x1f\x7f]*")  # what a header may hold
_UNSIGNED = asdict(Signposts())


@dataclass(frozen=True)
class Manifest:
    """`url` ends in `/`, and like `sparql`, the address of an endpoint, is empty where it is not known.

    `folders`: the page to show instead of each folder without one, both relative to the root, the page's ending in `/`.
    """

    version: str = ""
    url: str = ""
    sparql: str = ""
    folders: Mapping[str, str] = field(default_factory=dict)
    signposts: Signposts = field(default_factory=Signposts)

    @property
    def root(self) -> str:
        """The path of the site on its host: `/` or `/folder/`."""
        return urlsplit(self.url).path or "/"

    def written(self) -> bytes:
        """The file; the same manifest gives the same bytes."""
        said = {"version": self.version, "url": self.url, "sparql": self.sparql}
        told = {key: value for key, value in said.items() if value} | {"folders": dict(sorted(self.folders.items()))}
        led = {key: value for key, value in asdict(self.signposts).items() if value}
        told |= {"signposts": led} if led else {}
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def read(data: bytes) -> Manifest:
    """What the file `data` says; UserError if it is none. What else it says is for later readers."""
    try:
        said = json.loads(data)
        texts = {key: said.get(key, "") for key in ("version", "url", "sparql")}
        folders = said.get("folders", {})
        led = Signposts(**{key: said.get("signposts", {}).get(key, empty) for key, empty in _UNSIGNED.items()})
        tables = (folders, led.types, led.items)
        every = [*texts.values(), led.licence, *(text for table in tables for pair in table.items() for text in pair)]
        if not all(isinstance(text, str) and _HEADER.fullmatch(text) for text in every):
            raise TypeError
        urlsplit(texts["url"])  # ValueError if it is no address
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UserError(f"{FILE}: no manifest of a site is here: run “trophees build” again") from None
    return Manifest(**texts, folders=folders, signposts=led)
