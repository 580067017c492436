"""Checking beside the shapes themselves: the engine behind its door, and what only the whole graph shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import SH

from conftest import Run
from trophees.base.namespaces import RDF_TYPE, TP, XSD
from trophees.base.rdflib_terms import back, term
from trophees.check.records import check
from trophees.check.shacl import SHAPES, Finding, PyShacl, shapes_graph
from trophees.check.whole import Whole
from trophees.release.checkout import Project
from trophees.source.record import Record
from trophees.source.yaml_ld import read

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> . "
CODE = (
    PREFIXES
    + ':Kind a sh:NodeShape ; sh:targetClass :Thing ; sh:property :code . :code sh:path :code ; sh:pattern "%s" .'
)


def things(*codes: str) -> list[Triple]:
    nodes = [NamedNode(f"urn:{number}") for number in range(len(codes))]
    typed = [Triple(node, RDF_TYPE, NamedNode("urn:Thing")) for node in nodes]
    return typed + [Triple(n, NamedNode("urn:code"), Literal(code)) for n, code in zip(nodes, codes, strict=True)]


@pytest.mark.parametrize(
    ("pattern", "right", "wrong"),
    [
        ("^[0-9]{3}$", ["123"], ["123\\n", "123x", "\\n123"]),
        ("^(a|b$)", ["a", "b", "ax"], ["b\\n", "bx"]),
        ("^[$]$", ["$"], ["$\\n", "x"]),
        (r"^\\$5$", ["$5"], ["$5\\n", "5"]),
    ],
)
def test_the_end_of_a_pattern_is_the_end_of_the_value(pattern: str, right: list[str], wrong: list[str]) -> None:
    codes = [code.replace("\\n", "\n") for code in right + wrong]
    found = PyShacl(shapes_graph([CODE % pattern])).validate(things(*codes))
    assert {f.value.value for f in found if f.value} == set(codes[len(right) :])


@pytest.mark.parametrize("count", [3, 300])
def test_only_the_nodes_asked_for_are_looked_at(count: int) -> None:
    engine = PyShacl(shapes_graph([CODE % "^x$"]))
    asked = [NamedNode(f"urn:{number}") for number in range(1, count)]
    found = list(engine.validate(things(*["y"] * (count + 5)), asked))
    assert {f.focus for f in found} == set(asked)
    assert list(engine.validate(things("y"), [])) == []
    assert len(list(engine.validate(things("y", "y")))) == 2


@pytest.mark.parametrize("count", [3, 300])
def test_a_literal_where_a_node_belongs_is_no_focus(count: int) -> None:
    shape = CODE.replace("sh:targetClass :Thing", "sh:targetObjectsOf :part ; sh:targetClass :Thing") % "^x$"
    data = [*things(*["y"] * count), Triple(NamedNode("urn:0"), NamedNode("urn:part"), Literal("…"))]
    asked = [NamedNode(f"urn:{number}") for number in range(count)]
    required = shape.replace("sh:path :code ;", "sh:path :code ; sh:minCount 1 ;")
    found = list(PyShacl(shapes_graph([required])).validate(data, asked))
    assert {f.focus for f in found} == set(asked)


def test_the_name_of_a_fact_of_another_record_is_refused_among_all_records(
    records: list[Record], whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph, project: Project
) -> None:
    path = "laureate/2020/cachan.yaml"
    text = (project.root / "data" / path).read_text("utf-8")
    wrong = said(project, path, text.replace("id: laureate:2020/cachan#involvement-1\n", "id: laureate:2020/x#a-1\n"))
    others = [record for record in records if record.path != wrong.path][::30]  # with all, it takes minutes
    [problem] = check([*others, wrong], whole, shapes, ontology, project.context)
    assert (problem.path, problem.rule) == (wrong.path, "source:id")


def test_a_finding_is_made_of_plain_terms() -> None:
    [found] = PyShacl(shapes_graph([CODE % "^x$"])).validate(things("y"))
    assert found == Finding(
        focus=NamedNode("urn:0"),
        path=NamedNode("urn:code"),
        value=Literal("y"),
        shape="urn:code",
        component=str(SH.PatternConstraintComponent),
        severity="error",
    )
    assert Finding(NamedNode("urn:0"), None, None, SHAPES + "code", "", "error").rule == "shapes:code"


@pytest.mark.parametrize(
    "value",
    [Literal("x"), Literal("x", language="fr"), Literal("01", datatype=NamedNode(XSD + "integer")), NamedNode("urn:x")],
)
def test_a_term_goes_to_rdflib_and_comes_back_as_it_was(value: Literal | NamedNode) -> None:
    assert back(term(value)) == value


class OneStar:
    """Another engine, which knows one thing."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        assert (rdflib.URIRef(SHAPES + "laureate-stars"), None, None) in shapes

    def validate(self, data: Iterable[Triple], focus: Collection[NamedNode] | None = None) -> Iterator[Finding]:
        stars = NamedNode(TP + "stars")
        for t in data:
            if t.predicate == stars and isinstance(t.subject, NamedNode):
                assert focus is not None
                assert t.subject in focus
                yield Finding(t.subject, stars, t.object, SHAPES + "laureate-stars", "", "warning")  # type: ignore[arg-type]


def test_another_engine_can_stand_behind_the_door(
    records: list[Record], whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph, project: Project
) -> None:
    cachan = [record for record in records if record.path.endswith("/cachan.yaml")]
    problem, told = check(cachan, whole, shapes, ontology, project.context, OneStar)
    assert (problem.rule, problem.severity) == ("shapes:laureate-stars", "warning")
    assert problem.message("fr").startswith("étoiles — un entier de 1 à 4 est attendu ; valeur « 4 »")
    assert (told.rule, told.severity, told.line) == (problem.rule, "warning", 28)  # of its account


# --- the whole graph


def said(project: Project, path: str, text: str) -> Record:
    return read(text.encode(), path, project.context)


PLACE = "id: laureate:2020/{0}\ntype: Lauréat\nédition: edition:2020\nordre: 7\n{1}"


def test_two_laureates_at_one_place_of_a_document_are_refused_in_both_files(project: Project) -> None:
    pair = [said(project, f"laureate/2020/{n}.yaml", PLACE.format(n, "")) for n in ("a", "b")]
    other = said(project, "laureate/2020/c.yaml", PLACE.format("c", "").replace("ordre: 7", "ordre: 8"))
    whole = Whole.of([*pair, other], [])
    for one, twin in (pair, reversed(pair)):
        [problem] = whole.problems(one, project.context)
        assert (problem.line, problem.column, problem.rule) == (4, 8, "graph:order-once")
        assert twin.path in problem.message("fr")
        assert twin.path in problem.message("en")
    assert list(whole.problems(other, project.context)) == []


def test_a_laureate_and_a_case_with_one_key_are_refused_in_both_files(project: Project) -> None:
    laureate, case = (
        said(project, f"{kind}/2020/a.yaml", PLACE.format("a", "").replace("laureate:", f"{kind}:"))
        for kind in ("laureate", "case")
    )
    other = said(project, "case/2021/a.yaml", PLACE.format("a", "").replace("laureate:2020", "case:2021"))
    whole = Whole.of([laureate, case, other], [])
    for one, twin in ((laureate, case), (case, laureate)):
        [problem] = [p for p in whole.problems(one, project.context) if p.rule == "graph:key-once"]
        assert (problem.path, problem.line, problem.column) == (one.path, 1, 1)
        for language in ("fr", "en"):
            assert f"{twin.path}, line" in problem.message(language).replace("ligne", "line")
            assert "2020/a" in problem.message(language)
    assert [p.rule for p in whole.problems(other, project.context) if p.rule == "graph:key-once"] == []


def test_two_documents_each_have_their_own_order(project: Project) -> None:
    source = "id: src:{0}\ntype: Source\ndit_dans: graph:{0}/1\ndéduit_dans: graph:curation/{0}\n"
    keys = {TP + "statedIn": "dit_dans", TP + "curatedIn": "déduit_dans"}
    for iri, name in keys.items():
        source = source.replace(name, str(project.context.term_for(iri)))
    sources = [said(project, f"source/{n}.yaml", source.format(n)) for n in ("x", "y")]
    pair = [said(project, f"laureate/2020/{n}.yaml", PLACE.format(n, f"selon: src:{n}\n")) for n in ("x", "y")]
    whole = Whole.of([*sources, *pair], [])
    assert [p for record in pair for p in whole.problems(record, project.context)] == []


@pytest.mark.slow
def test_a_file_that_is_checked_alone_is_told_what_it_shares_with_another(
    checkout: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = checkout / "data" / "laureate" / "2020" / "jumeau.yaml"
    text = (checkout / "data" / "laureate" / "2020" / "cachan.yaml").read_text("utf-8")
    twin.write_text(text.replace("laureate:2020/cachan", "laureate:2020/jumeau"), "utf-8")
    vocabulary = checkout / "data" / "vocabulary" / "plans.yaml"
    precision = "  - id: precision:day\n    type: Code\n"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("concepts:\n", "concepts:\n" + precision), "utf-8")
    for path, other, rule in (
        (twin, "data/laureate/2020/cachan.yaml", "graph:order-once"),
        (vocabulary, "data/vocabulary/precisions.yaml, line 10", "graph:described-once"),
    ):
        done = run("check", path)
        assert done.exit_code == 1
        assert any(other in line and line.endswith(f"[{rule}]") for line in done.stdout.splitlines()), done.stdout
    monkeypatch.chdir(checkout)
    everywhere = run("check", "--engine", "fast").stdout
    for name in ("jumeau", "cachan"):
        assert f"data/laureate/2020/{name}.yaml:4:8: error: ordre (order) — place 1" in everywhere
    for name in ("plans", "precisions"):
        assert f"data/vocabulary/{name}.yaml" in everywhere
