"""Tables of other people: what is read of CSV and XLSX, and what becomes of it in the graph."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from pyoxigraph import Literal, NamedNode, QuerySolutions

from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.errors import UserError
from trophees.base.namespaces import XSD
from trophees.reading import table
from trophees.reading.rows import column, properties

ROWS = [["code_insee", "projet", "montant"], ["01004", "Un jardin", "12 500,00"], ["94016", "Un mur ; haut", "3"]]


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """`rows` as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def cells(found: table.Table) -> list[list[str]]:
    """The header and the rows of a table."""
    return [list(found.columns), *(list(row.cells) for row in found.rows)]


def book(rows: Sequence[Sequence[object]], **formats: str) -> bytes:
    """`rows` as XLSX; `formats` are those of numbers, by the name of a cell."""
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    for name, form in formats.items():
        made.active[name].number_format = form
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def replaced(data: bytes, part: str, change: Any) -> bytes:
    """The archive `data` with what `change` makes of `part`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes, name: str = "a.xlsx") -> str:
    """The sentence in which `data` is refused."""
    with pytest.raises(UserError) as caught:
        table.read(data, name, name.rpartition(".")[2])
    assert "\n" not in str(caught.value)
    return str(caught.value)


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_line_ends_are_found(delimiter: str, encoding: str, end: str) -> None:
    rows = [*ROWS, ["2A004", "Été à l’Île", "1,5"]]
    assert cells(table.read(written(rows, delimiter, end).encode(encoding), "a.csv", "csv")) == rows


def test_the_line_of_a_row_is_its_first_and_blank_rows_are_none() -> None:
    found = table.read(b'a,b\n1,"x\ny"\n\n,\n3,z\n', "a.csv", "csv")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("1", "x\ny")), (6, ("3", "z"))]


def test_what_stands_above_the_header_is_left_out() -> None:
    text = "Liste des projets;;\n\nAnnée 2020;;\ncode;projet;montant\n1;a;2\n2;b;\n3;c;4\n"
    found = table.read(text.encode(), "a.csv", "csv")
    assert found.columns == ("code", "projet", "montant")
    assert [row.line for row in found.rows] == [5, 6, 7]
    assert found.notes[0]["en"] == "a.csv:4: the header is on this line; 2 row(s) above it are left out"
    assert found.notes[0]["fr"] == "a.csv:4 : l’en-tête est sur cette ligne ; 2 ligne(s) au-dessus, laissée(s) de côté"


def test_excel_says_the_delimiter_on_a_line_of_its_own() -> None:
    found = table.read(b"sep=;\r\na;b\r\n1,5;2,5\r\n", "a.csv", "csv")
    assert cells(found) == [["a", "b"], ["1,5", "2,5"]]
    assert found.rows[0].line == 3


def test_quotes_inside_of_cells_are_cells_and_a_quote_that_does_not_end_is_refused() -> None:
    assert cells(table.read(b'a,b\n"Un" jardin,x\n', "a.csv", "csv"))[1][1] == "x"
    assert refused(b'a,b\n1,"x\n2,y\n', "a.csv") == "a.csv:2: a cell in quotes does not end"


def test_one_column_is_a_table_and_no_row_is_none() -> None:
    assert cells(table.read(b"nom\nCachan\nLyon\n", "a.csv", "csv")) == [["nom"], ["Cachan"], ["Lyon"]]
    assert refused(b"\n \n", "a.csv") == "a.csv: holds no table: it has no row"


def test_cells_beyond_the_header_are_told() -> None:
    found = table.read(b"a,b\n1,2\n1,2,3\n", "a.csv", "csv")
    assert found.rows[1].cells == ("1", "2")
    assert [note["en"] for note in found.notes] == [
        "a.csv:3: 1 row(s) with more cells than the header, which are left out"
    ]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=3, max_size=3)))
def test_any_cells_come_back(rows: list[list[str]]) -> None:
    whole = [["a", "b", "c"], *([[cell.replace("\0", "") or "x" for cell in row] for row in rows])]
    found = table.read(written(whole).encode(), "a.csv", "csv")
    kept = [row for row in whole[1:] if any(cell.strip() for cell in row)]
    assert [list(row.cells) for row in found.rows] == kept


# XLSX


def test_a_sheet_is_read_as_it_is_shown() -> None:
    rows: list[list[object]] = [
        ["code", "nom", "n", "jour", "moment", "part", "vrai", "code postal"],
        ["01004", "Été", 1250, date(2020, 2, 1), datetime(2020, 2, 1, 9, 30), 0.1, True, 1004],
        [94016, None, 1e6, None, None, 2.5, False, 75001],
    ]
    found = cells(table.read(book(rows, H2="00000"), "a.xlsx", "xlsx"))
    assert found[1] == ["01004", "Été", "1250", "2020-02-01", "2020-02-01T09:30:00", "0.1", "true", "01004"]
    assert found[2] == ["94016", "", "1000000", "", "", "2.5", "false", "75001"]


def test_a_formula_is_what_was_saved_with_it() -> None:
    data = book([["a", "b"], [1, "=1+1"]])
    found = table.read(data, "a.xlsx", "xlsx")
    assert cells(found)[1] == ["1", ""]
    assert found.notes[0]["en"].startswith("a.xlsx: 1 formula(s) without a value: open the file in a spreadsheet")
    saved = replaced(data, SHEET, lambda part: part.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    found = table.read(saved, "a.xlsx", "xlsx")
    assert cells(found)[1] == ["1", "2"]
    assert found.notes == []


def test_other_sheets_are_told() -> None:
    made = Workbook()
    assert made.active is not None
    made.create_sheet("vide")
    made.active.append(["a", "b"])
    made.active.append([1, 2])
    made.create_sheet("deux").append(["x"])
    out = io.BytesIO()
    made.save(out)
    found = table.read(out.getvalue(), "a.xlsx", "xlsx")
    assert cells(found) == [["a", "b"], ["1", "2"]]
    assert [note["en"] for note in found.notes] == ["a.xlsx: sheets other than the first are not read (“deux”)"]


def test_hostile_spreadsheets_are_a_sentence_each(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book([["a", "b"], [1, 2]])
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]>'
    bomb = replaced(data, SHEET, lambda part: laughs + part.partition(b"?>")[2])
    assert refused(bomb) == "a.xlsx: declares XML entities, as no spreadsheet does"
    for end in (len(data) // 2, 30, 4):
        assert refused(data[:end]) == "a.xlsx: is cut off or damaged (BadZipFile)"
    assert refused(replaced(data, SHEET, lambda part: part[:200])).startswith("a.xlsx: cannot be read as XLSX (")
    monkeypatch.setattr("trophees.reading.sheet.MOST", 100_000)
    wide = replaced(data, SHEET, lambda part: part.replace(b"</sheetData>", _wide() + b"</sheetData>"))
    assert refused(wide) == "a.xlsx: has more than 100000 cells: take it apart"
    assert refused(b"PK\x03\x04") == "a.xlsx: is cut off or damaged (BadZipFile)"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").startswith("a.xlsx: is a spreadsheet of before 2007")
    assert refused(b"a,b\n1,2\n") == "a.xlsx: is no XLSX"
    monkeypatch.setattr("trophees.reading.sheet._LARGEST", 1 << 20)
    zeros = replaced(data, "docProps/app.xml", lambda _: b" " * (1 << 21))
    assert refused(zeros) == "a.xlsx: is larger than 1 MiB once it is unpacked"


def _wide() -> bytes:
    return b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(3, 700))


def test_a_row_far_below_costs_nothing() -> None:
    far = b'<row r="1048576"><c r="A1048576"><v>9</v></c></row></sheetData>'
    data = replaced(book([["a", "b"], [1, 2]]), SHEET, lambda part: part.replace(b"</sheetData>", far))
    assert table.read(data, "a.xlsx", "xlsx").rows[-1].line == 1048576


def test_an_archive_that_is_no_spreadsheet_is_a_sentence() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "a,b\n")
    assert refused(out.getvalue(), "a.csv") == "a.csv: is an archive, and neither XLSX nor ODS: take the file out of it"


# in the graph


def values(header: str, cells: list[str]) -> list[tuple[str, str] | None]:
    """What becomes of a column: each value with the name of its type."""
    found, _ = column(header, cells)
    return [(v.value, v.datatype.value.removeprefix(XSD)) if v else None for v in found]


@pytest.mark.parametrize(("header", "given", "expected", "datatype"), [
    ("n", ["1", "-20", "0"], ["1", "-20", "0"], "integer"),
    ("n", ["1 250", "12\u202f500"], ["1250", "12500"], "integer"),
    ("montant", ["12 500,00", "3"], ["12500.00", "3"], "decimal"),
    ("montant", ["1.5", "2"], ["1.5", "2"], "decimal"),
    ("montant", ["12,500", "3"], ["12,500", "3"], "string"),
    ("jour", ["2020-02-29", "2020-03-01"], ["2020-02-29", "2020-03-01"], "date"),
    ("jour", ["29/02/2020", "1/3/2020"], ["2020-02-29", "2020-03-01"], "date"),
    ("jour", ["30/02/2020", "1/3/2020"], ["30/02/2020", "1/3/2020"], "string"),
    ("n", ["01", "2"], ["01", "2"], "string"),
    ("n", ["1", "x"], ["1", "x"], "string"),
    ("SIREN", ["123456789"], ["123456789"], "string"),
    ("code postal", ["94230"], ["94230"], "string"),
    ("Code INSEE", ["94016", "1004", "2A004"], ["94016", "01004", "2A004"], "string"),
    ("commune", ["Cachan", "1004"], ["Cachan", "1004"], "string"),
    ("dep", ["1", "94", "2A", "971"], ["01", "94", "2A", "971"], "string"),
    ("décodage", ["1", "2"], ["1", "2"], "integer"),
])  # fmt: skip
def test_a_column_is_of_the_type_that_all_its_cells_are_of(
    header: str, given: list[str], expected: list[str], datatype: str
) -> None:
    assert values(header, ["", *given]) == [None, *((text, datatype) for text in expected)]


def test_a_header_is_a_property() -> None:
    names = [name.value for name in properties(["Code INSEE", "Libellé (œuvre)", "", "code-insee", "2020", "€"])]
    assert names == ["my:code_insee", "my:libelle_oeuvre", "my:column_3", "my:code_insee_2", "my:2020", "my:column_6"]


@pytest.mark.parametrize("name", ["projets.csv", "projets.tsv", "projets.xlsx", "projets.csv.gz"])
def test_a_table_joins_with_the_graph_by_its_codes(tmp_path: Path, name: str) -> None:
    import gzip

    from trophees.base.context import Context
    from trophees.graph import published

    delimiter = "\t" if name.endswith("tsv") else ";"
    content = book([*ROWS]) if name.endswith("xlsx") else written(ROWS, delimiter).encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    prefixes = Context(published.text(published.CONTEXT)).prefixes
    graph = Embedded.opened(published.file(published.GRAPH), [tmp_path / name], prefixes)
    mine = "GRAPH ?g { ?r my:code_insee ?code ; my:projet ?p }"
    text = f"SELECT ?r ?g ?p {{ {mine} ?c a igeo:Commune ; igeo:codeINSEE ?code }} ORDER BY ?r"
    rows = graph.ask(Question("q", text))
    assert isinstance(rows, QuerySolutions)
    file = (tmp_path / name).as_uri()
    found = [[NamedNode(f"{file}#row-{n}"), NamedNode(file), Literal(ROWS[n - 1][1])] for n in (2, 3)]
    assert [list(row) for row in rows] == found
