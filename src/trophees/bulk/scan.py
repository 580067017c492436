"""The first look at the files: how many lines, which records they name, and the few that the others depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from trophees.base.context import Context
from trophees.bulk.index import Indexing, Repeated, parted, place
from trophees.bulk.part import Line
from trophees.bulk.record import id_of, kind_of
from trophees.bulk.shared import MANY

Reader = Callable[[Path], Iterator[tuple[int, bytes]]]  # gives the lines of a file, as `bulk.lines` does


@dataclass
class Seen:
    """What the files hold: `count` lines; the `few` lines of kinds of which there are few; the file of all names, the
    lines that repeat one, and a `digest` of all lines.
    """

    count: int
    index: Path
    repeated: Repeated
    digest: str
    few: list[Line]


def scan(files: Sequence[Path], read: Reader, context: Context, work: Path) -> Seen:
    """Read `files` once, each with `read`; what is kept aside stands in `work`. UserError if one cannot be read."""
    naming, count, digest = Indexing(work), 0, blake2b()
    few: list[Line] = []
    first: dict[str, tuple[str, int]] = {}
    for number, path in enumerate(files):
        for line_number, data in read(path):
            count += 1
            digest.update(b"%d:%d:%d\n" % (number, line_number, len(data)))
            digest.update(data)
            if iri := id_of(data, context):
                naming.add(iri, place(number, line_number))
                if kind_of(iri) not in MANY:
                    few.append(Line(str(path), line_number, data, first.get(iri)))
                    first.setdefault(iri, (str(path), line_number))
    index, repeated = naming.done()
    return Seen(count, index, repeated, digest.hexdigest(), few)


def many(files: Sequence[Path], read: Reader, seen: Seen) -> Iterator[Line]:
    """The other lines, each with the place of an earlier one that names the same record."""
    few = {(line.path, line.number) for line in seen.few}
    for number, path in enumerate(files):
        for line_number, data in read(path):
            first = seen.repeated.first(place(number, line_number))
            if (str(path), line_number) not in few:
                yield Line(str(path), line_number, data, _shown(first, files))


def _shown(first: int | None, files: Sequence[Path]) -> tuple[str, int] | None:
    if first is None:
        return None
    file, line = parted(first)
    return str(files[file]), line
