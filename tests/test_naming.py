"""`trophees check --fix`: facts without a name get one, in their files; offered, and done only when asked for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from conftest import Run
from trophees.base.namespaces import BASE, TP
from trophees.release.checkout import Project
from trophees.release.register import FILE

MADE_UP = Path(__file__).parent / "editions"
GRENOBLE = "data/laureate/2042/grenoble.yaml"  # the one whose facts have no names


@pytest.fixture
def desk(editions: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project with the made-up editions, where the command runs."""
    shutil.copytree(editions.root, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def test_check_says_what_has_no_name_and_changes_nothing(desk: Path, run: Run) -> None:
    before = (desk / GRENOBLE).read_bytes()
    result = run("check", GRENOBLE)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        "1 record, no problems",
        "6 facts without “id”: “trophees check --fix” names them",
    ]
    assert run("check", GRENOBLE, "--lang", "fr").stderr.splitlines()[1:] == [
        "6 faits sans « id » : « trophees check --fix » les nomme"
    ]
    assert (desk / GRENOBLE).read_bytes() == before


@pytest.mark.usefixtures("desk")
def test_nothing_is_said_where_each_fact_has_its_name(run: Run) -> None:
    assert run("check", "data/laureate/2042/cachan.yaml").stderr.splitlines() == ["1 record, no problems"]


@pytest.mark.slow
@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("form", ["json", "sarif", "github", "ttl"])
def test_tools_are_told_of_problems_only(run: Run, form: str) -> None:
    assert run("check", GRENOBLE, "--format", form).stderr == ""


@pytest.mark.slow
def test_fix_names_the_facts_and_says_where(desk: Path, run: Run) -> None:
    others = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file() and path.name != "grenoble.yaml"}
    mode = (desk / GRENOBLE).stat().st_mode
    result = run("check", "--fix", GRENOBLE)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [f"{GRENOBLE}: +6 id", "1 record, no problems"]
    assert (desk / GRENOBLE).read_text("utf-8").count("id: laureate:2042/grenoble#") == 6
    assert (desk / GRENOBLE).stat().st_mode == mode
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file() and path in others} == others
    assert not list(desk.rglob("*.new"))
    assert run("check", "--fix", GRENOBLE).stderr.splitlines() == ["1 record, no problems"]


def test_a_name_that_a_release_published_is_not_given_again(desk: Path, run: Run) -> None:
    tool, release = f"{BASE}laureate/2042/grenoble#toolUse-6", f"{BASE}release/2042.1"
    (desk / "data" / FILE).write_text(f"<{tool}> <{TP}about> <{BASE}laureate/2042/grenoble> <{release}> .\n")
    run("check", "--fix", GRENOBLE)
    assert "id: laureate:2042/grenoble#toolUse-7\n" in (desk / GRENOBLE).read_text("utf-8")


def test_a_file_that_is_no_record_stays_as_it_is(desk: Path, run: Run) -> None:
    text = (desk / GRENOBLE).read_text("utf-8") + "étoile: 3\n"
    (desk / GRENOBLE).write_text(text, "utf-8")
    result = run("check", "--fix", GRENOBLE)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "1 record, 1 problem"
    assert (desk / GRENOBLE).read_text("utf-8") == text


def test_a_disk_that_refuses_leaves_the_file_whole(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = (desk / GRENOBLE).read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    result = run("check", "--fix", GRENOBLE)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [f"trophees: {desk / GRENOBLE}: cannot be written (No space left on device)"]
    assert (desk / GRENOBLE).read_bytes() == before
    assert not list(desk.rglob("*.new"))
