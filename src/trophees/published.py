"""The published graph: in the installed package, or in the checkout that the package is run from."""

from __future__ import annotations

from pathlib import Path

from trophees.problem import UserError

_PACKAGED = Path(__file__).parent / "published"
_CHECKOUT = Path(__file__).parents[2] / "publish"


def path(name: str) -> Path:
    """Where the published file `name` (such as `dumps/trophees.trig`) is; UserError if nothing was built yet."""
    for folder in (_PACKAGED, _CHECKOUT):
        if (folder / name).is_file():
            return folder / name
    raise UserError(f"{name} is not there: run “trophees build” first")
