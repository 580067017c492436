"""Queries of a line or two to the graph of three made-up laureates, and what is written of their answers.

`small/queries.tsv` has what comes of each; after a wanted change, `python tests/test_queries_small.py` writes it anew.
"""

from __future__ import annotations

import pickle
import re
import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
)

from small_cases import PARTS, Cases, compare, each, outcome, write
from test_answers_small import store as three_laureates
from trophees.ask import (
    blank,
    citing,
    columns,
    compact_names,
    cookbook,
    engine,
    fingerprint,
    head,
    in_rdflib,
    meaning,
    one_language,
    own_data,
    page,
    python,
    question,
    results,
    rows,
    shape,
    show,
    star,
)
from trophees.ask import partial as parts
from trophees.ask import text as sparql
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.context import Context
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, IGEO, RDFS, SKOS, TP, XSD

ROOM = "queries"
CONTEXT = Context({"@context": {
    "@vocab": TP, "tp": TP, "skos": SKOS, "rdfs": RDFS, "igeo": IGEO, "xsd": XSD, "laureate": BASE + "laureate/",
    "tool": BASE + "tool/", "x": BASE + "x/", "vocabulary": BASE + "vocabulary/",
    "étoiles": {"@id": "tp:stars", "@type": "xsd:integer"}, "titre": {"@id": "tp:title", "@language": "fr"},
    "outils": {"@id": "tp:toolUse", "@type": "@id"}, "libellé": {"@id": "skos:prefLabel", "@container": "@language"},
}})  # fmt: skip
GRAPH = Embedded(three_laureates(), CONTEXT.prefixes)
INTEGER = NamedNode(XSD + "integer")


def of_texts() -> Cases:
    queries = [
        "SELECT * { ?s ?p ?o }", "ask{?s ?p ?o}", "PREFIX select: <urn:x> ASK { ?s select:a ?o }", "# SELECT\nASK {}",
        "'SELECT' ASK {}", "<SELECT> ASK {}", "?select ASK {}", "@select ASK {}", "a:select ASK {}", "INSERT DATA {}",
        "", '"""SELECT" """ ASK {}', "'''SELECT''\\'''' ASK {}", '"SELECT', "'''SELECT ASK", "<SELECT ASK {}",
        "DESCRIBE <a>",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } }", "SELECT ?s { SELECT ?s { ?s ?p ?o } }",
        "SELECT ?s {\n# x\n SELECT ?s { ?s ?p ?o } LIMIT 1 }", "SELECT ((1) AS ?x) WHERE { }", "SELECT ?s WHERE",
        "SELECT (EXISTS { ?s ?p 1 } AS ?x) { ?s ?p ?o }", "CONSTRUCT { ?s ?p { ?o } } WHERE { ?s ?p ?o }",
        "SELECT ?s { { ?s ?p ?o } UNION { ?s ?p [ ?q ( 1 2 ) ] } }", "}}{{", "SELECT \"{\" {[(",
        "BASE <urn:select> SELECT ?s {}", "PREFIX a.b-c: <x> PREFIX  ask: <y> SELECT ?s { ask:b a.b-c:d 1 }",
        "prefix Select: <x> ask {}",
    ]  # fmt: skip
    bindings: list[Any] = [
        (text, {Variable("s"): NamedNode("urn:a"), Variable("o"): Literal("x")}) for text in queries if "?s" in text
    ] + [
        ("SELECT $s { $s ?p ?o }", {Variable("s"): Literal("1")}),
        ("SELECT ?ss { ?ss ?p ?o }", {Variable("s"): Literal("1")}),
        ("ASK {}", {}),
    ]
    prefixes = {"laureate": BASE + "laureate/", "tp": TP, "x": BASE + "x/", "o": "http://o/"}
    using = [
        "SELECT ?s { ?s a tp:X ; x:y o:z }",
        "PREFIX tp: <urn:t#> SELECT ?s { ?s a tp:X, laureate:y }",
        "ASK { ?s a un.known:X, :y, _:z, a-b.c:d, é:f, 1a:g }",
        "ASK { <tp:x> ?p 'x:y', \"o:z\" } # tp:c",
        "ASK { ?s tp:a tp:b ; tp:c 1 }",
        "prefix   x: <a> ASK { x:b ?p o:c }",
        "ASK{?s tp:a x:b}",
        "a" * 70 + "tp:x",
    ]
    names = [
        "laureate:2041/a", "laureate:2041/a#stage-1", "laureate:2041/a#stage-1-anchor", "laureate:2041/a#stage-1-x-2",
        "laureate:2041/a #x", "laureate:2041/tp:end", "laureate:2041/a/b", "laureate:2041/a/", "laureate:2041/a.b",
        "laureate:2041/a.", "tp:a/b", "o:a/b", "x:a#b-1", "laureate:2041\\/a", "laureate:2041/a(", "laureate:a#1",
        "laureate:a#b", "laureate:a#b-1#c-2", "laureate:a#b-1/c",
        "<laureate:2041/a>", "'laureate:2041/a'", "# laureate:2041/a", "?laureate:2041/a",
        f"PREFIX l: <{BASE}laureate/> ASK {{ l:2041/a ?p ?o }}",
        "PREFIX laureate: <urn:x/> ASK { laureate:2041/a ?p ?o }", f"PREFIX l: # c\n <{BASE}x/> l:a/b",
        f"PREFIX : <{BASE}x/> :a/b", f"PREFIX l: x <{BASE}x/> l:a/b", "_:x/y", "laureate:/x", "laureate:2041/%41",
        "laureate:2041/-a", "laureate:2041/ab-", "laureate:2041/a1", "xlaureate:a/b", "laureate:2041/é",
        "laureate:a/b:c", "laureate:a#B-1.", "laureate:a#b-12x",
    ]  # fmt: skip
    services = [
        "SERVICE <x> {}", "service <x> {}", "serVice", "# SERVICE", "#\nSERVICE", "#\rSERVICE", "'SERVICE'",
        '"SERVICE"', "'''SERVICE'''", "'''a'SERVICE'''", "'a\\'SERVICE'", "'a\nSERVICE", "<SERVICE>", "< SERVICE",
        "<http://x/SERVICE>", "?service", "$Service", "@service", "x:service", ":service",
        "PREFIX x: <urn:a#> ASK { x:service ?p ?o }", "PREFIX x: <urn:a> ASK { x:service ?p ?o }",
        "PREFIX service: <urn:a/> ASK { service:x ?p ?o }",
        "PREFIX : <urn:a/> ASK { SERVICE:x {} }", "PREFIX : <urn:a/> ASK { :service {} }", "\\u0053ERVICE",
        "S\\u0045RVICE x", "\\u00e9 SERVICE", "'\\u0053ERVICE'", "x:\\#service",
        "PREFIX x: <urn:a#> ASK { x:a\\#service ?p ?o }", "PREFIX x: <urn:a#> ASK { x:service.b ?p ?o }",
        "PREFIX x: <urn:a#> ASK { x:service%41 ?p ?o }", "a.service:b", "myservice", "services", "'a' SERVICE",
        "'a\\x'SERVICE'", "'''a\\x'''SERVICE'''", "\\U00000053ERVICE", "\\U00110000SERVICE", "<a\\u003eSERVICE",
        "# a\n'b' # c SERVICE", "erv", "\\",
        "<http://x/'SERVICE'>", "'''''' SERVICE", "''SERVICE''", '"""a""SERVICE"""', "# ' \n SERVICE '", "ſervice",
        "PREFIX x: <urn:a#> PREFIX y: <bad> ASK { x:service ?p 1 }",
        "PREFIX x: <urn:a#> ASK { ?s x:service. ?s ?p 1 }", "PREFIX x: <urn:a#> ASK { ?s x:service.. }",
    ]  # fmt: skip
    stars = [("SELECT * { ?b ?a ?c }", "abc"), ("SELECT DISTINCT * { ?b ?a ?c }", "abc"),
    ("SELECT REDUCED* { ?b ?a ?c }", "abc"), ("SELECT # *\n * { ?b ?a }", "ab"), ("SELECT ?b ?a { ?b ?a ?c }", "ab"),
    ("SELECT (COUNT(*) AS ?n) { ?b ?a ?c }", "n"), ("SELECT * { ?a ?b ?c }", "abc"),
    ("SELECT * { $b ?a '?c' <?d> x:?e }", "ab"), ("SELECT * { ?b ?a }", "abc"),
             ("SELECT * { ?b ?a { SELECT ?c { ?c ?d 1 } } }", "abc"),
             ("CONSTRUCT { ?b ?a ?c } WHERE { ?b ?a ?c }", "abc"), ("SELECT * { ?a ?p 1 }", "a"),
             ("ASK * { ?b ?a 1 }", "ab"), ('SELECT * { ?b "?a" """?c""" ?c }', "bc"),
             ("SELECT * { ?c ?b ?c }", "bc")]  # fmt: skip

    def places(text: str) -> object:
        found = compact_names.escapes(text, prefixes)
        told = compact_names.escaped(text, prefixes)
        return [
            found,
            told,
            sparql.escaped(text, prefixes),
            [compact_names.typed(at, found) for at in range(len(told) + 1)][-3:],
            compact_names.typed_place("1:20", text, prefixes),
            compact_names.typed_place("1", text, prefixes),
        ]

    heads = [
        "#+ a: b\n#+ a:  c \n#+ b-c: d\n# x\n#+no: x\n #+ e: f\nASK {}\n\n",
        "ASK {}",
        "#+ a: b",
        "#+ summary: s\r\nASK {}",
    ]

    def bound(one: Any) -> object:
        text, values = one
        return [sparql.bound(text, values), outcome(lambda: sparql.bound(text, values, "\n  "))]

    return {
        **each(queries, lambda text: [sparql.keywords(text), sparql.form(text), sparql.depth(text)]),
        **each(bindings, bound, lambda one: f"bound {one[0]} {len(one[1])}"),
        **each(queries, lambda text: sparql.inserted(text, "DATA"), lambda text: f"inserted {text}"),
        **each(using, lambda text: [sparql.declared(text, prefixes), sparql.undeclared(text)]),
        **each(names, places, lambda text: f"names {text}"),
        "many declarations": lambda: sparql.escaped(f"PREFIX a: <{BASE}x/> " * 70 + "ASK { a:b/c ?p 1 }", {})[-20:],
        "typed place of lines": lambda: [compact_names.typed_place(place, "ASK {\n laureate:a/b ?p laureate:c/d }",
        prefixes) for place in ("1:1", "2:2", "2:13", "2:14", "2:15", "2:30", "2", "")],
        "a folder": lambda: [compact_names.folder(space) for space in (BASE + "x/", BASE + "x#", BASE, "http://x/",
        BASE[:-1])],
        **each(services, lambda text: [sparql.calls(text), sparql.unescaped(text)]),
        **each(stars, lambda one: star.explicit(*one), lambda one: f"star {one[0]} {one[1]}"),
        **each(heads, lambda text: [head.read(text), head.without(text)], lambda text: f"head {text}"),
    }  # fmt: skip


def answer(text: str) -> Any:
    return GRAPH.ask(Question("q", text))


ROWS = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (<urn:x> "a|b*c_d"@fr 1)
  (UNDEF "line\\nend" 12.50)
  (<https://w3id.org/trophees-participation/tool/x> "<&amp; & [x](y)`~z~ _e_" "")
  (UNDEF UNDEF UNDEF)
  ("é\\u0301漢字" "tab\\t\\u0007" true) } }"""


def of_results() -> Cases:
    queries = {
        "rows": ROWS, "none": "SELECT ?a ?b { FILTER(false) }", "one": "SELECT ?a { VALUES ?a { 1 -2.5 UNDEF } }",
        "yes": "ASK {}", "no": "ASK { FILTER(false) }",
        "quotes": 'SELECT ?a { VALUES ?a { "x\\"y" "a,b" "r\\r\\nn" } }',
        "empty": 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ("" UNDEF 1) (UNDEF "" UNDEF) } }',
        "triples": "CONSTRUCT { tool:a tp:b 'c', 1 . <urn:x> <urn:y> tool:a } WHERE {}",
        "no triple": "CONSTRUCT { ?s ?p ?o } WHERE { FILTER(false) }",
        "blank": "CONSTRUCT { _:a tp:p _:b . _:b tp:p 'x' } WHERE {}",
        "wide": f'SELECT ?a ?b ?c {{ VALUES (?a ?b ?c) {{ ("{"a" * 30}" "{"b" * 40}" "{"漢" * 20}") ("1" "22" "é") '
        f'}} }}', "control": 'SELECT ?a { VALUES ?a { "\\u0001" } }',
        "columns of one": 'SELECT ?a { VALUES ?a { "" UNDEF } }',
    }  # fmt: skip

    def rendered(name: str) -> object:
        told: dict[str, object] = {}
        for form in results.FORMATS:
            missing: dict[str, str] = {}
            found = outcome(lambda f=form, m=missing: results.render(answer(queries[name]), f, CONTEXT, 0, m))  # type: ignore[misc]
            data = found.encode() if isinstance(found, str) else b""
            refused = isinstance(found, str) and found.startswith("! ")
            told[form] = found if refused else [found, missing, results.is_empty(answer(queries[name]), form, data)]
        return told

    def narrow(width: int) -> object:
        return results.render(answer(queries["wide"]), "table", CONTEXT, width).decode()

    widths = [([30, 40, 40], room) for room in (0, 30, 36, 37, 38, 60, 61, 62, 63, 90, 109, 110, 111)] + [
        ([5, 6], 4),
        ([20], 13),
        ([], 5),
        ([12, 13], 24),
        ([13, 13, 13], 38),
    ]
    forms = {
        "csv": b"a,b\r\n1,\r\n2,\r\n",
        "tsv": b'?a\t?b\n1\t\n""\t\n',
        "json": b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"literal","value":""}},'
        b'{"a":{"type":"literal","value":""}}]}}',
        "xml": b'<result><binding name="a"><literal></literal></binding></result>',
    }
    datas = {
        "csv": [
            b"a,b\n",
            b"a,b\n1,2\n",
            b"a,b\n,2\n,\n",
            b'a,b\n"",2\n',
            b'a,b\n"x",""\n',
            b'a,b\n1,"2\n3"\n',
            b"a\n\n",
            b"a\n\n1\n",
            b"a,b\n,\n1,\n",
            b"a,b\n0,0\n,1\n0,0\n",
            b'a,b\n"x\ny",0\n0,0\n',
            b"a,b\n00,-0\n",
            b"a,b\n0.0,1\n,2\n",
        ],
        "tsv": [
            b"a\tb\n",
            b"a\tb\n1\t2\n",
            b'a\tb\n""\t2\n',
            b"a\tb\n\t\n",
            b'a\tb\n"x"\t\n""\t\n',
            b'a\tb\n0\t"0"^^<urn:x>\n',
            b"a\tb\n0\t1\n",
            b"a\tb\nx,y\t0\n",
            b'a\tb\n0.0\t"0.0"^^<urn:x>\n',
        ],
        "json": [
            b'{"bindings":[{"a":{"type":"literal","value":"0","datatype":"urn:x"},"b":{"type":"literal","value":"0"}},'
            b'{"b":{"type":"literal","value":"01"}}]}',
            b'{"bindings":[{"a":{"type":"literal","value":"0.0","datatype":"urn:x"},"b":{"type":"literal","value":"1"}}]}',
        ],
        "xml": [
            b'<result><binding name="a"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">0</literal></binding>'
            b'<binding name="b"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">01</literal></binding></result>',
        ],
    }

    some: list[list[list[object]]] = [
        [],
        [["", ""]],
        [[None, b""]],
        [["", 1], [1, ""]],
        [[0, ""], ["", None]],
        [[False, 0.0]],
        [["0", b"0"]],
    ]

    def empties(one: tuple[str, bytes]) -> object:
        names = ["a", "b"] if one[0] in ("json", "xml") else re.split("[\t,]", one[1].partition(b"\n")[0].decode())
        return columns.hollow(names, *one)

    pages = [
        (ROWS, 0, 200),
        (ROWS, 0, 2),
        (ROWS, 2, 2),
        (ROWS, 4, 2),
        (ROWS, 5, 2),
        (ROWS, 9, 2),
        (ROWS, 0, 5),
        (ROWS, 0, 0),
        ("ASK {}", 0, 5),
        (queries["triples"], 0, 2),
        (queries["no triple"], 0, 2),
        (queries["none"], 0, 2),
    ]

    def many(number: int, length: int, most: int = 200) -> object:
        found: Any = page.page(
            answer(
                "SELECT ?n ?t { VALUES (?n ?t) { " + " ".join(f"({n} '{'x' * length}')" for n in range(number)) + " } }"
            ),
            0,
            most,
        )
        return [found["total"], found["exact"], found["next"], len(found["rows"])]

    def counted(number: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(page, "COUNTED", 20)
            return many(number, 1, 5)

    cells = [
        NamedNode("urn:a"), BlankNode("b"), Literal("x"), Literal("1", datatype=INTEGER),
        Literal("+1", datatype=INTEGER), Literal("x", datatype=INTEGER), Literal(str(2**53), datatype=INTEGER),
        Literal(str(2**53 + 1), datatype=INTEGER), Literal(str(-(2**53) - 1), datatype=INTEGER),
        Literal("1" * 20, datatype=INTEGER), Literal("1.50", datatype=NamedNode(XSD + "decimal")),
        Literal("1234567890.1234", datatype=NamedNode(XSD + "decimal")),
        Literal("1234567890.12345", datatype=NamedNode(XSD + "decimal")),
        Literal("x", datatype=NamedNode(XSD + "decimal")), Literal("1", datatype=NamedNode(XSD + "boolean")),
        Literal("false", datatype=NamedNode(XSD + "boolean")), Literal("x", datatype=NamedNode(XSD + "boolean")),
        Literal("1", datatype=NamedNode(XSD + "double")),
        Literal("x" * 1000), Literal("x" * 1001), Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c")),
        Literal("1" * 19, datatype=INTEGER), Literal("0" * 19 + "1", datatype=INTEGER),
        Literal("0" * 18 + "1", datatype=INTEGER),
    ]  # fmt: skip
    marks = [
        "a*b",
        "*a",
        "a*",
        "_a_",
        "a_b",
        "~",
        "`x`",
        "[a]",
        "a|b",
        "\\",
        "<b>",
        "&amp;",
        "& ",
        "&#1;",
        "a & b",
        "**",
        "é*",
        "*é",
        "1*2",
    ]
    return {
        **each(queries, rendered),
        **each([0, 20, 36, 42, 43, 44, 60, 80, 100], narrow, lambda width: f"width {width}"),
        **each(widths, lambda one: results._narrowed(*one)),
        **each(marks, results._escaped),
        "default": lambda: [results.default(answer(queries[name]), terminal=terminal)
        for name in ("rows", "yes", "triples") for terminal in (True, False)] + [results.default([], terminal=True)],
        "for a terminal": lambda: results.for_terminal(bytes(range(32)) + b"\x7f\xc2\x80\xc2\x9f\xc2\xa0\xe2\x80\xae"),
        "empty columns": lambda: {form: columns.hollow(["a", "b"], form, data) for form, data in forms.items()},
        **each([(form, data) for form, given in datas.items() for data in given], empties),
        "columns of rows": lambda: [columns.of_rows(["a", "b"], given) for given in some],
        **each(pages, lambda one: page.page(answer(one[0]), *one[1:]), lambda one: f"page {one[0][:30]} {one[1:]}"),
        "full pages": lambda: [many(200, 1), many(201, 1), many(30, 1000), many(30, 900), many(1, 30_000),
        many(2, 30_000), many(3, 9_000), many(30, 700)],
        "counted": lambda: [counted(number) for number in (5, 6, 19, 20, 21, 30)],
        "the size of a page": lambda: [page.ROWS, page.ROOM, page.CELL, page.COUNTED],
        "cells": lambda: [[page.cell(term), type(page.cell(term)).__name__] for term in [None, *cells]],
    }  # fmt: skip


def of_rows() -> Cases:
    def typed(text: str, kind: str) -> object:
        found = rows.value(Literal(text, datatype=NamedNode(kind if ":" in kind else XSD + kind)))
        return [type(found).__name__, str(found)]

    kinds = {
        "integer": ["1", "+1", "x", " 1"], "long": ["1"], "int": ["1"], "short": ["1"], "byte": ["1"],
        "unsignedLong": ["1"], "unsignedInt": ["1"], "unsignedShort": ["1"], "unsignedByte": ["1"],
        "positiveInteger": ["1"], "negativeInteger": ["-1"], "nonPositiveInteger": ["0"], "nonNegativeInteger": ["0"],
        "unsigned": ["1"], "decimal": ["1.50", "1e3"], "double": ["1e3", "INF", "x"], "float": ["1.5"],
        "boolean": ["true", "1", "false", "0", "yes"], "date": ["2024-02-29", "2023-02-29", "2024-01-01Z",
        "12024-01-01"], "dateTime": ["2024-01-01T10:00:00", "2024-01-01T10:00:00Z", "2024-01-01T24:00:00", "x"],
        "string": ["1"], "gYear": ["2024"], "urn:d": ["1"], "Integer": ["1"], "xinteger": ["1"],
    }  # fmt: skip
    moment, local = datetime.fromisoformat("2024-01-01T10:00:00+02:00"), datetime(2024, 1, 1, 10)
    early = datetime.fromisoformat("0001-01-01T00:00:00+02:00")
    cells: list[list[Any]] = [
        [1, None, 2], [2**63 - 1, -(2**63)], [2**63], [-(2**63) - 1], [True, False], [1, True], [1, 2.5],
        [Decimal("1.5"), 1], [1.5], [Decimal("1.5")], ["a", None], ["a", 1], [rows.IRI("urn:a"), "b"],
        [rows.Text("x", "fr")], [date(2024, 1, 1)], [date(2024, 1, 1), local], [local], [moment], [moment, local],
        [early], [None], [], [early, 1],
    ]  # fmt: skip
    made = rows.Rows(
        ["a", "b<"], [{"a": 1, "b<": "<x>"}, {"a": None, "b<": True}, {"a": Decimal("1.50"), "b<": date(2024, 1, 2)}]
    )

    def frames(found: rows.Rows) -> object:
        pandas, polars = found.to_pandas(), found.to_polars()
        return [
            [str(kind) for kind in pandas.dtypes],
            pandas.astype(str).values.tolist(),
            [str(kind) for kind in polars.dtypes],
            [[str(cell) for cell in row] for row in polars.rows()],
        ]

    mixed = rows.Rows(list("abcdefgh"), [
        {"a": 1, "b": True, "c": 1.5, "d": "x", "e": date(2024, 1, 2), "f": 1, "g": moment, "h": None},
        {"a": None, "b": None, "c": Decimal("2"), "d": None, "e": None, "f": "x", "g": None, "h": None}])  # fmt: skip
    terms = [
        None,
        NamedNode(BASE + "tool/x"),
        BlankNode("b"),
        Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c")),
        Literal("x"),
        Literal("x", language="fr"),
    ]
    params: list[Any] = [
        rows.IRI("urn:a"),
        rows.Text("x", "fr"),
        Decimal("1.50"),
        Decimal("1e3"),
        moment,
        date(2024, 1, 2),
        True,
        1,
        1.5,
        "x",
        NamedNode("urn:a"),
        Literal("x"),
        None,
        [1],
    ]
    return {
        **each([(text, kind) for kind, texts in kinds.items() for text in texts], lambda one: typed(*one)),
        "terms": lambda: [[type(found).__name__, found, getattr(found, "language", None)] for term in terms
        for found in (rows.value(term), rows.value(term, CONTEXT))],
        **each(cells, lambda given: [rows._column(given)[0], [[type(cell).__name__, str(cell)]
        for cell in rows._column(given)[1]]]),
        "rows": lambda: [made.columns, len(made), made[0], list(made[1:]), made[-1], repr(made), made._repr_html_(),
        made.column("a"), outcome(lambda: made.column("c")), made == made[:], made == made[1:], made == [],
        made == rows.Rows(["a"], [])],
        "many rows": lambda: [rows.Rows(["a"], [{"a": n} for n in range(number)])._repr_html_()[-60:]
        for number in (20, 21)],
        "text": lambda: [pickle.loads(pickle.dumps(rows.Text("x", "fr"))).language, rows.Text("x", "fr") == "x"],
        "of solutions": lambda: [list(rows.Rows.of(answer(
            "SELECT ?a ?b { VALUES (?a ?b) { (tool:x 1) (UNDEF 'é'@fr) } }"), context)) for context in (None, CONTEXT)],
        "frames": lambda: frames(mixed),
        "no frames": lambda: frames(rows.Rows(["a", "b"], [])),
        "cells": lambda: [rows._cell(cell) for cell in (None, True, False, 1, 1.5, Decimal("1.50"), "x", date(2024, 1,
        2), moment)],
        **each(params, lambda given: [str(found := python._term(given)), type(found).__name__],
        lambda given: f"given {given!r}"),
        "rings": lambda: [python._rings(path) for path in ("M1 2l3 4 -5 -6z", "M1 2l3 4zM-1 -2l1 1 2 2z", "", "M1 2z")],
    }  # fmt: skip


def of_partial() -> Cases:
    heads = [
        {"x-sql-state": "S1TAT", "x-sql-message": "Anytime\n query"}, {"x-sql-state": "S1TAT"},
        {"x-sql-state": " 00000 "}, {"x-truncated": "true"}, {"x-truncated": "False"}, {"x-truncated": "none"},
        {"x-truncated": " No "}, {"x-truncated": ""},
        {"x-incomplete": "1"}, {"partial-results": "0"}, {"warning": "199 Results Truncated"}, {"warning": "other"},
        {"link": '<x>; rel="next"'}, {"link": "<x>; rel=next"}, {"link": '<x>; rel="prev next"'},
        {"link": "<x>; rel=nextx"}, {"link": '<x>; REL = "a next b"'},
        {"x-sparql-maxrows": "10"}, {"x-sparql-maxrows": " 10 "}, {"x-sparql-maxrows": "x"}, {"x-sparql-maxrows": "٣"},
        {"x-sparql-maxrows": "1" * 19}, {"x-sparql-maxrows": "1" * 18}, {"x-sparql-maxrows": ""},
        {"x-truncated": "y" * 200}, {"other": "truncated"},
    ]  # fmt: skip
    bodies = [
        b'{"truncated": true}',
        b' {"isPartial": "true"}',
        b'{"results-incomplete" : 1}',
        b'{"truncated": false}',
        b'{"truncated": 12}',
        b'{"x": "truncated: true"}',
        b'["truncated": true]',
        b'{"a": 1' + b" " * 3000 + b'"partial": true}',
        b'{"a": 1' + b" " * 2500 + b'"partial": true' + b" " * 2500 + b"}",
        b'{"TRUNCATED":TRUE}',
        b"",
        b'{"a":"b"' + b" " * 1970 + b'"partial": true}' + b" " * 2500,
    ]
    limits = [
        "SELECT * {} LIMIT 10",
        "SELECT * {} LIMIT 11",
        "SELECT * {} limit 9 offset 3",
        "SELECT * { SELECT * {} LIMIT 5 }",
        "SELECT * {} # LIMIT 5",
        "SELECT * {} OFFSET 3 LIMIT  10",
        "SELECT * {}",
    ]
    return {
        **each(heads, lambda given: parts.told(200, given, b"", "SELECT * {}")),
        **each(bodies, lambda body: parts.told(200, {}, body, ""), lambda body: f"body {body[:60]!r} {len(body)}"),
        **each(limits, lambda text: parts.told(200, {"x-sparql-maxrows": "10"}, b"", text)),
        "206": lambda: parts.told(206, {"x-truncated": "1"}, b"", ""),
        "sentences": lambda: [parts.Partial("why").sentence("n"), parts.Partial(most=10).sentence("n", 10),
        parts.Partial(most=10).sentence("n", 9), parts.Partial(most=10).sentence("n"),
        parts.Partial().sentence("n", 10), parts.Partial(most=10).sentence("n", 11)],
    }  # fmt: skip


COOKED = (
    "#+ summary: Combien ? Peu.\n#+ summary-en: How many? Few.\n#+ subject: tools\n#+ question: Q1\n"
    "#+ param: tool tool:atelier — l’outil | the tool\n#+ param: n 3 ^^xsd:integer — le nombre | the number\n"
    '#+ param: year ^^xsd:gYear — l’an | the year\n#+ param: text "a b" — le texte | the text\n'
    'SELECT ?l { ?l tp:usesTool ?tool ; tp:stars ?n ; ?year ?text FILTER(LANG(?label) = "fr" && LANG(?x_fr) = "fr") '
    "}\n"
)


def of_cookbook() -> Cases:
    query = cookbook.load(COOKED, "q")
    wrong = [
        COOKED.replace("#+ summary:", "#+ x:"),
        COOKED.replace("#+ summary-en:", "#+ x:"),
        COOKED.replace("tools", "nothing"),
        COOKED.replace(" — l’outil", " l’outil"),
        COOKED.replace(" | the tool", ""),
        COOKED.replace("#+ subject: tools\n", ""),
        COOKED.replace("tool tool:atelier", "tool"),
        "ASK {}",
    ]

    def told(text: str) -> object:
        found = cookbook.load(text, "q")
        return {
            **vars(found),
            "params": [vars(param) for param in found.params],
            "published": found.published,
            "asked": [found.asked("fr"), found.asked("en")],
        }

    def meant(name: str, text: str, space: str) -> NamedNode:
        return NamedNode(f"urn:meant:{name}:{text}:{space.rpartition('n/')[2]}")

    given: list[dict[str, Any]] = [
        {}, {"tool": "carte"}, {"tool": "tool:carte"}, {"tool": "http://id.insee.fr/geo/x"}, {"tool": "https://x/y"},
        {"tool": ""}, {"tool": NamedNode("urn:x")}, {"tool": Literal("carte")}, {"n": "4"}, {"n": "x"},
        {"n": Literal("x")}, {"year": "2024"}, {"text": "12"}, {"text": "-3"}, {"text": "urn:a b"}, {"text": "urn:a"},
        {"text": "x:"}, {"no": "1"}, {"no" * 50: "1"}, {"text": "a\udcff"}, {"text": ":x"},
    ]  # fmt: skip

    def small(patch: pytest.MonkeyPatch, folder: Path) -> None:
        folder.mkdir()
        for name in ("laureates-in-region", "tools"):
            Path(folder, f"{name}.rq").write_text(COOKED, "utf-8")
        Path(folder, "x.txt").write_text("", "utf-8")
        patch.setattr(cookbook, "_FOLDER", str(folder))
        cookbook.queries.cache_clear()

    def in_folder(work: Callable[[Path], object]) -> object:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            small(patch, Path(folder, "cookbook"))
            for name in ("tools", "in"):
                Path(folder, name).mkdir()
            patch.chdir(Path(folder, "in"))
            Path("q.rq").write_text("SELECT ?n { ?s ?p ?n }", "utf-8")
            Path("latin.rq").write_bytes(b"ASK\n{ \xe9 }")
            Path("bom.sparql").write_bytes(b"\xef\xbb\xbfASK {}")
            try:
                return work(Path(folder))
            finally:
                cookbook.queries.cache_clear()

    def found(one: tuple[str, dict[str, Any]]) -> object:
        def work(_: Path) -> object:
            asked = question.find(*one, CONTEXT, meant)
            return [asked.name, asked.text[:60], asked.values]

        return outcome(lambda: in_folder(work))

    questions: list[tuple[str, dict[str, Any]]] = [
        ("tools", {}), ("laureates-in-regio", {}), ("tool", {}), ("zzzzzz", {}), ("x" * 90, {}), ("Tools", {}),
        ("../tools", {}), ("q.rq", {}), ("q.rq", {"n": "5"}), ("q.rq", {"m": "5"}), ("./q.rq", {}), ("no.rq", {}),
        ("no/query", {}), ("latin.rq", {}), ("bom.sparql", {}), ("a\0.rq", {}), ("ASK {}", {}),
        ("SELECT ?x { ?x ?p ?o }", {"x": "tool:a"}), ("how many", {}), ("a b.rq", {}), ("ASK\n", {}),
        ("x {\udcff}", {}), ("a\nb {\udcff}", {}), (COOKED, {}), (COOKED, {"n": "4"}), (COOKED, {"tool": "carte"}),
        (COOKED.replace("#+ subject: tools\n", ""), {"n": "4"}), ("x.sparql", {}),
    ]  # fmt: skip
    return {
        "a query": lambda: told(COOKED), **each(wrong, told),
        "of a reader's own": lambda: vars(cookbook.load(COOKED.replace("#+ subject: tools\n", ""), "q",
        filed=False))["subject"],
        **each(given, lambda one: [outcome(lambda: cookbook.substitutions(query, one, CONTEXT, meant)),
        outcome(lambda: cookbook.substitutions(query, one, CONTEXT))], repr),
        "no parameters": lambda: cookbook.substitutions(cookbook.load("#+ summary: a\n#+ summary-en: b\nASK {}", "q",
        filed=False), {"x": "1"}, CONTEXT),
        "in a language": lambda: [cookbook.in_language(COOKED, "fr"), cookbook.in_language(COOKED, "en")],
        "alone": lambda: [cookbook.standalone(query, "fr", CONTEXT), cookbook.standalone(query, "en", CONTEXT)],
        "the cookbook": lambda: in_folder(lambda _: [list(cookbook.queries()),
        {subject: [q.name for q in some] for subject, some in cookbook.by_subject().items()}]),
        "subjects": lambda: cookbook.SUBJECTS,
        **each(["tools", "tool", "../cookbook/tools", "tools\n", "", "x"], lambda name: in_folder(
        lambda _: cookbook.get(name).name), lambda name: f"called {name!r}"),
        **each(questions, found, lambda one: f"question {one[0][:80]!r} {one[1]}"),
        "decoded": lambda: [question.decode("é".encode(), "n"), question.decode(b"\xef\xbb\xbfa", "n"),
        outcome(lambda: question.decode(b"a\n\n\xff", "n")),
        outcome(lambda: question.decode(b"\xef\xbb\xbfa\nb\xff", "n"))],
    }  # fmt: skip


def of_graphs() -> Cases:
    texts = [
        "Atelier (en salle)",
        "atelier en salle",
        "ATELIER",
        "réunion de travail",
        "reunion-de travail",
        "Workshop",
        "99",
        "Haut-Val",
        "haut val",
        "grand-val",
        "2041/grand-val",
        "tool/atelier",
        f"{BASE}tool/atelier",
        "tool:atelier",
        "Le Grand Val",
        "Un grand val",
        "zzz",
        "",
        "Lauréat",
        "Laureate",
        "stars",
        "a\udcff",
        "Sans rien",
        "u1",
        "val",
        "grandval",
        "carte",
        "Cartes",
        "Grandville",
        "a b",
        "eau",
    ]
    spaces = ["", BASE + "tool/", BASE + "x/"]

    def names(one: tuple[str, str]) -> object:
        text, space = one
        return [
            outcome(lambda: meaning.meant(GRAPH, text, space)),
            outcome(lambda: meaning.nearest(GRAPH, text, space)),
            outcome(lambda: meaning.one(GRAPH, text, space, CONTEXT, "p")),
        ]

    things = [
        "laureate/2041/grand-val",
        "laureate/2041/sans-rien",
        "tool/atelier",
        "x/d1",
        "laureate/2041/u1",
        "x/nothing",
    ]

    def shown(name: str) -> object:
        node = NamedNode(BASE + name)
        return [show.show(GRAPH, node, CONTEXT, tag) for tag in LANGUAGES]

    facts = Store()
    facts.load(f"""@prefix tp: <{TP}> .
@prefix skos: <{SKOS}> .
@base <{BASE}laureate/2041/> .
<urn:g> {{ <f> a tp:Laureate;
  skos:prefLabel "F"@fr;
  tp:stars 2, 1;
  tp:note "n"@fr, "m"@en;
  tp:stage <f#stage-2>, <f#stage-10>, <f#stage-1>, <f#stage-11>;
  tp:summary "only"@en;
  skos:altLabel "z"@fr;
  <urn:p> <urn:q> .
<f#stage-1> skos:prefLabel "un"@fr;
  tp:section <s>;
  tp:printed "imprimé" .
<f#stage-2> tp:reason "parce que"@fr, "because"@en;
  tp:section <s> .
<f#stage-11> tp:section <s>;
  tp:anomalyKind "k" .
<f#stage-10> tp:section <s>, <t>;
  tp:anchor "ancre" .
<s> skos:prefLabel "S"@fr .
<g> tp:stage <f#stage-1>;
  skos:prefLabel "G"@en .
<h#stage-1> tp:about <f> .
<urn:other> tp:about <f> .
tp:stars <{RDFS}label> "étoiles"@fr .
tp:stage <{RDFS}label> "stage"@en .
<k> tp:about <f> .
<k> skos:prefLabel "K"@fr }}""".encode(), format=RdfFormat.TRIG)  # fmt: skip
    view = Embedded(facts, CONTEXT.prefixes)
    shapes = [
        "SELECT ?l ?t { ?l tp:usesTool ?t } ORDER BY ?l",
        "SELECT ?l ?l_label { ?l tp:stars 1 }",
        "SELECT ?n { VALUES ?n { 1 'x' UNDEF } }",
        "SELECT ?x ?y { VALUES (?x ?y) { (<urn:none> tool:carte) (UNDEF tp:Laureate) } }",
        "SELECT ?x ?x_label ?x_label_ { VALUES (?x ?x_label ?x_label_) { (tool:carte 1 2) } }",
    ]

    def shaped(text: str) -> object:
        found = []
        for compact in (True, False):
            for tag in (None, "fr", "en"):
                made = shape.shaped(answer(text), GRAPH, CONTEXT, compact, tag)
                found.append([[v.value for v in made.variables], [[str(cell) for cell in row] for row in made]])
        return found

    asked = [
        "SELECT * { ?s tp:stars ?n } ORDER BY ?n ?s", "ASK { ?s tp:stars 3 }",
        "SELECT ?n FROM <urn:none> { ?s tp:stars ?n }",
        f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/report/2041> {{ ?s tp:stars ?x }}",
        "SELECT ?s { SERVICE <http://x> { ?s ?p ?o } }", "SELECT ?s { ?s tp:stars }", "SELECT",
        "SELECT (xsd:integer('01') AS ?n) {}", "SELECT (xsd:integer(' x') AS ?n) {}", "SELECT ?s { ?s tp:no ?o }",
        "SELECT ?x WHERE { BIND(REGEX('ab', '^a.$') AS ?x) }",
        "SELECT ?x { BIND(REPLACE('abc', '(b)', '[$1]') AS ?x) }", "SELECT ?x { BIND(REGEX('a', '(?i)A') AS ?x) }",
        "DESCRIBE tool:carte", "CONSTRUCT { ?s tp:n ?n } WHERE { ?s tp:stars ?n }",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(?s + 1) AS ?n) { ?s ?p ?o }",
        "SELECT * { GRAPH ?g { ?b tp:edition ?a } } ORDER BY ?b", "SELECT ?s { laureate:2041/grand-val tp:stars ?s }",
        "SELECT ?from { BIND(1 AS ?from) }", "ASK { from:x ?p ?o }",
        "SELECT (xsd:decimal('1,5') AS ?n) (xsd:string(1) AS ?s) {}",
    ]  # fmt: skip

    def said(text: str) -> object:
        found = answer(text)
        if isinstance(found, QuerySolutions):
            return [[variable.value for variable in found.variables], [[str(cell) for cell in row] for row in found]]
        return bool(found) if not isinstance(found, Iterable) else sorted(map(str, found))

    def protocol(default: list[str] | None, named: list[str] | None) -> object:
        found = GRAPH.evaluate("SELECT (COUNT(*) AS ?n) { ?s tp:stars ?o }", None, default, named)
        return [str(row["n"]) for row in found]  # type: ignore[union-attr]

    report = f"{BASE}graph/report/2041"
    spoken = [
        NamedNode("urn:a"),
        Literal("x"),
        Literal("x", language="fr"),
        Literal("x", language="en"),
        Literal("x", language="fr-CA"),
        Literal("1", datatype=INTEGER),
    ]
    blanks = [
        "_:a <urn:p> _:b . _:b <urn:p> 'x' .", "_:a <urn:p> _:b . _:b <urn:p> _:a .",
        "_:z <urn:p> 'b' . _:y <urn:p> 'a' . _:x <urn:q> _:y .", "_:a <urn:p> _:b, _:c, _:d . _:c <urn:q> 1 .",
        "_:a <urn:p> <<( _:b <urn:q> 1 )>> . _:b <urn:p> 2 .",
        "_:a <urn:p> _:b . _:b <urn:p> _:c . _:c <urn:p> _:a . _:d <urn:p> _:d .", "<urn:s> <urn:p> _:a, _:b .",
        "_:a <urn:p> _:b . _:c <urn:p> _:d . _:e <urn:p> _:f .",
        "_:f <urn:q> 1 . _:d <urn:q> 1 . _:b <urn:q> 1 . _:a <urn:p> _:b . _:c <urn:p> _:d . _:e <urn:p> _:f .",
        "_:a <urn:p> 1 . _:b <urn:q> 1 .",
        "<urn:s> <urn:p> _:a . <urn:s> <urn:q> _:b . <urn:t> <urn:p> _:c . _:d <urn:p> <urn:s> .",
    ]  # fmt: skip

    def labelled(text: str) -> object:
        triples = [quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)]
        return [sorted(map(str, blank.labelled(given))) for given in (triples, triples[::-1])]

    def for_rdflib() -> object:
        quads = b"<urn:a> <urn:p> _:b . <urn:g> { <urn:a> <urn:p> 2 } <urn:h> { <urn:a> <urn:p> 3 }"
        store = Store()
        store.extend(parse(quads, format=RdfFormat.TRIG))
        found = in_rdflib.dataset(store, {"u": "urn:"})
        every = sorted(value.n3() for value in found.objects() if isinstance(value, rdflib.Literal))
        graphs = sorted([str(one.identifier), len(one)] for one in found.graphs())
        return [every, len(found), graphs, dict(found.namespaces())["u"]]

    def own(name: str, content: bytes, *, strict: bool = False) -> object:
        with tempfile.TemporaryDirectory() as folder:
            file, store = Path(folder, name), Store()
            file.write_bytes(content)
            notes = outcome(lambda: own_data.add(store, file, 7, strict=strict))
            told = str([notes, sorted(map(str, store))]).replace(file.resolve().as_uri(), "urn:file")
            return told.replace(f"{folder}/", "")

    def opened() -> object:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "n.csv")
            file.write_bytes(b"code,n\n01004,2\n")
            found = [Embedded.opened(None, [file], prefixes) for prefixes in ({}, {"my": "urn:m"})]
            return [[one.prefixes, len(one.store), len(one.said)] for one in found]

    said_by = ["skos:prefLabel", "skos:altLabel", "igeo:nom", "tp:nameWithArticle", "tp:title", "dct:title",
    "rdfs:label", "skos:note"]  # fmt: skip
    named = Store()
    for number, name in enumerate(said_by):
        prefix, _, local = name.partition(":")
        space = {**CONTEXT.prefixes, "dct": "http://purl.org/dc/terms/"}[prefix]
        named.update(f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:x{number}> <{space}{local}> 'nom{number}'@fr }} }}")
    called = Embedded(named, CONTEXT.prefixes)
    files = {
        "a.ttl": b"_:a <urn:p> 01, 1, '01', 1.50, true, _:b . _:b <urn:q> <c> .",
        "b.trig": b"<urn:g> { <urn:s> <urn:p> 1 } _:g { <urn:s> <urn:p> _:g }", "c.csv": b"code,n\n1004,2\n",
        "d.ttl": b"<urn:s> <urn:p> .", "e.ttl": b"", "f.nt": b"<urn:s> <urn:p> \"x\"@fr_FR .\n",
        "g.csv": b"insee,n\n1004,2\n", "h.ttl": b"<urn:s> <urn:p> 01, 02, 03, 04, 05 .",
        "i.ttl": b"<urn:s> <urn:p> <<( _:a <urn:q> 1 )>> .",
        "j.jsonld": b'{"@id": "urn:s", "urn:p": {"@value": "1", "@type": "http://www.w3.org/2001/XMLSchema#integer"}}',
        "k.rdf": b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
        "l.ttl": b"<urn:s> <urn:p> '1'^^<http://www.w3.org/2001/XMLSchema#unsignedByte>, "
        b"'+1'^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>, "
        b"'2024'^^<http://www.w3.org/2001/XMLSchema#gYear>, '01'^^<urn:d>, "
        b"'PT60S'^^<http://www.w3.org/2001/XMLSchema#dayTimeDuration> .",
    }  # fmt: skip
    return {
        **each([(text, space) for text in texts for space in spaces], names,
        lambda one: f"means {one[0]!r} {one[1].removeprefix(BASE)}"),
        "listed": lambda: [meaning.listed(GRAPH, [NamedNode(BASE + f"x/{n}") for n in range(number)], CONTEXT)
        for number in (1, 8, 9)],
        **each(texts, lambda text: [outcome(lambda: show.find(GRAPH, text, CONTEXT)), outcome(lambda: show.also(GRAPH,
        text, NamedNode(BASE + "tool/atelier"), CONTEXT))], lambda text: f"found {text!r}"),
        **each(things, shown, lambda name: f"shown {name}"),
        "shown with facts": lambda: [show.show(view, NamedNode(BASE + "laureate/2041/f"), CONTEXT, tag)
        for tag in LANGUAGES],
        "natural": lambda: [show.natural(NamedNode(iri)) for iri in ("urn:a-2", "urn:a-10", "urn:a", "urn:a-x",
        "urn:2")],
        **each(shapes, shaped), "labels": lambda: [shape.labels(GRAPH, [BASE + "tool/carte", BASE + "x/covid",
        BASE + "x/none", TP + "Nothing", BASE + "laureate/2041/grand-val"], tag)
        for tag in LANGUAGES],
        **each(asked, said, lambda text: f"asked {text}"),
        "a query that never ends": lambda: [outcome(partial(answer, f"ASK {{}} # never{' ' * n}"))
        for n in (4082, 4083)],
        "a large query": lambda: [outcome(partial(answer, "ASK {}" + " " * n)) for n in ((1 << 20) - 6, (1 << 20) - 5)],
        "protocol": lambda: [protocol(default, named) for default in (None, [], [report], ["urn:none"])
        for named in (None, [report])],
        "described": lambda: [GRAPH.describe(NamedNode(BASE + "tool/carte")),
        sorted(map(str, GRAPH.quads(None, NamedNode(TP + "stars")))), list(GRAPH.quads(NamedNode("urn:none")))],
        "graphs named": lambda: [engine.names_graphs(text) for text in ("FROM <x>", "from named <x>", "from:x",
        "# FROM", "ASK {}", "FROMNAMED", "?from", "FROM:x FROM <y>")],
        **each(LANGUAGES, lambda tag: [[one_language.spoken(term, tag) for term in spoken],
        len(one_language.in_language(three_laureates(), tag)),
        len(one_language.triples(GRAPH.describe(NamedNode(BASE + "tool/carte")), tag)),
        len(one_language.view(GRAPH, tag).store)]),
        **each(blanks, labelled),
        "for rdflib": for_rdflib,
        **each(files, lambda name: own(name, files[name]), lambda name: f"own {name}"),
        "opened with a table": opened,
        "called in each way": lambda: [[len(meaning.meant(called, name)), len(meaning.meant(called, name.upper()))]
        for name in ("nom0", "nom1", "nom2", "nom3", "nom4", "nom5", "nom6", "nom7")],
        **each(files, lambda name: own(name, files[name], strict=True), lambda name: f"strict {name}"),
    }  # fmt: skip


CITED = f"""@prefix tp: <{TP}> .
@prefix skos: <{SKOS}> .
@prefix rdfs: <{RDFS}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@base <{BASE}> .
<urn:g> {{
  <dataset/old> a dcat:Dataset ; dct:isReplacedBy <dataset> ; dct:title "Ancien"@fr ; dcat:version "0" .
  <dataset> a dcat:Dataset ; dct:title "Le graphe"@fr, "The graph"@en ; dcat:version "2041.1" ;
    dct:modified "2041-01-02" ;
    dct:publisher <x/us>, <x/nobody>, "Eux" ; dct:license <x/licence> .
  <x/us> skos:prefLabel "Nous"@fr, "Us"@en .
  <x/licence> rdfs:label "Licence ouverte"@fr, "Open licence"@en .
  <x/source> dct:bibliographicCitation "Le rapport, 2041."@fr .
  <x/other> dct:bibliographicCitation "Une fiche."@fr, "A sheet."@en .
  <laureate/2041/f> a tp:Laureate ; skos:prefLabel "F"@fr, "F in English"@en ; tp:accordingTo <x/source> ;
    tp:pages "12" .
  <laureate/2041/f#stage-1> tp:section <x/section> ; tp:printed "imprimé" ; skos:prefLabel "un"@fr .
  <laureate/2041/f#stage-2> tp:accordingTo <x/other> ; tp:section "loin", <x/section> .
  <x/section> skos:prefLabel "Le calendrier"@fr .
  <laureate/2041/bare> tp:stars 1 ; tp:accordingTo "un texte" .
}}"""


def of_sums() -> Cases:
    cited = Store()
    cited.load(CITED.encode(), format=RdfFormat.TRIG)
    graph = Embedded(cited, CONTEXT.prefixes)
    names = ["", " ", "laureate:2041/f", f"<{BASE}laureate/2041/f>", "laureate:2041/f#stage-1",
    "laureate:2041/f#stage-2", "laureate:2041/bare", "F", "dataset", f"{BASE}dataset", f"{BASE}dataset/old",
    "zzz", "urn:none"]  # fmt: skip

    def citation(name: str) -> object:
        return [vars(citing.cite(graph, name, CONTEXT, tag, sha)) for tag, sha in (("fr", "s"), ("en", ""))]  # type: ignore[arg-type]

    def lines_of(answer_: Any) -> object:
        """What is summed, in place of its sum."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fingerprint, "of_lines", lambda lines: [line.decode() for line in lines])
            return fingerprint.of_answer(answer_)

    asked = ["ASK {}", "ASK { FILTER(false) }", "SELECT ?b ?a { VALUES (?a ?b) { (2 'x') (1 UNDEF) (1 UNDEF) } }",
    "SELECT ?a { FILTER(false) }", "CONSTRUCT { tool:b tp:p 'é' . tool:a tp:p 1 } WHERE {}",
    "SELECT (BNODE() AS ?b) {}", "CONSTRUCT { _:a tp:p 1 } WHERE {}",
    "CONSTRUCT { tp:a tp:p _:b } WHERE {}"]  # fmt: skip
    triples = [Triple(NamedNode("urn:b"), NamedNode("urn:p"), Literal(text)) for text in ("b", "a", "b")]
    quads = [Quad(t.subject, t.predicate, t.object, NamedNode(g)) for t in triples for g in ("urn:g", "urn:f")]
    return {
        **each(names, citation, lambda name: f"cited {name!r}"),
        **each(asked, lambda text: [lines_of(answer(text)), fingerprint.of_answer(answer(text))]),
        "triples of an endpoint": lambda: lines_of(triples),
        "sums": lambda: [fingerprint.of_lines([]), fingerprint.of_lines([b"a\n", b"b\n"]), fingerprint.of_quads(quads),
        fingerprint.of_quads(quads[::-1])],
    }  # fmt: skip


MODULES: dict[str, Callable[[], Cases]] = {
    "text": of_texts, "results": of_results, "rows": of_rows, "partial": of_partial, "cookbook": of_cookbook,
    "graph": of_graphs, "sums": of_sums,
}  # fmt: skip


def alone(patch: pytest.MonkeyPatch) -> None:
    """Nothing depends on the language of the machine, and no process is started for a query that is not small."""
    patch.setenv("LC_ALL", "en")
    patch.setattr(engine, "_unaskable", lambda text: "never ends" if "never" in text else "")


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_query_is_this(module: str, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        alone(patch)
        write(ROOM, MODULES)
