"""`withdrawn.json`, with which a release says what it no longer holds, for hosts that answer 410 (RFC 9110, 15.5.11).

An object whose keys are the things: the path below the base of our IRIs (`laureate/2020/cachan`), or the whole IRI; a
fact has its fragment (`laureate/2020/cachan#indicator-5`). Each value has `release`, `reason` in `fr` and `en`, and
`successor`, written as a key is, where there is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trophees.base.errors import UserError, brief
from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.hosting.accept import DATA

FILE = "withdrawn.json"
# added to the address of what is withdrawn, the page that hosts of files answer 410 with: by it they know that it is
GONE = ".gone.html"
# what follows the address of a thing in those of its data, and of its pages
DATA_ENDS = rf"\.(?:{'|'.join(DATA)})"
PAGE_ENDS = r"/en|(?:/en)?/(?:index\.html)?"
_DOCUMENT = re.compile(rf"(.+?)(?:{DATA_ENDS}|{PAGE_ENDS})?")


@dataclass(frozen=True)
class Withdrawal:
    """That `iri` was withdrawn in `release`, why, and what stands in its place (an IRI, or empty)."""

    iri: str
    release: str
    reason: Both
    successor: str = ""


def read(data: bytes) -> dict[str, Withdrawal]:
    """What the file `data` says, by path below the base; UserError, with the key, if it is no such table."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise UserError(f"{FILE}: no table of what was withdrawn is here: run “trophees build” again")
    found = (_withdrawal(key, value) for key, value in told.items())
    return {withdrawal.iri.removeprefix(BASE): withdrawal for withdrawal in found}


def _withdrawal(key: str, value: Any) -> Withdrawal:
    try:
        reason = Both(value["reason"]["fr"], value["reason"]["en"])
        found = Withdrawal(_iri(key), value["release"], reason, _iri(value.get("successor", "")))
        said = (found.release, reason.fr, reason.en)
        if not all(isinstance(text, str) and text for text in said) or not isinstance(found.successor, str):
            raise TypeError
    except (KeyError, TypeError, AttributeError):
        expected = "release, reason.fr and reason.en are expected, and successor where there is one"
        raise UserError(f"{FILE}: {brief(key)}: {expected}") from None
    return found


def _iri(key: str) -> str:
    return BASE + key if key and "://" not in key else key


def of(path: str, table: Mapping[str, Withdrawal]) -> Withdrawal | None:
    """What of `table` was at `path`: a thing itself, one of its formats, or its page in a language; None if nothing."""
    match = _DOCUMENT.fullmatch(path)
    return table.get(match[1]) if match else None
