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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

# imported once, as every process needs them
import click.testing  # noqa: F401
import hypothesis  # noqa: F401
import pyoxigraph
import pyshacl  # noqa: F401
import pytest
import rdflib  # noqa: F401
import yaml  # noqa: F401

from mutation import own, probes
from mutation.children import Shared, in_a_child, in_children
from mutation.code import Mutant
from mutation.own_trials import Own
from mutation.traces import OnDisk, Traces
from mutation.warm import Session, within

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
    *("snapshot", "sparql", "streams", "protocol", "words", "meaning", "standard", "one_language", "compact_names"),
    *("received", "reading", "star", "shape", "written", "endpoint", "tables_read", "publish", "catalog", "jsonld"),
    *(
        "small_release",
        "tables_small",
        "reading_small",
        "project_small",
        "records_small",
        "queries_small",
        "syntax_small",
        "explained_small",
        "remote_small",
        "place_small",
        "command_small",
        "words_small",
        "answers_small",
        "mended_small",
        "release_small",
        "check_small",
        "graph_small",
        "publish_small",
        "hosting_small",
        "changes_small",
        "shape_files",
        "gzip_file",
        "place_command",
        "sentences",
    ),
    *("tables", "described", "groups", "one_pass", "editions", "reports", "page", "changelog"),
)
_SLOW = 1.0  # seconds of processor beyond which a test is not asked
_FLOOR = 10.0  # seconds of processor that a mutant may take at least, before it is said never to end
_CONSTANT = 10.0  # those that tests may take for what is in no function, were nothing changed
_NOTHING = Mutant("nothing", "base/language.py", "", 1, 0, 0, "")
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
    """The package in a copy of the checkout, and the modules of tests that are asked: `tests/test_{name}.py`.

    By default they are those made for the modules that change.
    """

    def __init__(self, root: Path, tests: Sequence[str] | None = None, whole: bool = False) -> None:
        self.whole = whole  # whether what is left is asked of the tests of its module, whatever they take
        self.package = root / "src" / "trophees"
        self.folders = [str(root / name) for name in ("src", "tests", "tools")]
        self.tests = tests
        self.files: list[str] = []
        self.traces = Traces()
        self._passes: dict[str, bool] = {}  # tests that failed with a mutant: whether they pass without one
        self._wanted: dict[str, dict[int, set[int]]] = {}

    def survivors(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """Those that no test notices: first each test is asked where it has passed before, two processes sharing them;
        then, about what is left, in a process that imports the package with the mutant.
        """
        names = self.tests or dict.fromkeys(name for mutant in mutants for name in own.tests(mutant.path))
        self.files = [f"tests/test_{name}.py" for name in names]
        chosen, noticed, files = list(mutants), Shared(len(mutants)), Shared(len(self.files))
        self._wanted = self._places(chosen)
        asking = [partial(self._warm, chosen, files, noticed, backwards) for backwards in (False, True)]
        for traces in in_children(asking):
            self.traces.add(traces)
        for test in self.traces.failed:
            print(f"fails before anything is changed, and is not asked: {test}", flush=True)
        if not self.traces.seconds:
            raise RuntimeError("no test passes in the copy, though nothing is changed")
        tried = Shared(len(mutants))
        in_children([partial(self._cold, chosen, tried, noticed)] * 2)
        if self.whole:
            asked = Shared(len(mutants))
            in_children([partial(self._own, chosen, asked, noticed)] * 2)
        return [mutant for place, mutant in enumerate(chosen) if not noticed[place]]

    def _warm(self, mutants: list[Mutant], files: Shared, noticed: Shared, backwards: bool) -> Traces:
        self._go()
        probes.begin()
        pyoxigraph.Store = OnDisk("Store", (), {})  # type: ignore[misc,assignment]
        self._import({p: probes.probed(self._text(p), self._full(p), lines) for p, lines in self._wanted.items()})
        session = Session(f"{self.package}/", _SLOW, mutants, files, noticed, backwards)
        pytest.main([*self.files, *(o for o in _QUIET if o != "-x")], plugins=[session])
        return session.traces

    def _cold(self, mutants: list[Mutant], tried: Shared, noticed: Shared) -> bool:
        for place in tried.unclaimed(len(mutants)):
            tests = [] if noticed[place] else self._tests(place, mutants[place])
            if tests and (failed := self._first(mutants[place], tests)) and self._passes_unchanged(failed):
                noticed.claim(place)
        return True

    def _tests(self, place: int, mutant: Mutant) -> list[str]:
        """What is asked of a process that imports the package with `mutant`.

        Of what is in no function, which is asked here alone, all that is made for its module: a test may read it.
        """
        near, found = own.files(mutant.path), self.traces.covering(place)
        if _within_a_function(self._text(mutant.path), mutant.line):
            return within(found, self.traces.seconds, near)
        found = list(dict.fromkeys([*found, *self.traces.of(near)]))
        return within(found, self.traces.seconds, near, _CONSTANT)

    def _own(self, mutants: list[Mutant], asked: Shared, noticed: Shared) -> bool:
        """Ask all the tests made for a module about what is left."""
        with copy_of(self.package.parents[1]) as copied:
            tests = Own(copied)
            for place in asked.unclaimed(len(mutants)):
                if not noticed[place] and tests.notice(mutants[place]):
                    noticed.claim(place)
        return True

    def _passes_unchanged(self, test: str) -> bool:
        if test not in self._passes:
            self._passes[test] = not self._first(_NOTHING, [test])
        return self._passes[test]

    def _go(self) -> None:
        """Import the package and the tests from the copy, and keep what hypothesis finds there."""
        assert "trophees" not in sys.modules
        sys.path[:0] = self.folders
        sys.dont_write_bytecode = True
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{self.package}/.hypothesis"

    def _places(self, mutants: list[Mutant]) -> dict[str, dict[int, set[int]]]:
        """By path and line, the places of the mutants that are on it; what is in no function, where the name that it
        defines is used.
        """
        found: dict[str, dict[int, set[int]]] = {}
        for place, mutant in enumerate(mutants):
            found.setdefault(mutant.path, {}).setdefault(mutant.line, set()).add(place)
            if not _within_a_function(self._text(mutant.path), mutant.line):
                for path, lines in self._users(mutant):
                    for line in lines:
                        found.setdefault(path, {}).setdefault(line, set()).add(place)
        return found

    def _users(self, mutant: Mutant) -> Iterator[tuple[str, set[int]]]:
        """The lines of functions, in any module, that use the names which the changed statement defines."""
        defined = _defined(self._text(mutant.path), mutant.line)
        paths = sorted(path for path in self.package.rglob("*.py") if path.name != "__init__.py")
        further = defined
        while further := {n for path in paths for name in further for n in _derived(path).get(name, ())} - defined:
            defined |= further
        for path in paths:
            if lines := {line for name in defined for line in _uses(path).get(name, ())}:
                yield path.relative_to(self.package).as_posix(), lines

    def _full(self, path: str) -> str:
        return str(self.package / path)

    def _text(self, path: str) -> str:
        return (self.package / path).read_text("utf-8")

    def _import(self, codes: Mapping[str, CodeType]) -> None:
        names = {path: "trophees." + path.removesuffix(".py").replace("/", ".") for path in codes}
        assert not any(name.endswith(".__init__") for name in names.values())
        sys.meta_path.insert(0, _Instead({names[path]: (self._full(path), code) for path, code in codes.items()}))

    def _first(self, mutant: Mutant, tests: list[str]) -> str:
        """The first of `tests` that fails, or the last if one never ends; an empty text if all pass."""
        limit = _FLOOR + 4 * sum(self.traces.seconds[test] for test in tests)
        return in_a_child(lambda: self._failed(mutant, tests), limit, otherwise=tests[-1])

    def _failed(self, mutant: Mutant, tests: list[str]) -> str:
        self._go()
        changed = compile(mutant.apply(self._text(mutant.path)), self._full(mutant.path), "exec")
        self._import({mutant.path: changed})
        first = _First()
        passed = pytest.main([*tests, *_QUIET], plugins=[first]) == pytest.ExitCode.OK
        return "" if passed else first.failed or tests[0]


class _First:
    """A plugin of pytest: keeps the first test that fails."""

    failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


class _Instead(MetaPathFinder):
    """Imports modules with another code than that of their files."""

    def __init__(self, codes: Mapping[str, tuple[str, CodeType]]) -> None:
        self._codes = codes

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        if fullname not in self._codes:
            return None
        path, code = self._codes[fullname]
        return spec_from_file_location(fullname, path, loader=_Loader(fullname, path, code))


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, fullname: str, path: str, code: CodeType) -> None:
        super().__init__(fullname, path)
        self._code = code

    def get_code(self, _fullname: str) -> CodeType:
        return self._code


def _within_a_function(text: str, line: int) -> bool:
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    return any(f.body[0].lineno <= line <= (f.end_lineno or 0) for f in functions)


@cache
def _uses(path: Path) -> dict[str, set[int]]:
    """The lines of the functions of a module that mention each name."""
    found: dict[str, set[int]] = {}
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef):
            for node in (n for statement in function.body for n in ast.walk(statement)):
                if name := _name(node):
                    found.setdefault(name, set()).add(node.lineno)  # type: ignore[attr-defined]
    return found


@cache
def _derived(path: Path) -> dict[str, set[str]]:
    """The names that a module, outside of functions, defines by each name."""
    found: dict[str, set[str]] = {}
    for statement in ast.parse(path.read_text("utf-8")).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for name in filter(None, map(_name, ast.walk(statement))):
                found.setdefault(name, set()).update(_targets(statement))
    return found


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _targets(statement: ast.Assign | ast.AnnAssign | ast.AugAssign) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {t.id for target in targets for t in ast.walk(target) if isinstance(t, ast.Name)}


def _defined(text: str, line: int) -> set[str]:
    """The names that the statement of a module, or of a class in it, which holds `line` gives a value to."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.FunctionDef) and (
            node.lineno <= line <= (node.end_lineno or 0)
        ):
            names |= {node.name} if isinstance(node, ast.FunctionDef) else _targets(node)
    return names
