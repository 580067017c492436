"""What the front and its workers say to each other: a length, a head in JSON, and the bytes of an answer."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

LENGTH = struct.Struct("!I")
COMMAND = struct.Struct("!cI")  # of the front to the engine: what to do with worker number N
FORK, KILL, SLOW = b"F", b"K", b"S"


@dataclass(frozen=True)
class Job:
    """A query, the graphs that the protocol names (None: as the query says), and how to write what it finds.

    `rows` and `rdf` are formats for SELECT and ASK, and for CONSTRUCT and DESCRIBE; empty if the client wants none that
    there is. `coding` is `br`, `gzip` or empty. Relative IRIs are resolved by `base`. `id` tells the answer from all
    others, the same graph being served. `small` asks for `page`, the rows from number `offset` on, `most` at most, or
    for `check`, what is said of the query, instead of the whole answer. The graph is as it is in the language `lang`,
    if there is one. Rows are `compact`, and have `labels` in a language, as `ask.shape.shaped` makes them.
    """

    query: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    rows: str
    rdf: str
    coding: str
    base: str | None = None
    id: str = ""
    small: str = ""
    offset: int = 0
    most: int = 0
    lang: str = ""
    compact: bool = False
    labels: str = ""

    def pack(self) -> bytes:
        return packed(vars(self))

    @classmethod
    def unpack(cls, data: bytes) -> Job:
        fields = json.loads(data)
        for name in ("default", "named"):
            fields[name] = None if fields[name] is None else tuple(fields[name])
        return cls(**fields)


@dataclass(frozen=True)
class Head:
    """What comes before the bytes of an answer, or of a sentence if `status` is not 200.

    `size` bytes follow, or stand in the worker's file. `place` is `line:column` in the query, from 1. A `volatile`
    answer may be another the next time. `note` is what the header of an empty answer says of the query.
    """

    status: int
    size: int
    form: str = "txt"
    coding: str = ""
    place: str = ""
    volatile: bool = False
    in_file: bool = False
    note: str = ""

    def pack(self) -> bytes:
        return packed(vars(self))

    @classmethod
    def unpack(cls, data: bytes) -> Head:
        return cls(**json.loads(data))


def packed(head: Mapping[str, Any]) -> bytes:
    data = json.dumps(head).encode()
    return LENGTH.pack(len(data)) + data


@dataclass
class Answer:
    """The head, and the bytes that go with it: `data`, or the first `head.size` of `file`."""

    head: Head
    data: bytes = b""
    file: IO[bytes] | None = None
