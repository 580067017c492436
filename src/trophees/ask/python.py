"""The graph from Python: `load` it, or ask it, or an endpoint, a `query`."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store

from trophees.ask.columns import of_rows
from trophees.ask.engine import Embedded
from trophees.ask.meaning import one
from trophees.ask.one_language import in_language, view
from trophees.ask.question import find
from trophees.ask.rows import IRI, Rows, Text
from trophees.ask.shape import shaped
from trophees.base.context import Context
from trophees.base.language import Language, locale
from trophees.base.namespaces import XSD
from trophees.graph import published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import rdflib

    from trophees.ask.repository import Repository

Given = str | int | float | Decimal | bool | date | NamedNode | pyoxigraph.Literal
Ring = list[tuple[int, int]]
_RING = re.compile(r"M([0-9 -]+)l([0-9 -]+)z")
_NUMBER = re.compile(r"-?[0-9]+")


@overload
def load(kind: Literal["pyoxigraph"] = "pyoxigraph") -> Store: ...
@overload
def load(kind: Literal["rdflib"]) -> rdflib.Dataset: ...
def load(kind: Literal["pyoxigraph", "rdflib"] = "pyoxigraph") -> Store | rdflib.Dataset:
    """The published graph with its named graphs, in memory: yours to change, made anew each time.

    A pyoxigraph Store by default, which loads and answers several times faster; or an rdflib Dataset, whose default
    graph is the union of the named ones and which knows our prefixes. UserError if there is no published graph.
    """
    store = published.store(published.path(published.GRAPH))
    if kind == "pyoxigraph":
        return store
    if kind != "rdflib":
        raise ValueError(f"load({kind!r}): “pyoxigraph” or “rdflib” is expected")
    from trophees.ask.in_rdflib import dataset

    return dataset(store, _context().prefixes)


def query(
    question: str | Path,
    /,
    *,
    endpoint: str | None = None,
    store: Store | Path | None = None,
    data: str | Path | Sequence[str | Path] = (),
    compact: bool = False,
    labels: bool = False,
    timeout: float = 60.0,
    explain: bool = False,
    strict: bool = False,
    lang: Language | None = None,
    **params: Given,
) -> Rows | bool | rdflib.Graph:
    """The answer to `question`: SPARQL, a file of it, or the name of a query of the cookbook with its `params`.

    It is asked of the published graph, or of your `store` (one on disk by the path of its folder, which is only read),
    or of the SPARQL endpoint at the address `endpoint`, which has `timeout` seconds. Your files `data`, RDF or tables,
    are asked beside the published graph. Our prefixes need no declaration.
    SELECT gives Rows, where `compact` shortens IRIs as far as our prefixes do, and `labels` adds a column of labels (in
    `lang`) beside each column of IRIs, called after it: `region_label`; ASK gives a bool; CONSTRUCT and DESCRIBE
    an rdflib Graph. A string among `params` is read as on the command line: an IRI, a compact one (`region:84`), the
    code, slug or label of a thing, an integer, or a text. UserError if there is no answer.

    With `lang`, "fr" or "en", the graph is as it is in that language: texts in another are hidden, so that no number
    counts twice; an endpoint elsewhere shows what it shows.

    What in the question never matches is told by the `notes` of Rows that are empty, or have a column that is, or that
    is 0 in every row, or if it is to `explain`, in the language `lang`: that of the environment, unless given. So is
    what was odd in `data`, or in the answer of the endpoint (a UserError, if `strict`). With an answer that has no rows
    these are a warning of Python's: they are there of a Graph that is empty, and of False where something asked for is
    nowhere.
    """
    context = _context()
    files = [Path(data)] if isinstance(data, str | Path) else [Path(file) for file in data]
    repository = _repository(endpoint, store, files, timeout, context, strict, lang)

    def meant(name: str, text: str, space: str) -> NamedNode:
        known = repository if endpoint is None else Embedded(_published(), context.prefixes)
        return one(known, text, space, context, name)

    asked = find(str(question), {name: _term(value) for name, value in params.items()}, context, meant, lang)
    result = repository.ask(asked)
    said = [note[lang or locale()] for note in repository.said + repository.as_text]

    def noted(empty: bool, hollow: Mapping[str, str] = {}) -> list[str]:
        from trophees.ask.explain.notes import notes

        names = Embedded(_published(), context.prefixes) if endpoint is not None else None
        found = notes(asked, repository, repository.prefixes, names, empty=empty, hollow=hollow)
        return [note.sentence(lang or locale()) for note in found]

    if not isinstance(result, QuerySolutions):
        told: bool | rdflib.Graph
        if isinstance(result, QueryBoolean):
            told = bool(result)
        else:
            from trophees.ask.in_rdflib import graph

            told = graph(result, context.prefixes)
        if explain or not told:
            said += noted(not told)
        if said:
            from warnings import warn

            warn("\n".join(said), stacklevel=2)
        return told
    if labels:
        result = shaped(result, repository, context, labels=lang or locale())
    rows = Rows.of(result, context if compact else None)
    hollow = of_rows(rows.columns, (list(row.values()) for row in rows))
    if explain or not rows or hollow:
        said += noted(not rows, hollow)
    rows.notes = tuple(said)
    return rows


def _repository(
    endpoint: str | None,
    store: Store | Path | None,
    data: list[Path],
    timeout: float,
    context: Context,
    strict: bool,
    lang: Language | None,
) -> Repository:
    if (endpoint is not None) + (store is not None) + bool(data) > 1:
        raise TypeError("query() asks a store, an endpoint, or your data, not both")
    if endpoint is not None:
        from trophees.ask.endpoint import Remote

        return Remote(endpoint, context.prefixes, timeout, strict=strict)
    if data:
        found = Embedded.opened(published.path(published.GRAPH), data, context.prefixes, strict=strict)
    elif store is None:
        return Embedded(_published(lang), context.prefixes)
    elif isinstance(store, Path):
        found = Embedded.on_disk(store, context.prefixes)
    else:
        found = Embedded(store, context.prefixes)
    return view(found, lang) if lang else found


def departements() -> dict[str, list[Ring]]:
    """The outlines of the 101 départements by INSEE code, to draw maps without a network: rings of (x, y), y upwards.

    Those overseas stand in a column at the left, as on the map of the site. Units are those of that drawing, 500 m in
    the mainland. Source: IGN, ADMIN EXPRESS COG CARTO, simplified; Licence Ouverte 2.0.
    """
    drawing = json.loads(published.path(published.OUTLINES).read_text("utf-8"))
    return {code: _rings(drawn["path"]) for code, drawn in drawing["departements"].items()}


def _rings(path: str) -> list[Ring]:
    """The rings of SVG path data that are written `M x y l dx dy …z`, in integers."""
    rings = []
    for start, steps in _RING.findall(path):
        x, y = map(int, start.split())
        ring = [(x, -y)]
        numbers = [int(number) for number in _NUMBER.findall(steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, -y))
        rings.append(ring)
    return rings


@cache
def _context() -> Context:
    return Context(published.path("context.jsonld").read_text("utf-8"))


@cache
def _published(lang: Language | None = None) -> Store:
    """The graph for `query`, which cannot change it; in one language if there is to be one."""
    return in_language(_published(), lang) if lang else load()


def _term(value: Given) -> str | NamedNode | pyoxigraph.Literal:
    match value:
        case IRI():
            return NamedNode(value)
        case Text():
            return pyoxigraph.Literal(value, language=value.language)
        case Decimal():
            return pyoxigraph.Literal(format(value, "f"), datatype=NamedNode(XSD + "decimal"))
        case datetime():
            return pyoxigraph.Literal(value.isoformat(), datatype=NamedNode(XSD + "dateTime"))
        case date():
            return pyoxigraph.Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))
        case bool() | int() | float():
            return pyoxigraph.Literal(value)
        case str() | NamedNode() | pyoxigraph.Literal():
            return value
    raise TypeError(f"a parameter cannot be a {type(value).__name__}")
