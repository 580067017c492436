"""Whether what was sent is whole and well-formed, found out where it can do no harm: in a process that can be ended.

A few kilobytes keep a parser busy for minutes, or end its process: deep nesting, a great many variables, contexts in
contexts. No list of such forms is ever complete, so what is larger than that is read by another process first, which
has a limit of time and of memory.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

from trophees.base.errors import harmless

Format = QueryResultsFormat | RdfFormat
FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        *(QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.TSV),
        *(RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.N3),
        *(RdfFormat.RDF_XML, RdfFormat.JSON_LD),
    )
}
SMALL = 4096  # bytes that no parser takes long to read, whatever they are
MARK = b"\xef\xbb\xbf"  # that a text is UTF-8; some parsers take it for a part of it
ENTITIES = "declares XML entities, which are not expanded"
TOO_MUCH = "cannot be read: it is nested too deeply, or needs too much memory"
TOO_DEEP = "cannot be read: it is nested too deeply"
TOO_LONG = "cannot be read in {:.0f} seconds: make it smaller, or less nested"
_QUERY = "SPARQL"  # instead of a format: what is read is a query
_PATIENCE = 5.0  # seconds for a query of one’s own, and for a file, to which its size adds
_RATE = 1 << 20  # bytes a second that the slowest parser reads at least
_LEVELS = 1000  # elements in one another: parsers of RDF/XML take a time that grows with the square of it
_MEMORY = 4 << 30  # bytes of the other process
_TAIL = 1000
# parsers take what stops between two tags for the whole
_END = {
    QueryResultsFormat.JSON: re.compile(rb"\}\s*\Z"),
    QueryResultsFormat.XML: re.compile(rb"</([\w.-]+:)?sparql\s*>(\s|<!--.*?-->)*\Z", re.DOTALL),
    QueryResultsFormat.TSV: re.compile(rb"\n\Z|\A(true|false)\Z"),
    RdfFormat.RDF_XML: re.compile(
        rb"(</([\w.-]+:)?RDF\s*>|\A[^<]*(<\?[^>]*>\s*)?<[^<>]*/>)(\s|<!--.*?-->)*\Z", re.DOTALL
    ),
}


def suspect(body: bytes, form: Format) -> str:
    """What is wrong with an answer in `form` at first sight, after “the answer”; empty if it is to be read."""
    end = _END.get(form)
    if end and not end.search(body[-_TAIL:]):
        return f"is cut off after {len(body)} bytes"
    return entities(body, form)


def entities(body: bytes, form: Format) -> str:
    """That a document declares entities, a few of which make gigabytes; empty if it is no XML, or declares none."""
    return ENTITIES if form == RdfFormat.RDF_XML and b"<!ENTITY" in body else ""


def at_fault(body: bytes, form: Format, seconds: float | None = None) -> str:
    """What is wrong with an answer in `form`, after “the answer”; empty if it is whole and well-formed.

    TimeoutError if that is not known after `seconds`.
    """
    return suspect(body, form) or ill_formed(body, form, seconds)


def ill_formed(body: bytes, form: Format, seconds: float | None = None, *, lenient: bool = False) -> str:
    """What is wrong with the form of `body`, as `at_fault`. To be `lenient` is not to look at the terms of RDF."""
    if len(body) <= SMALL:
        return _fault(body.removeprefix(MARK), form, lenient)
    try:
        done = subprocess.run(
            apart(form, lenient=lenient), input=body, capture_output=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    return told(done.returncode, done.stdout)


def unreadable(body: bytes, form: Format) -> str:
    """Why no parser should try `body`, a file in `form`: what it says cannot be had in a reasonable time; else empty.

    What is merely ill-formed is for the parser to tell, with its line.
    """
    fault = entities(body, form)
    if not fault and form == RdfFormat.RDF_XML and _levels(body) > _LEVELS:
        fault = TOO_DEEP
    if not fault and (form == RdfFormat.JSON_LD or b"<<" in body):  # nested deeply, these end the process that reads
        seconds = _PATIENCE + len(body) / _RATE
        try:
            fault = ill_formed(body, form, seconds, lenient=True)
        except TimeoutError:
            fault = TOO_LONG.format(seconds)
    return fault if fault.startswith((ENTITIES, TOO_DEEP, TOO_LONG.partition("{")[0])) else ""


def _levels(body: bytes) -> int:
    """How many elements of the XML `body` stand in one another at its deepest place; of what is well-formed in it."""
    from xml.parsers.expat import ExpatError, ParserCreate

    deepest = open_ = 0

    def begin(*_: object) -> None:
        nonlocal deepest, open_
        open_ += 1
        deepest = max(deepest, open_)

    def end(_: str) -> None:
        nonlocal open_
        open_ -= 1

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        for start in range(0, len(body), _RATE):
            parser.Parse(body[start : start + _RATE])
            if deepest > _LEVELS:
                break
    except (ExpatError, ValueError):
        pass
    return deepest


def unaskable(query: str) -> str:
    """Why the engine should not try a `query`: it would not come to an end, or end the process; else empty.

    What is no SPARQL is for the engine to tell, with its place.
    """
    body = query.encode("utf-8", "replace")
    try:
        done = subprocess.run(_reading(_QUERY), input=body, capture_output=True, check=False, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        return TOO_LONG.format(_PATIENCE)
    return TOO_MUCH if told(done.returncode, done.stdout) == TOO_MUCH else ""


def apart(form: Format, *, lenient: bool = False) -> list[str]:
    """The command that reads standard input in `form`; `told` says what its end means."""
    return [*_reading(form.name), *(["lenient"] if lenient else [])]


def _reading(form: str) -> list[str]:
    return [sys.executable, "-P", "-m", "trophees.ask.answer", form]


def told(code: int, said: bytes) -> str:
    """What is wrong according to a process that ended with `code` and `said` why; empty if nothing is."""
    return "" if code == 0 else said.decode("utf-8", "replace").strip() or TOO_MUCH


def _fault(body: bytes | IO[bytes], form: Format, lenient: bool = False) -> str:
    try:
        found = (
            parse(body, format=form, lenient=lenient)
            if isinstance(form, RdfFormat)
            else parse_query_results(body, format=form)
        )
        if not isinstance(found, QueryBoolean):
            for _ in found:
                pass
    except MemoryError:
        return TOO_MUCH
    except (SyntaxError, ValueError) as error:
        message = error.msg if isinstance(error, SyntaxError) else error
        return f"is no valid {form.name}: {short(str(message))}"
    return ""


def _plan(query: str) -> None:
    with suppress(SyntaxError, ValueError, OSError, RuntimeError):
        Store().query(query)


def short(text: str, longest: int = 240) -> str:
    """`text` on one line of at most `longest` characters."""
    line = " ".join(harmless(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _confine() -> None:
    """Leave this process no core, and the memory that any answer needs."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limit: Callable[[int, tuple[int, int]], None] = resource.setrlimit
    limit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        limit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main(form: str, lenient: bool = False) -> int:
    """Read standard input in `form`: 0 if it is well-formed, or a query, else 1, having said what is wrong."""
    _confine()
    body = sys.stdin.buffer.read()
    if form == _QUERY:
        _plan(body.decode())
        return 0
    if fault := _fault(body.removeprefix(MARK), FORMATS[form], lenient):
        sys.stdout.buffer.write(fault.encode())
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "lenient" in sys.argv[2:]))
