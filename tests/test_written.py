"""Written answers are read back by another implementation than the one that wrote them."""

from __future__ import annotations

import csv
import io
import random

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryResultsFormat, Store, Triple, parse_query_results
from rdflib.compare import isomorphic

from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.ask.results import RDF, render
from trophees.base.context import Context
from trophees.base.errors import UserError

CONTEXT = Context({"@context": {"e": "http://e/"}})
P = NamedNode("http://e/p")
ALL = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAMES = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld", "rdf": "xml"}


def answer(values: list[Literal | NamedNode], form: str) -> bytes:
    """A row for each of `values`, written in `form`."""
    rows = [{"x": {"type": "uri" if isinstance(v, NamedNode) else "literal", "value": v.value}} for v in values]
    import json

    data = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()
    result = parse_query_results(data, format=QueryResultsFormat.JSON)
    return render(result, form, CONTEXT)


def graph(triples: list[Triple], form: str) -> bytes:
    """`triples`, written in `form`."""
    return render(triples, form, CONTEXT)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_csv_has_the_values_to_the_byte(texts: list[str]) -> None:
    data = answer([Literal(text) for text in texts], "csv").decode()
    assert [row[0] if row else "" for row in csv.reader(io.StringIO(data, newline=""))] == ["x", *texts]


def test_line_ends_in_values_of_csv_stay() -> None:
    data = answer([Literal('a\r\nb"\r\n"c\rd\ne'), Literal("z")], "csv")
    assert data == b'x\n"a\r\nb""\r\n""c\rd\ne"\nz\n'


@pytest.mark.parametrize(("text", "cell"), [
    (r"a\|b", r"a\\\|b"), ("<b>gras</b>", "&lt;b>gras&lt;/b>"), ("`x`", r"\`x\`"), ("[a](b)", r"\[a\](b)"),
    ("&amp; & co", "&amp;amp; & co"), ("*a* _b_", r"\*a\* \_b\_"), ("snake_case 2*3", "snake_case 2*3"),
])  # fmt: skip
def test_nothing_in_a_cell_of_markdown_means_anything(text: str, cell: str) -> None:
    assert answer([Literal(text)], "md").decode().splitlines()[2] == f"| {cell} |"


OBJECTS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="fr")),
    st.integers(-5, 5).map(Literal),
    st.sampled_from([NamedNode("http://e/o"), NamedNode("http://e/é%20(x)"), BlankNode("n"), BlankNode("m")]),
)
TRIPLES = st.lists(
    st.builds(Triple, st.sampled_from([NamedNode("http://e/s"), BlankNode("n"), BlankNode("m")]), st.just(P), OBJECTS),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("form", RDF)
@settings(deadline=None, max_examples=30)
@given(triples=TRIPLES)
def test_rdflib_reads_the_triples_that_were_written(form: str, triples: list[Triple]) -> None:
    try:
        data = graph(triples, form)
    except UserError as error:
        assert "control character" in str(error)  # noqa: PT017
        return
    found = rdflib.Dataset(default_union=True)
    found.parse(data, format=NAMES[form])
    expected = rdflib.Graph()
    expected.parse(data=graph(triples, "nt").decode(), format="nt")
    plain = rdflib.Graph()
    for one in found.triples((None, None, None)):
        plain.add(one)
    assert isomorphic(plain, expected)


def test_quads_of_a_graph_that_is_constructed_stand_in_the_default_graph() -> None:
    triple = Triple(NamedNode("http://e/s"), P, Literal("x"))
    assert graph([triple], "nq") == b'<http://e/s> <http://e/p> "x" .\n'
    assert graph([triple], "trig") == b'@prefix e: <http://e/> .\ne:s e:p "x" .\n'


# labels of blank nodes


def shuffled(triples: list[Triple], seed: int) -> list[Triple]:
    """`triples` in another order, with other labels."""
    dice = random.Random(seed)
    names: dict[BlankNode, BlankNode] = {}

    def term(found: object) -> object:
        if isinstance(found, BlankNode):
            return names.setdefault(found, BlankNode(f"x{dice.getrandbits(60):x}"))
        return found

    moved = [Triple(term(t.subject), t.predicate, term(t.object)) for t in triples]  # type: ignore[arg-type]
    dice.shuffle(moved)
    return moved


@settings(deadline=None)
@given(TRIPLES, st.integers())
def test_the_same_graph_has_the_same_bytes_whatever_its_labels(triples: list[Triple], seed: int) -> None:
    assert graph(shuffled(triples, seed), "nt") == graph(triples, "nt")


@pytest.mark.parametrize("size", [2, 7, 30])
def test_graphs_that_look_the_same_from_everywhere_have_labels_at_once(size: int) -> None:
    nodes = [BlankNode(f"n{n}") for n in range(size)]
    ring = [Triple(node, P, nodes[n - 1]) for n, node in enumerate(nodes)]
    complete = [Triple(a, P, b) for a in nodes for b in nodes if a != b]
    for triples in (ring, complete):
        assert graph(shuffled(triples, 1), "nt") == graph(shuffled(triples, 2), "nt")


def test_a_constructed_blank_node_is_called_the_same_each_time() -> None:
    store = Store()
    store.extend(Quad(NamedNode(f"http://e/{n}"), P, Literal(n), NamedNode("urn:g")) for n in range(5))
    text = "CONSTRUCT { ?s ?p [ <http://e/of> ?o ; <http://e/in> [] ] } { ?s ?p ?o }"
    written = {render(Embedded(store).ask(Question("q", text)), "ttl", CONTEXT) for _ in range(3)}
    assert len(written) == 1
