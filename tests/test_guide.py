"""llms.txt, guide.json and guide.md: nothing in them is not in the graph, and every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import rdflib
from pyoxigraph import NamedNode, QuerySolutions, Store

from trophees.ask import cookbook, engine
from trophees.ask.engine import Embedded
from trophees.ask.explain.checker import remarks
from trophees.ask.explain.profile import Profile
from trophees.ask.question import Question
from trophees.base.namespaces import BASE
from trophees.release.checkout import Project
from trophees.site.model import Inputs, Site
from trophees.site.pages import guide
from trophees.site.pages.guide import model
from trophees.site.pages.guide.markdown import DEFINED, EXAMPLES, plain
from trophees.site.pages.guide.model import said
from trophees.source.insee import PARTIAL

pytestmark = pytest.mark.xdist_group("site")

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ONTOLOGY = NamedNode(BASE + "graph/ontology")
LINK = re.compile(r"\[(?:[^\]\\]|\\.)*\]\(([^)\s]+)\)")
SILENT = {"applications-received", "participatory-budget-amount"}  # the report does not answer them


@pytest.fixture(scope="module")
def texts(built: dict[str, bytes]) -> dict[str, str]:
    return {path: built[path].decode() for path in ("guide.json", "guide.md", "llms.txt")}


@pytest.fixture(scope="module")
def told(texts: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(texts["guide.json"])
    return found


def test_the_endpoint_is_named_where_it_is_known(texts: dict[str, str], site_inputs: Inputs) -> None:
    assert "at `sparql` below the address of whoever runs `trophees serve`" in texts["llms.txt"]
    hosted = Site(replace(site_inputs, url="https://data.example.fr/", sparql="https://data.example.fr/ask"))
    files = {path: data.decode() for path, data in guide.files(hosted)}
    assert "at https://data.example.fr/ask (SPARQL 1.1 Protocol)" in files["llms.txt"]
    assert json.loads(files["guide.json"])["endpoint"] == "https://data.example.fr/ask"


@pytest.fixture(scope="module")
def instances(store: Store) -> Counter[str]:
    return Counter(
        cls for _, cls in {(q.subject, q.object.value) for q in store.quads_for_pattern(None, TYPE, None)  # type: ignore[union-attr]
                           if q.graph_name != ONTOLOGY}
    )  # fmt: skip


@pytest.fixture(scope="module")
def uses(store: Store) -> Counter[str]:
    return Counter(t.predicate.value for t in {q.triple for q in store if q.graph_name != ONTOLOGY})


def test_every_class_that_has_instances_is_named_with_their_number(
    told: dict[str, Any], instances: Counter[str], project: Project
) -> None:
    assert {project.context.expand(c["class"]): c["instances"] for c in told["classes"]} == dict(instances)


def test_every_property_that_is_used_is_named_with_its_uses(
    told: dict[str, Any], uses: Counter[str], project: Project
) -> None:
    named = {project.context.expand(p["property"]): p["uses"] for p in told["properties"]}
    assert named == {iri: number for iri, number in uses.items() if iri != TYPE.value}


def test_a_class_has_the_properties_that_its_instances_have(
    told: dict[str, Any], store: Store, project: Project
) -> None:
    for entry in told["classes"]:
        cls = project.context.expand(entry["class"])
        subjects = {q.subject for q in store.quads_for_pattern(None, TYPE, NamedNode(cls))}
        found = {
            q.predicate.value
            for subject in subjects
            for q in store.quads_for_pattern(subject, None, None)
            if q.graph_name != ONTOLOGY and q.predicate != TYPE
        }
        assert {project.context.expand(name) for name in entry["properties"]} == found, cls


def test_terms_of_ours_are_explained_in_both_languages(told: dict[str, Any]) -> None:
    for entry in told["classes"] + told["properties"]:
        if (entry.get("class") or entry["property"]).startswith("tp:"):
            assert entry["label_fr"]
            assert entry["label_en"]
            assert entry["comment_fr"]
            assert entry["comment_en"]


def test_domains_ranges_and_rules_are_those_of_the_ontology_and_the_shapes(told: dict[str, Any]) -> None:
    stars, year = (next(p for p in told["properties"] if p["property"] == name) for name in ("tp:stars", "tp:year"))
    limits = {"maxCount": "1", "datatype": "xsd:integer", "minInclusive": "1", "maxInclusive": "4"}
    assert (stars["domain"], stars["range"]) == ([], ["xsd:integer"])
    assert stars["rules"] == [{"of": "tp:account", **limits}, {"of": "tp:Laureate", **limits}]
    limits = {"minCount": "1", "maxCount": "1", "datatype": "xsd:gYear", "pattern": "^20[0-9]{2}$"}
    assert (year["domain"], year["range"], year["rules"]) == (
        ["tp:Edition"],
        ["xsd:gYear"],
        [{"of": "tp:Edition", **limits}],
    )
    known = {c["class"] for c in told["classes"]}
    for entry in told["properties"]:
        for name in entry["domain"]:
            assert name in known or not name.startswith("tp:"), name


def test_the_prefixes_are_those_of_the_context(told: dict[str, Any], project: Project) -> None:
    assert told["prefixes"] == project.context.prefixes
    assert list(told["prefixes"]) == sorted(told["prefixes"])


def test_every_named_graph_is_there_with_its_size(told: dict[str, Any], store: Store, project: Project) -> None:
    sizes = Counter(q.graph_name.value for q in store if isinstance(q.graph_name, NamedNode))
    assert {project.context.expand(g["graph"], vocab=False): g["triples"] for g in told["graphs"]} == dict(sizes)
    assert all(g["label_en"] and g["label_fr"] for g in told["graphs"])


def test_every_query_runs_has_rows_and_these_columns(told: dict[str, Any], store: Store, project: Project) -> None:
    assert [q["name"] for q in told["queries"]] == list(cookbook.queries())
    for entry in told["queries"]:
        query = cookbook.load(entry["sparql"], entry["name"])
        assert [p["name"] for p in entry["parameters"]] == [p.name for p in query.params]
        defaults = {p["name"]: p["default"] for p in entry["parameters"] if p["default"]}
        values = cookbook.substitutions(query, defaults, project.context)
        solutions = engine.Embedded(store).ask(Question("query", entry["sparql"], values))
        assert isinstance(solutions, QuerySolutions)
        assert entry["columns"] == [v.value for v in solutions.variables]
        assert (next(solutions, None) is not None) == (entry["name"] not in SILENT), entry["name"]


def test_the_examples_run_alone_and_have_rows(texts: dict[str, str], store: Store) -> None:
    examples = re.findall(r"^```sparql\n(.*?)^```$", texts["guide.md"], re.MULTILINE | re.DOTALL)
    assert len(examples) == len(EXAMPLES)
    for text in examples:
        solutions = engine.Embedded(store).ask(Question("query", text))
        assert isinstance(solutions, QuerySolutions)
        assert next(solutions, None) is not None


def test_the_guide_to_read_has_every_term(texts: dict[str, str], told: dict[str, Any]) -> None:
    for entry in told["classes"]:
        assert f"\n| `{entry['class']}` | {entry['instances']} |" in texts["guide.md"]
    for entry in told["properties"]:
        assert f"\n| `{entry['property']}` |" in texts["guide.md"]
    for line in texts["guide.md"].splitlines():
        if line.startswith("| "):
            assert len(re.findall(r"(?<!\\)\|", line)) in (4, 6, 9)
            assert not re.search(r"\|\s*\|", line), line  # no cell is empty


def test_how_many_values_each_has_is_what_the_graph_holds(told: dict[str, Any], store: Store) -> None:
    each = {entry["property"]: entry["each"] for entry in told["properties"]}
    of = {entry["property"]: entry["of"] for entry in told["properties"]}
    numbers = "SELECT ?n {{ {{ SELECT ?s (COUNT(DISTINCT ?v) AS ?n) {{ {0} ?s {1} ?v }} GROUP BY ?s }} }}"
    for name in ("tp:usesTool", "tp:inRegion", "tp:start", "tp:edition", "tp:stars", "tp:role", "tp:siren"):
        kinds = f"VALUES ?kind {{ {' '.join(of[name])} }} ?s a ?kind ."
        having = [int(row["n"].value) for row in rows(store, prefixed(told, numbers.format(kinds, name)))]
        (every,) = rows(store, prefixed(told, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {kinds} }}"))
        least, most = min(having) if len(having) == int(every["n"].value) else 0, max(having)
        assert each[name] == (f"{least}–{most}" if least < most else str(most)), name
    assert each["skos:prefLabel"] == "0–1"  # one for a language
    assert each["tp:edition"] == "0–1"  # cases of no edition


def test_a_property_that_some_editions_lack_says_so(told: dict[str, Any], texts: dict[str, str], store: Store) -> None:
    editions = {entry["property"]: entry["editions"] for entry in told["properties"]}
    query = prefixed(
        told, "SELECT DISTINCT (STR(?y) AS ?year) { ?l PROPERTY ?v ; tp:edition/tp:year ?y } ORDER BY ?year"
    )
    for name in ("tp:order", "tp:printedDepartementCode"):
        having = [row["year"].value for row in rows(store, query.replace("PROPERTY", name))]
        assert editions[name] == having, name
        assert f"In this graph, of {', '.join(having)} only." in texts["guide.md"]
    assert editions["tp:usesTool"] == []
    assert editions["skos:prefLabel"] == []


def test_a_kind_of_numbers_tells_whose_they_are_and_in_which_units(told: dict[str, Any], store: Store) -> None:
    (kinds,) = (s["concepts"] for s in told["vocabularies"] if s["scheme"] == "vocabulary:indicator-kinds")
    query = prefixed(
        told,
        "SELECT ?unit ?l { ?i tp:indicatorKind KIND ; tp:unit ?unit ; tp:about ?s "
        "BIND(EXISTS { ?s a tp:Laureate } AS ?l) }",
    )
    for entry in kinds:
        found = rows(store, query.replace("KIND", entry["concept"]))
        assert Counter(row["unit"].value for row in found) == entry.get("units", {}), entry["concept"]
        assert sum(row["l"].value == "true" for row in found) == entry["of_laureates"], entry["concept"]


def prefixed(told: dict[str, Any], query: str) -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in told["prefixes"].items()) + query


def rows(store: Store, query: str) -> list[Any]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return list(found)


def test_what_is_to_be_written_of_a_property_matches_what_it_is_said_of(told: dict[str, Any], store: Store) -> None:
    """In plain SPARQL, with the prefixes of the guide and no help of ours."""
    for entry in told["properties"]:
        name = entry["property"] if not entry["property"].startswith("http") else f"<{entry['property']}>"
        assert entry["write"].startswith(f"{name} ")
        found = rows(store, prefixed(told, f"SELECT ?x {{ ?x {entry['write']} }} LIMIT 1"))
        assert found, entry["write"]
    for entry in told["classes"]:
        name = entry["class"] if not entry["class"].startswith("http") else f"<{entry['class']}>"
        assert rows(store, prefixed(told, f"SELECT * {{ {entry['example']} a {name} ; ?p ?o }} LIMIT 1")), name


@pytest.mark.slow
def test_a_value_that_is_written_is_the_same_to_another_engine(told: dict[str, Any], store: Store) -> None:
    """An engine that compares literals by their form must find it, too."""
    graph = rdflib.Graph()
    wanted = [entry for entry in told["properties"] if "?text" not in entry["write"]]
    for entry in wanted:
        ask = prefixed(told, f"CONSTRUCT {{ ?x {entry['write']} }} WHERE {{ ?x {entry['write']} }} LIMIT 1")
        made = store.query(ask, use_default_graph_as_union=True)
        graph.parse(data=b"\n".join(str(t).encode() + b" ." for t in made), format="nt")  # type: ignore[union-attr]
    assert len(wanted) > 100
    for entry in wanted:
        assert graph.query(prefixed(told, f"ASK {{ ?x {entry['write']} }}")).askAnswer, entry["write"]


def test_a_path_finds_something_and_the_checker_has_nothing_to_say(
    told: dict[str, Any], store: Store, project: Project
) -> None:
    profile = Profile(Embedded(store, project.context.prefixes), project.context.prefixes, 1e6)
    assert len(told["paths"]) > 40
    for entry in told["paths"]:
        query = f"SELECT * {{ {entry['write']} }}"
        assert rows(store, prefixed(told, query)), entry["to_ask"]
        assert remarks(Question("path", query), profile) == [], entry["to_ask"]
    assert len({entry["to_ask"] for entry in told["paths"]}) == len(told["paths"])


def test_every_concept_is_there_once_below_what_is_above_it(told: dict[str, Any], store: Store) -> None:
    listed = [concept for scheme in told["vocabularies"] for concept in scheme["concepts"]]
    known = rows(store, prefixed(told, "SELECT ?c { ?c skos:inScheme ?s }"))
    assert len({concept["concept"] for concept in listed}) == len(listed) == len(known)
    for scheme in told["vocabularies"]:
        above: list[str] = []
        for concept in scheme["concepts"]:
            above[concept["depth"] :] = [concept["concept"]]
            assert not concept["broader"] or above[concept["depth"] - 1] in concept["broader"]
            assert bool(concept["broader"]) == (concept["depth"] > 0)


def test_a_concept_stands_under_the_first_that_it_names_and_the_page_names_the_others(
    texts: dict[str, str], told: dict[str, Any]
) -> None:
    several = 0
    for scheme in told["vocabularies"]:
        path: list[str] = []
        for entry in scheme["concepts"]:
            path[entry["depth"] :] = [entry["concept"]]
            assert entry["broader"][:1] == path[-2:-1]
            line = next(
                one for one in texts["guide.md"].splitlines() if one.lstrip().startswith(f"- `{entry['concept']}`")
            )
            assert [f"also under {broader}" in line for broader in entry["broader"]] == [
                place > 0 for place in range(len(entry["broader"]))
            ]
            several += len(entry["broader"]) > 1
    assert several


@pytest.mark.slow
def test_the_numbers_of_a_concept_are_those_of_the_graph(
    told: dict[str, Any], texts: dict[str, str], store: Store
) -> None:
    listed = {c["concept"]: c for scheme in told["vocabularies"] for c in scheme["concepts"]}
    for name, path in (("tool:enquete", "usesTool"), ("theme:energies-renouvelables", "addresses")):
        query = f"SELECT DISTINCT ?l {{ ?l a tp:Laureate ; tp:{path}/skos:broader* {name} }}"
        assert listed[name]["laureates"] == len(rows(store, prefixed(told, query))) > 1
    offered = prefixed(
        told, "SELECT ?c { ?u tp:tool ?c FILTER NOT EXISTS { ?l a tp:Laureate ; tp:usesTool/skos:broader* ?c } }"
    )
    unused = {row["c"].value for row in rows(store, offered)}
    listed_as_none = {
        name for name, c in listed.items() if name.startswith("tool:") and not c["laureates"] and c["uses"]
    }
    assert {BASE + name.replace(":", "/", 1) for name in listed_as_none} == unused != set()
    for name in listed_as_none:
        assert f"- `{name}` (0, named by {listed[name]['uses']}) " in texts["guide.md"]
    carriers = rows(store, prefixed(told, "SELECT ?i { ?i tp:role role:carrier }"))
    assert listed["role:carrier"]["uses"] == len(carriers)
    assert "sortition" in listed["tool:tirage-au-sort"]["other_names"]


def test_short_lists_say_what_their_concepts_stand_for(
    texts: dict[str, str], told: dict[str, Any], store: Store
) -> None:
    schemes = {scheme["scheme"].removeprefix("vocabulary:"): scheme["concepts"] for scheme in told["vocabularies"]}
    assert set(DEFINED) <= set(schemes)
    for name in DEFINED:
        for concept in schemes[name]:
            query = f"SELECT ?d {{ {concept['concept']} skos:definition ?d FILTER(LANG(?d) = 'en') }}"
            [[definition]] = rows(store, prefixed(told, query))
            assert definition.value == concept["definition_en"]
            assert re.search(rf"- `{concept['concept']}` .*: {re.escape(definition.value)}\n", texts["guide.md"])


def test_an_epci_has_all_its_communes_if_and_only_if_it_says_nothing_else(
    told: dict[str, Any], texts: dict[str, str], store: Store
) -> None:
    """A note is the one thing by which a query can tell, so no EPCI has another."""
    assert {e["whole"] for e in told["geography"]["epci"]} == {True, False}
    every = rows(store, prefixed(told, "SELECT ?e { ?e a igeo:Intercommunalite }"))
    assert len(told["geography"]["epci"]) == len(every)
    named = "SELECT ?e { ?e a igeo:Intercommunalite . ?f (tp:territory|tp:homeTerritory|tp:placedIn)/tp:replaces? ?e }"
    wanted = {row["e"].value for row in rows(store, prefixed(told, named))}
    expand = told["prefixes"]["epci"]
    whole = {expand + e["epci"].partition(":")[2] for e in told["geography"]["epci"] if e["whole"]}
    assert whole == wanted
    notes = rows(store, prefixed(told, "SELECT DISTINCT ?n { ?e a igeo:Intercommunalite ; tp:note ?n }"))
    assert {row["n"].value for row in notes} == {PARTIAL.fr, PARTIAL.en}
    for entry in told["geography"]["epci"]:
        shown = f"`{entry['epci']}` {entry['label_fr']} ({entry['communes']})" in texts["guide.md"]
        assert shown == entry["whole"], entry
    communes = {e["epci"]: e["communes"] for e in told["geography"]["epci"]}
    assert (communes["epci:245900410"], communes["epci:200093201"]) == (90, 95)  # before and after March 2020


def test_what_is_said_of_the_reach_of_the_geography_is_so(told: dict[str, Any], store: Store) -> None:
    """Each ASK finds what would be an exception."""
    named = "{ ?f tp:territory|tp:homeTerritory|tp:placedIn ?t }"
    for exception in (
        f"ASK {{ ?t a igeo:Commune ; tp:currentEpci ?e FILTER EXISTS {{ ?e tp:note ?n }} FILTER NOT EXISTS {named} }}",
        f"ASK {{ ?t a igeo:Commune FILTER NOT EXISTS {{ ?t tp:population ?p }} FILTER EXISTS {named} }}",
        f"ASK {{ ?t a igeo:Commune ; tp:population ?p FILTER NOT EXISTS {named} }}",
        f"ASK {{ ?t a igeo:Arrondissement FILTER NOT EXISTS {named} "
        "FILTER NOT EXISTS { ?c a igeo:Commune ; igeo:subdivisionDe ?t } }",
        "ASK { ?t a igeo:Intercommunalite FILTER NOT EXISTS { ?c tp:memberOf|tp:currentEpci ?t } }",
        f"ASK {{ ?m tp:memberCommune ?t ; tp:memberOf/tp:note ?n FILTER NOT EXISTS {named} }}",
        f"ASK {{ ?t a igeo:Commune ; tp:currentEpci ?e FILTER EXISTS {named} "
        'FILTER NOT EXISTS { ?m tp:memberCommune ?t ; tp:validOn "2020-01-01"^^xsd:date } }',
        "ASK { ?p tp:populationKind population-kind:totale . ?t a igeo:Commune ; tp:population ?p }",
    ):
        assert not store.query(prefixed(told, exception), use_default_graph_as_union=True), exception
    listed = {(p["class"], p["kind"], p["year"]): p["territories"] for p in told["geography"]["populations"]}
    counts = rows(store, prefixed(told, "SELECT DISTINCT ?p { ?t tp:population ?p }"))
    assert sum(listed.values()) == len(counts)
    named = "SELECT DISTINCT ?t { ?f tp:territory|tp:homeTerritory|tp:placedIn ?t . ?t a igeo:Commune }"
    assert listed["igeo:Commune", "population-kind:municipale", "2019"] == len(rows(store, prefixed(told, named)))
    years = [{year for of, _, year in listed if of == cls} for cls in ("igeo:Commune", "igeo:Intercommunalite")]
    assert years[0].isdisjoint(years[1])
    unknown = 'SELECT ?c { ?c tp:currentEpci ?e MINUS { ?m tp:memberCommune ?c ; tp:validOn "2020-01-01"^^xsd:date } }'
    assert told["geography"]["unknown_before"] == len(rows(store, prefixed(told, unknown))) > 0


def path(told: dict[str, Any], beginning: str) -> str:
    [found] = [entry["write"] for entry in told["paths"] if entry["to_ask"].startswith(beginning)]
    return prefixed(told, f"SELECT * {{ {found} }}")


def test_the_paths_of_dates_reach_whatever_is_dated_posts_included(told: dict[str, Any], store: Store) -> None:
    dated = {row["f"] for row in rows(store, prefixed(told, "SELECT ?f { ?f tp:start ?edtf }"))}
    assert {row["p"] for row in rows(store, path(told, "dates as they are given"))} == dated
    dated = {row["f"] for row in rows(store, prefixed(told, "SELECT ?f { ?f tp:startYear|tp:endYear 2020 }"))}
    assert {row["p"] for row in rows(store, path(told, "what begins or ends in a year"))} == dated
    posts = prefixed(told, "SELECT ?f { ?f a tp:Appointment ; tp:startYear ?year }")
    reached = {row["a"] for row in rows(store, path(told, "posts and mandates"))}
    assert reached == {row["f"] for row in rows(store, posts)} != set()
    overlapping = {row["p"] for row in rows(store, path(told, "what may overlap an interval"))}
    assert overlapping & reached
    assert len(overlapping) == len(rows(store, path(told, "what may overlap an interval")))


def test_the_path_of_the_first_ones_keeps_those_that_tie_with_the_last(told: dict[str, Any], store: Store) -> None:
    uses = {(row["l"], row["t"]) for row in rows(store, prefixed(told, "SELECT ?l ?t { ?l tp:usesTool ?t }"))}
    tools = Counter(laureate for laureate, _ in uses)
    least = sorted(tools.values())[-5]
    wanted = {laureate: number for laureate, number in tools.items() if number >= least}
    assert len(wanted) > 5  # several tie
    found = rows(store, path(told, "the five laureates with most tools"))
    assert {row["l"]: int(row["n"].value) for row in found} == wanted
    assert len(found) == len(wanted)


def test_an_aspect_is_stated_by_a_fact_wherever_it_is_not_said_to_be_missing(
    told: dict[str, Any], store: Store
) -> None:
    """Of the kinds of facts that the trap of tp:notStated names, what is told of the carrier does not count.

    Nor is a coverage missing where the carrier has no territory of its own: it may concern the country, or a company.
    """
    facts = {
        "outcome": "?l tp:outcome ?x",
        "budget": "?l tp:indicator ?i . ?i tp:indicatorKind ?k FILTER(?k NOT IN (measure:turnover, "
        "measure:carrier-budget)) OPTIONAL { ?i tp:base ?base } ?i tp:unit ?unit "
        "FILTER(?unit = 'EUR' || CONTAINS(?base, 'budget'))",
        "date": "?l tp:period ?x",
        "territory": "?l tp:coverage ?x",
        "participants": "?l tp:indicator/tp:indicatorKind ?k FILTER(?k IN (measure:participants, "
        "measure:associations, measure:surveys, measure:visitors, measure:members, measure:groups, "
        "measure:contributions))",
    }
    assert {f"aspect:{name}" for name in facts} == {
        c["concept"] for s in told["vocabularies"] if s["scheme"] == "vocabulary:aspects" for c in s["concepts"]
    }
    for name, fact in facts.items():
        local = "tp:carriedBy/tp:homeTerritory ?home" if name == "territory" else "a tp:Laureate"
        neither = (
            f"?l a tp:Laureate ; {local} FILTER NOT EXISTS {{ ?l tp:notStated aspect:{name} }} "
            f"FILTER NOT EXISTS {{ {fact} }}"
        )
        assert not rows(store, prefixed(told, f"SELECT ?l {{ {neither} }}")), name
    facts["date"] += " . ?x tp:periodKind ?kind FILTER(?kind != period-kind:creation)"
    for name in facts.keys() - {"participants"}:
        both = f"SELECT ?l {{ ?l a tp:Laureate ; tp:notStated aspect:{name} . {facts[name]} }}"
        assert not rows(store, prefixed(told, both)), name


def test_what_traps_say_of_places_and_audiences_is_so(told: dict[str, Any], store: Store) -> None:
    for exception in (
        "ASK { ?l tp:covers ?e, ?c . ?e a igeo:Intercommunalite . ?c a igeo:Commune ; tp:currentEpci ?e "
        "FILTER NOT EXISTS { ?l tp:coverage/tp:territory ?c } }",
        "ASK { VALUES ?a { audience:habitants audience:citoyens audience:grand-public } ?a skos:broader ?b }",
        "ASK { organisation:ville-de-paris tp:homeTerritory ?t FILTER(?t != commune:75056) }",
    ):
        assert not store.query(prefixed(told, exception), use_default_graph_as_union=True), exception
    apart = "ASK { ?l tp:covers ?p . ?p tp:placedIn ?in FILTER NOT EXISTS { ?l tp:covers ?in } }"
    assert store.query(prefixed(told, apart), use_default_graph_as_union=True)


@pytest.mark.slow
def test_the_laureates_are_listed_where_they_are_few(
    told: dict[str, Any], store: Store, site_inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "SELECT ?l ?name { ?l a tp:Laureate ; skos:prefLabel ?name FILTER(LANG(?name) = 'en') }"
    named = {row["l"].value: row["name"].value for row in rows(store, prefixed(told, query))}
    assert bool(told["laureates"]) == (len(named) <= model._LISTED)
    monkeypatch.setattr(model, "_LISTED", len(named))
    files = {name: data.decode() for name, data in guide.files(Site(site_inputs))}
    entries = json.loads(files["guide.json"])["laureates"]
    assert {told["prefixes"]["laureate"] + e["laureate"].partition(":")[2]: e["label_en"] for e in entries} == named
    for entry in entries:
        assert f"\n- `{entry['laureate'].partition(':')[2]}` {plain(entry['label_en'])}\n" in files["guide.md"]
    monkeypatch.setattr(model, "_LISTED", len(named) - 1)
    files = {name: data.decode() for name, data in guide.files(Site(site_inputs))}
    assert json.loads(files["guide.json"])["laureates"] == []
    assert "## Laureates" not in files["guide.md"]


def test_a_page_is_enough_and_not_too_much(texts: dict[str, str], told: dict[str, Any]) -> None:
    """160 kB: a reader with nothing else at hand chose wrongly between concepts whose meaning the page did not tell.

    Six editions name some 600 concepts, which take 58 kB, and 150 properties, which take 37: each a line of its own.
    Laureates and cases, of which there will be ever more, are not in it.
    """
    assert len(texts["guide.md"].encode()) < 161_000
    for scheme in told["vocabularies"]:
        for concept in scheme["concepts"]:
            assert f"- `{concept['concept']}` (" in texts["guide.md"]
    assert "question: q" not in "".join(texts.values())


def test_every_trap_and_every_meaning_is_of_a_term_that_is_used(told: dict[str, Any]) -> None:
    used = {e["property"] for e in told["properties"]} | {e["class"] for e in told["classes"]}
    # of records that need not be there
    assert {*said()["trap"], *said()["meaning"]} - used <= {"dcterms:date", "foaf:page"}
    for entry in told["properties"] + told["classes"]:
        assert entry.get("meaning") or entry["comment_en"], entry


def test_the_trap_of_two_languages_is_shown_with_what_the_graph_answers(
    told: dict[str, Any], texts: dict[str, str], store: Store
) -> None:
    shown = told["doubled"]
    [[wrong]] = rows(store, prefixed(told, shown["wrong"]))
    [[right]] = rows(store, prefixed(told, shown["wrong"].replace(" }", ' FILTER(LANG(?what) = "en") }')))
    assert (wrong.value, right.value) == (shown["answer_wrong"], shown["answer_right"])
    assert float(wrong.value) == 2 * float(right.value)
    assert f"answers {wrong.value};" in texts["guide.md"]


def test_the_lines_of_from_make_a_store_without_a_union_answer(
    told: dict[str, Any], texts: dict[str, str], store: Store
) -> None:
    lines = re.findall(r"^FROM <\S+>$", texts["guide.md"], re.MULTILINE)
    assert "\n".join(lines) + "\n" == told["from"]
    query = "SELECT ?l ?t {} {{ ?l a tp:Laureate ; tp:usesTool ?t . ?t skos:prefLabel ?n FILTER(LANG(?n) = 'en') }}"
    alone = store.query(prefixed(told, query.format(told["from"])))
    assert isinstance(alone, QuerySolutions)
    assert len(list(alone)) == len(rows(store, prefixed(told, query.format("")))) > 100


def test_llms_txt_has_the_form_that_its_readers_expect(texts: dict[str, str]) -> None:
    """A title, a summary, then sections that are lists of links; “Optional” is the last."""
    head, *sections = re.split(r"^## ", texts["llms.txt"], flags=re.MULTILINE)
    assert re.match(r"# [^\n]+\n\n> [^\n]+\n\n[^#>\n]", head)
    titles = [section.partition("\n")[0] for section in sections]
    assert titles == ["Guide", "Data", "Model", "Pages", "Optional"]
    for section in sections:
        lines = section.partition("\n")[2].strip().splitlines()
        assert lines
        for line in lines:
            assert re.fullmatch(r"- \[[^\]]+\]\([^)\s]+\)(: \S.*)?", line), line


def test_every_link_leads_to_a_published_file(
    texts: dict[str, str], built: dict[str, bytes], site_inputs: Inputs
) -> None:
    for path, least in (("llms.txt", 50), ("guide.md", 1)):
        links = LINK.findall(texts[path])
        assert len(links) >= least
        for link in links:
            assert link in built or link in site_inputs.published, link


def test_the_site_has_them_and_the_page_of_the_dataset_leads_there(
    texts: dict[str, str], built: dict[str, bytes]
) -> None:
    assert {path: built[path].decode() for path in texts} == texts
    page = built["data/en/index.html"].decode()
    for path, media_type in (
        ("guide.json", "application/json"),
        ("guide.md", "text/markdown"),
        ("llms.txt", "text/plain"),
    ):
        assert f'<link rel="alternate" type="{media_type}" href="../../{path}"' in page


def test_a_graph_without_a_dataset_has_no_guide(site_inputs: Inputs) -> None:
    empty = Inputs(Store(), site_inputs.shapes, site_inputs.context, "1")
    assert list(guide.files(Site(empty))) == []
