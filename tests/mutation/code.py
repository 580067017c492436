"""Python modules with one small change: of a comparison, a condition, a constant, a pattern, a result, an argument…"""

from __future__ import annotations

import ast
import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mutation.patterns import variants

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_TWINS = {"min": "max", "max": "min", "any": "all", "all": "any", "setdefault": "get", "removeprefix": "removesuffix"}
_TWINS |= {"partition": "rpartition", "rpartition": "partition", "lstrip": "rstrip", "rstrip": "lstrip"}
_PATTERNS = {"compile", "search", "match", "fullmatch", "sub", "findall", "split"}  # of the module re


@dataclass(frozen=True)
class Mutant:
    """The text of the module at `path` (relative to `src/trophees`) between two offsets becomes `new`.

    `line` is where it begins; `inside` is the function that holds it, or an empty text.
    """

    name: str
    path: str
    inside: str
    line: int
    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        """The changed module."""
        return text[: self.start] + self.new + text[self.end :]


def mutants(root: Path, rooms: tuple[str, ...]) -> list[Mutant]:
    """The mutants of the modules in `rooms` of the package at `root`, by name."""
    paths = sorted(path for room in rooms for path in (root / room).rglob("*.py"))
    return [mutant for path in paths for mutant in _Module(path.read_text("utf-8"), path.relative_to(root).as_posix())]


class _Module:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.lines = text.splitlines()
        self.names: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Mutant]:
        tree = ast.parse(self.text)
        for node, inside in _nodes(tree, ""):
            for new, shown in _changes(node):
                start = self.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]
                end = self.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
                name = f"{self.path} {inside or 'module'}: {shown}"
                self.names[name] += 1
                if self.names[name] > 1:
                    name += f" ({self.names[name]})"
                yield Mutant(name, self.path, inside, node.lineno, start, end, new)  # type: ignore[attr-defined]

    def offset(self, line: int, column: int) -> int:
        """The offset in characters of a place that `ast` gives in bytes of UTF-8."""
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())


def _nodes(node: ast.AST, inside: str) -> Iterator[tuple[ast.AST, str]]:
    """What may be changed in `node`: not annotations, documentation, assertions, imports, nor parts of f-strings."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_comment"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(
                child, ast.Assert | ast.Import | ast.ImportFrom | ast.JoinedStr | ast.expr_context
            ):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                yield from _nodes(child, f"{inside}.{child.name}".lstrip("."))
                continue
            yield child, inside
            yield from _nodes(child, inside)


def _changes(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What may stand in the place of `node`, each with a short account of the change."""
    old = " ".join(ast.unparse(node).split())[:70] if isinstance(node, ast.expr | ast.stmt) else ""
    for new, done in _rewritten(node):
        yield new, f"{old} {done or '→ ' + ' '.join(new.split())[:70]}"


def _rewritten(node: ast.AST) -> Iterator[tuple[str, str]]:
    match node:
        case ast.Compare(left, [op], [right]):
            for other in _COMPARED[type(op)]:
                new = f"({ast.unparse(ast.Compare(left, [other()], [right]))})"
                yield new, f"with {other.__name__}"
        case ast.BoolOp(op, values):
            for i in range(len(values)):
                rest = values[:i] + values[i + 1 :]
                yield f"({ast.unparse(rest[0] if len(rest) == 1 else ast.BoolOp(op, rest))})", f"without part {i + 1}"
            swapped = ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield f"({ast.unparse(swapped)})", "with and, or exchanged"
        case ast.UnaryOp(ast.Not(), operand):
            yield f"({ast.unparse(operand)})", "not negated"
        case ast.IfExp(_, body, orelse):
            yield f"({ast.unparse(body)})", "always"
            yield f"({ast.unparse(orelse)})", "never"
        case ast.BinOp(left, op, right) if type(op) in _COMPUTED:
            yield f"({ast.unparse(ast.BinOp(left, _COMPUTED[type(op)](), right))})", ""
        case ast.Constant(bool(value)):
            yield str(not value), ""
        case ast.Constant(int(value)):
            yield f"({value + 1})", ""
            if value > 1:
                yield str(value - 1), ""
        case ast.Constant(str(value)) if value and " " not in value:
            yield repr(("x" if _is_codec(value) else "·") + value), ""
        case ast.Call(func, args, keywords):
            yield from _called(func, args, keywords)
        case ast.Set(values) | ast.Tuple(values, ast.Load()) | ast.List(values, ast.Load()) if len(values) > 1:
            for i, value in enumerate(values):
                if not isinstance(value, ast.Starred) or len(values) > 2:
                    rest = values[:i] + values[i + 1 :]
                    kept = {ast.Set: ast.Set(rest), ast.List: ast.List(rest)}.get(type(node), ast.Tuple(rest))
                    yield _text(kept), f"without {ast.unparse(value)[:40]}"
        case ast.Return(value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None", ""
        case ast.Raise() | ast.Continue() | ast.Break() | ast.AugAssign():
            yield "pass", ""
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield "pass", ""
        case ast.comprehension(_, _, [_, *_]):
            pass  # its conditions are expressions of their own


def _is_codec(name: str) -> bool:
    """Whether Python knows a codec of this name; it would take `·utf-8` for the same."""
    try:
        return bool(codecs.lookup(name))
    except (LookupError, ValueError):
        return False


def _called(func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]) -> Iterator[tuple[str, str]]:
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    if name in _TWINS and isinstance(func, ast.Attribute):
        yield (
            _text(ast.Call(ast.Attribute(func.value, _TWINS[name], ast.Load()), args, keywords)),
            f"with {_TWINS[name]}",
        )
    elif name in _TWINS:
        yield _text(ast.Call(ast.Name(_TWINS[name], ast.Load()), args, keywords)), f"with {_TWINS[name]}"
    of_re = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "re"
    if of_re and name in _PATTERNS and isinstance(args[0], ast.Constant) and isinstance(args[0].value, str):
        for done, pattern in variants(args[0].value):
            yield _text(ast.Call(func, [ast.Constant(pattern), *args[1:]], keywords)), f"pattern {done}"
    if (
        len(args) == 2
        and not any(isinstance(arg, ast.Starred) for arg in args)
        and name not in ("isinstance", "getattr")
        and not (name in ("min", "max") and not keywords)  # which are the same of two, whichever comes first
    ):
        yield _text(ast.Call(func, [args[1], args[0]], keywords)), "with arguments exchanged"
    for i, keyword in enumerate(keywords):
        if keyword.arg in ("key", "default", "reverse", "count", "vocab", "language", "datatype", "flags"):
            yield _text(ast.Call(func, args, keywords[:i] + keywords[i + 1 :])), f"without {keyword.arg}"


def _text(node: ast.expr) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(node))})"
