"""The published graph: in the installed package, or in the checkout that the package is run from.

Whoever asks a query waits for this module first: it imports little.
"""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from pyoxigraph import RdfFormat, Store

_PACKAGED = Path(__file__).parent / "published"
_CHECKOUT = Path(__file__).parents[2] / "publish"
GRAPH = "dumps/trophees.trig"
_ahead: dict[Path, tuple[Thread, Store]] = {}


def find(name: str) -> Path | None:
    """Where the published file `name` is; None if nothing was built yet."""
    return next((folder / name for folder in (_PACKAGED, _CHECKOUT) if (folder / name).is_file()), None)


def path(name: str) -> Path:
    """Where the published file `name` (such as `dumps/trophees.trig`) is; UserError if nothing was built yet."""
    if found := find(name):
        return found
    from trophees.problem import UserError

    raise UserError(f"{name} is not there: run “trophees build” first")


def preload(graph: Path) -> None:
    """Begin to read the TriG file `graph` beside whatever else there is to do; `store` waits for it."""
    store = Store()
    _ahead[graph] = Thread(target=_read, args=(store, graph), daemon=True), store
    _ahead[graph][0].start()


def store(graph: Path) -> Store:
    """The content of the TriG file `graph`, in memory; UserError if it cannot be read."""
    if graph not in _ahead:
        preload(graph)
    reading, found = _ahead.pop(graph)
    reading.join()
    if not found:
        from trophees.problem import UserError

        raise UserError(f"{graph}: cannot be read as TriG: run “trophees build”, or install the package again")
    return found


def _read(store: Store, graph: Path) -> None:
    try:
        # it was valid when it was written: not to check its IRIs again saves a fifth of the time
        store.load(path=str(graph), format=RdfFormat.TRIG, lenient=True)
    except (OSError, SyntaxError, ValueError):
        store.clear()
