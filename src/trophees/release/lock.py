"""Who writes a folder: one process at a time, and what a dead one left is told from what a live one owns.

A lock (flock) ends with its process, however that ends. Where a system or a file system has none, nothing is excluded,
and nothing is taken for left.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL}


class Busy(Exception):  # noqa: N818 - nobody's mistake
    """Another process writes the folder; `process` is its number as it told it, or empty."""

    def __init__(self, process: str) -> None:
        self.process = process
        super().__init__(f"process {process or '?'} writes the folder")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else who asks writes `folder` until this ends. Busy if somebody does; OSError if no file can be beside it.

    The lock is on a file beside the folder, `.name.lock`, which tells the process and goes with it.
    """
    path = folder.with_name(f".{folder.name}.lock")
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            if not _locked(file):
                raise Busy(os.read(file, 20).decode("ascii", "replace").strip())
            if _same(file, path):  # else who held it took it away in the meantime
                break
        except BaseException:
            os.close(file)
            raise
        os.close(file)
    try:
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(file)


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """`folder` is not taken for something that was left, until this ends."""
    file = _opened(folder)
    try:
        if file is not None:
            _locked(file)
        yield
    finally:
        if file is not None:
            os.close(file)


def left(folder: Path) -> bool:
    """Whether `folder` is there, and surely no live process owns it."""
    file = _opened(folder)
    if file is None or fcntl is None:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(file)
    return True


def _opened(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None


def _locked(file: int) -> bool:
    """Whether the lock of `file` is ours, or no lock can be had."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _WITHOUT_LOCKS:
            raise
    return True


def _same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False
