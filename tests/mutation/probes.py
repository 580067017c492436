"""The text of a module whose functions tell which statements run: only those that a sample of mutants asks for."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from types import CodeType

_NAME = "__reached__"
Wanted = Mapping[int, set[int]]  # by line: what is told when the statement on it runs

_reached: set[int] = set()


def begin() -> None:
    """What runs from now on tells this module."""
    setattr(builtins, _NAME, _reached.add)


def taken() -> set[int]:
    """What was reached since the last time that this was asked."""
    found = set(_reached)
    _reached.clear()
    return found


def probed(text: str, path: str, wanted: Wanted) -> CodeType:
    """The module, whose functions tell that they run a line of `wanted`. Lines and names stay those of the text."""
    tree = ast.parse(text)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            _tell(function, wanted)
    return compile(ast.fix_missing_locations(tree), path, "exec")


def _tell(function: ast.FunctionDef | ast.AsyncFunctionDef, wanted: Wanted) -> None:
    for body in list(_bodies(function)):
        body[:] = [told for statement in body for told in (*_probes(statement, wanted), statement)]


def _probes(statement: ast.stmt, wanted: Wanted) -> Iterator[ast.stmt]:
    inner = {line for body in _bodies(statement) for s in body for line in _span(s)}
    for line in [n for n in _span(statement) if n == statement.lineno or n not in inner]:
        for place in sorted(wanted.get(line, ())):
            call = ast.Call(ast.Name(_NAME, ast.Load()), [ast.Constant(place)], [])
            yield ast.copy_location(ast.Expr(call), statement)


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements in `node`, at any depth, but not those of functions and classes in it."""
    for _, value in ast.iter_fields(node):
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield value
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(
                child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr
            ):
                yield from _bodies(child)


def _span(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
