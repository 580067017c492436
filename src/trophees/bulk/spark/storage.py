"""Files and folders of whatever file system Hadoop knows the address of: `/data/x`, `hdfs://…`, `s3a://…`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from trophees.base.errors import UserError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_GLOB = frozenset("*?[{")
_EMPTY = re.compile(r"^(\w+:)///")


class Storage:
    """Names are texts as a user gives them; what is not absolute stands where Hadoop's settings say, or here."""

    def __init__(self, spark: SparkSession) -> None:
        context = spark.sparkContext
        self._hadoop = context._jvm.org.apache.hadoop.fs
        self._conf = context._jsc.hadoopConfiguration()

    def files(self, given: str) -> list[tuple[str, str]]:
        """The files of a name, a pattern or a folder, in order, but for those that begin with `.` or `_`: the URI of
        each, and how a report calls it. UserError if there is none.
        """
        path, system = self._found(given)
        found = system.globStatus(path)
        if found is None or not len(found):
            raise UserError(f"{given}: there is no such file")
        one = found[0]
        if len(found) == 1 and one.isFile() and not _GLOB & set(given):
            if _hidden(one):
                raise UserError(f"{given}: Spark leaves out files whose name begins with “.” or “_”: call it otherwise")
            return [(_uri(one, system), given)]
        inside = [s for each in found for s in (system.listStatus(each.getPath()) if each.isDirectory() else [each])]
        files = [s for s in inside if s.isFile() and not _hidden(s)]
        if not files:
            raise UserError(f"{given}: there is no file in it")
        return sorted((_uri(s, system), str(s.getPath().toString())) for s in files)

    def start(self, uri: str) -> bytes:
        """The first four bytes of a file."""
        path, system = self._of_uri(uri)
        stream = system.open(path)
        try:
            read = (stream.read() for _ in range(4))
            return bytes(one for one in read if one >= 0)
        finally:
            stream.close()

    def size(self, *folders: str) -> int:
        """The bytes of files, and of what stands in folders."""
        return sum(system.getContentSummary(path).getLength() for path, system in map(self._found, folders))

    def exists(self, name: str) -> bool:
        """Whether there is such a file or folder."""
        path, system = self._found(name)
        return bool(system.exists(path))

    def absolute(self, name: str) -> str:
        """The name with the file system and the folder in which it stands."""
        path, system = self._found(name)
        return str(system.makeQualified(path).toString())

    def give(self, local: Path, name: str) -> None:
        """Copy a file of this machine there."""
        path, system = self._found(name)
        system.copyFromLocalFile(self._hadoop.Path(local.absolute().as_uri()), path)

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with what stands in it, if there is one."""
        path, system = self._found(name)
        system.delete(path, True)

    def move(self, name: str, to: str) -> None:
        """Call a file or a folder otherwise; the folder above is made. UserError if the file system refuses."""
        (path, system), (new, _) = self._found(name), self._found(to)
        system.mkdirs(new.getParent())
        if not system.rename(path, new):
            raise UserError(f"{to}: cannot be written (the file system does not rename {name})")

    def parts(self, folder: str) -> Iterator[str]:
        """What Spark has written there that is not empty, in order."""
        path, system = self._found(folder)
        if system.exists(path):
            found = [s for s in system.listStatus(path) if s.getPath().getName().startswith("part-") and s.getLen()]
            yield from sorted(status.getPath().toString() for status in found)

    def _found(self, name: str) -> tuple[Any, Any]:
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkException

        try:
            path = self._hadoop.Path(name)
            return path, path.getFileSystem(self._conf)
        except (Py4JJavaError, PySparkException) as error:
            cause = getattr(error, "java_exception", None)
            said = str(cause.getMessage() if cause else error).splitlines()[0]
            raise UserError(f"{name}: is no address that Hadoop knows ({said})") from None

    def _of_uri(self, uri: str) -> tuple[Any, Any]:
        return self._found(unquote(uri))


def _uri(status: Any, system: Any) -> str:
    """As Spark calls the file of a line, which has no empty authority."""
    return _EMPTY.sub(r"\1/", str(system.makeQualified(status.getPath()).toUri().toString()))


def _hidden(status: Any) -> bool:
    return str(status.getPath().getName()).startswith(("_", "."))


def exactly(name: str) -> str:
    """`name` so that Spark takes no character of it for a pattern."""
    return "".join(f"\\{c}" if c in "*?[]{}\\" else c for c in name)
