"""What a person who waits is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

import click

T = TypeVar("T")


def progress(label: str, items: Iterable[T]) -> AbstractContextManager[Iterable[T]]:
    """`items`, with a bar on standard error that moves as they are taken; on a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty():
        return nullcontext(items)
    return click.progressbar(items, label=label, file=sys.stderr)
