"""What is wrong in the OpenAPI description in a file: a sentence each, `[]` if nothing is."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

found = OpenAPIV31SpecValidator(json.loads(Path(sys.argv[1]).read_text("utf-8"))).iter_errors()
print(json.dumps([f"{'/'.join(map(str, error.path))}: {error.message}" for error in found]))
