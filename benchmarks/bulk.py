"""`trophees build --records` beside `oxigraph convert` of the same statements, and how its cost grows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import generate
from figures import ROOT, Row

TROPHEES = str(Path(sys.executable).parent / "trophees")
FEW, ROUNDS = 1_800, 5
_EVERY = 0.2  # seconds from one look at the memory to the next


class Cost(NamedTuple):
    """Seconds from start to end, of processor in all processes, and MB that they had at most, shared pages once."""

    wall: float
    processor: float
    memory: float


def cost(command: list[str]) -> Cost:
    """What `command`, which has to succeed, costs with the processes that it starts."""
    before, start = os.times(), time.monotonic()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0
    while child.poll() is None:
        most = max(most, sum(map(_pages, _tree(child.pid))))
        time.sleep(_EVERY)
    wall, after = time.monotonic() - start, os.times()
    if child.returncode:
        raise SystemExit(f"{command[0]}: {child.stderr.read().decode() if child.stderr else ''}")
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, spent, most / 1024)


def _tree(process: int) -> list[int]:
    """The process and those that it has started."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return [process]
    return [process, *(one for child in children for one in _tree(child))]


def _pages(process: int) -> int:
    """The kB of the process, its share of what it has with others."""
    try:
        said = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in said if line.startswith("Pss:"))


class Bulk:
    """Builds of made-up laureates in `folder`."""

    def __init__(self, folder: Path, native: str) -> None:
        self._folder, self._native = folder, native
        self._out = folder / "out"

    def _lines(self, laureates: int) -> Path:
        path = self._folder / f"{laureates}.jsonl"
        if not path.exists():
            with path.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line, _, _ in generate.generate(laureates))
        return path

    def _built(self, laureates: int) -> Cost:
        options = ["--lines", "--unvalidated", "--out", str(self._out)]
        return cost([TROPHEES, "build", "--records", str(self._lines(laureates)), *options])

    def _statements(self) -> int:
        return int(json.loads((self._out / "records" / "report.json").read_bytes())["statements"])

    def beside(self, laureates: int) -> list[Row]:
        """Records read and N-Quads written, over the same statements read as JSON-LD and written."""
        self._built(laureates)
        quads, document, again = (self._folder / f"x.{extension}" for extension in ("nq", "jsonld", "nt"))
        shutil.copy(self._out / "dumps" / "trophees.nq", quads)
        count = f"{self._statements() / 1e6:.2f} M"
        subprocess.run([self._native, "convert", "-f", str(quads), "-t", str(document)], check=True)
        convert = [self._native, "convert", "-f", str(document), "-t", str(again), "--from-format", "jsonld"]
        rounds = [(self._built(laureates), cost([*convert, "--to-format", "nq"])) for _ in range(ROUNDS)]
        ours, theirs = zip(*rounds, strict=True)
        name, other = f"`trophees build --records`, {count} statements", "`oxigraph convert` of JSON-LD"
        return [
            Row(name, other, [one.wall for one in ours], [one.wall for one in theirs], "s", "≤ 2"),
            Row(f"{name}, processor", other, [one.processor for one in ours], [one.processor for one in theirs]),
        ]

    def grown(self, laureates: int) -> list[Row]:
        """What each statement costs, over what it costs among a million, both beyond a fixed start; and the memory."""
        few = self._built(FEW)
        first = self._statements()
        found = {}
        for size in (18_000, laureates):
            spent = self._built(size)
            found[size] = (spent, (spent.processor - few.processor) / (self._statements() - first))
        count = f"{self._statements() / 1e6:.1f} M"
        (million, each), (much, each_of_many) = found[18_000], found[laureates]
        return [
            Row(
                f"each of {count} statements, processor",
                "each of 1.1 M",
                [each_of_many * 1e6],
                [each * 1e6],
                "µs",
                "≤ 1.2",
            ),
            Row(f"peak memory of {count} statements", "of 1.1 M", [much.memory], [million.memory], "MB", "≤ 1.2"),
        ]


def measured(native: str, laureates: int) -> list[Row]:
    """Up to 18,000 laureates beside the other program; of more, how the cost grows."""
    with tempfile.TemporaryDirectory() as folder:
        bulk = Bulk(Path(folder), native)
        return bulk.beside(laureates) if laureates <= 18_000 else bulk.grown(laureates)
