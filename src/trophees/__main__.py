"""The command `trophees`, and `python -m trophees`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line. A query ends with its answer: what is in memory is left to the system to take back."""
    query = sys.argv[1:2] == ["query"]
    if query:
        gc.disable()
    from trophees.cli import main as command

    try:
        command(prog_name="trophees")
    except SystemExit as end:
        if not query or not isinstance(end.code, int):
            raise
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):  # closed, or nobody reads it
                stream.flush()
        os._exit(end.code)


if __name__ == "__main__":
    main()
