"""The reference geography: what must hold of the real extracts, and of the quads read from them."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from trophees.ask import cookbook
from trophees.ask.text import bound
from trophees.base.context import Context
from trophees.base.namespaces import IGEO, SKOS
from trophees.source.insee import BASE, COLUMNS, TP, read

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "reference"
VINTAGES = ("2020-01-01", "2021-01-01", "2026-01-01")
GRAPH = f"{BASE}graph/insee/"
PREFIXES = (
    f"PREFIX tp: <{TP}> PREFIX igeo: <{IGEO}> PREFIX skos: <{SKOS}>"
    f" PREFIX commune: <{BASE}territory/commune/> PREFIX epci: <{BASE}territory/epci/>"
    f" PREFIX departement: <{BASE}territory/departement/> PREFIX region: <{BASE}territory/region/>"
    " PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)


def table(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return list(read(FOLDER))


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


@pytest.fixture(scope="module")
def extract() -> ModuleType:
    """The script as a module, loaded without leaving a compiled file among the data."""
    module, path = ModuleType("extract"), Path(__file__).parents[1] / "tools" / "insee_extract.py"
    exec(compile(path.read_text("utf-8"), path, "exec"), module.__dict__)
    return module


def ask(store: Store, pattern: str) -> list[tuple[str, ...]]:
    """The rows that answer `pattern` in the union of the graphs, sorted."""
    found = store.query(PREFIXES + pattern, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(term.value for term in row) for row in found)


def values(store: Store, pattern: str) -> list[str]:
    return [row[0] for row in ask(store, f"SELECT DISTINCT ?v WHERE {{ {pattern} }}")]


# --- what the territories are


def test_101_departements_and_18_regions(store: Store) -> None:
    assert len(values(store, "?v a igeo:Departement")) == 101
    assert len(values(store, "?v a igeo:Region")) == 18


def test_each_departement_is_in_one_region_and_each_region_has_one(store: Store) -> None:
    pairs = ask(store, "SELECT ?d ?r { ?d a igeo:Departement ; igeo:subdivisionDe ?r }")
    assert len(pairs) == len({departement for departement, _ in pairs}) == 101
    assert {region for _, region in pairs} == set(values(store, "?v a igeo:Region"))


def test_each_commune_is_in_one_departement_and_its_code_says_which(store: Store) -> None:
    communes = values(store, "?v a igeo:Commune")
    pattern = "?c a igeo:Commune ; igeo:subdivisionDe ?d . ?d a igeo:Departement"
    pairs = ask(store, f"SELECT DISTINCT ?c ?d {{ {pattern} }}")
    assert [commune for commune, _ in pairs] == communes
    for commune, departement in pairs:
        assert commune.rsplit("/", 1)[1].startswith(departement.rsplit("/", 1)[1])


def test_every_parent_is_described(store: Store) -> None:
    parents = set(values(store, "?c igeo:subdivisionDe ?v"))
    assert parents <= set(values(store, "?v a tp:Territory"))


@pytest.mark.parametrize(
    ("level", "codes"),
    [("departement", {"01", "2A", "2B", "75", "94", "974", "976"}), ("region", {"01", "11", "93"})],
)
def test_codes_are_text(store: Store, level: str, codes: set[str]) -> None:
    igeo_class = level.capitalize()
    found = values(store, f"?t a igeo:{igeo_class} ; igeo:codeINSEE ?v")
    assert codes <= set(found)
    for code in found:
        assert values(store, f'?v a igeo:{igeo_class} ; igeo:codeINSEE "{code}"') == [f"{BASE}territory/{level}/{code}"]


def test_a_leading_zero_is_kept(store: Store) -> None:
    assert values(store, "commune:01004 igeo:codeINSEE ?v") == ["01004"]
    assert values(store, "commune:01004 skos:exactMatch ?v") == ["http://id.insee.fr/geo/commune/01004"]


# --- EPCI and their members


def test_members_of_the_cinor(store: Store) -> None:
    for date in VINTAGES:
        member = f'?m tp:memberOf epci:249740119 ; tp:validOn "{date}"^^xsd:date'
        codes = values(store, f"{member} ; tp:memberCommune/igeo:codeINSEE ?v")
        assert codes == ["97411", "97418", "97420"]


def test_saint_pierre_du_perray_is_in_grand_paris_sud(store: Store) -> None:
    assert values(store, "?m tp:memberCommune commune:91573 ; tp:memberOf ?v") == [f"{BASE}territory/epci/200059228"]


@pytest.mark.parametrize(
    ("date", "siren"),
    [("2020-01-01", "245900410"), ("2021-01-01", "200093201"), ("2026-01-01", "200093201")],
)
def test_marcq_is_in_the_metropole_of_its_time(store: Store, date: str, siren: str) -> None:
    member = f'?m tp:memberCommune commune:59378 ; tp:validOn "{date}"^^xsd:date'
    assert values(store, f"{member} ; tp:memberOf ?v") == [f"{BASE}territory/epci/{siren}"]


def test_the_renumbered_epci(store: Store) -> None:
    assert ask(store, "SELECT ?new ?old { ?new tp:replaces ?old }") == [
        (f"{BASE}territory/epci/200093201", f"{BASE}territory/epci/245900410")
    ]
    assert values(store, "epci:245900410 tp:validOn ?v") == ["2020-01-01"]
    assert values(store, "GRAPH ?v { epci:245900410 a tp:Territory }") == [f"{GRAPH}2020-01-01"]


def test_only_the_cited_communes_of_an_epci_that_no_record_cites(extract: ModuleType) -> None:
    partial = {row["code"] for row in table("epci") if row["members"] == "cited"}
    listed = Counter(row["epci"] for row in table("memberships"))
    cited = extract.scan(ROOT / "data")
    members = {row["commune"] for row in table("memberships") if row["epci"] in partial}
    assert members
    assert members <= cited.communes
    assert not partial & cited.epci
    assert listed["200067106"] == 158


@pytest.mark.parametrize("years", [("2020", "2021", "2026"), ("2019", "2031")])
def test_a_question_tells_every_vintage_that_the_tables_have_in_order(store: Store, years: tuple[str, ...]) -> None:
    codes = {"200093201", *(row["replaces"] for row in table("epci") if row["code"] == "200093201")}
    wanted: dict[str, set[str]] = {}
    for row in table("memberships"):
        if row["epci"] in codes:
            wanted.setdefault(row["commune"], set()).update(day[:4] for day in row["valid_on"].split(";"))
    renamed = dict(zip(VINTAGES, years, strict=False))
    moved = Store()
    for quad in store:
        day = quad.object.value if isinstance(quad.object, Literal) else ""
        known = quad.predicate.value == TP + "validOn" and day in renamed
        moved.add(
            Quad(quad.subject, quad.predicate, Literal(renamed[day] + day[4:]), quad.graph_name) if known else quad
        )
    names = {day[:4]: year for day, year in renamed.items()}
    question = cookbook.get("communes-of-an-epci")
    context = Context((ROOT / "data" / "context.jsonld").read_text("utf-8"))
    text = bound(question.text, cookbook.substitutions(question, {}, context))
    found = moved.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    told = {row["commune"].value: row["vintages"].value for row in found}
    assert told == {
        commune: " ".join(sorted(names.get(year, year) for year in some)) for commune, some in wanted.items()
    }
    assert {text.count(" ") for text in told.values()} == {1, 2}


def test_every_member_and_every_epci_is_described() -> None:
    communes = {row["code"]: row for row in table("communes")}
    epci = {row["code"]: row for row in table("epci")}
    for row in table("memberships"):
        assert row["commune"] in communes
        assert row["epci"] in epci


def test_at_a_vintage_a_commune_is_in_at_most_one_epci_and_both_exist_then() -> None:
    existing: dict[str, set[tuple[str, str]]] = {}
    for name in ("communes", "epci"):
        existing[name] = {(r["code"], d) for r in table(name) for d in r["valid_on"].split(";")}
    seen = Counter((row["commune"], date) for row in table("memberships") for date in row["valid_on"].split(";"))
    assert set(seen.values()) == {1}
    assert set(seen) <= existing["communes"]
    members = {(r["epci"], d) for r in table("memberships") for d in r["valid_on"].split(";")}
    assert members == existing["epci"]


def test_an_epci_has_no_insee_iri(quads: list[Quad]) -> None:
    assert not [quad for quad in quads if "id.insee.fr/geo/intercommunalite" in str(quad)]
    links = [quad for quad in quads if quad.predicate.value == f"{SKOS}exactMatch"]
    assert links
    assert not [quad for quad in links if "/epci/" in str(quad.subject)]


# --- names


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("departement:94", "le Val-de-Marne"),
        ("departement:01", "l'Ain"),
        ("departement:75", "Paris"),
        ("departement:974", "La Réunion"),
        ("departement:976", "Mayotte"),
        ("departement:49", "le Maine-et-Loire"),
        ("departement:77", "la Seine-et-Marne"),
        ("departement:28", "l'Eure-et-Loir"),
        ("departement:92", "les Hauts-de-Seine"),
        ("departement:90", "le Territoire de Belfort"),
        ("region:04", "La Réunion"),
        ("region:93", "la Provence-Alpes-Côte d'Azur"),
        ("region:11", "l'Île-de-France"),
        ("region:53", "la Bretagne"),
        ("region:24", "le Centre-Val de Loire"),
        ("commune:49246", "Les Ponts-de-Cé"),
        ("commune:75056", "Paris"),
    ],
)
def test_the_name_that_a_sentence_wants(store: Store, place: str, name: str) -> None:
    assert values(store, f"{place} tp:nameWithArticle ?v") == [name]


def test_only_three_names_go_without_an_article(store: Store) -> None:
    for igeo_class, bare in (
        ("Departement", ["La Réunion", "Mayotte", "Paris"]),
        ("Region", ["La Réunion", "Mayotte"]),
    ):
        names = values(store, f"?t a igeo:{igeo_class} ; tp:nameWithArticle ?v")
        assert [n for n in names if not re.match("l'|(le|la|les) ", n)] == bare


def test_a_vowel_elides_the_article(store: Store) -> None:
    elided = r"^(le|la) [AEÉÈIÎOU]|^l'[^AEÉÈIÎOUHY]"
    for igeo_class in ("Departement", "Region"):
        names = values(store, f"?t a igeo:{igeo_class} ; tp:nameWithArticle ?v")
        assert [name for name in names if re.search(elided, name)] == []


def test_a_name_and_the_same_without_its_article(store: Store) -> None:
    assert values(store, "commune:49246 igeo:nom ?v") == ["Les Ponts-de-Cé"]
    assert values(store, "commune:49246 igeo:nomSansArticle ?v") == ["Ponts-de-Cé"]
    assert values(store, "commune:49246 igeo:codeArticle ?v") == ["4"]
    assert values(store, "departement:94 igeo:nom ?v") == ["Val-de-Marne"]


def test_one_name_per_language_and_the_former_one_apart(store: Store) -> None:
    labels = ask(store, "SELECT ?t ?n (LANG(?n) AS ?l) { ?t skos:prefLabel ?n }")
    assert set(Counter((t, language) for t, _, language in labels).values()) == {1}
    both = "?v skos:altLabel ?old ; skos:prefLabel ?n FILTER (?old = ?n)"
    assert values(store, both) == []


# --- time and graphs


def test_no_vintage_but_those_of_the_sources(quads: list[Quad], extract: ModuleType) -> None:
    assert tuple(extract.VINTAGES) == VINTAGES
    for name in COLUMNS:
        for row in table(name):
            dates = row["valid_on"].split(";")
            assert set(dates) <= set(VINTAGES)
            assert dates == sorted(set(dates))
    assert {str(quad.graph_name) for quad in quads} <= {f"<{GRAPH}{date}>" for date in VINTAGES}


def test_a_quad_stands_in_the_last_vintage_of_its_territory_or_before(store: Store) -> None:
    rows = ask(store, "SELECT ?t (MAX(STR(?d)) AS ?m) { ?t tp:validOn ?d } GROUP BY ?t")
    last = {f"<{territory}>": date for territory, date in rows}
    for quad in store:
        subject, date = str(quad.subject), str(quad.graph_name)[-11:-1]
        if subject in last:
            assert date <= last[subject]
            if quad.predicate.value in (f"{SKOS}prefLabel", f"{TP}validOn"):
                assert date == last[subject]


def test_lines_of_one_territory_never_overlap() -> None:
    for name in ("regions", "departements", "arrondissements", "communes", "epci"):
        seen = Counter((r["code"], d) for r in table(name) for d in r["valid_on"].split(";"))
        assert set(seen.values()) == {1}


def test_what_has_ended_stands_in_an_earlier_graph(store: Store) -> None:
    """Between 2021 and 2026 Oissel became Oissel-sur-Seine: another name, the same INSEE code."""
    assert ask(store, "SELECT ?n ?g { GRAPH ?g { commune:76484 skos:prefLabel|skos:altLabel ?n } }") == [
        ("Oissel", f"{GRAPH}2021-01-01"),
        ("Oissel-sur-Seine", f"{GRAPH}2026-01-01"),
        ("Oissel-sur-Seine", f"{GRAPH}2026-01-01"),
    ]


# --- populations


def test_populations(store: Store) -> None:
    count = "tp:population ?p . ?p tp:populationYear ?y ; tp:populationKind ?k ; tp:inhabitants ?n"
    found = ask(store, f"SELECT ?p ?y ?k ?n {{ epci:249740119 {count} }}")
    assert (
        f"{BASE}territory/epci/249740119#population-2017",
        "2017",
        f"{BASE}population-kind/municipale",
        "205275",
    ) in found
    assert (
        f"{BASE}territory/epci/249740119#population-totale-2017",
        "2017",
        f"{BASE}population-kind/totale",
        "207247",
    ) in found
    assert [row[1::2] for row in ask(store, f"SELECT ?p ?y ?k ?n {{ commune:94016 {count} }}")] == [
        ("2019", "30440"),
        ("2023", "31103"),
    ]


def test_no_year_but_those_verified() -> None:
    found = {
        (row["territory"].split(":")[0], row["valid_on"], row["year"])
        for row in table("populations")
        if not row["territory"].startswith("commune:976")
    }
    assert found == {
        ("epci", "2020-01-01", "2017"),
        ("epci", "2021-01-01", "2018"),
        ("epci", "2026-01-01", "2022"),
        ("commune", "2021-01-01", "2019"),
        ("commune", "2026-01-01", "2023"),
    }


def test_total_population_is_never_below_the_municipal_one() -> None:
    counts = {(r["territory"], r["year"], r["kind"]): int(r["inhabitants"]) for r in table("populations")}
    for (territory, year, kind), inhabitants in counts.items():
        if kind == "totale":
            assert inhabitants >= counts[territory, year, "municipale"] > 0


# --- the quads as such


def test_no_blank_node_and_no_quad_twice(quads: list[Quad]) -> None:
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
    assert len(quads) == len(set(quads))


def test_the_same_quads_in_the_same_order_on_every_machine(quads: list[Quad]) -> None:
    script = (
        "import sys; from pathlib import Path; from trophees.source.insee import read\n"
        "sys.stdout.reconfigure(encoding='utf-8')\n"
        "for quad in read(Path(sys.argv[1])): print(quad)"
    )
    source = str(ROOT / "src")
    runs = [
        subprocess.run(
            [sys.executable, "-c", script, str(FOLDER)],
            check=True,
            capture_output=True,
            env={"PYTHONPATH": source, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == "".join(f"{quad}\n" for quad in quads).encode()


def test_reading_needs_no_rdflib() -> None:
    script = "import sys, trophees.source.insee; sys.exit('rdflib' in sys.modules)"
    env = {"PYTHONPATH": str(ROOT / "src")}
    assert subprocess.run([sys.executable, "-c", script], check=False, env=env).returncode == 0


# --- malformed tables


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in COLUMNS:
        shutil.copy(FOLDER / f"{name}.csv", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "line", "text", "said"),
    [
        ("communes", 1, "code,nom", "the columns must be"),
        ("communes", 2, "1004,Ambérieu-en-Bugey,1,,011,01,84,2020-01-01", "code: “1004”"),
        ("communes", 3, "01004,Ambérieu-en-Bugey", "8 cells expected, 2 found"),
        ("communes", 2, "01004,,1,,011,01,84,2020-01-01", "name: “”"),
        ("communes", 2, "01004,Ambérieu-en-Bugey,9,,011,01,84,2020-01-01", "tncc: “9”"),
        ("communes", 2, '01004,"Ambérieu"-en-Bugey,1,,011,01,84,2020-01-01', "expected after"),
        ("departements", 5, "1,Ain,5,01053,84,2020-01-01", "code: “1”"),
        ("epci", 2, "24590041,Lille,metropole,,all,2020-01-01", "code: “24590041”"),
        ("memberships", 4, "01004,240100883,2020", "valid_on: “2020”"),
        ("memberships", 4, "01004,240100883,2021-01-01;2020-01-01", "is not in order"),
        ("populations", 2, "commune:01004,2023,municipale,many,2026-01-01", "inhabitants: “many”"),
    ],
)
def test_a_malformed_line_is_named(copy: Path, name: str, line: int, text: str, said: str) -> None:
    path = copy / f"{name}.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[line - 1] = text
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(ValueError, match=re.escape(f"{path}:{line}: ") + ".*" + re.escape(said)):
        list(read(copy))


def test_a_file_in_another_encoding_is_named(copy: Path) -> None:
    path = copy / "regions.csv"
    path.write_bytes(path.read_text("utf-8").encode("latin-1"))
    with pytest.raises(ValueError, match=re.escape(str(path))):
        list(read(copy))


# --- the extract itself


def test_what_the_records_cite_is_in_the_extract(extract: ModuleType) -> None:
    """If this fails, run `python tools/insee_extract.py`."""
    cited = extract.scan(ROOT / "data")
    for name, codes in zip(cited._fields, cited, strict=True):
        assert codes <= {row["code"] for row in table(name)}


def test_tokens_of_the_records(extract: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "- commune:2A004\n- territoire: epci:240100883\n- [arrondissement:9741, commune:01004]\n"
        "- commune:1004\n- commune:010045\n- sous-commune:75056\n- departement:94\n",
        "utf-8",
    )
    assert extract.scan(tmp_path) == ({"2A004", "01004"}, {"240100883"}, {"9741"})


def test_another_archive_than_the_pinned_one_ends_the_run(extract: ModuleType) -> None:
    with pytest.raises(SystemExit, match="is not the pinned integrity"):
        extract.verify(b"another archive", "6.0.0")


def test_the_files_are_sorted_utf8_with_lf() -> None:
    for name, columns in COLUMNS.items():
        content = (FOLDER / f"{name}.csv").read_bytes()
        assert b"\r" not in content
        assert content.endswith(b"\n")
        rows = table(name)
        assert list(rows[0]) == columns.replace("?", "").split()
        keys = [next(iter(row.values())) for row in rows]
        assert keys == sorted(keys)
