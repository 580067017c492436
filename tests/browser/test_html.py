"""The markup of every page against the HTML standard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fuzz import among

from . import tools

pytestmark = [pytest.mark.foreign, pytest.mark.xdist_group("site")]


def test_the_validator_finds_errors(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text(
        "<!doctype html><html lang='fr'><title>x</title><a id=x></a><a id=x></a><ul><p>y</ul>"
    )
    found = tools.script("html.mjs", str(tmp_path))
    rules = {error.rpartition("(")[2] for error in found["errors"]}
    assert rules == {"no-dup-id)", "element-permitted-content)"}


@pytest.mark.sample
def test_pages_are_valid_html(folder: Path, tmp_path: Path) -> None:
    """The lists, a page at least of each kind, and a share of the others."""
    pages = sorted(path.relative_to(folder) for path in folder.rglob("*.html"))
    assert len(pages) > 2_000
    lists = [page for page in pages if len(page.parts) <= 2 or page.parts[1] == "en"]
    kinds = {(page.parts[0], page.parts[-2] == "en"): page for page in pages if len(page.parts) > 2}
    chosen = {*lists, *kinds.values(), *among(pages, len(pages) // 4)}
    for page in chosen:
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / page, tmp_path / page)
    found = tools.script("html.mjs", str(tmp_path))
    assert found["errors"] == []
    assert found["pages"] == len(chosen)
