"""What is imported, counted: who asks one question waits for no more; the core needs what it says, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from conftest import curated
from trophees.graph import published
from trophees.release.checkout import Project

SRC = Path(__file__).parents[1] / "src"

# runs the command line, and tells at the end what it imported
COUNTING = """
import os, sys
before = set(sys.modules)
def told(code=0):
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
os._exit = told
from trophees.__main__ import main
try:
    main()
finally:
    told()
"""
SLOW = {
    "ast",
    "dataclasses",
    "difflib",
    "functools",
    "hashlib",
    "inspect",
    "json",
    "pathlib",
    "re",
    "shutil",
    "typing",
    "urllib.parse",
}


def imported(*arguments: str, env: dict[str, str] | None = None) -> tuple[list[str], list[str]]:
    """The modules that the command line imports for `arguments`: of the standard library, and others.

    Nothing is kept unless `env` says where; what measures coverage imports nothing before.
    """
    command = [sys.executable, "-c", COUNTING, *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment |= {"TROPHEES_CACHE": "", **(env or {})}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment)
    names = done.stderr.splitlines()[0].split()
    standard = [name for name in names if name.partition(".")[0] in sys.stdlib_module_names]
    return standard, [name for name in names if name not in standard]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which there is a snapshot of the published graph."""
    environment = {"TROPHEES_CACHE": str(tmp_path_factory.mktemp("cache"))}
    files = [published.file(name) for name in (published.GRAPH, published.CONTEXT)]
    command = [sys.executable, "-m", "trophees.graph.snapshot", *files]
    subprocess.run(command, check=True, env={**os.environ, **environment})
    return environment


PLAIN = [
    "pyoxigraph", "pyoxigraph.pyoxigraph", "trophees", "__main__",
    "ask", "ask.columns", "ask.command", "ask.engine", "ask.question", "ask.results", "ask.text",
    "base", "base.cached", "base.context", "base.errors", "base.namespaces", "base.patterns",
    "graph", "graph.published", "graph.snapshot",
]  # fmt: skip


def test_a_plain_question_imports_no_more_than_it_needs(kept: dict[str, str]) -> None:
    standard, others = imported("query", "ASK {}", env=kept)
    assert [name.removeprefix("trophees.") for name in others] == PLAIN
    assert not SLOW & set(standard)
    assert len(standard) <= 4  # 2 on Python 3.11


def test_a_named_question_and_a_thing_with_its_evidence_import_little_more(kept: dict[str, str]) -> None:
    standard, others = imported("query", "laureates-in-region", "-p", "region=region:84", env=kept)
    more = {name.removeprefix("trophees.") for name in others} - set(PLAIN)
    assert more == {"ask.cookbook", "ask.head", "ask.standard", "ask.standard.order", "base.language"}
    assert SLOW & set(standard) == {"functools", "re"}
    standard, others = imported("show", "cachan", env=kept)
    assert {name.removeprefix("trophees.") for name in others} - set(PLAIN) == {
        "ask.show", "base.language", "graph.standing",
    }  # fmt: skip
    assert SLOW & set(standard) == {"functools", "json", "re"}


@pytest.mark.slow
def test_the_first_question_reads_the_graph_and_its_context(tmp_path: Path) -> None:
    """With nothing kept, and nothing to be: none of what makes a snapshot is imported either."""
    standard, others = imported("query", "ASK {}")
    assert [name.removeprefix("trophees.") for name in others] == PLAIN
    assert SLOW & set(standard) == {"functools", "json", "re"}
    standard, others = imported("query", "ASK {}", env={"TROPHEES_CACHE": str(tmp_path)})
    assert [name.removeprefix("trophees.") for name in others] == PLAIN
    assert SLOW & set(standard) == {"functools", "json", "re"}


def test_help_imports_the_command_line_only() -> None:
    standard, others = imported("--help")
    rooms = {".".join(name.split(".")[:2]) for name in others}
    assert {room for room in rooms if not room.startswith("click")} == {
        "trophees", "trophees.__main__", "trophees.base", "trophees.cli",
    }  # fmt: skip
    assert len(standard) <= 72  # 70 on Python 3.11


@pytest.mark.slow
@pytest.mark.parametrize(("shell", "words"), [
    ("bash", {"COMP_WORDS": "trophees que", "COMP_CWORD": "1"}),
    ("zsh", {"COMP_WORDS": "trophees que", "COMP_CWORD": "1"}),
    ("fish", {"COMP_WORDS": "trophees que", "COMP_CWORD": "que"}),
])  # fmt: skip
def test_shells_complete_verbs_and_options_with_the_command_line_only(shell: str, words: dict[str, str]) -> None:
    def completed(words: dict[str, str]) -> str:
        environment = {**os.environ, **words, "_TROPHEES_COMPLETE": f"{shell}_complete"}
        command = [sys.executable, "-m", "trophees"]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment).stdout

    assert {"queries", "query"} <= set(completed(words).replace(",", "\n").split())
    assert "build" not in completed(words)
    option = {"COMP_WORDS": "trophees query --for", "COMP_CWORD": "--for" if shell == "fish" else "2"}
    assert "--format" in completed(option)
    _, others = imported(env={**words, "_TROPHEES_COMPLETE": f"{shell}_complete"})
    rooms = {".".join(name.split(".")[:2]) for name in others}
    assert {room for room in rooms if not room.startswith("click")} == {
        "trophees", "trophees.__main__", "trophees.base", "trophees.cli",
    }  # fmt: skip


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


@pytest.mark.slow
def test_with_the_core_alone_query_show_and_check_answer(site_packages: Path, project: Project, tmp_path: Path) -> None:
    asked = run(site_packages, tmp_path, "query", "ASK { ?x a tp:Laureate }")
    assert (asked.stdout, asked.returncode) == ("true\n", 0), asked.stderr
    shown = run(site_packages, tmp_path, "show", "cachan")
    assert "Cachan" in shown.stdout, shown.stderr
    curated(project, tmp_path)
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
