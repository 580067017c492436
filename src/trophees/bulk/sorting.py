"""Lines in order, however many: runs are sorted in memory and merged from disk, each line once.

The order is that of the bytes, which in UTF-8 is that of the code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

_OPEN = 512  # runs that are merged at once
_BUFFERS, _LEAST = 1 << 25, 1 << 15  # bytes in memory: of all of them, and of each at least
_FEW = 64  # lines of a run in memory, below which more are read


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
            yield from dict.fromkeys(sorted(self._lines))
            return
        self._spill()
        yield from merged(self._runs, self._folder)
        for path in self._runs:
            path.unlink()


def merged(runs: Iterable[Path], folder: Path) -> Iterator[bytes]:
    """The lines of sorted files, in order, each once. What there are too many of to be open is merged in `folder`."""
    return chain.from_iterable(blocks(runs, folder))


def blocks(runs: Iterable[Path], folder: Path) -> Iterator[list[bytes]]:
    """The same, many at a time."""
    paths, made = list(runs), 0
    own: list[Path] = []
    while len(paths) > _OPEN:
        some, paths = paths[:_OPEN], paths[_OPEN:]
        path = folder / f"merged-{made}.run"
        made += 1
        with path.open("wb") as file:
            for block in _merged(some):
                file.write(b"".join(block))
        paths.append(path)
        for gone in set(own) & set(some):
            gone.unlink()
        own = [one for one in [*own, path] if one not in some]
    yield from _merged(paths)
    for path in own:
        path.unlink()


def _merged(paths: Sequence[Path]) -> Iterator[list[bytes]]:
    """Of each file, some lines are in memory. Those up to the first of their ends are sorted at once: what one file has
    further on is greater.
    """
    size = max(_BUFFERS // max(len(paths), 1), _LEAST)
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb", buffering=_LEAST)) for path in paths]
        ahead = [(block, file) for file in files if (block := file.readlines(size))]
        before = b""
        while ahead:
            end = min(block[-1] for block, _ in ahead)
            taken: list[bytes] = []
            left = []
            for block, file in ahead:
                if block[0] <= end:
                    place = bisect_right(block, end)
                    taken += block[:place]
                    block = block[place:]
                    if len(block) < _FEW:
                        block += file.readlines(size)
                if block:
                    left.append((block, file))
            ahead = left
            taken.sort()  # of runs, which it merges
            once = list(dict.fromkeys(taken))
            if once[0] == before:
                del once[0]
            before = end
            yield once
