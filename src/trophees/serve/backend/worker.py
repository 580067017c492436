"""A worker: one query after the other over the shared graph, in a process that may do nothing else.

What it may not do is not left to checks: the system lets it open no file and no socket, write no large file, leave no
core, take no more memory and processor time than it was given, and ends it with its parent.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping

from pyoxigraph import QuerySolutions, QueryTriples, Store

from trophees.ask.engine import Embedded
from trophees.ask.explain.carried import header, inside
from trophees.ask.explain.mistakes import mistake
from trophees.ask.explain.notes import notes
from trophees.ask.explain.profile import Profile
from trophees.ask.question import Question
from trophees.ask.results import is_empty, render
from trophees.ask.shape import shaped
from trophees.ask.text import escaped, unescaped
from trophees.base.context import Context
from trophees.base.errors import UserError, sentence
from trophees.base.language import LANGUAGES
from trophees.serve.backend import small
from trophees.serve.backend.federation import allowed
from trophees.serve.backend.limits import INLINE, JOBS, LARGEST, MOMENT, Limits
from trophees.serve.backend.message import LENGTH, Head, Job
from trophees.serve.compression import compress

_NO_ROOM = b"room"  # as `pool.cut` names what is said then
# wherever it stands: at worst it is no call
_VOLATILE = re.compile(r"(?:RAND|NOW|UUID|BNODE)(?=[\s(#])", re.IGNORECASE)
_PR_SET_PDEATHSIG = 1
_SOON = 1.0  # seconds in which an empty answer is found for which the graph is asked why, in as many


def run(stores: Mapping[str, Store], context: Context, front: socket.socket, file: int, limits: Limits) -> None:
    """Answer the jobs that come from `front` until it closes, each from the one of `stores` in its language."""
    while head := _received(front, LENGTH.size):
        job = Job.unpack(_received(front, *LENGTH.unpack(head)))
        data, answer = evaluate(stores[job.lang], context, job, limits.services)
        if len(data) <= INLINE:
            front.sendall(answer(len(data), False).pack() + data)
        elif _written(data, file):
            front.sendall(answer(len(data), True).pack())
        else:
            front.sendall(Head(503, len(_NO_ROOM)).pack() + _NO_ROOM)


def _written(data: bytes, file: int) -> bool:
    """Whether all of `data` is in `file` now, which is not so on a full disk."""
    size = 0
    try:
        while size < len(data):  # the system may take a part
            size += os.pwrite(file, memoryview(data)[size:], size)
    except OSError:
        return False
    return True


def _received(front: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size and (part := front.recv(size - len(data))):
        data += part
    return data if len(data) == size else b""


def evaluate(
    store: Store, context: Context, job: Job, services: tuple[str, ...] = ()
) -> tuple[bytes, Callable[[int, bool], Head]]:
    """The bytes of the answer, or a sentence, and what is said of them once their size and place are known."""

    def refused(status: int, sentence: str, place: str = "") -> tuple[bytes, Callable[[int, bool], Head]]:
        return sentence.encode(), lambda size, in_file: Head(status, size, place=place, in_file=in_file)

    query = escaped(job.query, context.prefixes)
    if reason := allowed(query, services):
        return refused(403, reason)
    calls = bool(services) and "service" in query.lower()
    asked, begun = Embedded(store, context.prefixes), time.monotonic()
    try:
        result = asked.evaluate(query, job.base, job.default, job.named)
        if job.small:
            data = small.answer(asked, job, result)
            return data, lambda size, in_file: Head(200, size, "json", in_file=in_file)
        form = job.rdf if isinstance(result, QueryTriples) else job.rows
        if not form:
            return refused(406, "")
        if job.compact or job.labels:
            if isinstance(result, QueryTriples):
                return refused(400, "compact and labels are for rows: CONSTRUCT and DESCRIBE give RDF")
            if isinstance(result, QuerySolutions):
                wanted = next((language for language in LANGUAGES if language == job.labels), None)
                result = shaped(result, asked, context, job.compact, wanted)
        hollow: dict[str, str] = {}
        data, note = render(result, form, context, hollow=hollow), ""
        empty = is_empty(result, form, data)
        if empty or hollow:
            data, note = _noted(asked, job, form, data, empty, hollow, _SOON if time.monotonic() - begun < _SOON else 0)
    except UserError as error:
        return refused(406, str(error))
    except MemoryError:
        return refused(503, "memory")
    except (SyntaxError, ValueError) as error:
        return refused(400, *_mistake(asked, job, error))
    except (OSError, RuntimeError) as error:
        return refused(502, sentence(error)) if calls else refused(400, *_mistake(asked, job, error))
    coding = job.coding if len(data) > 1000 else ""
    if coding:
        data = compress(data, coding)
    if len(data) > LARGEST:
        return refused(503, "size")
    volatile = calls or _VOLATILE.search(unescaped(query)) is not None
    return data, lambda size, in_file: Head(200, size, form, coding, "", volatile, in_file, note)


def _noted(
    asked: Embedded, job: Job, form: str, data: bytes, empty: bool, hollow: dict[str, str], seconds: float
) -> tuple[bytes, str]:
    """An answer that is empty, or has `hollow` columns, with what is said of it, and the same for its header.

    There are `seconds` for that; with none, what the graph need not be asked is told, and that there may be more.
    """
    question = Question("query", job.query)
    told = notes(question, asked, asked.prefixes, None, seconds, job.base, empty, hollow)
    found = [note.both for note in told]
    return inside(data, form, found), header(found)


def _mistake(asked: Embedded, job: Job, error: Exception) -> tuple[str, str]:
    """What is wrong with a query, in English, below it in French, then its line; and the place."""
    told = mistake(job.query, error, asked.prefixes, Profile(asked, asked.prefixes, _SOON), job.base)
    if told is None:
        return sentence(error), ""
    return f"{told.sentence.en}\n{told.more}", told.place


def confine(limits: Limits, parent: int) -> None:
    """Give up whatever answering a query does not need. Descriptors 3 and 4 are the only ones that are kept open."""
    keep_within(limits.memory, parent, 64 if limits.services else 5)
    _limit(resource.RLIMIT_CPU, int(limits.seconds + 2 * JOBS * MOMENT) + 1)  # the front is earlier


def keep_within(memory: int, parent: int, files: int) -> None:
    """End with `parent`, take at most `memory` bytes more, have at most `files` files open, and let others go first."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        with open("/proc/self/statm") as statm:
            used = int(statm.read().split()[0]) * resource.getpagesize()
        _limit(resource.RLIMIT_AS, used + memory)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, LARGEST)
    _limit(resource.RLIMIT_NOFILE, files)
    os.nice(5)  # the front comes first


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))
