"""The front's hold on the engine: it starts its process, asks it for workers, hears how they ended, starts it again."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from trophees.base.errors import UserError
from trophees.serve.backend.limits import Limits
from trophees.serve.backend.message import COMMAND, FORK, KILL, LENGTH, SLOW, Answer, Head, Job
from trophees.serve.log import warn

_ENDING = 5.0  # seconds that the engine has to end by itself


@dataclass(eq=False)
class Worker:
    """A process that answers one job after the other. `ended` is its exit code."""

    number: int
    file: IO[bytes] | None  # for large answers, with which it goes
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    ended: asyncio.Future[int]
    jobs: int = 0

    async def answer(self, job: Job) -> Answer:
        """ConnectionError if the worker ends instead."""
        self.jobs += 1
        if self.writer.is_closing():
            raise ConnectionError
        try:
            self.writer.write(job.pack())
            size = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))
            head = Head.unpack(await self.reader.readexactly(*size))
            if head.in_file:
                file, self.file = self.file, None
                return Answer(head, file=file)
            return Answer(head, await self.reader.readexactly(head.size))
        except (asyncio.IncompleteReadError, OSError):
            raise ConnectionError from None


class Engine:
    """The engine over the TriG file `graph`; `restarted` is called when all workers were lost with it.

    With what the catalogue of `folder` says, which is published at `site`, an address that ends in `/`.

    `graphs` (the number of triples of each, of the union under the empty name), `version` and when the file was
    `modified` are there once it is `ready`.
    """

    def __init__(
        self, graph: Path, context: Path, limits: Limits, restarted: Callable[[], None], folder: Path, site: str
    ) -> None:
        self._arguments = [str(graph), str(context), json.dumps(asdict(limits)), str(folder), site]
        self._restarted = restarted
        self._begun: dict[int, asyncio.Future[int]] = {}  # the processes of the workers that are to come
        self._ends: dict[int, asyncio.Future[int]] = {}  # of the workers that there are, or will be
        self._processes: dict[int, int] = {}
        self._number = 0
        self.ready = asyncio.Event()
        self.graphs: dict[str, int] = {}
        self.version = ""
        self.modified = 0.0
        self._launch()

    def _launch(self) -> None:
        self._front, its = socket.socketpair()
        with its:
            command = [
                sys.executable,
                "-P",
                "-m",
                "trophees.serve.backend.process",
                str(its.fileno()),
                *self._arguments,
            ]
            self._process = subprocess.Popen(
                command, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        self._front.setblocking(False)

    async def start(self) -> None:
        """Wait until it is ready. UserError if the graph cannot be read."""
        await self._greet()
        self._task = asyncio.create_task(self._listen())

    async def _greet(self) -> None:
        self._reports, self._open = await asyncio.open_connection(sock=self._front.dup())
        hello = await self._report()
        if "error" in hello:
            raise UserError(hello["error"])
        self.graphs, self.version, self.modified = hello["graphs"], hello["version"], hello["modified"]
        self.ready.set()

    async def _report(self) -> Any:
        try:
            size = LENGTH.unpack(await self._reports.readexactly(LENGTH.size))
            return json.loads(await self._reports.readexactly(*size))
        except (asyncio.IncompleteReadError, OSError):
            raise ConnectionError("it ended") from None

    async def _listen(self) -> None:
        while True:
            try:
                report = await self._report()
                if "ended" in report:
                    self._lose(report["ended"], report["code"])
                elif "refused" in report:
                    self._refuse(report["refused"], OSError(report["reason"]))
                elif begun := self._begun.pop(report["started"], None):
                    self._processes[report["started"]] = report["process"]
                    begun.set_result(report["process"])
            except ConnectionError:
                await self._again()

    async def _again(self) -> None:
        self.ready.clear()
        self._release()
        for number in list(self._ends):
            self._lose(number, -signal.SIGKILL)
        while True:
            try:
                self._launch()
                await self._greet()
                break
            except (OSError, UserError) as error:  # the file is being replaced, or memory or files are short
                warn(f"the engine does not start: {error}")
                self._release()
                await asyncio.sleep(1)
        self._restarted()

    def _lose(self, number: int, code: int) -> None:
        self._refuse(number, ConnectionError("the engine ended"))
        self._processes.pop(number, None)
        if end := self._ends.pop(number, None):
            end.set_result(code)

    def _refuse(self, number: int, error: OSError) -> None:
        if begun := self._begun.pop(number, None):
            del self._ends[number]
            begun.set_exception(error)

    def _release(self) -> None:
        self._open.close()
        self.stop()

    def stop(self) -> None:
        """End the process, which ends its workers before: none is left when this returns."""
        with suppress(OSError):  # it has ended already
            self._front.shutdown(socket.SHUT_RDWR)
        self._front.close()
        try:
            self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    # workers

    async def worker(self, ended: Callable[[Worker], None]) -> Worker:
        """A new worker. `ended` is called when its process is no more.

        OSError if the system refuses one, ConnectionError if the engine has ended.
        """
        number = self._number = self._number + 1
        loop = asyncio.get_running_loop()
        with ExitStack() as undo:
            file = undo.enter_context(tempfile.TemporaryFile(prefix="trophees-"))
            front, its = socket.socketpair()
            with its:
                reader, writer = await asyncio.open_connection(sock=front)
                undo.callback(writer.close)
                if not self.ready.is_set():
                    raise ConnectionError
                self._tell(FORK, number, its.fileno(), file.fileno())
            begun = self._begun[number] = loop.create_future()
            end = self._ends[number] = loop.create_future()
            await begun
            undo.pop_all()  # the file lives as long as the worker or its answer
        worker = Worker(number, file, reader, writer, end)

        def lost(_: asyncio.Future[int]) -> None:
            worker.writer.close()
            if worker.file is not None:
                worker.file.close()
            ended(worker)

        end.add_done_callback(lost)
        return worker

    def spent(self, worker: Worker) -> float:
        """Seconds of processor time that `worker` has used; where the system does not tell, seconds that passed."""
        try:  # the clock of another process, as clock_getcpuclockid(3) makes its number
            return time.clock_gettime((~self._processes[worker.number] << 3) | 2)
        except KeyError:  # it has ended
            return 0.0
        except OSError:
            return time.monotonic()

    def slow(self, worker: Worker) -> None:
        """From now on `worker` gets the time that nobody else wants."""
        with suppress(OSError):  # the engine is gone, and its workers with it
            self._tell(SLOW, worker.number)

    def end(self, worker: Worker) -> None:
        """End the process of `worker`, whatever it does."""
        worker.writer.close()
        with suppress(OSError):
            self._tell(KILL, worker.number)

    def _tell(self, what: bytes, number: int, *files: int) -> None:
        socket.send_fds(self._front, [COMMAND.pack(what, number)], files)
