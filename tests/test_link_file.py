"""`trophees link`: the same rows in the same order, whatever the file, each with what it means and why."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from trophees.base.errors import UserError
from trophees.base.language import Both
from trophees.cli.main import main
from trophees.places import reference, side_by_side, table_linked
from trophees.places.answered import COLUMNS, ROLES, answer, asked, day, named
from trophees.places.headers import told
from trophees.places.link import Asked, Linked, link
from trophees.places.link_file import link_file
from trophees.places.table_linked import Wish
from trophees.reading import open_document, sheet, table

FOLDER = ["code", "official_name", "outcome"]


def linked(folder: Path, data: bytes, name: str, *options: str, out: str = "") -> tuple[bytes, str]:
    """What `trophees link` makes of the file `name` that has `data`, and what it says of it."""
    file = folder / name
    file.write_bytes(data)
    target = folder / (out or f"out.{name.rpartition('.')[2]}")
    done = CliRunner().invoke(main, ["link", str(file), "-o", str(target), "--lang", "en", *options])
    assert done.exit_code == 0, done.output
    return target.read_bytes(), done.output


def refused(folder: Path, data: bytes, name: str, *options: str) -> str:
    """The sentence by which it is refused; nothing is written."""
    file = folder / name
    file.write_bytes(data)
    before = sorted(folder.iterdir())
    done = CliRunner().invoke(main, ["link", str(file), "-o", str(folder / "out.csv"), *options])
    assert done.exit_code == 2
    assert sorted(folder.iterdir()) == before
    (sentence,) = (line for line in done.output.splitlines() if line.startswith("trophees: "))
    return sentence.removeprefix(f"trophees: {folder}/")


def rows(data: bytes, codec: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    """What a second reader finds in CSV."""
    return list(csv.reader(io.StringIO(data.decode(codec), newline=""), delimiter=delimiter, strict=True))


def meant(found: Sequence[Sequence[str]]) -> list[list[str]]:
    """The code, official name and outcome of each row."""
    places = [found[0].index(name) for name in FOLDER]
    return [[row[place] for place in places] for row in found[1:]]


CACHAN = ["94016", "Cachan", "linked"]
NAMES = "commune;département\nVille de Cachan;94\nL’Haÿ-les-Roses;\nSaint-Denis;\n"
MEANT = [CACHAN, ["94038", "L'Haÿ-les-Roses", "linked"], ["", "", "ambiguous"]]


def test_each_row_stays_and_has_its_territory_beside_it(tmp_path: Path) -> None:
    data, said = linked(tmp_path, NAMES.encode(), "a.csv")
    found = rows(data, delimiter=";")
    assert [row[:2] for row in found] == rows(NAMES.encode(), delimiter=";")
    assert found[0][2:] == list(COLUMNS)
    assert meant(found) == MEANT
    cachan = dict(zip(found[0], found[1], strict=True))
    assert cachan["insee_iri"] == "http://id.insee.fr/geo/commune/94016"
    assert (cachan["departement"], cachan["region"], cachan["kind"]) == ("94", "11", "commune")
    assert "93066 Saint-Denis (commune)" in found[3][found[0].index("candidates")]
    assert "3 row(s): 2 linked, 1 ambiguous, 0 unknown" in said
    assert "columns --name “commune”, --departement “département”" in said


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_mark_delimiter_and_line_ends_are_those_of_the_file(
    tmp_path: Path, codec: str, end: str, delimiter: str
) -> None:
    text = NAMES.replace(";", delimiter).replace("\n", end)
    data, _ = linked(tmp_path, text.encode(codec), "a.csv")
    assert meant(rows(data, codec, delimiter)) == MEANT
    assert data.startswith(b"\xef\xbb\xbf") == (codec == "utf-8-sig")
    assert data.decode(codec).count(end) == 4
    assert ("\r" in data.decode(codec)) == ("\r" in end)


def test_every_name_of_the_reference_can_be_written_in_windows_1252() -> None:
    assert all(place.name.encode("cp1252") for place in reference.places())


def test_what_could_be_a_formula_stays_the_text_that_it_is(tmp_path: Path) -> None:
    formula = "=cmd|' /C calc'!A0"
    text = written([["commune", "note"], ["Cachan", formula], [formula, "-1+1"]])
    data, _ = linked(tmp_path, text.encode(), "a.csv")
    assert rows(data)[1][:2] == ["Cachan", formula]
    assert rows(data)[2][:2] == [formula, "-1+1"]
    book, _ = linked(tmp_path, text.encode(), "a.csv", out="out.xlsx")
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert (sheet["B2"].value, sheet["B2"].data_type) == (formula, "s")


def written(cells: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    return out.getvalue()


def test_empty_short_and_long_rows_are_all_there_in_their_order(tmp_path: Path) -> None:
    text = "commune,dep,x\nCachan\n\nCachan,94,x,y,z\n,,\nCachan,94,x\n"
    data, said = linked(tmp_path, text.encode(), "a.csv")
    found = rows(data)
    assert [row[:5] for row in found] == [
        ["commune", "dep", "x", "", ""], ["Cachan", "", "", "", ""], [], ["Cachan", "94", "x", "y", "z"],
        ["", "", "", "", ""], ["Cachan", "94", "x", "", ""],
    ]  # fmt: skip
    assert {len(row) for row in found} == {0, 5 + len(COLUMNS)}
    assert "5 row(s): 3 linked, 0 ambiguous, 1 unknown, 1 empty" in said


def test_in_a_list_of_one_column_an_empty_line_is_a_row_and_a_comma_a_comma(tmp_path: Path) -> None:
    data, _ = linked(tmp_path, 'commune\nCachan\n\n"Rochelle, La"\nHaÿ-les-Roses, L\'\nLyon\n'.encode(), "a.csv")
    assert [row[0] for row in rows(data)][1:] == ["Cachan", "", "Rochelle, La", "Haÿ-les-Roses, L'", "Lyon"]
    assert meant(rows(data))[1] == ["", "", "unknown"]


def test_what_is_above_the_header_stays_above_it(tmp_path: Path) -> None:
    text = "Liste des lauréats\n\nnom de la commune,cp\nCachan,94230\n"
    data, said = linked(tmp_path, text.encode(), "a.csv")
    found = rows(data)
    assert found[:2] == [["Liste des lauréats"], []]
    assert meant(found[2:]) == [CACHAN]
    assert "a.csv:3: the header is on this line" in said


def test_of_two_header_lines_the_one_whose_words_are_known_counts(tmp_path: Path) -> None:
    text = "q1,q2,q3\nCommune,Département,Montant\nCachan,94,3\n"
    data, _ = linked(tmp_path, text.encode(), "a.csv")
    assert rows(data)[0] == ["q1", "q2", "q3"]
    assert meant(rows(data)[1:]) == [CACHAN]


@pytest.mark.parametrize("text", ["Cachan,3\nLa Flèche,4\n", "94016,x\n72154,y\n"])
def test_without_a_header_all_rows_are_rows_and_none_is_added(tmp_path: Path, text: str) -> None:
    data, said = linked(tmp_path, text.encode(), "a.csv")
    assert [row[2] for row in rows(data)] == ["94016", "72154"]
    assert "without a header" in said
    again, _ = linked(
        tmp_path, text.encode(), "a.csv", "--no-header", "--" + ("code" if text[0] == "9" else "name"), "1"
    )
    assert again == data


def test_of_columns_of_one_name_a_number_says_which(tmp_path: Path) -> None:
    text = "nom,nom,nom\nx,Cachan,y\n"
    assert "several columns are called “nom”: give a number (1, 2, 3)" in refused(
        tmp_path, text.encode(), "a.csv", "--name", "nom"
    )
    data, _ = linked(tmp_path, text.encode(), "a.csv", "--name", "2")
    assert meant(rows(data)) == [CACHAN]
    assert rows(data)[0][:3] == ["nom", "nom", "nom"]


def test_a_column_of_the_input_keeps_its_name_and_ours_is_linked(tmp_path: Path) -> None:
    data, _ = linked(tmp_path, b"commune,code,score\nCachan,94016,7\n", "a.csv")
    found = rows(data)
    assert found[0][:3] == ["commune", "code", "score"]
    assert found[1][:3] == ["Cachan", "94016", "7"]
    assert found[0][3:] == [f"linked_{name}" if name in ("code", "score") else name for name in COLUMNS]
    twice, _ = linked(tmp_path, data, "b.csv", "--name", "commune")
    assert len(set(rows(twice)[0])) == len(rows(twice)[0])
    assert "linked_linked_code" in rows(twice)[0]
    assert named(["why", "linked_why"])[-1] == "linked_linked_why"


def test_a_table_whose_headers_say_nothing_is_told_by_its_contents(tmp_path: Path) -> None:
    text = "a,b,c\n1,Cachan,x\n2,La Flèche,y\n3,Zzz,z\n"
    data, said = linked(tmp_path, text.encode(), "a.csv")
    assert meant(rows(data)) == [CACHAN, ["72154", "La Flèche", "linked"], ["", "", "unknown"]]
    assert "columns --name “b”" in said


def test_a_column_whose_contents_are_something_else_is_left_out_and_it_is_said(tmp_path: Path) -> None:
    text = "commune,type,code\nCachan,budget participatif,P-1\nLa Flèche,jury,P-2\n"
    data, said = linked(tmp_path, text.encode(), "a.csv")
    assert [row[3] for row in rows(data)[1:]] == ["94016", "72154"]
    assert "column “type”: what it holds is not understood, it is not used (--kind forces it)" in said
    assert "column “code”" in said


@pytest.mark.parametrize(
    ("role", "header"),
    [
        ("departement", text)
        for text in ("N° département", "Numéro de département", "CODE_DEPT", "Code Dept", "dep_code")
    ]
    + [("departement", "département (n°)")]
    + [("postal", text) for text in ("C.P.", "CODPOS", "codePostalEtablissement", "adrs_codepostal", "adresse_cp")]
    + [("postal", "cp_ville")]
    + [("code", text) for text in ("codeCommuneEtablissement", "code_officiel_commune", "com_insee")]
    + [("name", text) for text in ("adrs_libcommune", "libelleCommuneEtablissement")]
    + [("region", "N° région")],
)
def test_a_header_is_known_by_the_words_of_which_it_is_made(role: str, header: str) -> None:
    assert [other for other in ROLES if told(other, header)] == [role]


@pytest.mark.parametrize(
    "header", ["pos", "n°", "code projet", "commune 2", "nombre de communes", "dep com", "adresse"]
)
def test_a_header_with_other_words_says_nothing(header: str) -> None:
    assert [role for role in ROLES if told(role, header)] == []


def test_a_code_of_a_departement_under_a_shortened_header_contradicts_a_name(tmp_path: Path) -> None:
    data, _ = linked(tmp_path, b"commune,CODE_DEPT\nNantes,35\nNantes,44\n", "a.csv")
    assert told_as(data) == [["", "", "unknown"], ["44109", "Nantes", "linked"]]


@pytest.mark.parametrize("text", ["Nantes;35\n", "Nantes;35000\n", "Nantes;35 000\n", "Nantes;35\nCachan;44\n"])
def test_without_a_header_a_departement_or_a_postal_code_contradicts_a_name(tmp_path: Path, text: str) -> None:
    data, said = linked(tmp_path, text.encode(), "a.csv")
    found = rows(data, delimiter=";")
    assert {row[2 + COLUMNS.index("outcome")] for row in found} == {"unknown"}
    assert "without a header" in said


def test_a_column_is_known_by_its_codes_of_departements_under_a_header_that_says_nothing(tmp_path: Path) -> None:
    data, said = linked(tmp_path, b"num;libelle;d\n3;Nantes;35\n", "a.csv")
    found = rows(data, delimiter=";")
    assert dict(zip(found[0], found[1], strict=True))["outcome"] == "unknown"
    assert "--departement \u201cd\u201d" in said


@pytest.mark.parametrize("column", ["n", "id", "projets", ""])
@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("7", "8", "9")])
def test_numbers_of_rows_are_no_departements(tmp_path: Path, column: str, numbers: tuple[str, ...]) -> None:
    text = f"commune;{column}\n" + "".join(f"Cachan;{number}\n" for number in numbers)
    data, _ = linked(tmp_path, text.encode(), "a.csv")
    assert {row[2] for row in rows(data, delimiter=";")[1:]} == {"94016"}


@pytest.mark.parametrize("numbers", ["10000 15000 35000 59000 20000", "12 35 44 12 8", "35 35 35 35 35"])
def test_amounts_and_counts_that_look_like_codes_contradict_nothing(tmp_path: Path, numbers: str) -> None:
    for header in ("montant", ""):
        text = f"commune;{header}\n" + "".join(f"Cachan;{number}\n" for number in numbers.split())
        data, _ = linked(tmp_path, text.encode(), "a.csv")
        assert {row[2] for row in rows(data, delimiter=";")[1:]} == {"94016"}


def test_codes_that_fit_the_names_count_whatever_their_header(tmp_path: Path) -> None:
    text = "commune;lieu\nSaint-Denis;93066\nCachan;94016\nNantes;35238\n"
    data, _ = linked(tmp_path, text.encode(), "a.csv")
    assert [row[2] for row in rows(data, delimiter=";")[1:]] == ["93066", "94016", ""]


def test_the_names_beside_codes_are_used(tmp_path: Path) -> None:
    for text in (
        "com;adrs_codepostal;adrs_libcommune\n94016;94230;Cachan\n94016;94230;Nantes\n",
        "Entit\u00e9;depcom\nCachan;94016\nNantes;94016\n",
    ):
        data, said = linked(tmp_path, text.encode(), "a.csv")
        found = rows(data, delimiter=";")
        at = found[0].index("outcome")
        assert [row[at] for row in found[1:]] == ["linked", "unknown"]
        assert "--name" in said
        assert "--code" in said


def test_a_column_of_row_numbers_called_code_is_no_code_and_it_is_said(tmp_path: Path) -> None:
    data, said = linked(tmp_path, b"code;commune\n1;Saint-Denis\n3;Nantes\n", "a.csv")
    found = rows(data, delimiter=";")
    at = found[0].index("outcome")
    assert [row[at] for row in found[1:]] == ["ambiguous", "linked"]
    assert "column \u201ccode\u201d: what it holds is not understood, it is not used" in said
    data, said = linked(tmp_path, b"code;nom\n1;Ain\n35;Ille-et-Vilaine\n", "a.csv")
    assert "--code" in said


def test_a_column_called_kind_that_says_no_kinds_is_left_out(tmp_path: Path) -> None:
    data, said = linked(tmp_path, b"commune,kind\nCachan,A+\n", "a.csv")
    assert told_as(data) == [CACHAN]
    assert "column \u201ckind\u201d: what it holds is not understood, it is not used" in said


def test_a_date_in_a_row_goes_before_the_day_of_all_and_one_that_is_none_is_said(tmp_path: Path) -> None:
    text = "code,date\n14712,1990-01-01\n14712,01/01/1990\n14712,31/02/1990\n14712,1900\n14712,\n"
    data, _ = linked(tmp_path, text.encode(), "a.csv", "--on", "1990-01-01")
    why = [row[-1] for row in rows(data)[1:]]
    outcomes = [outcome for _, _, outcome in [[*row] for row in told_as(data)]]
    assert outcomes == ["linked", "linked", "unknown", "unknown", "linked"]
    assert why[2].startswith("date “31/02/1990”: not understood; is written 2015-03-01, 01/03/2015, ")
    assert why[3] == "the reference begins on 1943-01-01"


def told_as(data: bytes) -> list[list[str]]:
    found = rows(data)
    places = [len(found[0]) - len(COLUMNS) + COLUMNS.index(name) for name in FOLDER]
    return [[row[place] for place in places] for row in found[1:]]


def test_codes_are_translated_to_a_day(tmp_path: Path) -> None:
    text = "insee\n14712\n"
    expected = link(Asked(code="14712", on=date(2010, 1, 1), to=date(2018, 1, 1)))
    data, _ = linked(tmp_path, text.encode(), "a.csv", "--on", "2010-01-01", "--to", "2018-01-01")
    assert expected.place
    assert told_as(data) == [[expected.place.code, expected.place.name, "linked"]]


def test_days_are_read_as_people_write_them() -> None:
    assert [day(text) for text in ("2015-03-01", "1/3/2015", "01.03.2015", "2015", "2015-02-30", "soon", "-5")] == [
        date(2015, 3, 1), date(2015, 3, 1), date(2015, 3, 1), date(2015, 1, 1), None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["20150301", "20150301.0", "1er mars 2015", "1 MARS  2015", "01 mars 2015", "2015-03-01T08:00"]
)
def test_a_day_without_marks_or_with_its_month_in_words_is_read(text: str) -> None:
    assert day(text) == date(2015, 3, 1)


@pytest.mark.parametrize("text", ["01/03/15", "12/2015", "mars 2015", "1er brumaire 2015", "20151301", "1er mars 15"])
def test_a_day_that_may_be_several_is_none_and_the_forms_are_said(text: str) -> None:
    assert day(text) is None
    found = asked({"name": "Cachan", "date": text}, None, None)
    assert isinstance(found, Linked)
    assert "2015-03-01, 01/03/2015, 20150301, 1er mars 2015, 2015" in found.why["fr"]


def test_a_day_of_a_row_after_the_newest_vintage_is_said_in_its_reason(tmp_path: Path) -> None:
    data, _ = linked(tmp_path, b"commune,date\nCachan,2099\nCachan,2020\n", "a.csv")
    said = f"the reference ends on {reference.newest()}, whose state this is"
    assert [said in line[-1] for line in rows(data)[1:]] == [True, False]


def test_json_lines_keep_their_objects_as_they_were_written(tmp_path: Path) -> None:
    lines = [
        '{"commune": "Cachan", "n": 1.50, "deep": {"a": [1]}}',
        "",
        "{ }",
        '{"n": 12345678901234567890, "commune": "Zzz"} ',
    ]
    data, _ = linked(tmp_path, "\n".join(lines).encode() + b"\n", "a.jsonl")
    found = data.decode().splitlines()
    assert len(found) == 4
    assert found[0].startswith('{"commune": "Cachan", "n": 1.50, "deep": {"a": [1]}, "code": "94016", ')
    assert found[1] == ""
    assert json.loads(found[2])["outcome"] == "unknown"
    assert found[3].startswith('{"n": 12345678901234567890, "commune": "Zzz", ')
    one, _ = linked(tmp_path, b'{"commune": "Cachan"}\n\n', "a.jsonl")
    assert one.splitlines()[1:] == [b""]
    assert "a.jsonl:2: is no JSON object" in refused(tmp_path, b'{"commune": "x"}\n[1]\n', "a.jsonl")
    assert "a.jsonl:1: is no JSON" in refused(tmp_path, b'{"commune": "x"\n', "a.jsonl")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b'{"commune": "Cachan"}\n{"commune": "Saint-Denis"}\n\n{}\n'),
        ("a.csv", b"commune,x\nCachan,1\nSaint-Denis,2\n\n,\n"),
    ],
)
def test_in_json_lines_the_score_is_a_number_and_codes_are_text(tmp_path: Path, name: str, data: bytes) -> None:
    out, _ = linked(tmp_path, data, name, out="out.jsonl")
    found = [json.loads(line) for line in out.decode().splitlines() if line]
    assert [(type(row["score"]), row["code"]) for row in found] == [(int, "94016"), (float, ""), (int, "")]
    assert found[1]["score"] < 1


@pytest.mark.parametrize("header", ["", "commune;x\n", "Les communes\n\ncommune;x\n"])
def test_json_lines_lose_no_cell_of_a_row_whether_it_has_a_header_or_stands_above_it(
    tmp_path: Path, header: str
) -> None:
    rows = "Cachan;1\n\nSaint-Denis;2\n"
    out, _ = linked(tmp_path, f"{header}{rows}".encode(), "a.csv", out="out.jsonl")
    found = [json.loads(line) if line else {} for line in out.decode().splitlines()]
    if header.startswith("Les"):
        assert found[:2] == [{"column_1": "Les communes"}, {}]
    one, other = ("commune", "x") if header else ("column_1", "column_2")
    told = [[row.get(key) for key in (one, other, "code", "score")] for row in found[-3:]]
    assert told == [["Cachan", "1", "94016", 1], [None] * 4, ["Saint-Denis", "2", "", told[2][3]]]


def book(*rows: Sequence[object]) -> bytes:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_spreadsheet_keeps_the_types_of_its_cells(tmp_path: Path) -> None:
    when = date(2020, 2, 29)
    given = book(["commune", "montant", "jour", "vide"], ["Cachan", 12.5, when, None], [], ["Zzz", 3, None, True])
    data, said = linked(tmp_path, given, "a.xlsx")
    made = load_workbook(io.BytesIO(data)).active
    assert made is not None
    found = [list(row) for row in made.iter_rows(values_only=True)]
    assert found[1][1] == 12.5
    assert found[1][2].date() == when
    assert found[1][4:7] == ["94016", "commune", "Cachan"]
    assert found[2] == [None] * len(found[2])
    assert found[3][:4] == ["Zzz", 3, None, True]
    assert "3 row(s): 1 linked, 0 ambiguous, 1 unknown, 1 empty" in said


def test_merged_cells_of_a_spreadsheet_are_one_and_empty_ones(tmp_path: Path) -> None:
    made = Workbook()
    assert made.active is not None
    for row in (["Lauréats", None], ["commune", "n"], ["Cachan", 1], [None, 2]):
        made.active.append(row)
    made.active.merge_cells("A1:B1")
    made.active.merge_cells("A3:A4")
    out = io.BytesIO()
    made.save(out)
    data, said = linked(tmp_path, out.getvalue(), "a.xlsx", out="out.csv")
    assert meant(rows(data)[1:]) == [CACHAN, ["", "", "unknown"]]
    assert "1 merge(s) of cells over several rows: only the first row has their value" in said


def test_merged_cells_of_open_document_are_said_too(tmp_path: Path) -> None:
    spanned = text_cell("Cachan").replace("table-cell ", 'table-cell table:number-rows-spanned="2" ', 1)
    covered = "<table:covered-table-cell/>"
    given = ods(row(text_cell("commune"), text_cell("n")) + row(spanned, NUMBER) + row(covered, NUMBER))
    data, said = linked(tmp_path, given, "a.ods", out="out.csv")
    assert meant(rows(data)) == [CACHAN, ["", "", "unknown"]]
    assert "1 merge(s) of cells over several rows" in said
    _, said = linked(tmp_path, SHEET, "a.ods", out="out.csv")
    assert "merge(s)" not in said


def test_a_header_below_a_title_is_found_though_late_rows_are_sparse(tmp_path: Path) -> None:
    text = "Liste\nPorteur,Objet,Lieu,Somme,Suite\nCachan,a,b,1,\nCachan,a,,,\nCachan,a,b,,\n"
    text += "Cachan,a,b,1,x\nCachan\nCachan\n"
    data, said = linked(tmp_path, text.encode(), "a.csv")
    assert rows(data)[1][:2] == ["Porteur", "Objet"]
    assert "6 row(s): 6 linked" in said
    found = table.read(text.encode(), "a.csv", "csv")
    assert found.columns == ("Porteur", "Objet", "Lieu", "Somme", "Suite")


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="one">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(rows: str) -> bytes:
    """A spreadsheet in OpenDocument that has these rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
    return out.getvalue()


def text_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


NUMBER = '<table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5 €</text:p></table:table-cell>'
CODE = '<table:table-cell office:value-type="float" office:value="1004"><text:p>01004</text:p></table:table-cell>'
DAY = (
    '<table:table-cell office:value-type="date" office:date-value="2020-02-29T00:00:00"><text:p>29/2</text:p>'
    "</table:table-cell>"
)
MANY = '<table:table-cell table:number-columns-repeated="100000" office:value-type="string"><text:p>x</text:p>'
EMPTY = '<table:table-cell table:number-columns-repeated="{}"/>'
SHEET = ods(
    row(*map(text_cell, ("commune", "montant", "insee", "jour")))
    + row(text_cell("Cachan <text:s text:c='2'/>!"), NUMBER, CODE, DAY, EMPTY.format(1000))
    + row(EMPTY.format(1004), repeated=2)
    + row(text_cell("Zzz"), EMPTY.format(2), text_cell("x"))
    + row(EMPTY.format(16384), repeated=1048000)
)


def test_open_document_is_read_as_it_is_shown() -> None:
    notes: list[Both] = []
    found = [cells for _, cells, _ in open_document.rows(SHEET, "a.ods", notes)]
    assert found == [
        ("commune", "montant", "insee", "jour"), ("Cachan   !", "12.5", "01004", "2020-02-29"), (), (),
        ("Zzz", "", "", "x"),
    ]  # fmt: skip
    assert not notes
    assert table.read(SHEET, "a.ods", "ods").rows[0].line == 2


def test_open_document_is_written_as_it_was_and_read_again(tmp_path: Path) -> None:
    data, said = linked(tmp_path, SHEET, "a.ods", "--code", "insee")
    before = [cells for _, cells, _ in open_document.rows(SHEET, "a.ods", [])]
    after = [cells for _, cells, _ in open_document.rows(data, "b.ods", [])]
    assert [cells[:4] for cells in after] == before
    assert after[1][4] == "01004"
    assert "4 row(s)" in said
    assert data == linked(tmp_path, SHEET, "a.ods", "--code", "insee")[0]


@pytest.mark.parametrize("bomb", [
    row(text_cell("x"), repeated=10**9), row(*[text_cell("x")] * 3, repeated=2 * 10**6),
    row(f"{MANY}</table:table-cell>"),
    row(EMPTY.format(3), repeated=9 * 10**8) + row(text_cell("x")),
])  # fmt: skip
def test_repeated_cells_of_open_document_are_no_bomb(bomb: str) -> None:
    with pytest.raises(UserError, match=r"a\.ods: has more than"):
        list(open_document.rows(ods(bomb), "a.ods", []))


def test_another_format_is_given_by_the_extension_of_what_is_written(tmp_path: Path) -> None:
    data, _ = linked(tmp_path, NAMES.encode(), "a.csv", out="out.jsonl")
    objects = [json.loads(line) for line in data.splitlines()]
    assert [[found[key] for key in FOLDER] for found in objects] == MEANT
    book, _ = linked(tmp_path, NAMES.encode(), "a.csv", out="out.xlsx")
    assert [cells for _, cells, _ in sheet.rows(book, "out.xlsx", [])][1][2] == "94016"
    assert "is written as csv" in refused_output(tmp_path, "out.docx")


def refused_output(folder: Path, out: str) -> str:
    done = CliRunner().invoke(main, ["link", str(folder / "a.csv"), "-o", str(folder / out)])
    assert done.exit_code == 2
    return done.output


@pytest.mark.parametrize(("data", "said"), [
    (b"", "a.csv: holds no table: it has no row"), (b"\n\n", "a.csv: holds no table: it has no row"),
    (b"x,y\n1,2\n", "a.csv: no column of names or codes is found: name it, as --name COLUMN (there are: x, y)"),
    (b'commune\n"Cachan\n', "a.csv:2: a cell in quotes does not end"),
    (b"commune\nHa\xff\n\x81\n", "a.csv:3: neither UTF-8 nor Windows-1252: save it as UTF-8"),
    (b"commune,x\nx,y\n" + b"," * 200 + b"\n", "a.csv: has rows with 201 cells, and 2 in the header"),
])  # fmt: skip
def test_a_file_that_is_no_table_is_refused_in_a_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    assert refused(tmp_path, data, "a.csv") == said


def test_other_mistakes_are_refused_in_a_sentence(tmp_path: Path) -> None:
    data = b"commune\nCachan\n"
    assert "--name: there is no column “ville” (there are: commune)" in refused(
        tmp_path, data, "a.csv", "--name", "ville"
    )
    assert "--on 1900-01-01: the reference begins on 1943-01-01" in refused(
        tmp_path, data, "a.csv", "--on", "1900-01-01"
    )
    done = CliRunner().invoke(main, ["link", "https://example.org/a.csv"])
    assert done.exit_code == 2
    assert "nothing is fetched" in done.output


@pytest.mark.slow
def test_a_line_of_ten_megabytes_is_a_row_like_another(tmp_path: Path) -> None:
    text = written([["commune", "note"], ["Cachan", "x" * 10_000_000], ["Cachan" * 1_000_000, "y"]])
    data, _ = linked(tmp_path, text.encode(), "a.csv")
    csv.field_size_limit(1 << 24)
    assert meant(rows(data)) == [CACHAN, ["", "", "unknown"]]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx"])
def test_standard_input_and_output_do_as_files_do(tmp_path: Path, name: str) -> None:
    made = {
        "a.csv": b"commune\nCachan\n",
        "a.jsonl": b'{"commune": "Cachan"}\n',
        "a.xlsx": book(["commune"], ["Cachan"]),
    }
    expected, _ = linked(tmp_path, made[name], name)
    done = subprocess.run([sys.executable, "-m", "trophees", "link", "-"], input=made[name], capture_output=True)
    assert done.returncode == 0, done.stderr
    if name != "a.xlsx":  # in which there is the time
        assert done.stdout == expected
    else:
        assert list(sheet.rows(done.stdout, name, [])) == list(sheet.rows(expected, name, []))


def many(number: int) -> bytes:
    return ("commune,n\n" + "".join(f"{('Cachan', 'La Flèche', 'Zzz')[n % 3]},{n}\n" for n in range(number))).encode()


def test_several_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (side_by_side, table_linked):
        monkeypatch.setattr(module, "CHUNK", 100)
    monkeypatch.setattr(side_by_side, "_ALONE", 500)
    one, said = linked(tmp_path, many(1403), "a.csv", "--processes", "1")
    two, said_too = linked(tmp_path, many(1403), "a.csv", "--processes", "2")
    assert one == two
    assert [row[1] for row in rows(two)[1:]] == [str(n) for n in range(1403)]
    assert said == said_too


def slow(_: Asked) -> Linked:
    time.sleep(0.01)
    return Linked("unknown", None, (), 0.0, Both("non", "no"))


ENDING = """
import sys
from pathlib import Path
from test_link_file import slow
from trophees.places.link_file import link_file
from trophees.places.table_linked import Wish
link_file(Path(sys.argv[1]), Path(sys.argv[2]), Wish({"name": "n"}, processes=int(sys.argv[3])), print, slow)
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_interrupted_leaves_what_was_there(tmp_path: Path, number: int, processes: int) -> None:
    (tmp_path / "a.csv").write_bytes(many(20000))
    (tmp_path / "out.csv").write_bytes(b"before")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    arguments = [sys.executable, "-c", ENDING, str(tmp_path / "a.csv"), str(tmp_path / "out.csv"), str(processes)]
    run = subprocess.Popen(arguments, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not list(tmp_path.glob(".out.csv.*")):
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(number)
    assert run.wait(60)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "out.csv"]
    assert (tmp_path / "out.csv").read_bytes() == b"before"


def test_the_matcher_is_asked_by_the_columns_that_are_named(tmp_path: Path) -> None:
    seen: list[Asked] = []

    def stand_in(question: Asked) -> Linked:
        seen.append(question)
        return Linked("unknown", None, (), 0.0, Both("non", "no"))

    (tmp_path / "a.csv").write_text("a,b,c,d\nx,94,commune,2001-02-03\n")
    given = {"name": "a", "departement": "2", "kind": "c", "date": "d"}
    link_file(tmp_path / "a.csv", tmp_path / "o.csv", Wish(given, to=date(2020, 1, 1)), lambda _: None, stand_in)
    assert seen == [Asked(name="x", departement="94", kind="commune", on=date(2001, 2, 3), to=date(2020, 1, 1))]


def test_of_many_candidates_some_are_shown_and_the_rest_counted() -> None:
    place = reference.at("94016")[0]
    many = Linked("ambiguous", None, (place,) * 1_000_000, 0.0, Both("plusieurs", "several"))
    shown = answer(asked({"name": "x"}, None, None), lambda _: many, "fr")[COLUMNS.index("candidates")]
    assert shown.endswith("| … (+999950)")
    assert len(shown) < 2000


def test_a_delegated_commune_has_its_commune_beside_it() -> None:
    part = next(p for p in reference.places() if p.kind == "commune-deleguee" and not p.ends)
    found = Linked("linked", part, (), 1.0, Both("", ""))
    cells = dict(zip(COLUMNS, answer(asked({"name": "x"}, None, None), lambda _: found, "fr"), strict=True))
    assert (cells["code"], cells["in_commune"], cells["insee_iri"]) == (part.code, part.of, "")
