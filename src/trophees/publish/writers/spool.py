"""Texts that grow side by side, however many and however long: in one temporary file, but for what came last."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

ROOM = 4 << 20  # bytes of all texts that are in memory, at most
_PIECE = 1 << 20


class Spools:
    """The texts of one pass, whose file is in `folder`, or where the system keeps such. It has no name there: however
    the process ends, nothing is left.
    """

    def __init__(self, folder: Path | None = None, room: int = ROOM) -> None:
        self._folder = Path(tempfile.gettempdir()) if folder is None else folder
        self._room, self._late = room, 0
        self._spools: list[Spool] = []

    def __enter__(self) -> Spools:
        try:
            self._file = tempfile.TemporaryFile(buffering=0, dir=self._folder)
        except OSError as error:
            raise self._named(error) from None
        self._end = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def new(self) -> Spool:
        """Another text, which is empty."""
        self._spools.append(Spool(self))
        return self._spools[-1]

    def grown(self, size: int) -> None:
        """What is in memory became longer by so many bytes: if there is no room for it, it goes into the file."""
        self._late += size
        if self._late <= self._room:
            return
        for spool in self._spools:
            if spool.late:
                spool.parts.extend((self._written(spool.late), len(spool.late)))
                spool.late = bytearray()
        self._late = 0

    def _written(self, data: bytearray) -> int:
        """Where in the file `data` now begins."""
        start, rest = self._end, memoryview(data)
        try:
            self._file.seek(start)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise self._named(error) from None
        self._end += len(data)
        return start

    def read(self, start: int, size: int) -> Iterator[bytes]:
        """So many bytes of the file, from `start` on."""
        for place in range(start, start + size, _PIECE):
            self._file.seek(place)
            yield self._file.read(min(_PIECE, start + size - place))

    def _named(self, error: OSError) -> OSError:
        return OSError(error.errno, error.strerror, str(self._folder))


class Spool:
    """A text that grows; its pieces can be read, as often as one likes, as long as its `Spools` are open.

    `late` is what is in memory, `parts` are the place and the length of each part that is in the file, in turn.
    """

    def __init__(self, spools: Spools) -> None:
        self._spools = spools
        self.late = bytearray()
        self.parts = array("q")

    def append(self, data: bytes) -> None:
        """`data` comes next."""
        self.late += data
        self._spools.grown(len(data))

    def __iter__(self) -> Iterator[bytes]:
        for start, size in zip(self.parts[::2], self.parts[1::2], strict=True):
            yield from self._spools.read(start, size)
        if self.late:
            yield bytes(self.late)
