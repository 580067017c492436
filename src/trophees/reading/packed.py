"""Files that are compressed, told by their first bytes: gzip, bzip2, xz, Zstandard."""

from __future__ import annotations

import zlib
from typing import Protocol

from trophees.base.errors import UserError

LARGEST = 1 << 29  # bytes of a file, packed or not
EXTENSIONS = ("gz", "bz2", "xz", "zst", "zstd")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


def unpacked(data: bytes, name: str) -> bytes:
    """What is in `data`, the file `name`, which may be compressed; UserError if it is cut off, damaged or too large.

    Of several members, one after the other, all are read.
    """
    kind = _kind(data)
    if kind is None:
        if len(data) > LARGEST:
            raise UserError(f"{name}: is larger than {LARGEST >> 20} MiB")
        return data
    found, rest = bytearray(), data
    while rest:
        if kind in ("gzip", "xz") and rest is not data and not rest.strip(b"\0"):  # what tapes put after it
            break
        member = _decompressor(kind, name)
        try:
            found += member.decompress(rest, LARGEST + 1 - len(found))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise UserError(f"{name}: is damaged: no {kind} from its beginning to its end") from error
        except Exception as error:  # each library has an error of its own
            if "error" not in type(error).__name__.lower():
                raise
            raise UserError(f"{name}: is damaged: no {kind} from its beginning to its end") from None
        if len(found) > LARGEST:
            raise UserError(f"{name}: is larger than {LARGEST >> 20} MiB once it is unpacked")
        if not member.eof:
            raise UserError(f"{name}: is cut off: the {kind} in it does not end")
        rest = member.unused_data
    return bytes(found)


def is_packed(data: bytes) -> bool:
    """Whether `data` begins as a file does that is compressed."""
    return _kind(data) is not None


def is_zip(data: bytes) -> bool:
    """Whether `data` is a ZIP archive, as spreadsheets are."""
    return data.startswith(_ZIP)


def is_old_office(data: bytes) -> bool:
    """Whether `data` is what Office wrote until 2003, and still writes where there is a password."""
    return data.startswith(_OLE)


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith(b"BZh") and data[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bzip2"
    if data.startswith(b"\xfd7zXZ\0"):
        return "xz"
    return "Zstandard" if data.startswith(b"\x28\xb5\x2f\xfd") else None


def _decompressor(kind: str, name: str) -> _Decompressor:
    if kind == "gzip":
        return zlib.decompressobj(wbits=31)
    if kind == "bzip2":
        import bz2

        return bz2.BZ2Decompressor()
    if kind == "xz":
        import lzma

        return lzma.LZMADecompressor(memlimit=1 << 28)
    try:
        try:
            from compression import zstd
        except ImportError:
            from backports import zstd
    except ImportError:
        raise UserError(
            f"{name}: is compressed with Zstandard: pip install 'trophees[zstd]', or unpack it (zstd -d)"
        ) from None
    return zstd.ZstdDecompressor()  # type: ignore[no-any-return]
