"""The CSV tables: a fixed contract, one row per fact, and cells that any tool reads alike."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from terms import value_of
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE, TP, XSD
from trophees.publish.tables import Table, packaged

CONTRACT = {
    "laureates-flat": (
        "laureate,edition,completeness,label,title,stars,awards,carriers,carrier_kinds,sirens,territories,communes,epci,"
        "departements,regions,population,population_year,themes,tools_used,tools_planned,tools_offered,tools_model,"
        "audiences,budget,amounts,durations,start,end,participants,participants_printed,source,address"
    ),
    "laureates": (
        "laureate,edition,order,stars,distinction,title,label,carrier_line,pages,summary_fr,summary_en,source"
    ),
    "laureates-territories": (
        "laureate,edition,standing,label,title,carriers,awards,territory,territory_label,kind,"
        "code_commune,code_departement,code_region,code_epci,stated"
    ),
    "organisations": "organisation,label,kind,siren,website",
    "carriers": "laureate,edition,standing,role,position,organisation,label,kind,stated,fact",
    "territories": "laureate,edition,standing,territory,label,kind,code,departement,region,valid_on,stated,fact",
    "tools": "laureate,edition,standing,tool,label,status,stated,fact",
    "themes": "laureate,edition,standing,theme,top_theme,main,stated,fact",
    "audiences": "laureate,edition,standing,audience,label,min_age,max_age,fact",
    "indicators": (
        "subject,edition,standing,value,unit,kind,counted,qualifier,tool,base,deadline,printed,section,stated,fact"
    ),
    "periods": "laureate,edition,standing,subject,label,kind,start,end,precision,year_stated,section,fact",
    "stages": "laureate,edition,standing,position,label,parallel,section,stated,fact",
    "objectives": "laureate,edition,standing,position,label,section,stated,fact",
    "outcomes": "laureate,edition,standing,position,label,section,stated,fact",
    "contexts": "laureate,edition,standing,context,label,section,stated,fact",
    "plans": "laureate,edition,standing,plan,label,relation,section,stated,fact",
    "roles": "subject,role,of,edition,function,start,end,affiliation,territory,fact",
    "cases": "case,edition,standing,title,label,carrier_line,pages,summary_fr,summary_en,source",
    "sheets": "sheet,outcome,thing,edition,status,stars,title,carrier,carrier_code,faults",
    "anomalies": "subject,edition,standing,kind,text,section,fact",
}
# What each row of a table stands for, in the graph
FACTS = {
    "laureates-flat": "?f a tp:Laureate",
    "laureates": "?f a tp:Laureate",
    "cases": "?f a tp:Case",
    "organisations": "?f a tp:Organisation",
    "carriers": "?l tp:involvement ?f",
    "territories": "?l tp:coverage ?f",
    "tools": "?l tp:toolUse ?f",
    "themes": "?l tp:topic ?f . ?f tp:theme/skos:broader* ?top . ?top skos:topConceptOf ?scheme",
    "audiences": "?l tp:target ?f",
    "indicators": "?s tp:indicator ?f",
    "periods": "?s tp:period ?f",
    "stages": "?l tp:stage ?f",
    "objectives": "?l a tp:Process ; tp:goal ?f",
    "outcomes": "?l tp:outcome ?f",
    "contexts": "?l tp:setting ?f",
    "plans": "?l tp:planLink ?f",
    "anomalies": "?s tp:anomaly ?f",
    "roles": "?f a tp:Appointment",
    "concepts": "?f a skos:Concept",
}
# What names a laureate, or a case that is none, as the standing of its row says
PROCESS = {"laureate", "thing", "case"}
# Where any other cell becomes an IRI: by column, or by table and column
NAMESPACES = {
    "fact": "",
    "source": "source/",
    "distinction": "distinction/",
    "organisation": "organisation/",
    "territory": "territory/",
    "tool": "tool/",
    "theme": "theme/",
    "top_theme": "theme/",
    "audience": "audience/",
    "context": "context/",
    "plan": "plan/",
    "role": "role/",
    "status": "status/",
    "qualifier": "qualifier/",
    "relation": "plan-relation/",
    "precision": "precision/",
    "section": "section/",
    "scheme": "vocabulary/",
    "concept": "",
    "of": "",
    "affiliation": "",
    "organisations.kind": "organisation-kind/",
    "carriers.kind": "organisation-kind/",
    "laureates-territories.kind": "territory-kind/",
    "territories.kind": "territory-kind/",
    "places.kind": "territory-kind/",
    "indicators.kind": "indicator-kind/",
    "periods.kind": "period-kind/",
    "anomalies.kind": "anomaly-kind/",
    "roles.subject": "",
}
LEXICAL = {
    "string": r".*",
    "integer": r"-?\d+",
    "decimal": r"-?\d+(\.\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "anyURI": r"https?://\S+",
    "gYear": r"\d{4}",
}
HEAD = f"PREFIX tp: <{TP}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX role: <{BASE}role/> "
TABLES = {table.name: table for table in packaged()}

Rows = list[dict[str, str]]


def parsed(data: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


@pytest.fixture(scope="session", params=["store", "editions_store"])
def told(request: pytest.FixtureRequest) -> Store:
    """The graph, without and with the made-up editions."""
    store: Store = request.getfixturevalue(request.param)
    return store


@pytest.fixture(scope="session")
def rows(told: Store) -> dict[str, Rows]:
    """The rows of each table of that graph."""
    return {name: parsed(table.csv(told)) for name, table in TABLES.items()}


@pytest.fixture(scope="session")
def described(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """What the CSVW metadata say of each table."""
    group = json.loads(files["csv/csv-metadata.json"])
    return {table["url"].removesuffix(".csv"): table["tableSchema"] for table in group["tables"]}


@pytest.mark.parametrize("name", CONTRACT)
def test_a_table_has_the_columns_that_were_promised(name: str, files: dict[str, bytes]) -> None:
    assert files[f"csv/{name}.csv"].decode().splitlines()[0] == CONTRACT[name]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_utf8_with_line_feeds_and_quotes_only_where_needed(name: str, files: dict[str, bytes]) -> None:
    """RFC 4180, but for the line ends, which the metadata declare."""
    data = files[f"csv/{name}.csv"]
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    again = io.StringIO()
    lines = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    csv.writer(again, lineterminator="\n").writerows(lines)
    assert again.getvalue().encode() == data
    assert {len(line) for line in lines} == {len(TABLES[name].columns)}


@pytest.mark.parametrize("name", TABLES)
def test_no_row_is_written_twice(name: str, rows: dict[str, Rows]) -> None:
    counts = Counter(tuple(row.values()) for row in rows[name])
    assert [row for row, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", FACTS)
def test_no_fact_is_lost_and_none_is_told_twice(name: str, rows: dict[str, Rows], told: Store) -> None:
    variables = "?f ?top" if name == "themes" else "?f"
    found = told.query(f"{HEAD} SELECT DISTINCT {variables} {{ {FACTS[name]} }}", use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    assert len(rows[name]) == len(list(found)) > 0


def test_there_is_one_row_per_laureate_and_per_organisation(rows: dict[str, Rows]) -> None:
    for name, column in (("laureates", "laureate"), ("organisations", "organisation")):
        assert len({row[column] for row in rows[name]}) == len(rows[name])


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_of_the_type_that_its_column_declares(name: str, rows: dict[str, Rows]) -> None:
    for column in TABLES[name].columns:
        for cell in (row[column.name] for row in rows[name]):
            assert cell or column.optional, column.name
            assert not cell or re.fullmatch(LEXICAL[column.datatype], cell), f"{column.name}: {cell}"


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.key])
def test_the_key_tells_the_rows_apart(name: str, rows: dict[str, Rows]) -> None:
    table = TABLES[name]
    assert set(table.key) <= {column.name for column in table.columns if not column.optional}
    counts = Counter(tuple(row[column] for column in table.key) for row in rows[name])
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_slug_names_a_thing_of_the_graph(name: str, rows: dict[str, Rows], told: Store) -> None:
    known = {q.subject.value for q in told if isinstance(q.subject, NamedNode)}
    checked = 0
    for row in rows[name]:
        for column, cell in row.items():
            namespace = namespaced(name, column, row)
            if cell and namespace is not None:
                assert BASE + namespace + cell in known, f"{column}: {cell}"
                checked += 1
    assert checked


def namespaced(table: str, column: str, row: dict[str, str]) -> str | None:
    """What stands before a cell in the IRI that it is the end of, if it is."""
    if column in PROCESS:
        return "laureate/" if row.get("standing", row.get("status", "laureate")) == "laureate" else "case/"
    if (table, column) == ("sheets", "status"):
        return None  # what the thing of the row is, in words
    return NAMESPACES.get(f"{table}.{column}", NAMESPACES.get(column))


@pytest.mark.parametrize("name", ["indicators", "periods", "anomalies"])
def test_a_subject_is_the_key_of_a_laureate_or_the_path_of_another_thing(
    name: str, rows: dict[str, Rows], told: Store
) -> None:
    known = {q.subject.value.removeprefix(BASE) for q in told if isinstance(q.subject, NamedNode)}
    laureates = {row["laureate"]: row["edition"] for row in rows["laureates"]}
    cases = {row["case"]: row["edition"] for row in rows["cases"]}
    dated = laureates | cases
    for row in rows[name]:
        assert row["subject"] in known | dated.keys()
        assert row["edition"] == dated.get(row["subject"], row["subject"].partition("edition/")[2])
        assert (row["standing"] == "laureate") == (row["subject"] in laureates)
        assert (row["standing"] not in ("", "laureate")) == (row["subject"] in cases)


def test_the_key_of_a_process_names_its_edition_in_every_table(rows: dict[str, Rows]) -> None:
    """That of a case without an edition names, instead, what studies it."""
    keys = {row["laureate"] for row in rows["laureates"]}
    cases = {row["case"] for row in rows["cases"]}
    assert not keys & cases
    for name, table in rows.items():
        for row in table:
            for key in (row[column] for column in PROCESS & row.keys() if row[column]):
                first, _, rest = key.partition("/")
                assert re.fullmatch(r"[a-z0-9-]+", rest), (name, key)
                assert first == row["edition"] or (not row["edition"] and re.fullmatch("[a-z-]+", first)), (name, key)
                assert (row.get("standing", row.get("status", "laureate")) == "laureate") == (key in keys)
                assert key in keys | cases


def test_the_processes_come_by_edition_and_in_the_order_of_the_source_in_every_table(rows: dict[str, Rows]) -> None:
    """Then by their names where the source has no order, and those without an edition last."""
    order = {r["laureate"]: (False, r["edition"], int(r["order"] or 0), r["laureate"]) for r in rows["laureates"]}
    assert [place for _, edition, place, _ in order.values() if edition == "2020"] == list(range(1, 41))
    order |= {row["case"]: (not row["edition"], row["edition"], 0, row["case"]) for row in rows["cases"]}
    for table in rows.values():
        found = [order[row[column]] for row in table for column in ("laureate", "case") if row.get(column)]
        assert found == sorted(found)


def test_what_is_said_of_an_edition_is_the_same_whatever_others_there_are(store: Store, editions_store: Store) -> None:
    for table in TABLES.values():
        if "edition" in {column.name for column in table.columns}:
            alone, among = parsed(table.csv(store)), parsed(table.csv(editions_store))
            years = {row["edition"] for row in alone}
            assert [row for row in among if row["edition"] in years - {""}] == [row for row in alone if row["edition"]]


def test_a_laureate_has_one_row_whatever_its_awards_and_sources(editions_store: Store) -> None:
    found = {row["laureate"]: row for row in parsed(TABLES["laureates"].csv(editions_store))}
    columns = ("stars", "distinction", "order", "title", "carrier_line", "pages", "source")
    assert [[found[name][column] for column in columns] for name in ("2041/mention", "2042/grenoble")] == [
        ["", "mention-speciale", "", "", "", "", "report-2041"],
        ["4", "coup-de-coeur", "", "LA VALLÉE EN DÉBAT", "Maison fictive du dialogue", "", "sheets-2042"],
    ]
    two = found["2041/deux-recits"]  # of two sources, which give two titles and numbers of stars
    assert (two["stars"], two["title"], two["source"]) == ("2", "LE DIALOGUE D'ABORD", "report-2041")
    assert {name for name in found if name.endswith("/cachan")} == {"2020/cachan", "2041/cachan", "2042/cachan"}


def test_each_laureate_has_a_row_for_each_of_its_territories_and_one_code_of_each_kind(
    rows: dict[str, Rows], told: Store
) -> None:
    days = {value_of(q.object) for q in told.quads_for_pattern(None, NamedNode(TP + "validOn"), None, None)}
    first = min(day[:4] for day in days)  # the EPCI of no commune is known before
    found = rows["laureates-territories"]
    assert {(row["laureate"], row["territory"]) for row in found} == {
        (row["laureate"], row["territory"]) for row in rows["territories"]
    }
    codes = {row["territory"]: row for row in rows["territories"]}
    for row in found:
        for column, several in (("code_departement", "departement"), ("code_region", "region")):
            assert row[column] == (
                codes[row["territory"]][several] if ";" not in codes[row["territory"]][several] else ""
            )
        kind, _, code = row["territory"].partition("/")
        if kind != "other":
            column = f"code_{kind}"
            assert row.get(column, code) == code
        if row["code_commune"] not in ("", "91999"):  # a made-up commune, of no EPCI
            assert bool(row["code_epci"]) == (row["edition"] >= first), row
    assert {c.name for c in TABLES["laureates-territories"].columns if c.datatype in ("integer", "decimal")} == set()


def test_a_cell_of_the_flat_table_has_what_the_rows_of_the_others_say(rows: dict[str, Rows]) -> None:
    statuses = {"tools_used": {"used"}, "tools_planned": {"planned", "wished"}, "tools_offered": {"offered"}}
    for row in rows["laureates-flat"]:
        key = row["laureate"]
        of = {name: [r for r in rows[name] if r["laureate"] == key] for name in ("tools", "audiences", "territories")}
        for column, status in {**statuses, "tools_model": {"model"}}.items():
            assert cells(row[column]) == {r["label"] for r in of["tools"] if r["status"] in status}, (key, column)
        assert cells(row["audiences"]) == {r["label"] for r in of["audiences"]}, key
        assert cells(row["territories"]) == {r["label"] for r in of["territories"]}, key
        counts = [r for r in rows["indicators"] if r["subject"] == key]
        euros = {f"{r['counted']} : {r['value']}" for r in counts if r["unit"] == "EUR"}
        assert cells(row["amounts"]) == euros, key
        people = [int(r["value"]) for r in counts if r["kind"] == "participants" and r["unit"] == "1"]
        assert row["participants"] == (str(max(people)) if people else ""), key
        assert row["address"] == f"{BASE}laureate/{key}"


def cells(text: str) -> set[str]:
    """The values that a cell holds."""
    return set(text.split(" | ")) - {""}


def test_the_epci_of_a_commune_is_that_of_the_year_of_the_edition(editions_store: Store) -> None:
    """And where a place lies in several communes, départements or EPCI, none of them is named."""
    found = {(r["laureate"], r["territory"]): r for r in parsed(TABLES["laureates-territories"].csv(editions_store))}
    assert found["2020/grenoble", "commune/38185"]["code_epci"] == "200040715"
    several = next(row for (_, territory), row in found.items() if territory == "other/vallee-fictive")
    assert [several[f"code_{kind}"] for kind in ("commune", "departement", "region", "epci")] == [
        "",
        "",
        "11",
        "200054781",
    ]


def test_the_steps_of_a_laureate_are_numbered_from_one(rows: dict[str, Rows]) -> None:
    for name in ("stages", "objectives", "outcomes"):
        positions: dict[str, list[int]] = {}
        for row in rows[name]:
            positions.setdefault(row["laureate"], []).append(int(row["position"]))
        assert all(found == list(range(1, len(found) + 1)) for found in positions.values())


def test_what_is_inferred_is_told_from_what_is_printed(rows: dict[str, Rows], told: Store) -> None:
    reasons = {q.subject for q in told.quads_for_pattern(None, NamedNode(TP + "reason"), None, None)}
    tables = {"carriers": "involvement", "territories": "coverage", "tools": "toolUse", "indicators": "indicator"}
    for name, predicate in tables.items():
        facts = {q.object for q in told.quads_for_pattern(None, NamedNode(TP + predicate), None, None)}
        assert sum(row["stated"] == "false" for row in rows[name]) == len(facts & reasons)


def test_a_cell_never_begins_as_a_spreadsheet_formula(rows: dict[str, Rows]) -> None:
    cells = [cell for table in rows.values() for row in table for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []


def test_several_codes_stand_in_one_cell_in_order(rows: dict[str, Rows]) -> None:
    cells = [row["departement"].split(";") for row in rows["territories"]]
    assert all(cell == sorted(set(cell)) for cell in cells)
    assert any(len(cell) > 1 for cell in cells)


# The metadata


def test_the_metadata_describe_every_table_and_column(
    described: dict[str, dict[str, Any]], files: dict[str, bytes]
) -> None:
    tables = {path.removeprefix("csv/").removesuffix(".csv") for path in files if path.endswith(".csv")}
    assert described.keys() == tables == TABLES.keys()
    for name, schema in described.items():
        header = files[f"csv/{name}.csv"].decode().splitlines()[0].split(",")
        assert [column["name"] for column in schema["columns"]] == header
        assert [column["titles"] for column in schema["columns"]] == [{"und": title} for title in header]
        assert all(column["dc:description"] and column["datatype"] in LEXICAL for column in schema["columns"])


def test_the_metadata_say_what_is_required_and_what_identifies_a_row(described: dict[str, dict[str, Any]]) -> None:
    for name, table in TABLES.items():
        schema = described[name]
        required = [column["name"] for column in schema["columns"] if column["required"]]
        assert required == [column.name for column in table.columns if not column.optional]
        assert tuple(schema.get("primaryKey", ())) == table.key


def test_a_laureate_and_an_organisation_of_any_table_are_those_of_their_own_tables(
    described: dict[str, dict[str, Any]], rows: dict[str, Rows]
) -> None:
    """But where a case stands beside laureates, as the column of standings tells: no reference names two tables."""
    for column, of in (("laureate", "laureates"), ("organisation", "organisations")):
        keys = {row[column] for row in rows[of]}
        for name, table in TABLES.items():
            columns = {c.name for c in table.columns}
            if name == of or {column, "standing"} <= columns:
                continue
            has = column in columns
            assert (TABLES[name].references.get(column) == of) == has
            optional = any(c.name == column and c.optional for c in TABLES[name].columns)
            reference = {"resource": f"{of}.csv", "columnReference": column}
            declared = {"columnReference": column, "reference": reference} in described[name].get("foreignKeys", [])
            assert declared == (has and not optional)
            assert {row[column] for row in rows[name] if has} <= keys | ({""} if optional else set())


# Tables in general


@pytest.mark.parametrize("text", ['a "quoted" word', "one, two", "two\nlines", "; \t '", "a\rb", "\u202e=1+1", "=1+1"])
def test_a_hostile_text_is_read_back_as_it_was(text: str) -> None:
    laureate, graph = NamedNode(BASE + "laureate/2020/x"), NamedNode(GRAPH + "report/2020")
    year = Quad(NamedNode(BASE + "edition/2020"), NamedNode(TP + "year"), Literal("2020"), graph)
    said = {
        "edition": year.subject,
        "order": Literal("1", datatype=NamedNode(XSD + "integer")),
        "stars": Literal("4", datatype=NamedNode(XSD + "integer")),
        "title": Literal(text, language="fr"),
    }
    store = Store()
    store.add(year)
    store.extend(Quad(laureate, NamedNode(TP + name), value, graph) for name, value in said.items())
    store.add(Quad(laureate, RDF_TYPE, NamedNode(TP + "Laureate"), graph))
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    for language in ("fr", "en"):
        store.add(Quad(laureate, label, Literal(text, language=language), graph))
        store.add(Quad(laureate, NamedNode(TP + "summary"), Literal(text, language=language), graph))
    (row,) = parsed(TABLES["laureates"].csv(store))
    assert [row[column] for column in ("title", "label", "summary_fr", "summary_en")] == [text] * 4


def test_an_empty_graph_gives_the_header_alone() -> None:
    for name, table in TABLES.items():
        assert table.csv(Store()).decode() == ",".join(column.name for column in table.columns) + "\n", name


def test_a_query_whose_head_lacks_a_summary_or_a_column_is_refused() -> None:
    head = ["#+ title: t\n", "#+ title-en: t\n", "#+ summary: s\n", "#+ summary-en: s\n"]
    for missing in head:
        with pytest.raises(ValueError, match=rf"table x: “{re.escape(missing[:-3])}” is missing"):
            Table.parse("x", "".join(line for line in head if line != missing) + "SELECT ?a {}")
    with pytest.raises(ValueError, match="table x: the head declares other columns"):
        Table.parse("x", "".join(head) + "#+ column: b string — b\nSELECT ?a {}").rows(Store())
