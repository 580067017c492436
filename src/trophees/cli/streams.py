"""The standard streams, such as the shell gave them: closed ones, and encodings that lack our characters."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress

_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "─": "-", "œ": "oe", "Œ": "OE"})


def prepare() -> None:
    """Nothing is lost on the way out, and nothing fails.

    What is closed is open to nowhere, lest a file that we open takes its place. What goes to a file or a pipe is UTF-8,
    as records and formats are; a terminal gets what it can show for what it cannot.
    """
    while (file := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(file)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    codecs.register_error("plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with suppress(OSError):  # what could not be written before is told when the rest cannot be either
                if stream.isatty():
                    stream.reconfigure(errors="plain")
                else:
                    stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What stands for the characters that cannot be encoded: plainer ones, or else their code."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = unicodedata.normalize("NFKD", error.object[error.start : error.end].translate(_PLAIN))
    return text.encode("ascii", "backslashreplace").decode("ascii"), error.end
