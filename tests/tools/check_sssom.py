"""What is wrong with a table of mappings, and how many rows are read: `[[message, …], rows]`."""

from __future__ import annotations

import json
import sys

from sssom.constants import SchemaValidationType
from sssom.parsers import parse_sssom_table
from sssom.validators import validate

read = parse_sssom_table(sys.argv[1])
kinds = [
    SchemaValidationType.JsonSchema,
    SchemaValidationType.PrefixMapCompleteness,
    SchemaValidationType.StrictCurieFormat,
]
reports = validate(read, kinds, fail_on_error=False)
print(json.dumps([[result.message for report in reports.values() for result in report.results], len(read.df)]))
