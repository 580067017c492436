"""Both SHACL engines on the same data in one run: seconds of processor, peak memory, findings.

    python benchmarks/shacl.py [TRIPLES …]

TRIPLES is 10,000, 100,000 and 1,000,000 if none is given: real records, repeated under other keys, and one fault in
each two hundred nodes. The fast engine takes them in parts of at most 100,000, as it would a stream. pySHACL is asked
up to 100,000. Each measure is a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from trophees.base.namespaces import BASE, TP
from trophees.check import engines
from trophees.check.records import _data, hierarchy
from trophees.check.shacl import classes_graph, shapes_graph
from trophees.check.whole import Whole
from trophees.release.checkout import Project

SIZES = (10_000, 100_000, 1_000_000)
PART, REFERENCE = 100_000, 100_000
FAULT, UNKNOWN = 200, NamedNode(TP + "unknown")
Nodes = set[NamedNode]


def parts(project: Project, size: int) -> Iterator[tuple[list[Triple], Nodes]]:
    """Laureates of the project under other keys, `size` triples of them, part by part, each with what it refers to."""
    records = [record for record in project.records() if record.path.startswith("data/laureate/")]
    whole = Whole.of(list(project.records()), project.territories())
    shapes, ontology = shapes_graph(project.shapes()), classes_graph(project.ontology())
    classes = hierarchy(ontology, shapes)
    common = set(_data([], whole.types, classes))
    bases = []
    for record in records:
        of = NamedNode(BASE + record.path.removeprefix("data/").removesuffix(".yaml"))
        bases.append((of.value, list(record.nodes), list(set(_data([record], whole.types, classes)) - common)))
    part, nodes, left, told = list(common), Nodes(), size, 0
    for copy in count():
        for base, own, triples in bases:
            names = {node: NamedNode(node.value.replace(base, f"{base}-{copy}", 1)) for node in own}
            for t in triples:
                value = names.get(t.object, t.object) if isinstance(t.object, NamedNode) else t.object
                part.append(Triple(names.get(t.subject, t.subject), t.predicate, value))  # type: ignore[arg-type]
            nodes |= set(names.values())
            left -= len(triples)
            for node in names.values():
                told += 1
                part += [] if told % FAULT else [Triple(node, UNKNOWN, Literal("…"))]
            if left <= 0 or len(part) >= PART:
                yield part, nodes
                part, nodes = list(common), Nodes()
            if left <= 0:
                return


def measured(name: engines.Name, size: int) -> dict[str, float]:
    """What one engine takes for `size` triples, and how much it finds."""
    project = Project.containing(Path())
    engine = engines.maker(name)(shapes_graph(project.shapes()))
    spent, found = 0.0, 0
    for data, nodes in parts(project, size):
        start = time.process_time()
        found += sum(1 for _ in engine.validate(data, nodes))
        spent += time.process_time() - start
    return {"s": spent, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "findings": found}


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] == "one":
        print(json.dumps(measured("fast" if sys.argv[2] == "fast" else "pyshacl", int(sys.argv[3]))))
        return
    print("| triples | pySHACL s | MB | fast s | MB | ratio | findings |\n|---:|---:|---:|---:|---:|---:|---:|")
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        fast = _process("fast", size)
        row = ["–", "–", f"{fast['s']:.2f}", f"{fast['MB']:.0f}", "–", f"{fast['findings']:.0f}"]
        if size <= REFERENCE:
            slow = _process("pyshacl", size)
            if slow["findings"] != fast["findings"]:
                sys.exit(f"{size}: pySHACL finds {slow['findings']}, the fast engine {fast['findings']}")
            row[:2], row[4] = [f"{slow['s']:.2f}", f"{slow['MB']:.0f}"], f"{slow['s'] / fast['s']:.1f}"
        print(f"| {size:,} | {' | '.join(row)} |", flush=True)


def _process(name: str, size: int) -> dict[str, float]:
    command = [sys.executable, __file__, "one", name, str(size)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


if __name__ == "__main__":
    main()
