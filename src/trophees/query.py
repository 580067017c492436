"""SPARQL over the published graph and the user's own RDF, in the embedded engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

from trophees.problem import UserError

Result = QuerySolutions | QueryBoolean | QueryTriples


def load(graph: Path | None, data: Iterable[Path] = ()) -> Store:
    """A store with the published `graph` (TriG), unless None, and the RDF files `data`.

    Each of `data` that has no named graphs goes into a graph named by the file's own IRI. UserError, with the line
    where there is one, if a file cannot be read.
    """
    store = Store()
    if graph is not None:
        store.bulk_load(path=str(graph), format=RdfFormat.TRIG)
    for file in data:
        form = RdfFormat.from_extension(file.suffix.removeprefix("."))
        if form is None:
            raise UserError(f"{file}: unknown format “{file.suffix}” (ttl, nt, nq, trig, jsonld, rdf or n3)")
        name = None if form.supports_datasets else NamedNode(file.resolve().as_uri())
        try:
            store.bulk_load(path=str(file), format=form, to_graph=name, base_iri=file.resolve().as_uri())
        except (OSError, SyntaxError, ValueError) as error:
            raise UserError(f"{file}: {_sentence(error)}") from None
    return store


def run(
    store: Store,
    text: str,
    prefixes: Mapping[str, str],
    substitutions: Mapping[Variable, NamedNode | Literal] | None = None,
    name: str = "query",
) -> Result:
    """The result of the query `text` over the union of the graphs; `prefixes` need no declaration.

    UserError, with the line and column in `name`, if it is not SPARQL; nothing outside the store is ever read.
    """
    try:
        return store.query(
            text,
            prefixes=dict(prefixes),
            use_default_graph_as_union=True,
            substitutions=dict(substitutions) if substitutions else None,
        )
    except (SyntaxError, ValueError, OSError) as error:
        raise UserError(f"{name}: {_sentence(error)}") from None


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read ({error.strerror})"
    return " ".join(str(error).split())
