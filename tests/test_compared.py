"""`trophees build --check`: the published folder is what the sources give, and what is not is named."""

from __future__ import annotations

import contextlib
import shutil

import click.testing
import pytest

from conftest import copied
from trophees.cli.main import main
from trophees.release.checkout import Project

pytestmark = pytest.mark.xdist_group("errors")  # where all records are validated, too
FAULTS = {
    "publish/csv/notes.txt: unexpected",
    "publish/csv/plans.csv: missing",
    "publish/csv/tools.csv: different",
}


@pytest.fixture(scope="module")
def compared(project: Project, tmp_path_factory: pytest.TempPathFactory) -> click.testing.Result:
    """What is said where three published files are wrong, and nothing else is but what is in the published folder."""
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
    with contextlib.chdir(folder):
        return click.testing.CliRunner().invoke(main, ["build", "--check"], env={"LC_ALL": "en_GB.UTF-8"})


def test_the_published_folder_is_up_to_date(compared: click.testing.Result) -> None:
    assert compared.exit_code == 1, compared.output
    stale = sorted(set(compared.stdout.splitlines()) - FAULTS)
    assert stale == [], "publish/ is not what the sources give: run “trophees build” and commit the result"


def test_what_is_stale_is_named_with_the_remedy(compared: click.testing.Result) -> None:
    lines = compared.stdout.splitlines()
    assert lines == sorted(lines)
    assert set(lines) >= FAULTS
    assert "run “trophees build”" in compared.stderr
