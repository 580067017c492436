"""Work that would hold up the event loop, in threads of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

SHORT = 32 * 1024  # bytes of a query that is read at once

P = ParamSpec("P")

T = TypeVar("T")


async def apart(size: int, action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `action`; in a thread if it has much to read, so that nobody waits for it."""
    return action(*args, **kwargs) if size <= SHORT else await asyncio.to_thread(action, *args, **kwargs)
