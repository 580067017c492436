"""What is handed to the scripts of pages: JSON, or a script that puts it in a variable.

A page of a disk may run its neighbours, not read them.
"""

from __future__ import annotations

import json


def compact(value: object) -> str:
    """`value` as JSON, as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def assigned(name: str, value: object) -> bytes:
    """The script that puts `value` in the variable `name` of the page."""
    return f"window.{name} = {compact(value)};\n".encode()


def called(name: str, value: object) -> bytes:
    """The script that calls the function `name` of the page with `value`."""
    return f"{name}({compact(value)});\n".encode()
