"""`trophees query`: from the words of the command line to its answer. Whoever asks waits for it: it imports little."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Variable

from trophees import published, results
from trophees.context import Context
from trophees.engine import load, run
from trophees.problem import UserError


def ask(
    query: str,
    params: Sequence[str] = (),
    data: Sequence[Path] = (),
    only_data: bool = False,
    form: str | None = None,
    output: Path | None = None,
) -> None:
    """Write the answer of `query` (text, file, `-` or name in the cookbook) to `output`, or to standard output.

    UserError if it cannot be answered; nothing is written then.
    """
    if output is None and sys.stdout is None:
        raise UserError("standard output is closed: give -o FILE")
    to_terminal = output is None and sys.stdout.isatty()
    if form is None and output is not None:
        form = output.suffix.removeprefix(".")
        if not form:
            raise UserError(f"{output}: no extension to tell the format by: give one, or --format")
    if form is not None and form not in results.FORMATS:
        raise UserError(f"unknown format “{form}” ({', '.join(results.FORMATS)})")
    if only_data and not data:
        raise UserError("--only-data needs at least one --data FILE")
    context = Context(published.path("context.jsonld").read_text("utf-8"))
    name, text, substitutions = _query(query, params, context)
    store = load(None if only_data else published.path(published.GRAPH), data)
    result = run(store, text, context.prefixes, substitutions, name)
    form = form or results.default(result, terminal=to_terminal)
    answer = results.render(result, form, context, _columns() if to_terminal else 0)
    if output:
        try:
            output.write_bytes(answer)
        except OSError as error:
            raise UserError(f"{output}: cannot be written ({error.strerror})") from None
    else:
        sys.stdout.buffer.write(results.for_terminal(answer) if to_terminal else answer)


def _query(
    text: str, params: Sequence[str], context: Context
) -> tuple[str, str, Mapping[Variable, NamedNode | Literal] | None]:
    """Where the query comes from, for messages; its text; its substitutions."""
    given = dict(_pair(p) for p in params)
    content: str | None
    if text == "-":
        if sys.stdin is None:
            raise UserError("standard input is closed: give the query or its file")
        name, content = "<stdin>", _decode(sys.stdin.buffer.read(), "<stdin>")
    elif "{" in text or (any(c in text for c in " \n") and not text.endswith((".rq", ".sparql"))):
        name, content = "query", text
    elif text.endswith((".rq", ".sparql")) or "/" in text or os.sep in text:
        name = text
        try:
            content = _decode(Path(text).read_bytes(), text)
        except OSError as error:
            raise UserError(f"{text}: cannot be read ({error.strerror})") from None
    else:
        name, content = text, None
    if content is not None and not given and "#+ param" not in content:
        return name, content, None
    from trophees import cookbook

    try:
        entry = cookbook.get(name) if content is None else cookbook.load(content, name)
        return name, entry.text, cookbook.substitutions(entry, given, context)
    except ValueError:  # a query without our head comments: any of its variables may be given
        return name, content or "", {Variable(k): cookbook.term(v, context) for k, v in given.items()}


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise UserError(f"-p {text}: write NAME=VALUE")
    return name, value


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{name}:{line}: not UTF-8") from None
