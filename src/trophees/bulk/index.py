"""Which records the lines name, and which line names one that another has named: sorted on disk, eight bytes a record.

A name is known by its digest of 64 bits. Among a million names the odds that two share one are 1 to 37 million.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from trophees.bulk.sorting import Sorter

_SIZE = 8  # bytes of a digest
_LINE = 40  # bits of the number of a line; what is above is the number of its file


def place(file: int, line: int) -> int:
    """One number for a line of the file that has this number: places are in the order of files and lines."""
    return file << _LINE | line


def parted(found: int) -> tuple[int, int]:
    """The file and the line of a place."""
    return found >> _LINE, found & ((1 << _LINE) - 1)


class Indexing:
    """Takes names with their places, in any order; `index` and `repeated` are of all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sorter = Sorter(folder, "names")

    def add(self, iri: str, found: int) -> None:
        """Note that the line at that place names the record `iri`."""
        self._sorter.add(b"%s%016x\n" % (_digest(iri).hex().encode(), found))

    def done(self) -> tuple[Path, Repeated]:
        """The file of all digests, in order, and the lines whose name an earlier line has."""
        path, before, first = self._folder / "names.idx", b"", b""
        again = Sorter(self._folder, "again")
        with path.open("wb") as file:
            for line in self._sorter.lines():
                digest, found = line[:16], line[16:32]
                if digest == before:
                    again.add(found + first + b"\n")
                    continue
                before, first = digest, found
                file.write(bytes.fromhex(digest.decode()))
        return path, Repeated(again)


class Repeated:
    """The lines whose name an earlier line has. They are to be asked for in the order of places."""

    def __init__(self, sorter: Sorter) -> None:
        self._lines = sorter.lines()
        self._next = next(self._lines, b"")

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The place of each of the lines that was not asked for yet, with that of the line that has its name first."""
        for line in chain([self._next] if self._next else [], self._lines):
            yield int(line[:16], 16), int(line[16:32], 16)

    def first(self, found: int) -> int | None:
        """The place of the line that has the name of the line at `found` first; None if it is that one."""
        wanted = b"%016x" % found
        while self._next and self._next[:16] < wanted:
            self._next = next(self._lines, b"")
        return int(self._next[16:32], 16) if self._next[:16] == wanted else None


class Index:
    """The names in the file that `Indexing` made, which stays on disk."""

    def __init__(self, path: Path) -> None:
        self._count = path.stat().st_size // _SIZE
        self._data: mmap.mmap | bytes = b""
        if self._count:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:
        return self._data[_SIZE * number : _SIZE * (number + 1)]

    def __contains__(self, iri: str) -> bool:
        wanted = _digest(iri)
        found = bisect_left(self, wanted)
        return found < self._count and self[found] == wanted


def _digest(iri: str) -> bytes:
    return blake2b(iri.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
