"""How many inputs a test tries: a sample, always the same; with FUZZ=full (`make fuzz`) all, and made-up ones anew."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Hashable, Iterable
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


def of_each(things: Iterable[T], kind: Callable[[T], Hashable], sample: int) -> list[T]:
    """All `things`, or, as a sample, at most so many of each kind, in their order."""
    every = list(things)
    kinds: dict[Hashable, list[int]] = {}
    for place, thing in enumerate(every):
        kinds.setdefault(kind(thing), []).append(place)
    return [every[place] for place in sorted(place for places in kinds.values() for place in among(places, sample))]


settings.register_profile("trophees", examples(200), deadline=None, derandomize=not FULL)
