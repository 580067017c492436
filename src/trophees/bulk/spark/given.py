"""The lines that Spark gives a partition: blocks of files, of which only the first knows how many lines precede it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from trophees.bulk.lines import LONGEST
from trophees.bulk.mapping import Columns

Row = tuple[str, int, bytes]  # the URI of the file, where the block begins in it, and a line
CUT = LONGEST + 2  # bytes of a line that are enough to tell that it is too long


@dataclass(frozen=True)
class Given:
    """The files: by its URI, the number and the name of each. `mapping`: they are tables, each in one block."""

    files: Mapping[str, tuple[int, str]]
    mapping: Columns | None


class Block:
    """The lines of a block that are not empty, each with its number there, from 1. They are to be taken once; then
    `count` tells how many there are, the empty ones among them.
    """

    def __init__(self, given: Given, uri: str, start: int, rows: Iterable[Row]) -> None:
        self.file, self.path = given.files[uri]
        self.start, self.count = start, 0
        self._rows, self._mapping = rows, given.mapping

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        yield from self._mapping.made_of(self._lines(), self.path) if self._mapping else self._lines()

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        for *_, data in self._rows:
            self.count += 1
            if line := bytes(data).strip(b" \r\n"):
                yield self.count, line


def blocks(rows: Iterable[Row], given: Given) -> Iterator[Block]:
    """The blocks of a partition, one after the other."""
    for (uri, start), some in groupby(rows, itemgetter(0, 1)):
        yield Block(given, uri, start, some)
