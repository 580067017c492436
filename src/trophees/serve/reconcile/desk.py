"""The front's hold on the process that matches: begun at the first question, ended when one takes too long."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trophees.serve.backend.limits import WAITING, Limits
from trophees.serve.backend.message import LENGTH
from trophees.serve.backend.refusals import Refused
from trophees.serve.reconcile.answers import Asking

_LARGE = 64 * 1024 * 1024  # bytes of an answer: more is never one
_LATER = {"Retry-After": "5"}


class Desk:
    """Answers from the graph of the TriG file `trig`, one question at a time, within `limits`."""

    def __init__(self, trig: Path, limits: Limits) -> None:
        self._trig = trig
        self._limits = limits
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def ask(self, asking: Asking, body: bytes = b"") -> bytes:
        """What is answered. Refused if there is no answer, or none within the limits."""
        if self._waiting >= WAITING:
            raise Refused(503, "Too many ask to reconcile: try again in a moment", headers=_LATER)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.seconds), self._turn:
                return await self._answered(asking, body)
        except TimeoutError:
            seconds = f"{self._limits.seconds:g} seconds"
            raise Refused(503, f"There was no answer within {seconds}: ask for less at once", headers=_LATER) from None
        finally:
            self._waiting -= 1

    async def _answered(self, asking: Asking, body: bytes) -> bytes:
        for _ in range(2):  # the process may have been ended by somebody since
            whole = False
            try:
                process = self._process = await self._running()
                head, told = await self._exchanged(process, asking, body)
                whole = True
                break
            except (asyncio.IncompleteReadError, OSError):
                continue
            finally:
                if not whole:  # it took too long, or the client is gone: what it would say is nobody's answer
                    self.stop()
        else:
            raise Refused(503, "The process that reconciles was ended while it answered: try again", headers=_LATER)
        if "refused" in head:
            raise Refused(head["refused"], head["sentence"], head.get("place", ""))
        return told

    async def _running(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "trophees.serve.reconcile.process"),
            *(str(self._trig), str(self._limits.memory), str(os.getpid())),
            stdin=PIPE,
            stdout=PIPE,
            limit=_LARGE,
        )

    @staticmethod
    async def _exchanged(process: Process, asking: Asking, body: bytes) -> tuple[dict[str, Any], bytes]:
        assert process.stdin
        assert process.stdout
        asked = json.dumps(asdict(asking)).encode()
        process.stdin.write(LENGTH.pack(len(asked)) + asked + LENGTH.pack(len(body)) + body)
        await process.stdin.drain()
        reading = process.stdout
        head = await reading.readexactly(*LENGTH.unpack(await reading.readexactly(LENGTH.size)))
        told = await reading.readexactly(*LENGTH.unpack(await reading.readexactly(LENGTH.size)))
        return json.loads(head), told

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        self._process = None
