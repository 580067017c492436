"""What one process of Spark does with its partitions: parts of their lines, each worked on as here."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from trophees.bulk.index import place
from trophees.bulk.part import Line, Worker, parts
from trophees.bulk.record import id_of, kind_of
from trophees.bulk.shared import MANY, Shared
from trophees.bulk.spark.given import Given, Row, blocks
from trophees.bulk.spark.names import Repeated
from trophees.bulk.spark.tables import Tables

PART = 2 << 20  # bytes of the lines of a part
STATEMENTS, TALLY, TABLE = "nquads", "tally", "table-"
_PIECE = 1 << 20  # bytes that go to Spark at once
_KEPT = {STATEMENTS: ".nq", "rejects": ".rejects", "problems": ".problems", TALLY: ".json"}
_made: list[tuple[Work, Parts]] = []

Made = tuple[str, bytearray]  # of what kind, and lines of it without the last end


@dataclass(frozen=True)
class Work:
    """What each process needs to know. `names` is how the file of all names is called, in this build and no other."""

    names: str
    given: Given
    shared: Shared
    before: dict[tuple[int, int], int]
    repeated: bytes
    tables: bool


class Parts:
    """Made once in each process; `index` is the file of all names there, `folder` is for what is kept aside."""

    def __init__(self, work: Work, index: Path, folder: Path) -> None:
        gc.set_threshold(1_000_000)  # what a part is made of has no circles
        shared = replace(work.shared, index=index)
        self._work, self._folder = work, folder
        self._worker, self._repeated = Worker(shared, folder), Repeated(work.repeated)
        self._tables = Tables.beside(shared) if work.tables else None
        self._shown = dict(work.given.files.values())

    def made(self, rows: Iterable[Row]) -> Iterator[Made]:
        """What comes of the lines of a partition."""
        for number, lines in enumerate(parts(self._many(rows), PART), 1):
            self._worker.part(number, lines)
            name = self._folder / f"{number:07}"
            if self._tables:
                for table, told in self._tables.rows(name.with_suffix(_KEPT[STATEMENTS]).read_bytes()):
                    yield TABLE + table, told
            for kind, suffix in _KEPT.items():
                path = name.with_suffix(suffix)
                yield from ((kind, piece) for piece in _pieces(path))
                path.unlink()

    def _many(self, rows: Iterable[Row]) -> Iterator[Line]:
        """The lines but for the few, each with the place of an earlier one that names the same record."""
        work = self._work
        for block in blocks(rows, work.given):
            before = work.before[block.file, block.start]
            for number, data in block:
                iri = id_of(data, work.shared.context)
                if not iri or kind_of(iri) in MANY:
                    first = self._repeated.first(place(block.file, before + number)) if iri else None
                    shown = (self._shown[first[0]], first[1]) if first else None
                    yield Line(block.path, before + number, data, shown)


def made(work: Work, index: str, folder: str, rows: Iterable[Row]) -> Iterator[Made]:
    """What comes of a partition, in a process that keeps what it has made for the next one."""
    if not _made or _made[0][0].names != work.names:
        _made[:] = [(work, Parts(work, Path(index), Path(tempfile.mkdtemp(dir=folder))))]
    yield from _made[0][1].made(rows)


def _pieces(path: Path) -> Iterator[bytearray]:
    """The lines of a file, many at once, without the end of the last one."""
    with path.open("rb") as file:
        while lines := file.readlines(_PIECE):
            yield bytearray(b"".join(lines).removesuffix(b"\n"))
