"""How many made-up inputs a test tries: a sample, always the same; with FUZZ=full (`make fuzz`) all, and new ones."""

from __future__ import annotations

import os

from hypothesis import settings

FULL = os.environ.get("FUZZ") == "full"


def examples(number: int, sample: int = 0) -> settings:
    """`number` inputs, or, as a sample, an eighth of them, or as many as `sample` says."""
    return settings(max_examples=number if FULL else sample or max(25, number // 8))


settings.register_profile("trophees", examples(200), deadline=None, derandomize=not FULL)
