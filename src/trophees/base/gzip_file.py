"""gzip files (RFC 1952) whose head says nothing of the machine."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator


def gzipped(data: bytes) -> bytes:
    """`data` as one member: no name, no time, an unknown system. Of the rest only the version of zlib decides.

    Python's own `gzip` names the system or not, by its version.
    """
    return b"".join(in_pieces([data]))


def in_pieces(data: Iterable[bytes]) -> Iterator[bytes]:
    """The same of what comes in pieces."""
    deflate, check, size = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS), 0, 0
    yield struct.pack("<4BL2B", 0x1F, 0x8B, zlib.DEFLATED, 0, 0, 2, 255)  # 2: as small as can be
    for piece in data:
        check, size = zlib.crc32(piece, check), size + len(piece)
        yield deflate.compress(piece)
    yield deflate.flush() + struct.pack("<2L", check, size & 0xFFFFFFFF)
