"""Spark for tests: what its programs need to know, and a cluster of processes on the loopback address."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

needs_spark = pytest.mark.skipif(
    not find_spec("pyspark") or not shutil.which("java"), reason="PySpark (make .venv/spark) and Java are not installed"
)
_ADDRESS = re.compile(r"spark://127\.0\.0\.1:\d+")
_MASTER, _WORKER = (f"org.apache.spark.deploy.{name}" for name in ("master.Master", "worker.Worker"))


def environment(**conf: object) -> dict[str, str]:
    """In which the command starts Spark with these settings, whose names have `_` for `.`, on the loopback address."""
    own = {"driver_host": "127.0.0.1", "driver_bindAddress": "127.0.0.1", "ui_enabled": "false", **conf}
    given = " ".join(f"--conf spark.{name.replace('_', '.')}={value}" for name, value in own.items())
    return {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_SUBMIT_ARGS": f"{given} pyspark-shell"}


def wait(until: Callable[[], object], what: str, seconds: float = 600) -> None:
    """Until that is so; it fails if it is not in time."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, f"waited for {what}"
        time.sleep(0.05)


class Daemon:
    """A master or a worker, in a group of processes of its own; what it says is in the file `log`."""

    def __init__(self, log: Path, kind: str, *arguments: str) -> None:
        spec = find_spec("pyspark")
        assert spec
        assert spec.origin
        program = Path(spec.origin).parent / "bin" / "spark-class"
        self.log = log
        command = [str(program), kind, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0", *arguments]
        python = {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **python}, start_new_session=True
            )

    def says(self, text: str) -> bool:
        return text in self.log.read_text("utf-8", "replace")

    def address(self) -> str:
        """That of a master."""
        wait(lambda: _ADDRESS.search(self.log.read_text("utf-8", "replace")), "the master")
        found = _ADDRESS.search(self.log.read_text("utf-8", "replace"))
        assert found
        return found[0]

    def kill(self) -> None:
        """At once, with the executors that it has started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[Daemon]]]:
    """A master with workers of one core each: its address, and the workers."""
    with ExitStack() as stack:

        def started(name: str, kind: str, *arguments: str) -> Daemon:
            daemon = Daemon(folder / f"{name}.log", kind, *arguments)
            stack.callback(daemon.kill)
            return daemon

        address = started("master", _MASTER).address()
        room = ("--cores", "1", "--memory", "1g")
        all_ = [
            started(f"worker-{number}", _WORKER, *room, "--work-dir", str(folder / f"work-{number}"), address)
            for number in range(workers)
        ]
        for worker in all_:
            wait(lambda worker=worker: worker.says("Successfully registered with master"), "a worker")  # type: ignore[misc]
        yield address, all_
