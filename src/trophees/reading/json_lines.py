"""JSON Lines: one object a line. Its names are the columns; a value that is no text is as JSON writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from trophees.base.errors import UserError
from trophees.reading import encoding
from trophees.reading.delimited import Dialect, opened

_MOST = 1000  # names in all objects together


class _Number(str):
    """A number by the digits that it was written with."""


def rows(file: IO[bytes], name: str) -> tuple[Iterator[tuple[int, tuple[str, ...], str]], int, Dialect]:
    """The names, on line 0, then the row of each line, with the line itself; how many names there are; its dialect.

    An empty line is a row without cells. UserError, with the line, if one is no object.
    """
    codec = encoding.codec(file, name)
    names: dict[str, None] = {}
    first = ""
    for number, line in enumerate(opened(file, codec), 1):
        first = first or line
        names |= dict.fromkeys(_object(line, name, number))
        if len(names) > _MOST:
            raise UserError(f"{name}:{number}: the objects have more than {_MOST} names")
    dialect = Dialect(codec, "", "\r\n" if first.endswith("\r\n") else "\n")

    def read() -> Iterator[tuple[int, tuple[str, ...], str]]:
        yield 0, tuple(_whole(key) for key in names), ""
        for number, line in enumerate(opened(file, codec), 1):
            found = _object(line, name, number)
            try:
                cells = tuple(_cell(found.get(key)) for key in names) if line.strip() else ()
            except RecursionError:
                raise UserError(f"{name}:{number}: is no JSON (nested too deeply)") from None
            yield number, cells, line.strip()

    return read(), len(names), dialect


def _object(line: str, name: str, number: int) -> dict[str, Any]:
    if not line.strip():
        return {}
    try:
        found = json.loads(line, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except (ValueError, RecursionError) as error:
        said = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise UserError(f"{name}:{number}: is no JSON ({said})") from None
    if not isinstance(found, dict):
        raise UserError(f"{name}:{number}: is no JSON object: JSON Lines have one on each line")
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _whole(value)
    return _whole(_json(value))


def _json(value: Any) -> str:
    match value:
        case _Number():
            return value
        case dict():
            return f"{{{', '.join(f'{_json(key)}: {_json(part)}' for key, part in value.items())}}}"
        case list():
            return f"[{', '.join(map(_json, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _whole(text: str) -> str:
    """`text` without halves of characters, which JSON can write and UTF-8 cannot."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
