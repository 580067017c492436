"""The dates of published files: a file is as old as its bytes, and no address is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, Triple, parse

from trophees.base.errors import UserError
from trophees.hosting.settings import Hosting
from trophees.publish import catalogue
from trophees.publish.description import File, Former, Release, describe, distributions
from trophees.publish.tables import packaged
from trophees.release import published_files
from trophees.release.checkout import Project

OLD = Former(File.of(b"as it was").sha512, "2097-01-01", "2097-02-02")


def triples(data: bytes) -> Iterable[Triple]:
    return [quad.triple for quad in parse(data, format=RdfFormat.TURTLE)]


def dates(release: Release) -> dict[str, tuple[str, str]]:
    return {file.path: (file.issued, file.modified) for file in distributions(release, "2098-03-03")}


def release(store: Store, files: dict[str, bytes], former: dict[str, Former]) -> Release:
    known = {path: File.of(data) for path, data in files.items()}
    tables = [table for table in packaged() if f"csv/{table.name}.csv" in files]
    return Release(store, known, tables, Hosting(), {}, former)


def test_a_file_is_as_old_as_its_bytes() -> None:
    files = {"csv/tools.csv": b"as it was", "csv/stages.csv": b"changed", "dumps/trophees.ttl": b"new"}
    former = {"csv/tools.csv": OLD, "csv/stages.csv": OLD}
    assert dates(release(Store(), files, former)) == {
        "csv/tools.csv": ("2097-01-01", "2097-02-02"),
        "csv/stages.csv": ("2097-01-01", "2098-03-03"),
        "dumps/trophees.ttl": ("2098-03-03", "2098-03-03"),
    }


def test_the_catalogue_says_so_wherever_the_release_is_hosted(store: Store) -> None:
    files = {"csv/tools.csv": b"as it was", "csv/stages.csv": b"changed"}
    one = release(store, files, {"csv/tools.csv": OLD, "csv/stages.csv": OLD})
    today = describe(one).modified
    for where in (Hosting(), Hosting("https://data.test/folder/", "data@data.test", "")):
        found = published_files.listed(catalogue.describe(replace(one, hosting=where)))
        assert found["csv/tools.csv"] == OLD
        assert found["csv/stages.csv"] == Former(File.of(b"changed").sha512, OLD.issued, today)


def test_what_a_release_wrote_down_gives_the_next_one_the_same_dates(files: dict[str, bytes], store: Store) -> None:
    listed = published_files.listed(triples(files["catalog.ttl"]))
    again = published_files.read(published_files.written(listed).decode(), "data/files.json")
    assert again == listed
    assert dates(release(store, files, again)) == {path: (f.issued, f.modified) for path, f in listed.items()}


def test_no_address_of_an_earlier_release_is_lost(project: Project) -> None:
    """That the sums are those of what is built is tested where the published folder is compared."""
    former = project.former_files()
    assert len(former) >= 24
    sums = (project.root / "publish" / "SHA256SUMS").read_text("utf-8")
    assert list(published_files.problems(former, [line.split("  ")[1] for line in sums.splitlines()])) == []


def test_a_lost_address_is_missed() -> None:
    [problem] = published_files.problems({"csv/tools.csv": OLD}, ["csv/outils.csv"])
    assert problem.message("en") == (
        "“csv/tools.csv”, published since 2097-01-01, is gone: the address of a file never changes"
    )


def test_files_that_did_not_change_since_2020_keep_the_dates_of_then(project: Project) -> None:
    found = {path: (former.issued, former.modified) for path, former in project.former_files().items()}
    assert all(issued <= modified for issued, modified in found.values())
    assert len(set(found.values())) > 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "data/files.json:1: no JSON"),
        ("{\n,}", "data/files.json:2: no JSON"),
        ("[" * 100_000, "data/files.json:1: no JSON"),
        ("[]", "data/files.json:1: an object is expected"),
        ('{"a": 1}', "data/files.json: “a”: two days in order"),
        ('{"a": {"issued": "2026-11-23", "modified": "2026-11-22", "sha512": ""}}', "“a”: two days in order"),
        ('{"a": {"issued": "2026-11-23", "modified": "2026-11-31", "sha512": ""}}', "“a”: two days in order"),
        ('{"a": {"issued": "2026-11-23", "modified": "2026-11-24", "sha512": "x"}}', "“a”: two days in order"),
        ('{"a": {"issued": "2026-11-23", "modified": 1, "sha512": ""}}', "“a”: two days in order"),
    ],
)
def test_a_malformed_file_is_named(text: str, sentence: str) -> None:
    with pytest.raises(UserError) as error:
        published_files.read(text, "data/files.json")
    assert sentence in str(error.value)


@given(st.dictionaries(st.text(), st.just(OLD)))
def test_any_path_is_read_back(found: dict[str, Former]) -> None:
    data = published_files.written(found)
    assert published_files.read(data.decode(), "x") == found
    assert list(json.loads(data)) == sorted(found)
