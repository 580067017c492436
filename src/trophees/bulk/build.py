"""`trophees build --records`: from files of records to a folder of dumps, whole or not at all, in bounded memory.

What a part of the records gives is kept beside the folder until the release is whole: a build that was interrupted goes
on where it was, if the same lines are given and what they rest on is the same.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from trophees.base.errors import UserError
from trophees.bulk.beside import beside
from trophees.bulk.lines import lines
from trophees.bulk.part import Line, Worker, kept, parts
from trophees.bulk.pool import worked
from trophees.bulk.report import FILE, PROBLEMS, REJECTS, Report
from trophees.bulk.scan import Reader, Seen, many, scan
from trophees.bulk.shared import Deriving, Shared
from trophees.bulk.sorting import blocks
from trophees.check.engines import Name
from trophees.hosting.settings import Hosting
from trophees.publish.writers.writer import Pieces
from trophees.release import folder as release
from trophees.release import lock
from trophees.release.checkout import Project

PART = 2 << 20  # bytes of the lines of a part
DUMP = "dumps/trophees.nq"
_FORMAT = 1  # of what is kept between builds
Told = Callable[[int, int], None]  # how many lines are done, and how many there are


class Rejected(Exception):  # noqa: N818 - the mistake is in the records
    """A line was rejected, and none may be; `problems` are those of its part, as `problems.jsonl` tells them."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        self.problems = problems
        super().__init__("a line is rejected")


@dataclass(frozen=True)
class Bulk:
    """A build of the records in `files`, beside what `project` holds but for its processes, into the folder `out`.

    `strict`: a line that would be rejected ends it. `engine` validates; None: nothing but reading checks the records.
    `every`: all forms of a release are written, and not only the N-Quads. `part`: bytes that are worked on at once;
    `read` gives the lines of a file.
    """

    project: Project
    files: Sequence[Path]
    out: Path
    hosting: Hosting
    strict: bool = False
    engine: Name | None = "pyshacl"
    every: bool = True
    part: int = PART
    read: Reader = lines

    def write(self, told: Told = lambda _, __: None) -> Report:
        """Write the folder; what was read, published and rejected.

        Rejected if `strict` and a line is wrong: then nothing changes. UserError if a file cannot be read, another
        process builds, or the disk refuses. However it ends, the folder holds the last release whole, or this one.
        """
        try:
            with lock.alone(self._work):
                report = self._written(told)
                shutil.rmtree(self._work)
                return report
        except lock.Busy as busy:
            process = busy.process or "?"
            raise UserError(f"{self.out}: another build is under way (process {process}): wait until it ends") from None
        except BrokenProcessPool:
            raise UserError(f"{self.out}: a process that read records was killed: build again, it goes on") from None
        except OSError as error:
            raise UserError(f"{error.filename or self.out}: cannot be written ({error.strerror})") from None

    @cached_property
    def _work(self) -> Path:
        """What is kept until the release is whole."""
        return self.out.with_name(f".{self.out.name}-work")

    @cached_property
    def _parts(self) -> Path:
        return self._work / "parts"

    def _written(self, told: Told) -> Report:
        self._parts.mkdir(parents=True, exist_ok=True)
        seen = scan(self.files, self.read, self.project.context, self._work)
        report = Report()
        worker = Worker(self._shared(seen, report), self._parts)
        told(report.read, seen.count)
        for tally in self._tallies(seen, worker):
            self._count(report, tally)
            told(report.read, seen.count)
        with release.draft(self.out) as new:
            sums: dict[str, str] = {}
            for path, data in self._release(worker.deriving, report, new.folder):
                new.stream(path, _summed(data, path, sums))
            if not self.every:
                lines = (f"{digest}  {path}\n" for path, digest in sorted(sums.items()))
                new.add("SHA256SUMS", "".join(lines).encode())
        return report

    def _count(self, report: Report, tally: dict[str, Any]) -> None:
        report.add(tally)
        if self.strict and tally["rejected"]:
            lines = chain.from_iterable(path.open("rb") for path in sorted(self._parts.glob("*.problems")))
            raise Rejected([json.loads(line) for line in lines])

    def _shared(self, seen: Seen, report: Report) -> Shared:
        """What stands beside the records that come by the million: of the checkout what no line has, and the few."""
        shared, told = beside(self.project, seen.few, seen.index, self.engine)
        self._resume(seen, shared)
        self._count(report, kept(self._parts, 0, seen.few, *told))
        return shared

    def _resume(self, seen: Seen, shared: Shared) -> None:
        """Clear what is left of a build of other records, or of one that rests on something else."""
        digest = blake2b(repr((version("trophees"), _FORMAT, seen.digest, self.engine, self.part)).encode())
        for text in sorted(map(str, shared.quads())):
            digest.update(text.encode())
        digest.update(repr((sorted(shared.sources.rules.items()), shared.shapes)).encode())
        key = self._parts / "key"
        if not key.exists() or key.read_text() != digest.hexdigest():
            shutil.rmtree(self._parts)
            self._parts.mkdir()
            key.write_text(digest.hexdigest())

    def _tallies(self, seen: Seen, worker: Worker) -> Iterator[dict[str, Any]]:
        """What each part gave: those that an interrupted build has done first."""
        done: list[dict[str, Any]] = []

        def left() -> Iterator[tuple[int, list[Line]]]:
            for number, part in enumerate(parts(many(self.files, self.read, seen), self.part), 1):
                tally = self._parts / f"{number:07}.json"
                if tally.exists():
                    done.append(json.loads(tally.read_bytes()))
                else:
                    yield number, part

        for tally in worked(left(), worker):
            yield from (done.pop() for _ in range(len(done)))
            yield tally
        yield from done

    def _release(self, deriving: Deriving, report: Report, folder: Path) -> Iterator[tuple[str, Pieces]]:
        """The files of the release, N-Quads first."""
        beside = self._work / "shared.nq"
        beside.write_bytes(b"".join(sorted(deriving.shared | deriving.counted(report.editions))))
        runs = [beside, *sorted(self._parts.glob("*.nq"))]
        yield DUMP, _counted(blocks(runs, self._work), report)
        for path, suffix in ((REJECTS, "rejects"), (PROBLEMS, "problems")):
            yield path, _joined(sorted(self._parts.glob(f"*.{suffix}")))
        yield FILE, [report.written()]
        if self.every:
            from trophees.bulk.forms import forms  # reads what judges catalogues

            shutil.rmtree(self._work / "store", ignore_errors=True)
            for path, data in forms(self.project, folder / DUMP, self.hosting, self._work):
                if path != DUMP:
                    yield path, data
                else:
                    for _ in data:
                        pass


def _counted(found: Iterator[list[bytes]], report: Report) -> Iterator[bytes]:
    for block in found:
        report.statements += len(block)
        yield b"".join(block)


def _joined(paths: Sequence[Path]) -> Iterator[bytes]:
    for path in paths:
        yield path.read_bytes()


def _summed(data: Pieces, path: str, sums: dict[str, str]) -> Iterator[bytes]:
    digest = sha256()
    for piece in data:
        digest.update(piece)
        yield piece
    sums[path] = digest.hexdigest()
