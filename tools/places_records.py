"""The records that the reference of places is made of: lives of territories, and events between them."""

from __future__ import annotations

from typing import NamedTuple

COMMUNE, DELEGATED, ASSOCIATED = "commune", "commune-deleguee", "commune-associee"
EPCI = "epci"
KINDS = {"COM": COMMUNE, "COMD": DELEGATED, "COMA": ASSOCIATED}
Key = tuple[str, str]  # kind and code
State = dict[Key, tuple[str, str]]  # name, and the commune of a part


class Life(NamedTuple):
    """A territory of one kind under one code and one name, in one commune if it is a part of one."""

    kind: str
    code: str
    name: str
    start: str
    end: str
    of: str


class Event(NamedTuple):
    date: str
    event: str
    kind: str
    code: str
    to_kind: str
    to_code: str


def overseas_code(code: str) -> bool:
    """True of the codes of overseas collectivities, which are in no département."""
    return code[:3] in {"975", "977", "978", "984", "986", "987", "988", "989"}
