"""Which tests run which lines of the package, and how long each takes."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import coverage
import pytest

_FIXTURE = "fixture "  # what comes before the name of a fixture, where it stands in the place of a test


@dataclass
class Traces:
    """What ran each line of each module: tests, and fixtures that several tests share; the seconds of processor of each
    test, with and without those of its fixtures, and what failed before anything was changed.
    """

    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)  # the tests of each fixture
    seconds: dict[str, float] = field(default_factory=dict)
    alone: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def running(self, path: str, line: int) -> list[str]:
        """The tests that run `line` of the module at `path` themselves, the quickest first."""
        return self._quickest(self.lines.get(path, {}).get(line, ()))

    def covering(self, path: str, lines: set[int]) -> list[str]:
        """The tests that run one of `lines`, or whose fixtures do, the quickest first."""
        met = {context for line in lines for context in self.lines.get(path, {}).get(line, ())}
        return self._quickest(test for c in met for test in self.users.get(c.removeprefix(_FIXTURE), {c}))

    def add(self, other: Traces) -> None:
        """What `other` tests do, too."""
        for path, lines in other.lines.items():
            mine = self.lines.setdefault(path, {})
            for line, contexts in lines.items():
                mine.setdefault(line, set()).update(contexts)
        for name, tests in other.users.items():
            self.users.setdefault(name, set()).update(tests)
        self.seconds |= other.seconds
        self.alone |= other.alone
        self.failed += other.failed

    def _quickest(self, tests: Iterable[str]) -> list[str]:
        return sorted({t for t in tests if t in self.seconds}, key=lambda test: (self.seconds[test], test))


class Recorder:
    """A plugin of pytest: records what passes. It skips what starts another program, which it cannot see into, and what
    takes more than `limit` seconds of processor.
    """

    def __init__(self, root: str, limit: float) -> None:
        self.alone: dict[str, float] = {}  # seconds of processor of each test, without the fixtures of the session
        self._limit = limit
        self._root = root
        self._coverage = coverage.Coverage(data_file=None, source=[root], config_file=False, messages=False)
        self._context = ""
        self._users: dict[str, set[str]] = {}
        self._taken: dict[str, float] = {}
        self._shared = 0.0  # seconds that fixtures of the session have taken
        self._passed: set[str] = set()
        self._failed: list[str] = []

    def pytest_sessionstart(self) -> None:
        def refuse(*_args: object, **_named: object) -> None:
            pytest.skip("it starts another program")

        subprocess.Popen.__init__ = refuse  # type: ignore[method-assign]
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        if fixturedef.scope == "function":
            return (yield)
        before, start = self._context, time.process_time()
        self._switch(_FIXTURE + fixturedef.argname)
        try:
            return (yield)
        finally:
            self._taken[fixturedef.argname] = time.process_time() - start
            if not before.startswith(_FIXTURE) and fixturedef.scope == "session":
                self._shared += self._taken[fixturedef.argname]
            self._switch(before)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        for name in getattr(item, "fixturenames", ()):
            self._users.setdefault(name, set()).add(item.nodeid)
        known, start, shared = set(self._taken), time.process_time(), self._shared
        self._switch(item.nodeid)
        result = yield
        again = sum(self._taken[name] for name in known if item.nodeid in self._users.get(name, ()))
        self._taken[item.nodeid] = time.process_time() - start + again
        self.alone[item.nodeid] = self._taken[item.nodeid] - again - (self._shared - shared)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Generator[None, Any, Any]:
        with _cut(4 * self._limit):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, Any, Any]:
        with _cut(self._limit):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.append(report.nodeid)
        elif report.passed and report.when == "call":
            self._passed.add(report.nodeid)

    def _switch(self, context: str) -> None:
        self._context = context
        self._coverage.switch_context(context)

    def traces(self) -> Traces:
        """What was recorded; nothing is recorded any more."""
        self._coverage.stop()
        seconds = {test: self._taken[test] for test in self._passed}
        shared = {name: tests & self._passed for name, tests in self._users.items() if name in self._taken}
        alone = {test: self.alone[test] for test in self._passed}
        found = Traces(users=shared, seconds=seconds, alone=alone, failed=self._failed)
        data = self._coverage.get_data()
        for name in data.measured_files():
            known = found.lines.setdefault(name.removeprefix(self._root), {})
            for line, contexts in data.contexts_by_lineno(name).items():
                known[line] = set(contexts)
        return found


@contextmanager
def _cut(seconds: float) -> Iterator[None]:
    """Skip what takes more than so many seconds of processor, or waits for ten times as long."""

    def skip(*_signal: object) -> None:
        pytest.skip("it takes too long")

    clocks = {signal.ITIMER_PROF: (signal.SIGPROF, seconds), signal.ITIMER_REAL: (signal.SIGALRM, 10 * seconds)}
    for clock, (sign, least) in clocks.items():
        signal.signal(sign, skip)
        signal.setitimer(clock, least)
    try:
        yield
    finally:
        for clock in clocks:
            signal.setitimer(clock, 0)
