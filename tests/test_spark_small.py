"""What works on partitions, without Spark; and what is said where Spark cannot start."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click.testing
import pytest

from bulk_cases import built, line, rejects, written
from small_checkout import A, B, made
from trophees.base.namespaces import TP
from trophees.bulk import mapping
from trophees.bulk.beside import beside
from trophees.bulk.build import DUMP
from trophees.bulk.index import Indexing, place
from trophees.bulk.shared import Deriving
from trophees.bulk.spark import names, worker
from trophees.bulk.spark.given import Given, blocks
from trophees.bulk.spark.tables import OF_ALL, Tables, by_part
from trophees.cli.main import main
from trophees.publish.tables import ORDER
from trophees.release.checkout import Project


@pytest.fixture
def small() -> Iterator[Project]:
    with made() as project:
        yield project


GIVEN = Given({"file:/a": (0, "a"), "file:/b": (1, "b")}, None)


def test_a_block_numbers_its_lines_and_counts_the_empty_ones() -> None:
    rows = [("file:/a", 0, b" x \r"), ("file:/a", 0, b""), ("file:/a", 0, b"y"), ("file:/b", 90, b"z")]
    found = []
    for block in blocks(rows, GIVEN):
        lines = list(block)
        found.append((block.file, block.path, block.start, lines, block.count))
    assert found == [(0, "a", 0, [(1, b"x"), (3, b"y")], 3), (1, "b", 90, [(1, b"z")], 1)]


def test_a_partition_tells_its_names_and_the_few_lines_whole(small: Project) -> None:
    one, few = line(A).encode(), b'{"id": "edition:2042", "type": "x"}'
    told = list(names.look([("file:/a", 7, data) for data in (b"", one, b"{", few)], GIVEN, small.context))
    base = "https://w3id.org/trophees-participation/"
    assert told == [
        names.Name(0, 7, 2, base + "laureate/2041/a", None),
        names.Name(0, 7, 4, base + "edition/2042", few),
        names.Told(0, 7, 4, 3, ""),
    ]


def test_a_table_without_a_column_is_told_and_no_name_is() -> None:
    given = Given({"file:/a": (0, "a.csv")}, mapping.read("decidim-processus"))
    (told,) = names.look([("file:/a", 0, b"slug;title/fr"), ("file:/a", 0, b"a;b")], given, None)  # type: ignore[arg-type]
    assert isinstance(told, names.Told)
    assert told.wrong.startswith("a.csv:1: the table has no column")


def test_repeated_lines_are_found_in_any_order(tmp_path: Path) -> None:
    naming = Indexing(tmp_path)
    for found, iri in [(place(1, 4), "x"), (place(0, 9), "x"), (place(0, 2), "y"), (place(2, 1), "x")]:
        naming.add(iri, found)
    pairs = b"".join(names._PAIR.pack(*pair) for pair in naming.done()[1])
    repeated = names.Repeated(pairs)
    assert repeated.first(place(2, 1)) == repeated.first(place(1, 4)) == (0, 9)
    assert [repeated.first(place(*at)) for at in ((0, 9), (0, 2), (0, 1), (3, 0))] == [None] * 4


def test_each_table_is_made_by_part_or_said_not_to_be() -> None:
    made_ = [table.name for table in by_part()]
    assert sorted([*made_, *OF_ALL]) == sorted(ORDER)
    text = (Path(__file__).parents[1] / "docs/spark.md").read_text("utf-8")
    assert ", ".join(f"`{name}`" for name in sorted(OF_ALL)) in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--engine", "spark"], "--engine spark works on records: give --records, too"),
        (["--master", "yarn", "--records", "x"], "--master is for --engine spark"),
        (["--engine", "fast", "--engine", "pyshacl", "--records", "x"], "pyshacl or fast, one of them validates"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    small: Project, given: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.root)
    refused = click.testing.CliRunner().invoke(main, ["build", *given])
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.output


def test_without_pyspark_or_java_the_remedy_is_told(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    written(Path("a.jsonl"), [line(A)])
    monkeypatch.setitem(sys.modules, "pyspark", None)
    command = ["build", "--records", "a.jsonl", "--engine", "spark", "--master", "local[2]"]
    refused = click.testing.CliRunner().invoke(main, command)
    assert refused.exit_code == 2
    assert refused.stderr == ("trophees: --engine spark: PySpark is not installed: pip install 'trophees[spark]'\n")
    (pyspark := ModuleType("pyspark")).SparkConf = None  # type: ignore[attr-defined]
    (sql := ModuleType("pyspark.sql")).SparkSession = None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyspark", pyspark)
    monkeypatch.setitem(sys.modules, "pyspark.sql", sql)
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    refused = click.testing.CliRunner().invoke(main, command)
    assert refused.stderr == (
        "trophees: --engine spark: there is no Java: install version 17 or newer, or set JAVA_HOME\n"
    )


def test_partitions_one_after_the_other_give_what_a_build_gives(small: Project, tmp_path: Path) -> None:
    texts = [line(A), "{", "", line(A), line(B), '{"id": "edition:2041"}', line(B)]
    _, out = built(small, texts, tmp_path / "out")
    given = Given({"file:/r": (0, str(tmp_path / "records.jsonl"))}, None)
    parts = [[("file:/r", start, text.encode()) for text in texts[start : start + 2]] for start in range(0, 7, 2)]
    looked = [one for rows in parts for one in names.look(rows, given, small.context)]
    told = [one for one in looked if isinstance(one, names.Told)]
    seen = names.gathered(told, [one for one in looked if isinstance(one, names.Name)], given, tmp_path)
    shared, few = beside(small, seen.few, seen.index, None)
    work = worker.Work("names", given, shared, seen.before, seen.repeated, tables=True)
    made: dict[str, set[bytes]] = {}
    for rows in reversed(parts):  # in any order
        for kind, data in worker.made(work, str(seen.index), str(tmp_path), rows):
            made.setdefault(kind, set()).update(bytes(data).split(b"\n"))
    deriving = Deriving(shared)
    counts: Counter[str] = Counter()
    for tally in map(json.loads, made.pop("tally")):
        counts.update(tally["editions"])
    statements = made.pop("nquads") | set(b"".join(deriving.shared | deriving.counted(counts)).split(b"\n"))
    assert b"".join(text + b"\n" for text in sorted(statements - {b""})) == (out / DUMP).read_bytes()
    assert made.pop("rejects") | {text.data for text in few[1]} == set(rejects(out))
    assert {json.loads(text)["line"] for text in made.pop("problems")} == {2, 4, 7}
    assert made == {}  # no table has a row of these


def _anomaly(name: str, text: str) -> bytes:
    base = "https://w3id.org/trophees-participation/"
    fact, graph = f"<{base}{name}#anomaly-1>", f"<{base}graph/x>"
    said = [
        f"<{base}{name}> <{TP}anomaly> {fact}",
        f"{fact} <{TP}anomalyKind> <{base}anomaly/erreur>",
        f'{fact} <{TP}text> "{text}"@fr',
        f"{fact} <{TP}section> <{base}section/s>",
    ]
    return "".join(f"{one} {graph} .\n" for one in said).encode()


def test_a_part_adds_to_a_table_what_is_not_there_without_it() -> None:
    tables = Tables(_anomaly("edition/2041", "Une."))
    ((name, shared),) = tables.shared()
    assert (name, json.loads(shared)["text"]) == ("anomalies", "Une.")
    assert list(tables.rows(b"")) == []
    ((name, rows),) = tables.rows(_anomaly("laureate/2041/a", "Une autre."))
    assert name == "anomalies"
    assert json.loads(rows) == {
        "subject": "2041/a",
        "kind": "erreur",
        "text": "Une autre.",
        "section": "s",
        "fact": "laureate/2041/a#anomaly-1",
    }
