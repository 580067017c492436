"""The session with Spark, and what it refuses in one sentence."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from trophees.base.errors import UserError, brief

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOCAL = "local[*]"  # where nothing says which master
_OWN = {"spark.app.name": "trophees", "spark.log.level": "ERROR"}  # where Spark's settings do not say


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """A session with the `master`, with that of Spark's own settings, or with this machine alone; it ends at the end.

    UserError if PySpark or Java is not there, if the master does not answer, or if Spark gives up while it lasts.
    """
    spark = _started(master)
    try:
        yield spark
    except _refusals() as error:
        raise UserError(f"Spark: {_said(error)}") from None
    finally:
        spark.stop()


def _started(master: str | None) -> SparkSession:
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError:
        raise UserError("--engine spark: PySpark is not installed: pip install 'trophees[spark]'") from None
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        raise UserError("--engine spark: there is no Java: install version 17 or newer, or set JAVA_HOME")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    try:
        conf = SparkConf()
        for name, value in {**_OWN, "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}.items():
            conf.setIfMissing(name, value)
        if master:
            conf.setMaster(master)
        conf.setIfMissing("spark.master", _LOCAL)
        return SparkSession.builder.config(conf=conf).getOrCreate()
    except _refusals() as error:
        raise UserError(f"--master {master or _LOCAL}: Spark does not start: {_said(error)}") from None


def _refusals() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError, ConnectionError


def _said(error: Exception) -> str:
    """The first line of the deepest cause that Java tells."""
    cause = getattr(error, "java_exception", None)
    text = str(error)
    while cause is not None:
        text, cause = str(cause.getMessage() or cause), cause.getCause()
    lines = [line for line in text.splitlines() if line.strip()] or [type(error).__name__]
    return brief(lines[-1 if "Traceback" in text else 0], 300)
