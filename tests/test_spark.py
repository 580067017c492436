"""Bulk records on Spark: what the local engine gives, byte for byte, on two cores and on a cluster that loses a worker."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import generate
from bulk_cases import line, lines_of, written
from small_checkout import A, B, made
from spark_cluster import cluster, environment, needs_spark, wait
from test_bulk import DECIDIM, mutants
from trophees.bulk.build import DUMP, Bulk
from trophees.bulk.report import FILE
from trophees.bulk.spark.tables import OF_ALL, by_part
from trophees.graph.assemble import build
from trophees.hosting.settings import Hosting
from trophees.publish.tables import Table
from trophees.release.checkout import Project

pytestmark = [pytest.mark.foreign, needs_spark]


@pytest.fixture
def small() -> Iterator[Project]:
    with made() as project:
        yield project


def command(*arguments: str, master: str = "local[2]") -> list[str]:
    return [sys.executable, "-m", "trophees", "build", "--engine", "spark", "--master", master, *arguments]


def run(folder: Path, *arguments: str, **conf: object) -> subprocess.CompletedProcess[str]:
    """The command with these arguments on two cores, in `folder`."""
    return subprocess.run(
        command(*arguments), cwd=folder, env=environment(**conf), capture_output=True, text=True, encoding="utf-8"
    )


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


def test_on_two_cores_it_gives_what_one_machine_gives(small: Project) -> None:
    random = Random(3)
    root = small.root
    (one := root / "un é.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(repeating(random)))
    written(two := root / "two.jsonl", [*repeating(random), *lines_of(small)])
    (three := root / "three.jsonl.gz").write_bytes(gzip.compress(b"\n".join(repeating(random)) + b"\n"))
    data = b"\n".join(line(A).replace("2041/a", f"2041/p{number}").encode() for number in range(30))
    pytest.importorskip("polars").read_ndjson(data).write_parquet(four := root / "four.parquet")
    names = [path.name for path in (one, two, three, four)]
    Bulk(small, [Path(name) for name in names], root / "local", Hosting(), every=False, read=_beside(root)).write()
    done = run(root, "--records", *names, "--out", "spark", "--json", sql_files_maxPartitionBytes=5000)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads((root / "local" / FILE).read_bytes())
    assert same(root / "spark", root / "local")
    assert json.loads(done.stdout)["rules"]["bulk:id-once"] > 50
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []


def _beside(root: Path):  # type: ignore[no-untyped-def]
    from trophees.bulk import lines as files

    return lambda path: files.lines(root / path)


@pytest.mark.slow
def test_all_curated_records_give_the_same_statements_and_tables(tmp_path: Path, project: Project) -> None:
    given = lines_of(project)
    Random(7).shuffle(given)
    written(tmp_path / "all.jsonl", given)
    Bulk(project, [tmp_path / "all.jsonl"], tmp_path / "local", Hosting(), engine="fast", every=False).write()
    done = subprocess.run(
        command("--records", str(tmp_path / "all.jsonl"), "--out", str(tmp_path / "spark"), "--engine", "fast"),
        cwd=project.root, env=environment(sql_files_maxPartitionBytes=400_000), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert same(tmp_path / "spark", tmp_path / "local")
    store = build(project.sources())
    for told in by_part():
        rows = Counter(tuple(cell.removesuffix(".0") for cell in row) for row in told.rows(store))
        assert table(tmp_path / "spark", told) == rows, told.name
    assert {path.name for path in (tmp_path / "spark/parquet").iterdir()} == {told.name for told in by_part()}
    assert not OF_ALL & {told.name for told in by_part()}


@pytest.mark.slow
def test_tables_of_others_are_read_by_a_mapping(small: Project) -> None:
    (small.root / "participatory_processes.csv").write_bytes(DECIDIM.encode())
    given = ["--records", "participatory_processes.csv", "--mapping", "decidim-processus", "--unvalidated", "--lines"]
    local = [sys.executable, "-m", "trophees", "build", *given, "--out", "local"]
    subprocess.run(local, cwd=small.root, check=True, capture_output=True)
    done = run(small.root, *given, "--out", "spark", sql_files_maxPartitionBytes=100)
    assert done.returncode == 0, done.stderr
    assert same(small.root / "spark", small.root / "local")


@pytest.mark.slow
def test_a_refused_line_a_missing_and_a_damaged_file_leave_the_last_release(small: Project) -> None:
    written(small.root / "a.jsonl", [line(A)])
    written(small.root / "wrong.jsonl", [line(B), "{"])
    (small.root / "cut.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 99)[:-12])
    (small.root / "packed").write_bytes(gzip.compress(b"{}\n"))
    (small.root / "else").mkdir()
    (small.root / "else" / "mine").touch()
    assert run(small.root, "--records", "a.jsonl", "--lines").returncode == 0
    before = parts(small.root / "bulk" / "nquads")
    for given, code, told in [
        (["wrong.jsonl", "--strict"], 1, "wrong.jsonl:2: "),
        (["nothing.jsonl"], 2, "nothing.jsonl: there is no such file"),
        (["foo://x/y"], 2, "foo://x/y: is no address that Hadoop knows"),
        (["packed"], 2, "packed: is compressed with gzip: its name has to end in .gz"),
        (["cut.jsonl.gz"], 2, "Spark: "),
        (["a.jsonl", "./a.jsonl"], 2, "./a.jsonl: is given twice"),
        (["a.jsonl", "--out", "else"], 2, "/else: is there, and no release of records"),
    ]:
        done = run(small.root, "--lines", "--records", *given)
        assert (done.returncode, told in done.stderr) == (code, True), (given, done.stderr)
        assert "Traceback" not in done.stderr.rpartition("trophees: ")[2]
        assert parts(small.root / "bulk" / "nquads") == before
        assert [path.name for path in small.root.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_in_the_middle_loses_no_line_and_doubles_none(
    tmp_path: Path, project: Project
) -> None:
    made_up = [text for text, _, _ in generate.generate(2400, share=0.05)]
    written(tmp_path / "records.jsonl", [*made_up, *made_up[:200]])
    Bulk(project, [tmp_path / "records.jsonl"], tmp_path / "local", Hosting(), engine="fast", every=False).write()
    conf = environment(
        sql_files_maxPartitionBytes=200_000, executor_memory="512m", speculation="true", network_timeout="30s",
        executor_heartbeatInterval="5s",
    )  # fmt: skip
    with cluster(tmp_path, 2) as (master, workers):
        arguments = ["--records", str(tmp_path / "records.jsonl"), "--out", str(tmp_path / "spark"), "--engine", "fast"]
        process = subprocess.Popen(
            command(*arguments, "--lines", master=master),
            cwd=project.root, env=conf, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        staged = tmp_path / ".spark-work" / "staged" / "_temporary" / "0"
        wait(lambda: process.poll() is not None or len(list(staged.glob("task_*"))) >= 2, "two parts")
        assert process.poll() is None, process.communicate()[0]
        workers[0].kill()
        done = len(list(staged.glob("task_*")))
        said, _ = process.communicate(timeout=600)
        time.sleep(0)
    assert process.returncode == 0, said
    assert done < (tmp_path / "records.jsonl").stat().st_size // 200_000
    assert b"Lost executor" in said
    assert same(tmp_path / "spark", tmp_path / "local")
    told = json.loads((tmp_path / "spark" / FILE).read_bytes())
    assert told["read"] == 2600 == told["published"] + told["rejected"]
    assert told["rules"]["bulk:id-once"] >= 190
