"""The form reads and checks a record as `trophees check` does, in its sentences: all that one record decides alone."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse

from fuzz import among, of_each
from rules_page import expected_reports
from test_errors import HELD_BY_READING, constraints, reportable
from test_web import node
from trophees.base.language import Both
from trophees.base.namespaces import BASE
from trophees.check import portable, report
from trophees.check.records import check
from trophees.check.shacl import SHAPES
from trophees.check.whole import Whole
from trophees.release.checkout import Project
from trophees.site.l10n import LANGUAGES
from trophees.site.model import Inputs, Site
from trophees.site.pages import curate
from trophees.site.render import place
from trophees.site.scripts import WORKSHOP
from trophees.source.identity import fixed
from trophees.source.problem import Problem
from trophees.source.record import Record
from trophees.source.yaml_ld import read

pytestmark = pytest.mark.xdist_group("errors")
ERRORS = Path(__file__).parent / "errors"
ACCEPTED = Path(__file__).parent / "accepted"
SCRIPT = Path(__file__).parent / "records.mjs"
REWRITTEN = Path(__file__).parent / "rewritten.mjs"
OF_THE_WHOLE = {"graph:described-once", "graph:key-once", "graph:order-once", "graph:section-of-source"}
Told = dict[str, Any]


@pytest.fixture(scope="module")
def rules(project: Project) -> dict[str, Any]:
    """What the page is told of records."""
    ontology = [quad.triple for text in project.ontology() for quad in parse(text, format=RdfFormat.TURTLE)]
    shapes = [quad.triple for text in project.shapes() for quad in parse(text, format=RdfFormat.TURTLE)]
    return portable.portable(shapes, ontology, project.context)


def told(rules: dict[str, Any], whole: Whole, records: Iterable[tuple[str, bytes]]) -> list[Told]:
    """What the page says of the content of each path."""
    given = {
        "folder": WORKSHOP.as_uri(),
        "rules": rules,
        "known": [[iri, sorted(classes)] for iri, classes in sorted(whole.types.items())],
        "records": [[path, base64.b64encode(data).decode()] for path, data in records],
    }
    found: list[Told] = node(str(SCRIPT), given)
    return found


def faulty() -> list[tuple[str, bytes]]:
    """Each faulty record, with the path that its report gives."""
    reports = expected_reports(ERRORS)
    paths = {name: lines[0].partition(":")[0].removeprefix("data/") for name, lines in reports.items()}
    return [(path, (ERRORS / f"{name}.yaml").read_bytes()) for name, path in paths.items()]


def right() -> list[tuple[str, bytes]]:
    """Each right record of the tests, with its path."""
    found = [path.read_bytes() for path in sorted(ACCEPTED.glob("*.yaml"))]
    return [(data.decode().split()[1].removeprefix("data/"), data) for data in found]


def curated(project: Project) -> list[tuple[str, bytes]]:
    """Each record of the project, with its path."""
    paths, _ = project.inventory()
    return [(path.relative_to(project.root / "data").as_posix(), path.read_bytes()) for path in paths]


def some(files: list[tuple[str, bytes]], each: int) -> list[tuple[str, bytes]]:
    """At most `each` of the records of a folder of data; all of them for `make fuzz`."""
    return of_each(files, lambda file: file[0].partition("/")[0], each)


def line(problem: Problem) -> list[object]:
    """A problem as the page tells it; what a parser says in its own words is left out."""
    english = problem.messages.en if problem.rule != "source:syntax" else problem.messages.en.partition(" (")[0]
    return [problem.line, problem.column, problem.rule, problem.severity, problem.messages.fr, english]


def french(path: str, problem: list[Any]) -> str:
    """A problem that the page tells as a line of a report."""
    at, column, rule, severity, said, english = problem
    told = Problem(f"data/{path}", at, column, rule, severity, messages=Both(said, english))
    return report.line(told, "fr")


def left_to_the_command(rules: dict[str, Any]) -> set[str]:
    return {f"shapes:{name}" for name in rules["left"]} | OF_THE_WHOLE


def in_page(found: Told) -> list[list[Any]]:
    return [[*one[:5], one[5].partition(" (")[0] if one[2] == "source:syntax" else one[5]] for one in found["problems"]]


def statements(record: Record) -> list[list[object]]:
    return [
        [s.subject.value, s.predicate.value, portable.written(s.object), s.line, s.column] for s in record.statements
    ]


def test_the_page_says_of_each_faulty_record_what_its_report_says_and_reads_in_it_what_the_command_reads(
    rules: dict[str, Any], project: Project, whole: Whole
) -> None:
    left = left_to_the_command(rules)
    files = faulty()
    reports = expected_reports(ERRORS).values()
    for (path, data), expected, found in zip(files, reports, told(rules, whole, files), strict=True):
        decided = [text for text in expected if text.rpartition("[")[2][:-1] not in left]
        assert [french(path, problem) for problem in found["problems"]] == decided
        record = read(data, path, project.context)
        assert found["statements"] == statements(record)
        assert found["unnamed"] == [[node.value, *place] for node, *place in record.unnamed]


@pytest.mark.sample
def test_the_page_says_of_faulty_records_in_both_languages_what_the_command_says_of_each_alone(
    rules: dict[str, Any], project: Project, whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    left = left_to_the_command(rules)
    files = among(faulty(), 9)
    for (path, data), found in zip(files, told(rules, whole, files), strict=True):
        problems = check([read(data, path, project.context)], whole, shapes, ontology, project.context)
        assert in_page(found) == [line(problem) for problem in problems if problem.rule not in left], path


@pytest.mark.slow
@pytest.mark.sample
def test_the_page_finds_nothing_wrong_in_right_records_and_reads_in_them_what_the_command_reads(
    rules: dict[str, Any], project: Project, whole: Whole
) -> None:
    files = [*right(), *some(curated(project), 12)]
    assert len(files) > 80
    for (path, data), found in zip(files, told(rules, whole, files), strict=True):
        assert found["problems"] == [], path
        assert found["statements"] == statements(read(data, path, project.context))


def rewritten(
    rules: dict[str, Any], files: Iterable[tuple[str, bytes]], stepwise: bool, published: dict[str, int]
) -> list[list[str]]:
    """What the page writes of each record: see `rewritten.mjs`."""
    given = {
        "folder": WORKSHOP.as_uri(),
        "rules": rules,
        "records": [[path, base64.b64encode(data).decode()] for path, data in files],
        "published": published,
        "stepwise": stepwise,
    }
    found: list[list[str]] = node(str(REWRITTEN), given)
    return found


def triples(record: Record) -> list[str]:
    return sorted(f"{s.subject} {s.predicate} {s.object}" for s in record.statements)


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("stepwise", [False, True])
def test_a_record_that_the_form_writes_anew_says_the_same(
    stepwise: bool, rules: dict[str, Any], project: Project
) -> None:
    files = some([file for file in curated(project) if not stepwise or len(file[1]) < 8000], 3)
    assert {"laureate", "organisation", "source", "territory", "vocabulary"} < {path.split("/")[0] for path, _ in files}
    for (path, data), made in zip(files, rewritten(rules, files, stepwise, {}), strict=True):
        whole, emptied, without, named = (read(text.encode(), path, project.context) for text in made)
        assert whole.problems == [], path
        assert triples(whole) == triples(read(data, path, project.context)), path
        assert len(emptied.statements) == 1, path
        assert emptied.problems == [], path
        assert made[3] == fixed(made[2], without, project.context, ()), path
        assert len(named.statements) == len(whole.statements)
        assert named.unnamed == []


def test_the_form_gives_a_new_fact_no_name_that_another_had(rules: dict[str, Any], project: Project) -> None:
    path = "laureate/2020/essai.yaml"
    text = (
        "id: laureate:2020/essai\ntype: Lauréat\nobjectifs:\n  - position: 1\n  - id: laureate:2020/essai#goal-4\n"
        "    position: 2\n  - { position: 3 }\n"
    )
    iri = f"{BASE}laureate/2020/essai#goal-"
    [[_, _, without, named]] = rewritten(rules, [(path, text.encode())], False, {iri: 7})
    record = read(without.encode(), path, project.context)
    assert named == fixed(without, record, project.context, [f"{iri}7"])
    assert re.findall("goal-([0-9]+)", named) == ["8", "9", "10"]


CHANGES = """
import {{ text }} from "node:stream/consumers";
const {{ rules, record, steps }} = JSON.parse(await text(process.stdin));
const {{ Editing }} = await import("{folder}/record-editing.js");
const {{ Context }} = await import("{folder}/record-context.js");
const editing = new Editing(record, rules, new Context(rules));
const told = steps.map(([how, ...what]) => (editing[how](...what), editing.text));
process.stdout.write(JSON.stringify(told));
"""


def test_what_the_form_does_not_change_stays_as_it_is_comments_included(rules: dict[str, Any]) -> None:
    record = (
        "# une fiche\nid: laureate:2020/essai\ntype: Lauréat # le type\nlibellé: {fr: Un, en: One}\n"
        "objectifs: # ce qu’on veut\n  # le premier\n  - position: 1 # un\n    texte: Faire ensemble\n"
        "  # le second\n  - position: 2\nnote: Dix signes # fin\n"
    )
    steps: list[list[Any]] = [
        ["put", ["objectifs", 0, "texte"], "Faire : mieux"],
        ["put", ["libellé"], {"fr": "no", "en": "One"}],
        ["put", ["étoiles"], "3", ["étoiles", "libellé"]],
        ["append", ["objectifs"], {"position": "3"}],
        ["remove", ["objectifs", 1]],
        ["put", ["note"], "a" * 4 + " #" + "b" * 4],
        ["remove", ["note"]],
    ]
    told = node(CHANGES.format(folder=WORKSHOP.as_uri()), {"rules": rules, "record": record, "steps": steps})
    assert told[0] == record.replace("Faire ensemble", '"Faire : mieux"')
    assert told[1] == told[0].replace("{fr: Un, en: One}", '\n  fr: "no"\n  en: One').replace(
        "libellé: \n", "libellé:\n"
    )
    assert told[2] == told[1].replace("# le type\n", "# le type\nétoiles: 3\n")
    assert told[3] == told[2].replace("  - position: 2\n", "  - position: 2\n  - position: 3\n")
    assert told[4] == told[3].replace("  - position: 2\n", "")
    assert told[5] == told[4].replace("Dix signes #", '"aaaa #bbbb" #')
    assert told[6] == told[5].replace('note: "aaaa #bbbb" # fin\n', "")


@pytest.mark.slow
def test_the_page_knows_what_the_command_knows_and_every_name_that_a_fact_ever_had(
    project: Project, store: Store, whole: Whole, rules: dict[str, Any]
) -> None:
    site = Site(Inputs(store=store, shapes=project.shapes(), context=project.context, version="2020.1"))
    files = dict(curate.files(site))
    data = json.loads(files[curate.DATA].decode().removeprefix("window.tropheesRecords = ").removesuffix(";\n"))
    wanted = {name for shape in data["rules"]["shapes"].values() for name in shape.get("class", ())}

    def over(classes: Iterable[str]) -> set[str]:
        return {one for name in classes for one in (name, *data["rules"]["above"].get(name, ()))} & wanted

    known = {
        project.context.expand(name, vocab=False): over(data["classes"][c] for c in of)
        for name, of, *_ in data["known"]
    }
    assert known == {iri: found for iri, classes in whole.types.items() if (found := over(classes))}
    for text in (project.root / "data" / "identifiers.nq").read_text("utf-8").splitlines():
        if match := re.match(f"<{BASE}([^>#]+)#([^>]*)-([1-9][0-9]*)>", text):
            assert data["names"][match[1]][match[2]] >= int(match[3])
    for lang in LANGUAGES:
        page = files[place(curate.FOLDER, lang)].decode()
        assert len(page) < 100_000
        assert all(f"<code>shapes:{name}</code>" in page for name in rules["left"])
        assert all(f"<code>{rule}</code>" in page for rule in OF_THE_WHOLE)


def test_each_shape_is_decided_by_the_page_or_named_as_left_to_the_command(
    rules: dict[str, Any], shapes: rdflib.Graph
) -> None:
    named = {str(shape).removeprefix(SHAPES) for shape in reportable(shapes)}
    assert set(rules["left"]) < named
    # what is left asks in SPARQL; all that is not has its fault told by the page, above, by some faulty record
    asked = {str(s).removeprefix(SHAPES) for s in reportable(shapes) if (s, rdflib.SH.sparql, None) in shapes}
    assert set(rules["left"]) == asked
    files = faulty()
    broken = {
        rule for lines in expected_reports(ERRORS).values() for rule in (text.rpartition("[")[2][:-1] for text in lines)
    }
    assert {f"shapes:{name}" for name in named} <= broken
    assert len(files) > 150
    known = {f"{name[:1].upper()}{name[1:]}ConstraintComponent" for name in portable.DECIDED}
    for shape in reportable(shapes):
        if str(shape).removeprefix(SHAPES) not in rules["left"]:
            components = constraints(shapes, shape) - HELD_BY_READING
            assert {str(c).rpartition("#")[2] for c in components} <= known


def test_a_constraint_that_the_page_does_not_know_leaves_its_shape_to_the_command(project: Project) -> None:
    (first, *others) = project.shapes()
    asking = "shapes:laureate-stars sh:minExclusive 0 ."
    text = first.replace(
        "shapes:laureate-stars a sh:PropertyShape", f"{asking}\nshapes:laureate-stars a sh:PropertyShape"
    )
    assert text != first
    triples = [quad.triple for one in (text, *others) for quad in parse(one, format=RdfFormat.TURTLE)]
    made = portable.portable(triples, (), project.context)
    assert "laureate-stars" in made["left"]
    assert made["shapes"]["laureate-stars"]["left"] == ["minExclusive"]
    assert json.dumps(made, sort_keys=True)
