"""The reader's tables in the page: columns and rows linked as on the command line, joined, asked, exported."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from fuzz import FULL
from test_places_in_page import CELLS, labelled
from test_web import node
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE
from trophees.places import columns, headers
from trophees.places.answered import ROLES, asked
from trophees.places.link import Asked, Linked, link
from trophees.site import places_in_page, scripts
from trophees.site.l10n import LANGUAGES
from trophees.site.scripts import WEB

pytestmark = pytest.mark.xdist_group("places_in_page")
HEADERS = {
    "name": ["commune", "Ville", "Nom de la commune", "libelle", "nom_com", "Porteur", "Territoire", "x"],
    "code": ["code_insee", "INSEE", "Code", "COG", "codeInsee", "n", "num", "code commune", ""],
    "postal": ["CP", "code postal", "c p", "Adresse : code postal", "y", ""],
    "departement": ["dep", "Département", "nom du dept", "d", ""],
    "region": ["Région", "reg", "libellé région"],
    "kind": ["nature", "type", "catégorie"],
    "on": ["date", "Année", "jour"],
}


def in_page(questions: list[dict[str, Any]], tmp_path: Path) -> list[Any]:
    data = tmp_path / "places.json.gz"
    if not data.exists():
        data.write_bytes(next(places_in_page.files())[1])
    worker = str(scripts.BUNDLE / "linker.js")
    script = Path(__file__).with_name("places.mjs")
    return list(node(str(script), {"worker": worker, "data": str(data), "asked": questions}))[1:]


def made(count: int) -> list[tuple[list[str], list[list[str]]]]:
    """Tables of rows whose places are known, under headers that say it, or do not, among columns that mean nothing."""
    chance = random.Random(14)
    rows = [{**row, "on": row["on"] or "2020"} for row in labelled()]
    found = []
    for _ in range(count):
        roles = chance.sample([*CELLS, "on"], chance.randrange(1, 5))
        header = [chance.choice(HEADERS[role]) for role in roles]
        picked = chance.choices(rows, k=chance.randrange(1, 12))
        table = [[row[role] for role in roles] for row in picked]
        for other in chance.sample(["n°", "montant", "", "commentaire"], chance.randrange(3)):
            at = chance.randrange(len(header) + 1)
            header.insert(at, other)
            for number, cells in enumerate(table, 1):
                cells.insert(at, str(number) if other == "n°" else chance.choice(["", "12", "1 500", "texte libre"]))
        found.append((header, table))
    return found


def test_the_columns_of_a_table_and_its_rows_mean_in_the_page_what_they_mean_on_the_command_line(
    tmp_path: Path,
) -> None:
    tables = made(400 if FULL else 40)
    found = in_page([{"type": "columns", "columns": header, "rows": rows} for header, rows in tables], tmp_path)
    chosen: list[dict[str, int] | None] = []
    for (header, rows), theirs in zip(tables, found, strict=True):
        try:
            ours = dict(columns.chosen(header, [row for row in rows if any(map(str.strip, row))], {}, link).roles)
        except UserError:
            ours = None
        assert theirs == ours, (header, rows)
        chosen.append(ours)
    some = [(rows, roles) for (_, rows), roles in zip(tables, chosen, strict=True) if roles]
    assert len(some) > len(tables) * 0.3
    answers = in_page([{"type": "table", "roles": roles, "rows": rows} for rows, roles in some], tmp_path)
    for (rows, roles), theirs in zip(some, answers, strict=True):
        for row, answer in zip(rows, theirs, strict=True):
            question = asked({role: row[place] for role, place in roles.items()}, None, None)
            mine = link(question) if isinstance(question, Asked) else question
            assert isinstance(mine, Linked)
            assert answer["outcome"] == mine.outcome, (row, roles)
            assert (answer["place"] or {}).get("code") == (mine.place.code if mine.place else None)
            assert answer["why"] == {lang: mine.why[lang] for lang in LANGUAGES}, (row, roles)


def test_headers_say_the_same_in_the_page() -> None:
    chance = random.Random(15)
    usual = json.loads((Path(columns.__file__).parent / "columns.json").read_text("utf-8"))
    words = sorted(
        {word for role in usual.values() for some in role.values() for text in some for word in text.split()}
    )
    made = [" ".join(chance.choices([*words, "xyz", "n°", "C.P."], k=chance.randrange(1, 4))) for _ in range(1500)]
    made += [f"{one}{two.title()}" for one in ("code", "nom", "lib", "num") for two in words]
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ told }} from {json.dumps((scripts.WORKSHOP / "place-headers.js").as_uri())};
        const {{ roles, headers }} = JSON.parse(await text(process.stdin));
        process.stdout.write(JSON.stringify(headers.map((header) => roles.map((role) => {{
          const found = told(role, header);
          return found && [found.place, found.trusted];
        }}))));
    """
    found = node(script, {"roles": ROLES, "headers": made})
    for header, theirs in zip(made, found, strict=True):
        ours = [list(said) if (said := headers.told(role, header)) else None for role in ROLES]
        assert theirs == ours, header


TABLE = {
    "columns": ["Ville", "Montant (€)", "code"],
    "properties": ["my:ville", "my:montant", "my:code"],
    "rows": [
        {"line": 2, "cells": ["Cachan", "1,5", "01"]},
        {"line": 4, "cells": ['L"y, on']},
        {"line": 5, "cells": []},
    ],
    "notes": [],
}
PLACE = {"kind": "commune", "code": "94016", "name": "Cachan", "begins": None, "ends": None, "of": "", "form": ""}
WHY = {"fr": "nom exact", "en": "exact name"}
LINKS = [
    {"outcome": "linked", "place": PLACE, "candidates": [], "score": 1, "why": WHY},
    {"outcome": "ambiguous", "place": None, "candidates": [PLACE, PLACE], "score": 0.5, "why": WHY},
    None,
]


def joined(body: str) -> Any:
    """What `body` makes of the table, `joined`, in the file `file:///a b.csv`."""
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import * as joining from {json.dumps((WEB / "joined.js").as_uri())};
        const joined = JSON.parse(await text(process.stdin));
        const file = "file:///a%20b.csv";
        process.stdout.write(JSON.stringify({body}));
    """
    return node(script, {"table": TABLE, "links": LINKS, "base": BASE, "lang": "en"})


def test_a_joined_table_keeps_its_cells_and_says_what_each_row_means() -> None:
    rows = list(csv.reader(io.StringIO(joined("joining.asCsv(joined)"), newline="")))
    assert rows[0] == [
        "Ville", "Montant (€)", "code",
        "linked_code", "kind", "official_name", "iri", "outcome", "candidates", "why",
    ]  # fmt: skip
    assert rows[1] == [
        "Cachan", "1,5", "01",
        "94016", "commune", "Cachan", f"{BASE}territory/commune/94016", "linked", "", "exact name",
    ]  # fmt: skip
    many = "94016 Cachan (commune) | 94016 Cachan (commune)"
    assert rows[2] == ['L"y, on', "", "", "", "", "", "", "ambiguous", many, "exact name"]
    assert rows[3] == [""] * 10


def test_the_query_of_a_table_joins_its_rows_with_the_laureates(store: Store) -> None:
    said = joined("joining.statements(joined, file)")
    text = joined("joining.query(joined.table, joined.table.properties, file)")
    own = Store()
    own.extend(store)
    objects = [f"<{o['iri']}>" if "iri" in o else json.dumps(o["value"]) for _, _, o in said]
    lines = [f"<{s}> <{p}> {o} <file:///a%20b.csv> ." for (s, p, _), o in zip(said, objects, strict=True)]
    lines += [
        f"<file:///a%20b.csv#row-{n}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <my:Row> <file:///a%20b.csv> ."
        for n in (2, 4, 5)
    ]
    lines.append('<file:///a%20b.csv#row-2> <my:ville> "Cachan" <file:///a%20b.csv> .')
    own.extend(parse("\n".join(lines).encode(), RdfFormat.N_QUADS))
    head = f"PREFIX my: <my:>\nPREFIX tp: <{BASE}ontology#>\n"
    found = own.query(head + text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    rows = [[term.value if (term := row[name]) else None for name in ("c1", "territory", "laureates")] for row in found]
    assert rows[0][:2] == ["Cachan", f"{BASE}territory/commune/94016"]
    assert int(str(rows[0][2])) >= 1
    assert rows[1:] == [[None, None, "0"], [None, None, "0"]]  # no territory is not every territory
