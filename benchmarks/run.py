"""Ratios between whole processes, measured in one run. See README.md for what each means.

    python benchmarks/run.py [SIZE …]

SIZE is a number of laureates, a multiple of 40, to build a graph of (400, 4000 and 10000 if none is given).
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
from statistics import median

from trophees.ask.question import find
from trophees.ask.text import bound
from trophees.base.context import Context
from trophees.graph import published, snapshot

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
TRIG, TURTLE = (str(ROOT / "publish" / "dumps" / f"trophees.{extension}") for extension in ("trig", "ttl"))
ROUNDS = 9
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


def interleaved(measures: Sequence[Measure]) -> list[float]:
    """The median of each, all measured once in every round, so that a slow moment touches all alike."""
    rounds = [[measure() for measure in measures] for _ in range(ROUNDS)]
    return [median(times) for times in zip(*rounds, strict=True)]


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


def first() -> None:
    """What is asked before there is a snapshot: nothing is kept here."""
    os.environ["TROPHEES_CACHE"] = ""
    trophees = process(str(BIN / "trophees"), "query", QUERY)
    ours, floor = interleaved([trophees, python(LOAD)])
    row("`trophees query`, the first / start, and load the graph", ours / floor, "≤ 1.3")


def next_ones(folder: Path) -> None:
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
    native = shutil.which("oxigraph", path=os.pathsep.join((str(BIN), os.environ["PATH"])))
    if native is None:
        print("oxigraph is not installed (pip install oxigraph): its rows are left out", file=sys.stderr)
        times = quickest([*asked.values(), rdflib])
    else:
        store = str(folder / "store")
        subprocess.run([native, "load", "-l", store, "-f", TRIG], check=True, stderr=subprocess.DEVNULL)
        subprocess.run([native, "optimize", "-l", store], check=True)
        options = ["--results-format", "csv", "--union-default-graph"]
        texts = (QUERY, bound(named.text, named.values), SHOWN)
        same = [[native, "query", "-l", store, "--query", text, *options] for text in texts]
        times = quickest([*asked.values(), rdflib, *same])
        for name, ours, theirs in zip(asked, times, times[len(asked) + 1 :], strict=False):
            row(f"{name} / `oxigraph query` of the same", ours / theirs, "≤ 2.5")
        row("`trophees show` / `oxigraph query` of the first", times[2] / times[len(asked) + 1], "")
    row("rdflib's `sparqlquery` / `trophees query`, the next ones", times[len(asked)] / times[0], "≥ 30")


def quickest(commands: Sequence[Sequence[str]]) -> list[float]:
    """The least processor seconds of each, all started once in every round."""

    def processor(command: Sequence[str]) -> float:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        assert status == 0, command
        return usage.ru_utime + usage.ru_stime

    rounds = [[processor(command) for command in commands] for _ in range(3 * ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def check(folder: Path) -> None:
    record = copy(folder) / "data" / "laureate" / "2020" / "cachan.yaml"
    record.write_text(record.read_text("utf-8").replace("étoiles: 4", "étoiles: 5"), "utf-8")

    def validation() -> float:
        command = [sys.executable, "-c", VALIDATE]
        return float(subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout)

    trophees = process(str(BIN / "trophees"), "check", str(record), cwd=folder, code=1)
    ours, start, validate = interleaved([trophees, python("import pyshacl"), validation])
    row("`trophees check` of one record / import pySHACL, and validate", ours / (start + validate), "< 2")


def build(folder: Path) -> None:
    trophees = process(str(BIN / "trophees"), "build", cwd=copy(folder))
    ours, rdflib = interleaved([trophees, python("import os; " + REWRITE)])
    row("`trophees build`, data and site / rdflib: Turtle read, N-Triples written", ours / rdflib, "")


def scale(folder: Path, sizes: Sequence[int], what: str, command: Sequence[str], code: int) -> None:
    """Each laureate over the real 40 costs as much, however many there are.

    Processor time: each size is built once.
    """
    seconds, memory = {}, {}
    for size in (40, *sizes):
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            copy(Path(temporary), size)
            child = subprocess.Popen(
                [str(BIN / "trophees"), *command],
                cwd=temporary,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(child.pid, 0)
            assert os.waitstatus_to_exitcode(status) == code, f"{what} of {size} laureates: not made"
            seconds[size], memory[size] = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
    first = sizes[0]
    for size in sizes:
        each = (seconds[size] - seconds[40]) / (size - 40)
        first_each = (seconds[first] - seconds[40]) / (first - 40)
        kilobytes = (memory[size] - memory[40]) / (size - 40)
        row(f"{what} of {size} laureates: time of each / at {first}", each / first_each, "~ 1")
        row("… peak memory of each, kB", kilobytes, "")


def row(name: str, ratio: float, target: str) -> None:
    print(f"| {name} | {ratio:.3g} | {target} |", flush=True)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [400, 4000, 10000]
    print("| what | ratio | target |\n|---|---:|---:|")
    first()
    with tempfile.TemporaryDirectory() as temporary:
        next_ones(Path(temporary))
        check(Path(temporary) / "check")
        build(Path(temporary) / "build")
        # nothing is published there: the check finds that all is stale
        scale(Path(temporary), sizes, "data", ["build", "--check"], 1)
        scale(Path(temporary), sizes, "data and site", ["build"], 0)


if __name__ == "__main__":
    main()
