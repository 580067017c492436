"""`trophees build --check`: the published folder is what the sources give, and what is not is named."""

from __future__ import annotations

import contextlib
import shutil

import click.testing
import pytest

from conftest import copied
from trophees.cli.main import main
from trophees.release.build import _NOT_KEPT
from trophees.release.checkout import Project

pytestmark = pytest.mark.xdist_group("errors")  # where all records are validated, too
FAULTS = {
    "publish/csv/notes.txt: unexpected",
    "publish/csv/plans.csv: missing",
    "publish/csv/tools.csv: different",
}


@pytest.fixture(scope="module")
def compared(project: Project, tmp_path_factory: pytest.TempPathFactory) -> click.testing.Result:
    """What is said where three published files are wrong, and nothing else is but what is in the published folder.

    The records are right, which is shown elsewhere: the fast engine looks at them.
    """
    folder = copied(project, tmp_path_factory.mktemp("compared"))
    (folder / "data" / "places").mkdir()  # the tables themselves are read where the package has them
    (folder / "publish").mkdir()
    for path in (project.root / "publish").iterdir():
        if path.name != "csv":
            (folder / "publish" / path.name).symlink_to(path)
    shutil.copytree(project.root / "publish" / "csv", folder / "publish" / "csv")
    (folder / "publish" / "csv" / "tools.csv").write_bytes(b"")
    (folder / "publish" / "csv" / "plans.csv").unlink()
    (folder / "publish" / "csv" / "notes.txt").write_bytes(b"")
    command = ["build", "--check", "--engine", "fast"]
    with contextlib.chdir(folder):
        return click.testing.CliRunner().invoke(main, command, env={"LC_ALL": "en_GB.UTF-8"})


# what tells of the places, too, which a minute is needed for
OF_PLACES = ("catalog.", "void.ttl", "ro-crate-metadata.json", "SHA256SUMS")


def test_what_is_published_of_the_records_is_up_to_date(project: Project, files: dict[str, bytes]) -> None:
    there = {path: project.root / "publish" / path for path in files if not path.startswith(OF_PLACES)}
    kept = {path: file for path, file in there.items() if not path.startswith(_NOT_KEPT) or file.exists()}
    assert len(kept) > 80
    stale = sorted(path for path, file in kept.items() if not file.exists() or file.read_bytes() != files[path])
    folders = (project.root / "publish" / name for name in ("csv", "dumps", "geojson"))
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    stale += sorted({path.relative_to(project.root / "publish").as_posix() for path in found} - files.keys())
    assert stale == [], "publish/ is not what the sources give: run “trophees build” and commit the result"


@pytest.mark.slow  # the places, too, are published for it
def test_the_published_folder_is_up_to_date(compared: click.testing.Result) -> None:
    assert compared.exit_code == 1, compared.output
    stale = sorted(set(compared.stdout.splitlines()) - FAULTS)
    assert stale == [], "publish/ is not what the sources give: run “trophees build” and commit the result"


@pytest.mark.slow  # the places, too, are published for it
def test_what_is_stale_is_named_with_the_remedy(compared: click.testing.Result) -> None:
    lines = compared.stdout.splitlines()
    assert lines == sorted(lines)
    assert set(lines) >= FAULTS
    assert "run “trophees build”" in compared.stderr
