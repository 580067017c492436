"""Content codings: `br` and `gzip`."""

from __future__ import annotations

import gzip

import brotli


def compress(data: bytes, how: str, best: bool = False) -> bytes:
    """`data` as `how` (`br` or `gzip`) writes it; `best` takes longer, for what is kept."""
    if how == "br":
        return bytes(brotli.compress(data, quality=6 if best else 4))
    return gzip.compress(data, 6 if best else 4, mtime=0)
