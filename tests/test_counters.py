"""What noise does not move: bytes that a question reads, and the most memory of a fixed job."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import generate
from bulk_cases import written
from trophees.graph import published
from trophees.release.checkout import Project

# runs the command line, and tells first how many bytes it has read, imports included
READING = """
import os, sys
def told(code=0):
    print(open("/proc/self/io").read().split()[1], file=sys.stderr)
os._exit = told
from trophees.__main__ import main
try:
    main()
finally:
    told()
"""
QUESTION = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/trophees-participation/ontology#Laureate> }"
LINUX = pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="the system does not count what is read")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which there is a snapshot of the published graph."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment["TROPHEES_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    files = [published.file(name) for name in (published.GRAPH, published.CONTEXT)]
    subprocess.run([sys.executable, "-m", "trophees.graph.snapshot", *files], check=True, env=environment)
    return environment


@LINUX
@pytest.mark.parametrize(
    ("arguments", "share"), [(("query", QUESTION), 0.15), (("show", "cachan"), 0.8)], ids=["query", "show"]
)
def test_a_question_reads_a_part_of_the_graph(kept: dict[str, str], arguments: tuple[str, ...], share: float) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READING, *arguments], capture_output=True, text=True, check=True, env=kept
    )
    assert done.stdout
    assert int(done.stderr.split()[0]) < share * Path(published.file(published.GRAPH)).stat().st_size


def most(project: Project, lines: Path) -> int:
    """The kB of the largest of the processes that build from `lines`."""
    command = [sys.executable, "-m", "trophees", "build", "--records", str(lines), "--lines", "--unvalidated"]
    out = ["--out", str(lines.with_suffix(""))]
    child = subprocess.Popen([*command, *out], cwd=project.root, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0
    return usage.ru_maxrss


@LINUX
@pytest.mark.slow
def test_the_memory_of_a_build_does_not_grow_with_the_lines(tmp_path: Path, project: Project) -> None:
    made_up = [text for text, _, _ in generate.generate(9000)]
    few, many = (most(project, written(tmp_path / f"{n}.jsonl", made_up[:n])) for n in (3600, 9000))
    assert few < 350_000
    assert many < 1.1 * few
