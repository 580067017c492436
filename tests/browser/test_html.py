"""The markup of every page against the HTML standard."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import tools

pytestmark = [pytest.mark.foreign, pytest.mark.xdist_group("site")]


def test_the_validator_finds_errors(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text(
        "<!doctype html><html lang='fr'><title>x</title><a id=x></a><a id=x></a><ul><p>y</ul>"
    )
    found = tools.script("html.mjs", str(tmp_path))
    rules = {error.rpartition("(")[2] for error in found["errors"]}
    assert rules == {"no-dup-id)", "element-permitted-content)"}


def test_every_page_is_valid_html(whole: Path) -> None:
    found = tools.script("html.mjs", str(whole))
    assert found["errors"] == []
    assert found["pages"] == len(list(whole.rglob("*.html"))) > 2_000
