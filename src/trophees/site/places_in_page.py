"""The reference of places for pages that ask `linker.js` about them: fetched when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator

from trophees.base.gzip_file import gzipped
from trophees.places.portable import compact

FILE = "assets/places.json.gz"


def files(_site: object = None) -> Iterator[tuple[str, bytes]]:
    """The one file; the same tables give the same bytes."""
    yield FILE, gzipped(compact())
