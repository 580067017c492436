"""The access log, in the Common Log Format: one line per request, whatever the request holds."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress

_UNSAFE = re.compile(r"[^\x20-\x7e]|[\"\\]")
_NO_NAME = re.compile(r"[^0-9A-Za-z.:_%-]")  # in the address or the name of a host
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class AccessLog:
    """Writes to `file`, which is open, or nowhere. Nobody's answer waits for a log that cannot be written."""

    def __init__(self, file: int | None) -> None:
        self._file = file
        self._failed = False

    def write(self, client: str, request: str, status: int, size: int) -> None:
        """`request` is the request line, or empty if it could not be read; `size` counts bytes without headers."""
        if self._file is None:
            return
        who = _NO_NAME.sub(_hexadecimal, client[:255]) or "-"
        what = _UNSAFE.sub(_escaped, request[:4000]) or "-"
        try:
            os.write(self._file, f'{who} - - [{now()}] "{what}" {status} {size or "-"}\n'.encode("ascii"))
        except OSError as error:
            if not self._failed:
                warn(f"the access log cannot be written ({error.strerror}): requests are missing in it")
            self._failed = True


def warn(sentence: str) -> None:
    """Say `sentence` on standard error, if that is read."""
    with suppress(OSError, ValueError):
        print(f"trophees: {sentence}", file=sys.stderr, flush=True)


def now() -> str:
    """The time as Apache writes it, in UTC and whatever the locale."""
    t = time.gmtime()
    return f"{t.tm_mday:02}/{_MONTHS[t.tm_mon - 1]}/{t.tm_year}:{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02} +0000"


def _escaped(character: re.Match[str]) -> str:
    return f"\\{character[0]}" if character[0] in '"\\' else _hexadecimal(character)


def _hexadecimal(character: re.Match[str]) -> str:
    return f"\\x{ord(character[0]):02x}"
