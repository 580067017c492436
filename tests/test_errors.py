"""Each file of errors/ is a faulty record, its first lines the exact report on it; together they break every rule."""

from __future__ import annotations

import ast
import inspect
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from rules_page import document, expected_reports
from trophees.base.context import Context
from trophees.check.records import check
from trophees.check.report import line
from trophees.check.shacl import SHAPES, Types, report
from trophees.release.checkout import Project
from trophees.source import identity, plain_yaml, refusal
from trophees.source import yaml_ld as source
from trophees.source.problem import Problem
from trophees.source.record import Record

FOLDER = Path(__file__).parent / "errors"
EXPECTED = expected_reports(FOLDER)


def faulty(name: str, context: Context) -> Record:
    """The record of one file, at the path that its first line gives."""
    path = EXPECTED[name][0].partition(":")[0].removeprefix("data/")
    return source.read((FOLDER / f"{name}.yaml").read_bytes(), path, context)


@pytest.fixture
def problems(name: str, project: Project, known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph) -> list[Problem]:
    return check([faulty(name, project.context)], known, shapes, ontology, project.context)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_report_is_exact_in_french_and_complete_in_english(name: str, problems: list[Problem]) -> None:
    assert [line(p, "fr") for p in problems] == EXPECTED[name]
    for p in problems:
        fr, en = p.messages["fr"], p.messages["en"]
        assert fr
        assert en
        assert fr != en
        assert "  " not in fr.partition(" ; valeur")[0] + en.partition("; value")[0]


def test_an_english_sentence_also_names_the_key_as_it_is_written(
    project: Project, known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    record = faulty("etoiles-hors-limites", project.context)
    [problem] = check([record], known, shapes, ontology, project.context)
    assert problem.messages["en"] == "étoiles (stars) — an integer from 1 to 4 is expected; value “5”"


def test_every_file_announces_its_report() -> None:
    assert len(EXPECTED) > 100
    assert [name for name, lines in EXPECTED.items() if not lines] == []


def test_every_rule_is_broken_by_some_file(shapes: rdflib.Graph) -> None:
    broken = {text.rpartition("[")[2].removesuffix("]") for lines in EXPECTED.values() for text in lines}
    assert broken == reading_rules() | {"shapes:" + str(s).removeprefix(SHAPES) for s in reportable(shapes)}


def reading_rules() -> set[str]:
    """`source:` rules, as the code of the reader names them: the second argument of `refuse`."""
    trees = (ast.parse(inspect.getsource(module)) for module in (source, identity, plain_yaml, refusal))
    calls = (n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call))
    named = (c.args[1] for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "refuse")
    return {f"source:{rule.value}" for rule in named if isinstance(rule, ast.Constant) and isinstance(rule.value, str)}


def reportable(shapes: rdflib.Graph) -> set[Node]:
    """The shapes that a result may name: those with a target and a constraint of their own, and their properties."""
    targeted = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetObjectsOf)}
    return targeted | {p for s in targeted for p in shapes.objects(s, SH.property)}


def test_every_constraint_of_every_shape_is_broken_by_some_file(
    project: Project, known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    broken: set[tuple[Node | None, Node | None]] = set()
    for name in EXPECTED:
        found = report([faulty(name, project.context)], known, shapes, ontology)
        for result in found.subjects(RDF.type, SH.ValidationResult):
            broken.add((found.value(result, SH.sourceShape), found.value(result, SH.sourceConstraintComponent)))
    every = {(shape, component) for shape in reportable(shapes) for component in constraints(shapes, shape)}
    assert len(every) > 300
    assert not broken - every
    assert {pair for pair in every - broken if not held_by_the_context(shapes, *pair)} == set()


def constraints(shapes: rdflib.Graph, shape: Node) -> set[Node]:
    """The constraint components (SHACL, section 4) that the parameters of a shape declare."""
    names = (str(p).removeprefix(str(SH)) for p in shapes.predicates(shape) if p != SH.property)
    components = (f"{'SPARQL' if n == 'sparql' else n[:1].upper() + n[1:]}ConstraintComponent" for n in names)
    return {SH[component] for component in components if component in SH}


def held_by_the_context(shapes: rdflib.Graph, shape: Node, component: Node) -> bool:
    """Whether a record can only say what the constraint asks, because its key makes the value so.

    Languages and IRIs come with the key; so do datatypes, and only some have forms that the validator checks.
    The constraint still guards RDF that comes from elsewhere.
    """
    if component == SH.DatatypeConstraintComponent:
        return not rdflib.Literal("?", datatype=str(shapes.value(shape, SH.datatype))).ill_typed
    return component in (SH.LanguageInConstraintComponent, SH.NodeKindConstraintComponent)


def test_the_curated_data_has_no_problem(
    records: list[Record], known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph, project: Project
) -> None:
    assert [line(p, "fr") for p in check(records, known, shapes, ontology, project.context)] == []


CACHAN = "laureate/2020/cachan"


@pytest.fixture
def report_on_cachan_with(
    project: Project, known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> Callable[[str, str], str]:
    """The report on a real record where the first occurrence of a text is replaced by another."""

    def report_on(right: str, wrong: str) -> str:
        text = (project.root / "data" / f"{CACHAN}.yaml").read_text("utf-8")
        assert right in text
        record = source.read(text.replace(right, wrong, 1).encode(), f"{CACHAN}.yaml", project.context)
        return "\n".join(line(p, "fr") for p in check([record], known, shapes, ontology, project.context))

    return report_on


@pytest.mark.parametrize(
    ("right", "wrong", "suggested"),
    [
        ("étoiles:", "étoile:", "étoiles"),
        ("organisme:", "organisation:", "organisme"),
        ("résumé:", "resumé:", "résumé"),
        ("type: Lauréat", "type: Laureat", "Lauréat"),
        ("tool:debat-public", "tool:debat-publique", "tool:debat-public"),
        ("tool:charte", "tools:charte", "tool:charte"),
        ("organisation:caue-94", "organisation:caue-de-94", "organisation:caue-94"),
        ("statut: utilisé", "statut: utilise", "utilisé"),
        ("rubrique: DÉMARCHE", "rubrique: DEMARCHE", "DÉMARCHE"),
        ("qualificatif: plus de", "qualificatif: plus que", "plus de"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(
    right: str, wrong: str, suggested: str, report_on_cachan_with: Callable[[str, str], str]
) -> None:
    assert f"(vouliez-vous « {suggested} » ?)" in report_on_cachan_with(right, wrong)


def test_a_code_is_never_guessed(report_on_cachan_with: Callable[[str, str], str]) -> None:
    report = report_on_cachan_with("commune:94016", "commune:94017")
    assert "valeur « commune:94017 »" in report
    assert "vouliez-vous" not in report


def test_a_refused_value_does_not_make_its_key_missing(report_on_cachan_with: Callable[[str, str], str]) -> None:
    for key, slip in [("étoiles: ", "étoiles: 0"), ("titre: ", "titre: # "), ("pages: ", "pages: 8 # ")]:
        assert report_on_cachan_with(key, slip).count("\n") == 0


def test_a_shape_is_an_error_unless_it_says_that_it_warns(
    project: Project, known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    record = faulty("etoiles-hors-limites", project.context)
    stars = rdflib.URIRef(SHAPES + "laureate-stars")
    lenient = shapes + rdflib.Graph().add((stars, SH.severity, SH.Warning))
    for graph, word in ((shapes, "erreur"), (lenient, "avertissement")):
        [problem] = check([record], known, graph, ontology, project.context)
        assert f": {word}: étoiles — " in line(problem, "fr")


def test_a_faulty_value_leaves_no_trace_beside_the_report(tmp_path: Path, project: Project) -> None:
    for folder in ("data", "ontology", "shapes"):
        shutil.copytree(project.root / folder, tmp_path / folder)
    path = Path("data", "laureate", "2020", "essai.yaml")
    for name in ("laureat-nombres-en-lettres", "theme-inconnu"):
        shutil.copy(FOLDER / f"{name}.yaml", tmp_path / path)
        command = [sys.executable, "-m", "trophees", "check", "--lang", "fr", str(path)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        assert done.stdout.splitlines() == EXPECTED[name]
        assert len(done.stderr.splitlines()) == 1


def test_each_rule_has_its_entry_in_the_page_of_the_rules(project: Project, shapes: rdflib.Graph) -> None:
    page = (project.root / "docs" / "regles.md").read_text("utf-8")
    assert page == document(shapes, project.context, EXPECTED), "python tools/rules_page.py > docs/regles.md"
    rules = {text.rpartition("[")[2].removesuffix("]") for lines in EXPECTED.values() for text in lines}
    assert {heading.removeprefix("## ") for heading in page.splitlines() if heading.startswith("## ")} == rules
