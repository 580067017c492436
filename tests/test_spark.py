"""Bulk records on Spark: byte for byte what the local engine gives, also on a cluster that loses a worker."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import click.testing
import pytest

import generate
from bulk_cases import line, lines_of, written
from small_checkout import A, B, made
from spark_cluster import cluster, environment, needs_spark, wait
from test_bulk import DECIDIM, mutants
from trophees.base.errors import UserError
from trophees.bulk import mapping
from trophees.bulk.build import DUMP, Bulk
from trophees.bulk.report import FILE
from trophees.bulk.spark import reading, session
from trophees.bulk.spark.build import OnSpark
from trophees.bulk.spark.tables import by_part
from trophees.cli.main import main
from trophees.graph.assemble import build
from trophees.hosting.settings import Hosting
from trophees.publish.tables import Table
from trophees.release.checkout import Project

pytestmark = [pytest.mark.foreign, pytest.mark.xdist_group("spark"), needs_spark]


@pytest.fixture
def small() -> Iterator[Project]:
    with made() as project:
        yield project


@pytest.fixture(scope="module", autouse=True)
def spark() -> Iterator[None]:
    """One session on two cores for all builds here: to start one takes longer than most of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        with session.session("local[2]") as started:
            patch.setattr(started, "stop", lambda: None, raising=False)
            patch.setattr(session, "_started", lambda _: started)
            yield
            patch.undo()


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few bytes in a partition that a few lines are in several."""
    monkeypatch.setattr(reading, "_LEAST", 30_000)


def command(*arguments: str) -> list[str]:
    return ["build", "--engine", "spark", "--master", "local[2]", *arguments]


def parts(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*")))


def lines(data: bytes) -> list[bytes]:
    return sorted(data.split(b"\n"))


def same(spark: Path, local: Path) -> bool:
    """Whether both tell the same statements, rejected lines, problems and numbers."""
    assert parts(spark / "nquads") == (local / DUMP).read_bytes()
    for name in ("rejects", "problems"):
        assert lines(parts(spark / "records" / name)) == lines((local / "records" / f"{name}.jsonl").read_bytes())
    assert (spark / FILE).read_bytes() == (local / FILE).read_bytes()
    return True


def table(folder: Path, told: Table) -> Counter[tuple[str, ...]]:
    """The rows of a table in Parquet, as CSV has their cells."""
    polars = pytest.importorskip("polars")
    names = [column.name for column in told.columns]
    rows = polars.read_parquet(folder / "parquet" / told.name / "*.parquet").select(names).iter_rows()
    return Counter(tuple(map(_cell, row)) for row in rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).removesuffix(".0")


def repeating(random: Random) -> list[bytes]:
    """Sound and wrong lines, of which some repeat the name of another one, in this file or in the next."""
    sound = [line(A).replace("2041/a", f"2041/a{number % 60}").encode() for number in range(90)]
    found = [*sound, *mutants(60, random), line(B).encode() + b"\r", b"", b"  ", b'{"id": "laureate:2041/\xff"}']
    random.shuffle(found)
    return found


def test_on_two_cores_it_gives_what_one_machine_gives(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(3)
    root = small.root
    monkeypatch.chdir(root)
    (one := root / "un é.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(repeating(random)))
    written(two := root / "two.jsonl", [*repeating(random), *lines_of(small)])
    (three := root / "three.jsonl.gz").write_bytes(gzip.compress(b"\n".join(repeating(random)) + b"\n"))
    data = b"\n".join(line(A).replace("2041/a", f"2041/p{number}").encode() for number in range(30))
    pytest.importorskip("polars").read_ndjson(data).write_parquet(four := root / "four.parquet")
    files = [one, two, three, four]
    Bulk(small, files, root / "local", Hosting(), engine=None, every=False).write()
    given = ["--records", *map(str, files), "--out", str(root / "spark"), "--lines", "--unvalidated", "--json"]
    done = click.testing.CliRunner().invoke(main, command(*given))
    assert done.exit_code == 0, done.output
    assert same(root / "spark", root / "local")
    told = json.loads(done.stdout)
    assert told == json.loads((root / "local" / FILE).read_bytes())
    assert told["rules"]["bulk:id-once"] > 50
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
def test_all_curated_records_give_the_same_statements_and_tables(
    tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_LEAST", 400_000)
    given = lines_of(project)
    Random(7).shuffle(given)
    written(path := tmp_path / "all.jsonl", given)
    Bulk(project, [path], tmp_path / "local", Hosting(), engine="fast", every=False).write()
    OnSpark(project, [str(path)], str(tmp_path / "spark"), engine="fast").write()
    assert same(tmp_path / "spark", tmp_path / "local")
    store = build(project.sources())
    for told in by_part():
        rows = Counter(tuple(cell.removesuffix(".0") for cell in row) for row in told.rows(store))
        assert table(tmp_path / "spark", told) == rows, told.name
    assert {path.name for path in (tmp_path / "spark/parquet").iterdir()} == {told.name for told in by_part()}


@pytest.mark.slow
def test_tables_of_others_are_read_by_a_mapping(small: Project) -> None:
    (path := small.root / "participatory_processes.csv").write_bytes(DECIDIM.encode())
    columns, root = mapping.read("decidim-processus"), small.root
    Bulk(small, [path], root / "local", Hosting(), engine=None, every=False, read=columns.rows).write()
    OnSpark(small, [str(path)], str(root / "spark"), engine=None, every=False, mapping=columns, block=100).write()
    assert same(root / "spark", root / "local")
    path.write_text("slug;title/fr\na;b\n", "utf-8")
    with pytest.raises(UserError, match=r"processes\.csv:1: the table has no column"):
        OnSpark(small, [str(path)], str(root / "spark"), engine=None, every=False, mapping=columns).write()


@pytest.mark.slow
def test_what_is_refused_leaves_the_last_release(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small.root
    monkeypatch.chdir(root)
    written(root / "a.jsonl", [line(A)])
    written(root / "_b.jsonl", [line(A)])
    written(root / "wrong.jsonl", [line(B), "{"])
    Path("cut.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 99)[:-12])
    Path("plain.jsonl.gz").write_bytes(b"{}\n")
    Path("packed").write_bytes(gzip.compress(b"{}\n"))
    Path("else").mkdir()
    Path("else/mine").touch()

    def asked(*given: str, out: str = "bulk") -> click.testing.Result:
        """Spark stands in another folder than the test."""
        files = [name if ":" in name or name.startswith("-") else f"{root}/{name}" for name in given]
        return click.testing.CliRunner().invoke(main, command("--lines", "--out", f"{root}/{out}", "--records", *files))

    assert asked("a.jsonl").exit_code == 0
    before = parts(Path("bulk/nquads"))
    assert before
    assert asked("else", out="nothing").exit_code == 0
    for given, code, told in [
        (["wrong.jsonl", "--strict"], 1, "wrong.jsonl:2: "),
        (["nothing.jsonl"], 2, "nothing.jsonl: there is no such file"),
        (["_b.jsonl"], 2, "_b.jsonl: Spark leaves out files whose name begins with"),
        (["foo://x/y"], 2, "foo://x/y: is no address that Hadoop knows"),
        (["packed"], 2, "packed: is compressed with gzip: its name has to end in .gz"),
        (["plain.jsonl.gz"], 2, "plain.jsonl.gz: is damaged, or no gzip"),
        (["cut.jsonl.gz"], 2, "Spark: "),
        (["a.jsonl", "./a.jsonl"], 2, "/./a.jsonl: is given twice"),
    ]:
        done = asked(*given)
        assert (done.exit_code, told in done.stderr) == (code, True), (given, done.output, done.stderr)
        assert parts(Path("bulk/nquads")) == before
        assert [path.name for path in small.root.iterdir() if path.name.startswith(".")] == []
    assert "/else: is there, and no release of records" in asked("a.jsonl", out="else").stderr
    assert Path("else/mine").exists()


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_in_the_middle_loses_no_line_and_doubles_none(
    tmp_path: Path, project: Project
) -> None:
    made_up = [text for text, _, _ in generate.generate(1000, share=0.05)]
    written(tmp_path / "records.jsonl", [*made_up, *made_up[:100]])
    Bulk(project, [tmp_path / "records.jsonl"], tmp_path / "local", Hosting(), engine="fast", every=False).write()
    program = [sys.executable, "-m", "trophees", "build", "--engine", "spark", "--engine", "fast", "--lines"]
    given = ["--records", str(tmp_path / "records.jsonl"), "--out", str(tmp_path / "spark")]
    conf = environment(sql_files_maxPartitionBytes=100_000, executor_memory="512m", speculation="true")
    with cluster(tmp_path, 2) as (master, workers):
        process = subprocess.Popen(
            [*program, "--master", master, *given],
            cwd=project.root, env=conf, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            staged = tmp_path / ".spark-work" / "staged" / "_temporary" / "0"
            wait(lambda: process.poll() is not None or len(list(staged.glob("task_*"))) >= 2, "two parts")
            assert process.poll() is None, process.communicate()[0]
            workers[0].kill()
            done = len(list(staged.glob("task_*")))
            said, _ = process.communicate(timeout=600)
        finally:
            process.kill()
    assert process.returncode == 0, said
    assert done < (tmp_path / "records.jsonl").stat().st_size // 100_000
    assert b"Lost executor" in said
    assert same(tmp_path / "spark", tmp_path / "local")
    told = json.loads((tmp_path / "spark" / FILE).read_bytes())
    assert told["read"] == 1100 == told["published"] + told["rejected"]
    assert told["rules"]["bulk:id-once"] >= 90
