"""A remark on a query: what never matches, where it stands, and what may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trophees.ask.explain.sentences import candidates, say
from trophees.base.language import Both


@dataclass(frozen=True)
class Remark:
    """A sentence on what stands at the place `at` of the query; `names` may be meant, the likeliest first.

    It is `legitimate` to ask for what is so, though the answer can be but no.
    """

    at: int
    sentence: Both
    names: tuple[str, ...] = ()
    legitimate: bool = False


def remark(at: int, key: str, near: Sequence[str] = (), /, **values: object) -> Remark:
    """The remark `key` with what stands in it, which ends in the names that may be meant."""
    return Remark(at, say(key, **values) + candidates(near), tuple(near), key == "no-value" and not near)
