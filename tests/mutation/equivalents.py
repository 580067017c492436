"""The mutants that no test can notice, each with the reason: `equivalents.txt`, sorted, `kind: mutant — reason`."""

from __future__ import annotations

from pathlib import Path

LINES = Path(__file__).with_name("equivalents.txt").read_text("utf-8").splitlines()
EQUIVALENT = {name: reason for name, _, reason in (line.rpartition(" — ") for line in LINES)}
