"""Whatever has happened to a table, it is linked whole, row by row, or refused in one sentence; and it ends."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz import examples
from fuzzing.limits import within
from fuzzing.test_queries import told
from trophees.base.errors import UserError
from trophees.places.answered import COLUMNS, OUTCOME, Answer, answer, asked
from trophees.places.link import link
from trophees.places.link_file import link_file
from trophees.places.table_linked import Wish
from trophees.reading import grid, rewritten

SECONDS = 20
NAMES = (
    "Ville de Cachan (94)", "L’Haÿ-les-Roses", "SAINT DENIS", "la Rochelle", "CC du Pays de l'Ozon", "Paris 12e",
    "Conseil départemental de la Manche", "Bois d’Arcy ; Trappes", "=cmd|' /C calc'!A0", "", "PACA", "94016", "2A004",
    "Saint-Germain-en-La", "“Cachan”", 'un "mot"', "a\nb", "Œuilly", "\u202eCachan", "-5", "75012 PARIS CEDEX 3",
)  # fmt: skip
CELLS = ("94", "93", "Île-de-France", "commune", "2001-02-03", "31/02/1990", "1e5", "", "x", "EPCI", "0", "١٢")
HEADERS = ("commune", "nom", "code", "cp", "departement", "région", "kind", "date", "", "x", "linked_code")
ENDINGS = ("csv", "tsv", "jsonl", "xlsx", "ods")
PIECES = (b'"', b";", b",", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"{", b"}", b"\\u", b"=", b"\t")
NUMBERS = st.integers(0, 1 << 32)


def made(chance: random.Random, ending: str) -> bytes:
    """A table of that ending, of names and cells drawn by lot."""
    width = chance.randint(1, 5)
    rows = [chance.choices(HEADERS, k=width)]
    for _ in range(chance.randint(0, 12)):
        rows.append([chance.choice(NAMES), *chance.choices(CELLS, k=chance.randint(max(0, width - 2), width))])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=chance.choice(",;\t|"), lineterminator=chance.choice(["\n", "\r\n"]))
    writer.writerows(rows)
    data = text.getvalue().encode(chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), "replace")
    if ending in ("csv", "tsv"):
        return data
    given = grid.Grid("made", "csv", iter(()), width + 1)
    out = io.BytesIO()
    written = rewritten.writer(given, out, ending)
    names = [f"{name}{n}" if ending == "jsonl" and n else name for n, name in enumerate(rows[0])]
    written.header(grid.Row(1, tuple(names)), ())
    for number, row in enumerate(rows[1:], 2):
        written.row(grid.Row(number, tuple(row)), ())
    written.close()
    return out.getvalue()


def hurt(chance: random.Random, data: bytes) -> bytes:
    """`data`, some places of it changed, cut, repeated or filled."""
    for _ in range(chance.choice([0, 0, 1, 2, 4])):
        at, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
        end = min(end, at + 40)
        match chance.randint(0, 4):
            case 0:
                data = data[:at] + chance.choice(PIECES) * chance.choice([1, 1, 3, 300]) + data[at:]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:end] + data[at:end] * chance.choice([1, 5]) + data[end:]
            case 3:
                data = data[:at] + bytes(chance.randrange(256) for _ in range(end - at)) + data[end:]
            case _:
                data = data[: max(at, len(data) // 2)]
    return data


def read(file: Path, name: str) -> grid.Grid:
    """The rows of a file, all of them."""
    with file.open("rb") as opened:
        found = grid.opened(opened, name, name.rpartition(".")[2])
        return grid.Grid(found.name, found.form, iter(list(found.rows)), found.width, found.dialect)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files are."""
    return tmp_path_factory.mktemp("linked")


@pytest.mark.slow
@examples(5000, 150)
@given(NUMBERS, st.sampled_from(ENDINGS))
def test_no_file_ends_in_a_traceback_hangs_or_loses_a_row(folder: Path, seed: int, ending: str) -> None:
    chance = random.Random(seed)
    file, out = folder / f"a.{ending}", folder / f"out.{ending}"
    file.write_bytes(hurt(chance, made(chance, ending)))
    out.unlink(missing_ok=True)
    named = {"name": "1"} if chance.random() < 0.5 else {}
    try:
        with within(SECONDS):
            link_file(file, out, Wish(named, header=chance.choice([None, True, False])), lambda _: None)
    except UserError as error:
        told(error)
        assert not out.exists()
        return
    before = read(file, file.name)
    if before.form == "csv":
        dialect = before.dialect
        if ending == "tsv" and dialect.delimiter != "\t":  # what was in no tabs by mistake is in tabs now
            dialect = replace(dialect, delimiter="\t", above="")
        with out.open(encoding=dialect.codec, newline="") as text:
            assert text.read(len(dialect.above)) == dialect.above
            after = [tuple(row) for row in csv.reader(text, delimiter=dialect.delimiter, strict=True)]
    else:
        after = [row.cells for row in read(out, out.name).rows]
    rows = list(before.rows)
    assert len(after) == len(rows)
    if before.form == "jsonl":
        names, others = rows[0].cells, after[0]
        for row, found in zip(rows[1:], after[1:], strict=True):
            assert dict(zip(names, row.cells, strict=False)).items() <= dict(zip(others, found, strict=False)).items()
        return
    for row, found in zip(rows, after, strict=True):
        kept = found[: len(row.cells)]
        if before.form in ("xlsx", "ods"):  # what is empty at the end of a row is not written
            kept = (*kept, *[""] * (len(row.cells) - len(kept)))
        assert kept == row.cells


@pytest.mark.slow
@examples(5000, 400)
@given(
    st.text(max_size=40) | st.sampled_from(NAMES), st.sampled_from(CELLS) | st.text(max_size=8), st.text(max_size=12)
)
def test_no_name_ends_in_a_traceback_or_without_an_outcome(name: str, cell: str, date: str) -> None:
    with within(SECONDS):
        found: Answer = answer(asked({"name": name, "departement": cell, "date": date}, None, None), link, "fr")
    assert len(found) == len(COLUMNS)
    assert found[OUTCOME] in ("linked", "ambiguous", "unknown")
    assert (found[0] != "") == (found[OUTCOME] == "linked")
    assert found[-1]
