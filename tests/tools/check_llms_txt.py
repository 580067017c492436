"""What the reader of llmstxt.org finds in a file: `{"title", "summary", "sections": {title: number of links}}`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from llms_txt import parse_llms_file

found = parse_llms_file(Path(sys.argv[1]).read_text("utf-8"))
sections = {title: len(links) for title, links in found.sections.items()}
print(json.dumps({"title": found.title, "summary": found.summary, "sections": sections}))
