"""gzip files (RFC 1952) whose head says nothing of the machine."""

from __future__ import annotations

import struct
import zlib


def gzipped(data: bytes) -> bytes:
    """`data` as one member: no name, no time, an unknown system. Of the rest only the version of zlib decides.

    Python's own `gzip` names the system or not, by its version.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = struct.pack("<4BL2B", 0x1F, 0x8B, zlib.DEFLATED, 0, 0, 2, 255)  # 2: as small as can be
    return (
        head + deflate.compress(data) + deflate.flush() + struct.pack("<2L", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    )
