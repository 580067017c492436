"""Each file of errors/ is a faulty record, its first lines the exact report on it; together they break every rule."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from pyoxigraph import NamedNode, Triple
from rdflib import SH
from rdflib.term import Node

from conftest import curated
from rules_page import document, expected_reports
from trophees.base import lexical
from trophees.base.context import Context
from trophees.check import whole as whole_graph
from trophees.check.fast import Fast
from trophees.check.records import check, findings, hierarchy
from trophees.check.report import line
from trophees.check.shacl import SHAPES, Engine, Finding, PyShacl
from trophees.check.whole import Whole
from trophees.release.checkout import Project
from trophees.source import identity, plain_yaml, refusal, text
from trophees.source import yaml_ld as source
from trophees.source.problem import Problem
from trophees.source.record import Record
from trophees.source.sentences import SENTENCES, rule_of

pytestmark = pytest.mark.xdist_group("errors")

FOLDER = Path(__file__).parent / "errors"
READERS = (source, identity, plain_yaml, refusal, text)
EXPECTED = expected_reports(FOLDER)
# a record can only say what these constraints ask: its key gives the language or the datatype, and reading tests the
# form; they still guard RDF that comes from elsewhere (test_shapes.py)
HELD_BY_READING = {
    SH.DatatypeConstraintComponent,
    SH.LanguageInConstraintComponent,
    SH.NodeKindConstraintComponent,
}


def faulty(name: str, context: Context) -> Record:
    """The record of one file, at the path that its first line gives."""
    path = EXPECTED[name][0].partition(":")[0].removeprefix("data/")
    return source.read((FOLDER / f"{name}.yaml").read_bytes(), path, context)


class Noting:
    """An engine that also keeps what it finds."""

    def __init__(self, engine: Engine, found: list[Finding]) -> None:
        self.engine = engine
        self.found = found

    def validate(self, data: Iterable[Triple], focus: Collection[NamedNode] | None = None) -> Iterator[Finding]:
        for finding in self.engine.validate(data, focus):
            self.found.append(finding)
            yield finding


@pytest.fixture(scope="session")
def engine(shapes: rdflib.Graph) -> Engine:
    return PyShacl(shapes)


@pytest.fixture(scope="session")
def found() -> dict[str, list[Finding]]:
    """What each file was found to break when its report was made."""
    return {}


@pytest.fixture
def problems(
    name: str,
    project: Project,
    whole: Whole,
    shapes: rdflib.Graph,
    ontology: rdflib.Graph,
    engine: Engine,
    found: dict[str, list[Finding]],
) -> list[Problem]:
    noting = Noting(engine, found.setdefault(name, []))
    return check([faulty(name, project.context)], whole, shapes, ontology, project.context, engine=lambda _: noting)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_report_is_exact_in_french_and_complete_in_english(name: str, problems: list[Problem]) -> None:
    assert [line(p, "fr") for p in problems] == EXPECTED[name]
    for p in problems:
        fr, en = p.messages.fr, p.messages.en
        assert fr
        assert en
        assert fr != en
        assert "  " not in fr.partition(" ; valeur")[0] + en.partition("; value")[0]


def test_an_english_sentence_also_names_the_key_as_it_is_written(
    project: Project, whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    record = faulty("etoiles-hors-limites", project.context)
    [problem] = check([record], whole, shapes, ontology, project.context)
    assert problem.messages.en == "étoiles (stars) — an integer from 1 to 4 is expected; value “5”"


def test_every_file_announces_its_report() -> None:
    assert len(EXPECTED) > 100
    assert [name for name, lines in EXPECTED.items() if not lines] == []


def test_every_rule_is_broken_by_some_file(shapes: rdflib.Graph) -> None:
    broken = {text.rpartition("[")[2].removesuffix("]") for lines in EXPECTED.values() for text in lines}
    named = {"shapes:" + str(s).removeprefix(SHAPES) for s in reportable(shapes)}
    assert broken == reading_rules() | rules_of_the_whole() | named


def reading_rules() -> set[str]:
    """`source:` rules, of which the reader has sentences."""
    return {f"source:{rule_of(name)}" for name in SENTENCES}


def test_every_sentence_of_the_reader_is_said_somewhere() -> None:
    told = {a.value for module in READERS for c in calls_of(module) for a in ast.walk(c) if isinstance(a, ast.Constant)}
    datatypes = {f"lexical.{name.rpartition('#')[2].rpartition('/')[2]}" for name in lexical.DATATYPES}
    assert SENTENCES.keys() - told == datatypes


def rules_of_the_whole() -> set[str]:
    """`graph:` rules, as the code names them."""
    said = {a.value for c in calls_of(whole_graph) for a in c.args if isinstance(a, ast.Constant)}
    return {rule for rule in said if isinstance(rule, str) and rule.startswith("graph:")}


def calls_of(module: ModuleType) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]


def reportable(shapes: rdflib.Graph) -> set[Node]:
    """The shapes that a result may name: those with a target and a constraint of their own, and their properties."""
    targeted = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetObjectsOf)}
    return targeted | {p for s in targeted for p in shapes.objects(s, SH.property)}


def test_every_constraint_of_every_shape_is_broken_by_some_file(
    project: Project,
    whole: Whole,
    shapes: rdflib.Graph,
    ontology: rdflib.Graph,
    engine: Engine,
    found: dict[str, list[Finding]],
) -> None:
    for name in EXPECTED.keys() - found:
        record = faulty(name, project.context)
        found[name] = list(findings([record], whole.types, hierarchy(ontology, shapes), engine))
    told = [finding for name in EXPECTED for finding in found[name]]
    broken: set[tuple[Node, Node]] = {(rdflib.URIRef(f.shape), rdflib.URIRef(f.component)) for f in told}
    every = {(shape, component) for shape in reportable(shapes) for component in constraints(shapes, shape)}
    assert len(every) > 300
    assert not broken - every
    # reading refuses a text in which nothing stands, or with a space at its edge
    one = {shape for shape in shapes.subjects(SH.minLength) if int(str(shapes.value(shape, SH.minLength))) == 1}
    one |= set(shapes.subjects(SH.pattern, rdflib.Literal(r"^\S(.*\S)?$")))
    unseen = {(shape, component) for shape, component in every - broken if shape not in one}
    assert {component for _, component in unseen} <= HELD_BY_READING


def constraints(shapes: rdflib.Graph, shape: Node) -> set[Node]:
    """The constraint components (SHACL, section 4) that the parameters of a shape declare."""
    names = (str(p).removeprefix(str(SH)) for p in shapes.predicates(shape) if p != SH.property)
    components = (f"{'SPARQL' if n == 'sparql' else n[:1].upper() + n[1:]}ConstraintComponent" for n in names)
    return {SH[component] for component in components if component in SH}


@pytest.mark.parametrize("engine", [Fast, pytest.param(PyShacl, marks=[pytest.mark.slow, pytest.mark.again])])
def test_the_curated_data_has_no_problem(
    records: list[Record],
    whole: Whole,
    shapes: rdflib.Graph,
    ontology: rdflib.Graph,
    project: Project,
    engine: Callable[[rdflib.Graph], Engine],
) -> None:
    assert [line(p, "fr") for p in check(records, whole, shapes, ontology, project.context, engine)] == []


CACHAN = "laureate/2020/cachan"


@pytest.fixture
def report_on_cachan_with(
    project: Project, whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> Callable[[str, str], str]:
    """The report on a real record where the first occurrence of a text is replaced by another."""

    def report_on(right: str, wrong: str) -> str:
        text = (project.root / "data" / f"{CACHAN}.yaml").read_text("utf-8")
        assert right in text
        record = source.read(text.replace(right, wrong, 1).encode(), f"{CACHAN}.yaml", project.context)
        return "\n".join(line(p, "fr") for p in check([record], whole, shapes, ontology, project.context))

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
    project: Project, whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    record = faulty("etoiles-hors-limites", project.context)
    stars = rdflib.URIRef(SHAPES + "laureate-stars")
    lenient = shapes + rdflib.Graph().add((stars, SH.severity, SH.Warning))
    for graph, word in ((shapes, "erreur"), (lenient, "avertissement")):
        [problem] = check([record], whole, graph, ontology, project.context)
        assert f": {word}: étoiles — " in line(problem, "fr")


@pytest.mark.slow
def test_a_faulty_value_leaves_no_trace_beside_the_report(tmp_path: Path, project: Project) -> None:
    curated(project, tmp_path)
    path = Path("data", "laureate", "2020", "essai.yaml")
    for name in ("laureat-nombres-en-lettres", "theme-inconnu"):
        shutil.copy(FOLDER / f"{name}.yaml", tmp_path / path)
        command = [sys.executable, "-m", "trophees", "check", "--lang", "fr", str(path)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        assert done.stdout.splitlines() == EXPECTED[name]
        assert re.fullmatch(r"1 fiche, \d problèmes?\n(.* « trophees check --fix » les? nomme\n)?", done.stderr)


def test_each_rule_has_its_entry_in_the_page_of_the_rules(project: Project, shapes: rdflib.Graph) -> None:
    page = (project.root / "docs" / "regles.md").read_text("utf-8")
    assert page == document(shapes, project.context, EXPECTED), "python tools/rules_page.py > docs/regles.md"
    rules = {text.rpartition("[")[2].removesuffix("]") for lines in EXPECTED.values() for text in lines}
    assert {heading.removeprefix("## ") for heading in page.splitlines() if heading.startswith("## ")} == rules
