"""The cookbook: every query is documented, portable and stable, and the analysts' questions get their answers."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from fuzz import of_each
from terms import value_of
from trophees.ask import cookbook
from trophees.ask.cookbook import Query
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.namespaces import BASE, GRAPH, TP, XSD
from trophees.graph import assemble as graph
from trophees.release.checkout import Project

pytestmark = pytest.mark.xdist_group("cookbook")

ROOT = Path(__file__).resolve().parent.parent
CONTEXT = Project.containing(ROOT).context
ANSWERS = ROOT / "tests" / "questions"
QUERIES = list(cookbook.queries().values())
ANSWERED = {query.question: query for query in QUERIES if query.question}
REPORT = NamedNode(BASE + "source/report-2020")
ALL_SOURCES = "all-sources"
NOT_STATED = {"q75", "q79"}  # the report does not say
# what these tell of is the whole graph: its statements, its organisations, all the functions of its people
ACROSS_EDITIONS = {"carriers-of-several-editions", "organisations-cited-several-times", "people", "who-says-so"}

_PROCESS = re.compile(f"{BASE}(?:laureate|case)/[^/]+/[^/#]+")
_OF_2020 = re.compile(r"/(laureate|edition|graph/report|graph/curation)/2020|/source/report-2020")

Row = tuple[str | None, ...]
T = TypeVar("T")
Term = NamedNode | Literal
Substitutions = dict[Variable, NamedNode | BlankNode | Literal | Triple]

every_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


@pytest.fixture(scope="session")
def quads() -> list[Quad]:
    return sorted(graph.build(Project.containing(ROOT).sources()), key=str)


@pytest.fixture(scope="session")
def store(quads: list[Quad]) -> Store:
    return stored(quads)


@pytest.fixture(scope="session")
def shuffled(quads: list[Quad]) -> Store:
    """The same quads in a store that met them in another order."""
    return stored(random.Random(2020).sample(quads, len(quads)))


@pytest.fixture(scope="session")
def some(quads: list[Quad]) -> list[Quad]:
    """What the graph says of those told of in 2020, some of each other edition, and all else; for `make fuzz`, all."""
    named = {quad: _PROCESS.findall(f"{quad.subject} {quad.object}") for quad in quads}
    every = sorted({name for names in named.values() for name in names})
    kept = set(of_each(every, lambda name: name if "/2020/" in name else name.rpartition("/")[0], 2))
    return [quad for quad in quads if kept.issuperset(named[quad])]


@pytest.fixture(scope="session")
def some_store(some: list[Quad]) -> Store:
    return stored(some)


@pytest.fixture(scope="session")
def rdflib_graph(some: list[Quad]) -> Callable[[Query], rdflib.Graph]:
    """The union of `some` of the quads; for a query that names graphs, which takes longer, the dataset itself."""

    @cache
    def load(named: bool) -> rdflib.Graph:
        if named:
            dataset = rdflib.Dataset(default_union=True)
            return dataset.parse(data=serialize(some, format=RdfFormat.N_QUADS) or b"", format="nquads")
        triples = {quad.triple for quad in some}
        return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")

    return lambda query: load("GRAPH ?" in query.text)


@pytest.fixture(scope="session")
def as_reported(quads: list[Quad]) -> list[Quad]:
    """What the graph says without any source but the report of 2020."""
    told = {NamedNode(TP + name) for name in ("statedIn", "curatedIn")}
    others = {q.object for q in quads if q.predicate in told and q.subject != REPORT}
    assert others
    return [quad for quad in quads if quad.graph_name not in others]


@pytest.fixture(scope="session")
def reported(as_reported: list[Quad]) -> Store:
    return stored(as_reported)


@pytest.fixture(scope="session")
def twofold(quads: list[Quad], as_reported: list[Quad]) -> Store:
    """The graph, and beside it the report of 2020 eleven years later, whose laureates have other awards than stars.

    They have neither place, title, carrier line nor pages.
    """
    return stored([*quads, *years_later(as_reported)])


def years_later(quads: list[Quad]) -> Iterator[Quad]:
    year, distinction = NamedNode(TP + "year"), NamedNode(TP + "distinction")
    lacking = {NamedNode(TP + name) for name in ("stars", "order", "title", "carrierLine", "pages")}

    def later(term: T) -> T:
        return NamedNode(_OF_2020.sub(_next, term.value)) if isinstance(term, NamedNode) else term  # type: ignore[return-value]

    for quad in quads:
        moved = Quad(later(quad.subject), quad.predicate, later(quad.object), later(quad.graph_name))
        if quad.predicate == year and "/edition/" in str(quad.subject):
            yield Quad(moved.subject, year, Literal("2031", datatype=NamedNode(XSD + "gYear")), moved.graph_name)
        elif moved.subject != quad.subject and quad.predicate == distinction:
            award = NamedNode(BASE + "distinction/coup-de-coeur")
            yield Quad(moved.subject, distinction, award, NamedNode(GRAPH + "report/2031"))
        elif moved.triple != quad.triple and not (quad.predicate in lacking and "#" not in str(quad.subject)):
            yield moved


def _next(match: re.Match[str]) -> str:
    return match[0].replace("2020", "2031")


def stored(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def given(query: Query, values: dict[str, str] | None = None) -> Substitutions:
    return {**cookbook.substitutions(query, values or {}, CONTEXT)}


def solutions(store: Store, query: Query, values: dict[str, str] | None = None) -> QuerySolutions:
    found = store.query(query.text, use_default_graph_as_union=True, substitutions=given(query, values) or None)
    assert isinstance(found, QuerySolutions)
    return found


def rows(store: Store, query: Query) -> list[Row]:
    return [tuple(term and term.value for term in row) for row in solutions(store, query)]


def columns(store: Store, question: str, names: list[str], values: dict[str, str] | None = None) -> list[list[str]]:
    """These columns of the answer, in its order."""
    return [[row[name].value for name in names] for row in solutions(store, ANSWERED[question], values)]


def body(query: Query) -> str:
    """The query without comments, IRIs and strings."""
    return re.sub(r'"[^"\n]*"|<[^>\s]*>|(?<!\S)#[^\n]*', "", query.text)


def term(value: Term) -> rdflib.term.Identifier:
    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    plain = value.datatype.value.endswith("#string")
    return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))


def test_the_cookbook_is_in_alphabetical_order() -> None:
    assert list(cookbook.queries()) == sorted(cookbook.queries())


@every_query
def test_a_name_says_in_english_what_is_asked(query: Query) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)


@every_query
def test_a_query_is_summed_up_in_french_and_in_english(query: Query) -> None:
    assert re.match(r"[A-ZÀÉ].*\?", query.summary.fr)
    assert re.match(r"[A-Z].*\?", query.summary.en)
    assert query.summary.fr != query.summary.en


@every_query
def test_a_query_has_one_subject_of_the_closed_list(query: Query) -> None:
    assert re.findall(r"^#\+ subject: (.*)$", query.text, re.MULTILINE) == [query.subject]
    assert query.subject in cookbook.SUBJECTS


def test_every_subject_is_named_in_both_languages_and_holds_queries_in_alphabetical_order() -> None:
    found = cookbook.by_subject()
    assert list(found) == list(cookbook.SUBJECTS)
    assert sorted(query.name for group in found.values() for query in group) == list(cookbook.queries())
    for group in found.values():
        assert 5 <= len(group) <= 25
        assert [query.name for query in group] == sorted(query.name for query in group)
    for names in zip(*((s.fr, s.en) for s in cookbook.SUBJECTS.values()), strict=True):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("line", ["", "#+ subject: outils\n", "#+ subject: Tools\n"])
def test_a_query_without_a_subject_of_the_list_is_refused_by_name(line: str) -> None:
    text = re.sub(r"#\+ subject: .*\n", line, QUERIES[0].text)
    with pytest.raises(ValueError, match=rf"{QUERIES[0].name}.*subject.*laureates, carriers"):
        cookbook.load(text, QUERIES[0].name)
    own = cookbook.load(text, "own", filed=False)
    assert [vars(param) for param in own.params] == [vars(param) for param in QUERIES[0].params]


@every_query
def test_what_is_asked_is_one_sentence_that_begins_the_summary(query: Query) -> None:
    for language, told in query.summary.items():
        asked = query.asked(language)
        assert told.startswith(asked)
        assert asked.count("?") == 1
        assert asked.endswith("?")
        assert re.fullmatch(r"( (\(?[A-ZÀÉ].*[.!]\)?))?", told.removeprefix(asked))


@every_query
def test_the_head_comes_first_and_holds_nothing_unknown(query: Query) -> None:
    lines = query.text.splitlines()
    heads = [line for line in lines if line.startswith("#+")]
    assert lines[: len(heads)] == heads
    keys = [re.match(r"#\+ ([\w-]+): ", line) for line in heads]
    assert [key and key[1] for key in keys[:3]] == ["summary", "summary-en", "subject"]
    assert {key and key[1] for key in keys[3:]} <= {"question", "param"}


@every_query
def test_the_prefixes_are_those_used_sorted(query: Query) -> None:
    declared = re.findall(r"^PREFIX ([\w-]+): <(.+)>$", query.text, re.MULTILINE)
    used = re.findall(r"(?<![\w?-])([a-z][a-z-]*):(?=\w)", re.sub(r"^PREFIX .*$", "", body(query), flags=re.MULTILINE))
    assert [name for name, _ in declared] == sorted(set(used))
    assert dict(declared).items() <= CONTEXT.prefixes.items() | {("rdfs", str(rdflib.RDFS))}


@every_query
def test_the_columns_are_named(query: Query) -> None:
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*", query.text)


@every_query
def test_the_rows_are_ordered_by_variables_that_exist(query: Query) -> None:
    pattern, order = body(query).rsplit("ORDER BY", 1)
    keys = re.findall(r"\?\w+", order)
    assert keys
    assert all(re.search(rf"\{key}\b", pattern) for key in keys)


@every_query
def test_no_answer_is_written_into_a_query(query: Query) -> None:
    code = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
    for folder in ("laureate", "organisation", "person"):
        assert not re.search(rf"<[^>]*/{folder}/[^>]+>", code)
        assert not re.search(rf"\b{folder}:", body(query))


@every_query
def test_nothing_is_slow_or_silent_in_one_of_the_engines(query: Query) -> None:
    """A NOT EXISTS holds one pattern (several are a cross join for Oxigraph); no cast to a date (silent in rdflib)."""
    for inside in re.findall(r"EXISTS \{([^}]*)\}", body(query)):
        assert not re.search(r"[.;,]\s", inside)
    assert "xsd:date" not in query.text


@every_query
def test_a_parameter_is_a_column_whose_default_exists(query: Query, store: Store) -> None:
    """Oxigraph substitutes only the variables that a query projects."""
    names = {variable.value for variable in solutions(store, query).variables}
    values = given(query)
    assert {param.name for param in query.params} <= names
    assert {variable.value for variable in values} == {param.name for param in query.params if param.default}
    for value in values.values():
        if isinstance(value, NamedNode):
            assert any(store.quads_for_pattern(value, None, None)), f"{value} is not described"


@every_query
def test_the_rows_are_the_same_whatever_the_order_of_the_data(query: Query, store: Store, shuffled: Store) -> None:
    assert rows(store, query) == rows(shuffled, query)


@every_query
def test_no_row_comes_twice(query: Query, store: Store, editions_store: Store) -> None:
    for graphs in (store, editions_store):
        found = rows(graphs, query)
        assert len(found) == len(set(found))


@every_query
def test_a_query_finds_something_unless_the_report_is_silent(query: Query, store: Store) -> None:
    assert bool(rows(store, query)) == (query.question not in NOT_STATED)


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@every_query
def test_two_engines_agree(query: Query, some_store: Store, rdflib_graph: Callable[[Query], rdflib.Graph]) -> None:
    values = cookbook.substitutions(query, {}, CONTEXT)
    bindings = {variable.value: term(value) for variable, value in values.items()}
    found = rdflib_graph(query).query(query.text, initBindings=bindings)
    assert [str(name) for name in found.vars or []] == [v.value for v in solutions(some_store, query).variables]
    assert found.type == "SELECT"
    assert [tuple(None if cell is None else str(cell) for cell in row) for row in found] == rows(some_store, query)  # type: ignore[union-attr]


@every_query
def test_a_second_edition_changes_nothing_that_is_said_of_the_first(query: Query, store: Store, twofold: Store) -> None:
    alone = rows(store, query)
    if any(param.name == "edition" for param in query.params):
        asked = Question(query.name, query.text, given(query, {"edition": "2020"}))  # type: ignore[arg-type]
        found, again = (Embedded(one).ask(asked) for one in (store, twofold))
        assert isinstance(found, QuerySolutions)
        assert isinstance(again, QuerySolutions)
        told = [tuple(term and term.value for term in row) for row in found]
        assert [tuple(term and term.value for term in row) for row in again] == told
    of_the_second = [row for row in rows(twofold, query) if any("2031" in (cell or "") for cell in row)]
    if query.name not in ACROSS_EDITIONS:
        assert [row for row in rows(twofold, query) if row not in of_the_second] == alone


@pytest.mark.parametrize("query", [q for q in QUERIES if "edition" in {p.name for p in q.params}], ids=lambda q: q.name)
def test_what_is_answered_of_an_edition_is_what_the_whole_answer_says_of_it(query: Query, store: Store) -> None:
    whole = [(row["edition"].value, tuple(term and term.value for term in row)) for row in solutions(store, query)]
    years = {value_of(quad.object) for quad in store.quads_for_pattern(None, NamedNode(TP + "year"), None)}
    assert {year for year, _ in whole} <= years
    for year in years:
        found = solutions(store, query, {"edition": year})
        assert [tuple(term and term.value for term in row) for row in found] == [row for y, row in whole if y == year]


@every_query
def test_what_is_called_a_laureate_bears_its_edition(query: Query, store: Store) -> None:
    names = [variable.value for variable in solutions(store, query).variables]
    if "laureate" in names and "laureate" not in {param.name for param in query.params}:
        assert names[names.index("laureate") + 1] == "edition"
        assert all(row["laureate"].value.startswith(row["edition"].value + "/") for row in solutions(store, query))


def test_a_laureate_without_stars_place_title_carrier_line_or_pages_is_listed(twofold: Store) -> None:
    found = solutions(twofold, cookbook.get("laureates"), {"edition": "2031"})
    listed = [(row["laureate"].value, row["distinction"].value, row["stars"], row["order"]) for row in found]
    assert len(listed) == 40
    assert {row[1:] for row in listed} == {("coup-de-coeur", None, None)}


def test_what_is_called_french_stays_french_in_english() -> None:
    text = cookbook.in_language(cookbook.get("concept-tree").text, "en")
    assert 'LANG(?label_fr) = "fr" && LANG(?label_en) = "en"' in text


def test_each_question_has_one_query_and_one_answer() -> None:
    assert sorted(query.question for query in QUERIES if query.question) == sorted(ANSWERED)
    assert sorted(path.stem for path in ANSWERS.glob("q??.csv")) == sorted(ANSWERED)


@pytest.mark.parametrize("path", sorted(ANSWERS.glob("*.csv")), ids=lambda path: path.stem)
def test_a_question_gets_its_answer(path: Path, store: Store, reported: Store) -> None:
    """`q06.csv` is the answer in the main reading, `q06.inferred.csv` in another that the same query separates.

    They are answers of the report of 2020. What is answered of 2020 with every source is the same, or where another
    source tells more of that edition, `q34.all-sources.csv`, which loses no row of `q34.csv`.
    """
    question, *reading = path.stem.split(".")
    values = {"edition": "2020"} if "edition" in {param.name for param in ANSWERED[question].params} else {}
    header, expected = answer(path)
    if reading == [ALL_SOURCES]:
        assert columns(store, question, header, values) == expected
        less = answer(path.with_name(f"{question}.csv"))
        assert less[0] == header
        assert less[1] == [row for row in expected if row in less[1]] != expected
    else:
        assert columns(reported, question, header) == expected
        if not path.with_name(f"{path.stem}.{ALL_SOURCES}.csv").exists():
            assert columns(store, question, header, values) == expected


def answer(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a file of answers."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *expected = csv.reader(file)
    return header, expected


def test_an_answer_can_be_kept_to_what_is_printed(store: Store) -> None:
    located = columns(store, "q11", ["laureate", "printed"], {"edition": "2020"})
    assert [laureate for laureate, printed in located if printed == "false"] == ["2020/volontaires-paris"]


def test_an_answer_can_be_kept_to_tools_really_used(reported: Store) -> None:
    counted = columns(reported, "q68", ["laureate", "used"])
    assert [laureate for laureate, used in counted if used == "0"] == [
        "2020/rouen",
        "2020/bois-darcy",
        "2020/scarpe-escaut",
    ]


def test_an_answer_can_be_widened_to_any_climate_plan(store: Store) -> None:
    found = columns(store, "q61", ["laureate"], {"plan": "plan:plan-climat", "edition": "2020"})
    assert found == [["2020/plaine-ain"], ["2020/ponts-de-ce"], ["2020/mel"]]


def test_the_territories_of_another_date_can_be_asked_for(store: Store) -> None:
    found = columns(store, "q16", ["laureate", "siren"], {"date": "2026-01-01", "edition": "2020"})
    assert found == [["2020/saint-pierre-du-perray", "200059228"], ["2020/marcq", "200093201"]]
