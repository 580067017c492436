"""The notebooks of docs/ run, and show what they answer today."""

from __future__ import annotations

import json
import re
import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import trophees

FOLDER = Path(__file__).parents[1] / "docs"
NOTEBOOKS = ["notebook.ipynb", "carnet.ipynb"]

Cell = dict[str, Any]

every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)


@cache
def stored(name: str) -> list[Cell]:
    cells: list[Cell] = json.loads((FOLDER / name).read_text("utf-8"))["cells"]
    return cells


def code(name: str) -> list[str]:
    return ["".join(cell["source"]) for cell in stored(name) if cell["cell_type"] == "code"]


def outputs(cells: list[Cell]) -> list[list[dict[str, str]]]:
    """What each cell shows, by media type. Of a picture, the words and the number of shapes: fonts move the rest."""
    found = []
    for cell in cells:
        shown = []
        for output in cell.get("outputs", []):
            data = {kind: "".join(text) for kind, text in output["data"].items()}
            if svg := data.get("image/svg+xml"):
                words = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
                data["image/svg+xml"] = f"{len(re.findall('<(?:path|use) ', svg))} shapes, {words}"
            shown.append(data)
        found.append(shown)
    return found


@pytest.mark.slow
@every_notebook
def test_a_notebook_shows_what_it_answers(name: str) -> None:
    run = runpy.run_path(str(FOLDER / "notebook.py"))["run"]
    fresh = run(FOLDER / name)
    assert outputs(fresh.cells) == outputs(stored(name)), "run “python docs/notebook.py”"
    assert [cell.get("execution_count") for cell in fresh.cells] == [
        cell.get("execution_count") for cell in stored(name)
    ]


@every_notebook
def test_a_notebook_shows_a_table_a_map_and_a_chart(name: str) -> None:
    shown = [data for outputs_of_cell in outputs(stored(name)) for data in outputs_of_cell]
    pictures = [data["image/svg+xml"] for data in shown if "image/svg+xml" in data]
    tables = [data["text/html"] for data in shown if "text/html" in data]
    assert len(pictures) == 3
    assert int(pictures[0].split()[0]) > 101
    assert int(pictures[2].split()[0]) > 101
    families = trophees.query("tools-by-family", edition="2020")
    assert isinstance(families, trophees.Rows)
    for row in families:
        assert str(row["label"]) in pictures[1]
        assert f"'{row['laureates']}'" in pictures[1]
    departements = trophees.query("laureates-per-departement", edition="2020")
    assert isinstance(departements, trophees.Rows)
    most = departements[0]
    assert f"<td>{most['label']}</td>\n      <td>{most['laureates']}</td>" in tables[0]
    assert "<td>94016</td>" in tables[1]


@every_notebook
def test_a_notebook_links_a_list_that_it_says_is_made_up_and_joins_what_is_certain(name: str) -> None:
    text = "".join("".join(cell["source"]) for cell in stored(name) if cell["cell_type"] == "markdown")
    assert re.search(r"\*\*(made up|inventée)\*\*", text)
    linked, joined = (
        data["text/plain"]
        for cell in outputs(stored(name))
        for data in cell
        if re.match(r" +(town|commune) ", data.get("text/plain", ""))
    )
    assert [len(re.findall(rf"\b{outcome}\b", linked)) for outcome in ("linked", "ambiguous", "unknown")] == [10, 2, 2]
    assert "93066" in joined
    assert "Nantes" in linked
    assert "Nantes" not in joined


@every_notebook
def test_a_notebook_is_small_and_tells_nothing_of_where_it_was_run(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    assert len(text.encode()) < 450_000
    assert not re.search(r"/(home|root|tmp|Users)/|T\d\d:\d\d:\d\d|\"(stderr|error)\"|Warning", text)
    assert json.loads(text)["metadata"].keys() == {"kernelspec", "language_info"}


def test_both_languages_run_the_same_code() -> None:
    english, french = ([re.sub(r'"[^"\n]*"|#.*', "", cell) for cell in code(name)] for name in NOTEBOOKS)
    assert english == french
