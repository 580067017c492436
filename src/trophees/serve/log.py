"""The access log, in the Common Log Format: one line per request, whatever the request holds."""

from __future__ import annotations

import re
import time
from typing import TextIO

_UNSAFE = re.compile(r"[^\x20-\x7e]|[\"\\]")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class AccessLog:
    """Writes to `file`, or nowhere."""

    def __init__(self, file: TextIO | None) -> None:
        self._file = file

    def write(self, client: str, request: str, status: int, size: int) -> None:
        """`request` is the request line, or empty if it could not be read; `size` counts bytes without headers."""
        if self._file is not None:
            line = _UNSAFE.sub(_escaped, request[:4000]) or "-"
            self._file.write(f'{client or "-"} - - [{now()}] "{line}" {status} {size or "-"}\n')
            self._file.flush()


def now() -> str:
    """The time as Apache writes it, in UTC and whatever the locale."""
    t = time.gmtime()
    return f"{t.tm_mday:02}/{_MONTHS[t.tm_mon - 1]}/{t.tm_year}:{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02} +0000"


def _escaped(character: re.Match[str]) -> str:
    code = ord(character[0])
    return f"\\{character[0]}" if 0x20 <= code < 0x7F else f"\\x{code:02x}"
