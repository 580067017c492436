"""Where a checkout of the project is."""

from __future__ import annotations

import os
from pathlib import Path

from trophees.base.errors import UserError


def root(folder: Path) -> Path:
    """The checkout that holds `folder`, known by `data/context.jsonld`; UserError if none does."""
    absolute = Path(os.path.realpath(folder))  # which, unlike resolve(), bears links that lead to themselves
    for candidate in (absolute, *absolute.parents):
        if (candidate / "data" / "context.jsonld").is_file():
            return candidate
    raise UserError(f"{folder}: no project here (data/context.jsonld is missing): run the command in a checkout")
