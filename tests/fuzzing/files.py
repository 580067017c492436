"""Files that nobody would send, or a broken disk: documents of every format, as they are made, and then harmed."""

from __future__ import annotations

import csv
import io
import json
from random import Random

import rdflib
from openpyxl import Workbook
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

import test_reading
from fuzzing import cut
from trophees.ask.in_rdflib import graph
from trophees.base.namespaces import XSD
from trophees.reading.document import FORMATS

RDF = tuple(FORMATS)
TABLES = ("csv", "tsv", "tab", "xlsx", "xlsm")
PACKED = {extension.removeprefix("."): pack for extension, pack in test_reading.PACKED.items()}
RDFLIB = {
    RdfFormat.TURTLE: "turtle", RdfFormat.N_TRIPLES: "nt", RdfFormat.N_QUADS: "nquads", RdfFormat.TRIG: "trig",
    RdfFormat.N3: "n3", RdfFormat.JSON_LD: "json-ld", RdfFormat.RDF_XML: "xml",
}  # fmt: skip
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-8", "mac-roman", "cp037")
_TEXTS = (
    "", "é", "a\nb", 'say "x"', "it's", "\\", "a\tb", "🗳️", "\u2028", "<b>&amp;</b>", "01004", "a@fr", "<urn:x>",
    "\u00a0", "ԱԲ",
    "-- ]]> --", "{}", "''' \"\"\"", "e\u0301", "\ufffe", "\x7f", "x" * 3000,
)  # fmt: skip
_TYPED = (
    ("01", "integer"), ("1.50", "decimal"), ("1e6", "double"), ("2020-02-30", "date"), ("true", "boolean"), ("P1D",
    "duration"),
    ("abc", "integer"), ("2020-01-01T00:00:00Z", "dateTime"), ("99999999999999999999", "integer"), ("x", "token"),
)  # fmt: skip
_CELLS = (
    "", "é", "01004", "12 500,00", "3", "-4,5", "2020-02-29", "29/02/2020", "a;b", 'a"b', "a\nb", " x ", "=1+1", "75",
    "true",
    "1e5", "🗳️", "\u00a0", "#REF!", "x" * 5000, "0", "2A004", "1,234", "\\", "'",
)  # fmt: skip
_HEADERS = ("code_insee", "projet", "montant", "date", "Été", "a b", "Projet", "département", "id", "😀", "x" * 200)


def quads(random: Random, named: bool) -> list[Quad]:
    """Some statements of the graph, and some with odd terms; in graphs, if there are to be `named` ones."""
    found = [
        Quad(quad.subject, quad.predicate, quad.object, quad.graph_name if named else DefaultGraph())
        for quad in random.sample(cut.quads(), random.randint(0, 12))
    ]
    nodes: list[NamedNode | BlankNode] = [
        *map(NamedNode, ("urn:s", "http://e/é", "http://e/a%20b?c=d#f")),
        *map(BlankNode, "bc"),
    ]
    for _ in range(random.randint(0, 6)):
        text, (value, datatype) = random.choice(_TEXTS), random.choice(_TYPED)
        told = Literal(text, language=random.choice(["fr", "en-GB", "fr-FR"]))
        typed = Literal(value, datatype=NamedNode(XSD + datatype))
        object_: NamedNode | BlankNode | Literal = random.choice([Literal(text), told, typed, *nodes[:2], *nodes[3:]])
        found.append(Quad(random.choice(nodes), NamedNode("http://e/p"), object_))
    return found


def document(random: Random, form: RdfFormat) -> bytes:
    """A document in `form`, as one of two libraries writes it."""
    said = quads(random, form in (RdfFormat.TRIG, RdfFormat.N_QUADS))
    prefixes = {"tp": cut.context().prefixes["tp"], "e": "http://e/"} if random.random() < 0.5 else None
    if random.random() < 0.5 or form in (RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.N3):
        return serialize(said, format=form, prefixes=prefixes if form not in _PLAIN else None) or b""
    try:
        written = graph((quad.triple for quad in said), prefixes or {}).serialize(format=RDFLIB[form], encoding="utf-8")
    except Exception:  # what rdflib cannot write, such as an XML name that is none
        written = serialize(said, format=form) or b""
    return bytes(written)


_PLAIN = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)


def table(random: Random, extension: str) -> tuple[bytes, list[list[str]]]:
    """A table, and the rows that it has, the header among them."""
    width = random.randint(1, 5)
    rows = [random.sample(_HEADERS, width)]
    rows += [[random.choice(_CELLS) for _ in range(width)] for _ in range(random.randint(0, 8))]
    if extension.startswith("xls"):
        book = Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append([cell or None for cell in row])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue(), rows
    written = io.StringIO()
    delimiter = "\t" if extension != "csv" else random.choice(",;\t|")
    csv.writer(written, delimiter=delimiter, lineterminator=random.choice(["\n", "\r\n"])).writerows(rows)
    return written.getvalue().encode(random.choice(["utf-8", "utf-8-sig", "utf-16"])), rows


def harmed(random: Random, data: bytes) -> bytes:
    """`data` with a fault or two."""
    for _ in range(random.randint(1, 2)):
        at, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
        match random.randrange(12):
            case 0 | 1:
                data = data[:at]
            case 2:
                data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
            case 3:
                data = data[:at] + data[end:]
            case 4:
                data = data[:end] + data[at:]
            case 5:
                data = data[:at] + random.choice(_PIECES) + data[at:]
            case 6:
                data = _encoded(data, random.choice(_ENCODINGS))
            case 7:
                data = data.replace(random.choice(_SIGNS), random.choice(_SIGNS), random.randint(1, 3))
            case 8:
                data = data[:at] + random.choice(_DEEP) * random.choice([50, 3000]) + data[at:]
            case 9:
                data = data[:at] + random.choice([b"x", b" ", b"\0", b"\n", b"9"]) * 70_000 + data[at:]
            case 10:
                data = bytes(byte ^ (random.random() < 0.01) for byte in data)
            case 11:
                data = random.choice(_HEADS) + data
    return data


_SIGNS = (
    b'"',
    b"'",
    b"<",
    b">",
    b".",
    b";",
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b"@",
    b"_:",
    b"#",
    b"\\",
    b"\n",
    b":",
    b"^^",
    b"/",
)
_PIECES = (
    b'<!DOCTYPE r [<!ENTITY a "b">]>', b"&a;", b"&#0;", b"<![CDATA[", b"\\u0000", b"\\uD800", b"\\U00110000",
    b"@prefix : <x> .",
    b"@base <http://x/> .", b"<< <urn:a> <urn:b> <urn:c> >>", b'"@fr_FR', b"<http://e/a b>", b'"x"^^<urn:d> ', b"_:nodeID://b1",
    b'"@context": "http://example.org/c.jsonld", ', b'"@id": "", ', b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80",
    b"\x1f\x8b", b"PK\x03\x04",
    b"=>", b"{ } ", b"a <urn:x> ;", b"null", b"1e999", b"sep=;\n", b'"""', b"xml:lang='x_y' ", b"rdf:datatype='' ",
    b"@version '1.2' .",
)  # fmt: skip
_DEEP = (b"[", b"(", b"{", b"<a>", b'{"a":', b"[ <urn:p> ", b"<<", b'{"@context":', b"^", b"!")
_HEADS = (
    b"\xef\xbb\xbf", b"\xff\xfe", b"\n\n", b"<?xml version='1.0' encoding='latin-1'?>", b"# x\r", b"sep=,\n", b"BZh9",
    b"(\xb5/\xfd",
    b"<?xml version='1.1'?>", b"BASE <urn:x>\n", b"[", b"\0",
)  # fmt: skip


def _encoded(data: bytes, encoding: str) -> bytes:
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def theirs(data: bytes, form: RdfFormat, base: str) -> rdflib.Dataset:
    """What rdflib reads of `data`; any error of its own if it is none."""
    found = rdflib.Dataset(default_union=True)
    text = data.decode("utf-8-sig") if form == RdfFormat.JSON_LD else None
    if text is not None:
        json.loads(text)
    former, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        found.parse(data=text if text is not None else data, format=RDFLIB[form], publicID=base)
    finally:
        rdflib.NORMALIZE_LITERALS = former
    return found
