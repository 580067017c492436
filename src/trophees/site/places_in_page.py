"""The reference of places for pages that ask `linker.js` about them: fetched when it is first needed.

A page of a disk may run its neighbours, not read them: for it the same is in a script.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from trophees.base.gzip_file import gzipped
from trophees.places.portable import compact

FILE = "assets/places.json.gz"
SCRIPT = "assets/places.js"


def files(_site: object = None) -> Iterator[tuple[str, bytes]]:
    """The two files; the same tables give the same bytes."""
    tables = gzipped(compact())
    yield FILE, tables
    yield SCRIPT, b'window.tropheesPlaces = "' + b64encode(tables) + b'";\n'
