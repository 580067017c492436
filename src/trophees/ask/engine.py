"""SPARQL over the published graph and the user's own RDF, in the embedded engine."""

from __future__ import annotations

import re
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
    Triple,
    Variable,
)

from trophees.ask.text import bound, calls, keywords
from trophees.base.errors import UserError
from trophees.graph import published

Result = QuerySolutions | QueryBoolean | QueryTriples | list[Triple]  # triples of an endpoint are a list


def load(graph: Path | None, data: Iterable[Path] = ()) -> Store:
    """A store with the published `graph` (TriG), unless None, and the RDF files `data`.

    Each of `data` that has no named graphs goes into a graph named by the file's own IRI. UserError, with the line
    where there is one, if a file cannot be read.
    """
    store = Store()
    if graph is not None:
        store = published.store(graph)
    for file in data:
        form = RdfFormat.from_extension(file.suffix.removeprefix("."))
        if form is None:
            raise UserError(f"{file}: unknown format “{file.suffix}” (ttl, nt, nq, trig, jsonld, rdf or n3)")
        try:
            _add(store, file, form)
        except SyntaxError as error:
            line = f":{error.lineno}" if error.lineno else ""
            raise UserError(f"{file}{line}: {_sentence(error)}") from None
        except MemoryError:
            raise UserError(f"{file}: is larger, or has a larger part, than can be read") from None
        except (OSError, ValueError) as error:
            raise UserError(f"{file}: {_sentence(error)}") from None
    return store


def _add(store: Store, file: Path, form: RdfFormat) -> None:
    from trophees.ask import answer

    data = file.read_bytes()
    fault = answer.entities(data, form)
    if not fault and (form == RdfFormat.JSON_LD or b"<<" in data):  # nested deeply, these end the process that reads
        fault = answer.ill_formed(data, form)
    if fault.endswith((answer.ENTITIES, answer.TOO_MUCH)):
        raise ValueError(fault)
    address = file.resolve().as_uri()
    name = None if form.supports_datasets else NamedNode(address)
    store.bulk_load(data.removeprefix(answer.MARK), format=form, to_graph=name, base_iri=address)


def run(
    store: Store,
    text: str,
    prefixes: Mapping[str, str],
    values: Mapping[Variable, NamedNode | Literal] | None = None,
    name: str = "query",
) -> Result:
    """The result of the query `text` over the union of the graphs; `prefixes` need no declaration.

    `values` of variables are written into it, as for an endpoint. A query that names its graphs (FROM) is asked of
    these only. UserError, with the line and column in `name`, if it is not SPARQL; nothing outside the store is ever
    read.
    """
    try:
        asked = bound(text, values or {})
        if calls(asked):
            raise UserError(f"{name}: SERVICE is not available: a query reads this graph and the --data files only")
        return store.query(
            asked,
            prefixes=dict(prefixes),
            use_default_graph_as_union=not names_graphs(keywords(asked)),
        )
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        if values and isinstance(error, SyntaxError):
            run(store, text, prefixes, name=name)  # the place of the mistake is that without the values
        place, sentence = mistake(error)
        raise UserError(f"{name}:{place}: {sentence}" if place else f"{name}: {sentence}") from None


def names_graphs(said: str) -> bool:
    """Whether a query, of which `said` is what `keywords` leaves, says which graphs it asks."""
    return re.search(r"\bFROM(?:NAMED)?\b", said) is not None


def mistake(error: Exception) -> tuple[str, str]:
    """Where the engine found a mistake in a query (`line:column` from 1, or empty), and what it is."""
    sentence = _sentence(error)
    place = re.match(r"error at (\d+:\d+): ", sentence)
    return (place[1], sentence[place.end() :]) if place else ("", sentence)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read ({error.strerror})"
    if isinstance(error, OSError):
        return f"cannot be read ({re.sub(r' [(]os error [0-9]+[)]', '', str(error))})"
    text = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
    return text if len(text) <= 160 else text[:159] + "…"
