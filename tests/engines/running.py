"""Engines of others that are started for a test: Virtuoso (Debian), Oxigraph's server (PyPI)."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tools

VIRTUOSO = "virtuoso-t"
_SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
O_DIRECT = 0
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of the endpoint of a Virtuoso that has nothing, with its user dba and the password dba."""
    port, sql = free(), free()
    settings = folder / "virtuoso.ini"
    settings.write_text(_SETTINGS.format(folder=folder, port=port, sql=sql))
    command = [shutil.which(VIRTUOSO) or VIRTUOSO, "+foreground", "+configfile", str(settings)]
    with started(command, f"http://127.0.0.1:{port}/sparql") as url:
        yield url


def sql_port(folder: Path) -> str:
    """Where the Virtuoso in `folder` listens for SQL."""
    found = re.search(r"ServerPort = 127\.0\.0\.1:(\d+)", (folder / "virtuoso.ini").read_text())
    assert found
    return found[1]


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The address of the endpoint of an Oxigraph server that has nothing, and asks the union of the graphs."""
    program = tools.installed("oxigraph").with_name("oxigraph")
    address = f"127.0.0.1:{free()}"
    command = [str(program), "serve", "-l", str(folder), "-b", address, "--union-default-graph"]
    with started(command, f"http://{address}/query") as url:
        yield url


@contextmanager
def started(command: list[str], url: str) -> Iterator[str]:
    """`url`, once the program of `command` answers there; then it is ended."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while True:
            assert running.poll() is None, f"{command[0]} ended"
            assert time.monotonic() < end, f"{command[0]} does not answer"
            with suppress(OSError), urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5):
                break
            time.sleep(0.2)
        yield url
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def free() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
