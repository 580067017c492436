"""The classes and blocks of Unicode that regular expressions name; imported by the first that names one."""

from __future__ import annotations

import json
from pathlib import Path

_TABLE: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "regular.json").read_text("utf-8"))
# the classes by their letters, the blocks by their names in small letters: the first and the last in hex
CLASSES = _TABLE["classes"]
BLOCKS = _TABLE["blocks"]
