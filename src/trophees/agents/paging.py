"""Answers are small: how much of a list has a place in one, and where the next one goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from trophees.ask.page import CELL, ROOM

T = TypeVar("T")


def paged(everything: Sequence[T], offset: int, limit: int, room: int = ROOM) -> tuple[list[T], int | None]:
    """Those from number `offset` on that have a place, `limit` and `room` characters at most; and where others begin.

    The first has its place whatever it takes, so that whoever goes on gets to the end.
    """
    kept: list[T] = []
    for one in everything[offset : offset + limit]:
        room -= len(json.dumps(one, ensure_ascii=False, default=_fields))
        if kept and room < 0:
            break
        kept.append(one)
    after = offset + len(kept)
    return kept, after if kept and after < len(everything) else None


def _fields(one: Any) -> dict[str, Any]:
    return asdict(one)


def brief(text: str, longest: int = CELL) -> str:
    """`text`, or its beginning, which says so."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
