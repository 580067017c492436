"""What the columns of a CSV file are taken for: `{column: format}`."""

from __future__ import annotations

import json
import sys

from csv_detective import routine

found = routine(sys.argv[1], num_rows=-1, output_profile=False, save_results=False)
print(json.dumps({column: told["format"] for column, told in found["columns"].items()}))
