"""What the bulk loaders of stores read, in a folder: for Virtuoso the graphs to send, for QLever all of them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from pyoxigraph import NamedNode

from trophees.base.language import Both
from trophees.fill.graphs import Graph
from trophees.fill.state import STATE, Loaded, State, written
from trophees.fill.told import StoppedError

Loader = Literal["virtuoso", "qlever"]
_QLEVERFILE = """# qlever index, then qlever start (https://github.com/ad-freiburg/qlever-control)
[data]
NAME        = trophees
DESCRIPTION = The open knowledge graph of French public participation
FORMAT      = nq

[index]
INPUT_FILES     = trophees.nq.gz
CAT_INPUT_FILES = zcat ${INPUT_FILES}
SETTINGS_JSON   = { "num-triples-per-batch": 1000000 }

[server]
PORT               = 7019
MEMORY_FOR_QUERIES = 4G
TIMEOUT            = 30s

[runtime]
SYSTEM = docker
IMAGE  = docker.io/adfreiburg/qlever:latest

[ui]
UI_CONFIG = default
"""


def write(loader: Loader, folder: Path, graphs: Iterable[Graph], changed: set[NamedNode], state: State) -> list[Path]:
    """Write to `folder`, which is made, what `loader` reads; the files.

    Of `graphs` Virtuoso is given those that `changed`, QLever all; both with the `state` that is so then.
    StoppedError if the folder has anything else, which the loader would read, too.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StoppedError(Both(f"{folder} : un dossier vide est attendu", f"{folder}: an empty folder is expected"))
    folder.mkdir(parents=True, exist_ok=True)
    then = {**state, **{graph.name: Loaded(graph.sum, graph.statements) for graph in graphs}}
    if loader == "qlever":
        return _qlever(folder, graphs, written(then))
    return _virtuoso(folder, [graph for graph in graphs if graph.name in changed], written(then))


def _qlever(folder: Path, graphs: Iterable[Graph], state: bytes) -> list[Path]:
    dump, settings = folder / "trophees.nq.gz", folder / "Qleverfile"
    with gzip.open(dump, "wb") as file:
        for graph in graphs:
            _copy(graph.pieces(), _of(graph.name), file.write)
        _copy([(state, 0)], _of(STATE), file.write)
    settings.write_text(_QLEVERFILE, "utf-8")
    return [dump, settings]


def _of(name: NamedNode) -> Callable[[bytes], bytes]:
    return lambda piece: piece.replace(b" .\n", f" {name} .\n".encode())


def _copy(pieces: Iterable[tuple[bytes, int]], change: Callable[[bytes], bytes], write: Callable[[bytes], int]) -> None:
    for piece, _ in pieces:
        write(change(piece))


def _virtuoso(folder: Path, graphs: list[Graph], state: bytes) -> list[Path]:
    """A file of each graph, and a script for `isql` that loads them."""
    place = folder.resolve()
    script = ["log_enable(2);", f"DELETE FROM DB.DBA.load_list WHERE ll_file LIKE {_text(f'{place}/%')};"]
    found: list[Path] = []
    for name, pieces in [*((graph.name, graph.pieces()) for graph in graphs), (STATE, iter([(state, 0)]))]:
        file = folder / f"{len(found)}.nt.gz"
        with gzip.open(file, "wb") as opened:
            _copy(pieces, bytes, opened.write)
        found.append(file)
        script += [f"SPARQL CLEAR GRAPH {name};", f"ld_add({_text(f'{place / file.name}')}, {_text(name.value)});"]
    script += ["rdf_loader_run();", "checkpoint;"]
    script.append("SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;")
    sql = folder / "load.sql"
    sql.write_text("\n".join(script) + "\n", "utf-8")
    return [*found, sql]


def _text(value: str) -> str:
    """`value` as SQL has it."""
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
