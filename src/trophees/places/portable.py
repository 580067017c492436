"""The reference of places and the grammar of names in one compact file, for a reader in another language.

Tables are kept by columns. Of each cell is kept how many letters it begins with as the one above it, as a character
from “0” on, and the rest; this halves what gzip makes of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import takewhile
from operator import eq
from typing import Any

from trophees.base.language import Both
from trophees.places import grammar, reference, why
from trophees.places.tables import rows

_TABLES = "events", "postal_codes", "sirens", "members", "arrondissements", "regions", "points", "populations"
_FIRST = ord("0")  # stands for no letter in common


def portable() -> dict[str, Any]:
    """The tables, places in the order of `reference.places`; the grammar; and the sentences that say why."""
    records = [
        (p.kind, p.code, p.name, str(p.begins or ""), str(p.ends or ""), p.of, p.form) for p in reference.places()
    ]
    return {
        "newest": reference.newest().isoformat(),
        "tables": {"places": columns(records), **{name: columns(rows(name)) for name in _TABLES}},
        "grammar": json.loads(grammar.FILE.read_text("utf-8")),
        "said": {"found": _said(why.FOUND), "several": _said(why.SEVERAL), "columns": _said(why.COLUMNS)},
    }


def compact() -> bytes:
    """The same as JSON, in UTF-8, not compressed yet."""
    return json.dumps(portable(), ensure_ascii=False, separators=(",", ":")).encode()


def columns(table: Iterable[Iterable[str]]) -> list[str]:
    """The columns of a table, each as one text with a line for each cell."""
    return [_column(cells) for cells in zip(*table, strict=True)]


def _column(cells: Iterable[str]) -> str:
    above = ""
    lines = []
    for cell in cells:
        common = sum(takewhile(bool, map(eq, above, cell)))
        lines.append(chr(_FIRST + common) + cell[common:])
        above = cell
    return "\n".join(lines)


def _said(sentences: dict[str, Both]) -> dict[str, dict[str, str]]:
    return {key: {"fr": both.fr, "en": both.en} for key, both in sentences.items()}
