"""The tables of the reference, in the installed package or in the checkout, read when they are asked for."""

from __future__ import annotations

import csv
import gc
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from trophees.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")

_PACKAGE = Path(__file__).resolve().parents[1]
FOLDERS = (_PACKAGE / "published" / "places", _PACKAGE.parents[1] / "data" / "places")


@cache
def folder() -> Path:
    """Where the tables are; UserError if they are nowhere."""
    for found in FOLDERS:
        if (found / "places.csv").is_file():
            return found
    raise UserError("the tables of places are not there: install the package again")


def rows(name: str) -> Iterator[list[str]]:
    """The rows of the table `name`, without its header."""
    with (folder() / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        yield from reader


def once(make: Callable[P, T]) -> Callable[P, T]:
    """`make`, whose result is kept; while it is made, nothing is looked at for garbage, as there is none to find."""

    @wraps(make)
    def made(*args: P.args, **said: P.kwargs) -> T:
        looking = gc.isenabled()
        gc.disable()
        try:
            return make(*args, **said)
        finally:
            if looking:
                gc.enable()

    return cast("Callable[P, T]", cache(made))
