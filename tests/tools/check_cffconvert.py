"""What is wrong with a CITATION.cff, in a word, or nothing: `[]` or `["…"]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
from cffconvert import Citation

try:
    Citation(Path(sys.argv[1]).read_text("utf-8")).validate()
    print("[]")
except (jsonschema.ValidationError, ValueError) as error:
    print(json.dumps([str(getattr(error, "message", error))]))
