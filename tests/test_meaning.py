"""A thing is found by what people call it, wherever its name is asked for, or what may be meant is told."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode

import trophees
from conftest import Run
from endpoints import endpoint, response
from fuzz import among
from test_web import node
from trophees.ask.engine import Embedded
from trophees.ask.meaning import meant, nearest
from trophees.base.context import Context
from trophees.base.namespaces import BASE
from trophees.graph import published
from trophees.site.scripts import WORKSHOP

CONTEXT = Context(published.path(published.CONTEXT).read_text("utf-8"))
GRAPH = Embedded.opened(published.path(published.GRAPH), (), CONTEXT.prefixes)

# the folder of a parameter (nothing for `show`), what is typed, what it means
CALLED = [
    ("region", "84", ["region:84"]),
    ("region", "Auvergne-Rhône-Alpes", ["region:84"]),
    ("region", "auvergne rhone alpes", ["region:84"]),
    ("region", "http://id.insee.fr/geo/region/84", ["region:84"]),
    ("departement", "94", ["departement:94"]),
    ("departement", "Val-d’Oise", ["departement:95"]),
    ("departement", "VAL-D'OISE", ["departement:95"]),
    ("laureate", "cachan", ["laureate:2020/cachan"]),
    ("laureate", "2020/cachan", ["laureate:2020/cachan"]),
    ("laureate", "Parlons ensemble de Cachan !", ["laureate:2020/cachan"]),
    ("laureate", "let's talk about Cachan together!", ["laureate:2020/cachan"]),
    ("tool", "budget participatif", ["tool:budget-participatif"]),
    ("tool", "Participatory budget", ["tool:budget-participatif"]),
    ("theme", "budget-participatif", ["theme:budget-participatif"]),
    ("epci", "249740119", ["epci:249740119"]),
    ("organisation", "219106879", ["organisation:ville-de-viry-chatillon"]),
    ("organisation", "CNDP", ["organisation:cndp"]),
    ("person", "chantal jouanno", ["person:chantal-jouanno"]),
    ("", "http://id.insee.fr/geo/commune/94016", ["commune:94016"]),
    ("", "94016", ["commune:94016"]),
    ("", "219106879", ["organisation:ville-de-viry-chatillon"]),
    ("", "249740119", ["epci:249740119", "organisation:cinor"]),
    ("", "94", ["departement:94", "region:94"]),
    ("", "laureate/2020/cachan#indicator-5", ["laureate:2020/cachan#indicator-5"]),
    ("region", " bretagne ", ["region:53"]),
    ("region", "https://w3id.org/trophees-participation/territory/region/84/", ["region:84"]),
    ("laureate", "http://www.w3id.org/trophees-participation/laureate/2020/cachan", ["laureate:2020/cachan"]),
    ("laureate", "HTTP://W3ID.org/trophees-participation/laureate/2020/cachan", ["laureate:2020/cachan"]),
    ("laureate", "2020\\/cachan", ["laureate:2020/cachan"]),
    ("region", "999", []),
    ("region", "bretagn", []),
    ("region", "94016", []),
    ("tool", "", []),
    ("", "", []),
    ("", '" || true } #', []),
]


@pytest.mark.parametrize(
    "typed",
    [
        "http://w3id.org/trophees-participation/laureate/2020/cachan",
        "HTTPS://www.w3id.org/trophees-participation/laureate/2020/cachan",
        f"{BASE}laureate/2020/cachan/",
        "laureate:2020\\/cachan",
        " laureate:2020/cachan ",
    ],
)
def test_an_address_or_a_name_of_ours_is_taken_as_it_is_pasted(run: Run, typed: str) -> None:
    assert run("show", typed).stdout == run("show", "laureate:2020/cachan").stdout


def test_a_parameter_may_have_spaces_around_it_and_a_part_of_a_label_is_answered_with_what_has_it(run: Run) -> None:
    assert meant(GRAPH, " 53 ", f"{BASE}territory/region/") == [NamedNode(f"{BASE}territory/region/53")]
    said = run("query", "laureates-in-region", "-p", "region=Auvergne").stderr
    assert "did you mean region:84 (“Auvergne-Rhône-Alpes”)?" in said


@pytest.mark.parametrize(("prefix", "typed", "things"), CALLED)
def test_a_thing_is_meant_by_its_iri_its_code_its_slug_or_its_label(prefix: str, typed: str, things: list[str]) -> None:
    space = CONTEXT.prefixes[prefix] if prefix else ""
    assert sorted(CONTEXT.compact(thing.value) for thing in meant(GRAPH, typed, space)) == things


@pytest.mark.sample
def test_every_laureate_region_and_tool_is_meant_by_each_of_its_labels() -> None:
    asked = "SELECT DISTINCT ?x ?label { VALUES ?c { tp:Laureate igeo:Region } ?x a ?c ; skos:prefLabel ?label }"
    rows = trophees.query(asked)
    assert isinstance(rows, trophees.Rows)
    assert len(rows) > 100
    for row in among(rows, 40):
        thing = str(row["x"])
        space = f"{BASE}laureate/" if "/laureate/" in thing else f"{BASE}territory/region/"
        assert meant(GRAPH, str(row["label"]).upper(), space) == [NamedNode(thing)]


def test_what_is_misspelt_has_the_nearest() -> None:
    assert nearest(GRAPH, "bretagn", f"{BASE}territory/region/") == [NamedNode(f"{BASE}territory/region/53")]
    assert nearest(GRAPH, "budget participatiff", f"{BASE}tool/")[0] == NamedNode(f"{BASE}tool/budget-participatif")
    assert nearest(GRAPH, "", "") == []


@pytest.mark.parametrize("value", ["84", "auvergne-rhone-alpes", "region:84", f"{BASE}territory/region/84"])
def test_a_parameter_takes_each_of_them(run: Run, value: str) -> None:
    plain = run("query", "laureates-in-region", "-p", "region=region:84", "--format", "csv")
    assert plain.stdout.count("\n2020/") == 3
    given = run("query", "laureates-in-region", "-p", f"region={value}", "--format", "csv")
    assert (given.stdout, given.stderr) == (plain.stdout, plain.stderr)


def test_python_takes_them_too() -> None:
    expected = trophees.query("laureates-in-region", region="region:84")
    for value in ("84", 84, "Auvergne-Rhône-Alpes", Literal("84"), NamedNode(f"{BASE}territory/region/84")):
        assert trophees.query("laureates-in-region", region=value) == expected
    with pytest.raises(
        trophees.UserError, match=r"-p region: nothing of region: is called “bretagn” \(did you mean reg"
    ):
        trophees.query("laureates-in-region", region="bretagn")


def test_a_name_that_several_things_have_is_refused_with_them(run: Run) -> None:
    mine = "#+ summary: Quoi ?\n#+ summary-en: What?\n#+ param: x tool:vote — l’outil | the tool\nASK { ?x ?p ?o }"
    twice = run("query", mine, "-p", "x=Vote", "--format", "csv")
    assert twice.stdout == "true\n"
    many = run("query", mine.replace("tool:vote", "tp:Tool"), "-p", "x=indicateur")
    assert many.exit_code == 2
    assert many.stderr.startswith("trophees: -p x: “indicateur” may be tp:"), many.stderr


def test_what_is_no_thing_stays_a_text(run: Run) -> None:
    done = run("query", "search", "-p", "word=cachan", "--format", "csv")
    assert done.exit_code == 0
    assert "cachan" in done.stdout.lower()
    assert run("query", "SELECT ?x { ?x tp:stars ?s } LIMIT 1", "-p", "s=4").stdout.count("\n") == 2


def test_an_endpoint_gets_the_thing(run: Run) -> None:
    with endpoint(response(b'{"head":{"vars":["laureate"]},"results":{"bindings":[]}}')) as server:
        run("query", "laureates-in-region", "-p", "region=bretagne", "--endpoint", server.url)
    assert f"VALUES ?region {{ <{BASE}territory/region/53> }}" in server.asked[0].query


@pytest.mark.parametrize(
    ("typed", "iri"),
    [
        ("http://id.insee.fr/geo/commune/94016", "territory/commune/94016"),
        ("94016", "territory/commune/94016"),
        ("219106879", "organisation/ville-de-viry-chatillon"),
        ("ASSOCIATION", "organisation-kind/association"),
        ("laureate:2020/cachan#indicator-5", "laureate/2020/cachan#indicator-5"),
        (f"{BASE}laureate/2020/cachan#indicator-5", "laureate/2020/cachan#indicator-5"),
    ],
)
def test_show_takes_what_a_thing_is_called(run: Run, typed: str, iri: str) -> None:
    done = run("show", typed)
    assert (done.stdout.splitlines()[1], done.stderr) == (f"<{BASE}{iri}>", "")


def test_show_lists_what_it_may_be(run: Run) -> None:
    done = run("show", "249740119")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("trophees: “249740119” may be organisation:cinor (“")
    assert " or epci:249740119 (“" in done.stderr
    both = run("show", "conseil de développement").stderr
    assert both.startswith("trophees: “conseil de développement” may be kind:conseil-de-developpement (“")
    assert " or tool:conseil-de-developpement (“" in both
    twice = run("show", "rte").stderr  # a laureate of two editions
    for one in ("laureate:2018/rte", "laureate:2020/rte", "organisation:rte"):
        assert f"{one} (“" in twice


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "« archipel-habitat » est aussi"), ("en", "“archipel-habitat” is also")]
)
def test_show_says_what_else_has_the_name_of_a_laureate(run: Run, lang: str, said: str) -> None:
    done = run("show", "archipel-habitat", "--lang", lang)
    assert done.stdout.splitlines()[1] == f"<{BASE}laureate/2021/archipel-habitat>"
    assert done.stderr == f"trophees: {said} organisation:archipel-habitat\n"
    assert run("show", "cachan").stderr == ""


def test_the_page_finds_the_same() -> None:
    rows = trophees.query("SELECT ?x ?label { ?x skos:prefLabel ?label FILTER(LANG(?label) = 'fr') }")
    assert isinstance(rows, trophees.Rows)
    things = [[row["x"], row["label"]] for row in rows if "#" not in str(row["x"])]
    prefixes = ("region", "departement", "laureate", "tool", "theme", "epci")
    known = [
        (p, t, f)
        for p, t, f in CALLED
        if p in prefixes and "id.insee" not in t and "Parti" not in t and "let's" not in t
    ]
    assert len(known) > 12
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ meant }} from {json.dumps((WORKSHOP / "meaning.js").as_uri())};
        const {{ asked, things }} = JSON.parse(await text(process.stdin));
        process.stdout.write(JSON.stringify(asked.map(([space, typed]) => meant(typed, space, things))));
    """
    theirs = node(script, {"asked": [[CONTEXT.prefixes[p], t] for p, t, _ in known], "things": things})
    assert [[CONTEXT.compact(iri) for iri in found] for found in theirs] == [found for _, _, found in known]
