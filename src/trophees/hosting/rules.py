"""What the configuration of every host is made of: rules about the paths of things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from trophees.base.addresses import Folder
from trophees.base.namespaces import BASE
from trophees.hosting.profiles import DATASET
from trophees.hosting.signposts import GLOBS, METADATA, Signposts, Signs

OWN = "/".join(BASE.rstrip("/").split("/")[3:])  # our folder at w3id.org


@dataclass(frozen=True)
class Rules:
    """What the files say. Paths of things and of folders have no `/` at their ends."""

    host: str  # the address of the site, ending in `/`
    kinds: tuple[str, ...]  # the first steps of things' paths that have several
    single: tuple[str, ...]  # the things' paths of one step
    folders: dict[str, tuple[str, ...]]  # folders without a page, by the folder of the page to show instead
    signposts: Signposts

    @property
    def root(self) -> str:
        """The path of the site on its host: `/` or `/folder/`."""
        return urlsplit(self.host).path or "/"

    @property
    def of_files(self) -> dict[str, Signs]:
        """What is said of the pages and files of the dataset, by path, or by a pattern of paths with `*`."""
        fixed = self.signposts.fixed(self.root)
        ends = ("", "en/")
        asked = GLOBS | {f"{folder}{end}": f"{folder}{end}" for folder in (Folder.DATA, f"{DATASET}/") for end in ends}
        asked |= {path: path for path, _, _ in METADATA}
        return {glob: next(s for s in fixed if re.fullmatch(s.pattern, path)) for glob, path in asked.items()}

    @property
    def types(self) -> dict[str, list[str]]:
        """The beginnings of the paths of things, by what schema.org calls them."""
        found: dict[str, list[str]] = {}
        for path, type_ in self.signposts.types.items():
            found.setdefault(type_, []).append(path)
        return found

    @property
    def name(self) -> str:
        """The host's name."""
        return urlsplit(self.host).hostname or ""
