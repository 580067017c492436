"""What is imported, counted: who asks one question waits for no more; the core needs what it says, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from trophees.release.checkout import Project

SRC = Path(__file__).parents[1] / "src"

# runs the command line, and tells at the end what it imported
COUNTING = """
import atexit, json, os, sys
before = set(sys.modules)
def told(code=0):
    print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
os._exit = told
from trophees.__main__ import main
try:
    main()
finally:
    told()
"""


def imported(*arguments: str) -> tuple[list[str], list[str]]:
    """The modules that the command line imports for `arguments`: of the standard library, and others."""
    command = [sys.executable, "-c", COUNTING, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    names = json.loads(done.stderr.splitlines()[0])
    standard = [name for name in names if name.partition(".")[0] in sys.stdlib_module_names]
    return standard, [name for name in names if name not in standard]


def test_a_plain_question_imports_no_more_than_it_needs() -> None:
    standard, others = imported("query", "ASK {}")
    assert [name.removeprefix("trophees.") for name in others] == [
        "pyoxigraph", "pyoxigraph.pyoxigraph", "trophees", "__main__",
        "ask", "ask.command", "ask.engine", "ask.question", "ask.results", "ask.text",
        "base", "base.context", "base.errors", "base.namespaces",
        "graph", "graph.published",
    ]  # fmt: skip
    assert len(standard) <= 62  # 60 on Python 3.11


def test_help_imports_the_command_line_only() -> None:
    standard, others = imported("--help")
    rooms = {".".join(name.split(".")[:2]) for name in others}
    assert {room for room in rooms if not room.startswith("click")} == {
        "trophees", "trophees.__main__", "trophees.base", "trophees.cli",
    }  # fmt: skip
    assert len(standard) <= 72  # 70 on Python 3.11


# what the core depends on


def core() -> set[str]:
    """The distributions that come with a plain `pip install trophees`, by their names."""
    seen: set[tuple[str, str]] = set()
    todo = [("trophees", "")]
    while todo:
        name, extra = todo.pop()
        seen.add((name, extra))
        for requirement in map(Requirement, metadata.requires(name) or []):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                wanted = {(requirement.name, also) for also in ("", *requirement.extras)}
                todo += wanted - seen
    return {name for name, _ in seen} - {"trophees"}


@pytest.fixture(scope="module")
def site_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the core's distributions alone."""
    folder = tmp_path_factory.mktemp("core")
    for name in ("trophees", *core()):
        distribution = metadata.distribution(name)
        for file in distribution.files or []:
            if ".." not in file.parts and (name != "trophees" or file.parts[0].endswith(".dist-info")):
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(str(distribution.locate_file(file)))
    return folder


def run(site_packages: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in `folder`, without anything that is installed but the core."""
    code = "import runpy; runpy.run_module('trophees', run_name='__main__', alter_sys=True)"
    path = os.pathsep.join(map(str, (SRC, site_packages)))
    return subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        cwd=folder, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "LANG": "en_GB.UTF-8"},
    )  # fmt: skip


def test_a_plain_installation_brings_nothing_of_the_extras() -> None:
    requirements = [Requirement(line) for line in metadata.requires("trophees") or []]
    plain = {r.name for r in requirements if "extra" not in str(r.marker)}
    assert {name.lower() for name in plain} == {"click", "pyoxigraph", "pyshacl", "pyyaml", "rdflib"}
    extras = {r.name for r in requirements} - plain - {"trophees"}
    assert len(extras) > 20
    assert core() & extras <= {"owlrl"}  # pySHACL needs it, as a test does


def test_with_the_core_alone_query_show_and_check_answer(site_packages: Path, project: Project, tmp_path: Path) -> None:
    asked = run(site_packages, tmp_path, "query", "ASK { ?x a tp:Laureate }")
    assert (asked.stdout, asked.returncode) == ("true\n", 0), asked.stderr
    shown = run(site_packages, tmp_path, "show", "cachan")
    assert "Cachan" in shown.stdout, shown.stderr
    for name in ("data", "ontology", "shapes"):
        shutil.copytree(project.root / name, tmp_path / name)
    record = tmp_path / "data" / "laureate" / "2020" / "cachan.yaml"
    right = run(site_packages, tmp_path, "check", str(record))
    assert right.returncode == 0, right.stdout + right.stderr
    record.write_text(record.read_text("utf-8").replace("étoiles: 4", "étoiles: 9"), "utf-8")
    wrong = run(site_packages, tmp_path, "check", str(record))
    assert wrong.returncode == 1
    assert "9" in wrong.stdout, wrong.stderr


def test_what_the_core_lacks_is_named_with_its_remedy(site_packages: Path, tmp_path: Path) -> None:
    done = run(site_packages, tmp_path, "serve")
    assert done.returncode == 2
    assert "trophees[serve]" in done.stderr
