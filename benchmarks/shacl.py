"""Both SHACL engines on the same data in one run: seconds, peak memory, and whether they find the same.

    python benchmarks/shacl.py [TRIPLES …]

TRIPLES is 10,000, 100,000 and 1,000,000 if none is given: real laureates, repeated under other keys, one node in two
hundred with a fault, of four kinds in turn. Both engines take them in the same parts. pySHACL is asked up to 100,000.
Each measure is a process of its own, and counts what validation takes: parts are made before their clock starts, and
are in the memory.
"""

from __future__ import annotations

import hashlib
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
from trophees.check import engines, records, stream
from trophees.check.shacl import classes_graph, shapes_graph
from trophees.check.stream import Part
from trophees.check.whole import Whole
from trophees.release.checkout import Project

SIZES = (10_000, 100_000, 1_000_000)
SIZE_OF_PART, REFERENCE = 100_000, 100_000
FAULT = 200


def parts(project: Project, size: int) -> Iterator[Part]:
    """Laureates of the project under other keys, `size` triples of them, part by part."""
    laureates = []
    for record in project.records():
        if record.path.startswith("data/laureate/"):
            base = BASE + record.path.removeprefix("data/").removesuffix(".yaml")
            laureates.append((base, record.nodes, records.part([record]).statements))
    statements, nodes, left = list[Triple](), set[NamedNode](), size
    faults = count(1)
    for copy in count():
        for base, own, told in laureates:
            names = {node: NamedNode(node.value.replace(base, f"{base}-{copy}", 1)) for node in own}
            faulty = {name: n // FAULT % 4 for name in names.values() if (n := next(faults)) % FAULT == 0}
            for t in told:
                value = names.get(t.object, t.object) if isinstance(t.object, NamedNode) else t.object
                subject = names[t.subject]  # type: ignore[index]
                statements += _spoilt(Triple(subject, t.predicate, value), faulty.pop(subject, None))
                left -= 1
            nodes |= set(names.values())
            if left <= 0 or len(statements) >= SIZE_OF_PART:
                yield Part(statements, nodes)
                statements, nodes = [], set()
            if left <= 0:
                return


def _spoilt(t: Triple, kind: int | None) -> list[Triple]:
    """A statement with a fault of that kind, or as it is."""
    other = NamedNode(BASE + "section/nowhere")
    return {
        None: [t],
        0: [t, Triple(t.subject, NamedNode(TP + "unknown"), Literal("…"))],
        1: [],
        2: [Triple(t.subject, t.predicate, Literal("…"))],
        3: [t, Triple(t.subject, NamedNode(TP + "section"), other)],
    }[kind]


def measured(name: engines.Name, size: int) -> dict[str, float | str]:
    """What one engine takes for `size` triples, and what it finds."""
    project = Project.containing(Path())
    whole = Whole.of(list(project.records()), project.territories())
    shapes, ontology = shapes_graph(project.shapes()), classes_graph(project.ontology())
    reference = stream.Reference(whole.types, records.hierarchy(ontology, shapes))
    engine = engines.maker(name)(shapes)
    spent, waited, found = 0.0, 0.0, set[str]()
    for part in parts(project, size):
        start, clock = time.process_time(), time.perf_counter()
        told = list(stream.findings([part], engine, reference))
        spent, waited = spent + time.process_time() - start, waited + time.perf_counter() - clock
        found.update(map(str, told))
    same = hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": spent, "s": waited, "MB": peak, "findings": len(found), "same": same}


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] == "one":
        print(json.dumps(measured("fast" if sys.argv[2] == "fast" else "pyshacl", int(sys.argv[3]))))
        return
    print("| triples | pySHACL cpu s | s | MB | fast cpu s | s | MB | ratio of cpu | findings |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        fast = _process("fast", size)
        slow = _process("pyshacl", size) if size <= REFERENCE else None
        if slow and slow["same"] != fast["same"]:
            sys.exit(f"{size}: pySHACL and the fast engine do not find the same")
        cells = [*(_cells(slow) if slow else "–––"), *_cells(fast)]
        ratio = f"{slow['cpu'] / fast['cpu']:.1f}" if slow else "–"
        print(f"| {size:,} | {' | '.join(cells)} | {ratio} | {fast['findings']:,} |", flush=True)


def _cells(of: dict[str, float]) -> list[str]:
    return [f"{of['cpu']:.2f}", f"{of['s']:.2f}", f"{of['MB']:.0f}"]


def _process(name: str, size: int) -> dict[str, float]:
    command = [sys.executable, __file__, "one", name, str(size)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


if __name__ == "__main__":
    main()
