"""What is wrong with the tables of a data package: `{table: [message, …]}`."""

from __future__ import annotations

import json
import sys

import frictionless

report = frictionless.validate(sys.argv[1])
assert not report.errors, report.errors
print(json.dumps({task.name: [*(e.message for e in task.errors), *task.warnings] for task in report.tasks}))
