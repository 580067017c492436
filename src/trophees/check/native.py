"""The SHACL engine in Rust (shacl-rust) as it is: shapes and data as N-Triples in, what it says of each result out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any, cast

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from trophees.base.errors import UserError
from trophees.base.rdflib_terms import Term

Result = dict[str, Any]


class GaveUpError(Exception):
    """The engine met what it did not foresee, and has no answer."""


def results(data: Iterable[Triple], shapes: bytes) -> list[Result]:
    """What `data` breaks of `shapes` in N-Triples. UserError if there is no engine, GaveUpError if it panics."""
    run = engine()
    try:
        told = run(
            BytesIO(ntriples(data)), BytesIO(shapes), data_format="nt", shapes_format="nt", experimental_index=True
        )
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust; it has no module to be imported from
            raise
        raise GaveUpError from None
    return cast(list[Result], told["results"])


def engine() -> Callable[..., Any]:
    """The function that validates. UserError if the engine is not installed."""
    try:
        from shacl_rust import validate_file
    except ImportError:
        raise UserError("--engine fast: pip install 'trophees[fast]', or leave it to --engine pyshacl") from None
    return cast(Callable[..., Any], validate_file)


def ntriples(triples: Iterable[Triple]) -> bytes:
    """Triples as the engine reads them."""
    return cast(bytes, serialize(triples, format=RdfFormat.N_TRIPLES))


@lru_cache(maxsize=4096)
def term(text: str) -> Term:
    """A term as the engine writes it, in N-Triples."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    [t] = parse(f"<urn:s> <urn:p> {text} .".encode(), format=RdfFormat.N_TRIPLES)
    return cast(Term, t.object)
