"""The policy of versions: what `docs/versions.md` promises is held against the records and the change logs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from trophees.base.language import Language
from trophees.release import policy
from trophees.release.checkout import Project
from trophees.source.problem import Problem
from trophees.source.record import Record
from trophees.source.yaml_ld import read

ROOT = Path(__file__).resolve().parent.parent
PROJECT = Project.containing(ROOT)
LOGS: Mapping[Language, str] = {"fr": "## 2026.2 — x\n\n- y\n", "en": "## 2026.2 — x\n\n- y\n"}
TODAY = date(2026, 12, 31)


def dataset(name: str, **said: str) -> Record:
    lines = [f"id: dataset:{name}", "type: JeuDeDonnées", *(f"{key}: {value}" for key, value in said.items())]
    return read("\n".join(lines).encode() + b"\n", f"dataset/{name}.yaml", PROJECT.context)


FORMER = dataset("2020", version='"2020.3"', publié_le="2026-11-23", remplacé_par_version="dataset:trophees")
LAST = dataset("2026.1", version='"2026.1"', publié_le="2026-11-29", remplacé_par_version="dataset:trophees")
RIGHT = {
    "version": '"2026.2"',
    "version_précédente": "dataset:2026.1",
    "publié_le": "2026-12-01",
    "modifié_le": "2026-12-02",
}


def found(current: dict[str, str], logs: Mapping[Language, str] = LOGS, *others: Record) -> list[Problem]:
    records = [LAST, dataset("trophees", **current), FORMER, *others]  # whatever their order
    assert not [problem for record in records for problem in record.problems]
    return list(policy.problems(records, logs, TODAY))


def test_the_release_of_the_project_holds_to_the_policy() -> None:
    assert list(policy.problems(PROJECT.records(), PROJECT.changelog(), date.today())) == []


def test_what_follows_the_last_release_and_is_told_in_both_logs_is_right() -> None:
    assert found(RIGHT) == []
    assert found({**RIGHT, "version": '"2026.10"'}, {"fr": "## 2026.10\n", "en": "## 2026.10\n"}) == []


@pytest.mark.parametrize(
    ("wrong", "line", "sentence"),
    [
        ({"version": '"2026.1"'}, 3, "version — a number after 2026.1 is expected; value “2026.1”"),
        ({"version": '"2020.10"'}, 3, "version — a number after 2026.1 is expected; value “2020.10”"),
        ({"version": '"2026.2a"'}, 3, "version — a number after 2026.1 is expected; value “2026.2a”"),
        (
            {"version_précédente": "dataset:2020"},
            4,
            "version_précédente (previous version) — the one replaced last, 2026.1, is expected",
        ),
        (
            {"publié_le": "2026-11-28"},
            5,
            "publié_le (issued) — not before 2026-11-29, the date of the previous version",
        ),
        (
            {"publié_le": "2027-01-01"},
            5,
            "publié_le (issued) — a date that is not to come is expected; value “2027-01-01”",
        ),
        (
            {"modifié_le": "2027-01-01"},
            6,
            "modifié_le (modified) — a date that is not to come is expected; value “2027-01-01”",
        ),
    ],
)
def test_a_release_that_breaks_the_policy_is_told_where(wrong: dict[str, str], line: int, sentence: str) -> None:
    version = wrong.get("version", RIGHT["version"]).strip('"')
    (problem,) = found({**RIGHT, **wrong}, {"fr": f"## {version}\n", "en": f"## {version}\n"})
    assert (problem.path, problem.line, problem.message("en")) == ("data/dataset/trophees.yaml", line, sentence)
    assert problem.message("fr") != sentence


def test_the_previous_version_must_be_named() -> None:
    (problem,) = found({key: value for key, value in RIGHT.items() if key != "version_précédente"})
    assert (problem.line, problem.message("fr")) == (
        1,
        "version_précédente — la version remplacée en dernier, 2026.1, est attendue",
    )


@pytest.mark.parametrize(("language", "name"), [("fr", "JOURNAL.md"), ("en", "CHANGELOG.md")])
def test_each_log_has_a_section_for_the_release(language: Language, name: str) -> None:
    (problem,) = found(RIGHT, {**LOGS, language: "## 2026.1\n"})
    assert problem.message("en") == f"version — {name} has no section “## 2026.2”: write there what changes"


def test_only_one_dataset_is_replaced_by_no_other() -> None:
    (problem,) = found(RIGHT, LOGS, dataset("zz", version='"2026.2"'))
    assert problem.path == "data/dataset/zz.yaml"
    assert "one dataset only is replaced by no other" in problem.message("en")
