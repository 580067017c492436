"""Bytes as UTF-8, whatever they were written in: a byte order mark tells it, and XML declares it."""

from __future__ import annotations

import codecs
import io
import re
from contextlib import suppress
from typing import IO

from trophees.base.errors import UserError, brief

_MARKS = (  # those of 32 bits first, which begin like one of 16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))  # XML 1.0, appendix F
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_DECLARATION = re.compile(r"""(\A\s*<\?xml[^>]*?)(\sencoding\s*=\s*["'][^"'>]*["'])""")
_NO_ENCODINGS = {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"}


def utf8(data: bytes, name: str, *, xml: bool = False) -> bytes:
    """`data`, the file `name`, in UTF-8 without a byte order mark; of XML the encoding that it declares is read.

    UserError, with the line, if it is not in that encoding. What was in UTF-8 is the same bytes.
    """
    encoding, rest = _marked(data)
    if not encoding and xml:
        encoding = next((found for start, found in _UNMARKED if data.startswith(start)), "") or _declared(data, name)
    encoding = encoding or "utf-8"
    try:
        text = rest.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].decode(encoding, "replace").count("\n") + 1
        raise UserError(f"{name}:{line}: not {encoding.upper()}") from None
    if xml and encoding != "utf-8":
        return _DECLARATION.sub(lambda match: match[1] + " " * len(match[2]), text, count=1).encode()
    return rest if encoding == "utf-8" else text.encode()


class Kept(io.TextIOWrapper):
    """The text of a file that stays open when nobody reads the text any more."""

    def __del__(self) -> None:
        with suppress(OSError, ValueError):
            if not self.closed:
                self.detach()


def codec(file: IO[bytes], name: str) -> str:
    """How the text in `file` is written: the codec of its byte order mark, UTF-8, or else Windows-1252.

    UserError, with the line, if it is in none.
    """
    file.seek(0)
    marked, _ = _marked(file.read(4))
    if marked:
        found = {"utf-8": "utf-8-sig"}.get(marked, marked[:6])
        _read_through(file, found, name, marked.upper())
        return found
    try:
        _read_through(file, "utf-8", name, "")
    except UserError:
        _read_through(file, "cp1252", name, "")
        return "cp1252"
    return "utf-8"


def _read_through(file: IO[bytes], codec: str, name: str, called: str) -> None:
    """UserError, with the line, if `file` is not in `codec`, which is `called` so."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    while True:
        part = file.read(1 << 20)
        try:
            line += decoder.decode(part, final=not part).count("\n")
        except UnicodeDecodeError as error:
            line += error.object[: error.start].decode(codec, "replace").count("\n")
            said = f"not {called}" if called else "neither UTF-8 nor Windows-1252: save it as UTF-8"
            raise UserError(f"{name}:{line}: {said}") from None
        if not part:
            return


def _marked(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return "", data


def _declared(data: bytes, name: str) -> str:
    found = _DECLARED.match(data[:1000])
    if not found:
        return ""
    said = found[1].decode("ascii", "replace")
    try:
        known = codecs.lookup(said)
        known_name = known.name.replace("_", "-") if known._is_text_encoding else ""
    except (LookupError, ValueError):
        known_name = ""
    if not known_name or known_name in _NO_ENCODINGS:
        raise UserError(f"{name}:1: the encoding “{brief(said)}” is not known: save it as UTF-8")
    return "utf-8" if known_name.startswith("utf-16") else known_name  # it is none, as these bytes can be read
