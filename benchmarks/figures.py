"""What was measured, kept in `figures.json`, and the table and the plot that are made of it: always the same.

    python benchmarks/figures.py        # writes docs/performance.md and docs/performance.svg anew

A ratio is the median of what we take over the median of what the other takes, in rounds of one run; its spread goes
from the least to the greatest ratio of a round.
"""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from importlib.metadata import version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
FILE = Path(__file__).with_name("figures.json")
PAGE, PLOT = (ROOT / "docs" / f"performance.{extension}" for extension in ("md", "svg"))
_PINNED = Path(__file__).with_name("peers.txt")
_LEFT, _WIDE, _HIGH = 470, 880, 26  # of the plot: the room of names, all of it, the height of a row


@dataclass(frozen=True)
class Row:
    """`ours` over `theirs`, round by round, in `unit`; `goal` is a sign and a number, `≤ 2`, or nothing."""

    what: str
    over: str
    ours: Sequence[float]
    theirs: Sequence[float]
    unit: str = "s"
    goal: str = ""

    @property
    def ratio(self) -> float:
        """The median of ours over the median of theirs."""
        return median(self.ours) / median(self.theirs)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the greatest ratio of a round."""
        ratios = [a / b for a, b in zip(self.ours, self.theirs, strict=True)]
        return min(ratios), max(ratios)

    @property
    def reached(self) -> bool | None:
        """Whether the ratio is as the goal says; None without one."""
        if not self.goal:
            return None
        sign, number = self.goal.split()
        return self.ratio <= float(number) if sign == "≤" else self.ratio >= float(number)


@dataclass(frozen=True)
class Run:
    """What one run of a bench measured, and where."""

    environment: Mapping[str, str]
    rows: Sequence[Row]


def environment() -> dict[str, str]:
    """What decides how fast things are, and how busy the machine was with other work."""
    peers = (line.split()[0] for line in _PINNED.read_text("utf-8").splitlines() if "==" in line)
    ours = (f"{name}=={version(name)}" for name in ("pyoxigraph", "pyshacl", "rdflib"))
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "load": f"{os.getloadavg()[0]:.1f}",
        "peers": ", ".join([*peers, *ours]),
    }


def read(file: Path = FILE) -> dict[str, Run]:
    """What each bench measured when it ran last."""
    said = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return {name: Run(run["environment"], [Row(**row) for row in run["rows"]]) for name, run in said.items()}


def keep(runs: Mapping[str, Run], file: Path = FILE) -> None:
    """Write the figures, the table and the plot."""
    said = {name: asdict(run) for name, run in sorted(runs.items())}
    file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(runs), "utf-8")
    PLOT.write_text(plot(runs), "utf-8")


def page(runs: Mapping[str, Run]) -> str:
    """The table, in Markdown."""
    lines = [
        "# Performance",
        "",
        "Made by `make bench` from the figures of its last runs; what each row means: "
        "[benchmarks](../benchmarks/README.md). A ratio compares two medians of one run, whose rounds measure both in "
        "turn; the spread goes from the least to the greatest ratio of a round. Compare ratios, never seconds, between "
        "machines.",
        "",
        "![The ratios of the table, with their spreads and goals](performance.svg)",
        "",
    ]
    for name, run in sorted(runs.items()):
        told = run.environment
        lines += [
            f"## {name}",
            "",
            f"Python {told['python']}, {told['system']}, with a load of {told['load']} at the start; {told['peers']}.",
            "",
            "| ours | theirs | ratio | spread | goal | ours, median | theirs, median | rounds |",
            "|---|---|---:|---:|---:|---:|---:|---:|",
            *map(_line, run.rows),
            "",
        ]
    return "\n".join(lines)


def _line(row: Row) -> str:
    least, most = row.spread
    missed = "" if row.reached in (None, True) else ", **not reached**"
    cells = [
        *(row.what, row.over, f"{row.ratio:.3g}", f"{least:.3g} – {most:.3g}", f"{row.goal}{missed}"),
        *(f"{median(values):.3g} {row.unit}" for values in (row.ours, row.theirs)),
        str(len(row.ours)),
    ]
    return f"| {' | '.join(cells)} |"


def plot(runs: Mapping[str, Run]) -> str:
    """The ratios as SVG, on a logarithmic scale: the spread as a line, the ratio as a dot, the goal as a stroke."""
    rows = [row for _, run in sorted(runs.items()) for row in run.rows]
    ends = [end for row in rows for end in (*row.spread, *([float(row.goal.split()[1])] if row.goal else []))]
    low = math.floor(math.log10(min(ends, default=1)))
    high = max(math.ceil(math.log10(max(ends, default=1))), low + 1)

    def x(ratio: float) -> str:
        return f"{_LEFT + (math.log10(ratio) - low) / (high - low) * (_WIDE - _LEFT - 30):.1f}"

    bottom = _HIGH * (len(rows) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {bottom + 30}" role="img" '
        'font-family="sans-serif" font-size="12">',
        "<title>Ratios: ours over theirs, with spreads and goals</title>",
        f'<rect width="{_WIDE}" height="{bottom + 30}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        at = x(10.0**power)
        parts.append(f'<path d="M{at} 10V{bottom}" stroke="#ccc"/>')
        parts.append(f'<text x="{at}" y="{bottom + 16}" text-anchor="middle">{10.0**power:g}</text>')
    for number, row in enumerate(rows):
        y = _HIGH * number + 24
        least, most = row.spread
        parts.append(f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(_plain(row))}</text>')
        parts.append(f'<path d="M{x(least)} {y}H{x(most)}" stroke="#777" stroke-width="2"/>')
        colour = "#b3261e" if row.reached is False else "#00579b"
        parts.append(f'<circle cx="{x(row.ratio)}" cy="{y}" r="5" fill="{colour}"/>')
        if row.goal:
            parts.append(f'<path d="M{x(float(row.goal.split()[1]))} {y - 9}v18" stroke="#111" stroke-width="2"/>')
    return "\n".join([*parts, "</svg>", ""])


def _plain(row: Row) -> str:
    name = f"{row.what} / {row.over}".replace("`", "")
    return name if len(name) < 76 else f"{name[:75]}…"


def shown(rows: Iterable[Row]) -> str:
    """The rows as a terminal shows them."""
    return "\n".join(
        f"{row.what} / {row.over}: {row.ratio:.3g} ({row.spread[0]:.3g} – {row.spread[1]:.3g}) {row.goal}"
        for row in rows
    )


if __name__ == "__main__":
    keep(read())
