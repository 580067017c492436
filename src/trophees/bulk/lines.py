"""Files of records as lines: JSON Lines, plain or compressed with gzip or Zstandard, and Parquet, whose rows become
lines. What is in memory is a line, or some thousand rows.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from trophees.base.errors import UserError

LONGEST = 1 << 22  # bytes of a line
_ROWS = 4096  # of Parquet that are in memory
_PARQUET, _GZIP, _ZSTD = b"PAR1", b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of the file that are not empty, without their end, each with its number from 1.

    Of a line that is longer than LONGEST, the beginning. UserError if the file cannot be read to its end, or its
    format needs what is not installed.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == _PARQUET:
            yield from enumerate(_rows(path), 1)
            return
        with _opened(path, start) as file:
            yield from _lines(file)
    except EOFError:
        raise UserError(f"{path}: is cut off: what was compressed does not end") from None
    except zlib.error:
        raise UserError(f"{path}: is damaged: no gzip from its beginning to its end") from None
    except OSError as error:
        said = f"cannot be read ({error.strerror})" if error.strerror else "is damaged: no gzip to its end"
        raise UserError(f"{path}: {said}") from None


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(LONGEST + 2):
        number += 1
        if len(line) > LONGEST + 1:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line := line.strip(b" \r\n"):
            yield number, line


def _opened(path: Path, start: bytes) -> IO[bytes]:
    if start.startswith(_GZIP):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return _zstd(path) if start == _ZSTD else path.open("rb")


def _zstd(path: Path) -> IO[bytes]:
    try:
        try:
            from compression import zstd
        except ImportError:
            from backports import zstd
    except ImportError:
        raise UserError(f"{path}: is compressed with Zstandard: pip install 'trophees[zstd]', or unpack it") from None
    return _Zstd(zstd, path)  # type: ignore[return-value]


class _Zstd:
    """A file of frames, whose errors are those of any file that cannot be read."""

    def __init__(self, library: Any, path: Path) -> None:
        self._file, self._error = library.open(path, "rb"), library.ZstdError

    def __enter__(self) -> _Zstd:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def readline(self, size: int) -> bytes:
        try:
            return bytes(self._file.readline(size))
        except self._error:
            raise OSError(0, "damaged: no Zstandard from its beginning to its end") from None


def _rows(path: Path) -> Iterator[bytes]:
    """The rows of a Parquet file as JSON."""
    try:
        import polars
    except ImportError:
        raise UserError(f"{path}: is Parquet: pip install 'trophees[polars]', or write JSON Lines") from None
    try:
        table = polars.scan_parquet(path)
        count = int(table.select(polars.len()).collect().item())
        for start in range(0, count, _ROWS):
            for row in table.slice(start, _ROWS).collect().iter_rows(named=True):
                yield of_row(row)
    except polars.exceptions.PolarsError as error:
        raise UserError(f"{path}: is damaged: {str(error).splitlines()[0]}") from None


def of_row(row: dict[str, Any]) -> bytes:
    """A row of a table as a line; a key that has no value there is left out."""
    return json.dumps(_present(row), ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


def _present(value: Any) -> Any:
    """`value` without the keys of structures that have no value, and the lists that have no item."""
    if isinstance(value, dict):
        kept = ((key, _present(item)) for key, item in value.items())
        return {key: item for key, item in kept if item is not None and item != [] and item != {}}
    return [_present(item) for item in value if item is not None] if isinstance(value, list) else value
