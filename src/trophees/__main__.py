"""The command `trophees`, and `python -m trophees`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. For a query, the graph is read while the rest gets ready."""
    if sys.argv[1:2] == ["query"]:
        from trophees import published

        if graph := published.find(published.GRAPH):
            published.preload(graph)
    from trophees.cli import main as command

    command(prog_name="trophees")


if __name__ == "__main__":
    main()
