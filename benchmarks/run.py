"""Ratios between whole processes, measured in one run. See README.md for what each means.

    python benchmarks/run.py [NAME …]

NAME is one of BENCHES; without one, those that together take less than ten minutes. What they measure is kept in
figures.json, from which docs/performance.md is made.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import bulk
import figures
from figures import Row, Run
from trophees.ask.question import find
from trophees.ask.text import bound
from trophees.base.context import Context
from trophees.graph import published, snapshot

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PEERS = ROOT / ".venv" / "peers" / "bin"
TRIG, TURTLE = (str(ROOT / "publish" / "dumps" / f"trophees.{extension}") for extension in ("trig", "ttl"))
ROUNDS, ROUNDS_OF_BUILDS = 9, 3
NAME = "laureates-in-region"

QUERY = """
PREFIX tp: <https://w3id.org/trophees-participation/ontology#>
SELECT ?tool (COUNT(DISTINCT ?laureate) AS ?laureates) WHERE { ?laureate a tp:Laureate ; tp:usesTool ?tool }
GROUP BY ?tool ORDER BY DESC(?laureates) ?tool
"""
# what `trophees show cachan` reads: the thing and its facts, what refers to it, and the labels of all these
THING = "https://w3id.org/trophees-participation/laureate/2020/cachan"
SHOWN = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?s ?p ?o ?of_p ?of_o {{
  {{ {{ BIND(<{THING}> AS ?s) }} UNION {{ <{THING}> ?to ?s FILTER(STRSTARTS(STR(?s), "{THING}#")) }}
    ?s ?p ?o OPTIONAL {{ ?p rdfs:label ?of_p }} OPTIONAL {{ ?o skos:prefLabel ?of_o }} }}
  UNION {{ ?s ?p <{THING}> OPTIONAL {{ ?s skos:prefLabel ?of_o }} }}
}}
"""
LOAD = f"""
import click
from pyoxigraph import RdfFormat, Store
Store().load(path={TRIG!r}, format=RdfFormat.TRIG, lenient=True)
"""
# The same call of pySHACL as the command makes; prints the seconds that it takes.
VALIDATE = """
import time
from pathlib import Path
from trophees.check import records, shacl
from trophees.check.whole import Whole
from trophees.release.checkout import Project
spent, call = 0.0, shacl.validate
def timed(*arguments, **options):
    global spent
    start = time.perf_counter()
    result = call(*arguments, **options)
    spent += time.perf_counter() - start
    return result
shacl.validate = timed
project = Project.containing(Path())
everything = list(project.records())
whole = Whole.of(everything, project.territories())
shapes, ontology = shacl.shapes_graph(project.shapes()), shacl.classes_graph(project.ontology())
cachan = [record for record in everything if record.path.endswith("/2020/cachan.yaml")]
records.check(cachan, whole, shapes, ontology, project.context)
print(spent)
"""
REWRITE = f"import rdflib; rdflib.Graph().parse({TURTLE!r}).serialize(os.devnull, format='nt')"

Measure = Callable[[], float]


def process(*command: str, cwd: Path = ROOT, code: int = 0) -> Measure:
    """The seconds that `command` takes, from its start to its end with the exit code `code`."""

    def measure() -> float:
        start = time.perf_counter()
        done = subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        elapsed = time.perf_counter() - start
        if done.returncode != code:
            raise SystemExit(f"{command[0]}: {done.stderr.decode()}")
        return elapsed

    return measure


def python(code: str, cwd: Path = ROOT) -> Measure:
    return process(sys.executable, "-c", code, cwd=cwd)


def interleaved(measures: Sequence[Measure], rounds: int = ROUNDS) -> list[tuple[float, ...]]:
    """What each takes, all measured once in every round, so that a slow moment touches all alike."""
    return list(zip(*[[measure() for measure in measures] for _ in range(rounds)], strict=True))


def copy(folder: Path, laureates: int = 40) -> Path:
    """What a build reads, with so many laureates: the real ones, then the same ones under other names."""
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(ROOT / name, folder / name)
    for log in ("CHANGELOG.md", "JOURNAL.md"):
        shutil.copy(ROOT / log, folder)
    real = folder / "data" / "laureate" / "2020"
    texts = {path.stem: path.read_text("utf-8") for path in sorted(real.glob("*.yaml"))}
    for number in range(1, laureates // 40):
        for slug, text in texts.items():
            text = text.replace(f"id: laureate:2020/{slug}", f"id: laureate:2020/{slug}-{number}", 1)
            text = re.sub(r"^ordre: (\d+)$", lambda m: f"ordre: {int(m[1]) + 40 * number}", text, flags=re.M)  # noqa: B023
            (real / f"{slug}-{number}.yaml").write_text(text, "utf-8")
    return folder


def same_answer() -> None:
    """The two engines answer QUERY alike, or there is nothing to compare."""
    ours, theirs = (
        json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["results"]["bindings"]
        for command in (
            [str(BIN / "trophees"), "query", "--format", "json", QUERY],
            [str(BIN / "sparqlquery"), TURTLE, "-q", QUERY, "-f", "json"],
        )
    )
    values = [[{name: term["value"] for name, term in row.items()} for row in rows] for rows in (ours, theirs)]
    assert values[0], "the query has no answer"
    assert values[0] == values[1], "the engines disagree"


def first() -> list[Row]:
    """What is asked before there is a snapshot: nothing is kept here."""
    os.environ["TROPHEES_CACHE"] = ""
    trophees = process(str(BIN / "trophees"), "query", QUERY)
    ours, floor = interleaved([trophees, python(LOAD)])
    return [Row("`trophees query`, the first", "start, and load the graph", ours, floor, "s", "≤ 1.3")]


def next_ones(folder: Path) -> list[Row]:
    """What is asked of the snapshot, in processor seconds of whole processes."""
    os.environ["TROPHEES_CACHE"] = str(folder / "cache")
    snapshot.make(published.file(published.GRAPH), published.file(published.CONTEXT))
    same_answer()
    trophees, rdflib = str(BIN / "trophees"), [str(BIN / "sparqlquery"), TURTLE, "-q", QUERY]
    asked = {
        "`trophees query`, the next ones": [trophees, "query", QUERY],
        "… by name, with a parameter": [trophees, "query", NAME, "-p", "region=region:84"],
        "`trophees show`": [trophees, "show", "cachan"],
    }
    named = find(NAME, {"region": "region:84"}, Context(published.text(published.CONTEXT)))
    native, store = oxigraph(), str(folder / "store")
    subprocess.run([native, "load", "-l", store, "-f", TRIG], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([native, "optimize", "-l", store], check=True)
    options = ["--results-format", "csv", "--union-default-graph"]
    texts = (QUERY, bound(named.text, named.values), SHOWN)
    same = [[native, "query", "-l", store, "--query", text, *options] for text in texts]
    times = processors([*asked.values(), *same, rdflib])
    beside = "`oxigraph query` of the same"
    return [
        *(
            Row(name, beside, ours, theirs, "s", "≤ 2.5")
            for name, ours, theirs in zip(asked, times, times[3:], strict=False)
        ),
        Row("`trophees show`", "`oxigraph query` of the first", times[2], times[3]),
        Row("`trophees query`, the next ones", "rdflib’s `sparqlquery`", times[0], times[-1], "s", "≤ 0.033"),
    ]


def oxigraph() -> str:
    """The native engine, as it is pinned."""
    native = shutil.which("oxigraph", path=str(PEERS))
    if native is None:
        raise SystemExit("oxigraph is not installed beside: run “make bench”")
    return native


def processors(commands: Sequence[Sequence[str]]) -> list[list[float]]:
    """The processor seconds of each, all started three times a round: the least, to which other work only adds."""

    def processor(command: Sequence[str]) -> float:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        assert status == 0, command
        return usage.ru_utime + usage.ru_stime

    rounds = [[[processor(command) for command in commands] for _ in range(3)] for _ in range(ROUNDS)]
    return [[min(times[number] for times in three) for three in rounds] for number in range(len(commands))]


def check(folder: Path) -> list[Row]:
    record = copy(folder) / "data" / "laureate" / "2020" / "cachan.yaml"
    record.write_text(record.read_text("utf-8").replace("étoiles: 4", "étoiles: 5"), "utf-8")

    def validation() -> float:
        command = [sys.executable, "-c", VALIDATE]
        return float(subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout)

    trophees = process(str(BIN / "trophees"), "check", str(record), cwd=folder, code=1)
    ours, start, validate = interleaved([trophees, python("import pyshacl"), validation])
    floor = [sum(both) for both in zip(start, validate, strict=True)]
    return [Row("`trophees check` of one record", "import pySHACL, and validate", ours, floor, "s", "≤ 2")]


def build(folder: Path) -> list[Row]:
    trophees = process(str(BIN / "trophees"), "build", cwd=copy(folder))
    ours, rdflib = interleaved([trophees, python("import os; " + REWRITE)], ROUNDS_OF_BUILDS)
    return [Row("`trophees build`, data and site", "rdflib: Turtle read, N-Triples written", ours, rdflib)]


def scale(folder: Path, size: int, what: str, command: Sequence[str], code: int) -> list[Row]:
    """Each laureate over the real 40 costs as much among `size` as among 400.

    Processor time: each size is built once.
    """
    seconds, memory = dict[int, float](), dict[int, float]()
    for laureates in (40, 400, size):
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            copy(Path(temporary), laureates)
            child = subprocess.Popen(
                [str(BIN / "trophees"), *command],
                cwd=temporary,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(child.pid, 0)
            assert os.waitstatus_to_exitcode(status) == code, f"{what} of {laureates} laureates: not made"
            seconds[laureates], memory[laureates] = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
    found = [Row(f"{what}: each of {size} laureates", "each of 400", *_each(seconds, size), "s", "≤ 1.3")]
    return [*found, Row("… peak memory of each", "each of 400", *_each(memory, size), "kB", "≤ 1.3")]


def _each(costs: dict[int, float], size: int) -> tuple[list[float], list[float]]:
    """What each laureate beyond the first 40 costs, among `size` and among 400."""
    return [(costs[size] - costs[40]) / (size - 40)], [(costs[400] - costs[40]) / 360]


def whole(folder: Path, size: int) -> list[Row]:
    """The data alone, and with the site; where nothing is published, the check finds that all is stale."""
    data = scale(folder, size, "data", ["build", "--check"], 1)
    return data + scale(folder, size, "data and site", ["build"], 0)


BENCHES: dict[str, Callable[[Path], list[Row]]] = {
    "ask": lambda folder: first() + next_ones(folder),
    "check": check,
    "build": build,
    "bulk": lambda _: bulk.measured(oxigraph(), 18_000),
    "bulk-10m": lambda _: bulk.measured(oxigraph(), 180_000),
    "bulk-50m": lambda _: bulk.measured(oxigraph(), 900_000),
    "site-2000": lambda folder: whole(folder, 2000),
    "site-10000": lambda folder: whole(folder, 10_000),
}
USUAL = ("ask", "check", "build", "bulk")


def main() -> None:
    names = sys.argv[1:] or USUAL
    if unknown := [name for name in names if name not in BENCHES]:
        raise SystemExit(f"{unknown[0]}: is no bench: {', '.join(BENCHES)}")
    for name in names:
        where = figures.environment()
        with tempfile.TemporaryDirectory() as folder:
            rows = BENCHES[name](Path(folder))
        print(figures.shown(rows), flush=True)
        figures.keep(figures.read() | {name: Run(where, rows)})


if __name__ == "__main__":
    main()
