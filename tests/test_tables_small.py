"""Tables of a few cells in each format, with each fault: every row, what is told of it, and what is written again.

`small/tables.tsv` has what comes of each; after a wanted change, `python tests/test_tables_small.py` writes it anew.
"""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Callable, Sequence
from html import escape

import pytest
from openpyxl import load_workbook
from pyoxigraph import NamedNode

from small_cases import PARTS, Cases, compare, each, near, outcome, taken, write
from trophees.base.language import Both
from trophees.reading import delimited, grid, open_document, rows, sheet, table
from trophees.reading.document import Document
from trophees.reading.rewritten import writer

ROOM = "tables"


def read(data: bytes, extension: str = "csv") -> dict[str, object]:
    """The grid of `data` with all its rows, and the table that it becomes."""

    def whole() -> dict[str, object]:
        found = grid.opened(io.BytesIO(data), "a", extension)
        cells = [(row.line, row.cells, row.raw) for row in found.rows]
        return {"form": found.form, "width": found.width, "dialect": found.dialect, "rows": cells, "notes": found.notes}

    def of() -> dict[str, object]:
        found = table.read(data, "a", extension)
        return {"columns": found.columns, "rows": [(row.line, row.cells) for row in found.rows], "notes": found.notes}

    return {"grid": outcome(whole), "table": outcome(of)}


CSV = [
    "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a;b\n1,5;2\n", "a\tb\n1\t2\n", "a|b\n1|2\n", "a\n1\n",
    "a\nb,c\nd,e\n",
    "a\n1,5\n2\n", "nom\nSmith, J.\nX\nY\nZ\n", "a,b;c\n1,2;3\n", "a;b,c;d\n1;2,3;4\n", "\n\na,b\n1,2\n",
    "a,b\n\n,\n1,2\n",
    "sep=;\na;b\n1,2;3\n", 'SEP=|\r\na|b\r\n', '"sep=;"\na;b\n', "sep=;;\na;b\n", "sep=\na,b\n", "sep=,",
    " sep=; \na;b\n",
    'a,b\n"x\ny",2\n3,4\n', 'a,b\n"x""y",2\n', 'a,b\n"x" y,2\n', 'a,b\n"x,2\n', 'sep=,\na,b\n"x,2\n', 'a,b\n"x" y,"z\n',
    'sep=,\na,b\n"x" y,2\n3,4\n', 'sep=;\na;b\n"x\ny";2\n3;4\n',
    "<!DOCTYPE html><p>", "  \n<HTML><p>", "<!doctype htm,a\n1,2\n", "x<html>,b\n", f"{' ' * 96}<html>,a\n",
    f"{' ' * 94}<html>,a\n",
    f"{' ' * 95}<html>,a\n", "", "\n", " \n,\n", "x", "a,b,c\n1\n1,2\n1,2,3,4\n1,2,3,\n", "a,b,,\n1,2,,\n",
    "a, b  c \n1, 2 \n",
    "titre\n\na,b,c\n1,2,3\n4,5,6\n", "titre,x\na,b,c\n1,2,3\n4,5,6\n", "t\nu\na,b\n1,2\n3,4\n5,6\n",
    "t\nu\nv\na,b\n1,2\n",
    "a,b\n1\n2\n3\n4\n5,6\n", "a,b\n1,2\n3\n", "a,b,c\n1,2\n3,4\n5\n", "a,b\n1,2,3\n1,2,3,4\n",
    "t\na,b\n1,2,3\n3,4\n,5,6\n",
    '"a,b";c\n1;2\n', "a\u00a0b,c\n\u00a0,2\n",
    "".join(f"a;{n},c;d\n" for n in range(50)) + "a,d\n", "".join(f"a;{n},c;d\n" for n in range(49)) + "a,d\n",
    "a,b\n" * 3 + "x;y\n" * 2, "a,b\n" * 2 + "x;y\n" * 2, "a,b\n" * 2 + "x;y;z\n" * 2, "a;b\nx,y\n", "a\tb|c,d;e\n",
    "t\n" * 49 + "a,b\n" + "1,2\n" * 90, "t\n" * 24 + "a,b\n" * 26, "t\n" * 26 + "a,b\n" * 24,
    "a" * 4100 + ",b\r\n1,2\r\n", "a" * 4090 + ",b\r\n1,2\r\n", "a\0,b\n1,2\n",
]  # fmt: skip
ENCODED = [
    (text, codec)
    for codec in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-8")
    for text in ("é,b\n1,œ\n", "sep=;\r\né;b\r\n")
]
JSON = [
    '{"a": 1, "b": "x"}\n{"b": null, "c": [1, "é"]}\n', '{"a": 1}\r\n{"a": 2}\r\n', '\n{"a": 1}\n\n', "", "\n",
    "[1]\n", '{"a": 1}\n{"a"\n',
    '{"a": true, "b": 1.50, "c": 1e400, "d": {"e": 0.10}}\n', '{"a": NaN, "b": -0, "c": 12345678901234567890123}\n',
    "{}\n",
    '{"a": "\\ud800x", "\\ud800": "\\ud83d\\ude00"}\n', "[" * 100_000 + "\n", '{"a": ' + "[" * 900 + "]" * 900 + "}\n",
    ' {"a": 1} \n', '\ufeff{"a": "é"}\n', "é\n", '{"a": "é", "a": 2}\n',
    "{" + ",".join(f'"n{n}": {n}' for n in range(1001)) + "}\n", '{"": 1, "b ": 2}\n', '{"a": "\u2028"}\n',
    '{"a": "x\\ny"}\n', '1\n', 'x\n{"a": 1}\n',
]  # fmt: skip

# spreadsheets: written by hand, so that no library decides what is in them
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STATES = {"h": "hidden", "v": "veryHidden", "": "visible"}
FORMATS = ("General", "00000", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "0", "0.00", "@")


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx(*sheets: str, states: str = "", after: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """XLSX of sheets called `s1`, `s2`… whose rows are given in XML; of `states`, an `h` hides one."""
    numbers = range(1, len(sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type='
        f'"{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}" state="{_STATES[states[n - 1 : n]]}"/>' for n in numbers
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="s" Type='
        f'"{_OFFICE}/styles" Target="styles.xml"/>'
        + "".join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        + "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>'
        + "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{form}"/>' for n, form in enumerate(FORMATS))
        + "</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        "<cellStyleXfs><xf/></cellStyleXfs><cellXfs>"
        + "".join(f'<xf numFmtId="{164 + n}" applyNumberFormat="1"/>' for n in range(len(FORMATS)))
        + '</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        **{
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{_MAIN}">'
            f"<sheetData>{part}</sheetData>{after}</worksheet>"
            for n, part in zip(numbers, sheets, strict=True)
        },
    }
    return archive({**parts, **(more or {})})


def row(number: int, *cells: object) -> str:
    """A row of XLSX: texts, numbers with the number of their format after `@`, XML as it is."""

    def cell(place: int, value: object) -> str:
        name = f"{'ABCDEFGHIJ'[place]}{number}"
        if isinstance(value, bool):
            return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
        text = str(value)
        if text.startswith("<"):
            return text.replace("<c", f'<c r="{name}"', 1)
        if not isinstance(value, str):
            return f'<c r="{name}"><v>{text}</v></c>'
        if text.startswith("@"):
            return f'<c r="{name}" s="{text[1]}"><v>{text[2:]}</v></c>'
        return f'<c r="{name}" t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else ""

    return f'<row r="{number}">{"".join(cell(place, value) for place, value in enumerate(cells))}</row>'


HEAD = row(1, "a", "b")
ERROR, EMPTY = '<c t="e"><v>#REF!</v></c>', "<c><f>1+1</f><v></v></c>"
BOOKS: dict[str, Callable[[], bytes]] = {
    "texts": lambda: xlsx(HEAD + row(2, "x", "é <")),
    "numbers": lambda: xlsx(row(1, 1, 1.0, 1.5, 1e14, 1e15, 1e16, -2.0, 0.1, 1e-7, 1e22)),
    "formats": lambda: xlsx(row(1, "@1" "1004", "@11.5", "@243862", "@343862.5", "@40.5", "@543", "@62.5", "@71",
    "@243862.25", "@112345678")),
    "a time": lambda: xlsx(row(1, "@30", "@31", "@40", "@41.5")),
    "truths": lambda: xlsx(row(1, True, False)),
    "errors": lambda: xlsx(HEAD + row(2, ERROR, 1) + row(3, ERROR, ERROR)),
    "formulas": lambda: xlsx(HEAD + row(2, EMPTY, "<c><f>1+1</f><v>2</v></c>") + row(3, "<c><f>1+1</f></c>",
    '<c><f t="shared" si="0"/></c>')),
    "formulas of all kinds": lambda: xlsx(HEAD + row(2, "<c><f>1</f><v/></c>",
    "<c> <f a='1'>1</f> <v /> </c>") + row(3, "<c><f/><v>3</v></c>", '<c s="1"><f/></c>')),
    "empty rows": lambda: xlsx(row(2, "a", "b") + row(5, "x") + row(6, "", "y") + row(8, ERROR)),
    "an empty sheet, then others": lambda: xlsx(row(3, ERROR), HEAD + row(3, 1), HEAD, row(1, "z")),
    "an odd state": lambda: xlsx(row(1, "v"), HEAD, states="v"),
    "a hidden sheet": lambda: xlsx(row(1, "hidden"), HEAD, states="h"),
    "nothing": lambda: xlsx(""),
    "only hidden": lambda: xlsx(HEAD, "", states="h"),
    "a second sheet with an error": lambda: xlsx(HEAD, row(1, ERROR) + row(2, ERROR, 1)),
    "merged": lambda: xlsx(HEAD,
        after='<mergeCells count="3"><mergeCell ref="A1:A3"/><mergeCell  ref=\'B1:C1\'/>'
        '<mergeCell ref="B2:AB10"/></mergeCells>'),
    "JSON Lines in XLSX": lambda: xlsx(row(1, "a") + row(2, '{"a": 1}')),
    "entities": lambda: xlsx(HEAD, more={"x.xml": "<!DOCTYPE a>"}),
    "an entity": lambda: xlsx(HEAD, more={"x.rels": "<!ENTITY a>"}),
    "UTF-16": lambda: xlsx(HEAD, more={"x.xml": "<a/>".encode("utf-16")}),
    "a zero far away": lambda: xlsx(HEAD, more={"x.xml": " " * 200 + "\0"}),
    "a zero near": lambda: xlsx(HEAD, more={"x.xml": " " * 199 + "\0"}),
    "entities in what is not read": lambda: xlsx(HEAD, more={"x.bin": "<!DOCTYPE a>"}),
    "damaged XML": lambda: xlsx("<row"),
    "a part missing": lambda: archive({"[Content_Types].xml": "<a/>"}),
    "another archive": lambda: archive({"a.txt": ""}),
    "half an ODS": lambda: archive({"mimetype": "x"}),
    "the other half": lambda: archive({"content.xml": "<a/>"}),
    "a damaged member": lambda: _damaged(xlsx(HEAD)),
    "no archive": lambda: b"PK\x03\x04",
    "old": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0",
    "a password": lambda: _encrypted(xlsx(HEAD)),
}  # fmt: skip


def _damaged(data: bytes) -> bytes:
    """With other bytes in its first part."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        start = 30 + len(made.infolist()[0].filename)
    return data[:start] + b"\xff" * 8 + data[start + 8 :]


def _encrypted(data: bytes) -> bytes:
    """With the flag that its parts are encrypted."""
    found = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            found[start + place] |= 1
    return bytes(found)


_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(*sheets: str) -> bytes:
    """ODS of sheets called `s1`, `s2`… whose rows are given in XML."""
    tables = "".join(f'<table:table table:name="s{n}">{rows}</table:table>' for n, rows in enumerate(sheets, 1))
    return content(
        f"<office:document-content{_NAMES}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def content(text: str) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": text})


def line(*cells: str, repeated: str = "") -> str:
    """A row of ODS: texts, or XML."""
    found = "".join(cell if cell.startswith("<") or not cell else said(cell) for cell in cells)
    return f"<table:table-row{repeated and f' table:number-rows-repeated={repeated!r}'}>{found}</table:table-row>"


def said(text: str, kind: str = "string", value: str = "", more: str = "") -> str:
    """A cell that shows the paragraphs of `text`, in XML, apart by `|`."""
    shown = "".join(f"<text:p>{part}</text:p>" for part in text.split("|")) if text else ""
    told = f'office:value-type="{kind}"{value and f" {value}"}{more and f" {more}"}'
    return f"<table:table-cell {told}>{shown}</table:table-cell>"


def gap(times: int, tag: str = "table-cell") -> str:
    return f'<table:{tag} table:number-columns-repeated="{times}"/>'


SHEETS: dict[str, Callable[[], bytes]] = {
    "texts": lambda: ods(line("a", "b") + line("x", "é|y")),
    "values": lambda: ods(line(
        said("1,50", "float", 'office:value="1.5"'), said("2", "float", 'office:value="2.0"'),
        said("12 %", "percentage", 'office:value="0.12"'),
        said("3 €", "currency", 'office:value="3"'), said("01/02/20", "date", 'office:date-value="2020-02-01"'),
        said("…", "date", 'office:date-value="2020-02-01T00:00:00"'),
        said("…", "date", 'office:date-value="2020-02-01T10:00:00"'),
        said("VRAI", "boolean", 'office:boolean-value="true"'), said("10:00", "time", 'office:time-value="PT10H"'),
        said("", "string", 'office:string-value="s"'), said("t", "string", 'office:string-value="s"'),
        said("", "float", 'office:value="4"'))),
    "codes": lambda: ods(line(said("01004", "float", 'office:value="1004"'), said("0", "float", 'office:value="0"'),
    said("0,5", "float", 'office:value="0.5"'),
                              said("00", "float", 'office:value="0"'),
                              said("007", "date", 'office:date-value="2020-01-01"'), said("12", "float", ""))),
    "spaces": lambda: ods(line(
        '<table:table-cell><text:p>a<text:s/>b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e'
        "<text:span>f<text:s/>g</text:span>h"
                               "<office:annotation><text:p>no</text:p></office:annotation>i</text:p><text:h>no</text:h>"
        "<office:annotation><text:p>no</text:p></office:annotation>"
                               "</table:table-cell>",
                               '<table:table-cell><text:p><text:s text:c="1001"/></text:p></table:table-cell>',
                               "<table:table-cell><text:p><text:tab/>x</text:p></table:table-cell>")),
    "gaps": lambda: ods(line(gap(2), "a", gap(3), "b", gap(16000)) + line(gap(1)) + line("c",
    gap(1, "covered-table-cell"), "d") + line(gap(5), repeated="3") + line("e")),
    "other elements": lambda: ods("<text:p/>" + line("a", "<text:p>x</text:p>", "b")),
    "repeated": lambda: ods(line(said("x", more='table:number-columns-repeated="3"'),
    repeated="2") + line("y") + line(gap(1), repeated="1048573")),
    "covered with a text": lambda: ods(line("a",
    '<table:covered-table-cell><text:p>no</text:p></table:covered-table-cell>', "b")),
    "repeated oddly": lambda: ods(line("a", repeated="0") + line("b", repeated="-4") + line("c", gap(0), "d")),
    "repeated by no number": lambda: ods(line("a", repeated="x")),
    "repeated by many digits": lambda: ods(line("a", repeated="00000000029")),
    "many rows": lambda: ods(line("a") + line(gap(1), repeated="4999999") + line("b")),
    "too many cells": lambda: ods(line("a", repeated="2500001")),
    "too wide": lambda: ods(line(said("x", more='table:number-columns-repeated="16385"'))),
    "as wide as can be": lambda: ods(line(gap(16382), said("x", more='table:number-columns-repeated="2"'))),
    "wider by a gap": lambda: ods(line(gap(16383), said("x", more='table:number-columns-repeated="2"'))),
    "several sheets": lambda: ods("", line(gap(1)), line("a", "b") + line("1", "2"), line(gap(3)), line("z"),
    line("y")),
    "a sheet within": lambda: ods(line("a",
    "<table:table-cell><text:p>b</text:p><table:table table:name='in'>" + line(
        "in") + "</table:table></table:table-cell>") + line("c")),
    "groups": lambda: ods("<table:table-header-rows>" + line(
        "a") + "</table:table-header-rows><table:table-row-group>" + line("b") + "</table:table-row-group>"),
    "merged": lambda: ods(line(said("a", more='table:number-rows-spanned="2"'),
    said("b", more='table:number-rows-spanned="1"'), said("c", more="table:number-rows-spanned='12'"))),
    "empty rows": lambda: ods(line() + line("a", "b") + line() + line() + line("c")),
    "nothing": lambda: ods(),
    "damaged XML": lambda: content("<a>"),
    "entities": lambda: content("<!DOCTYPE a><a/>"),
    "without a title": lambda: content(
        f"<a{_NAMES}><table:table>{line('a')}</table:table><table:table>{line('b')}</table:table></a>"),
}  # fmt: skip


def of_lines() -> Cases:
    made = each(CSV, lambda text: read(text.encode()))
    made |= each(ENCODED, lambda one: read(one[0].encode(one[1])), lambda one: f"{one[1]} {one[0]}")
    made |= each(("a\n1,2\n", "a\tb\n"), lambda text: read(text.encode(), "tsv"), lambda text: f"tsv {text}")
    made |= each(("a\n1,2\n",), lambda text: read(text.encode(), "tab"), lambda text: f"tab {text}")
    made |= each((4093, 4094, 4095), lambda n: read(("a" * n + "\r\nb\r\n").encode()), lambda n: f"a first line of {n}")
    made |= each(("·sep=;·\na;b\n", "'sep=;'\na;b\n", ";\n;\n", "a;b\n;\n"), lambda text: read(text.encode()))
    made["as usual"] = lambda: delimited.rows(io.BytesIO(b"a\n1,2\n"), "n")[1:]
    made["neither"] = lambda: read(b"a\n\n\x81,b\n")
    made["neither, far away"] = lambda: read(b"a\n" * 600_000 + b"\x81")
    made["a byte order mark of UTF-16, then none"] = lambda: read(b"\xff\xfea\0\n\0\xff")
    made["the longest cell"] = lambda: [read(b"a\n"), csv.field_size_limit()]
    made["lines"] = lambda: [list(delimited.lines(text, "n", ";")) for text in ('a;b\n"1\n";2', 'a;"b" c\n')]
    made["lines that do not end"] = lambda: delimited.lines('a\n"b', "n", ";")
    made["a cell that is too long"] = lambda: _longest(4, "a,b\n1,12345\n")
    made["a cell that is not"] = lambda: _longest(5, "a,b\n1,12345\n")
    return made


def _longest(number: int, text: str) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_LONGEST", number)
        return read(text.encode())


def of_objects() -> Cases:
    return {
        **each(JSON, lambda text: read(text.encode(), "jsonl")),
        "without an extension": lambda: read(b' \n{"a": 1}\n', ""),
        "without an extension, with a mark": lambda: read(b'\xef\xbb\xbf\r\t{"a": 1}\n', ""),
        **each((62, 63, 64, 65), lambda n: read(b" " * n + b'{"a": 1}\n', "")["table"], lambda n: f"{n} spaces"),
        "of another extension": lambda: read(b'{"a": 1}\n', "csv"),
        "ndjson": lambda: read(b'{"a": 1}\n', "ndjson"),
        "without an extension, no object": lambda: read(b"[{}]\n", ""),
        "a thousand names": lambda: len(
            str(read(("{" + ",".join(f'"n{n}": 1' for n in range(1000)) + "}").encode(), "jsonl"))
        ),
        "Windows-1252": lambda: read('{"a": "é"}\n'.encode("cp1252"), "jsonl"),
    }


def of_books() -> Cases:
    return {
        **each(BOOKS, lambda name: read(BOOKS[name](), "xlsx")),
        "called CSV": lambda: read(BOOKS["texts"](), "csv"),
        "called ODS": lambda: read(BOOKS["texts"](), "ods"),
        "no XLSX": lambda: read(b"a,b\n", "xlsm"),
        "no XLS": lambda: read(b"a,b\n", "xls"),
        "too many parts": lambda: _limited("_PARTS", 5, BOOKS["texts"]),
        "not too many parts": lambda: _limited("_PARTS", 6, BOOKS["texts"]),
        **each(range(3, 12), lambda most: _limited("MOST", most, BOOKS["empty rows"]), lambda most: f"{most} cells"),
        **each(
            (1 << 20, _size() - 1, _size()), lambda n: _limited("_LARGEST", n, BOOKS["texts"]), lambda n: f"{n} bytes"
        ),
        "a list that lies": lambda: read(_lying(), "xlsx"),
        "a list that tells of much": lambda: read(_lying(b"\1\0\0\x10"), "xlsx"),
        "zeros": lambda: [sheet.has_zeros(text) for text in ("0", "00", "01", "1", "", "0a", "0.5", "10", "٠١", "0²")],
    }


def _size() -> int:
    with zipfile.ZipFile(io.BytesIO(BOOKS["texts"]())) as made:
        return sum(part.file_size for part in made.infolist())


def _lying(size: bytes = b"\1\0\0\0") -> bytes:
    """An archive whose list says that each of its parts is of this size."""
    data, start = bytearray(BOOKS["texts"]()), -1
    while (start := data.find(b"PK\x01\x02", start + 1)) >= 0:
        data[start + 24 : start + 28] = size
    return bytes(data)


def _limited(name: str, number: int, data: Callable[[], bytes]) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet, name, number)
        return read(data(), "xlsx")


def of_sheets() -> Cases:
    return {
        **each(SHEETS, lambda name: read(SHEETS[name](), "ods")),
        "called XLSX": lambda: read(SHEETS["texts"](), "xlsx"),
        "no ODS": lambda: read(b"a,b\n", "ods"),
        **each(range(9, 19), lambda most: _limited("MOST", most, SHEETS["gaps"]), lambda most: f"{most} cells"),
        "is one": lambda: [
            open_document.is_one(data)
            for data in (
                SHEETS["texts"](),
                BOOKS["texts"](),
                archive({"mimetype": ""}),
                archive({"content.xml": ""}),
                b"PK",
                b"",
            )
        ],
    }


# what is written again
GIVEN: dict[str, tuple[bytes, str]] = {
    "csv": (b"a,b\n1,\n\n\"x\ny\",'2\n,\n3,4,5\n", "csv"),
    "csv of Excel": ("sep=;\r\né;b\r\n1;œ\r\n".encode("cp1252"), "csv"),
    "csv with a mark": ("\ufeffa\tb\n1\té\n".encode(), "csv"),
    "twice the same": (b"a,a,,,a_2\n1,2,3,4,5\n", "csv"),
    "thrice the same": (b"a,a,a,,column_4,\n1,2,3,4,5,6\n", "csv"),
    "jsonl in Windows-1252": ('{"é": "ü"}\n'.encode("cp1252"), "jsonl"),
    "jsonl": (b'{"a": 1.50, "b": "x"} \r\n\r\n{}\r\n{ }\r\n{"b": null}\r\n', "jsonl"),
    "xlsx": (BOOKS["formats"](), "xlsx"),
    "xlsx of texts": (xlsx(HEAD + row(2, "=1+1", True) + row(4, 2.5, "x\ny") + row(5, ERROR, "z") + row(6, "",
    "@243862")), "xlsx"),
    "ods": (SHEETS["values"](), "ods"),
    "ods of gaps": (SHEETS["gaps"](), "ods"),
    "ods of spaces": (ods(line("a  b", " c", "d ",
    "<table:table-cell><text:p>x<text:tab/>y</text:p><text:p>z</text:p></table:table-cell>") + line("1")
                          + line(said("0042", "float", 'office:value="42"'),
                          said("", "boolean", 'office:boolean-value="false"'))), "ods"),
    "characters": ("a,b\n\"x\r\ny\rz\",\x85\n\x01\x1f\x7f·,\ufffe\uffff\n<&>\",\u2028x   y\n".encode(), "csv"),
}  # fmt: skip
ADDED = [("code", "n", "note"), ("01004", "5", "é"), ("", "0", "x <"), ("2", "1.5", "")]


def rewritten(data: bytes, extension: str, form: str, *, more: bool) -> object:
    """`data` in the `form` asked for, with cells added to each row, or to the header and every second."""
    found = grid.opened(io.BytesIO(data), "a", extension)
    out = io.BytesIO()
    made = writer(found, out, form, {1})
    first, *others = found.rows
    made.header(first, ADDED[0] if more else ())
    for place, one in enumerate(others, 1):
        added = ADDED[1 + place % 3] if more and (place != 2 and any(one.cells)) else ()
        made.row(one, added)
    made.close()
    return shown(out.getvalue())


def shown(data: bytes) -> object:
    """A file as text; a spreadsheet as its cells, or its parts."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "backslashreplace")
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        if "mimetype" in made.namelist():
            kinds = [(part.filename, part.compress_type, part.date_time) for part in made.infolist()]
            return [kinds, *(made.read(part[0]) for part in kinds)]
    read = load_workbook(io.BytesIO(data))
    cells = [list(row) for row in read.worksheets[0].iter_rows()]
    return [
        [None if cell.value is None else [str(cell.value), cell.data_type, cell.number_format] for cell in row]
        for row in cells
    ]


def of_written() -> Cases:
    forms = itertools.product(GIVEN, ("", "csv", "tsv", "jsonl", "xlsx", "ods"), (True, False))
    made = each(
        forms,
        lambda one: rewritten(*GIVEN[one[0]], one[1], more=one[2]),
        lambda one: f"{one[0]} → {one[1]}{' + ' if one[2] else ''}",
    )
    return made | {
        "as it is by default": lambda: [
            delimited.Dialect(),
            repr(grid.Row(1, ("a",), "raw")),
            grid.Row(1, ("a",), 1) == grid.Row(1, ("a",), 2),
        ],
        "names that repeat": lambda: [
            rewritten(b"a,a,a,a_2,,column_5,\n1,2,3,4,5,6,7\n", "csv", "jsonl", more=more) for more in (True, False)
        ],
        "tab": lambda: rewritten(b"a,b\n1,2\n", "csv", "tab", more=True),
        "ndjson": lambda: rewritten(b"a,b\n1,2\n", "csv", "ndjson", more=True),
        "unknown": lambda: rewritten(b"a,b\n1,2\n", "csv", "xyz", more=True),
        "nothing to replace": lambda: rewritten("é;b\n1;2\n".encode("cp1252"), "csv", "csv", more=True),
        "what the codec lacks": lambda: _lacking("é;b\n1;2\n", "csv"),
        "what the codec of JSON Lines lacks": lambda: _lacking('{"é": "ü"}\n', "jsonl"),
    }


def _lacking(text: str, extension: str) -> object:
    found = grid.opened(io.BytesIO(text.encode("cp1252")), "a", extension)
    out = io.BytesIO()
    made = writer(found, out)
    for place, one in enumerate(found.rows):
        (made.row if place else made.header)(one, ("Ł",))
    made.close()
    return out.getvalue().decode("cp1252"), out.closed


# in the graph
COLUMNS: list[tuple[str, list[str]]] = [
    *(("n", [cell, "7"]) for cell in (
        "1", "-1", "0", "-0", "00", "01", "1234567890123456789", "12345678901234567890", "+1", "1 250", "1\u00a0250",
        "1\u202f250", "1 25", "1 2500",
        "12 345 678 901 234 567", "1 234 567 890 123 456 789", "0 250", "1234 567", "-1 250", "1.5", "1,5", "-0,5",
        "00,5", "1.", ".5", "1,500", "12,500",
        "1234,500", "0,500", "-1,500", "1,5000", "1 250,5", "1 250.50", "1.1234567890", "1.123456789",
        "1 250,1234567890", "1 250,123456789", "x", "1x", "x1", "٣", "1\n", "1 250 ,5")),
    *(("n", [cell]) for cell in ("-0", "1,5", "-0,0", "1 250", "1 250,50", "1,500", "")),
    *(("d", [cell]) for cell in (
        "2020-02-29", "2021-02-29", "2020-13-01", "2020-00-01", "2020-01-00", "2020-1-01", "29/02/2020", "1/3/2020",
        "31/4/2020", "1/13/2020", "1/0/2020", "0/1/2020",
        "12/12/2020", "1/1/20", "001/1/2020", "0000-01-01", "2020-01-01T00:00:00", "x2020-01-01", "2020/01/01",
        "32/1/2020", "1/1/02020")),
    ("d", ["2020-01-01", "1/2/2020", ""]), ("d", ["2020-01-01", "1"]), ("d", ["1", "1,5"]), ("d", ["", ""]), ("d", []),
    *((header, ["1004", "94016", ""]) for header in (
        "insee", "Code INSEE", "cog", "com", "comm", "commune", "communes", "coms", "code_com", "computer", "xcom",
        "Comité", "recog", "dep", "code")),
    *((header, ["1", "75", "2A", "2B", "971", ""]) for header in ("dep", "Département", "departements", "deps", "xdep",
    "depot", "n° dep", "n")),
    *(("dep", [cell]) for cell in ("0", "00", "9", "99", "100", "2C", "2a", "972", "973", "974", "975", "976", "977",
    "978", "979", "98", "x1", "1x", "02A")),
    *(("insee", [cell]) for cell in ("0001", "1000", "999", "99999", "100000", "2A004", "2B33", "2C004", "A2004",
    "1 004", "x1004", "2A0044", "97101")),
    *((header, ["1", "2"]) for header in (
        "insee", "cog", "code", "codes", "code x", "siren", "siret", "cp", "CP", "postal", "zip", "iris", "epci",
        "uai", "rna", "ean", "id", "ref", "tel", "Téléphone", "fax",
        "phone", "idée", "idx", "décode", "x_id", "id2", "2id", "xid", "réf", "total", "telephonie", "n")),
]  # fmt: skip
HEADERS = [
    "Code INSEE",
    "code-insee",
    "CODE  insee",
    "",
    "  ",
    "€",
    "é" * 90,
    "_a_",
    "2020",
    "Œuvre",
    "column_4",
    "a" * 80,
    "a" * 81,
    "code_insee_2",
]


VALID = ["-7", "10", "2020-11-29", "29/11/2020", "1 250 300,25", "-12.5", "12,500", "0.5", "-0"]
CODES = ["1004", "94016", "2A004", "1", "94", "2B", "971"]
CODE_HEADERS = ["insee", "cog", "com", "communes", "dep", "departements", "code", "codes", "siren", "cp", "id", "tel"]


def _only(header: str, cell: str) -> str:
    """The type of a column of one cell, its value if it is another, and what was given back to it."""
    (found,), restored = rows.column(header, [cell])
    if found is None:
        return ""
    kind = found.datatype.value.rpartition("#")[2]
    return (
        f"{kind} {found.value if found.value != cell else ''} {restored or ''}" if kind != "string" or restored else ""
    )


def in_the_graph(data: bytes, extension: str) -> object:
    found, notes = rows.quads(Document("f", data, None, extension), NamedNode("urn:f"))
    return {"quads": [str(quad) for quad in found], "notes": notes}


def of_columns() -> Cases:
    made = each(COLUMNS, lambda one: _column(*one), lambda one: f"{one[0]}: {'; '.join(one[1])}")
    made |= each(
        VALID, lambda cell: taken(near(cell, "019:/x .,-A"), lambda text: _only("n", text)), lambda cell: f"near {cell}"
    )
    made |= each(
        CODES,
        lambda cell: taken(near(cell, "019:/xABC"), lambda text: _only("dep" if len(cell) < 4 else "com", text)),
        lambda cell: f"code near {cell}",
    )
    made |= each(
        CODE_HEADERS,
        lambda header: taken(
            near(header, "aez_1s"), lambda text: _only(text, "2" if header[:3] == "dep" else "2004") != "integer  "
        ),
        lambda header: f"header near {header}",
    )
    return made | {
        "headers": lambda: [name.value for name in rows.properties(HEADERS)],
        "a table": lambda: in_the_graph(b"Commune,n,,x\n1004, 5 ,y\n,,z,t,u\n94016,7\n\n2000,,,w\n", "csv"),
        "JSON Lines": lambda: in_the_graph(b'{"insee": 1004}\n{"n": 5}\n', "jsonl"),
        "a title above": lambda: in_the_graph(b"t\na,b\n1,2\n3,4\n", "csv"),
        "many columns": lambda: len(str(in_the_graph(",".join(f"c{n}" for n in range(1000)).encode() + b"\n", "csv"))),
        "too many columns": lambda: in_the_graph(",".join(f"c{n}" for n in range(1001)).encode() + b"\n", "csv"),
    }


def _column(header: str, cells: Sequence[str]) -> object:
    found, restored = rows.column(header, cells)
    return [[f"{v.value} {v.datatype.value.rpartition('#')[2]}" if v else None for v in found], restored]


def of_headers() -> Cases:
    """Which row is the header, by how many cells each row has."""
    widths = [
        [1], [2, 2], [1, 2, 2], [1, 1, 2, 2], [1, 1, 1, 2, 2], [3, 2, 2], [1, 3, 2, 2], [0, 1], [2, 1, 1, 1],
        [1, 2, 3, 3, 2], [1, 2, 2, 3, 3],
        [1, 4], [1, 1, 4], [2, 5], [1, 3, 1], [], [0], [1] * 50 + [2] * 90, [1] * 24 + [2] * 40, [2, 1, 3, 3, 1, 1],
        [1] * 49 + [2],
    ]  # fmt: skip

    def at(found: list[int]) -> int:
        return grid.header_at([grid.Row(n, ("x",) * width + (" ",)) for n, width in enumerate(found, 1)])

    def cells(most: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sheet, "MOST", most)
            return table.of(iter([grid.Row(1, ("a", "b")), grid.Row(2, ("", " ")), grid.Row(3, ("1", ""))]), "n")

    return {
        **each(
            widths, at, lambda found: str(found) if len(found) < 20 else f"{len(found)} rows, {found[0]} to {found[-1]}"
        ),
        "filled": lambda: [grid.filled(found) for found in ([], ["", " ", "x"], ["\u00a0", "\t", "0"])],
        **each((2, 3, 4), lambda most: cells(most), lambda most: f"{most} cells"),
        "notes that were there": lambda: table.of(iter([grid.Row(1, ("a",))]), "n", [Both("fr", "en")]),
    }


MODULES: dict[str, Callable[[], Cases]] = {
    "delimited": of_lines, "json_lines": of_objects, "sheet": of_books, "open_document": of_sheets,
    "rewritten": of_written, "rows": of_columns, "header": of_headers,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_table_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
