"""The answers of sparq-rdf: the dump and a file of queries in, `{name: results in JSON, or why there are none}` out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import sparq

sys.path.append(str(Path(__file__).parent))  # which the option -P leaves out

from answers_apart import main


def opened(quads: str, triples: str) -> Callable[[str], str]:
    """What asks the graph of the N-Quads, whose default graph is the union."""
    return sparq.Graph.load(quads + triples, "nquads").query_json


main(opened)
