"""`trophees build --check`: the published folder is what the sources give, and what is not is named."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil

import click.testing
import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from conftest import copied
from trophees.cli.main import main
from trophees.release.build import _NOT_KEPT
from trophees.release.checkout import Project

pytestmark = pytest.mark.xdist_group("errors")  # where all records are validated, too
STALE = "publish/ is not what the sources give: run “trophees build” and commit the result"
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


# what tells of the places, too, which a minute is needed for: compared below, in what it says of all else
OF_PLACES = ("catalog.", "void.ttl", "ro-crate-metadata.json", "SHA256SUMS")


def test_what_is_published_of_the_records_is_up_to_date(project: Project, files: dict[str, bytes]) -> None:
    there = {path: project.root / "publish" / path for path in files if not path.startswith(OF_PLACES)}
    kept = {path: file for path, file in there.items() if not path.startswith(_NOT_KEPT) or file.exists()}
    assert len(kept) > 80
    stale = sorted(path for path, file in kept.items() if not file.exists() or file.read_bytes() != files[path])
    folders = (project.root / "publish" / name for name in ("csv", "dumps", "geojson"))
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    stale += sorted({path.relative_to(project.root / "publish").as_posix() for path in found} - files.keys())
    assert stale == [], STALE


def said(data: bytes, path: str) -> set[tuple[str, ...]]:
    """The statements of a file, where every blank node is called the same."""
    form = RdfFormat.from_extension(path.rpartition(".")[2])
    assert form
    return {
        tuple("_" if isinstance(term, BlankNode) else str(term) for term in quad.triple)
        for quad in parse(data, format=form)
    }


@pytest.mark.parametrize("path", ["catalog.ttl", "catalog.rdf", "catalog.jsonld", "void.ttl"])
def test_a_file_that_tells_of_the_places_is_up_to_date_in_all_else(
    path: str, project: Project, files: dict[str, bytes]
) -> None:
    made, there = said(files[path], path), said((project.root / "publish" / path).read_bytes(), path)
    assert made - there == set(), STALE
    subjects = {subject for subject, *_ in made} - {"_"}
    assert {t for t in there - made if t[0] in subjects and not t[2].endswith("#places>")} == set(), STALE


def test_the_sums_are_those_of_the_files_that_are_there(project: Project, files: dict[str, bytes]) -> None:
    published = project.root / "publish"
    lines = (line.split("  ") for line in (published / "SHA256SUMS").read_text("utf-8").splitlines())
    sums = {path: digest for digest, path in lines}
    crate = {part["@id"]: part for part in json.loads((published / "ro-crate-metadata.json").read_bytes())["@graph"]}
    assert files.keys() - {"SHA256SUMS"} <= sums.keys(), STALE
    for path in sorted(files.keys() - {"SHA256SUMS"}):
        data = (published / path).read_bytes() if path.startswith(OF_PLACES) else files[path]
        assert sums[path] == hashlib.sha256(data).hexdigest(), f"{path}: {STALE}"
        assert crate.get(path, {}).get("sha256", sums[path]) == sums[path], f"{path}: {STALE}"
    made = {part["@id"]: part for part in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    for name in sorted(made.keys() - {"./"} - {path for path in files if path.startswith(OF_PLACES)}):
        assert crate.get(name) == made[name], STALE
    assert {**crate["./"], "hasPart": []} == {**made["./"], "hasPart": []}, STALE


@pytest.mark.slow  # the places, too, are published for it
def test_the_published_folder_is_up_to_date(compared: click.testing.Result) -> None:
    assert compared.exit_code == 1, compared.output
    stale = sorted(set(compared.stdout.splitlines()) - FAULTS)
    assert stale == [], STALE


@pytest.mark.slow  # the places, too, are published for it
def test_what_is_stale_is_named_with_the_remedy(compared: click.testing.Result) -> None:
    lines = compared.stdout.splitlines()
    assert lines == sorted(lines)
    assert set(lines) >= FAULTS
    assert "run “trophees build”" in compared.stderr
