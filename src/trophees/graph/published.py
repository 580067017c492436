"""The published graph: in the installed package, or in the checkout that the package is run from."""

from __future__ import annotations

import os

from pyoxigraph import RdfFormat, Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))
_FOLDERS: tuple[str, ...] = (
    os.path.join(_PACKAGE, "published"),
    os.path.join(_CHECKOUT, "publish"),
    os.path.join(_CHECKOUT, "data", "reference"),
)
OUTLINES = "departements.svg.json"
GRAPH = "dumps/trophees.trig"
CONTEXT = "context.jsonld"


def path(name: str) -> Path:
    """Where the published file `name` (such as `dumps/trophees.trig`) is; UserError if nothing was built yet."""
    from pathlib import Path

    return Path(file(name))


def file(name: str) -> str:
    """As `path`, for whoever asks one question, and does not wait for pathlib."""
    for folder in _FOLDERS:
        if os.path.isfile(found := os.path.join(folder, name)):
            return found
    from trophees.base.errors import UserError

    raise UserError(f"{name} is not there: run “trophees build” first")


def text(name: str) -> str:
    """The text of the published file `name`; UserError if nothing was built yet."""
    with open(file(name), encoding="utf-8") as opened:
        return opened.read()


def store(graph: str | Path) -> Store:
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
