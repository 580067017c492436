"""What is wrong with a Croissant file, and the records that it leads to: `[report, {table: [{column: value}]}]`."""

from __future__ import annotations

import json
import sys

import mlcroissant

dataset = mlcroissant.Dataset(jsonld=sys.argv[1])


def plain(value: object) -> object:
    """`value` as JSON has it: texts come as bytes."""
    return value.decode() if isinstance(value, bytes) else value if value is None else str(value)


records = {
    found.id: [{key.partition("/")[2]: plain(v) for key, v in row.items()} for row in dataset.records(found.id)]
    for found in dataset.metadata.record_sets
}
print(json.dumps([dataset.metadata.ctx.issues.report().strip(), records]))
