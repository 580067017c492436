"""Which tests run which lines of the package, and how long each takes."""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import pytest

Lines = dict[str, set[int]]


@dataclass
class Traces:
    """By node id: the lines that a test runs, with those of its fixtures, and its seconds of processor."""

    lines: dict[str, Lines] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def covering(self, path: str, wanted: set[int]) -> list[str]:
        """The tests that run one of the lines `wanted` of the module at `path`, the quickest first."""
        found = (test for test, lines in self.lines.items() if not wanted.isdisjoint(lines.get(path, ())))
        found = (test for test in found if test not in self.failed)
        return sorted(found, key=lambda test: (self.seconds[test], test))


class Recorder:
    """A plugin of pytest that fills `traces` with the lines of the modules under `root`, a folder."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.traces = Traces()
        self._fixtures: dict[str, tuple[Lines, float]] = {}
        self._now: Lines = {}
        self._names: dict[str, str | None] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        """What a fixture of the session runs counts for each test that uses it."""
        if fixturedef.scope == "function":
            return (yield)
        before, start = self._now, time.process_time()
        self._now = defaultdict(set)
        result = yield
        self._fixtures[fixturedef.argname] = (self._now, time.process_time() - start)
        self._now = before
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self._now = defaultdict(set)
        own, start = self._now, time.process_time()
        known = set(self._fixtures)
        with self._tracing():
            result = yield
        seconds = time.process_time() - start
        for name in getattr(item, "fixturenames", ()):
            lines, taken = self._fixtures.get(name, ({}, 0.0))
            seconds += taken if name in known else 0.0
            for path, numbers in lines.items():
                own[path] |= numbers
        self.traces.lines[item.nodeid] = dict(own)
        self.traces.seconds[item.nodeid] = seconds
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.traces.failed.add(report.nodeid)

    @contextmanager
    def _tracing(self) -> Iterator[None]:
        threading.settrace(self._call)
        sys.settrace(self._call)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def _call(self, frame: FrameType, _event: str, _arg: object) -> Any:
        name = frame.f_code.co_filename
        if name not in self._names:
            self._names[name] = name.removeprefix(self.root) if name.startswith(self.root) else None
        path = self._names[name]
        if path is None:
            return None
        add = self._now.setdefault(path, set()).add

        def line(frame: FrameType, _event: str, _arg: object) -> Any:
            add(frame.f_lineno)
            return line

        add(frame.f_lineno)
        return line
