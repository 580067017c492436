"""What benchmarks measured: the page and the plot are those of the figures, and say of a goal whether it is reached."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import figures
from figures import Row, Run

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    Row("`a` <b>", "c", [3.0, 1.0, 2.0], [1.0, 1.0, 4.0], "s", "≤ 2"),
    Row("d", "e", [30.0], [1.0], "µs", "≥ 40"),
    Row("f", "g", [1.0, 1.0], [2.0, 8.0], "MB"),
]
RUN = Run({"python": "3", "system": "x", "load": "0.1", "peers": "p==1"}, ROWS)


def test_a_ratio_is_of_medians_and_its_spread_of_rounds() -> None:
    assert [row.ratio for row in ROWS] == [2.0, 30.0, 0.2]
    assert [row.spread for row in ROWS] == [(0.5, 3.0), (30.0, 30.0), (0.125, 0.5)]
    assert [row.reached for row in ROWS] == [True, False, None]


def test_the_table_says_what_is_not_reached() -> None:
    lines = [line for line in figures.page({"one": RUN}).splitlines() if line.startswith("|")][2:]
    assert lines[0] == "| `a` <b> | c | 2 | 0.5 – 3 | ≤ 2 | 2 s | 1 s | 3 |"
    assert [("not reached" in line) for line in lines] == [False, True, False]


def test_the_plot_has_a_dot_a_spread_and_a_goal_for_each_row_inside_of_it() -> None:
    root = ET.fromstring(figures.plot({"one": RUN}))
    width = float(root.attrib["viewBox"].split()[2])
    dots = [float(dot.attrib["cx"]) for dot in root.iter(f"{SVG}circle")]
    assert len(dots) == 3
    assert all(0 < dot < width for dot in dots)
    assert dots[2] < dots[0] < dots[1]
    strokes = [path for path in root.iter(f"{SVG}path") if path.attrib["stroke"] == "#111"]
    assert len(strokes) == 2
    assert "a <b> / c" in {text.text for text in root.iter(f"{SVG}text")}


def test_figures_are_kept_with_their_page_and_their_plot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGE", "PLOT"):
        monkeypatch.setattr(figures, name, tmp_path / name)
    figures.keep({"one": RUN}, tmp_path / "figures.json")
    assert figures.read(tmp_path / "figures.json") == {"one": RUN}
    assert (tmp_path / "PAGE").read_text("utf-8") == figures.page({"one": RUN})
    assert (tmp_path / "PLOT").read_text("utf-8") == figures.plot({"one": RUN})


def test_the_published_page_and_plot_are_those_of_the_last_figures() -> None:
    runs = figures.read()
    assert runs.keys() >= {"ask", "bulk"}
    assert figures.PAGE.read_text("utf-8") == figures.page(runs)
    assert figures.PLOT.read_text("utf-8") == figures.plot(runs)
