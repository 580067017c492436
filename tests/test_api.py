"""The graph from Python: types, data frames, the same answers as the command line, and nothing imported too early."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import polars
import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store, Variable, serialize

import trophees
from endpoints import endpoint, response
from recorded import LAUREATES
from trophees.ask import cookbook
from trophees.ask.rows import IRI, Rows, Text, value
from trophees.graph import published
from trophees.release.checkout import Project

BASE = "https://w3id.org/trophees-participation/"
CACHAN = BASE + "laureate/2020/cachan"
XSD = "http://www.w3.org/2001/XMLSchema#"
FIGURES = f"SELECT * {{ VALUES ?l {{ <{CACHAN}> }} ?l tp:stars ?stars ; tp:summary ?text }} ORDER BY ?text LIMIT 1"


def rows(question: str | Path, **options: object) -> Rows:
    found = trophees.query(question, **options)  # type: ignore[arg-type]
    assert isinstance(found, Rows)
    return found


def of(*terms: str) -> Rows:
    """The rows of one column that holds these SPARQL terms."""
    return rows(f"SELECT ?x {{ VALUES ?x {{ {' '.join(terms)} }} }}")


# what is imported


def test_nothing_is_imported_before_it_is_used() -> None:
    code = "import sys, trophees; dir(trophees); print([m for m in sys.modules if m.split('.')[0] in %r])"
    heavy = {"rdflib", "pyshacl", "pyoxigraph", "pandas", "polars", "click", "http"}
    done = subprocess.run([sys.executable, "-c", code % heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    code = "import sys, trophees; trophees.query('ASK {}'); print([m for m in sys.modules if m.split('.')[0] in %r])"
    heavy -= {"pyoxigraph"}
    done = subprocess.run([sys.executable, "-c", code % heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_public_name_is_there_typed_and_documented(project: Project) -> None:
    assert set(trophees.__all__) <= set(dir(trophees))
    for name in trophees.__all__:
        assert getattr(trophees, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = trophees.lode
    assert (Path(trophees.__file__).parent / "py.typed").exists()
    text = (project.root / "docs" / "python.md").read_text("utf-8")
    for name in trophees.__all__:
        assert f"`{name}" in text or f"trophees.{name}" in text, name


def test_no_module_hides_a_public_name() -> None:
    code = (
        "import pkgutil, importlib, trophees\n"
        "names = [module.name for module in pkgutil.iter_modules(trophees.__path__)]\n"
        "for name in names: name != '__main__' and importlib.import_module('trophees.' + name)\n"
        "print(trophees.query('ASK {}'), len(trophees.load()) > 1000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"


# load


def test_a_loaded_graph_is_the_published_one_and_yours() -> None:
    first = trophees.load()
    assert set(first) == set(published.store(published.path(published.GRAPH)))
    first.add(Quad(NamedNode("urn:x"), NamedNode("urn:x"), NamedNode("urn:x")))
    assert len(trophees.load()) == len(first) - 1
    assert trophees.query("ASK { <urn:x> ?p ?o }") is False
    assert trophees.query("ASK { <urn:x> ?p ?o }", store=first) is True


@pytest.mark.slow  # rdflib reads the whole graph twice
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_has_the_same_quads_in_the_same_graphs() -> None:
    store, dataset = trophees.load(), trophees.load("rdflib")
    some = sorted(store, key=str)[::20]
    lines = serialize(some, format=RdfFormat.N_QUADS)
    assert lines is not None
    assert set(rdflib.Dataset().parse(data=lines.decode(), format="nquads").quads()) <= set(dataset.quads())
    assert len(list(dataset.quads())) == len(store)
    assert len(list(dataset.query("SELECT ?l { ?l a tp:Laureate }"))) == LAUREATES
    graphs = {str(row[0]) for row in dataset.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}  # type: ignore[index]
    assert graphs == {quad.graph_name.value for quad in store if isinstance(quad.graph_name, NamedNode)}
    dataset.remove((None, None, None, None))  # type: ignore[arg-type]
    assert len(trophees.load("rdflib")) > 1000


def test_no_other_library_is_known() -> None:
    with pytest.raises(ValueError, match="“pyoxigraph” or “rdflib” is expected"):
        trophees.load("jena")  # type: ignore[call-overload]


# what is asked


def test_a_question_is_a_text_a_file_or_a_name(tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text(FIGURES, "utf-8")
    assert rows(FIGURES) == rows(file) == rows(str(file))
    assert rows("laureates-in-region") == rows("laureates-in-region", region="region:11")
    there = rows("laureates-in-region", region=IRI(BASE + "territory/region/84"))
    assert [row["laureate"] for row in there if row["edition"] == "2020"] == [
        "2020/plaine-ain", "2020/marlioz", "2020/grenoble",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [4, True, Decimal("1.50"), 2.5, date(2020, 2, 29), datetime(2020, 1, 2, 3, 4, 5), "text", Text("texte", "fr"),
     IRI("urn:x"), datetime(2020, 1, 2, tzinfo=UTC)],
)  # fmt: skip
def test_a_value_goes_in_and_comes_out_the_same(given: trophees.Value) -> None:
    found = rows("SELECT ?x { BIND(?x AS ?y) }", x=given)[0]["x"]
    assert found == given
    assert type(found) is type(given)
    assert getattr(found, "language", "") == getattr(given, "language", "")


def test_terms_are_values_too() -> None:
    assert rows("SELECT ?x { BIND(?x AS ?y) }", x=NamedNode("urn:x"))[0]["x"] == "urn:x"
    assert rows("SELECT ?x { BIND(?x AS ?y) }", x=Literal("12"))[0]["x"] == "12"
    with pytest.raises(TypeError, match="a parameter cannot be a list"):
        trophees.query("SELECT ?x {}", x=[1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("SELECT {", r"query:1:8: “\{” is not expected here"),
        ("laureates-in-regio", "did you mean “laureates-in-region”"),
        ("nothing.rq", "nothing.rq: cannot be read"),
        ("ASK { SERVICE <http://x/> {} }", "SERVICE is not available"),
    ],
)
def test_a_mistake_is_one_sentence(question: str, sentence: str) -> None:
    with pytest.raises(trophees.UserError, match=sentence):
        trophees.query(question)


def test_no_parameter_of_the_cookbook_is_an_option() -> None:
    names = {param.name for query in cookbook.queries().values() for param in query.params}
    assert names.isdisjoint({"endpoint", "store", "compact", "timeout"})


def test_ask_gives_a_bool_and_construct_a_graph() -> None:
    assert trophees.query("ASK {}") is True
    graph = trophees.query(f"CONSTRUCT {{ <{CACHAN}> tp:stars ?o }} WHERE {{ <{CACHAN}> tp:stars ?o }}")
    assert isinstance(graph, rdflib.Graph)
    assert [int(o) for o in graph.objects()] == [4]  # type: ignore[call-overload]
    assert "tp:stars 4" in graph.serialize(format="turtle")


def test_an_endpoint_answers_as_the_package_does() -> None:
    solutions = trophees.load().query(
        cookbook.get("laureates-in-region").text,
        use_default_graph_as_union=True,
        substitutions={Variable("region"): NamedNode(BASE + "territory/region/84")},
    )
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    with endpoint(response(solutions.serialize(format=QueryResultsFormat.JSON) or b"")) as server:
        there = rows("laureates-in-region", region="region:84", endpoint=server.url)
    assert there == rows("laureates-in-region", region="region:84")
    with pytest.raises(TypeError, match="not both"):
        trophees.query("ASK {}", endpoint=server.url, store=trophees.load())
    with endpoint(response(b"<urn:a> <urn:b> 'c'@fr .", "text/turtle")) as server:
        graph = trophees.query("CONSTRUCT WHERE { ?s ?p ?o }", endpoint=server.url)
    assert isinstance(graph, rdflib.Graph)
    assert list(graph.objects()) == [rdflib.Literal("c", lang="fr")]


# the rows


def test_rows_hold_python_s_types() -> None:
    (row,) = rows(FIGURES)
    assert sorted(row) == ["l", "stars", "text"]
    assert (row["stars"], row["l"]) == (4, CACHAN)
    assert type(row["stars"]) is int
    assert isinstance(row["text"], Text)
    assert row["text"].language in ("fr", "en")
    assert isinstance(row["l"], IRI)
    (short,) = rows(FIGURES, compact=True)
    assert short["l"] == "laureate:2020/cachan"
    assert type(short["l"]) is str


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("12", 12), ("-12", -12), ('"007"^^xsd:nonNegativeInteger', 7), ('"1_000"^^xsd:integer', "1_000"),
        ('"٣"^^xsd:integer', "٣"), ('"many"^^xsd:integer', "many"), (f'"{"9" * 5000}"^^xsd:integer', "9" * 5000),
        ("1.50", Decimal("1.50")), ('"1e3"^^xsd:decimal', "1e3"), ("1e3", 1000.0),
        ('"-INF"^^xsd:double', -float("inf")), ("true", True), ('"0"^^xsd:boolean', False),
        ('"yes"^^xsd:boolean', "yes"),
        ('"2020-02-29"^^xsd:date', date(2020, 2, 29)), ('"2021-02-29"^^xsd:date', "2021-02-29"),
        ('"2020-02-29Z"^^xsd:date', "2020-02-29Z"), ('"20200229"^^xsd:date', "20200229"),
        ('"2020-01-01T00:00:00"^^xsd:dateTime', datetime(2020, 1, 1)),
        ('"2020-01-01T00:00:00+01:00"^^xsd:dateTime', datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=1)))),
        ('"2021-21"^^edtf:EDTF', "2021-21"), ('"2020"^^xsd:gYear', "2020"), ('"x"', "x"), ('"x"@fr', "x"),
        ("UNDEF", None),
    ],
)  # fmt: skip
def test_a_literal_is_what_its_datatype_says_or_else_its_text(term: str, expected: trophees.Value) -> None:
    found = of(term)[0]["x"]
    assert found == expected
    assert isinstance(found, type(expected))


def test_rows_are_a_sequence() -> None:
    found = rows("laureates")
    assert len(found) == len(list(found)) == LAUREATES
    assert found[:3].columns == found.columns
    assert list(found[:3]) == [found[0], found[1], found[2]]
    assert pickle.loads(pickle.dumps(found)) == found
    assert re.fullmatch(rf"<{LAUREATES} rows of \w+(, \w+)*>", repr(found))
    assert found.column("label")[0] == found[0]["label"]
    with pytest.raises(KeyError, match="labell"):
        found.column("labell")


def test_a_notebook_shows_rows_escaped() -> None:
    html = of('"<script>&"', "true", *map(str, range(30)))._repr_html_()
    assert html.startswith("<table><tr><th>x</th></tr><tr><td>&lt;script&gt;&amp;</td></tr><tr><td>true</td></tr>")
    assert html.count("<tr>") == 21
    assert html.endswith("<p>… 12 more</p>")


# data frames


FRAMES = {  # the dtypes of a column in pandas and polars
    "integers": (["1", "UNDEF"], "Int64", polars.Int64),
    "booleans": (["true", "UNDEF"], "boolean", polars.Boolean),
    "decimals": (["1.5", "UNDEF"], "float64", polars.Float64),
    "numbers": (["1", "1.5", "1e0"], "float64", polars.Float64),
    "dates": (['"1200-02-29"^^xsd:date', "UNDEF"], "datetime64[s]", polars.Date),
    "times": (['"2020-02-29T01:02:03"^^xsd:dateTime'], "datetime64[us]", polars.Datetime("us")),
    "moments": (
        ['"2020-02-29T01:02:03+01:00"^^xsd:dateTime', '"2020-02-29T01:02:03Z"^^xsd:dateTime'],
        "datetime64[us, UTC]",
        polars.Datetime("us", "UTC"),
    ),
    "texts": (['"a"@fr', '"b"', "<urn:x>"], "str", polars.String),
    "moments that UTC does not have": (
        ['"0001-01-01T00:00:00+14:00"^^xsd:dateTime', "UNDEF", '"2020-02-29T01:02:03Z"^^xsd:dateTime'],
        "object",
        polars.String,
    ),
    "a mixture": (["1", '"a"', '"2020-01-01"^^xsd:date', "true"], "object", polars.String),
    "large integers": (["1", "9" * 40], "object", polars.String),
}


@pytest.mark.parametrize(("terms", "in_pandas", "in_polars"), FRAMES.values(), ids=FRAMES)
def test_a_column_has_the_type_of_its_values(terms: list[str], in_pandas: str, in_polars: object) -> None:
    found = of(*terms)
    frame, other = found.to_pandas(), found.to_polars()
    assert str(frame["x"].dtype) == in_pandas
    assert other["x"].dtype == in_polars
    missing = [term == "UNDEF" for term in terms]
    assert list(frame["x"].isna()) == list(other["x"].is_null()) == missing


def test_a_frame_has_the_rows_and_columns_of_the_answer() -> None:
    found = rows("laureates-in-region")
    assert list(found.to_pandas().columns) == found.to_polars().columns == list(found.columns)
    assert found.to_pandas()["laureate"].tolist() == found.to_polars()["laureate"].to_list() == found.column("laureate")
    assert found.to_pandas()["printed"].sum() == sum(map(bool, found.column("printed")))


@pytest.mark.parametrize("query", ["SELECT ?x ?y { ?x a tp:Bird, ?y }", "SELECT * {}"])
def test_an_answer_without_rows_or_columns_is_a_frame(query: str) -> None:
    found = rows(query)
    for frame in (found.to_pandas(), found.to_polars()):
        assert frame.shape[1] == len(found.columns)
    assert len(found.to_pandas()) == len(found)


_FAR = timezone(timedelta(hours=-14))
values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(allow_nan=False, allow_infinity=False), st.text(),
    st.dates(), st.datetimes(), st.datetimes(timezones=st.just(UTC)), st.builds(IRI, st.text()),
    st.datetimes(timezones=st.just(_FAR)),
)  # fmt: skip


@given(st.lists(values, max_size=5))
def test_any_values_make_a_frame(cells: list[trophees.Value]) -> None:
    found = Rows(["x"], [{"x": cell} for cell in cells])
    assert len(found.to_pandas()) == len(found.to_polars()) == len(cells)


@given(st.text(), st.sampled_from(["integer", "decimal", "double", "boolean", "date", "dateTime", "gYear", "string"]))
def test_any_literal_is_a_value(text: str, datatype: str) -> None:
    found = value(Literal(text, datatype=NamedNode(XSD + datatype)))
    assert found == text or not isinstance(found, str)


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match=r"^to_pandas needs pandas: pip install 'trophees\[notebook\]'$"):
        of("1").to_pandas()
    with pytest.raises(ImportError, match=r"^to_polars needs polars: pip install 'trophees\[polars\]'$"):
        of("1").to_polars()


# the map


def test_every_departement_has_an_outline() -> None:
    outlines = trophees.departements()
    codes = rows("SELECT ?code { ?d a igeo:Departement ; igeo:codeINSEE ?code }").column("code")
    assert set(outlines) == set(codes)
    for rings in outlines.values():
        for ring in rings:
            assert len(ring) > 2
    north, south = (min(y for _, y in outlines[code][0]) for code in ("59", "66"))
    west, east = (min(x for x, _ in outlines[code][0]) for code in ("29", "67"))
    assert north > south
    assert west < east


def test_the_wheel_carries_what_the_api_reads(project: Project) -> None:
    text = (project.root / "pyproject.toml").read_text("utf-8")
    for name in ("context.jsonld", published.GRAPH, published.OUTLINES):
        assert f'= "trophees/published/{name}"' in text
    assert isinstance(trophees.load(), Store)
