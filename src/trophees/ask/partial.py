"""Answers that are a part of the whole, and say so where few look: in headers, or beside the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from trophees.ask.text import keywords
from trophees.base.errors import brief, harmless
from trophees.base.language import Both

# as Virtuoso has it, whose "anytime" queries stop where they are
_STATE, _MESSAGE, _MOST = "x-sql-state", "x-sql-message", "x-sparql-maxrows"
_NAMED = re.compile(r"truncat|incomplete|partial")
_NO = ("", "0", "false", "no", "none")
_BESIDE = re.compile(rb'"(?:[\w-]*(?:truncated|incomplete|partial)[\w-]*)"\s*:\s*(?:true|"true"|1)\b', re.IGNORECASE)
_NEXT = re.compile(r""";\s*rel\s*=\s*(?:"[^"]*\bnext\b[^"]*"|next\b)""", re.IGNORECASE)
_LIMIT = re.compile(r"\bLIMIT\s+([0-9]{1,18})\b")
_EDGE = 2000  # bytes at each end of a body


@dataclass(frozen=True)
class Partial:
    """Why an answer is known to be a part; or `most`, the rows to which it is cut: it is a part if it has as many."""

    reason: str = ""
    most: int | None = None

    def sentence(self, name: str, rows: int | None = None) -> Both | None:
        """What is said of the answer of `name`, which has so many `rows`; None if nothing tells that it is a part."""
        if self.reason:
            return Both(
                f"{name} : réponse incomplète, d’après le point d’accès ({self.reason})",
                f"{name}: the answer is incomplete, as the endpoint says ({self.reason})",
            )
        if self.most is not None and rows is not None and rows >= self.most:
            return Both(
                f"{name} : réponse incomplète : le point d’accès coupe à {self.most} lignes : demander moins (LIMIT)",
                f"{name}: the answer is incomplete: the endpoint cuts at {self.most} rows: ask for less (LIMIT)",
            )
        return None


def told(status: int, headers: Mapping[str, str], body: bytes, query: str) -> Partial:
    """What `status`, the `headers` (names in small letters) and the `body` of the answer to `query` tell of it."""
    if status == 206:
        return Partial("206 Partial Content")
    state = headers.get(_STATE, "").strip()
    if state and state != "00000":
        return Partial(_short(f"{state} {headers.get(_MESSAGE, '')}"))
    for name, value in headers.items():
        if _NAMED.search(name) and value.strip().lower() not in _NO:
            return Partial(_short(f"{name}: {value}"))
        if name == "warning" and _NAMED.search(value.lower()):
            return Partial(_short(value))
        if name == "link" and _NEXT.search(value):
            return Partial("Link: rel=next")
    if body.lstrip()[:1] == b"{" and (_BESIDE.search(body[:_EDGE]) or _BESIDE.search(body[-_EDGE:])):
        return Partial("truncated")
    most = headers.get(_MOST, "").strip()
    if most.isascii() and most.isdigit() and len(most) < 19 and not _within(query, int(most)):
        return Partial(most=int(most))
    return Partial()


def _within(query: str, most: int) -> bool:
    """Whether `query` itself asks for no more rows than `most`."""
    limits = _LIMIT.findall(keywords(query).rpartition("}")[2])
    return bool(limits) and int(limits[-1]) <= most


def _short(text: str) -> str:
    return brief(" ".join(harmless(text).split()), 120)
