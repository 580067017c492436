"""`trophees build --records … --engine spark`: the records of any number of files, worked on by a cluster, whole or not
at all.

A task that is tried again, or twice at once, gives what it gave: Spark takes the files of one attempt of each.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from trophees.base.errors import UserError
from trophees.bulk.beside import beside
from trophees.bulk.build import Rejected, Told
from trophees.bulk.mapping import Columns
from trophees.bulk.part import kept
from trophees.bulk.report import FILE, Report
from trophees.bulk.shared import Deriving, Shared
from trophees.bulk.spark import names, reading, worker
from trophees.bulk.spark.release import Release
from trophees.bulk.spark.session import session
from trophees.bulk.spark.storage import Storage
from trophees.bulk.spark.tables import Tables
from trophees.check.engines import Name
from trophees.release.checkout import Project

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class OnSpark:
    """A build of the records in `files`, beside what `project` holds but for its processes, into the folder `out`;
    both are names that Hadoop knows. `master` is Spark's; `mapping` makes records of the rows of tables.

    `strict`, `engine` and `every` are as in `bulk.build.Bulk`; the other forms are tables in Parquet. `block`: bytes of
    a partition, None for as many as suit.
    """

    project: Project
    files: Sequence[str]
    out: str
    master: str | None = None
    strict: bool = False
    engine: Name | None = "pyshacl"
    every: bool = True
    mapping: Columns | None = None
    block: int | None = None

    def write(self, told: Told = lambda _, __: None) -> Report:
        """Write the folder; what was read, published and rejected.

        Rejected if `strict` and a line is wrong: then nothing changes. UserError if a file cannot be read, or Spark
        refuses.
        """
        with session(self.master) as spark, tempfile.TemporaryDirectory() as work:
            storage = Storage(spark)
            release = Release(spark, storage, self.out)
            try:
                report = self._written(spark, storage, release, Path(work), told)
            except BaseException:
                with suppress(Exception):  # of Spark, if it is gone: what it left, the next build clears
                    release.clear()
                raise
            release.clear()
            return report

    def _written(self, spark: SparkSession, storage: Storage, release: Release, work: Path, told: Told) -> Report:
        release.begin()
        given = reading.found(storage, self.files, self.mapping)
        rows = reading.rows(spark, storage, given, self.block)
        seen = names.scan(rows, given, self.project.context, work)
        told(0, seen.count)
        shared, few = beside(self.project, seen.few, seen.index, self.engine)
        report = Report()
        report.add(kept(work, 0, seen.few, *few))
        for kind, suffix in (("rejects", ".rejects"), ("problems", ".problems")):
            release.stage(kind, (work / f"{0:07}").with_suffix(suffix))
        index = seen.index.rename(work / f"names-{token_hex(6)}")  # Spark knows files by their names
        to_do = worker.Work(index.name, given, shared, seen.before, seen.repeated, self.every)
        release.stage_all(self._made(spark, rows, to_do, index))
        for tally in release.lines(worker.TALLY):
            report.add(json.loads(tally))
        told(report.read, seen.count)
        if self.strict and report.rejected:
            raise Rejected([json.loads(line) for line in release.lines("problems", most=1000)])
        if report.read != seen.count:
            raise UserError(f"{self.files[0]}: a file changed while it was read: build again")
        self._stage_shared(release, work, shared, report)
        report.statements = release.statements()
        release.records()
        if self.every:
            release.tables()
        (work / "report").write_bytes(report.written())
        release.end(work / "report", FILE)
        return report

    def _made(self, spark: SparkSession, rows: RDD[Any], to_do: worker.Work, index: Path) -> RDD[worker.Made]:
        from pyspark import SparkFiles

        spark.sparkContext.addFile(str(index))
        work = spark.sparkContext.broadcast(to_do)

        def of(some: Any) -> Any:
            return worker.made(work.value, SparkFiles.get(work.value.names), SparkFiles.getRootDirectory(), some)

        return rows.mapPartitions(of)

    def _stage_shared(self, release: Release, work: Path, shared: Shared, report: Report) -> None:
        deriving = Deriving(shared)
        (path := work / "shared").write_bytes(b"".join(deriving.shared | deriving.counted(report.editions)))
        release.stage(worker.STATEMENTS, path)
        if self.every:
            for name, rows in Tables(path.read_bytes()).shared():
                (path := work / name).write_bytes(rows + b"\n")
                release.stage(worker.TABLE + name, path)
