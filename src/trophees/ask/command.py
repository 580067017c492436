"""`trophees query`: from the words of the command line to its answer. Whoever asks waits for it: it imports little."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trophees.ask import results
from trophees.ask.engine import Embedded
from trophees.ask.question import Question, decode, fill, find
from trophees.base.context import Context
from trophees.base.errors import UserError, brief
from trophees.graph import published

if TYPE_CHECKING:
    from trophees.ask.repository import Repository


def ask(
    query: str,
    params: Sequence[str] = (),
    data: Sequence[Path] = (),
    only_data: bool = False,
    form: str | None = None,
    output: Path | None = None,
    endpoint: str | None = None,
    timeout: float | None = None,
    explain: bool = False,
) -> None:
    """Write the answer of `query` (text, file, `-` or name in the cookbook) to `output`, or to standard output.

    It is asked of the SPARQL endpoint at the address `endpoint`, if there is one, for `timeout` seconds at most. What
    in the query never matches is said on standard error if the answer is empty, or if it is to `explain`.

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
        raise UserError(f"unknown format “{brief(form)}” ({', '.join(results.FORMATS)})")
    if endpoint is not None and (data or only_data):
        raise UserError("--endpoint asks a graph elsewhere: --data and --only-data are for the one of this package")
    if timeout is not None and endpoint is None:
        raise UserError("--timeout is for --endpoint")
    if only_data and not data:
        raise UserError("--only-data needs at least one --data FILE")
    context = Context(published.path("context.jsonld").read_text("utf-8"))
    question = _question(query, params, context)
    repository = _elsewhere(endpoint, timeout, context) if endpoint else _here(data, only_data, context)
    result = repository.ask(question)
    form = form or results.default(result, terminal=to_terminal)
    answer = results.render(result, form, context, _columns() if to_terminal else 0)
    if output:
        try:
            output.write_bytes(answer)
        except OSError as error:
            raise UserError(f"{output}: cannot be written ({error.strerror})") from None
    else:
        sys.stdout.buffer.write(results.for_terminal(answer) if to_terminal else answer)
    empty = results.is_empty(result, form, answer)
    if explain or empty:
        names = None if endpoint is None else _here((), False, context)
        _explain(question, repository, context, names, empty)


def _explain(
    question: Question, repository: Repository, context: Context, names: Repository | None, empty: bool
) -> None:
    """Say on standard error what in `question` never matches, in the language of the environment."""
    from trophees.ask.explain.notes import notes
    from trophees.base.language import locale

    if sys.stdout is not None:
        sys.stdout.flush()
    for note in notes(question, repository, context.prefixes, names, empty=empty):
        print(f"trophees: {note.sentence(locale())}\n{note.shown}", file=sys.stderr, flush=True)


def _here(data: Sequence[Path], only_data: bool, context: Context) -> Repository:
    graph = None if only_data else published.path(published.GRAPH)
    return Embedded.opened(graph, data, context.prefixes)


def _elsewhere(url: str, timeout: float | None, context: Context) -> Repository:
    from trophees.ask.endpoint import SECONDS, Remote

    return Remote(url, context.prefixes, SECONDS if timeout is None else timeout)


def _question(question: str, params: Sequence[str], context: Context) -> Question:
    given = dict(_pair(p) for p in params)
    if question != "-":
        return find(question, given, context)
    if sys.stdin is None:
        raise UserError("standard input is closed: give the query or its file")
    return fill(Question("<stdin>", decode(sys.stdin.buffer.read(), "<stdin>")), given, context)


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise UserError(f"-p {brief(text)}: write NAME=VALUE")
    return name, value
