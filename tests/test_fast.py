"""The fast SHACL engine finds what pySHACL finds, and leaves to it what it cannot be trusted with."""

from __future__ import annotations

import os
import random
import re
import sys
import unicodedata
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse
from rdflib import RDF, SH

from conftest import Run
from fuzz import FULL
from test_catalog_check import EXPECTED as REFUSED
from test_catalog_check import broken as broken_catalogue
from test_catalog_check import good_catalogue
from test_check import CODE, PREFIXES, things
from test_errors import EXPECTED, faulty
from test_places_shapes import county
from test_places_shapes import sample as territories
from trophees.base.namespaces import BASE, XSD
from trophees.base.rdflib_terms import triple as rdflib_triple
from trophees.check import native, trust
from trophees.check.fast import Fast
from trophees.check.records import hierarchy, part
from trophees.check.shacl import SHAPES, Finding, PyShacl, shapes_graph
from trophees.check.stream import Reference
from trophees.check.whole import Whole
from trophees.release.checkout import Project
from trophees.source.record import Record

pytestmark = pytest.mark.xdist_group("fast")

Data = list[Triple]
FEW, MANY = sys.maxsize, 0


@pytest.fixture(scope="module")
def beside(whole: Whole, ontology: rdflib.Graph, shapes: rdflib.Graph) -> Reference:
    return Reference(whole.types, hierarchy(ontology, shapes))


@pytest.fixture(scope="module", params=[FEW, MANY], ids=["few", "many"])
def engine(shapes: rdflib.Graph, request: pytest.FixtureRequest) -> Fast:
    """The engine, as it takes few statements and as it takes many."""
    return Fast(shapes, request.param)


@pytest.fixture(scope="module")
def reference(shapes: rdflib.Graph) -> PyShacl:
    return PyShacl(shapes)


def seen(records: list[Record], beside: Reference) -> Data:
    """What the engines are given of some records."""
    return list(beside.beside(part(records).statements))


def both(shapes: rdflib.Graph, data: Data) -> set[Finding]:
    """What both engines find; they have to agree."""
    found = set(PyShacl(shapes).validate(data))
    for many in (FEW, MANY):
        assert set(Fast(shapes, many).validate(data)) == found
    return found


@pytest.mark.slow
@pytest.mark.sample
def test_each_faulty_record_is_found_faulty_in_the_same_way(
    project: Project, beside: Reference, engine: Fast, reference: PyShacl
) -> None:
    count = 0
    for name in EXPECTED if FULL else random.Random(0).sample(sorted(EXPECTED), 25):
        record = faulty(name, project.context)
        data = seen([record], beside)
        found = set(reference.validate(data, record.nodes))
        assert set(engine.validate(data, record.nodes)) == found, name
        count += len(found)
    assert count > (500 if FULL else 40)


def planted(data: Data, seed: int) -> Data:
    """`data` with some statements left out, doubled with another value, or said of another property."""
    choose = random.Random(seed)
    changed = set(data)
    places = sorted((t for t in data if str(t.subject).startswith(f"<{BASE}")), key=str)
    for t in choose.sample(places, 60):
        other = choose.choice(places)
        changed -= {t} if choose.random() < 0.7 else set()
        if choose.random() < 0.8:
            value = choose.choice([other.object, t.object, *STRANGE]) if isinstance(t.object, Literal) else other.object
            changed.add(Triple(t.subject, choose.choice([t.predicate, other.predicate]), value))
    return sorted(changed, key=str)


STRANGE = [
    *(Literal(form, datatype=NamedNode(XSD + "integer")) for form in ("-1", "007", "9" * 20, "1_0", "x")),
    *(Literal(form, datatype=NamedNode(XSD + "date")) for form in ("2020-02-30", "2020-01-01Z", "20200101")),
    Literal("1"),
    Literal("1.50", datatype=NamedNode(XSD + "decimal")),
    Literal("maybe", datatype=NamedNode(XSD + "boolean")),
    Literal("été", language="fr"),
    Literal("summer", language="de"),
]


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("seed", range(3) if FULL else [0])
def test_what_is_planted_among_all_records_is_found_by_both(
    seed: int, records: list[Record], beside: Reference, engine: Fast, reference: PyShacl
) -> None:
    choose = random.Random(seed)
    some = choose.sample(records, 60)
    data = planted(seen(some, beside), seed)
    found = set(reference.validate(data))
    assert len(found) > 40
    assert set(engine.validate(data)) == found


@pytest.mark.slow
def test_neither_engine_finds_anything_in_what_is_published(
    records: list[Record], beside: Reference, engine: Fast
) -> None:
    nodes = {node for record in records for node in record.nodes}
    assert list(engine.validate(seen(records, beside), nodes)) == []


@pytest.mark.sample
def test_a_catalogue_that_portals_refuse_is_refused_in_the_same_way(project: Project, store: Store) -> None:
    rules, catalogue = shapes_graph([project.catalog_shapes()]), good_catalogue(project, store)
    fast, slow = Fast(rules), PyShacl(rules)
    some = REFUSED if FULL else random.Random(0).sample(sorted(REFUSED), 4)
    names = {*some, "courriels-errones", "periode-a-rebours"}
    for name in sorted(names):
        data = broken_catalogue(catalogue, name)
        found = set(slow.validate(data))
        assert found
        assert set(fast.validate(data)) == found, name


@pytest.mark.slow
def test_faulty_territories_are_found_faulty_in_the_same_way(project: Project) -> None:
    data = planted(list(territories(county("75"))), 1)
    assert both(shapes_graph([project.places_shapes()]), data)


# --- values

FORMS = [
    *("", "x", "0", "1", "01", "+1", "-1", " 1", "1_0", "1.0", "1.", ".5", "1e3", "4", "5", "120", "121", "9" * 20),
    *("0." + "0" * 30 + "1", "true", "TRUE", "yes", "2020", "02020", "0000", "-2020", "2020Z", "2019-02-29"),
    *("2020-02-29", "2020-02-30", "2020-1-1", "20200101", "2020-01-01Z", "12020-01-01", "2020-06", "2021-21"),
    *("2020-01-01T24:00:00", "../2020-01-01", "ab", "0a", "0A", "abc", "https://x/", "#", "a b", " a", "a ", "a\n"),
    *("a\u00a0", "\u001ca", "\u0301", "²ab", "٣٣", "A" * 101, "é" * 60, "732829320", "Q42", "94016", "a\u2028b"),
]
KINDS = ["integer", "decimal", "double", "boolean", "date", "dateTime", "gYear", "hexBinary", "nonNegativeInteger"]
VALUES: list[Literal | NamedNode] = [
    *(Literal(form) for form in FORMS),
    *(Literal(form, datatype=NamedNode(XSD + kind)) for form in FORMS for kind in KINDS),
    *(Literal(form, language=tag) for form in FORMS for tag in ("fr", "en", "fr-FR", "de")),
    *(Literal(form, datatype=NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")) for form in FORMS),
    *(NamedNode(iri) for iri in ("urn:x", "https://x/", BASE + "x#a", "mailto:a@b.fr")),
]


@pytest.mark.parametrize("name", ["records", "catalog", "places"])
def test_any_value_under_any_key_is_judged_in_the_same_way(name: str, project: Project) -> None:
    choose = random.Random(name)
    given = shapes_graph([(project.root / "shapes" / f"{name}.ttl").read_text("utf-8")])
    shapes, data = rdflib.Graph(), Data()
    for shape in sorted(set(given.subjects(RDF.type, SH.PropertyShape)), key=str):
        path = given.value(shape, SH.path)
        if not isinstance(path, rdflib.URIRef):
            continue
        for node in (shape, *given.transitive_objects(shape, None)):
            for t in given.triples((node, None, None)) if node == shape or isinstance(node, rdflib.BNode) else ():
                shapes.add(t)
        kind = given.value(shape, SH.datatype)
        own = [v for v in VALUES if isinstance(v, Literal) and v.datatype.value == str(kind)]
        for number, value in enumerate(choose.sample(VALUES, 4) + choose.sample(own, min(10, len(own)))):
            focus = f"urn:{str(shape).removeprefix(SHAPES)}:{number}"
            shapes.add((shape, SH.targetNode, rdflib.URIRef(focus)))
            data.append(Triple(NamedNode(focus), NamedNode(str(path)), value))
    assert len(both(shapes, data)) > 150


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [r"^\\w+$", r"^\\W$", r"^\\S$", r"^[\\s]$", r"^\\d$", "^.$", "^[^ -~]$"])
def test_a_pattern_means_for_every_character_what_it_means_in_python(pattern: str) -> None:
    known = (chr(code) for code in range(1, 0x3000) if unicodedata.category(chr(code)) not in ("Cn", "Cs"))
    letters = [letter for letter in known if letter not in "\r"]
    right = re.compile(pattern.replace("\\\\", "\\").replace("$", r"\Z"))
    found = Fast(shapes_graph([CODE % pattern])).validate(things(*letters))
    assert {f.value.value for f in found if f.value} == {letter for letter in letters if not right.search(letter)}


# --- what is left to pySHACL


def test_the_shapes_of_the_project_that_are_left_to_pyshacl_are_those_of_the_page(project: Project) -> None:
    texts = [*project.shapes(), project.catalog_shapes(), project.places_shapes()]
    left = {
        str(shape).removeprefix(SHAPES): why
        for text in texts
        for shape, why in trust.apart(shapes_graph([text])).items()
    }
    page = (project.root / "docs" / "validation.md").read_text("utf-8")
    assert dict(re.findall(r"^- `shapes:(.+)`: `(.+)`$", page, flags=re.MULTILINE)) == left


SHAPE = PREFIXES + ":Kind a sh:NodeShape ; sh:targetClass :Thing ; sh:property :code . :code sh:path :code ; "
CONDITION = "[ sh:path :code ; sh:pattern '^(?!y)' ]"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("sh:pattern '^(?!y)' .", "sh:pattern"),
        ("sh:pattern '^[x&&z]$' .", "sh:pattern"),
        ("sh:pattern '^X$' ; sh:flags 'i' .", "sh:flags"),
        ("sh:minExclusive 7 .", "sh:minExclusive"),
        ("sh:node [ sh:pattern '^x' ] .", "sh:node"),
    ],
)
def test_what_the_engine_would_pass_over_is_left_to_pyshacl(said: str, why: str) -> None:
    shapes = shapes_graph([SHAPE + said])
    assert trust.apart(shapes)[rdflib.URIRef("urn:code")] == why
    assert [f.shape for f in both(shapes, things("y"))] == ["urn:code"]


@pytest.mark.parametrize("choice", ["sh:or", "sh:xone"])
def test_a_shape_that_chooses_between_what_it_cannot_read_is_left_with_it(choice: str) -> None:
    text = PREFIXES + f":Kind a sh:NodeShape ; sh:targetClass :Thing ; {choice} ( {CONDITION} ) ; sh:property :code ."
    shapes = shapes_graph([text + ":code sh:path :code ; sh:minLength 2 ."])
    assert trust.apart(shapes)[rdflib.URIRef("urn:Kind")] == "sh:pattern"
    assert rdflib.URIRef("urn:code") not in trust.apart(shapes)
    assert {f.shape for f in both(shapes, things("y"))} == {"urn:Kind", "urn:code"}


def test_two_queries_of_a_shape_are_left_to_pyshacl_which_says_which_of_them_found_it() -> None:
    ask = "[ sh:select 'SELECT $this WHERE { $this a <urn:Thing> }' ]"
    shapes = shapes_graph([PREFIXES + f":Kind a sh:NodeShape ; sh:targetClass :Thing ; sh:sparql {ask}, {ask} ."])
    assert trust.apart(shapes) == {rdflib.URIRef("urn:Kind"): "sh:sparql"}


def test_every_pattern_of_the_project_but_three_is_read_by_the_engine(shapes: rdflib.Graph) -> None:
    """Else it would be left to pySHACL, and nothing would be fast."""
    assert len(set(shapes.objects(None, SH.pattern))) > 10
    assert trust.apart(shapes) == {}


def test_where_the_engine_gives_up_pyshacl_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Fast(shapes_graph([CODE % "^x$"]))

    class PanicException(BaseException):
        pass

    def gives_up(*_: object, **__: object) -> None:
        raise PanicException

    monkeypatch.setattr(native, "engine", lambda: gives_up)
    [found] = engine.validate(things("x", "y"))
    assert found.focus == NamedNode("urn:1")


def test_a_literal_where_a_node_belongs_and_a_node_without_a_name() -> None:
    shapes = shapes_graph([PREFIXES + ":Kind a sh:NodeShape ; sh:targetObjectsOf :part ; sh:nodeKind sh:IRI ."])
    part, nameless = NamedNode("urn:part"), BlankNode("b")
    data = [Triple(NamedNode("urn:0"), part, Literal("…")), Triple(NamedNode("urn:0"), part, nameless)]
    assert [f.focus for f in Fast(shapes).validate(data)] == [nameless]


@pytest.mark.parametrize("count", [3, 300])
def test_only_the_nodes_asked_for_are_looked_at(count: int) -> None:
    engine = Fast(shapes_graph([CODE % "^x$"]))
    asked = [NamedNode(f"urn:{number}") for number in range(1, count)]
    assert {f.focus for f in engine.validate(things(*["y"] * (count + 5)), asked)} == set(asked)
    assert list(engine.validate(things("y"), [])) == []


def test_without_the_engine_a_sentence_says_how_to_have_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shacl_rust", None)
    for verb in ("check", "build"):
        done = run(verb, "--engine", "fast")
        assert done.exit_code == 2
        assert "pip install 'trophees[fast]'" in done.stderr


@pytest.mark.slow
def test_the_command_tells_the_same_with_both_engines(checkout: Path, run: Run) -> None:
    path = checkout / "data" / "laureate" / "2020" / "cachan.yaml"
    path.write_text(path.read_text("utf-8").replace("étoiles: ", "étoiles: 1"), "utf-8")
    slow, fast = (run("check", "--engine", name, path) for name in ("pyshacl", "fast"))
    assert "[shapes:laureate-stars]" in slow.stdout
    assert (fast.exit_code, fast.stdout) == (slow.exit_code, slow.stdout)


SUITE = "SHACL_TEST_SUITE"  # the folder data-shapes-test-suite/tests of the repository w3c/data-shapes


@pytest.mark.skipif(SUITE not in os.environ, reason=f"the suite of the W3C did not run: ${SUITE} names no folder of it")
def test_both_engines_find_the_same_in_the_suite_of_the_w3c() -> None:
    folder = Path(os.environ[SUITE])
    differ, tried = [], 0
    for path in sorted([*folder.glob("core/*/*.ttl"), *folder.glob("sparql/*/*.ttl")]):
        text = re.sub("(?m)^@base.*", "", path.read_text("utf-8"))
        data = list(parse(text, format=RdfFormat.TURTLE, base_iri="urn:x-shacl-test:"))
        shapes = rdflib.Graph()
        for t in data:
            shapes.add(rdflib_triple(t))
        try:
            found = set(PyShacl(shapes).validate(data))
        except Exception:
            continue  # what the reference refuses as it is given here, such as prefixes of queries
        tried += 1
        if any(set(Fast(shapes, many).validate(data)) != found for many in (FEW, MANY)):
            differ.append(path.relative_to(folder).as_posix())
    assert tried > 80
    assert differ == []
