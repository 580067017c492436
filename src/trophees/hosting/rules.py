"""What the configuration of every host is made of: rules about the paths of things."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from trophees.base.namespaces import BASE

OWN = "/".join(BASE.rstrip("/").split("/")[3:])  # our folder at w3id.org


@dataclass(frozen=True)
class Rules:
    """What the files say. Paths of things and of folders have no `/` at their ends."""

    host: str  # the address of the site, ending in `/`
    kinds: tuple[str, ...]  # the first steps of things' paths that have several
    single: tuple[str, ...]  # the things' paths of one step
    folders: dict[str, tuple[str, ...]]  # folders without a page, by the folder of the page to show instead

    @property
    def root(self) -> str:
        """The path of the site on its host: `/` or `/folder/`."""
        return urlsplit(self.host).path or "/"

    @property
    def name(self) -> str:
        """The host's name."""
        return urlsplit(self.host).hostname or ""
