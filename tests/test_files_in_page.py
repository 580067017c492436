"""The reader's tables, compressed files and contexts in the page: read by the rules of the command line."""

from __future__ import annotations

import base64
import bz2
import gzip
import json
import lzma
import random
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from terms import value_of
from test_tables_read import SHEET, book, replaced, written
from test_tables_small import JSON as LINES
from test_tables_small import SHEETS as OPEN_DOCUMENTS
from test_web import node
from trophees.ask import own_data
from trophees.base.errors import UserError
from trophees.base.namespaces import XSD
from trophees.graph import published
from trophees.reading import json_ld, packed, rows
from trophees.reading.document import Document
from trophees.site.l10n import LANGUAGES, messages
from trophees.site.scripts import BUNDLE, WEB

pytestmark = pytest.mark.xdist_group("files_in_page")
CELLS = [
    ["Code INSEE", "Montant (€)", "Jour", "n", "Libellé", "dep", "1", "n"],
    ["1004", "12 500,00", "29/02/2020", "1250", 'dit « l’"arbre" »', "2A", "", "0"],
    ["94016", "3", "1/3/2020", "-20", "deux\nlignes", "1", "x", "01"],
]
CSV = written(CELLS)
FILES: dict[str, tuple[bytes, str]] = {
    "CSV": (CSV.encode(), "csv"),
    "marked CSV in UTF-16": (CSV.encode("utf-16"), "csv"),
    "marked CSV in UTF-32": (CSV.encode("utf-32"), "csv"),
    "CSV in Windows-1252": (written(CELLS, ";").encode("cp1252"), "csv"),
    "CSV in neither": ("a,b\né,\x81".encode("latin-1"), "csv"),
    "CSV whose lines end in CR": (written(CELLS, "|", "\r").encode(), "csv"),
    "TSV": (written(CELLS, "\t").encode(), "tsv"),
    "the delimiter on a line": (b'"sep=;"\r\na;b\r\n1,5;2,5\r\n', "csv"),
    "lines above": (b"Liste;;\n\nAnn\xc3\xa9e 2020;;\ncode;projet;montant\n1;a;2\n2;b;\n3;c;4;5\n", "csv"),
    "quotes inside": (b'a,b\n"Un" jardin,x\n', "csv"),
    "a quote that does not end": (b'a,b\n1,"x\n2,y\n', "csv"),
    "a web page": (b"\n<!DOCTYPE html>\n<html>a,b</html>\n", "csv"),
    "another web page": (b"<HTML lang='fr'>a,b</HTML>\n", "tsv"),
    "nothing": (b"\n \n", "csv"),
    "one column": (b"nom\nCachan\n\nLyon", "csv"),
    "too many columns": (",".join(f"c{n}" for n in range(1001)).encode() + b"\n1,2\n", "csv"),
    "huge cell": (b'a,b\n1,"' + b"x" * (1 << 25) + b'"\n', "csv"),
    "no spreadsheet": (b"a,b\n1,2\n", "xlsx"),
    "old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx"),
    "cut archive": (b"PK\x03\x04", "xlsx"),
}
BOOK = book(
    [
        ["code", "Été", "n", "jour", "moment", "part", "vrai", "code postal", "heure", "formule"],
        ["01004", " é ", 1250, date(2020, 2, 1), datetime(2020, 2, 1, 9, 30), 0.1, True, 1004, time(9, 5), "=1+1"],
        [94016, None, 1e6, date(1900, 2, 3), datetime(2020, 2, 1), 1.5e-7, False, 75001, time(0, 0, 1), None],
        [None, "x", -3, None, None, 1e22, None, None, None, "#REF!"],
    ],
    H2="00000",
)
SHEETS: dict[str, bytes] = {
    "a spreadsheet": BOOK,
    "texts in cells": replaced(
        BOOK, SHEET,
        lambda part: part.replace(b"</sheetData>", b'<row r="9"><c r="B9" t="inlineStr"><is><t>in</t></is></c>'
                                  b'<c t="str"><v>s</v></c><c t="e"><v>#N/A</v></c></row></sheetData>'),
    ),
    "a row far below": replaced(
        BOOK, SHEET,
        lambda part: part.replace(b"</sheetData>", b'<row r="65536"><c r="A65536"><v>9</v></c></row></sheetData>'),
    ),
    "entities": replaced(BOOK, SHEET, lambda part: b'<?xml version="1.0"?><!DOCTYPE x>' + part.partition(b"?>")[2]),
    "a sheet that is cut": replaced(BOOK, SHEET, lambda part: part[:300]),
    "an archive that is cut": BOOK[:3000],
    "an archive": BOOK.replace(b"[Content_Types].xml", b"[Content_Type_].xml"),
}  # fmt: skip
_FEWER = ("many rows",)  # than the command line reads, as a page has less memory
_MERGED = b'<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/><mergeCell ref=\'B2:B9\'/></mergeCells>'
TABLES = {
    **FILES,
    **{name: (data, "xlsx") for name, data in SHEETS.items()},
    "merged cells": (replaced(BOOK, SHEET, lambda p: p.replace(b"</sheetData>", b"</sheetData>" + _MERGED)), "xlsx"),
    **{f"ODS of {name}": (make(), "ods") for name, make in OPEN_DOCUMENTS.items() if name not in _FEWER},
    "no ODS": (b"a,b\n1,2\n", "ods"),
    "ODS called XLSX": (OPEN_DOCUMENTS["values"](), "xlsx"),
    **{f"JSON Lines: {text[:60]}": (text.encode(), "jsonl") for text in LINES},
    "JSON Lines in Windows-1252": (
        '{"a": "é"}\r{"b": [1.50, {"c": "\\u00e9\\ud800", "d": null}]}\n'.encode("cp1252"), "ndjson",
    ),
    "JSON Lines with many names": (("{" + ",".join(f'"n{n}": 1' for n in range(1001)) + "}").encode(), "jsonl"),
}  # fmt: skip


def in_page(files: Sequence[tuple[bytes, str]]) -> list[Any]:
    """What the page makes of each file: statements and notes, or what is in it if it has no extension; or a refusal."""
    given = [[base64.b64encode(data).decode(), extension] for data, extension in files]
    script = Path(__file__).with_name("files.mjs")
    return list(node(str(script), {"script": str(BUNDLE / "files.js"), "files": given}))


def in_python(data: bytes, extension: str) -> Any:
    """What the command line makes of a table, as the page says it; None if it is refused."""
    try:
        said, notes = rows.quads(Document("a", data, None, extension), NamedNode("file:///a"))
    except UserError:
        return None
    found = [[value_of(quad.subject), quad.predicate.value, _object(quad.object)] for quad in said]
    return found, len(notes)


def _object(term: object) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"iri": term.value}
    assert isinstance(term, Literal)
    typed = {} if term.datatype.value == XSD + "string" else {"datatype": term.datatype.value}
    return {"value": term.value, **typed}


def _same(theirs: Any, ours: Any) -> bool:
    if ours is None:
        return "refused" in theirs
    return "said" in theirs and (theirs["said"], len(theirs["notes"])) == ours


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    """What the page makes of each of the tables."""
    return dict(zip(TABLES, in_page(list(TABLES.values())), strict=True))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_in_the_page(name: str, tables: dict[str, Any]) -> None:
    ours = in_python(*TABLES[name])
    assert _same(tables[name], ours), (tables[name], ours)


def test_any_csv_is_the_same_in_the_page() -> None:
    draw = random.Random("csv")
    signs = 'ab"",,;;\t|\n\n\r é0129./-=\x1c\u00a0\ufeff'
    made = ["".join(draw.choices(signs, k=draw.randrange(40))) for _ in range(3000)]
    files = [(text.encode(), "csv") for text in made]
    for text, file, theirs in zip(made, files, in_page(files), strict=True):
        assert _same(theirs, in_python(*file)), text


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "Zstandard": lambda data: zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1}),
}


@pytest.mark.parametrize("kind", PACKED)
def test_what_is_compressed_is_the_same_in_the_page(kind: str) -> None:
    pack, draw = PACKED[kind], random.Random(kind)
    content = bytes(draw.choices(b"abc \n", k=150_000))
    whole = pack(content)
    cut = [whole[: draw.randrange(8, len(whole))] for _ in range(12)]
    tried = [whole, pack(b""), pack(b"a\n") + pack(content), *cut, whole[:-1], whole + b"\0" * 512]
    for _ in range(12):
        damaged = bytearray(whole)
        damaged[draw.randrange(20, len(whole))] ^= 1 << draw.randrange(8)
        tried.append(bytes(damaged))
    for number, (data, theirs) in enumerate(zip(tried, in_page([(data, "") for data in tried]), strict=True)):
        try:
            ours = base64.b64encode(packed.unpacked(data, "a")).decode()
        except UserError:
            assert theirs in ({"refused": "cut"}, {"refused": "damaged"}), number
        else:
            assert theirs == ours, number


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [kind if kind == "gzip" else pytest.param(kind, marks=pytest.mark.slow) for kind in PACKED]
)
def test_a_bomb_is_refused_in_the_page(kind: str) -> None:
    zeros = PACKED[kind](b"\0" * ((1 << 27) + 1))
    assert in_page([(zeros, "csv")]) == [{"refused": "bomb"}]


@pytest.mark.slow
def test_a_spreadsheet_that_is_a_bomb_is_refused_in_the_page() -> None:
    zeros = replaced(BOOK, "docProps/app.xml", lambda _: b" " * ((1 << 27) + 1))
    lying = bytearray(zeros)
    at = zeros.rindex(b"PK\x01\x02", 0, zeros.rindex(b"docProps/app.xml"))
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # the size that it tells
    first, second = in_page([(zeros, "xlsx"), (bytes(lying), "xlsx")])
    assert first == {"refused": "bomb"}
    assert "said" in second or second == {"refused": "damaged"}  # it is given no more room than it tells


def test_a_checksum_that_the_page_does_not_know_is_told() -> None:
    assert in_page([(lzma.compress(b"a,b\n", check=lzma.CHECK_SHA256), "csv")]) == [{"refused": "sha256"}]


def test_every_refusal_and_note_has_its_sentence() -> None:
    sources = "".join(file.read_text("utf-8") for file in WEB.glob("*.js"))
    keys = {*re.findall(r'new Refusal\("(\w+)"', sources)}
    keys |= {f"note_{key}" for key in re.findall(r'notes\.push\(\["(\w+)"', sources)}
    assert len(keys) > 25
    for lang in LANGUAGES:
        assert [key for key in keys if f"play.script.{key}" not in messages()[lang]] == []


def test_numbers_that_are_kept_as_values_are_told_as_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    written = "<urn:s> <urn:p> 01004, 1.50, 5, 2.5, true, '1'^^<urn:code>, '07', 1e6, 01004, '2020-13-45'^^<DATE> ."
    file.write_text(written.replace("DATE", XSD + "date") + "<urn:t> <urn:p> 01004, +3 .", "utf-8")
    literals = [quad.object for quad in parse(file.read_bytes(), RdfFormat.TURTLE) if isinstance(quad.object, Literal)]
    store = Store()
    store.bulk_load(file.read_bytes(), RdfFormat.TURTLE)
    kept = {}
    for one in literals:
        store.clear()
        store.add(Quad(one.datatype, one.datatype, one))
        kept[f"{one.value} {one.datatype.value}"] = value_of(next(iter(store)).object)
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ keptValues }} from {json.dumps((WEB / "kept-values.js").as_uri())};
        const {{ literals, kept }} = JSON.parse(await text(process.stdin));
        const told = keptValues(literals, ({{ value, datatype }}) => kept[`${{value}} ${{datatype}}`]);
        process.stdout.write(JSON.stringify(told));
    """
    given = [{"value": one.value, "datatype": one.datatype.value} for one in literals if not one.language]
    [[key, values]] = node(script, {"literals": given, "kept": kept})
    [ours] = own_data.add(Store(), file, 1)
    for lang in LANGUAGES:
        theirs = messages()[lang][f"play.script.note_{key}"].format(**values)
        assert ours[lang].replace(" : ", "\u202f: ").partition(f"{file}")[2].lstrip(" :\u202f") + "." == theirs


OURS = "https://w3id.org/trophees-participation/context.jsonld"
BESIDE = {
    "context.jsonld": json.dumps({"@context": ["more.json", {"name": "urn:name"}]}),
    "more.json": json.dumps({"@context": {"sort": {"@id": "urn:sort", "@container": ["@type", "@set"]}}}),
    "loop.json": json.dumps({"@context": "loop.json"}), "none.json": "[]", "bad.json": "{",
}  # fmt: skip
CONTEXTS: list[object] = [
    "context.jsonld", ["context.jsonld", {"@vocab": "urn:"}], {"@import": "context.jsonld", "age": "urn:age"},
    OURS, [OURS], "http://w3id.org/trophees-participation/context", "loop.json", "none.json", "bad.json",
    "missing.json", "https://schema.org/", "/etc/passwd", "", "context.jsonld?x#y", {"name": "urn:n"}, None,
    {"name": {"@id": "urn:n", "@context": "context.jsonld"}}, "file:context.jsonld", "%63ontext.jsonld",
]  # fmt: skip


def test_contexts_are_the_same_in_the_page(tmp_path: Path) -> None:
    for name, text in BESIDE.items():
        (tmp_path / name).write_text(text, "utf-8")
    thing = {"@id": "urn:s", "name": "x", "sort": {"urn:A": {"@id": "urn:a", "@type": "urn:B"}, "@none": "urn:c"}}
    texts = [json.dumps({"@context": context} | thing) for context in CONTEXTS] + [
        '{"@context',
        "[]",
        '{"@id": "urn:s"}',
    ]
    term = {"@id": "urn:sort", "@container": "@type", "@type": "@vocab"}
    terms = {"@vocab": "http://v/", "T": {"@id": "urn:T"}, "u": "urn:u:", "w": "u:w", "sort": term}
    said = {"sort": {"A": ["x", "T", "u:y", "w", "https://e/z"]}}
    texts += [
        json.dumps({"@context": terms, "urn:p": {"@context": {"@vocab": "http://w/"}, **said}, **said}),
        json.dumps({"@context": [terms, None, {"sort": term}], **said}),
    ]
    ours = published.text(published.CONTEXT)
    script = f"""
        import {{ text }} from "node:stream/consumers";
        import {{ withContexts }} from {json.dumps((WEB / "json-ld.js").as_uri())};
        const {{ texts, beside, ours }} = JSON.parse(await text(process.stdin));
        const told = [];
        for (const one of texts) told.push(await withContexts(one, beside, async () => ours).catch(({{ key }}) => key));
        process.stdout.write(JSON.stringify(told));
    """
    for text, theirs in zip(texts, node(script, {"texts": texts, "beside": BESIDE, "ours": ours}), strict=True):
        try:
            found = json_ld.ready(text.encode(), "a", tmp_path, lambda: ours).decode()
        except UserError:
            assert theirs.startswith("context"), text
        else:
            assert found == theirs or json.loads(found) == json.loads(theirs), text
