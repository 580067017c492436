"""Three made-up editions beside the real one, through all that is made of the graph.

They hold what the report of 2020 has not: sources that contradict each other, an edition known by sheets alone, one
without laureates, awards other than stars, withdrawals (`tests/editions/`; never published).
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse

import tools
from serving.conftest import Served
from serving.conftest import site as served_folder
from terms import value_of
from test_site import ID, LINK, target
from test_site_pages import BUDGET, packed
from test_tables import Rows, parsed
from trophees.ask import cookbook, question
from trophees.ask.cookbook import Query
from trophees.ask.engine import Embedded
from trophees.ask.show import find, show
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE, TP
from trophees.check import catalogue as catalogue_check
from trophees.check.fast import Fast
from trophees.check.report import line
from trophees.graph.walk import triples
from trophees.hosting.settings import Hosting
from trophees.publish.contents import publish
from trophees.publish.tables import packaged
from trophees.release.checkout import Project
from trophees.release.review import review
from trophees.site.build import build
from trophees.site.model import Inputs

pytestmark = pytest.mark.xdist_group("editions")

TABLES = {table.name: table for table in packaged()}
QUERIES = list(cookbook.queries().values())
CONTEXT = Project.containing(Path(__file__).parent).context
MADE_UP = Path(__file__).parent / "editions"
YEARS = ("2041", "2042", "2043")
HOSTED = Hosting("https://data.test/", "data@data.test", "https://data.test/sparql")
# what these tell of is the whole graph: its statements, its organisations, all the functions of its people
ACROSS_EDITIONS = {"organisations-cited-several-times", "people", "who-says-so"}

Cells = tuple[str | None, ...]


@pytest.fixture(scope="module")
def published(editions: Project, editions_store: Store) -> dict[str, bytes]:
    """Every published file but the site."""
    made = publish(editions_store, editions.context, packaged(), editions.copies(), HOSTED, editions.changelog())
    return dict(made)


@pytest.fixture(scope="module")
def shown(editions_store: Store) -> Store:
    """What the site is made of: all but the processes, organisations, people and territories of the project's own
    editions that nothing else leads to, whose pages are looked at elsewhere.
    """
    described: dict[str, set[str]] = {}
    for quad in editions_store:
        if isinstance(quad.subject, NamedNode):
            known = described.setdefault(quad.subject.value.partition("#")[0], set())
            known |= {quad.object.value.partition("#")[0]} if isinstance(quad.object, NamedNode) else set()
    left_out = re.compile(BASE + r"(laureate/20[0-3]|case/(?!204|essais)|organisation/|person/|territory/(?!region/))")
    here = {f"{BASE}laureate/2020/cachan", *(iri for iri in described if not left_out.match(iri) or "ficti" in iri)}
    further = here
    while further:
        further = {iri for known in further for iri in described.get(known, ())} - here
        here |= further
    store = Store()
    store.extend(quad for quad in editions_store if str(quad.subject).strip("<>").partition("#")[0] in here)
    return store


@pytest.fixture(scope="module")
def site(editions: Project, shown: Store, published: dict[str, bytes]) -> dict[str, bytes]:
    """Every file of the site."""
    inputs = Inputs(
        store=shown,
        shapes=editions.shapes(),
        context=editions.context,
        version=editions.version(shown),
        published=published,
        changelog=editions.changelog(),
        reference=editions.reference_files(),
        url=HOSTED.url,
        sparql=HOSTED.sparql,
        contact=HOSTED.contact,
    )
    return dict(build(inputs))


@pytest.fixture(scope="module")
def pages(site: dict[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in site.items() if path.endswith(".html") and path != "playground.html"}


# --- the records


def test_the_made_up_records_are_right_and_say_that_they_are_made_up(editions: Project) -> None:
    found = review(editions, lambda _, items: nullcontext(items), engine=Fast)
    assert [line(p, "en") for p in found.problems] == []
    made_up = [r for r in found.records if (MADE_UP / r.path.removeprefix("data/")).exists()]
    assert len(made_up) > 20
    for record in made_up:
        text = (MADE_UP / record.path.removeprefix("data/")).read_text("utf-8")
        assert "fictif" in text.lower() or "fictive" in text.lower(), record.path


def test_no_made_up_edition_is_in_what_is_published(project: Project) -> None:
    for folder in ("data", "publish/csv", "publish/laureate", "publish/edition"):
        found = [path for path in (project.root / folder).rglob("*") if set(YEARS) & {*path.parts, path.stem}]
        assert found == []
    dump = (project.root / "publish" / "dumps" / "trophees.nt").read_bytes()
    assert not any(f"edition/{year}".encode() in dump for year in YEARS)


# --- tables


@pytest.fixture(scope="module")
def rows(published: dict[str, bytes]) -> dict[str, Rows]:
    return {name: parsed(published[f"csv/{name}.csv"]) for name in TABLES}


@pytest.mark.parametrize("name", TABLES)
def test_no_row_of_the_project_is_lost_from_a_table(name: str, files: dict[str, bytes], rows: dict[str, Rows]) -> None:
    """But that places count the laureates and the cases of all editions."""
    counts = {("places", "laureates"), ("places", "cases")}

    def told(table: Rows) -> Counter[tuple[tuple[str, str], ...]]:
        return Counter(tuple((k, v) for k, v in row.items() if (name, k) not in counts) for row in table)

    assert told(parsed(files[f"csv/{name}.csv"])) - told(rows[name]) == Counter()


@pytest.mark.foreign
def test_validators_of_csvw_and_of_data_packages_accept_the_tables(published: dict[str, bytes], tmp_path: Path) -> None:
    for path, data in published.items():
        if path.startswith("csv/"):
            (tmp_path / path.removeprefix("csv/")).write_bytes(data)
    assert tools.ask("csvw", tmp_path / "csv-metadata.json") == [True, len(TABLES)]
    assert tools.ask("frictionless", tmp_path / "datapackage.json") == {name: [] for name in TABLES}


# --- the cookbook


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_query_of_the_cookbook_says_of_each_edition_what_it_said(
    query: Query, store: Store, editions_store: Store
) -> None:
    alone, together = cells(store, query), cells(editions_store, query)
    assert len(set(together)) == len(together), "a row twice"
    if any(param.name == "edition" for param in query.params):
        for year in years(store):
            only = {"edition": year}
            assert cells(editions_store, query, only) == cells(store, query, only), year
    if query.name not in ACROSS_EDITIONS:
        assert [row for row in alone if row not in together] == []


def years(store: Store) -> list[str]:
    """The years of the editions of `store`, in their order."""
    found = {str(value_of(quad.object)) for quad in store.quads_for_pattern(None, NamedNode(TP + "year"), None, None)}
    return sorted(found)


def cells(store: Store, query: Query, values: dict[str, str] | None = None) -> list[Cells]:
    found = Embedded(store).ask(question.find(query.name, values or {}, CONTEXT))
    assert isinstance(found, QuerySolutions)
    return [tuple(None if t is None else str(t) for t in row) for row in found]


def test_each_edition_has_its_laureates_in_the_cookbook(editions_store: Store) -> None:
    found = Embedded(editions_store).ask(question.find("laureates", {}, CONTEXT))
    assert isinstance(found, QuerySolutions)
    counted = Counter(str(row["edition"].value) for row in found)
    assert [counted[year] for year in ("2020", *YEARS)] == [40, 4, 2, 0]


CASES = {"2042/maison": "jury prize", "2042/mention": "special mention", "essais/grenoble": "case study"}


def test_a_case_has_its_rows_and_is_no_laureate(rows: dict[str, Rows]) -> None:
    told = {row["case"]: row["standing"] for row in rows["cases"]}
    assert told.items() >= CASES.items()
    assert not told.keys() & {row["laureate"] for row in rows["laureates"]}
    standings = {
        (row["laureate"], row["standing"]) for name in ("tools", "themes", "territories") for row in rows[name]
    }
    assert {("2042/maison", "jury prize"), ("essais/grenoble", "case study"), ("2042/cachan", "laureate")} <= standings
    [figure] = [row for row in rows["indicators"] if row["subject"] == "2042/maison"]
    assert (figure["standing"], figure["edition"]) == ("jury prize", "2042")


def test_each_sheet_is_accounted_for(rows: dict[str, Rows]) -> None:
    [house] = [row for row in rows["sheets"] if row["thing"] == "2042/maison"]
    assert house == {
        "sheet": "7",
        "outcome": "record",
        "thing": "2042/maison",
        "edition": "2042",
        "status": "jury prize",
        "stars": "",
        "title": "LA MAISON QUI ÉCOUTE",
        "carrier": "Maison fictive du dialogue",
        "carrier_code": "",  # an association is no territory
        "faults": "lost-comma",
    }
    [platform] = [row for row in rows["sheets"] if row["thing"] == "essais/grenoble"]
    assert (platform["edition"], platform["status"], platform["carrier_code"]) == ("", "case study", "38185")


@pytest.mark.slow
@pytest.mark.parametrize("query", ["tools-most-used", "laureates-per-theme", "laureates-per-departement", "laureates"])
def test_no_query_counts_a_case_among_laureates(query: str, editions_store: Store) -> None:
    """Without the cases, it says the same."""
    without = Store()
    without.extend(quad for quad in editions_store if f"{BASE}case/" not in str(quad))
    found = question.find(query, {}, CONTEXT)
    one, other = ([tuple(map(str, row)) for row in Embedded(store).ask(found)] for store in (editions_store, without))  # type: ignore[union-attr]
    assert one == other


def test_an_edition_says_how_complete_its_list_is(editions_store: Store) -> None:
    found = Embedded(editions_store).ask(question.find("completeness-of-editions", {}, CONTEXT))
    assert isinstance(found, QuerySolutions)
    told = {row["edition"].value: (row["laureates"].value, row["completeness"].value) for row in found}
    assert told["2020"] == ("40", "complète")
    assert [told[year] for year in YEARS] == [("4", "complète"), ("2", "inconnue"), ("0", "inconnue")]


# --- the dumps, the catalogue, the guide


@pytest.mark.slow
def test_every_dump_is_the_same_graph(published: dict[str, bytes], editions_store: Store) -> None:
    whole = set(triples(editions_store))
    for extension, form in (("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES), ("rdf", RdfFormat.RDF_XML)):
        assert {q.triple for q in parse(published[f"dumps/trophees.{extension}"], format=form)} == whole, extension
    for extension, form in (("trig", RdfFormat.TRIG), ("nq", RdfFormat.N_QUADS)):
        assert set(parse(published[f"dumps/trophees.{extension}"], format=form)) == set(editions_store), extension


@pytest.mark.slow
def test_the_compact_json_ld_comes_back(published: dict[str, bytes], editions_store: Store) -> None:
    found = parse(published["dumps/trophees.jsonld"], format=RdfFormat.JSON_LD)
    assert {q.triple for q in found} == set(triples(editions_store))


def test_portals_accept_the_catalogue(published: dict[str, bytes], editions: Project) -> None:
    said = [quad.triple for quad in parse(published["catalog.ttl"], format=RdfFormat.TURTLE)]
    assert catalogue_check.check(said, editions.catalog_shapes()) == []


@pytest.mark.slow
def test_the_guide_names_every_graph_and_the_search_finds_every_laureate(
    site: dict[str, bytes], editions: Project, shown: Store
) -> None:
    graphs = {graph.value for graph in shown.named_graphs() if isinstance(graph, NamedNode)}
    told = {editions.context.expand(g["graph"], vocab=False) for g in json.loads(site["guide.json"])["graphs"]}
    assert graphs == told
    search = site["assets/search-fr.js"] + site["assets/search-en.js"]
    for laureate in ("2020/cachan", "2041/cachan", "2041/mention", "2042/cachan"):
        assert f"laureate/{laureate}/".encode() in search


# --- the site


@pytest.mark.slow
def test_no_page_leads_nowhere(site: dict[str, bytes], published: dict[str, bytes], pages: dict[str, str]) -> None:
    ids = {path: {html.unescape(i) for i in ID.findall(text)} for path, text in pages.items()}
    there = site.keys() | published.keys()
    broken = []
    for path, text in pages.items():
        for link in sorted({html.unescape(found) for found in LINK.findall(text)}):
            if not link.startswith(("http://", "https://", "data:", "mailto:")):
                file, fragment = target("" if link.startswith("/") else path, link.removeprefix("/"))
                lost = fragment and file in ids and "playground" not in file and fragment not in ids[file]
                broken += [(path, link)] if file not in there or lost else []
    assert broken == []


@pytest.mark.slow
def test_every_page_is_light(pages: dict[str, str]) -> None:
    weights = {path: packed(text.encode()) for path, text in pages.items()}
    assert {path: weight for path, weight in weights.items() if weight >= BUDGET} == {}


@pytest.mark.slow
def test_each_new_thing_has_its_page_in_both_languages(editions_store: Store, pages: dict[str, str]) -> None:
    ours = {q.subject.value.removeprefix(BASE) for q in editions_store if isinstance(q.subject, NamedNode)}
    new = {name for name in ours if "#" not in name and re.search(r"/204[123](/|$)|fictif|fictive", name)}
    assert {"laureate/2041/cachan", "laureate/2042/cachan", "edition/2043", "graph/sheets/2042"} <= new
    assert {path for name in new for path in (f"{name}/index.html", f"{name}/en/index.html")} <= pages.keys()


@pytest.mark.slow
def test_what_is_withdrawn_is_in_no_list_and_its_page_leads_to_what_replaces_it(
    pages: dict[str, str], site: dict[str, bytes]
) -> None:
    page = pages["laureate/2041/dialogue/index.html"]
    assert "deux-recits/index.html" in page
    assert "withdrawal/2041-1/index.html" in page
    assert '<meta name="robots" content="noindex">' in page
    lists = ("laureates/", "map/", "explore/", "search/", "index", "assets/search-", "assets/playground-names")
    told = {path: data.decode() for path, data in site.items() if path.startswith(lists) and path.endswith(("l", "s"))}
    assert {"search/index.html", "laureates/en/index.html", "assets/search-fr.js"} <= told.keys()
    assert "2042/grenoble" in told["assets/search-fr.js"]
    assert [path for path, text in told.items() if "2041/dialogue" in text] == []


@pytest.mark.slow
def test_every_withdrawal_is_told_where_it_is_looked_for(site: dict[str, bytes]) -> None:
    for lang, reason in (("", "deux fiches fictives"), ("en/", "two made-up records")):
        page = html.unescape(site[f"withdrawn/{lang}index.html"].decode())
        assert reason in page
        assert 'id="laureate/2041/dialogue"' in page
        assert 'id="laureate/2041/cachan:indicator-9"' in page
        assert "2041.1" in page
    assert "deux fiches fictives" in site["laureate/2041/dialogue.gone.html"].decode()
    assert [path for path in site if path.endswith(".gone.html")] == ["laureate/2041/dialogue.gone.html"]


@pytest.mark.slow
def test_a_case_has_its_page_and_stands_in_the_list_of_cases_alone(pages: dict[str, str]) -> None:
    for language in ("", "en/"):
        listed = pages[f"cases/{language}index.html"]
        for name in CASES:
            assert f"case/{name}/" in listed
            assert f"case/{name}/{language}index.html" in pages
    for path, text in pages.items():
        if path.startswith("laureates/"):
            assert "case/" not in text
    page = html.unescape(pages["case/2042/maison/index.html"])
    for text in (
        "7.Fiche fictive-Maison_2042",
        "Prix du jury de l'édition fictive 2042",
        "maison.example.org",
        "curateur B",
    ):
        assert text in page, text


@pytest.mark.slow
def test_the_list_of_laureates_says_which_editions_it_has_whole(pages: dict[str, str]) -> None:
    page = re.sub("<[^>]+>", "", html.unescape(pages["laureates/en/index.html"]))
    for year, told in (
        ("2041", "laureates described: 4 (completeness: complete)"),
        ("2042", "2 (completeness: unknown)"),
    ):
        assert re.search(rf"MADE-UP EDITION {year}: .*{re.escape(told)}", page), year


@pytest.mark.slow
def test_a_laureate_told_by_two_sources_shows_what_each_says(pages: dict[str, str]) -> None:
    page = html.unescape(pages["laureate/2041/deux-recits/index.html"])
    for text in ("LE DIALOGUE D'ABORD", "LE DIALOGUE AVANT TOUT", "Maison fictive du dialogue, Cachan"):
        assert text in page, text
    assert "source/palmares-2041" in page


@pytest.mark.slow
def test_every_page_of_a_laureate_tells_search_engines_what_it_is(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        if re.fullmatch(r"laureate/204[12]/[\w-]+/(en/)?index\.html", path):
            found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
            told = [json.loads(text) for text in found]
            withdrawn = "2041/dialogue/" in path
            assert [t["@context"] == "https://schema.org" for t in told] == ([False] if withdrawn else [True, False])
            assert withdrawn or "FICTIVE" in str(told[0]) or "MADE-UP" in str(told[0])


# --- one thing, one endpoint


def test_every_new_thing_can_be_shown(editions: Project, editions_store: Store) -> None:
    subjects = {q.subject for q in editions_store.quads_for_pattern(None, RDF_TYPE, None, None)}
    new = [s for s in subjects if isinstance(s, NamedNode) and re.search(r"/204[123](/|$)|fictif|fictive", s.value)]
    assert len(new) > 15
    for node in new:
        for language in ("fr", "en"):
            assert f"<{node.value}>" in show(Embedded(editions_store), node, editions.context, language)
    assert find(Embedded(editions_store), "2042/cachan", editions.context).value == f"{BASE}laureate/2042/cachan"


@pytest.mark.slow
def test_the_endpoint_answers_with_the_named_graphs_of_every_source(
    published: dict[str, bytes], tmp_path: Path
) -> None:
    server = Served.start(served_folder(tmp_path / "publish", published["dumps/trophees.trig"].decode()))
    try:
        query = f"SELECT ?g ?title {{ GRAPH ?g {{ ?s <{TP}title> ?title }} FILTER(CONTAINS(STR(?s), 'deux-recits')) }}"
        answer = server.rows(query)
    finally:
        server.stop()
    assert {(row["g"].removeprefix(GRAPH), row["title"]) for row in answer} == {
        ("report/2041", "LE DIALOGUE D'ABORD"),
        ("web/palmares-2041", "LE DIALOGUE AVANT TOUT"),
    }
