"""`trophees query` and `show`: from the words of the command line to an answer. Who asks waits: it imports little."""

from __future__ import annotations

import sys

from pyoxigraph import QuerySolutions, QueryTriples

from trophees.ask import results
from trophees.ask.engine import Embedded, Published
from trophees.ask.question import Question, decode, fill, find
from trophees.base.context import Context
from trophees.base.errors import UserError, brief
from trophees.graph import published

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import NamedNode

    from trophees.ask.cookbook import Meant
    from trophees.ask.engine import Result
    from trophees.ask.repository import Repository
    from trophees.base.language import Language


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
    strict: bool = False,
    compact: bool = False,
    labels: bool = False,
    lang: Language | None = None,
    places: bool = False,
) -> None:
    """Write the answer of `query` (text, file, `-` or name in the cookbook) to `output`, or to standard output.

    It is asked of the SPARQL endpoint at the address `endpoint`, if there is one, for `timeout` seconds at most. What
    in the query never matches is said on standard error if the answer, or a column of it, is empty, or if it is to
    `explain`; so is what was odd in `data`, or in the answer of the endpoint, unless it is `strict`: then that is a
    UserError.
    Rows are `compact`, and have `labels`, as `shape.shaped` makes them. With `lang` the graph is as it is in that
    language, in which labels and messages are, too: else they are in that of the environment. With `places` the
    reference of places is asked, too.

    What is said comes after the answer on a terminal, before it where that is piped.

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
    if endpoint is not None and (data or only_data or places):
        what = "--data, --only-data and --places are for the one of this package"
        raise UserError(f"--endpoint asks a graph elsewhere: {what}")
    if timeout is not None and endpoint is None:
        raise UserError("--timeout is for --endpoint")
    if lang and endpoint is not None:
        raise UserError(
            "--lang is for a graph that is here: an endpoint of “trophees serve” takes ?lang= in its address"
        )
    if only_data and not (data or places):
        raise UserError("--only-data needs at least one --data FILE")
    here = None if endpoint or data or places else Published()
    context = here.context if here else Context(published.text(published.CONTEXT))
    graph = here or _repository(endpoint, timeout, data, only_data, context, strict, places)
    if lang:
        graph = _in_language(graph, lang, context)

    def meant(name: str, text: str, space: str) -> NamedNode:
        """What `text` means in the graph that is asked, or, if that is elsewhere, in the published one."""
        from trophees.ask.meaning import one

        where = Published() if endpoint is not None else graph
        if isinstance(where, Published):
            return where.answer(lambda known: one(known, text, space, context, name))
        return one(where, text, space, context, name)

    question = _question(query, params, context, meant, lang)

    untyped = False

    def answered(repository: Repository) -> tuple[bytes, bool, dict[str, str]]:
        nonlocal untyped
        hollow: dict[str, str] = {}
        result = repository.ask(question)
        chosen = form or results.default(result, terminal=to_terminal)
        if compact or labels:
            result = _shaped(result, repository, context, compact, (lang or _locale()) if labels else None)
        untyped = chosen in ("csv", "md", "table")
        written = results.render(result, chosen, context, _columns() if to_terminal else 0, hollow)
        return written, results.is_empty(result, chosen, written), hollow

    def tell() -> None:
        if not isinstance(graph, Published) and (odd := graph.said + ([] if untyped else graph.as_text)):
            for said in odd:
                print(f"trophees: {said[lang or _locale()]}", file=sys.stderr, flush=True)
        if explain or empty or hollow:
            _explain(question, graph, context, endpoint is not None, empty, hollow, lang or _locale())

    answer, empty, hollow = graph.answer(answered) if isinstance(graph, Published) else answered(graph)
    before = output is None and not to_terminal and endpoint is None  # whoever reads both as one has the rows last
    if before:
        tell()
    if output:
        try:
            output.write_bytes(answer)
        except OSError as error:
            raise UserError(f"{output}: cannot be written ({error.strerror})") from None
    else:
        sys.stdout.buffer.write(results.for_terminal(answer) if to_terminal else answer)
        sys.stdout.flush()
    if not before:
        tell()


def _locale() -> Language:
    from trophees.base.language import locale

    return locale()


def _in_language(graph: Published | Repository, language: Language, context: Context) -> Embedded:
    from trophees.ask.one_language import view

    if isinstance(graph, Published):  # parsed, as all of it is read, which takes longer of a snapshot
        graph = Embedded(published.store(published.file(published.GRAPH)), context.prefixes)
    assert isinstance(graph, Embedded)  # what is elsewhere was refused
    return view(graph, language)


def _shaped(result: Result, graph: Repository, context: Context, compact: bool, labels: Language | None) -> Result:
    if isinstance(result, QueryTriples | list):
        raise UserError("--compact and --labels are for rows: CONSTRUCT and DESCRIBE give RDF")
    if not isinstance(result, QuerySolutions):
        return result
    from trophees.ask.shape import shaped

    return shaped(result, graph, context, compact, labels)


def _explain(
    question: Question,
    graph: Published | Repository,
    context: Context,
    elsewhere: bool,
    empty: bool,
    hollow: Mapping[str, str],
    language: Language,
) -> None:
    """Say on standard error, in `language`, what in `question` never matches, and which columns are `hollow`."""
    from trophees.ask.explain.notes import Note, notes

    names = Embedded.opened(published.file(published.GRAPH), (), context.prefixes) if elsewhere else None

    def noted(repository: Repository) -> list[Note]:
        return list(notes(question, repository, repository.prefixes, names, empty=empty, hollow=hollow))

    for note in graph.answer(noted) if isinstance(graph, Published) else noted(graph):
        print(f"trophees: {note.sentence(language)}\n{note.shown}", file=sys.stderr, flush=True)


def show(
    name: str, language: Language | None = None, endpoint: str | None = None, timeout: float | None = None
) -> None:
    """Write the thing called `name` with its evidence to standard output, in `language`, or in that of the environment.

    It is looked up at the SPARQL endpoint at the address `endpoint`, if there is one, for `timeout` seconds an answer.
    UserError if there is none, or a part of an answer; nothing is written then.
    """
    from trophees.ask import show
    from trophees.base.language import locale

    if timeout is not None and endpoint is None:
        raise UserError("--timeout is for --endpoint")
    here = Published()

    def shown(graph: Repository) -> tuple[str, list[str]]:
        node = show.find(graph, name, here.context)
        others = show.also(graph, name, node, here.context)
        return show.show(graph, node, here.context, language or locale()), others

    if sys.stdout is None:
        raise UserError("standard output is closed")
    if endpoint is None:
        text, others = here.answer(shown)
    else:
        from trophees.ask.ahead import Ahead

        there = Ahead(_repository(endpoint, timeout, (), False, here.context, True, False))
        there.note(show.namesakes(name, here.context))  # which are asked for one by one
        text, others = shown(there)
    if others:
        said = "« {} » est aussi {}" if (language or locale()) == "fr" else "“{}” is also {}"
        print(f"trophees: {said.format(name, ', '.join(others))}", file=sys.stderr, flush=True)
    if sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        sys.stdout.buffer.write(text.encode())


def _repository(
    url: str | None,
    timeout: float | None,
    data: Sequence[Path],
    only_data: bool,
    context: Context,
    strict: bool,
    places: bool,
) -> Repository:
    """What is asked instead of the published graph alone: an endpoint, the user's own `data`, the `places`."""
    if url is None:
        graph = None if only_data else published.file(published.GRAPH)
        return Embedded.opened(graph, data, context.prefixes, strict=strict, places=places)
    from trophees.ask.endpoint import SECONDS, Remote

    return Remote(url, context.prefixes, SECONDS if timeout is None else timeout, strict=strict)


def _question(
    question: str, params: Sequence[str], context: Context, meant: Meant, language: Language | None
) -> Question:
    given = dict(_pair(p) for p in params)
    if question != "-":
        return find(question, given, context, meant, language)
    if sys.stdin is None:
        raise UserError("standard input is closed: give the query or its file")
    return fill(Question("<stdin>", decode(sys.stdin.buffer.read(), "<stdin>")), given, context, meant)


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise UserError(f"-p {brief(text)}: write NAME=VALUE")
    return name, value
