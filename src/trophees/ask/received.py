"""What another endpoint answered, found well-formed and read. A term that is none costs at most itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse_query_results

from trophees.ask.answer import MARK, ill_formed, suspect
from trophees.base.errors import UserError
from trophees.graph import published
from trophees.reading.document import ready
from trophees.reading.odd import Odd, parsed
from trophees.reading.odd_rows import mended


@dataclass(frozen=True)
class Received:
    """An answer; what counts its rows or triples; and the terms in it that are none."""

    result: QuerySolutions | QueryBoolean | list[Triple]
    size: Callable[[], int]
    odd: Odd


def read(body: bytes, form: QueryResultsFormat | RdfFormat, until: float, *, strict: bool) -> Received:
    """The answer `body` in `form`, read before the moment `until`. UserError, after “the answer”, if it cannot be.

    Nothing of it is given unless all of it is well-formed; in RDF an odd term is a mistake if `strict`.
    """
    if isinstance(form, RdfFormat):
        return _triples(body, form, until, strict)
    return _rows(body, form, until)


def _rows(body: bytes, form: QueryResultsFormat, until: float) -> Received:
    body, odd = body.removeprefix(MARK), Odd()
    if form == QueryResultsFormat.XML:
        from trophees.reading import xml_rows

        body = xml_rows.ready(body, "the answer")
    fault = _fault(body, form, until)
    if fault.startswith("is no valid"):
        kept = mended(body, form, odd)
        if kept != body and not _fault(kept, form, until):
            body, fault = kept, ""
    if fault:
        raise UserError(f"the answer {fault}")

    def size() -> int:
        rows = parse_query_results(body, format=form)
        return 1 if isinstance(rows, QueryBoolean) else sum(1 for _ in rows)

    return Received(parse_query_results(body, format=form), size, odd)


def _triples(body: bytes, form: RdfFormat, until: float, strict: bool) -> Received:
    odd = Odd()
    if not (fault := suspect(body, form)):
        body = ready(body, form, "the answer", None, lambda: published.text(published.CONTEXT))
        fault = _fault(body, form, until)
        if fault.startswith("is no valid") and not strict:
            fault = fault if _fault(_tagged(body, form), form, until, lenient=True) else ""
    if fault:
        raise UserError(f"the answer {fault}")
    found = [quad.triple for quad in parsed(body, form, None, odd)]
    return Received(found, lambda: len(found), odd)


def _tagged(body: bytes, form: RdfFormat) -> bytes:
    """`body` with the language tags that it may have; of a format that has them in quotes, `body` itself."""
    if form in (RdfFormat.RDF_XML, RdfFormat.JSON_LD):
        return body
    return Odd().languages(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _fault(body: bytes, form: QueryResultsFormat | RdfFormat, until: float, *, lenient: bool = False) -> str:
    """What is wrong with `body`, found out in half of the time that is left, as it is read again."""
    try:
        seconds = max(until - time.monotonic(), 0) / 2
        return suspect(body, form) or ill_formed(body, form, seconds, lenient=lenient)
    except TimeoutError:
        raise UserError("the answer cannot be read in time: it can be given more (timeout)") from None
