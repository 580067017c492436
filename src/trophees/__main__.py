"""The command `trophees`, and `python -m trophees`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line.

    A plain question is asked without the rest of it; should that fail, the whole command line says why. A query ends
    with its answer, or with Ctrl-C, at once: what is in memory is left to the system to take back.
    """
    query = sys.argv[1:2] == ["query"]
    if query:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine would not let Python see it
        gc.disable()
        if plain(sys.argv[2:]):
            os._exit(0)
    from trophees.cli.main import main as command
    from trophees.cli.streams import prepare

    prepare()
    try:
        command(prog_name="trophees")
    except SystemExit as end:
        if not query or not isinstance(end.code, int):
            raise
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):  # closed, or nobody reads it
                stream.flush()
        os._exit(end.code)


def plain(arguments: list[str]) -> bool:
    """Whether `arguments` are one question, perhaps with `--format F`, and it was answered."""
    match arguments:
        case [question] | ["--format", _, question] | [question, "--format", _] if not question.startswith("-"):
            form = arguments[arguments.index("--format") + 1] if len(arguments) == 3 else None
        case _:
            return False
    from trophees.ask.command import ask

    try:
        ask(question, form=form)
        sys.stdout.flush()
    except Exception:
        return False
    return True


if __name__ == "__main__":
    main()
