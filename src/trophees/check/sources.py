"""Whether it is known who says what records say: each named graph that they write into has a record, and one source.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, GRAPH, TP
from trophees.graph.provenance import graphs_of, kind, sources_of
from trophees.source.problem import Problem
from trophees.source.record import REFUSED, Record, Statement

RULE = "graph:described"
_COVERS = NamedNode(TP + "coversEdition")
_GRAPHS = (NamedNode(TP + "statedIn"), NamedNode(TP + "curatedIn"))
_OURS = re.compile(re.escape(GRAPH) + "(catalog|ontology|rules|vocabulary|withdrawn|insee/.*)")  # no source's
_TOLD = ("laureate", "edition")  # their graphs are those of the report of their edition until a source is named


def problems(records: Iterable[Record], everything: Collection[Record], context: Context) -> Iterator[Problem]:
    """Each of `records` that writes into a graph of which no record in `everything` tells what it is.

    But for the graphs of an edition that names no source: `wanted` tells what to write.
    """
    for record, graph, statement in _undescribed(records, everything):
        if _told_by_edition(record):
            continue
        name = context.compact(graph.value)
        yield Problem(
            record.path,
            statement.line,
            statement.column,
            RULE,
            "warning",
            messages=Both(
                f"ce qui est dit ici va dans « {name} », qui n’a pas de fiche : dites « selon » quelle source",
                f"what is said here goes to “{name}”, which has no record: name its source with “selon”",
            ),
        )


def shared(records: Iterable[Record], everything: Iterable[Record], context: Context) -> Iterator[Problem]:
    """Each graph that a source among `records` names, and that is not its own: of `everything`, another one's, or ours.

    What two sources say would be told by one graph.
    """
    owners: dict[NamedNode | Literal, list[Statement]] = {}
    for record in everything:
        for s in _graphs(record):
            owners.setdefault(s.object, []).append(s)
    for record in records:
        for s in _graphs(record):
            if len(owners.get(s.object, ())) > 1 or _OURS.fullmatch(s.object.value):
                name = context.compact(s.object.value)
                yield Problem(
                    record.path,
                    s.line,
                    s.column,
                    "graph:own",
                    messages=Both(
                        f"« {name} » est déjà pris : une source a deux graphes à elle",
                        f"“{name}” is already taken: a source has two graphs of its own",
                    ),
                )


def _graphs(record: Record) -> list[Statement]:
    """The statements by which a source names its graphs."""
    return [s for s in record.statements if s.predicate in _GRAPHS and s.object != REFUSED]


def wanted(records: Iterable[Record], everything: Collection[Record], context: Context) -> list[Both]:
    """For each edition of which `records` tell without a source, what to write so that it is known who says so."""
    editions = {_edition(record) for record, _, _ in _undescribed(records, everything) if _told_by_edition(record)}
    told = {
        s.object.value.removeprefix(BASE + "edition/"): context.compact(record.iri.value)
        for record in everything
        for s in record.statements
        if s.predicate == _COVERS and isinstance(s.object, NamedNode)
    }
    return [_known(year, told[year]) if year in told else _new(year) for year in sorted(editions)]


def _known(year: str, source: str) -> Both:
    return Both(
        f"édition {year} : des fiches ne disent pas leur source ; ajoutez-y « selon: {source} »",
        f"edition {year}: records do not name their source; add “selon: {source}” to them",
    )


def _new(year: str) -> Both:
    path, graph = f"data/source/report-{year}.yaml", f"graph:report/{year}"
    return Both(
        f"édition {year} : sa source n’a pas de fiche ; écrivez {path} et celles de ses graphes, comme {graph}",
        f"edition {year}: its source has no record; write {path} and those of its graphs, such as {graph}",
    )


def _undescribed(
    records: Iterable[Record], everything: Collection[Record]
) -> Iterator[tuple[Record, NamedNode, Statement]]:
    """The first statement of each record that goes to each graph without a record."""
    described = {record.iri for record in everything if kind(record) == "graph"}
    known = sources_of(everything)
    for record in records:
        graph = graphs_of(record, known)
        first: dict[NamedNode, Statement] = {}
        for statement in record.statements:
            first.setdefault(graph(statement), statement)
        yield from ((record, name, first[name]) for name in first if name not in described)


def _told_by_edition(record: Record) -> bool:
    return kind(record) in _TOLD and bool(_edition(record))


def _edition(record: Record) -> str:
    return record.iri.value.removeprefix(BASE).partition("/")[2].partition("/")[0]
