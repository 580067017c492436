"""A page links names and codes of places as Python does, and knows the same reference."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fuzz import FULL
from test_web import node
from trophees.places import portable, reference
from trophees.places.link import Asked, link
from trophees.places.place import Place
from trophees.site import places_in_page, scripts

Row = dict[str, str]
LABELLED = Path(__file__).parent / "places" / "labelled.csv"
CONVENTIONS = LABELLED.with_name("conventions.csv")
CELLS = "name", "code", "postal", "departement", "region", "kind"
LONG = [{**dict.fromkeys(CELLS, ""), cell: "x" * 500} for cell in CELLS]
SIGNS = " -'’()/,;&+.%€²°ºʼ\u00ad\u0301\u2014\u00a0\x1fœŒßéÉİ0129sdTz𝔸𐌰٣"
PHRASES = (
    "Ville de", "CC du", "Conseil départemental de la", "(94)", "CEDEX 3", "St", "s/", "12e", "75", "Région", "cg",
    "n°", "(Haute-)",
)  # fmt: skip


def labelled() -> list[Row]:
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        return [{**{cell: row[cell] for cell in CELLS}, "on": row["date"]} for row in csv.DictReader(lines)]


def of_conventions() -> list[Row]:
    with CONVENTIONS.open(encoding="utf-8", newline="") as lines:
        return [{cell: row[cell] for cell in (*CELLS, "on", "to")} for row in csv.DictReader(lines)]


def mutated(count: int) -> list[Row]:
    """Rows whose names are mistyped, cut, doubled or dressed, and whose other cells come from other rows."""
    chance = random.Random(12)
    rows = labelled()
    found = []
    for _ in range(count):
        row = dict(chance.choice(rows))
        name = row["name"] or row["code"]
        at = chance.randrange(len(name) + 1)
        row["name"] = chance.choice([
            name[:at] + name[at + 1 :],
            name[:at] + chance.choice(SIGNS) + name[at:],
            name[:at],
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
            f"{name} {name}",
            f"{chance.choice(PHRASES)} {name}",
            f"{name} {chance.choice(PHRASES)}",
            f"{name}, {chance.choice(rows)['name']}",
            f"{chance.choice(PHRASES)} {name}, {row['postal'] or '94230'} {name}",
            f"{name} ({''.join(word[: chance.choice([1, 1, 2])] for word in name.replace('-', ' ').split())})",
            name.upper(),
            name,
        ])  # fmt: skip
        for cell in ("code", "postal", "departement", "region", "kind", "on"):
            if chance.random() < 0.15:
                row[cell] = chance.choice(rows)[cell]
        if chance.random() < 0.2:
            row["to"] = f"{chance.randrange(1943, 2027)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}"
        found.append(row)
    return found


def told(place: Place | None) -> list[str] | None:
    return [place.kind, place.code, place.name, str(place.begins or ""), str(place.ends or "")] if place else None


def as_told(place: dict[str, Any] | None) -> list[str] | None:
    if not place:
        return None
    return [place["kind"], place["code"], place["name"], when(place["begins"]), when(place["ends"])]


def when(moment: dict[str, str] | None) -> str:
    if not moment:
        return ""
    known = moment["earliest"] == moment["latest"]
    return moment["latest"] if known else f"{moment['earliest'] or '..'}/{moment['latest']}"


def python(row: Row) -> list[object]:
    day = {name: date.fromisoformat(row[name]) for name in ("on", "to") if row.get(name)}
    found = link(Asked(**{cell: row[cell] for cell in CELLS}, **day))  # type: ignore[arg-type]
    return [
        found.outcome,
        told(found.place),
        [told(p) for p in found.candidates],
        found.score,
        found.why.fr,
        found.why.en,
    ]


def page(found: dict[str, Any]) -> list[object]:
    candidates = [as_told(place) for place in found["candidates"]]
    why = found["why"]
    return [found["outcome"], as_told(found["place"]), candidates, found["score"], why["fr"], why["en"]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / Path(places_in_page.FILE).name
    file.write_bytes(dict(places_in_page.files())[places_in_page.FILE])
    return file


def asked_of_page(data: Path, asked: list[dict[str, Any]]) -> list[Any]:
    """What the worker answers; before, that it has opened the tables."""
    given = {"worker": str(scripts.BUNDLE / "linker.js"), "data": str(data), "asked": asked}
    return list(node(str(Path(__file__).with_name("places.mjs")), given))


def test_a_row_means_the_same_in_the_page(data: Path) -> None:
    rows = [*labelled(), *of_conventions(), *mutated(20_000 if FULL else 2_000), *LONG]
    expected = [python(row) for row in rows]
    outcomes = Counter(str(answer[0]) for answer in expected)
    assert min(outcomes[outcome] for outcome in ("linked", "ambiguous", "unknown")) > 200
    opened, answers = asked_of_page(data, [{"type": "link", "asked": rows}])
    assert opened == {"newest": reference.newest().isoformat(), "places": len(reference.places())}
    for row, ours, theirs in zip(rows, expected, answers, strict=True):
        assert page(theirs) == ours, row


@pytest.mark.slow
def test_the_page_knows_what_was_on_a_day_and_what_became_of_it(data: Path) -> None:
    chance = random.Random(12)
    asked: list[dict[str, Any]] = []
    expected: list[object] = []
    for place in chance.sample(reference.places(), 400):
        since, on = sorted(date(chance.randrange(1943, 2027), chance.randrange(1, 13), 1) for _ in range(2))
        asked.append({"type": "at", "text": chance.choice([place.code, place.name]), "on": since.isoformat()})
        found = reference.at(asked[-1]["text"], since)
        above = [[told(parent) for parent in reference.parents(p, since)] for p in found]
        points = [
            list(reference.points()[p.kind, p.code]) if (p.kind, p.code) in reference.points() else None for p in found
        ]
        counts = [list(reference.populations().get((p.kind, p.code), ())) for p in found]
        expected.append([[told(p) for p in found], above, points, counts])
        days = {"since": since.isoformat(), "on": on.isoformat()}
        asked.append({"type": "became", "kind": place.kind, "code": place.code, **days})
        heirs = reference.became(place.kind, place.code, since, on)
        expected.append([[told(heir.place), [str(e.when) for e in heir.events]] for heir in heirs])
    answers = asked_of_page(data, asked)[1:]
    for question, ours, theirs in zip(asked, expected, answers, strict=True):
        if question["type"] == "became":
            assert [[as_told(h["place"]), [when(e["when"]) for e in h["events"]]] for h in theirs] == ours, question
            continue
        above = [[as_told(parent) for parent in one["parents"]] for one in theirs]
        points = [one["point"] and [one["point"][key] for key in ("lon", "lat", "what")] for one in theirs]
        counts = [list((one["population"] or {}).values()) for one in theirs]
        assert [[as_told(one["place"]) for one in theirs], above, points, counts] == ours, question


@pytest.mark.slow
def test_the_tables_are_small_and_the_same_each_time(data: Path) -> None:
    assert len(data.read_bytes()) < 1_500_000
    code = "import hashlib\nfrom trophees.places.portable import compact\nprint(hashlib.sha256(compact()).hexdigest())"
    seeds = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    runs = [subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True) for env in seeds]
    assert runs[0].stdout == runs[1].stdout


def test_a_page_of_a_disk_has_the_same_tables_in_a_script() -> None:
    made = dict(places_in_page.files())
    text = made[places_in_page.SCRIPT].decode("ascii")
    assert b64decode(text.removeprefix('window.tropheesPlaces = "').removesuffix('";\n')) == made[places_in_page.FILE]


def test_a_column_keeps_what_cells_have_in_common_with_the_one_above_once() -> None:
    assert portable.columns([("94016", ""), ("94017", "é"), ("9401", "é")]) == ["094016\n47\n4", "0\n0é\n1"]


@pytest.mark.slow
def test_only_what_asks_for_places_loads_them() -> None:
    tables = Path(places_in_page.FILE).name
    named = [name for name in scripts.SCRIPTS if tables in (scripts.BUNDLE / name).read_text("utf-8")]
    assert named == ["near.js", "playground.js", "search.js"]
    assert json.loads(portable.compact())["newest"] == reference.newest().isoformat()
