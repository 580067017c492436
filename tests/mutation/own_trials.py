"""Whether the tests made for a module fail once it is changed on disk, in a copy of the checkout.

All of them are asked, and so are those that start processes of their own.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from mutation import own
from mutation.code import Mutant

_SECONDS = 60  # of processor, for one mutant; what takes longer has noticed nothing
_WAIT = 10  # times as long it may wait
_QUIET = ("-q", "-x", "--no-header", "--tb=no", "-p", "no:cacheprovider", "-n", "0", "--hypothesis-seed=0")
_FAILED = re.compile(r"(?m)^(?:FAILED|ERROR) (\S+?)(?: - .*)?$")


class Own:
    """The tests of a copy of the checkout, which nobody else uses."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._failing: set[str] = set()  # with nothing changed
        self._passing: set[str] = set()

    def notice(self, mutant: Mutant) -> bool:
        """Whether one of the tests made for its module fails with `mutant`, and passes without it.

        RuntimeError if there are no such tests.
        """
        files = own.files(mutant.path)
        while failed := self._changed(mutant, files):
            if failed in self._passing or (failed not in self._failing and not self._first([failed])):
                self._passing.add(failed)
                return True
            if failed in self._failing:
                raise RuntimeError(f"{failed} fails, though it is left out: is it there?")
            self._failing.add(failed)
        return False

    def _changed(self, mutant: Mutant, tests: Sequence[str]) -> str:
        with _written(self.root / "src" / "trophees" / mutant.path, mutant):
            return self._first(tests)

    def _first(self, tests: Sequence[str]) -> str:
        """The first of `tests` that fails; empty if none does within the limits."""
        left_out = [f"--deselect={test}" for test in sorted(self._failing)]
        command = [sys.executable, "-m", "pytest", *_QUIET, "-rfE", *left_out, *tests]
        path = os.pathsep.join(str(self.root / name) for name in ("src", "tests", "tools"))
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            preexec_fn=_limited,
        )
        try:
            told, _ = process.communicate(timeout=_WAIT * _SECONDS)
        except subprocess.TimeoutExpired:
            told = ""
        finally:
            _end(process)
        found = _FAILED.search(told)
        return found[1] if found else tests[0] if process.returncode in (2, 3, 4) else ""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _end(process: subprocess.Popen[str]) -> None:
    """End it with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _written(path: Path, mutant: Mutant) -> Iterator[None]:
    before = path.read_bytes()
    path.write_text(mutant.apply(before.decode()), "utf-8")
    try:
        yield
    finally:
        path.write_bytes(before)
