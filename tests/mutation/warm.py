"""Tests that are asked about a mutant in a copy of the process which has passed them: imports and fixtures are there.

Only the code of one function is exchanged. What was made with it before, such as a fixture, stays: a mutant
that is noticed when the package is imported with it may not be noticed here.
"""

from __future__ import annotations

import functools
import gc
from collections import Counter, defaultdict
from collections.abc import Container
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

from mutation import own
from mutation.children import Shared, in_a_child
from mutation.code import Mutant
from mutation.traces import Recorder, Traces

_FUNCTION = 0x1  # the flag of a code object that is no body of a class or module (inspect.CO_OPTIMIZED)
_ASKED = 4.0  # the seconds of processor that tests may take for one mutant, were nothing changed, but for the first
_CASES = 10  # the cases of a test after which further ones weigh more, so that those of others come first
_FLOOR = 5.0  # those that a mutant may take at least, before it is said never to end; four times what the tests take
_ENDLESS = "it never ends"
_SHARE = 1.5  # those after which no further cases of a test are tried, but of what is nearest to a changed module
_Place = tuple[str, int]  # the qualified name of a function, and its first line
_Changed = list[tuple[FunctionType, CodeType]]


class Session:
    """A plugin of pytest: passes its share of the tests, then asks them about each mutant that nobody noticed yet."""

    def __init__(
        self, package: str, limit: float, mutants: list[Mutant], files: Shared, noticed: Shared, backwards: bool
    ) -> None:
        self.traces = Traces()
        self._package = package
        self._recorder = Recorder(limit)
        self._mutants = mutants
        self._files = files
        self._noticed = noticed
        self._places = range(len(mutants))[:: -1 if backwards else 1]
        self._nearest = {own.files(mutant.path)[0] for mutant in mutants}
        self._items: dict[str, pytest.Item] = {}
        self._passes_again: dict[str, bool] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        config.pluginmanager.register(self._recorder)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        paths = sorted({item.path for item in session.items})
        for place in self._files.unclaimed(len(paths)):
            taken: defaultdict[str, float] = defaultdict(float)
            for item in [item for item in session.items if item.path == paths[place]]:
                function = item.nodeid.partition("[")[0]
                if taken[function] < _SHARE or item.nodeid.partition("::")[0] in self._nearest:
                    # what the session keeps is kept, as if other tests of it came
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
                    self._items[item.nodeid] = item
                    taken[function] += self._recorder.alone[item.nodeid]
        self.traces = self._recorder.traces()
        session.config.pluginmanager.unregister(self._recorder)
        self._ask(session)
        return True

    def _ask(self, session: pytest.Session) -> None:
        there, kept = functions(self._package), _kept()
        gc.freeze()
        for place in self._places:
            mutant = self._mutants[place]
            tests = [] if self._noticed[place] else self._asked(place)
            changed = tests and changes(mutant, self._package, there)
            if changed and self._notice(session, tests, changed, kept):
                self._noticed.claim(place)
            elif changed and whole(mutant, changed):
                self.traces.asked[place] = {test for test in tests if self._passes_again.get(test, True)}

    def _asked(self, place: int) -> list[str]:
        found = [test for test in self.traces.running(place) if self._passes_again.get(test, True)]
        return within(found, self.traces.alone, own.files(self._mutants[place].path))

    def _notice(self, session: pytest.Session, tests: list[str], changed: _Changed, kept: _Kept) -> bool:
        """Whether one of `tests` fails or never ends, and does not where nothing is changed."""
        failed = self._first(session, tests, changed, kept)
        while failed and not self._passes_unchanged(session, failed, kept):
            tests = [test for test in tests if test != failed]
            failed = self._first(session, tests, changed, kept)
        return bool(failed)

    def _passes_unchanged(self, session: pytest.Session, test: str, kept: _Kept) -> bool:
        if test not in self._passes_again:
            self._passes_again[test] = not self._first(session, [test], [], kept)
        return self._passes_again[test]

    def _first(self, session: pytest.Session, tests: list[str], changed: _Changed, kept: _Kept) -> str:
        """The first of `tests` that fails in a copy of this process, or never ends."""
        begun = Shared(len(tests))
        limit = _FLOOR + 4 * sum(self.traces.alone[test] for test in tests)
        work = partial(self._failed, session, tests, changed, kept, begun)
        failed = in_a_child(work, limit, otherwise=_ENDLESS)
        return tests[max(sum(begun[i] for i in range(len(tests))), 1) - 1] if failed == _ENDLESS else failed

    def _failed(
        self,
        session: pytest.Session,
        tests: list[str],
        changed: _Changed,
        kept: _Kept,
        begun: Shared,
    ) -> str:
        """The first of `tests` that fails with the functions changed, or an empty text."""
        for cached in kept:
            cached.cache_clear()
        for function, new in changed:
            function.__code__ = new
        for place, test in enumerate(tests):
            begun.claim(place)
            if any(report.failed for report in runtestprotocol(self._items[test], log=False, nextitem=session)):  # type: ignore[arg-type]
                return test
        return ""


_Cached = functools._lru_cache_wrapper
_Kept = list["_Cached[object]"]


def within(tests: list[str], seconds: dict[str, float], near: Container[str] = (), most: float = _ASKED) -> list[str]:
    """The first of `tests`, and those after it that together take no longer than a mutant is worth, `most` seconds:
    those of the files `near` before others, quick ones before slow ones, some cases of a test before all of them.
    """
    met: Counter[str] = Counter()
    weights: dict[str, tuple[bool, float]] = {}
    for test in tests:
        function = test.partition("[")[0]
        weights[test] = (test.partition("::")[0] not in near, seconds[test] * (1 + met[function] // _CASES))
        met[function] += 1
    asked, total = list[str](), 0.0
    for test in sorted(tests, key=lambda test: weights[test]):
        if not asked or total + seconds[test] < most:
            total += seconds[test]
            asked.append(test)
    return asked


def _kept() -> _Kept:
    """What keeps values that the package computed."""
    found = (o for o in gc.get_objects() if isinstance(o, _Cached))
    return [o for o in found if str(getattr(o, "__module__", "")).startswith("trophees")]


def functions(package: str) -> dict[tuple[str, _Place], list[FunctionType]]:
    """The functions of the package that there are, by module and place."""
    found: dict[tuple[str, _Place], list[FunctionType]] = {}
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename.startswith(package):
            code = function.__code__
            path = code.co_filename.removeprefix(package)
            found.setdefault((path, (code.co_qualname, code.co_firstlineno)), []).append(function)
    return found


def changes(
    mutant: Mutant, package: str, there: dict[tuple[str, _Place], list[FunctionType]]
) -> list[tuple[FunctionType, CodeType]]:
    """The functions that hold the mutant, each with its new code; none if it is in none, or is not to be exchanged."""
    text = Path(package, mutant.path).read_text("utf-8")
    place = _outermost(compile(text, mutant.path, "exec"), mutant.line)
    held = there.get((mutant.path, place), []) if place else []
    new = next(
        (c for c in _outer(compile(mutant.apply(text), package + mutant.path, "exec")) if _place(c) == place), None
    )
    if new is None or any(new.co_freevars != function.__code__.co_freevars for function in held):
        return []
    return [(function, new) for function in held]


def whole(mutant: Mutant, changed: _Changed) -> bool:
    """Whether all that runs the mutant is exchanged: what a function made before, such as one inside of it, is not."""
    return all(function.__qualname__ == mutant.inside for function, _ in changed)


def _outermost(module: CodeType, line: int) -> _Place | None:
    """The place of the outermost function that runs `line`."""
    return next((_place(code) for code in _outer(module) if line in _lines(code)), None)


def _outer(code: CodeType) -> list[CodeType]:
    """The functions of a module or class that are in no other."""
    inner = [c for c in code.co_consts if isinstance(c, CodeType)]
    return [found for c in inner for found in ([c] if c.co_flags & _FUNCTION else _outer(c))]


def _lines(code: CodeType) -> set[int]:
    lines = {line for _, _, line in code.co_lines() if line is not None}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            lines |= _lines(inner)
    return lines


def _place(code: CodeType) -> _Place:
    return code.co_qualname, code.co_firstlineno
