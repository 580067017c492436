"""Answers are shown in the page as on the pages of the cookbook: cells, columns, charts, programs that ask the same."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from test_web import node
from trophees.ask import cookbook
from trophees.base.language import Language
from trophees.base.namespaces import BASE, XSD
from trophees.site.answers import as_json, shown
from trophees.site.l10n import LANGUAGES, Words
from trophees.site.model import Site
from trophees.site.pages.playground.names import names
from trophees.site.render import place
from trophees.site.scripts import WEB

pytestmark = pytest.mark.xdist_group("answers_in_page")
IMPORTS = f"""
    import {{ text }} from "node:stream/consumers";
    import {{ cells }} from {json.dumps((WEB / "cells.js").as_uri())};
    import {{ ordered, shownColumns, taken, visible }} from {json.dumps((WEB / "columns.js").as_uri())};
    import {{ charted, points, settings, ticks }} from {json.dumps((WEB / "axes.js").as_uri())};
    import {{ reader }} from {json.dumps((WEB / "results.js").as_uri())};
    import {{ snippets }} from {json.dumps((WEB / "snippets.js").as_uri())};
    import {{ inAddress, ofAddress, usualView }} from {json.dumps((WEB / "view-state.js").as_uri())};
    const given = JSON.parse(await text(process.stdin));
    const columnsOf = ({{ result, names, lang, root }}, raw = false) => {{
      const found = reader({{ base: {json.dumps(BASE)}, root, names, prefixes: names.prefixes, lang }});
      const told = cells({{ names, reader: found, base: {json.dumps(BASE)}, lang }});
      return shownColumns(result, {{ cells: told, reader: found, raw }});
    }};
"""


def asked(body: str, given: object) -> Any:
    """What the scripts of the page make of `given`."""
    return node(f"{IMPORTS}\n{body}", given)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_of_the_cookbook_is_shown_as_on_its_page(site: Site, lang: Language) -> None:
    root = "../" * place("playground/", lang).count("/")
    queries = list(cookbook.queries().values())
    given = {
        "names": names(site, lang),
        "lang": lang,
        "root": root,
        "results": [json.loads(as_json(site, query, lang)) for query in queries],
    }
    body = """
        const told = given.results.map((result) => columnsOf({ ...given, result }));
        const columns = told.map((answer) => answer.map(({ name, heading, cells }) => ({
          name, heading, cells: cells.map(({ text, href = "", lang = "", code = "" }) => [text, href, lang, code]) })));
        const seen = told.map((answer) => visible(answer, null).map(({ name }) => name));
        process.stdout.write(JSON.stringify({ columns, seen }));
    """
    found = asked(body, given)
    for query, theirs, seen in zip(queries, found["columns"], found["seen"], strict=True):
        values = cookbook.substitutions(query, {}, site.context)
        ours = shown(site, Words(lang), query, values, place("playground/", lang), 1_000_000)
        assert [column["name"] for column in theirs] == ours.columns, query.name
        assert seen == ours.said_once().columns, query.name
        assert [column["heading"] for column in theirs] == [Words(lang)(f"column.{name}") for name in ours.columns]
        for number, column in enumerate(theirs):
            cells = [[c.link.text, c.link.href, c.link.lang, c.code] for c in (row[number] for row in ours.rows)]
            both = zip(cells, column["cells"], strict=True)
            different = [(mine, his) for mine, his in both if mine != his and not _is_fact(mine, his)]
            assert different == [], (query.name, column["name"])


def _is_fact(mine: list[str], theirs: list[str]) -> bool:
    """Whether both lead to a part of a page; the page of answers knows no names of these."""
    return mine[1:] == theirs[1:] and "#" in mine[1] and theirs[0] == mine[1].partition("#")[2]


def _text(value: str) -> dict[str, str]:
    return {"type": "literal", "value": value}


def _number(value: str) -> dict[str, str]:
    return {"type": "literal", "value": value, "datatype": XSD + "decimal"}


def _day(value: str) -> dict[str, str]:
    return {"type": "literal", "value": value, "datatype": XSD + ("gYear" if len(value) == 4 else "date")}


ROWS = {
    "head": {"vars": ["name", "n", "day", "group"]},
    "results": {
        "bindings": [
            {"name": _text("b 10"), "n": _number("3"), "day": _day("2020"), "group": _text("x")},
            {"name": _text("B 9"), "n": _number("-1.5"), "day": _day("2019-02-01"), "group": _text("y")},
            {"name": _text("éa"), "day": _day("2019"), "group": _text("x")},
            {"name": _text("Ea"), "n": _number("1200"), "group": _text("x")},
        ]
    },
}
NAMES: dict[str, Any] = {
    "prefixes": {}, "graphs": [], "terms": [], "entities": [],
    "cells": {"concepts": [], "kinds": {}, "printed": [], "said": {"yes": "oui", "no": "non", "column.name": "Nom"}},
}  # fmt: skip


def made(body: str, **more: object) -> Any:
    """What `body` makes of the columns of ROWS, in `columns`."""
    given = {"result": ROWS, "names": NAMES, "lang": "fr", "root": "", **more}
    return asked(f"const columns = columnsOf(given);\nprocess.stdout.write(JSON.stringify({body}));", given)


def test_rows_are_sorted_by_what_their_column_holds_and_empty_cells_come_last() -> None:
    sorts = ["", "name", "-name", "n", "-n", "day", "-day", "none"]
    found = made("given.sorts.map((sort) => ordered(columns, { sort, filter: '' }, 'fr'))", sorts=sorts)
    assert dict(zip(sorts, found, strict=True)) == {
        "": [0, 1, 2, 3],
        "name": [1, 0, 3, 2],
        "-name": [2, 3, 0, 1],
        "n": [1, 0, 3, 2],
        "-n": [3, 0, 1, 2],
        "day": [2, 1, 0, 3],
        "-day": [0, 1, 2, 3],
        "none": [0, 1, 2, 3],
    }


def test_a_filter_keeps_the_rows_that_have_all_its_words_whatever_their_accents() -> None:
    filters = ["EA", "ea x", "1 200", "2019", "ea 2019", "zzz"]
    found = made("given.filters.map((filter) => ordered(columns, { sort: '', filter }, 'fr'))", filters=filters)
    assert found == [[2, 3], [2, 3], [3], [1, 2], [2], []]


def test_what_is_taken_away_is_what_is_shown() -> None:
    found = made("taken(given.result, ordered(columns, { sort: '-n', filter: 'x' }, 'fr'), ['day', 'group'])")
    assert found["head"]["vars"] == ["name", "n"]
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == ["Ea", "b 10", "éa"]
    assert "n" not in found["results"]["bindings"][2]


def test_cells_are_as_people_read_them_or_as_the_answer_has_them() -> None:
    script = "[columns, columnsOf(given, true)].map((all) => all.map(({ heading, cells }) => [heading, cells[1].text]))"
    shown, raw = made(script)
    assert shown == [["Nom", "B 9"], ["n", "−1,5"], ["day", "2019-02-01"], ["group", "y"]]
    assert raw == [["name", "B 9"], ["n", "-1.5"], ["day", "2019-02-01"], ["group", "y"]]


def test_a_chart_follows_the_axes_that_are_chosen_and_says_what_it_leaves_out() -> None:
    none = {"x": "", "y": "", "colour": "", "form": "", "top": ""}
    body = """((chosen) => [chosen, points(columns, chosen, { sort: "", filter: "" }, "fr")])(
        settings(columns, given.state))"""
    chosen, found = made(body, state=none)
    assert chosen == {"x": "name", "y": "n", "colour": "", "form": "bars", "top": 20}
    assert [(p["label"]["text"], p["value"]) for p in found["points"]] == [("Ea", 1200), ("b 10", 3), ("B 9", -1.5)]
    assert (found["left"], found["blank"]) == (0, 1)
    chosen, found = made(body, state={**none, "x": "group", "y": "*", "form": "bars"})
    assert [(p["label"]["text"], p["value"]) for p in found["points"]] == [("x", 3), ("y", 1)]
    chosen, found = made(body, state={**none, "x": "day", "colour": "group", "form": "lines"})
    assert chosen["colour"] == "group"
    assert [(p["value"], p["group"]) for p in found["points"]] == [(-1.5, "y"), (3, "x")]
    sorted_ = body.replace('sort: ""', 'sort: "name"')
    _, found = made(sorted_, state={**none, "x": "name", "form": "points"})
    # texts stand in the order of the rows
    assert [p["label"]["text"] for p in found["points"]] == ["B 9", "b 10", "Ea"]
    chosen, _ = made(body, state={**none, "x": "zzz", "y": "name", "top": "7"})
    assert chosen == {"x": "name", "y": "n", "colour": "", "form": "bars", "top": 20}


def test_a_chart_is_taken_away_as_it_is_drawn() -> None:
    """Its points alone: those that a filter leaves, the first so many, in their order, by the axes that were chosen."""
    none = {"x": "", "y": "", "colour": "", "form": "", "top": "", "filter": "", "sort": ""}
    body = """((chosen) => charted(columns, { ...chosen, top: given.top ?? chosen.top }, given.state,
        { lang: "fr", rows: "Lignes" }))(settings(columns, given.state))"""
    text, number = ({"name": "Nom", "number": False}, {"name": "n", "number": True})
    assert made(body, state=none) == {"columns": [text, number], "rows": [["Ea", 1200], ["b 10", 3], ["B 9", -1.5]]}
    assert made(body, state=none, top=2)["rows"] == [["Ea", 1200], ["b 10", 3]]
    assert made(body, state={**none, "filter": "x"})["rows"] == [["Ea", 1200], ["b 10", 3]]
    assert made(body, state={**none, "sort": "name"})["rows"] == [["B 9", -1.5], ["b 10", 3], ["Ea", 1200]]
    coloured = made(body, state={**none, "x": "day", "y": "*", "colour": "group", "form": "bars"})
    assert [column["name"] for column in coloured["columns"]] == ["day", "group", "Lignes"]
    assert coloured["rows"] == [["2019", "x", 1], ["2019-02-01", "y", 1], ["2020", "x", 1]]
    assert made(body, state={**none, "x": "n", "y": "*"})["rows"] == [[-1.5, 1], [3, 1], [1200, 1]]


def test_ticks_are_round_and_inside() -> None:
    given = [[0, 76], [0, 1], [-3, 12], [2016, 2021], [0, 130000], [5, 5]]
    script = "process.stdout.write(JSON.stringify(given.map(([low, high]) => ticks(low, high))))"
    assert asked(script, given) == [
        [0, 20, 40, 60], [0, 0.2, 0.4, 0.6, 0.8, 1], [0, 5, 10], [2016, 2017, 2018, 2019, 2020, 2021],
        [0, 50000, 100000], [5],
    ]  # fmt: skip


def test_the_address_keeps_how_an_answer_is_shown() -> None:
    body = """
        const { state } = given;
        const kept = inAddress({ ...usualView(), ...state });
        process.stdout.write(JSON.stringify([kept, ofAddress(new URLSearchParams(kept)), inAddress(usualView())]));
    """
    state = {"view": "chart", "sort": "-n", "filter": "a & b+c", "hide": ["x", "y"], "raw": True, "names": True,
             "x": "label", "y": "*", "colour": "", "form": "lines", "top": "0"}  # fmt: skip
    kept, found, usual = asked(body, {"state": state})
    assert usual == ""
    assert found == state
    assert kept.startswith("&view=chart&")


def test_a_query_in_other_tools_asks_the_same() -> None:
    query = """SELECT ("it's" AS ?a) ("a\\n${x}`\\\\" AS ?b) (COUNT(?l) AS ?n) { ?l a tp:Laureate }"""
    query = query.replace("{ ?l a tp:Laureate }", f"{{ ?l a <{BASE}ontology#Laureate> }}")
    body = 'process.stdout.write(JSON.stringify(snippets(given, "http://127.0.0.1:8000/sparql")));'
    found = {one["name"]: one["code"] for one in asked(body, query)}
    assert set(found) == {"curl", "trophees", "Python", "R", "JavaScript"}
    echoed = subprocess.run(
        ["bash", "-c", f"curl() {{ printf '%s\\0' \"$@\"; }}\n{found['curl']}"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    assert f"query={query}" in echoed
    code = found["Python"].replace("import trophees", "from types import SimpleNamespace as N; trophees = N()", 1)
    asked_for: list[str] = []
    given = code.partition("frame = ")[2].partition(".to_pandas()")[0].replace("trophees.query", "asked_for.append")
    exec(given, {"asked_for": asked_for})
    assert asked_for == [query]
    script = found["JavaScript"].partition("\nconst address")[0]
    assert node(f"{script}\nprocess.stdout.write(JSON.stringify(query));\n") == query
    assert json.loads(found["R"].partition("query <- ")[2].partition("\n")[0]) == query
