"""A file linked: opened, whatever it is, and written beside its place before it takes it, so that none is half."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from trophees.base.errors import UserError, brief
from trophees.base.language import Both
from trophees.places import link, reference
from trophees.places.answered import SCORE, Link
from trophees.places.place import BEGINNING
from trophees.places.table_linked import Wish, link_table
from trophees.places.wording import before, beyond
from trophees.reading import grid, packed, rewritten

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_BOOKS = ("xlsx", "ods")
_IN_MEMORY = 1 << 24  # bytes of standard input


def link_file(file: Path, output: Path | None, wish: Wish, note: Callable[[Both], None], by: Link = link.link) -> str:
    """Link the table in `file`, to `output` or standard output; how many rows came to what, in a sentence."""
    for option, day in (("--on", wish.on), ("--to", wish.to)):
        if day and day < BEGINNING:
            raise UserError(before(f"{option} {day}")[wish.lang])
        if day and day > (newest := reference.newest()):
            note(beyond(option, day, newest))
    extension = _extension(output) if output else ""
    if output and extension and extension not in rewritten.FORMS:
        raise UserError(f"{output}: is written as {', '.join(rewritten.FORMS)}, not .{extension}")
    with ExitStack() as stack:
        stack.enter_context(_ended_as_by_hand())
        opened, name, kind = stack.enter_context(_opened(file))
        table = grid.opened(opened, name, kind)
        if output is None and table.form in _BOOKS and sys.stdout.isatty():
            raise UserError(f"{name}: is a spreadsheet, which no terminal shows: -o OUT.{table.form}")

        def out() -> rewritten.Writer:
            return rewritten.writer(table, stack.enter_context(_written(output)), extension, (SCORE,))

        counts = link_table(table, out, wish, by, note)
    rows = sum(counts.values())
    words = Both(
        f"{rows} ligne(s) : {counts['linked']} liée(s), {counts['ambiguous']} ambiguë(s),"
        f" {counts['unknown']} inconnue(s)",
        f"{rows} row(s): {counts['linked']} linked, {counts['ambiguous']} ambiguous, {counts['unknown']} unknown",
    )
    if counts["empty"]:
        words += Both(f", {counts['empty']} vide(s)", f", {counts['empty']} empty")
    return words[wish.lang]


def _extension(file: Path) -> str:
    parts = file.name.lower().split(".")
    if len(parts) > 2 and parts[-1] in packed.EXTENSIONS:
        parts.pop()
    return parts[-1] if len(parts) > 1 else ""


@contextmanager
def _opened(file: Path) -> Iterator[tuple[IO[bytes], str, str]]:
    """The bytes of `file`, unpacked, to be read as often as is needed; its name; its extension."""
    if _ADDRESS.match(str(file)) and not file.exists():
        raise UserError(f"{brief(str(file))}: is an address: nothing is fetched: save it, and give the file")
    standard = str(file) == "-"
    name = "standard input" if standard else str(file)
    with ExitStack() as stack:
        found: IO[bytes] = sys.stdin.buffer if standard else stack.enter_context(file.open("rb"))
        if standard or not found.seekable():
            spooled = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
            shutil.copyfileobj(found, spooled, 1 << 20)
            spooled.rollover()
            found = spooled._file
        found.seek(0)
        if packed.is_packed(found.read(10)):
            found.seek(0)
            found = io.BytesIO(packed.unpacked(found.read(packed.LARGEST + 1), name))
        yield found, name, "" if standard else _extension(file)


@contextmanager
def _written(output: Path | None) -> Iterator[IO[bytes]]:
    """What is written there when all is; what stood there stays, if not all is."""
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    target = Path(os.path.realpath(output))
    if target.exists() and not target.is_file():  # a pipe, or a terminal
        with target.open("wb") as stream:
            yield stream
        return
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}")
    try:
        with draft.open("xb") as stream:
            yield stream
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except OSError as error:
        error.filename = str(output)
        raise
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


@contextmanager
def _ended_as_by_hand() -> Iterator[None]:
    """While this lasts, whoever ends the process has it clear away first what it has written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
