"""The answers of sparq-rdf, each given by a process of its own, which can be ended: the engine has no time limits.

The arguments are a dump (N-Quads), a file of queries, and the file for `{name: results, or why there are none}`.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from pathlib import Path

import sparq

SECONDS = 20


def apart(graph: sparq.Graph, query: str) -> object:
    """The results of `query`, or a text that says why there are none."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.close(reading)
        try:
            told = graph.query_json(query)
        except BaseException as error:  # a panic of Rust is no Exception
            told = json.dumps(" ".join(str(error).split())[:300] or type(error).__name__)
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(told)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        if not select.select([pipe], [], [], SECONDS)[0]:
            os.kill(child, signal.SIGKILL)
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else f"no answer in {SECONDS} s, or the process ended"


dump, asked, answers = map(Path, sys.argv[1:])
quads = dump.read_text("utf-8")
# its default graph is no union: what is in any graph is said once more, in none
triples = dict.fromkeys(line.removesuffix(" .").rsplit(" ", 1)[0] + " .\n" for line in quads.splitlines())
graph = sparq.Graph.load(quads + "".join(triples), "nquads")
found = {name: apart(graph, query) for name, query in json.loads(asked.read_text("utf-8")).items()}
answers.write_text(json.dumps(found), "utf-8")
print(json.dumps(len(found)))
