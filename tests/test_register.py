"""The register of identifiers: nothing that was published vanishes or changes meaning without a word."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from conftest import Run, curated
from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE, TP
from trophees.graph.assemble import build
from trophees.hosting.settings import Hosting
from trophees.publish import catalogue, withdrawals
from trophees.publish.description import File, Release
from trophees.publish.tables import packaged
from trophees.release import published_files, register, withdraw
from trophees.release.build import Building
from trophees.release.checkout import Project
from trophees.release.review import review
from trophees.site.model import Inputs, Site
from trophees.site.pages import cookbook as cookbook_pages
from trophees.source.record import Record, Statement

INDICATOR = BASE + "laureate/2020/cachan#indicator-1"
REASON = Both("Le rapport ne le dit pas ainsi.", "The report does not say it so.")


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Project:
    """A copy of the records, to be changed."""
    curated(project, tmp_path)
    (tmp_path / "publish").mkdir()
    shutil.copy(project.root / "publish" / "catalog.ttl", tmp_path / "publish")
    (tmp_path / "publish" / "dumps").symlink_to(project.root / "publish" / "dumps")
    return Project(tmp_path)


def withdrawals_of_this_release(project: Project) -> str:
    """The record, relative to the root, of what is withdrawn in the release that the dataset is in."""
    version = re.search(r'^version: "(.+)"', (project.root / "data/dataset/trophees.yaml").read_text("utf-8"), re.M)
    assert version
    return f"data/withdrawal/{version[1].replace('.', '-')}.yaml"


def found(project: Project, records: list[Record]) -> list[str]:
    """What is wrong, in English; the catalogue is the published one."""
    known = register.read(project.root / "data" / register.FILE)
    now = register.present(build(project.sources(records)), project.shape_triples(), project.published_catalogue())
    return [p.message("en") for p in register.problems(known, now, records, project.context.compact)]


def statements(records: list[Record]) -> list[Statement]:
    return [s for record in records if not record.path.startswith("data/withdrawal/") for s in record.statements]


def test_no_identifier_of_an_earlier_release_is_lost(project: Project, records: list[Record]) -> None:
    known = register.read(project.root / "data" / register.FILE)
    assert {"2020.1", "2020.2"} <= {entry.release for entry in known.values()}
    assert len([iri for iri in known if "#" in iri]) > 1500
    assert found(project, records) == []


def test_the_register_is_sorted_and_reads_back(project: Project) -> None:
    data = (project.root / "data" / register.FILE).read_bytes()
    assert data.splitlines() == sorted(data.splitlines())
    assert register.written(register.read(project.root / "data" / register.FILE)) == data


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_fact_that_vanishes_is_missed(copy: Project) -> None:
    path = copy.root / "data" / "organisation" / "ville-de-cachan.yaml"
    text = path.read_text("utf-8")
    start = text.index("identifiants:")
    path.write_text(text[:start] + text[text.index("déductions:") :], "utf-8")
    name = "organisation:ville-de-cachan#identifier-1"
    assert found(copy, list(copy.records())) == [
        f"“{name}”, published since 2020.1, is gone: put it back, or “trophees withdraw {name}”"
    ]


def test_a_host_without_an_endpoint_loses_no_identifier(project: Project, store: Store) -> None:
    """Nothing that is said of the places depends on the host, nor is it said here."""
    every = register.read(project.root / "data" / register.FILE)
    known = {iri: e for iri, e in every.items() if "catalog#" in iri and "catalog#place" not in iri}
    assert BASE + "catalog#sparql" in known
    tables = (f"csv/{table.name}.csv" for table in packaged())  # and those that no release has had yet
    files = {path: File.of(b"...") for path in (*project.former_files(), *tables)}
    for where in (Hosting(), Hosting("https://data.test/", "data@data.test", "")):
        said = catalogue.describe(Release(store, files, packaged(), where, {}))
        now = register.present(Store(), said)
        assert [p.message("en") for p in register.problems(known, now, [], str)] == []


def test_a_figure_goes_with_the_last_thing_that_it_counts(project: Project) -> None:
    known = register.read(project.root / "data" / register.FILE)
    figures = {iri: entry for iri, entry in known.items() if "void#property/" in iri}
    assert len(figures) > 50
    assert list(register.problems(figures, {}, [], str)) == []
    assert len(list(register.problems(known, {}, [], str))) > 1000


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_name_given_to_another_kind_of_fact_is_refused(copy: Project) -> None:
    path = copy.root / "data" / "laureate" / "2020" / "cachan.yaml"
    text = (
        path.read_text("utf-8")
        .replace("cachan#goal-1\n", "cachan#x\n")
        .replace("cachan#outcome-1\n", "cachan#goal-1\n")
    )
    path.write_text(text.replace("cachan#x\n", "cachan#outcome-1\n"), "utf-8")
    assert [sentence.partition(":")[0] for sentence in sorted(found(copy, list(copy.records())))] == [
        "“laureate",
        "“laureate",
    ]


def test_a_fact_about_another_thing_is_refused() -> None:
    known = {"urn:f": register.Meaning({NamedNode(TP + "Goal")}, {NamedNode("urn:a")}, "2020.1")}
    now = {"urn:f": register.Meaning({NamedNode(TP + "Goal")}, {NamedNode("urn:b")})}
    (problem,) = register.problems(known, now, [], str)
    assert (
        problem.message("en")
        == "“urn:f”, published since 2020.1, is about something else now: give the new fact another name"
    )


def test_more_types_and_another_graph_change_no_meaning() -> None:
    store, fact, graph = Store(), NamedNode(INDICATOR), NamedNode(GRAPH + "elsewhere")
    store.extend(Quad(fact, RDF_TYPE, NamedNode(TP + name), graph) for name in ("Fact", "Indicator"))
    known = {INDICATOR: register.Meaning({NamedNode(TP + "Fact")}, set(), "2020.1")}
    assert list(register.problems(known, register.present(store), [], str)) == []


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_fact_without_an_id_does_not_take_a_published_name(copy: Project) -> None:
    path = copy.root / "data" / "organisation" / "ville-de-cachan.yaml"
    text = path.read_text("utf-8")
    line = "  - id: organisation:ville-de-cachan#identifier-1\n    "
    assert line in text
    path.write_text(text.replace(line, "  - "), "utf-8")
    assert found(copy, list(copy.records())) == [
        "this fact without “id” would take the name of a published one: run “trophees check --fix”"
    ]


@pytest.mark.slow
def test_what_is_withdrawn_leaves_the_fact_of_its_withdrawal(copy: Project) -> None:
    plan = withdraw.Plan.of(copy, "laureate:2020/cachan#indicator-1", "laureate:2020/cachan#indicator-2", REASON)
    assert list(plan.write()) == [withdrawals_of_this_release(copy), "data/laureate/2020/cachan.yaml"]
    records = list(copy.records())
    assert found(copy, records) == []
    store = build(copy.sources(records))
    about = store.quads_for_pattern(NamedNode(INDICATOR), None, None, None)
    said = {(q.predicate.value.rpartition("/")[2], str(q.object)) for q in about}
    assert said == {
        ("owl#deprecated", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("isReplacedBy", f"<{BASE}laureate/2020/cachan#indicator-2>"),
    }
    assert json.loads(withdrawals.document(withdrawals.withdrawals(store)))["laureate/2020/cachan#indicator-1"] == {
        "release": copy.version(store),
        "reason": {"en": REASON.en, "fr": REASON.fr},
        "successor": "laureate/2020/cachan#indicator-2",
    }


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_what_is_withdrawn_and_still_there_is_refused(copy: Project) -> None:
    plan = withdraw.Plan.of(copy, "laureate:2020/cachan#indicator-1", "", REASON)
    path = copy.root / "data" / "laureate" / "2020" / "cachan.yaml"
    before = path.read_text("utf-8")
    list(plan.write())
    path.write_text(before, "utf-8")
    assert found(copy, list(copy.records())) == [
        "“laureate:2020/cachan#indicator-1” is said to be withdrawn, but a record still describes it: "
        "remove one or the other"
    ]


VAIN = {
    "laureate:2020/cachan#indicator-99": "the successor “laureate:2020/cachan#indicator-99” does not exist: "
    "name another, or write “sans_successeur: true”",
    "laureate:2020/cachan#indicator-1": "the successor “laureate:2020/cachan#indicator-1” is what is withdrawn, "
    "or leads back to it: name another, or write “sans_successeur: true”",
}


@pytest.mark.slow
def test_a_withdrawal_without_a_reason_or_with_a_vain_successor_changes_nothing(
    copy: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    records = copy.root / "data" / "withdrawal"
    before = {path: path.read_bytes() for path in records.iterdir()}
    gone = "laureate:2020/cachan#indicator-1"
    short = run("withdraw", gone, "--reason", "sur demande", "on request", "--yes", "--lang", "en")
    assert (short.exit_code, short.stdout.count("of at least 15 characters")) == (1, 2)
    absent = "laureate:2020/cachan#indicator-99"
    vain = run("withdraw", gone, "--successor", absent, "--reason", REASON.fr, REASON.en, "--yes", "--lang", "en")
    assert (vain.exit_code, VAIN[absent] in vain.stdout) == (1, True)
    itself = run("withdraw", gone, "--successor", gone, "--reason", REASON.fr, REASON.en, "--yes")
    assert (itself.exit_code, "is what is withdrawn, or goes with it" in itself.stderr) == (2, True)
    inside = ("withdraw", "laureate:2020/cachan", "--successor", absent.replace("99", "2"))
    assert run(*inside, "--reason", REASON.fr, REASON.en, "--yes").exit_code == 2
    assert {path: path.read_bytes() for path in records.iterdir()} == before
    assert (copy.root / "data" / "laureate" / "2020" / "cachan.yaml").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "successor", [iri if iri.endswith("-1") else pytest.param(iri, marks=pytest.mark.slow) for iri in VAIN]
)
def test_check_and_build_refuse_a_successor_that_does_not_exist_or_leads_back(copy: Project, successor: str) -> None:
    list(withdraw.Plan.of(copy, "laureate:2020/cachan#indicator-1", "", REASON).write())
    record = copy.root / withdrawals_of_this_release(copy)
    text = record.read_text("utf-8")
    head, _, tail = text.rpartition("sans_successeur: true")
    record.write_text(f"{head}remplacé_par: {successor}{tail}", "utf-8")
    assert found(copy, list(copy.records())) == [VAIN[successor]]
    problems = review(copy, lambda _, items: nullcontext(items), [record]).problems
    assert [(p.line, p.message("en")) for p in problems] == [(head.count("\n") + 1, VAIN[successor])]


def test_successors_that_lead_back_are_refused_however_long_the_way(copy: Project) -> None:
    record = copy.root / "data" / "withdrawal" / "2026-1.yaml"
    text = record.read_text("utf-8")
    gone = "laureate:2020/volontaires-paris#topic-5\n"
    text = text.replace(
        f"{gone}    sans_successeur: true", f"{gone}    remplacé_par: laureate:2020/cachan#toolUse-5", 1
    )
    record.write_text(text.replace("remplacé_par: laureate:2020/cachan#toolUse-4", f"remplacé_par: {gone[:-1]}", 1))
    problems = review(copy, lambda _, items: nullcontext(items), [record]).problems
    assert ["or leads back to it" in p.message("en") for p in problems] == [True, True]


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_killed_withdrawal_leaves_each_file_as_it_was_or_is_to_be_and_can_be_repeated(
    copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def text(path: str) -> str:
        return copy.text(path) if (copy.root / path).exists() else ""

    plan = withdraw.Plan.of(copy, "person:sarah-schonfeld", "", REASON)
    before = {path: text(path) for path in plan.texts}
    replace = Path.replace
    moved: list[Path] = []

    def killed(draft: Path, target: Path) -> Path:
        if moved:
            raise KeyboardInterrupt
        moved.append(target)
        return replace(draft, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            list(plan.write())
    assert all(text(path) in (before[path], written) for path, written in plan.texts.items())
    assert [path for path in plan.texts if text(path) != before[path]] == [withdrawals_of_this_release(copy)]
    assert copy.inventory()[1] == []
    list(withdraw.Plan.of(copy, "person:sarah-schonfeld", "", REASON).write())
    assert found(copy, list(copy.records())) == []


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_what_a_killed_release_left_is_no_record(copy: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            register.release(copy)
    assert copy.inventory()[1] == []
    register.release(copy)
    assert not [path for path in (copy.root / "data").rglob("*") if path.name.endswith(".new")]


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_person_goes_with_all_that_is_said_of_her(copy: Project) -> None:
    plan = withdraw.Plan.of(copy, "person:sarah-schonfeld", "", REASON)
    list(plan.write())
    records = list(copy.records())
    assert found(copy, records) == []
    outside = (q for q in build(copy.sources(records)) if str(q.graph_name) != f"<{GRAPH}withdrawn>")
    left = [q for q in outside if "sarah-schonfeld" in str(q)]
    assert {q.predicate.value.rpartition("/")[2] for q in left} == {"owl#deprecated"}
    assert not any(
        "Schonfeld" in record.path or "SCHONFELD" in s.object.value for record in records for s in record.statements
    )


@pytest.mark.slow
def test_a_source_goes_with_all_that_it_tells(copy: Project, site_inputs: Inputs) -> None:
    for path in sorted((copy.root / "data" / "source").iterdir()):
        list(withdraw.Plan.of(copy, f"src:{path.stem}", "", REASON).write())
        assert found(copy, list(copy.records())) == []
        assert not path.exists()
    records = list(copy.records())
    graphs = {graph.value.removeprefix(GRAPH) for graph in build(copy.sources(records)).named_graphs()}
    assert not {graph for graph in graphs if graph.startswith(("report/", "sheets/", "curation/"))}
    # the editions went with their only sources, and the release that says so is built
    for name in ("CHANGELOG.md", "JOURNAL.md"):
        shutil.copy(Path(__file__).parents[1] / name, copy.root)
    (copy.root / "data" / "places").mkdir()
    stale = Building(copy, Hosting(), False, "en", lambda _, items: nullcontext(items)).stale()
    assert stale["withdrawn.json"] == "missing"
    site = Site(replace(site_inputs, store=build(copy.sources(records))))
    assert {"laureate", "case", "edition"}.isdisjoint(site.kinds())
    assert all(site.things(kind) for kind in site.kinds())
    assert "cookbook/index.html" in dict(cookbook_pages.files(site))


@pytest.mark.slow
def test_what_was_replaced_by_something_new_that_goes_has_no_successor(copy: Project) -> None:
    gone, new = "laureate:2020/cachan#indicator-1", "laureate:2020/cachan#indicator-99"
    path = copy.root / "data" / "laureate" / "2020" / "cachan.yaml"
    text = path.read_text("utf-8")
    fact = text[text.index("  - id: laureate:2020/cachan#indicator-2\n") :].partition("\n  - ")[0]
    path.write_text(
        text.replace("indicateurs:\n", "indicateurs:\n" + fact.replace("indicator-2", "indicator-99") + "\n"), "utf-8"
    )
    list(withdraw.Plan.of(copy, gone, new, REASON).write())
    assert found(copy, list(copy.records())) == []
    list(withdraw.Plan.of(copy, new, "", REASON).write())
    assert found(copy, list(copy.records())) == []
    told = (copy.root / withdrawals_of_this_release(copy)).read_text("utf-8").partition(gone)[2]
    assert told.startswith("\n    sans_successeur: true\n")


def test_only_what_a_record_holds_can_be_withdrawn(copy: Project) -> None:
    with pytest.raises(UserError, match="no record holds it"):
        withdraw.Plan.of(copy, "person:personne", "", REASON)


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_release_registers_what_is_new_and_nothing_else(copy: Project) -> None:
    path = copy.root / "data" / register.FILE
    lines = [line for line in path.read_bytes().splitlines(keepends=True) if b"#identifier-" not in line]
    path.write_bytes(b"".join(lines))
    before = set(path.read_bytes().splitlines())
    added, version = register.release(copy)
    after = set(path.read_bytes().splitlines())
    assert before <= after
    assert {q.graph_name for q in parse(b"\n".join(after - before), format=RdfFormat.N_QUADS)} == {
        NamedNode(register.RELEASE + version)
    }
    assert register.release(copy) == (0, version)
    assert added > 0
    assert copy.former_files() == published_files.listed(copy.published_catalogue())


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_release_waits_for_the_build(copy: Project) -> None:
    catalogue = copy.root / "publish" / "catalog.ttl"
    text = re.sub(r'dcat:version "[^"]+"', 'dcat:version "2019.1"', catalogue.read_text("utf-8"))
    catalogue.write_text(text, "utf-8")
    with pytest.raises(UserError, match=r"publish/ holds 2019\.1, not 20\d\d\.\d+: run “trophees build”"):
        register.release(copy)


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_release_registers_nothing_that_was_not_built(copy: Project) -> None:
    path = copy.root / "data" / "person" / "personne-nouvelle.yaml"
    text = (copy.root / "data" / "person" / "anaelle-baes.yaml").read_text("utf-8")
    path.write_text(text.replace("person:anaelle-baes", "person:personne-nouvelle"), "utf-8")
    before = (copy.root / "data" / register.FILE).read_bytes()
    with pytest.raises(UserError, match=r"publish/ was built before “.*personne-nouvelle” was so: run"):
        register.release(copy)
    assert (copy.root / "data" / register.FILE).read_bytes() == before


@pytest.mark.slow  # a small checkout shows it, too (test_project_small.py)
def test_a_release_waits_for_the_ids_of_facts(copy: Project) -> None:
    path = copy.root / "data" / "laureate" / "2020" / "cachan.yaml"
    text = path.read_text("utf-8").replace("  - id: laureate:2020/cachan#goal-1\n    ", "  - ")
    path.write_text(text, "utf-8")
    with pytest.raises(register.Refused) as refused:
        register.release(copy)
    assert "this fact has no “id”: run “trophees check --fix”" in {p.message("en") for p in refused.value.problems}


def test_a_damaged_register_is_named(tmp_path: Path) -> None:
    (tmp_path / register.FILE).write_text("<urn:a> <urn:b> .\n", "utf-8")
    with pytest.raises(UserError, match=r"identifiers\.nq:1: "):
        register.read(tmp_path / register.FILE)


@pytest.mark.slow
def test_the_command_asks_before_it_withdraws(copy: Project, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy.root)
    arguments = ["withdraw", "laureate:2020/cachan#indicator-1", "--reason", REASON.fr, REASON.en, "--lang", "en"]
    refused = run(*arguments, input="n\n")
    assert refused.exit_code == 2
    assert "1 identifiers go, 1 of them published:" in refused.stderr
    record = copy.root / withdrawals_of_this_release(copy)
    assert not record.exists() or "indicator-1\n" not in record.read_text("utf-8")
    assert run(*arguments, "--yes").exit_code == 0
    assert REASON.fr in record.read_text("utf-8")
