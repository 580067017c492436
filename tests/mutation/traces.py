"""Which tests run which lines of the package, and how long each takes."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import coverage
import pytest

_FIXTURE = "fixture "  # what comes before the name of a fixture, where it stands in the place of a test


@dataclass
class Traces:
    """The tests that run each line of each module, and the seconds of processor of each, with those of its fixtures."""

    tests: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def covering(self, path: str, lines: set[int]) -> list[str]:
        """The tests that run one of `lines` of the module at `path`, the quickest first."""
        found = {test for line in lines for test in self.tests.get(path, {}).get(line, ())}
        return sorted(found, key=lambda test: (self.seconds[test], test))


class Recorder:
    """A plugin of pytest: records what passes. It skips what starts another program, which it cannot see into, and what
    takes more than `limit` seconds of processor.
    """

    def __init__(self, root: str, limit: float) -> None:
        self._limit = limit
        self._root = root
        self._coverage = coverage.Coverage(data_file=None, source=[root], config_file=False, messages=False)
        self._context = ""
        self._users: dict[str, set[str]] = {}  # the tests that use each fixture that others use, too
        self._taken: dict[str, float] = {}
        self._passed: dict[str, float] = {}
        self._failed: list[str] = []

    def pytest_sessionstart(self) -> None:
        def refuse(*_args: object, **_named: object) -> None:
            pytest.skip("it starts another program")

        subprocess.Popen.__init__ = refuse  # type: ignore[method-assign]
        self._coverage.start()

    def pytest_sessionfinish(self) -> None:
        self._coverage.stop()

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
            self._switch(before)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        for name in getattr(item, "fixturenames", ()):
            self._users.setdefault(name, set()).add(item.nodeid)
        known, start = set(self._taken), time.process_time()
        self._switch(item.nodeid)
        result = yield
        again = sum(self._taken[name] for name in known if item.nodeid in self._users.get(name, ()))
        self._taken[item.nodeid] = time.process_time() - start + again
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, Any, Any]:
        def cut(*_signal: object) -> None:
            pytest.skip("it takes too long")

        signal.signal(signal.SIGPROF, cut)
        signal.setitimer(signal.ITIMER_PROF, self._limit)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.append(report.nodeid)
        elif report.passed and report.when == "call":
            self._passed[report.nodeid] = 0.0

    def _switch(self, context: str) -> None:
        self._context = context
        self._coverage.switch_context(context)

    def traces(self) -> Traces:
        """What was recorded."""
        found = Traces(failed=self._failed, seconds={test: self._taken[test] for test in self._passed})
        data = self._coverage.get_data()
        for name in data.measured_files():
            lines = found.tests.setdefault(name.removeprefix(self._root), {})
            for line, contexts in data.contexts_by_lineno(name).items():
                users = (self._users.get(c.removeprefix(_FIXTURE), {c}) for c in contexts)
                lines[line] = {test for tests in users for test in tests if test in self._passed}
        return found
