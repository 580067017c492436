"""The published graph as a store of Oxigraph in the user's cache, which opens in a tenth of the time of parsing.

A snapshot is a folder called after what it was made of. A process of its own makes it once, after the first answer, and
moves it to its place whole; then it is only read, by any number of processes. A pointer, a file called after the place,
the size and the times of what was read, leads to it, so that nobody has to read all that again. Where there is none, or
none can be kept, the graph is read into memory. They are in `trophees/snapshots` in the user's cache, or in `snapshots`
in the folder `TROPHEES_CACHE`; if that is empty, nothing is kept.
"""

from __future__ import annotations

import os
import sys

from pyoxigraph import Store
from pyoxigraph import __version__ as engine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DAMAGE = (OSError, RuntimeError)  # what the engine raises when files are missing, cut, or not what their checksums say
_KEPT = 5  # snapshots: of this graph, and of others, such as those of other versions
_WHOLE = "WHOLE"  # the file of a snapshot that tells the others, and the prefixes of the graph
_POINTER = "of-"
_DRAFT, _NEW, _LOCK = "draft", "new", "lock"
_TICK = 2  # seconds: a file that changed since may change again without a change of its times


class Snapshot:
    """A store that is only read, and the prefixes of its graph."""

    def __init__(self, folder: str, store: Store, prefixes: Mapping[str, str]) -> None:
        self.folder = folder
        self.store = store
        self.prefixes = prefixes

    def discard(self) -> None:
        """Remove it, so that another can be made."""
        from shutil import rmtree

        rmtree(self.folder, ignore_errors=True)


def opened(graph: str, context: str) -> Snapshot | None:
    """The snapshot of the files `graph` (TriG) and `context` (JSON-LD); None if there is no whole one of our own."""
    try:
        if (cache := _cache()) and _ours(cache):
            with open(os.path.join(cache, _pointer(graph, context)), encoding="utf-8") as file:
                return _opened(os.path.join(cache, file.read()))
    except (*DAMAGE, ValueError):
        pass
    return None


def make_later(graph: str, context: str) -> None:
    """Start a process that makes the snapshot; nobody waits for it, and it says nothing."""
    from contextlib import suppress

    # -P: no module of the folder where the user happens to be
    command = [sys.executable, "-P", "-m", __name__, os.path.abspath(graph), os.path.abspath(context)]
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
    with suppress(OSError):
        if _writable() and sys.executable:
            os.posix_spawn(sys.executable, command, os.environ, file_actions=silent, setpgroup=0)


def make(graph: str, context: str) -> None:
    """Make the snapshot, unless it is there or another process is making one; nothing if it cannot be kept."""
    import fcntl
    from contextlib import suppress
    from shutil import rmtree

    with suppress(*DAMAGE):
        if cache := _writable():
            with open(os.path.join(cache, _LOCK), "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # until this process ends, however it does
                draft = os.path.join(cache, _DRAFT)
                rmtree(draft, ignore_errors=True)  # of a process that was ended
                try:
                    _make(cache, draft, graph, context)
                finally:
                    rmtree(draft, ignore_errors=True)


def _make(cache: str, draft: str, graph: str, context: str) -> None:
    from hashlib import sha256
    from shutil import rmtree
    from time import sleep, time

    from trophees.base.context import Context
    from trophees.graph.published import store

    if time() - max(os.stat(file).st_ctime for file in (graph, context)) < _TICK:
        sleep(_TICK)
    pointer = _pointer(graph, context)
    with open(graph, "rb") as trig, open(context, "rb") as said:
        told = said.read()
        name = f"{sha256(trig.read() + told).hexdigest()[:32]}-{engine}"
    folder = os.path.join(cache, name)
    try:
        _opened(folder)
    except (*DAMAGE, ValueError):
        made = Store(draft)
        made.bulk_extend(store(graph))
        made.optimize()
        made.flush()
        del made  # closed
        rmtree(folder, ignore_errors=True)  # a damaged one
        os.rename(draft, folder)
        _tell(folder, Context(told.decode()).prefixes)
    if _pointer(graph, context) == pointer:  # else it is not sure of which of the two this is
        _write(os.path.join(cache, pointer), name)
    _tidy(cache, name)


def _tidy(cache: str, made: str) -> None:
    """Remove old snapshots, and the pointers that lead to none."""
    from shutil import rmtree

    found = [entry for entry in os.scandir(cache) if entry.is_dir() and entry.name != made]
    for old in sorted(found, key=lambda entry: entry.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        rmtree(old, ignore_errors=True)
    for entry in os.scandir(cache):
        if entry.name.startswith(_POINTER):
            with open(entry, encoding="utf-8", errors="replace") as file:
                if not os.path.isdir(os.path.join(cache, file.read())):
                    os.unlink(entry)


def _cache() -> str | None:
    """The folder of the snapshots; None if there is to be none, or on a system whose ways of locking we do not know."""
    if os.name != "posix":
        return None
    if (folder := os.environ.get("TROPHEES_CACHE")) is None:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # as the specification of these folders says
            base = os.path.expanduser("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
        folder = os.path.join(base, "trophees") if os.path.isabs(base) else ""
    return os.path.join(os.path.abspath(folder), "snapshots") if folder else None


def _writable() -> str | None:
    """The folder of the snapshots, made if need be, if we may write there; None or OSError if not."""
    if (cache := _cache()) is None:
        return None
    os.makedirs(cache, mode=0o700, exist_ok=True)
    return cache if _ours(cache) and os.access(cache, os.W_OK) else None


def _pointer(graph: str, context: str) -> str:
    """The name of the pointer: it changes with any change of the files, and with the engine."""
    found = [os.stat(file) for file in (graph, context)]
    marks = [m for s in found for m in (s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns)]
    return "-".join((_POINTER + engine, *(f"{mark:x}" for mark in marks)))


def _ours(folder: str) -> bool:
    """Whether nobody else, who could put words into the graph's mouth, made `folder`."""
    return os.stat(folder).st_uid == os.getuid()


def _opened(folder: str) -> Snapshot:
    """The snapshot in `folder`; an error of DAMAGE, or ValueError, if it is not whole or not ours."""
    with open(os.path.join(folder, _WHOLE), encoding="utf-8") as file:
        checksum, _, told = file.read().partition("\n")
    stamps, _, prefixes = told.partition("\n\n")
    if not _ours(folder) or checksum != _checksum(folder, told) or stamps != _stamps(folder):
        raise ValueError(folder)
    pairs = [line.split(" ") for line in prefixes.splitlines()]
    return Snapshot(folder, Store.read_only(folder), dict(pairs))


def _tell(folder: str, prefixes: Mapping[str, str]) -> None:
    """Write the file that makes the store in `folder`, whose content is on the disk then, a snapshot."""
    for entry in os.scandir(folder):
        file = os.open(entry, os.O_RDONLY)
        os.fsync(file)
        os.close(file)
    told = _stamps(folder) + "\n\n" + "\n".join(f"{prefix} {iri}" for prefix, iri in prefixes.items())
    _write(os.path.join(folder, _WHOLE), f"{_checksum(folder, told)}\n{told}")


def _write(file: str, text: str) -> None:
    """Make `text` the content of `file` in one step."""
    new = os.path.join(os.path.dirname(file), _NEW)
    with open(new, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(new, file)


def _checksum(folder: str, told: str) -> str:
    from zlib import crc32

    return str(crc32(f"{os.path.basename(folder)}\n{told}".encode()))


def _stamps(folder: str) -> str:
    """A line for each file of a store, in the order of their names, that changes if the file does.

    The engine has checksums of its own, but what it does when one is wrong may take all the memory there is.
    """
    with os.scandir(folder) as entries:
        found = sorted((entry.name, entry.stat()) for entry in entries if entry.name not in (_WHOLE, "LOG", "LOCK"))
    return "\n".join(f"{name} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns}" for name, s in found)


if __name__ == "__main__":
    os.nice(10)
    make(*sys.argv[1:])
