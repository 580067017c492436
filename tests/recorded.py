"""How many laureates and stars there are by the records alone: what the graph, however it is asked, has to tell."""

from __future__ import annotations

import re
from pathlib import Path

_RECORDS = [path.read_text("utf-8") for path in Path(__file__).parents[1].glob("data/laureate/*/*.yaml")]
LAUREATES = len(_RECORDS)
STARRED = sum(bool(re.search(r"^étoiles: [1-4]$", record, re.M)) for record in _RECORDS)  # the first editions gave none
STARS = sum(len(re.findall(r"^[ -]*étoiles: [1-4]$", record, re.M)) for record in _RECORDS)  # accounts tell some too
