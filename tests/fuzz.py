"""How many inputs a test tries: a sample, always the same; with FUZZ=full (`make fuzz`) all, and made-up ones anew."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
FULL = os.environ.get("FUZZ") == "full"


def examples(number: int, sample: int = 0) -> settings:
    """`number` inputs, or, as a sample, an eighth of them, or as many as `sample` says."""
    return settings(max_examples=number if FULL else sample or max(25, number // 8))


def among(things: Iterable[T], sample: int) -> list[T]:
    """All `things`, or, as a sample, so many of them, in their order."""
    every = list(things)
    chosen = range(len(every)) if FULL else sorted(random.Random(1).sample(range(len(every)), min(sample, len(every))))
    return [every[place] for place in chosen]


settings.register_profile("trophees", examples(200), deadline=None, derandomize=not FULL)
