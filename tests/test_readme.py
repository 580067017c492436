"""The documents keep their promises: every command with an answer is run and compared."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SESSION = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
GUIDES = ("agents", "architecture", "asking", "link", "places", "portals", "python", "serving", "words")
DOCUMENTS = ["README.md", "LISEZMOI.md", "CONTRIBUER.md", *(f"docs/{name}.md" for name in GUIDES)]


def sessions(document: str) -> list[tuple[str, str]]:
    """The commands of a document's terminal sessions, each with the answer printed below it."""
    found = []
    for block in SESSION.findall((ROOT / document).read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines(keepends=True)
            quotes, end = 0, 0
            for end, line in enumerate(lines, 1):  # noqa: B007 - a quoted argument may span lines
                quotes += line.count("'")
                if quotes % 2 == 0:
                    break
            found.append(("".join(lines[:end]).strip(), "".join(lines[end:])))
    return found


ANSWERED = [(d, c, a) for d in ("README.md", "LISEZMOI.md", "docs/asking.md") for c, a in sessions(d) if a.strip()]


@pytest.mark.parametrize(
    ("document", "command", "answer"), ANSWERED, ids=[f"{d}-{i}" for i, (d, _, _) in enumerate(ANSWERED)]
)
def test_the_answer_is_what_the_document_shows(document: str, command: str, answer: str) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, env=environment, encoding="utf-8", check=True
    )
    assert done.stdout == answer, document


@pytest.mark.parametrize("document", ["README.md", "LISEZMOI.md"])
def test_the_other_commands_run(document: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    commands = [c for c, a in sessions(document) if not a.strip() and c.startswith("trophees")]
    assert commands
    for command in commands:
        done = subprocess.run(command, shell=True, capture_output=True, env=environment, cwd=tmp_path, check=False)
        assert done.returncode == 0, command
        assert done.stdout or list(tmp_path.iterdir())


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("document", ["README.md", "LISEZMOI.md", "docs/python.md"])
def test_the_examples_in_python_give_what_the_document_shows(document: str) -> None:
    tried = doctest.testfile(str(ROOT / document), module_relative=False, encoding="utf-8")
    assert tried.attempted
    assert not tried.failed


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    missing = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert not missing


def test_a_document_opens_with_a_question_in_words() -> None:
    for document in ("README.md", "LISEZMOI.md"):
        assert re.match(r"# .+\n\n\*.+\?\*\n\n```console\n\$ trophees query", (ROOT / document).read_text("utf-8"))


def test_the_version_is_the_same_everywhere() -> None:
    record = (ROOT / "data/dataset/trophees.yaml").read_text("utf-8")
    version = re.search(r'^version: "(.+)"', record, re.MULTILINE)
    released = re.search(r"^modifié_le: (.+)", record, re.MULTILINE)
    assert version
    assert released
    for log in ("CHANGELOG.md", "JOURNAL.md"):
        assert f"## {version[1]} — {released[1]}" in (ROOT / log).read_text("utf-8")
