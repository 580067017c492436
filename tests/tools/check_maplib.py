"""The answers of maplib: the dump and a file of queries in, `{name: results in JSON, or why there are none}` out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import maplib

sys.path.append(str(Path(__file__).parent))  # which the option -P leaves out

from answers_apart import main


def opened(quads: str, triples: str) -> Callable[[str], str]:
    """What asks the graph of the N-Quads, whose default graph is the union."""
    model = maplib.Model()
    for name, lines in by_graph(quads).items():
        model.reads("".join(lines), format="ntriples", graph=name)
    model.reads(triples, format="ntriples")

    def ask(query: str) -> str:
        if "GRAPH ?" in query:  # it panics, and no query after that has an answer
            raise NotImplementedError
        return model.query(query, return_json=True)

    return ask


def by_graph(quads: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in quads.splitlines():
        triple, name = line.removesuffix(" .").rsplit(" ", 1)
        found.setdefault(name[1:-1], []).append(triple + " .\n")
    return found


main(opened, forks=False)
