"""Lines in order, however many: runs are sorted in memory and merged from disk, each line once.

The order is that of the bytes, which in UTF-8 is that of the code points.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

_OPEN = 128  # runs that are merged at once
_BUFFER = 1 << 16  # bytes of each that are in memory
_PIECE = 4096  # lines that are written at once


class Sorter:
    """Takes lines, each with its end, and gives them back in order; runs of at most `most` lines stand in `folder`."""

    def __init__(self, folder: Path, name: str, most: int = 1 << 19) -> None:
        self._folder, self._name, self._most = folder, name, most
        self._lines: list[bytes] = []
        self._runs: list[Path] = []

    def add(self, line: bytes) -> None:
        """Take `line`."""
        self._lines.append(line)
        if len(self._lines) >= self._most:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"{self._name}-{len(self._runs)}.run"
        self._lines.sort()
        path.write_bytes(b"".join(self._lines))
        self._runs.append(path)
        self._lines = []

    def lines(self) -> Iterator[bytes]:
        """All lines, in order, each once; the runs are gone when the last one has come."""
        if not self._runs:
            yield from _once(sorted(self._lines))
            return
        self._spill()
        yield from merged(self._runs, self._folder)
        for path in self._runs:
            path.unlink()


def merged(runs: Iterable[Path], folder: Path) -> Iterator[bytes]:
    """The lines of sorted files, in order, each once. What there are too many of to be open is merged in `folder`."""
    paths, made = list(runs), 0
    own: list[Path] = []
    while len(paths) > _OPEN:
        some, paths = paths[:_OPEN], paths[_OPEN:]
        path = folder / f"merged-{made}.run"
        made += 1
        with path.open("wb") as file:
            for piece in pieces(_merged(some)):
                file.write(piece)
        paths.append(path)
        for gone in set(own) & set(some):
            gone.unlink()
        own = [one for one in [*own, path] if one not in some]
    yield from _merged(paths)
    for path in own:
        path.unlink()


def _merged(paths: Iterable[Path]) -> Iterator[bytes]:
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb", buffering=_BUFFER)) for path in paths]
        yield from _once(heapq.merge(*files) if len(files) > 1 else (line for file in files for line in file))


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for line in lines:
        if line != before:
            yield line
            before = line


def pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, thousands of lines at a time."""
    left = iter(lines)
    while piece := b"".join(islice(left, _PIECE)):
        yield piece
