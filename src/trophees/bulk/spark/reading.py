"""The files as partitions of rows: text in blocks, compressed text and tables whole, Parquet by groups of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from trophees.base.errors import UserError
from trophees.bulk.lines import of_row
from trophees.bulk.mapping import Columns
from trophees.bulk.spark.given import CUT, Given, Row
from trophees.bulk.spark.storage import Storage, exactly

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

_PARQUET = b"PAR1"
_PACKED = {"gzip": (b"\x1f\x8b", (".gz",)), "Zstandard": (b"\x28\xb5\x2f\xfd", (".zst", ".zstd"))}
_BLOCK = "spark.sql.files.maxPartitionBytes"
_COST = "spark.sql.files.openCostInBytes"
_LEAST, _MOST = 8 << 20, 10_000  # bytes of a block, unless Spark's settings say; blocks in all
_WHOLE = 1 << 50


def found(storage: Storage, names: Sequence[str], mapping: Columns | None) -> Given:
    """The files that `names` stand for, in their order. UserError if there is none, or one is there twice."""
    files: dict[str, tuple[int, str]] = {}
    for name in names:
        for uri, shown in storage.files(name):
            if uri in files:
                raise UserError(f"{shown}: is given twice")
            files[uri] = len(files), shown
    return Given(files, mapping)


def rows(spark: SparkSession, storage: Storage, given: Given, block: int | None) -> RDD[Row]:
    """The lines of all files, in partitions that are the same whenever they are asked for, of so many bytes each; None:
    as Spark's settings say, or as suits a cluster.

    UserError if a file is compressed and its name does not say so, by which Spark tells, or says so and it is not.
    """
    starts = {uri: storage.start(uri) for uri in given.files}
    tables = [uri for uri, start in starts.items() if start == _PARQUET]
    texts = [uri for uri in starts if uri not in tables]
    for uri in texts:
        _named(given.files[uri][1], starts[uri])
    total = storage.size(*map(unquote, starts))
    own = spark.sparkContext.getConf().get(_BLOCK)
    size = str(_WHOLE) if given.mapping else str(block or own or max(_LEAST, total // _MOST))
    spark.conf.set(_BLOCK, size)
    spark.conf.set(_COST, size)  # as much: a block is never beside another one
    all_ = [_text(spark, texts)] if texts else []
    all_ += [_table(spark, uri) for uri in tables]
    return spark.sparkContext.union(all_) if len(all_) > 1 else all_[0]


def _named(shown: str, start: bytes) -> None:
    for form, (sign, ends) in _PACKED.items():
        if start.startswith(sign) and not shown.endswith(ends):
            raise UserError(f"{shown}: is compressed with {form}: its name has to end in {ends[0]}")
        if start and shown.endswith(ends) and not start.startswith(sign):
            raise UserError(f"{shown}: is damaged, or no {form}: its name ends in {ends[0]}")


def _text(spark: SparkSession, uris: list[str]) -> RDD[Row]:
    from pyspark.sql import functions as f

    given = spark.read.option("lineSep", "\n").text([exactly(unquote(uri)) for uri in uris])
    line = f.substring(f.col("value").cast("binary"), 1, CUT)
    return given.select("_metadata.file_path", "_metadata.file_block_start", line).rdd.map(tuple)


def _table(spark: SparkSession, uri: str) -> RDD[Row]:
    from pyspark.sql import functions as f

    given = spark.read.parquet(exactly(unquote(uri)))
    row = f.struct(*(f.col(f"`{name}`") for name in given.columns))
    return given.select("_metadata.file_path", "_metadata.file_block_start", row).rdd.mapPartitions(_of_rows)


def _of_rows(some: Iterator[Any]) -> Iterator[Row]:
    for uri, start, row in some:
        yield uri, start, of_row(row.asDict(recursive=True))
