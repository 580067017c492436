"""The graph in engines of others: it is loaded there, and each query of the cookbook answers as it does here.

`deviations.toml` names what does not, and why; `docs/engines.md` shows it. After a wanted change of either,
`PYTHONPATH=tests python -m engines.test_engines` writes the table anew.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse_query_results

import tools
from conftest import Run
from engines import running
from engines.compared import deviations, embedded, judged, questions, written
from trophees.ask import cookbook
from trophees.ask.endpoint import Remote
from trophees.ask.engine import Result
from trophees.ask.question import Question
from trophees.base.errors import UserError
from trophees.base.namespaces import GRAPH

HERE = Path(__file__).parent
DOCUMENT = HERE.parent.parent / "docs" / "engines.md"
KNOWN: dict[str, Any] = tomllib.loads((HERE / "deviations.toml").read_text("utf-8"))
KINDS = ("form", "order", "other", "none")
SERVERS = {"virtuoso": running.virtuoso, "oxigraph": running.oxigraph}

pytestmark = pytest.mark.xdist_group("engines")


def expected(engine: str) -> dict[str, str]:
    """How each query that deviates does so."""
    return {name: kind for kind in KINDS for name in KNOWN[engine].get(kind, ())}


@pytest.mark.foreign
@pytest.mark.parametrize("engine", SERVERS)
def test_what_is_loaded_into_a_server_answers_as_here(
    run: Run, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "virtuoso":
        if not shutil.which(running.VIRTUOSO):
            pytest.skip("for want of virtuoso-t (Debian: virtuoso-opensource-7-bin)")
        monkeypatch.setenv("TROPHEES_USER", "dba")
        monkeypatch.setenv("TROPHEES_PASSWORD", "dba")
    monkeypatch.setenv("no_proxy", "*")
    with SERVERS[engine](tmp_path) as url:
        loaded = run("load", "--endpoint", url)
        assert loaded.exit_code == 0, loaded.output
        again = run("load", "--endpoint", url)
        assert again.exit_code == 0, again.output
        assert "to send" not in again.stdout
        assert again.stdout.count("unchanged") == loaded.stdout.count("to send") > 10
        if engine == "virtuoso":
            loaded_by_its_own_loader(run, tmp_path, url)
        asked = questions()
        assert deviations(asked, Remote(url, embedded().prefixes, 60).ask) == expected(engine)


def loaded_by_its_own_loader(run: Run, folder: Path, url: str) -> None:
    """What changed is written to files, loaded from them, and found by the next load to be there."""
    old = folder / "old.nq"
    subject = f"<{GRAPH}catalog#old>"
    old.write_text(
        "".join(f"{subject} <urn:p> <urn:o> <{GRAPH}{name}> .\n" for name in ("catalog", "mapping")), "utf-8"
    )
    assert run("load", old, "--endpoint", url).exit_code == 0
    written_there = run("load", "--endpoint", url, "--files", "virtuoso", "-o", folder / "files")
    assert "4 files for virtuoso" in written_there.stdout, written_there.output
    isql = [
        shutil.which("isql-vt") or "isql-vt",
        running.sql_port(folder),
        "dba",
        "dba",
        str(folder / "files/load.sql"),
    ]
    done = subprocess.run(isql, capture_output=True, text=True, check=True)
    assert "0 Rows." in done.stdout
    after = run("load", "--endpoint", url, "--dry-run")
    assert "to send" not in after.stdout


@pytest.mark.foreign
def test_a_library_answers_as_here(tmp_path: Path) -> None:
    asked, graph = questions(), embedded()
    dump, texts, answers = tmp_path / "graph.nq", tmp_path / "queries.json", tmp_path / "answers.json"
    with dump.open("wb") as file:
        graph.store.dump(file, RdfFormat.N_QUADS)
    texts.write_text(json.dumps({name: written(one, graph.prefixes) for name, one in asked.items()}), "utf-8")
    tools.ask("sparq-rdf", dump, texts, answers)
    said = json.loads(answers.read_text("utf-8"))

    def told(question: Question) -> Result:
        if isinstance(said[question.name], str):
            raise UserError(said[question.name])
        return parse_query_results(json.dumps(said[question.name]), format=QueryResultsFormat.JSON)

    assert deviations(asked, told) == expected("sparq-rdf")


def test_every_deviation_has_its_reason_and_is_of_a_query_that_is() -> None:
    for engine in KNOWN.values():
        named = [name for kind in KINDS for name in engine.get(kind, ())]
        assert set(named) <= set(cookbook.queries())
        assert max(Counter(named).values(), default=1) == 1
        assert all(why for kind in ("other", "none", "order") for why in engine.get(kind, {}).values())


def test_what_deviates_is_seen() -> None:
    """Rows that differ in a value, in a form, in their order, in number."""
    graph = embedded()

    def rows(text: str) -> list[tuple[object, ...]]:
        found = graph.ask(Question("rows", text))
        assert isinstance(found, QuerySolutions)
        return list(map(tuple, found))

    mine = rows("SELECT * { VALUES (?a ?b) { (true 1.50) ('x' <urn:a>) } }")
    assert judged(mine, mine) == "same"
    assert judged(mine, rows("SELECT * { VALUES (?a ?b) { (1 1.5) ('x' <urn:a>) } }")) == "form"
    assert judged(mine, mine[::-1]) == "order"
    assert judged(mine, mine[:1]) == "other"
    assert judged(mine, rows("SELECT * { VALUES (?a ?b) { (false 1.50) ('x' <urn:a>) } }")) == "other"
    assert judged(mine, rows("SELECT * { VALUES (?a ?b) { (true 1.50) ('x' 'urn:a') } }")) == "other"


def test_a_query_without_an_answer_is_told() -> None:
    asked = {"participants": questions()["participants"]}

    def fails(_: Question) -> Result:
        raise UserError("no")

    assert deviations(asked, fails) == {"participants": "none"}
    assert deviations(asked, embedded().ask) == {}


def test_the_table_shows_what_is_known() -> None:
    assert table(KNOWN) in DOCUMENT.read_text("utf-8")


def table(known: Mapping[str, Mapping[str, Any]]) -> str:
    """A row for each engine, then what deviates, with the reason."""
    count = len(cookbook.queries())
    lines = [
        "| engine | the same | another form | another order | other rows | no answer |",
        "|---|---:|---:|---:|---:|---:|",
        f"| embedded, Oxigraph {published_engine()} | {count} | | | | |",
    ]
    for engine in known.values():
        numbers = [len(engine.get(kind, ())) for kind in KINDS]
        cells = " | ".join(str(number) for number in (count - sum(numbers), *numbers))
        lines.append(f"| {engine['name']} | {cells} |")
    for engine in known.values():
        reasons: dict[str, list[str]] = {}
        for kind in ("order", "other", "none"):
            for name, why in engine.get(kind, {}).items():
                reasons.setdefault(why, []).append(f"`{name}`")
        form = engine.get("form", [])
        said = [f"{', '.join(names)}: {why}" for why, names in reasons.items()]
        said += [f"{', '.join(f'`{name}`' for name in form)}: {engine['forms']}"] if form else []
        if said:
            lines += ["", f"**{engine['name']}**", "", *(f"- {one}." for one in said)]
    return "\n".join(lines)


def published_engine() -> str:
    import pyoxigraph

    return ".".join(pyoxigraph.__version__.split(".")[:2])


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    head, mark, rest = text.partition("<!-- table -->\n")
    tail = rest.partition("<!-- end of table -->")[2]
    DOCUMENT.write_text(f"{head}{mark}{table(KNOWN)}\n<!-- end of table -->{tail}", "utf-8")
