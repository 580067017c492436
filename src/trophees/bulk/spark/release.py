"""The folder that Spark fills: beside it, until it is whole, what each partition has given, and the new folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from trophees.base.errors import UserError
from trophees.bulk.report import FILE, PROBLEMS, REJECTS
from trophees.bulk.spark.storage import Storage, exactly
from trophees.bulk.spark.tables import by_part, types
from trophees.bulk.spark.worker import STATEMENTS, TABLE, Made

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

NQUADS, TABLES = "nquads", "parquet"
_FILE = 64 << 20  # bytes of a file of N-Quads, about
_KINDS = 64  # files that a task writes at once
# the files of an attempt are taken when it is the one that counts, and only then
_COMMIT = {
    "mapreduce.fileoutputcommitter.algorithm.version": "1",
    "mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}


class Release:
    """The folder `out`, and `.NAME-work` beside it."""

    def __init__(self, spark: SparkSession, storage: Storage, out: str) -> None:
        self._spark, self._storage = spark, storage
        self._out = storage.absolute(out.rstrip("/") or "/")
        folder, _, name = self._out.rpartition("/")
        self._work, self._old = f"{folder}/.{name}-work", f"{folder}/.{name}-old"
        self._staged, self._new = f"{self._work}/staged", f"{self._work}/new"
        self._count = 0

    def begin(self) -> None:
        """Clear what a build that was killed has left. UserError if `out` holds something else than a release."""
        storage = self._storage
        if storage.exists(self._old) and not storage.exists(self._out):
            storage.move(self._old, self._out)
        if storage.exists(self._out) and not storage.exists(f"{self._out}/{FILE}"):
            raise UserError(f"{self._out}: is there, and no release of records: choose another --out, or remove it")
        self.clear()

    def clear(self) -> None:
        """Nothing is left but the folder."""
        self._storage.remove(self._work)

    def stage(self, kind: str, path: Path) -> None:
        """Put the file at `path`, of this machine, beside what the partitions give of that kind."""
        self._count += 1
        self._storage.give(path, f"{self._staged}/kind={kind}/part-0-{self._count}")

    def stage_all(self, made: RDD[Made]) -> None:
        """Put there what each partition gives."""
        self._spark.conf.set("spark.sql.maxConcurrentOutputFileWriters", str(_KINDS))
        rows = self._spark.createDataFrame(made, "kind string, value binary")
        rows = rows.selectExpr("cast(value as string) as value", "kind")
        rows.write.options(**_COMMIT).mode("append").partitionBy("kind").text(self._staged)

    def lines(self, kind: str, most: int | None = None) -> Iterator[str]:
        """What there is of that kind."""
        if self._has(kind):
            found = self._text(kind)
            yield from (row.value for row in (found.limit(most) if most else found).toLocalIterator())

    def _has(self, kind: str) -> bool:
        return self._storage.exists(f"{self._staged}/kind={kind}")

    def _text(self, kind: str) -> DataFrame:
        return self._spark.read.option("lineSep", "\n").text(exactly(f"{self._staged}/kind={kind}"))

    def statements(self) -> int:
        """Write the statements in order, each once, over all files; how many they are."""
        staged = f"{self._staged}/kind={STATEMENTS}"
        files = max(self._storage.size(staged) // _FILE, self._spark.sparkContext.defaultParallelism)
        ordered = self._text(STATEMENTS).repartitionByRange(int(files), "value").dropDuplicates()
        ordered.sortWithinPartitions("value").write.options(**_COMMIT).text(f"{self._work}/{NQUADS}")
        self._moved(f"{self._work}/{NQUADS}", NQUADS, "nq")
        return int(self._spark.read.option("lineSep", "\n").text(exactly(f"{self._new}/{NQUADS}")).count())

    def records(self) -> None:
        """The rejected lines, and what is wrong with each."""
        for path in (REJECTS, PROBLEMS):
            folder, _, end = path.rpartition(".")
            self._moved(f"{self._staged}/kind={folder.rpartition('/')[2]}", folder, end)

    def tables(self) -> None:
        """The tables, those without a row, too."""
        for table in by_part():
            told, kind = types(table), TABLE + table.name
            cells = ", ".join(f"`{name}` string" for name in told)
            if self._has(kind):
                rows = self._spark.read.schema(cells).json(exactly(f"{self._staged}/kind={kind}"))
            else:
                rows = self._spark.createDataFrame([], cells)
            typed = rows.selectExpr(*(f"try_cast(`{name}` as {type_}) as `{name}`" for name, type_ in told.items()))
            typed.write.options(**_COMMIT).parquet(f"{self._work}/{kind}")
            self._moved(f"{self._work}/{kind}", f"{TABLES}/{table.name}", "parquet")

    def _moved(self, folder: str, to: str, end: str) -> None:
        for number, part in enumerate(self._storage.parts(folder)):
            self._storage.move(part, f"{self._new}/{to}/part-{number:05}.{end}")

    def end(self, report: Path, name: str) -> None:
        """Add the report, the last file; then the new folder takes the place of the old one."""
        storage = self._storage
        storage.give(report, f"{self._new}/{name}")
        if storage.exists(self._out):
            storage.move(self._out, self._old)
        storage.move(self._new, self._out)
        storage.remove(self._old)
