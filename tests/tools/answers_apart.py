"""Many queries, each asked by a process of its own, which can be ended: engines have no time limits."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path

SECONDS = 20


def main(opened: Callable[[str, str], Callable[[str], str]], *, forks: bool = True) -> None:
    """Print the name of the file that has the answers; the arguments are the dump, the queries and that file.

    An engine that cannot be asked by a child of the process that loaded it does not `fork`: it has no time limit.
    """
    dump, asked, answers = map(Path, sys.argv[1:])
    quads = dump.read_text("utf-8")
    triples = dict.fromkeys(line.removesuffix(" .").rsplit(" ", 1)[0] + " .\n" for line in quads.splitlines())
    ask = opened(quads, "".join(triples))
    put = apart if forks else here
    found = {name: put(ask, query) for name, query in json.loads(asked.read_text("utf-8")).items()}
    answers.write_text(json.dumps(found), "utf-8")
    print(json.dumps(str(answers)))


def here(ask: Callable[[str], str], query: str) -> object:
    """The results of `query`, or a text that says why there are none."""
    try:
        return json.loads(ask(query))
    except BaseException as error:  # a panic of Rust is no Exception
        return " ".join(str(error).split())[:300] or type(error).__name__


def apart(ask: Callable[[str], str], query: str) -> object:
    """The same, asked by a child, which is ended when its time is over."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.close(reading)
        said = json.dumps(here(ask, query))
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(said)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        if not select.select([pipe], [], [], SECONDS)[0]:
            os.kill(child, signal.SIGKILL)
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else f"no answer in {SECONDS} s, or the process ended"
