"""What earlier loads put into a store, kept in the store itself, as statements in a graph of their own.

So it is found again from any machine, goes where the store is copied to, and is gone when the store is emptied: a file
beside the dump could say what is not so any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, QuerySolutions

from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.base.namespaces import DCTERMS, GRAPH, VOID, XSD

STATE = NamedNode(GRAPH + "loaded")
_NAME = NamedNode("http://www.w3.org/ns/sparql-service-description#name")
_SENT = NamedNode(VOID + "triples")
_SUM = NamedNode(DCTERMS + "identifier")
_OF_SUM = "sha256:"
_ASKED = f"SELECT ?name ?sent ?sum {{ GRAPH {STATE} {{ ?x {_NAME} ?name ; {_SENT} ?sent ; {_SUM} ?sum }} }}"


@dataclass(frozen=True)
class Loaded:
    """Of the graph whose statements have this `sum`, the first `sent` are in the store."""

    sum: str
    sent: int


State = Mapping[NamedNode, Loaded]


def read(store: Repository) -> dict[NamedNode, Loaded]:
    """What `store` says of the graphs that were put there; an entry that none of ours is like is none."""
    found = {}
    rows = store.ask(Question("loaded", _ASKED))
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        name, sent, told = row["name"], row["sent"], row["sum"]
        if isinstance(name, NamedNode) and isinstance(sent, Literal) and isinstance(told, Literal):
            digest = told.value.removeprefix(_OF_SUM)
            if sent.value.isdecimal() and digest != told.value:
                found[name] = Loaded(digest, int(sent.value))
    return found


def written(state: State) -> bytes:
    """The statements of `state`, as N-Triples."""
    lines = []
    for name, loaded in sorted(state.items(), key=lambda pair: pair[0].value):
        entry = NamedNode(f"{STATE.value}#{quote(name.value.removeprefix(GRAPH), safe='/')}")
        lines.append(f"{entry} {_NAME} {name} .\n")
        lines.append(f"{entry} {_SENT} {Literal(str(loaded.sent), datatype=NamedNode(XSD + 'integer'))} .\n")
        lines.append(f"{entry} {_SUM} {Literal(_OF_SUM + loaded.sum)} .\n")
    return "".join(lines).encode()
