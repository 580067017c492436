"""Whether a test fails once a module of the package is changed: each mutant in a process of its own, with a limit.

The package and the tests are those of a copy of the checkout: what a mutant deletes or writes is
deleted or written there.
"""

from __future__ import annotations

import ast
import importlib.machinery
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType

# imported once, as every process needs them
import click.testing  # noqa: F401
import hypothesis  # noqa: F401
import pyoxigraph  # noqa: F401
import pyshacl  # noqa: F401
import pytest
import rdflib  # noqa: F401
import yaml  # noqa: F401

from mutation.children import Shared, in_a_child, in_children
from mutation.code import Mutant
from mutation.traces import Traces
from mutation.warm import Session

# what tests the rooms of the core within a process; a test of a command in a process of its own sees no mutant
TESTS = (
    *(
        "source",
        "text",
        "lexical",
        "yaml_readers",
        "identity",
        "errors",
        "accepted",
        "check",
        "shapes_values",
        "review",
    ),
    *("graph", "provenance", "reference", "register", "context", "naming", "folding", "addresses", "language", "cli"),
    *("catalog_check", "policy", "release", "published_files", "api", "cookbook", "explain", "forms", "repository"),
    *("snapshot", "sparql", "streams", "protocol"),
)
_SLOW = 1.0  # seconds of processor beyond which a test is not asked
_ASKED = 4.0  # and those of all the tests that are asked about one mutant, but for the first
_QUIET = ("-q", "-x", "--no-header", "--tb=no", "-p", "no:cacheprovider", "-n", "0", "--hypothesis-seed=0")


@contextmanager
def copy_of(root: Path) -> Iterator[Path]:
    """A copy of the checkout, the current folder until the end of the block."""
    ignored = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".hypothesis", ".*_cache", "dist")
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copied = Path(folder, "checkout")
        shutil.copytree(root, copied, ignore=ignored, symlinks=True)
        before = Path.cwd()
        os.chdir(copied)
        try:
            yield copied
        finally:
            os.chdir(before)


class Code:
    """The package in a copy of the checkout, and the modules of tests that are asked: `tests/test_{name}.py`."""

    def __init__(self, root: Path, tests: Sequence[str] = TESTS) -> None:
        self.package = root / "src" / "trophees"
        self.folders = [str(root / name) for name in ("src", "tests", "tools")]
        self.files = [f"tests/test_{name}.py" for name in tests]
        self.traces = Traces()

    def survivors(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """Those that no test notices: first each test is asked where it has passed before, two processes sharing them;
        then, about what is left, in a process that imports the package with the mutant.
        """
        chosen, noticed, files = list(mutants), Shared(len(mutants)), Shared(len(self.files))
        asking = [partial(self._warm, chosen, files, noticed, backwards) for backwards in (False, True)]
        for traces in in_children(asking):
            self.traces.add(traces)
        for test in self.traces.failed:
            print(f"fails before anything is changed, and is not asked: {test}", flush=True)
        self._expect_nothing()
        tried = Shared(len(mutants))
        in_children([partial(self._cold, chosen, tried, noticed)] * 2)
        self._expect_nothing()
        return [mutant for place, mutant in enumerate(chosen) if not noticed[place]]

    def _expect_nothing(self) -> None:
        """Else every mutant would seem to be noticed."""
        unchanged = Mutant("nothing", "base/language.py", "", 1, 0, 0, "")
        quickest = sorted(self.traces.seconds, key=lambda test: (self.traces.seconds[test], test))[:50]
        if not quickest or self._fails(unchanged, quickest):
            raise RuntimeError("the tests do not pass in the copy, though nothing is changed")

    def _warm(self, mutants: list[Mutant], files: Shared, noticed: Shared, backwards: bool) -> Traces:
        self._go()
        session = Session(f"{self.package}/", _SLOW, mutants, files, noticed, backwards)
        pytest.main([*self.files, *(o for o in _QUIET if o != "-x")], plugins=[session])
        return session.traces

    def _cold(self, mutants: list[Mutant], tried: Shared, noticed: Shared) -> bool:
        for place in tried.unclaimed(len(mutants)):
            if not noticed[place] and (tests := self.asked(mutants[place])) and self._fails(mutants[place], tests):
                noticed.claim(place)
        return True

    def _go(self) -> None:
        """Import the package and the tests from the copy, and keep what hypothesis finds there."""
        assert "trophees" not in sys.modules
        sys.path[:0] = self.folders
        sys.dont_write_bytecode = True
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{self.package}/.hypothesis"

    def asked(self, mutant: Mutant) -> list[str]:
        """The tests that run the changed line, or what uses the name that it defines: the quickest of them."""
        found = self.traces.covering(mutant.path, {mutant.line})
        if not mutant.inside or ("." not in mutant.inside and not found):
            for path, lines in self._users(mutant):
                found += [test for test in self.traces.covering(path, lines) if test not in found]
        asked: list[str] = []
        total = 0.0
        for test in found:
            total += self.traces.seconds[test]
            if total < _ASKED or not asked:
                asked.append(test)
        return asked

    def _users(self, mutant: Mutant) -> Iterator[tuple[str, set[int]]]:
        """The lines of functions, in any module, that use the names which the changed statement defines."""
        defined = _defined((self.package / mutant.path).read_text("utf-8"), mutant.line)
        for path in sorted(self.package.rglob("*.py")):
            if lines := {line for name in defined for line in _uses(path).get(name, ())}:
                yield path.relative_to(self.package).as_posix(), lines

    def _fails(self, mutant: Mutant, tests: list[str]) -> bool:
        """Whether one of `tests` fails, or never ends."""
        limit = 10 + 3 * sum(self.traces.seconds[test] for test in tests)
        return not in_a_child(lambda: self._passes(mutant, tests), limit, otherwise=False)

    def _passes(self, mutant: Mutant, tests: list[str]) -> bool:
        self._go()
        path = self.package / mutant.path
        name = "trophees." + mutant.path.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, _Changed(name, path, mutant.apply(path.read_text("utf-8"))))
        return pytest.main([*tests, *_QUIET]) == pytest.ExitCode.OK


class _Changed(MetaPathFinder):
    """Imports one module with another text than that of its file."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        self.name, self.path, self.text = name, path, text

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = _Loader(fullname, str(self.path))
        loader.text = self.text
        return importlib.machinery.ModuleSpec(fullname, loader, origin=str(self.path))


class _Loader(importlib.machinery.SourceFileLoader):
    text: str

    def get_code(self, _fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec")


@cache
def _uses(path: Path) -> dict[str, set[int]]:
    """The lines of the functions of a module that mention each name."""
    found: dict[str, set[int]] = {}
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
                if name:
                    found.setdefault(name, set()).add(node.lineno)  # type: ignore[attr-defined]
    return found


def _defined(text: str, line: int) -> set[str]:
    """The names that the statement of a module, or of a class in it, which holds `line` gives a value to."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.lineno <= line <= (
            node.end_lineno or 0
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {t.id for target in targets for t in ast.walk(target) if isinstance(t, ast.Name)}
        elif isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0):
            names.add(node.name)
    return names
