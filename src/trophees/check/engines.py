"""The SHACL engines by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import rdflib

from trophees.check.shacl import Engine, PyShacl

Name = Literal["pyshacl", "fast"]
Maker = Callable[[rdflib.Graph], Engine]


def maker(name: Name) -> Maker:
    """What makes the engine of that name for some shapes. UserError if it is not installed."""
    if name == "pyshacl":
        return PyShacl
    from trophees.check.fast import Fast
    from trophees.check.native import engine

    engine()
    return Fast
