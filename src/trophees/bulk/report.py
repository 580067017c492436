"""What became of the lines: how many were read, published and rejected, and why. Read = published + rejected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trophees.base.language import Both, Language

FILE, REJECTS, PROBLEMS = "records/report.json", "records/rejects.jsonl", "records/problems.jsonl"


@dataclass
class Report:
    """`files` gives, of each file, how many lines were read and how many rejected; `rules` how often each rule was
    broken; `statements` how many there are in the N-Quads; `editions` how many laureates each has, by its IRI.
    """

    read: int = 0
    published: int = 0
    rejected: int = 0
    warnings: int = 0
    statements: int = 0
    files: dict[str, list[int]] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    editions: Counter[str] = field(default_factory=Counter)

    def add(self, tally: Mapping[str, Any]) -> None:
        """Count what a part of the lines gave."""
        self.read += tally["read"]
        self.published += tally["published"]
        self.rejected += tally["rejected"]
        self.warnings += tally["warnings"]
        self.rules.update(tally["rules"])
        self.editions.update(tally["editions"])
        for path, numbers in tally["files"].items():
            before = self.files.get(path, [0, 0])
            self.files[path] = [a + b for a, b in zip(before, numbers, strict=True)]

    def document(self) -> dict[str, Any]:
        """The report for machines."""
        files = [
            {"file": path, "read": read, "published": read - rejected, "rejected": rejected}
            for path, (read, rejected) in sorted(self.files.items())
        ]
        counts = {name: getattr(self, name) for name in ("read", "published", "rejected", "warnings", "statements")}
        return counts | {"files": files, "rules": dict(sorted(self.rules.items()))}

    def written(self) -> bytes:
        """The same as a file."""
        return (json.dumps(self.document(), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")

    def line(self, language: Language) -> str:
        """The report for people."""
        told = self.read, self.published, self.rejected, self.statements
        return Both(
            "{} lignes lues = {} fiches publiées + {} rejetées ; {} assertions".format(*told),
            "{} lines read = {} records published + {} rejected; {} statements".format(*told),
        )[language]
