"""Which tests run which of the wanted statements of the package, and how long each takes."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Container, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pyoxigraph
import pytest

from mutation import probes

_FIXTURE = "fixture "  # what comes before the name of a fixture, where it stands in the place of a test


@dataclass
class Traces:
    """What reached each place: tests, and fixtures that several tests share; the seconds of processor of each test,
    with and without those of its fixtures, and what failed before anything was changed.
    """

    reached: dict[int, set[str]] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)  # the tests of each fixture
    seconds: dict[str, float] = field(default_factory=dict)
    alone: dict[str, float] = field(default_factory=dict)
    threads: set[str] = field(default_factory=set)  # tests that need threads, which a copy of the process lacks
    failed: list[str] = field(default_factory=list)
    asked: dict[int, set[str]] = field(default_factory=dict)  # the tests that did not notice the mutant of a place

    def running(self, place: int) -> list[str]:
        """The tests that reach `place` themselves and can be asked in a copy of the process, the quickest first."""
        return self._quickest(set(self.reached.get(place, ())) - self.threads)

    def covering(self, place: int) -> list[str]:
        """The tests that reach `place` and were not asked, or whose fixtures reach it, the quickest first."""
        met = self.reached.get(place, ())
        found = {context for context in met if not context.startswith(_FIXTURE)} - self.asked.get(place, set())
        for context in met:
            if context.startswith(_FIXTURE):
                found |= self.users.get(context.removeprefix(_FIXTURE), set())
        return self._quickest(found)

    def of(self, files: Container[str]) -> list[str]:
        """The tests of these files, the quickest first."""
        return self._quickest(test for test in self.seconds if test.partition("::")[0] in files)

    def add(self, other: Traces) -> None:
        """What `other` tests do, too."""
        for place, contexts in other.reached.items():
            self.reached.setdefault(place, set()).update(contexts)
        for place, tests in other.asked.items():
            self.asked.setdefault(place, set()).update(tests)
        for name, tests in other.users.items():
            self.users.setdefault(name, set()).update(tests)
        self.seconds |= other.seconds
        self.alone |= other.alone
        self.threads |= other.threads
        self.failed += other.failed

    def _quickest(self, tests: Iterable[str]) -> list[str]:
        return sorted({t for t in tests if t in self.seconds}, key=lambda test: (self.seconds[test], test))


class Recorder:
    """A plugin of pytest: records what passes. It skips what starts another program, which it cannot see into, and what
    takes more than `limit` seconds of processor.
    """

    def __init__(self, limit: float) -> None:
        self.alone: dict[str, float] = {}  # seconds of processor of each test, without the fixtures of the session
        self._limit = limit
        self._traces = Traces()
        self._contexts: list[str] = []  # a test, and the fixtures that are being made for it
        self._taken: dict[str, float] = {}
        self._shared = 0.0  # seconds that fixtures of the session have taken
        self._passed: set[str] = set()

    def pytest_sessionstart(self) -> None:
        def refuse(*_args: object, **_named: object) -> None:
            pytest.skip("it starts another program")

        subprocess.Popen.__init__ = refuse  # type: ignore[method-assign]

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        if fixturedef.scope == "function":
            return (yield)
        start = time.process_time()
        with self._within(_FIXTURE + fixturedef.argname):
            result = yield
        self._taken[fixturedef.argname] = time.process_time() - start
        if len(self._contexts) == 1 and fixturedef.scope == "session":
            self._shared += self._taken[fixturedef.argname]
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        for name in getattr(item, "fixturenames", ()):
            self._traces.users.setdefault(name, set()).add(item.nodeid)
        known, start, shared = set(self._taken), time.process_time(), self._shared
        threads, kept = threading.active_count(), len(OnDisk.opened)
        with self._within(item.nodeid):
            result = yield
        again = sum(self._taken[name] for name in known if item.nodeid in self._traces.users.get(name, ()))
        self._taken[item.nodeid] = time.process_time() - start + again
        self.alone[item.nodeid] = self._taken[item.nodeid] - again - (self._shared - shared)
        if threading.active_count() > threads or len(OnDisk.opened) > kept:
            self._traces.threads.add(item.nodeid)
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
            self._traces.failed.append(report.nodeid)
        elif report.passed and report.when == "call":
            self._passed.add(report.nodeid)

    @contextmanager
    def _within(self, context: str) -> Iterator[None]:
        """What is reached is reached by `context`, not by what began it."""
        self._met()
        self._contexts.append(context)
        try:
            yield
        finally:
            self._met()
            self._contexts.pop()

    def _met(self) -> None:
        for place in probes.taken():
            if self._contexts:
                self._traces.reached.setdefault(place, set()).add(self._contexts[-1])

    def traces(self) -> Traces:
        """What was recorded."""
        found = self._traces
        found.seconds = {test: self._taken[test] for test in self._passed}
        found.alone = {test: self.alone[test] for test in self._passed}
        found.users = {name: tests & self._passed for name, tests in found.users.items() if name in self._taken}
        return found


class OnDisk(type):
    """Stands in the place of the class of stores, and notes those on disk: the engine keeps threads for them."""

    opened: ClassVar[list[object]] = []

    def __call__(cls, *args: Any, **named: Any) -> Any:
        if args or named:
            cls.opened.append(args)
        return _Store(*args, **named)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _Store)

    def __getattr__(cls, name: str) -> Any:
        if name == "read_only":
            cls.opened.append(name)
        return getattr(_Store, name)


_Store = pyoxigraph.Store


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
