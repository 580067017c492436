"""When each published file came and last changed: `data/files.json`, which only `trophees release` writes.

It holds what the last release listed, by path: `issued`, `modified` (days) and `sha512`. A build gives a file whose
bytes are the same its dates back, and another one the day of the release. A path that was published stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pyoxigraph import NamedNode, Triple

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.publish.description import Former
from trophees.publish.portals import CATALOG, node
from trophees.source.problem import Problem

FILE = "files.json"  # under data/
_KEYS = {"issued", "modified", "sha512"}


def read(text: str, name: str) -> dict[str, Former]:
    """What the last release listed, by path. UserError if `text`, of the file `name`, is malformed."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UserError(f"{name}:{line}: no JSON: take the file from the last release") from None
    if not isinstance(said, dict):
        raise UserError(f"{name}:1: an object is expected: take the file from the last release")
    return {path: _former(path, entry, name) for path, entry in said.items()}


def _former(path: str, entry: Any, name: str) -> Former:
    try:
        if entry.keys() != _KEYS or not all(isinstance(value, str) for value in entry.values()):
            raise ValueError
        days = [date.fromisoformat(entry[key]).isoformat() for key in ("issued", "modified")]
        if days != [entry["issued"], entry["modified"]] or days != sorted(days):
            raise ValueError
        bytes.fromhex(entry["sha512"])
    except (AttributeError, ValueError):
        raise UserError(f"{name}: “{path}”: two days in order, issued and modified, and sha512 are expected") from None
    return Former(entry["sha512"], entry["issued"], entry["modified"])


def listed(catalogue: Iterable[Triple]) -> dict[str, Former]:
    """The same of the files that a catalogue lists."""
    said: dict[NamedNode, dict[str, Any]] = {}
    for triple in catalogue:
        if isinstance(triple.subject, NamedNode):
            said.setdefault(triple.subject, {}).setdefault(triple.predicate.value, triple.object)
    site = said[CATALOG][node("foaf:homepage").value].value

    def text(subject: NamedNode, name: str) -> str:
        return str(said[subject][node(name).value].value)

    return {
        text(file, "dcat:downloadURL").removeprefix(site): Former(
            text(told[node("spdx:checksum").value], "spdx:checksumValue"),
            text(file, "dcterms:issued"),
            text(file, "dcterms:modified"),
        )
        for file, told in said.items()
        if node("dcat:downloadURL").value in told
    }


def written(found: Mapping[str, Former]) -> bytes:
    """The file that says `found`; sorted."""
    said = {path: {key: getattr(former, key) for key in sorted(_KEYS)} for path, former in sorted(found.items())}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def problems(former: Mapping[str, Former], now: Iterable[str]) -> Iterator[Problem]:
    """The files that the last release listed, and that are not among `now`: portals would keep dead addresses."""
    for path in sorted(former.keys() - set(now)):
        since = former[path].issued
        yield Problem(
            f"data/{FILE}",
            1,
            1,
            "source:file-address",
            messages=Both(
                f"« {path} », publié depuis le {since}, n’est plus là : l’adresse d’un fichier ne change jamais",
                f"“{path}”, published since {since}, is gone: the address of a file never changes",
            ),
        )
