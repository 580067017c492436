"""How fast and how surely lists are linked to territories, beside an exact match on folded names and RapidFuzz.

    python benchmarks/link.py [ROWS]

The labelled rows of tests/places are asked of each; ROWS (100,000) of the names of communes, as people write them, make
a file for `trophees link`. RapidFuzz is no dependency: without it (pip install rapidfuzz) its line is left out.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from trophees.base.folding import fold
from trophees.places import reference
from trophees.places.answered import day
from trophees.places.link import Asked, link

LABELLED = Path(__file__).parents[1] / "tests" / "places" / "labelled.csv"
FORMS = ("{}", "Ville de {}", "Mairie de {}", "Commune de {}", " {} ")
FEWER = 300  # labelled rows that are asked of what compares with every name

Row = dict[str, str]
Matcher = Callable[[Row], str]


def main() -> None:
    """Print rows a second, precision and recall of each way, then what `trophees link` takes for a file."""
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ways: list[tuple[str, Matcher, list[Row]]] = [
        ("trophees.places.link", ours, rows),
        ("the same name, folded", exactly(), rows),
    ]
    try:
        ways.append(("RapidFuzz extractOne, WRatio", fuzzily(), rows[:: len(rows) // FEWER]))
    except ImportError:
        print("RapidFuzz is not installed: pip install rapidfuzz", file=sys.stderr)
    print(f"{'':30}{'rows/s':>10}{'precision':>11}{'linked':>9}   of {len(rows)} labelled rows")
    for called, matcher, asked in ways:
        print(f"{called:30}{judged(matcher, asked)}")
    filed(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)


def judged(matcher: Matcher, rows: list[Row]) -> str:
    """Rows a second; of the rows that are linked, how many rightly; of those that can be, how many are, rightly."""
    matcher(rows[0])
    begun = time.perf_counter()
    found = [matcher(row) for row in rows]
    spent = time.perf_counter() - begun
    expected = [row["expected_code"] if row["outcome"] == "linked" else "" for row in rows]
    right = sum(code == meant != "" for code, meant in zip(found, expected, strict=True))
    precision, linked = right / max(1, sum(map(bool, found))), right / sum(map(bool, expected))
    return f"{len(rows) / spent:10,.0f}{precision:11.2%}{linked:9.2%}"


def ours(row: Row) -> str:
    """What the matcher says of a row, all of its columns used."""
    columns = {key: row[key] for key in ("name", "code", "postal", "departement", "region", "kind")}
    since = day(row["since"])  # a question of what became of a code
    days = (since, day(row["date"])) if since else (day(row["date"]), None)
    place = link(Asked(**columns, on=days[0], to=days[1])).place
    return place.code if place else ""


def _names() -> dict[str, list[str]]:
    found = defaultdict(list)
    for place in reference.places():
        if place.on(reference.newest()):
            found[fold(place.name)].append(place.code)
    return found


def exactly() -> Matcher:
    """The one territory of today that has the name, but for case and accents."""
    names = _names()

    def found(row: Row) -> str:
        codes = names.get(fold(row["name"]), [])
        return codes[0] if len(codes) == 1 else ""

    return found


def fuzzily() -> Matcher:
    """The territory of today whose name is the nearest, if it is near (90 of 100)."""
    from rapidfuzz import fuzz, process

    names = _names()
    choices = list(names)

    def found(row: Row) -> str:
        best = process.extractOne(fold(row["name"]), choices, scorer=fuzz.WRatio, score_cutoff=90)
        return names[best[0]][0] if best else ""

    return found


def filed(number: int) -> None:
    """Print what `trophees link` takes for a CSV of that many rows: seconds, and memory of all its processes."""
    chance = random.Random(2020)
    communes = [place for place in reference.places() if place.kind == "commune" and place.on(reference.newest())]
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, "list.csv"), Path(folder, "linked.csv")
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(["commune", "departement", "n"])
            for n in range(number):
                place = chance.choice(communes)
                written = chance.choice(FORMS).format(chance.choice([place.name, place.name.upper()]))
                writer.writerow([written, reference.departement(place.code), n])
        for processes in (1, 2):
            command = [sys.executable, "-m", "trophees", "link", str(file), "-o", str(out)]
            command += ["--processes", str(processes)]
            begun, most = time.perf_counter(), 0
            run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            while run.poll() is None:
                most = max(most, sum(map(_resident, _family(run.pid))))
                time.sleep(0.05)
            spent = time.perf_counter() - begun
            memory = f", {most >> 20} MB" if most else ""
            print(f"trophees link, {number:,} rows, --processes {processes}: {spent:.1f} s{memory}")


def _family(process: int) -> list[int]:
    """A process and those that it started (Linux)."""
    found = [process]
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    except OSError:
        pass
    return found


def _resident(process: int) -> int:
    """The bytes of memory that a process holds, what it shares with others counted in (Linux)."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


if __name__ == "__main__":
    main()
