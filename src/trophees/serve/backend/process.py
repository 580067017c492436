"""The engine: a process of one thread that reads the graph once and forks the workers, which share it.

It obeys the front over a socket, `N` worker by worker, and tells it who began, who ended and how. When the front is
gone so is it, and its workers with it. Nobody but a parent may end a child without mistaking it for another.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from trophees.ask.one_language import in_language
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import GRAPH
from trophees.graph import published
from trophees.hosting import manifest
from trophees.hosting.moved import Move
from trophees.serve.backend import ahead
from trophees.serve.backend.limits import Limits
from trophees.serve.backend.message import COMMAND, FORK, KILL, packed
from trophees.serve.backend.worker import confine, run

# what the published folder says of the dataset, for who asks in SPARQL
_DESCRIBED = ("catalog.ttl", "void.ttl", "sparql-examples.ttl")


def main(control: int, graph: str, context: str, limits: str, folder: str, site: str) -> None:
    """Load `graph` (TriG) and what `folder`, published at `site`, says of it; say what is in them, then obey."""
    front = socket.socket(fileno=control)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the front says when to end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        store = published.store(Path(graph))
        prefixes = Context(Path(context).read_text("utf-8"))
        described = catalogue(store, Path(folder), site)
        version = hashlib.sha256(Path(graph).read_bytes() + described).hexdigest()
        read = [Path(graph), *(file for name in _DESCRIBED if (file := Path(folder) / name).is_file())]
        modified = max(file.stat().st_mtime for file in read)
    except (UserError, OSError, ValueError) as error:
        front.sendall(packed({"error": str(error)}))
        return
    fields = json.loads(limits)
    allowed = Limits(fields["memory"], fields["seconds"], tuple(fields["services"]))
    ahead.load("trophees")
    stores = {"": store} | {language: in_language(store, language) for language in LANGUAGES}
    gc.collect()
    gc.freeze()  # what is there now is never looked through again, hence stays shared
    # not before: from now on the time of a query runs, which waits for a worker
    front.sendall(packed({"graphs": sizes(store), "version": version, "modified": modified}))
    _obey(front, stores, prefixes, allowed)


def catalogue(store: Store, folder: Path, site: str) -> bytes:
    """Add to the graph of the catalogue all that `folder` says of the dataset, as published at `site`; its text.

    The dump holds what the records say of the datasets; files, sizes and figures are told beside it, and so are the
    queries of the cookbook. UserError if a file of these is no Turtle. Nothing is added, nor told, if there is none.
    """
    said = folder / manifest.FILE
    built = manifest.read(said.read_bytes()) if said.is_file() else manifest.Manifest()
    move, every = Move(built, site), b""
    for file in (folder / name for name in _DESCRIBED):
        if not file.is_file():
            continue
        try:
            text = move.applied(file.name, file.read_bytes())
            store.load(text, format=RdfFormat.TURTLE, to_graph=NamedNode(GRAPH + "catalog"))
        except (SyntaxError, ValueError):
            raise UserError(f"{file}: cannot be read as Turtle: run “trophees build” again") from None
        every += text
    return every


def sizes(store: Store) -> dict[str, int]:
    """The number of triples of each named graph; of their union under the empty name."""
    named = {name.value: 0 for name in store.named_graphs()}
    union = set()
    for quad in store:
        if quad.graph_name != DefaultGraph():
            named[quad.graph_name.value] += 1
            union.add(hash(quad.triple))
    return {"": len(union)} | dict(sorted(named.items()))


def _obey(front: socket.socket, stores: Mapping[str, Store], context: Context, limits: Limits) -> None:
    workers: dict[int, int] = {}  # process, by number
    try:
        _follow(front, workers, stores, context, limits)
    except ConnectionError:  # the front is gone
        for process in workers.values():
            _kill(process)
        for process in workers.values():
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _follow(
    front: socket.socket, workers: dict[int, int], stores: Mapping[str, Store], context: Context, limits: Limits
) -> NoReturn:
    """Do what the front says, and tell it which workers ended. ConnectionError when it is gone."""
    ended, wake = os.pipe()
    for end in (ended, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    selector = selectors.DefaultSelector()
    selector.register(front, selectors.EVENT_READ)
    selector.register(ended, selectors.EVENT_READ)
    while True:
        ready = {key.fd for key, _ in selector.select()}
        if ended in ready:
            with suppress(BlockingIOError):
                os.read(ended, 4096)
            _report(front, workers)
        if front.fileno() not in ready:
            continue
        data, files, _, _ = socket.recv_fds(front, COMMAND.size, 2)
        if len(data) < COMMAND.size:
            raise ConnectionError
        what, number = COMMAND.unpack(data)
        if what == FORK:
            try:
                workers[number] = _fork(files, stores, context, limits)
                report = {"started": number, "process": workers[number]}
            except OSError as error:  # the system has no process or memory left: the front asks again later
                report = {"refused": number, "reason": error.strerror}
            finally:
                for file in files:
                    os.close(file)
            front.sendall(packed(report))
        elif number in workers:
            (_kill if what == KILL else _slow)(workers[number])


def _fork(files: list[int], stores: Mapping[str, Store], context: Context, limits: Limits) -> int:
    parent = os.getpid()
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        kept = [fcntl.fcntl(file, fcntl.F_DUPFD, 10) for file in (os.open(os.devnull, os.O_RDWR), *files)]
        for target, source in enumerate((kept[0], kept[0], *kept)):
            os.dup2(source, target)
        os.closerange(5, 256)
        confine(limits, parent)
        run(stores, context, socket.socket(fileno=3), 4, limits)
        code = 0
    except MemoryError:
        code = 3
    finally:
        os._exit(code)


def _report(front: socket.socket, workers: dict[int, int]) -> None:
    numbers = {process: number for number, process in workers.items()}
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            number = numbers[found[0]]
            del workers[number]
            front.sendall(packed({"ended": number, "code": os.waitstatus_to_exitcode(found[1])}))


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _slow(process: int) -> None:
    """From now on it gets the time that nobody else wants."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, 19)
        if sys.platform == "linux":
            os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))


if __name__ == "__main__":
    with suppress(BrokenPipeError):  # the front ended first
        main(int(sys.argv[1]), *sys.argv[2:7])
