"""The first look at the lines, partition by partition: which records they name, and the few that the others depend on.

What is told of a partition is small; here, on one machine, it becomes the index of names and the lines that repeat one,
which go to all others.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.bulk.index import Indexing, parted, place
from trophees.bulk.part import Line
from trophees.bulk.record import id_of, kind_of
from trophees.bulk.shared import MANY
from trophees.bulk.spark.given import Given, Row, blocks

if TYPE_CHECKING:
    from pyspark import RDD

_PAIR = struct.Struct(">QQ")


class Told(NamedTuple):
    """Of a block: how many lines it has, and how many are not empty, or what is wrong with the file."""

    file: int
    start: int
    length: int
    lines: int
    wrong: str


class Name(NamedTuple):
    """Of a line: its number in the block, and the record that it names; its `data`, if it is one of the few."""

    file: int
    start: int
    number: int
    iri: str
    data: bytes | None


class Repeated:
    """The lines whose name an earlier line has, and that line: sixteen bytes each, in order."""

    def __init__(self, pairs: bytes) -> None:
        self._pairs = pairs

    def __len__(self) -> int:
        return len(self._pairs) // _PAIR.size

    def __getitem__(self, number: int) -> tuple[int, int]:
        found, first = _PAIR.unpack_from(self._pairs, number * _PAIR.size)
        return found, first

    def first(self, found: int) -> tuple[int, int] | None:
        """The file and the line that has the name of the line at `found` first; None if it is that one."""
        at = bisect_left(self, (found, 0))
        return parted(self[at][1]) if at < len(self) and self[at][0] == found else None


@dataclass(frozen=True)
class Seen:
    """What the files hold: `count` lines; the `few` of kinds of which there are few; the file of all names, and the
    lines that `repeated` one; how many lines precede each block.
    """

    count: int
    few: list[Line]
    index: Path
    repeated: bytes
    before: dict[tuple[int, int], int]


def look(rows: Iterable[Row], given: Given, context: Context) -> Iterator[Told | Name]:
    """What a partition holds."""
    for block in blocks(rows, given):
        lines, wrong = 0, ""
        try:
            for number, data in block:
                lines += 1
                if iri := id_of(data, context):
                    few = data if kind_of(iri) not in MANY else None
                    yield Name(block.file, block.start, number, iri, few)
        except UserError as error:
            wrong = str(error)
        yield Told(block.file, block.start, block.count, lines, wrong)


def scan(rows: RDD[Row], given: Given, context: Context, work: Path) -> Seen:
    """Look at all lines once; what is kept aside stands in `work`. UserError if a file is not what it should be."""
    from pyspark import StorageLevel

    seen = rows.mapPartitions(lambda some: look(some, given, context)).persist(StorageLevel.DISK_ONLY)
    told = seen.filter(lambda one: isinstance(one, Told)).collect()
    named = seen.filter(lambda one: isinstance(one, Name)).toLocalIterator(prefetchPartitions=True)
    found = gathered(told, named, given, work)
    seen.unpersist()
    return found


def gathered(told: Collection[Told], named: Iterable[Name], given: Given, work: Path) -> Seen:
    """What all partitions told, as `scan`."""
    if wrong := sorted(one.wrong for one in told if one.wrong):
        raise UserError(wrong[0])
    before: dict[tuple[int, int], int] = {}
    passed: dict[int, int] = {}
    for block in sorted(told):
        before[block.file, block.start] = passed.get(block.file, 0)
        passed[block.file] = passed.get(block.file, 0) + block.length
    naming = Indexing(work)
    few: list[tuple[int, str, bytes]] = []
    for name in named:
        found = place(name.file, before[name.file, name.start] + name.number)
        naming.add(name.iri, found)
        if name.data is not None:
            few.append((found, name.iri, name.data))
    index, repeated = naming.done()
    pairs = b"".join(_PAIR.pack(*pair) for pair in repeated)
    return Seen(sum(one.lines for one in told), _few(few, given), index, pairs, before)


def _few(found: list[tuple[int, str, bytes]], given: Given) -> list[Line]:
    shown = dict(given.files.values())
    first: dict[str, tuple[str, int]] = {}
    lines = []
    for at, iri, data in sorted(found, key=itemgetter(0)):
        file, number = parted(at)
        lines.append(Line(shown[file], number, data, first.get(iri)))
        first.setdefault(iri, (shown[file], number))
    return lines
