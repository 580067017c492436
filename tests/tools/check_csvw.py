"""Is each table as the CSVW metadata in a file say, and how many are there? `[true, 19]`."""

from __future__ import annotations

import json
import sys
import warnings

import csvw

with warnings.catch_warnings(record=True) as found:
    warnings.simplefilter("always")
    try:
        group = csvw.CSVW(sys.argv[1], validate=True)
        valid, tables = bool(group.is_valid), len(group.tables)
    except ValueError:
        valid, tables = False, 0
said = [str(w.message) for w in found if "csvw" in w.filename]
print(json.dumps([valid and not said, tables]))
