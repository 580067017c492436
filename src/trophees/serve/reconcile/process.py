"""The process in which is matched: one question after the other, over a graph and a reference read at its start."""

from __future__ import annotations

import gc
import json
import signal
import sys
from contextlib import suppress
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import BinaryIO

from trophees.base.errors import UserError
from trophees.places.link import Asked, link
from trophees.serve.backend.message import LENGTH
from trophees.serve.backend.refusals import Refused
from trophees.serve.backend.worker import keep_within
from trophees.serve.reconcile import graph as graphs
from trophees.serve.reconcile import territories
from trophees.serve.reconcile.answers import Asking, answer

_FILES = 32  # that may be open: a table, or a module, that is read late


def main(trig: str, memory: str, parent: str) -> None:
    """Answer what comes on standard input until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the front says when to end
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    try:
        graph = graphs.read(Path(trig))
    except UserError as error:
        _send(outgoing, {"refused": 503, "sentence": str(error)}, b"")
        return
    _read_all(graph)
    gc.collect()
    gc.freeze()
    keep_within(int(memory), int(parent), _FILES)
    while head := incoming.read(LENGTH.size):
        asked = json.loads(incoming.read(*LENGTH.unpack(head)))
        body = incoming.read(*LENGTH.unpack(incoming.read(LENGTH.size)))
        try:
            told = answer(Asking(**{field.name: asked[field.name] for field in fields(Asking)}), body, graph)
        except Refused as error:
            _send(outgoing, {"refused": error.status, "sentence": error.sentence, "place": error.place}, b"")
            continue
        _send(outgoing, {}, (told if isinstance(told, str) else json.dumps(told) + "\n").encode())


def _read_all(graph: graphs.Graph) -> None:
    """Read the tables of the reference, which are opened when first needed: no question is to pay for them."""
    link(Asked("Troarn", postal="14670", region="Normandie", to=date(2018, 1, 1)))
    next(iter(territories.beginning("paris")), None)
    if entity := graph.entity("territory/commune/94016"):
        for of in ("postal", "population", "epci", "laureates"):
            graph.values(entity, of)


def _send(to: BinaryIO, head: dict[str, object], body: bytes) -> None:
    packed = json.dumps(head).encode()
    to.write(LENGTH.pack(len(packed)) + packed + LENGTH.pack(len(body)) + body)
    to.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main(*sys.argv[1:4])
