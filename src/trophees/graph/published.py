"""The published graph: in the installed package, or in the checkout that the package is run from."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

_PACKAGED = Path(__file__).parents[1] / "published"
_CHECKOUT = Path(__file__).parents[3]
_FOLDERS = (_PACKAGED, _CHECKOUT / "publish", _CHECKOUT / "data" / "reference")
OUTLINES = "departements.svg.json"
GRAPH = "dumps/trophees.trig"


def path(name: str) -> Path:
    """Where the published file `name` (such as `dumps/trophees.trig`) is; UserError if nothing was built yet."""
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return folder / name
    from trophees.base.errors import UserError

    raise UserError(f"{name} is not there: run “trophees build” first")


def store(graph: Path) -> Store:
    """The content of the TriG file `graph`, in memory; UserError if it cannot be read."""
    found = Store()
    try:
        # it was valid when it was written: not to check its IRIs again saves a fifth of the time
        found.load(path=str(graph), format=RdfFormat.TRIG, lenient=True)
    except (OSError, SyntaxError, ValueError):
        from trophees.base.errors import UserError

        raise UserError(
            f"{graph}: cannot be read as TriG: run “trophees build”, or install the package again"
        ) from None
    return found
