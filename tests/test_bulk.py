"""Records by the million: the same graph as of files, faults told by line, nothing lost, whatever interrupts it."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import click.testing
import pytest

import generate
from bulk_cases import built, line, lines_of, problems, rejects, written
from small_checkout import RECORDS, A, B, made
from trophees.base.errors import UserError
from trophees.bulk import lines as files
from trophees.bulk import mapping, record
from trophees.bulk.build import DUMP, Rejected
from trophees.bulk.sorting import Sorter, merged
from trophees.cli.main import main
from trophees.graph.assemble import build
from trophees.hosting.settings import Hosting
from trophees.publish.contents import publish
from trophees.publish.tables import packaged
from trophees.release.checkout import Project

FULL = os.environ.get("FUZZ") == "full"


@pytest.fixture
def small() -> Iterator[Project]:
    with made() as project:
        yield project


def dump(project: Project) -> bytes:
    """The N-Quads of the records in files."""
    return "".join(sorted(f"{quad} .\n" for quad in build(project.sources()))).encode()


def shuffled(lines: list[str]) -> list[str]:
    Random(7).shuffle(lines)
    return lines


def test_records_in_lines_give_the_quads_of_records_in_files(small: Project) -> None:
    report, out = built(small, shuffled(lines_of(small)))
    assert report.rejected == 0
    assert (out / DUMP).read_bytes() == dump(small)


def test_processes_alone_stand_beside_what_the_checkout_holds(small: Project) -> None:
    report, out = built(small, [line(A), line(B)])
    assert (report.read, report.published) == (2, 2)
    assert (out / DUMP).read_bytes() == dump(small)


def test_processes_of_the_checkout_that_no_line_has_are_left_out(small: Project) -> None:
    _, out = built(small, [line(A)])
    said = (out / DUMP).read_bytes()
    assert b"laureate/2041/a>" in said
    assert b"laureate/2041/b>" not in said


@pytest.mark.slow
def test_parts_however_small_give_the_same(small: Project) -> None:
    _, whole = built(small, lines_of(small))
    before = (whole / DUMP).read_bytes()
    _, out = built(small, lines_of(small), part=1)
    assert (out / DUMP).read_bytes() == before


@pytest.mark.xdist_group("bulk")
@pytest.mark.slow
def test_all_curated_records_given_in_lines_give_the_same_files_byte_by_byte(tmp_path: Path, project: Project) -> None:
    given = written(tmp_path / "all.jsonl", shuffled(lines_of(project)))
    report, out = built(project, given, tmp_path / "out", engine="fast", every=True, part=200_000)
    assert (report.rejected, report.warnings) == (0, 0)
    copies = {name: data for name, data in project.copies().items() if name != "identifiers.nq"}
    store = build(project.sources())
    made_of_files = publish(
        store, project.context, packaged(), copies, Hosting(), project.changelog(), points=project.points()
    )
    other = [path for path, data in made_of_files if (out / path).read_bytes() != data]
    assert other == []


@pytest.mark.parametrize(
    ("fault", "rule", "told"),
    [
        ("{", "source:json", "the line is no JSON: Expecting property name enclosed in double quotes, 2"),
        ("[1]", "source:json", "the line is no JSON object: one record a line"),
        ('{"type": "Lauréat"}', "source:id", "the key “id” is missing"),
        ('{"id": "cachan"}', "source:id", "id — a record is called as in “laureate:2020/cachan”"),
        ('{"id": "laureate:2020/<b>"}', "source:id", "value “laureate:2020/<b>”"),
        ('{"id": "laureate:2041/c", "type": "Lauréat", "titres": "x"}', "source:key", "unknown key “titres”"),
        ('{"id": "laureate:2041/c", "type": "Lauréat", "étoiles": "trois"}', "source:lexical", "“trois” is not an"),
        ('{"id": "laureate:2041/c", "type": "Lauréat", "étoiles": null}', "source:empty", "étoiles — empty value"),
        ('{"id": "laureate:2041/c", "type": "Lauréat", "étoiles": 3, "étoiles": 4}', "source:duplicate-key", "étoiles"),
        ('{"id": "laureate:2041/c", "type": "Lauréat", "selon": "http://a b"}', "source:reference", "selon — “http"),
        ('{"id": "laureate:2041/c", "type": "Lauréat", "libellé": {"fr": "\\ud800"}}', "source:character", "U+D800"),
        (f'{{"id": "laureate:2041/c", "type": {"[" * 400}{"]" * 400}}}', "source:", ""),
        (b'{"id": "laureate:2041/c", "type": "\xff"}', "source:utf-8", "not UTF-8"),
        (A, "bulk:id-once", "“laureate:2041/a” is already the record of"),
    ],
)
def test_a_bad_line_is_told_and_set_aside(small: Project, fault: str | bytes, rule: str, told: str) -> None:
    fault = line(fault) if fault == A else fault
    report, out = built(small, [line(A), fault, line(B)])
    assert (report.read, report.published, report.rejected) == (3, 2, 1)
    found = problems(out)
    assert {problem["line"] for problem in found} == {2}
    assert any(problem["rule"].startswith(rule) and told in problem["en"] for problem in found), found
    assert rejects(out) == [fault.encode() if isinstance(fault, str) else fault]
    assert (out / DUMP).read_bytes() == dump(small)


def test_a_line_that_is_too_long_is_rejected_without_being_kept_in_memory(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST", 4000)
    monkeypatch.setattr("trophees.bulk.record.LONGEST", 4000)
    report, out = built(small, [line(A), "x" * 9000, line(B)])
    assert (report.published, report.rejected) == (2, 1)
    assert problems(out)[0]["en"] == "the line has more than 4000 bytes"


def test_strict_stops_and_leaves_the_last_release(small: Project) -> None:
    _, out = built(small, [line(A), line(B)])
    before = (out / DUMP).read_bytes()
    with pytest.raises(Rejected) as stopped:
        built(small, [line(A), "{"], strict=True)
    assert [problem["line"] for problem in stopped.value.problems] == [2]
    assert (out / DUMP).read_bytes() == before


def test_the_report_says_of_each_file_what_became_of_its_lines(small: Project) -> None:
    _, out = built(small, [line(A), "{", "", line(B)])
    told = json.loads((out / "records/report.json").read_bytes())
    assert (told["read"], told["published"], told["rejected"]) == (3, 2, 1)
    assert [(f["read"], f["published"], f["rejected"]) for f in told["files"]] == [(3, 2, 1)]
    assert told["rules"] == {"source:json": 1}
    assert told["statements"] == (out / DUMP).read_bytes().count(b"\n")


def test_an_engine_finds_what_shapes_refuse_and_says_the_line(small: Project) -> None:
    wrong = line(A).replace("laureate:2041/a", "laureate:2041/c").replace('"étoiles": 3', '"étoiles": 9')
    report, out = built(small, [line(A), wrong], engine="pyshacl")
    assert report.rejected == 1, problems(out)
    assert {problem["line"] for problem in problems(out)} == {2}


@pytest.mark.parametrize("form", ["gz", "zst", pytest.param("parquet", marks=pytest.mark.slow), "bom"])
def test_compressed_lines_and_parquet_are_read_alike(small: Project, form: str, tmp_path: Path) -> None:
    data = "".join(f"{line(text)}\n" for text in (A, B)).encode()
    path = tmp_path / f"records.{form}"
    if form == "gz":
        path.write_bytes(gzip.compress(data[:100]) + gzip.compress(data[100:]))
    elif form == "zst":
        zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
        path.write_bytes(zstd.compress(data[:100]) + zstd.compress(data[100:]))
    elif form == "parquet":
        polars = pytest.importorskip("polars")
        polars.read_ndjson(data).write_parquet(path)
    else:
        path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    report, out = built(small, path)
    assert (report.published, report.rejected) == (2, 0)
    assert (out / DUMP).read_bytes() == dump(small)


@pytest.mark.parametrize(
    "cut", [gzip.compress(b"{}\n" * 9)[:-12], b"\x1f\x8b\x08 no gzip", b"\x28\xb5\x2f\xfd no", b"PAR1"]
)
def test_a_damaged_file_is_told(small: Project, cut: bytes, tmp_path: Path) -> None:
    (path := tmp_path / "records").write_bytes(cut)
    with pytest.raises(UserError, match=r"records: .*(damaged|cut off)"):
        built(small, path)


DECIDIM = (
    "id;title/ca;title/en;title/fr;slug;reference;created_at;short_description/en;short_description/fr;url;"
    "start_date;end_date;developer_group/fr;area/id;area/name/fr\r\n"
    "7;;A park for all;Un parc pour tous;Parc_2024;exemple-PART-2024-01-7;2024-01-02 09:00:00 +0100;"
    '"<p>Residents draw up '
    'the park of the quarter in three workshops,\n\nthen vote.</p>";"<p>Les habitants dessinent le parc du quartier en '
    'trois ateliers,\n\npuis votent&nbsp;: &laquo;&nbsp;oui&nbsp;&raquo;.</p>";https://decidim.example/processes/Parc_2024;'
    "2024-01-02;;Ville d’Exemple;3;Urbanisme\r\n"
    ";;;;;;;;;;;;;;\r\n"
    "8;;B;;quai;r-8;;x;;https://decidim.example/processes/quai;2024-02-30;2024-03-01;;;Ailleurs\r\n"
)


def test_the_open_data_of_decidim_are_read_by_a_mapping(tmp_path: Path) -> None:
    (path := tmp_path / "participatory_processes.csv").write_bytes(DECIDIM.encode())
    (first, one), (second, other) = mapping.read("decidim-processus").rows(path)
    assert (first, second) == (2, 8)
    assert json.loads(one) == {
        "id": "case:decidim/parc-2024",
        "type": "Cas",
        "titre": "Un parc pour tous",
        "libellé": {"fr": "Un parc pour tous", "en": "A park for all"},
        "ligne_porteur": "Ville d’Exemple",
        "résumé": {
            "fr": "Les habitants dessinent le parc du quartier en trois ateliers, puis votent : « oui ».",
            "en": "Residents draw up the park of the quarter in three workshops, then vote.",
        },
        "selon": "src:decidim",
        "récits": [
            {
                "selon": "src:decidim",
                "code": "exemple-PART-2024-01-7",
                "adresse": "https://decidim.example/processes/Parc_2024",
            }
        ],
        "sites": [
            {
                "adresse": "https://decidim.example/processes/Parc_2024",
                "imprimé": "https://decidim.example/processes/Parc_2024",
                "rubrique": "section:url",
            }
        ],
        "périodes": [
            {
                "genre": "démarche",
                "début": "2024-01-02",
                "précision": "jour",
                "année_imprimée": True,
                "rubrique": "section:dates",
            }
        ],
        "thèmes": [
            {
                "thème": "theme:urbanisme-et-amenagement",
                "principal": True,
                "imprimé": "Urbanisme",
                "rubrique": "section:area",
            }
        ],
    }
    assert json.loads(other)["thèmes"][0]["thème"] == "Ailleurs"
    assert "résumé" not in json.loads(other) or "fr" not in json.loads(other)["résumé"]


def test_what_a_row_says_wrongly_is_told_with_its_line(project: Project, tmp_path: Path) -> None:
    (path := tmp_path / "participatory_processes.csv").write_bytes(DECIDIM.encode())
    found = {
        number: [problem.message("en") for problem in record.read(row, number, "p.csv", project.context).problems]
        for number, row in mapping.read("decidim-processus").rows(path)
    }
    assert found[2] == []
    assert "début — “2024-02-30” is not in the calendar" in found[8]
    assert any("“Ailleurs” is not a reference" in sentence for sentence in found[8])


def test_a_participatory_budget_is_read_by_a_mapping(project: Project, tmp_path: Path) -> None:
    (path := tmp_path / "bp.csv").write_text(
        "identifiant;annee;code_commune;collectivite;titre;titre_en;description;description_en;thematique;montant;votes\n"
        'P-12;2023;94016;Ville de Cachan;"Un verger; trois haies";Orchard, three hedges;;;Nature en ville;45000;312\n'
        "P-13;2023;94016;Ville de Cachan;Des bancs;Benches;;;Cadre de vie;;\n",
        "utf-8",
    )
    rows = list(mapping.read("budget-participatif").rows(path))
    records = [record.read(row, number, "bp.csv", project.context) for number, row in rows]
    assert [problem for one in records for problem in one.problems] == []
    assert records[0].iri.value.endswith("/case/budget-participatif/94016-2023-p-12")
    values = [s.object.value for s in records[0].statements if s.predicate.value.endswith("#value")]
    assert values == ["45000", "312"]
    assert not any(s.predicate.value.endswith("#indicator") for s in records[1].statements)


def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    (path := tmp_path / "x.csv").write_text("slug;title/fr\na;b\n", "utf-8")
    with pytest.raises(UserError, match=r"x\.csv:1: the table has no column “area/name/fr”"):
        list(mapping.read("decidim-processus").rows(path))
    with pytest.raises(UserError, match="budget-participatif, decidim-processus"):
        mapping.read("nothing")
    (own := tmp_path / "own.yaml").write_text('fiche: {id: "case:x/{slug|non}"}', "utf-8")
    with pytest.raises(UserError, match="“non” is no word: nom, texte, jour"):
        mapping.read(str(own))


def test_sorting_merges_runs_of_any_number_each_line_once(tmp_path: Path) -> None:
    random = Random(1)
    lines = [b"%d\n" % random.randrange(500) for _ in range(3000)]
    sorter = Sorter(tmp_path, "x", most=9)
    for one in lines:
        sorter.add(one)
    assert list(sorter.lines()) == sorted(set(lines))
    assert list(tmp_path.iterdir()) == []
    assert list(merged([], tmp_path)) == []


def test_the_command_tells_the_report_and_writes_the_folder(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    written(one := small.root / "one.jsonl", [line(A)])
    written(two := small.root / "two.jsonl", [line(B), "{"])
    runner = click.testing.CliRunner()
    done = runner.invoke(main, ["build", "--records", str(one), str(two), "--lines", "--unvalidated", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["rejected"] == 1
    assert (small.root / "bulk" / DUMP).read_bytes() == dump(small)
    refused = runner.invoke(main, ["build", "--records", str(one), str(two), "--lines", "--unvalidated", "--strict"])
    assert refused.exit_code == 1
    assert "two.jsonl:2: " in refused.stderr
    assert runner.invoke(main, ["build", str(one)]).exit_code == 2


def test_what_is_made_up_is_the_same_for_the_same_seed() -> None:
    first = list(generate.generate(40, seed=3, share=0.3))
    assert first == list(generate.generate(40, seed=3, share=0.3))
    assert first != list(generate.generate(40, seed=4, share=0.3))
    assert 5 < sum(fault is not None for _, _, fault in first) < 20


@pytest.mark.slow
def test_every_planted_error_is_told_by_its_rules_and_nothing_else_is(tmp_path: Path, project: Project) -> None:
    made_up = list(generate.generate(300, share=0.5))
    planted = {number: fault for number, (_, _, fault) in enumerate(made_up, 1) if fault}
    assert {fault.name for fault in planted.values()} >= {fault.name for fault in generate.faults()}
    given = written(tmp_path / "records.jsonl", [text for text, _, _ in made_up])
    report, out = built(project, given, tmp_path / "out", engine="fast")
    assert report.rejected == len(planted)
    told: dict[int, set[str]] = {}
    for problem in problems(out):
        told.setdefault(problem["line"], set()).add(problem["rule"])
    assert told.keys() == planted.keys()
    assert {
        number: set(fault.rules) - told[number] for number, fault in planted.items() if set(fault.rules) - told[number]
    } == {}


def mutants(count: int, random: Random) -> Iterator[bytes]:
    """Lines, each with a few bytes that are changed, gone, or there twice."""
    sound = [line(text).encode() for text in RECORDS.values()]
    for _ in range(count):
        text = bytearray(random.choice(sound))
        for _ in range(random.randrange(1, 4)):
            at, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
            match random.randrange(5):
                case 0:
                    del text[at : min(end, at + 9)]
                case 1:
                    text[at:at] = bytes([random.randrange(256)])
                case 2:
                    text[at:at] = text[at : min(end, at + 30)]
                case 3:
                    text[at:at] = random.choice(
                        [b'"', b"{", b"]", b",", b"\\u0000", b"null", b"1e999", b"\xed\xa0\x80"]
                    )
                case _:
                    text = text[:end]
        yield bytes(text).replace(b"\n", b"") or b"."


def test_of_mutated_lines_none_is_lost(small: Project) -> None:
    given = list(mutants(10_000 if FULL else 300, Random(11)))
    report, out = built(small, given)
    assert report.read == sum(bool(text.strip()) for text in given)
    assert report.read == report.published + report.rejected
    assert len(rejects(out)) == report.rejected
    assert report.published > 0 < report.rejected
    assert len({problem["line"] for problem in problems(out) if problem["severity"] == "error"}) == report.rejected


def command(path: Path) -> list[str]:
    return [sys.executable, "-m", "trophees", "build", "--records", str(path), "--lines", "--unvalidated", "--json"]


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_the_last_release_and_goes_on(small: Project) -> None:
    random = Random(5)
    sound = [line(A).replace("2041/a", f"2041/a{number}") for number in range(6000)]
    path = written(small.root / "records.jsonl", [*sound, *mutants(500, random)])
    run: dict[str, Any] = {"cwd": small.root, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    began = time.monotonic()
    whole = json.loads(subprocess.run(command(path), check=True, **run).stdout)
    lasts = time.monotonic() - began
    out = small.root / "bulk" / DUMP
    expected = out.read_bytes()
    (old := out.parent.parent / "old").write_text("the last release")
    for _ in range(100 if FULL else 5):
        process = subprocess.Popen(command(path), cwd=small.root, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE)
        time.sleep(random.uniform(0, lasts))
        process.send_signal(random.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        process.communicate()
        assert out.read_bytes() == expected
    again = json.loads(subprocess.run(command(path), check=True, **run).stdout)
    assert again == whole
    assert whole["read"] == whole["published"] + whole["rejected"]
    assert out.read_bytes() == expected
    assert not old.exists()
    assert [p.name for p in small.root.iterdir() if p.name.startswith(".bulk")] == []
