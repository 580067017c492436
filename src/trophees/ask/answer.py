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
from typing import IO

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

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


def ill_formed(body: bytes, form: Format, seconds: float | None = None) -> str:
    """What is wrong with the form of `body`, as `at_fault`."""
    if len(body) <= SMALL:
        return _fault(body.removeprefix(MARK), form)
    try:
        done = subprocess.run(apart(form), input=body, capture_output=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    return told(done.returncode, done.stdout)


def apart(form: Format) -> list[str]:
    """The command that reads standard input in `form`; `told` says what its end means."""
    return [sys.executable, "-P", "-m", "trophees.ask.answer", form.name]


def told(code: int, said: bytes) -> str:
    """What is wrong according to a process that ended with `code` and `said` why; empty if nothing is."""
    return "" if code == 0 else said.decode("utf-8", "replace").strip() or TOO_MUCH


def _fault(body: bytes | IO[bytes], form: Format) -> str:
    try:
        found = parse(body, format=form) if isinstance(form, RdfFormat) else parse_query_results(body, format=form)
        if not isinstance(found, QueryBoolean):
            for _ in found:
                pass
    except MemoryError:
        return TOO_MUCH
    except (SyntaxError, ValueError) as error:
        message = error.msg if isinstance(error, SyntaxError) else error
        return f"is no valid {form.name}: {short(str(message))}"
    return ""


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


def main(form: str) -> int:
    """Read standard input in `form`: 0 if it is well-formed, else 1, having said what is wrong."""
    _confine()
    body = sys.stdin.buffer.read()
    if fault := _fault(body.removeprefix(MARK), FORMATS[form]):
        sys.stdout.buffer.write(fault.encode())
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
