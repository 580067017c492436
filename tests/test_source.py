"""Reading a record: what a plain YAML 1.2 reader would make of it, or else a refusal at its line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Hashable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as Text
from rdflib.compare import isomorphic, to_isomorphic
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from fuzz import among, examples
from trophees.base.namespaces import BASE, EDTF, TP, XSD
from trophees.release.checkout import Project
from trophees.source import plain_yaml
from trophees.source.problem import Problem
from trophees.source.record import Record, iri_of
from trophees.source.text import flaw_of_value, loose
from trophees.source.yaml_ld import read

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

DATA = Path(__file__).parents[1] / "data"
EDITIONS = Path(__file__).parent / "editions"  # made up
FILES = {path.relative_to(folder).as_posix(): path for folder in (DATA, EDITIONS) for path in folder.rglob("*.yaml")}
PATHS = sorted(FILES)
FOLDERS = [[*paths] for _, paths in groupby(PATHS, lambda path: path.rpartition("/")[0])]
CONTEXT = Project.containing(DATA).context
HEAD = "id: person:zoe\ntype: Personne\n"
CACHAN = (DATA / "laureate/2020/cachan.yaml").read_text("utf-8")
STRING = "http://www.w3.org/2001/XMLSchema#string"


def said(text: str | bytes) -> Record:
    """What `text` says as data/person/zoe.yaml."""
    return read(text if isinstance(text, bytes) else text.encode(), "person/zoe.yaml", CONTEXT)


def places(problems: list[Problem]) -> list[str]:
    return [f"{p.line}:{p.column} {p.rule}" for p in problems]


# --- a plain reader: the YAML of ruamel (which is not the one under test), the core schema of YAML 1.2.2, section 10.3


def plain(text: str) -> Any:
    """`text` as a YAML 1.2 reader with the core schema gives it; YAMLError or ValueError if it is no YAML."""
    return resolved(YAML(typ="safe", pure=True).compose(io.StringIO(text)))


def resolved(node: Any) -> Any:
    if isinstance(node, MappingNode):
        pairs = [(resolved(key), resolved(value)) for key, value in node.value]
        if not all(isinstance(key, Hashable) for key, _ in pairs) or len({str(key) for key, _ in pairs}) < len(pairs):
            raise ValueError("keys that are equal, or are not scalars")
        return dict(pairs)
    if isinstance(node, SequenceNode):
        return [resolved(item) for item in node.value]
    assert isinstance(node, ScalarNode)
    return node.value if node.style else core(node.value)


def core(text: str) -> Any:
    if re.fullmatch(r"null|Null|NULL|~|", text):
        return None
    if re.fullmatch(r"true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    if re.fullmatch(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", text):
        return float(text.replace(".", ""))
    return text


def as_json_ld(text: str, iri: str) -> Graph:
    """The graph that a plain YAML reader, and then a JSON-LD processor, make of the record `text`."""
    context = json.loads((DATA / "context.jsonld").read_text("utf-8"))
    document = {**context, "@graph": [plain(text)]}
    return Graph().parse(data=json.dumps(document, default=str), format="json-ld", base=iri)


def as_read(record: Record) -> Graph:
    """Our own graph; the nodes that no `id` names are blank again."""
    graph = Graph()
    unnamed = {node for node, _, _ in record.unnamed}

    def node(term: NamedNode) -> URIRef | BNode:
        return BNode(term.value.replace("/", "_")) if term in unnamed else URIRef(term.value)

    for s in record.statements:
        if isinstance(s.object, NamedNode):
            value: URIRef | BNode | Text = node(s.object)
        elif s.object.language:
            value = Text(s.object.value, lang=s.object.language)
        else:
            datatype = s.object.datatype.value
            value = Text(s.object.value, datatype=None if datatype == STRING else URIRef(datatype))
        graph.add((node(s.subject), URIRef(s.predicate.value), value))
    return graph


@pytest.mark.sample
@pytest.mark.parametrize("path", [path for folder in FOLDERS for path in among(folder, 4)])
def test_a_plain_yaml_reader_and_a_json_ld_processor_make_the_same_graph_of_the_record(path: str) -> None:
    text = FILES[path].read_text("utf-8")
    record = read(text.encode(), path, CONTEXT)
    assert record.problems == []
    assert len(record.statements) > 3
    assert isomorphic(as_read(record), as_json_ld(text, record.iri.value))


# --- places


def test_each_statement_stands_where_its_object_is_written() -> None:
    lines = CACHAN.splitlines()
    for s in read(CACHAN.encode(), "laureate/2020/cachan.yaml", CONTEXT).statements:
        written = lines[s.line - 1][s.column - 1 :]
        if isinstance(s.object, Literal):
            shown = s.object.value
            assert written.startswith((shown[:20], f'"{shown[:20]}', ">-")), s
        elif "#" in s.object.value.removeprefix(TP):
            assert lines[s.line - 1].startswith("  - ") or CONTEXT.expand(written) == s.object.value, s
        else:
            assert CONTEXT.expand(written) == s.object.value, s


def test_places_count_characters_from_one() -> None:
    record = read(CACHAN.encode(), "laureate/2020/cachan.yaml", CONTEXT)
    places = {
        (s.subject.value.rpartition("/")[2], s.predicate.value.rpartition("#")[2], s.object.value): (s.line, s.column)
        for s in record.statements
    }
    assert places["cachan", "stars", "4"] == (5, 10)
    assert places["cachan#account-1", "stars", "4"] == (28, 14)
    assert places["cachan", "prefLabel", "Let's talk about Cachan together!"] == (9, 7)
    assert places["cachan#involvement-1", "organisation", BASE + "organisation/ville-de-cachan"] == (41, 16)
    assert record.nodes[NamedNode(BASE + "laureate/2020/cachan#involvement-2")] == (45, 5)


def test_a_nested_node_is_called_after_its_record_its_property_and_its_rank() -> None:
    nodes = [n.value for n in read(CACHAN.encode(), "laureate/2020/cachan.yaml", CONTEXT).nodes]
    assert nodes[0] == BASE + "laureate/2020/cachan"
    assert nodes[1:7] == [
        f"{nodes[0]}#{name}"
        for name in ("account-1", "website-1", "involvement-1", "involvement-2", "involvement-3", "coverage-1")
    ]
    assert len(set(nodes)) == len(nodes)


@pytest.mark.parametrize("path", PATHS)
def test_the_nodes_of_a_record_are_the_subjects_of_its_statements(path: str) -> None:
    record = read(FILES[path].read_bytes(), path, CONTEXT)
    assert set(record.nodes) == {s.subject for s in record.statements}
    assert next(iter(record.nodes)) == record.iri == iri_of(path)


# --- traps: what plain YAML reads otherwise than its author, each refused at its line

TRAPS: dict[str, tuple[str | bytes, list[str]]] = {
    "a value cut at #": (HEAD + "nom: Place #1\n", ["3:6 source:cut"]),
    "a value cut at # after a tab": (HEAD + "nom: Place\t#1\n", ["3:11 source:tab"]),
    "a value that is all comment": (HEAD + "nom: #1\n", ["3:5 source:cut"]),
    "a comment after a folded line": (HEAD + "nom: Place\n  forte #1\n", ["3:6 source:cut"]),
    "an INSEE code that reads as octal": (HEAD + "nom: 01004\n", ["3:6 source:ambiguous"]),
    "a number where text is meant": (HEAD + "nom: 75\n", ["3:6 source:ambiguous"]),
    "a float": (HEAD + "valeur: 1.5\n", ["3:9 source:ambiguous"]),
    "a float with a bare point": (HEAD + "valeur: 1.\n", ["3:9 source:ambiguous"]),
    "a float with an exponent": (HEAD + "nom: 1e3\n", ["3:6 source:ambiguous"]),
    "infinity": (HEAD + "nom: .inf\n", ["3:6 source:ambiguous"]),
    "not a number": (HEAD + "nom: .NaN\n", ["3:6 source:ambiguous"]),
    "an underscore in a number": (HEAD + "ordre: 1_000\n", ["3:8 source:ambiguous"]),
    "a leading zero": (HEAD + "ordre: 010\n", ["3:8 source:ambiguous"]),
    "a plus sign": (HEAD + "ordre: +1\n", ["3:8 source:ambiguous"]),
    "minus zero": (HEAD + "ordre: -0\n", ["3:8 source:ambiguous"]),
    "a hexadecimal number": (HEAD + "ordre: 0x1F\n", ["3:8 source:ambiguous"]),
    "an octal number": (HEAD + "ordre: 0o17\n", ["3:8 source:ambiguous"]),
    "an integer that a double cannot hold": (HEAD + f"ordre: {'9' * 30}\n", ["3:8 source:ambiguous"]),
    "no": (HEAD + "nom: no\n", ["3:6 source:ambiguous"]),
    "Oui in English": (HEAD + "nom: Yes\n", ["3:6 source:ambiguous"]),
    "off": (HEAD + "nom: OFF\n", ["3:6 source:ambiguous"]),
    "true as text": (HEAD + "nom: true\n", ["3:6 source:ambiguous"]),
    "a tilde": (HEAD + "nom: ~\n", ["3:6 source:ambiguous"]),
    "a boolean of YAML 1.0": (HEAD + "nom: y\n", ["3:6 source:ambiguous"]),
    "its contrary": (HEAD + "nom: N\n", ["3:6 source:ambiguous"]),
    "an integer beyond what a double tells apart": (HEAD + f"ordre: {10**15}\n", ["3:8 source:ambiguous"]),
    "null": (HEAD + "nom: null\n", ["3:6 source:ambiguous"]),
    "nothing": (HEAD + "nom:\nprénom: Zoé\n", ["3:5 source:empty"]),
    "a boolean of YAML 1.1": (HEAD + "principal: yes\n", ["3:12 source:ambiguous"]),
    "a boolean with a capital": (HEAD + "principal: True\n", ["3:12 source:ambiguous"]),
    "a number for a boolean": (HEAD + "principal: 01\n", ["3:12 source:ambiguous"]),
    "an ambiguous text in a language": (HEAD + "libellé:\n  fr: no\n  en: Zoé\n", ["4:7 source:ambiguous"]),
    "two equal keys": (HEAD + "nom: A\nnom: B\n", ["4:1 source:duplicate-key"]),
    "two texts for a language": (HEAD + "libellé:\n  fr: A\n  fr: B\n", ["5:3 source:duplicate-key"]),
    "an anchor": (HEAD + "nom: &a Zoé\n", ["3:6 source:alias"]),
    "an alias": (HEAD + "nom: &a Zoé\nprénom: *a\n", ["3:6 source:alias", "4:9 source:alias"]),
    "an alias to nothing": (HEAD + "nom: *a\n", ["3:6 source:alias"]),
    "a node within itself": ("&a\n" + HEAD + "affiliation: *a\n", ["1:1 source:alias", "4:14 source:alias"]),
    "a list within itself": (HEAD + "affiliation: &a [*a]\n", ["3:14 source:alias", "3:18 source:alias"]),
    "a merge key": (HEAD + "<<: {nom: Zoé}\n", ["3:1 source:key"]),
    "a tag": (HEAD + "nom: !nom Zoé\n", ["3:6 source:tag"]),
    "a tag of YAML": (HEAD + 'nom: !!int "5"\n', ["3:6 source:tag"]),
    "a tag on the record": ("--- !fiche\n" + HEAD, ["1:5 source:tag"]),
    "a tag on a key": (HEAD + "!!int nom: x\n", ["3:1 source:tag"]),
    "a tag on a list": (HEAD + "variantes: !!set {A, B}\n", ["3:12 source:tag"]),
    "a version of YAML": ("%YAML 1.1\n---\n" + HEAD, ["1:1 source:tag"]),
    "a prefix for tags": ("%TAG !n! tag:example.org,2026:\n---\n" + HEAD, ["1:1 source:tag"]),
    "several documents": (HEAD + "---\n" + HEAD, ["1:1 source:one-record"]),
    "a list at top": ("- id: person:zoe\n", ["1:1 source:one-record"]),
    "a word at top": ("Zoé\n", ["1:1 source:one-record"]),
    "an empty file": ("", ["1:1 source:one-record"]),
    "comments only": ("# à faire\n", ["1:1 source:one-record"]),
    "two byte order marks": ("\ufeff\ufeff" + HEAD, ["1:1 source:character"]),
    "a byte order mark in a value": (HEAD + "nom: Zo\ufeffé\n", ["3:8 source:character"]),
    "a line end of YAML 1.1": (HEAD + "nom: Zo\x85é\n", ["3:8 source:character"]),
    "a line separator": (HEAD + 'nom: "Zo\u2028é"\n', ["3:9 source:character"]),
    "a NUL": (HEAD + "nom: Zo\0é\n", ["3:8 source:character"]),
    "an escape character": (HEAD + "nom: Zo\x1b[31mé\n", ["3:8 source:character"]),
    "an escaped escape character": (HEAD + 'nom: "Zo\\e[31mé"\n', ["3:6 source:character"]),
    "an escaped NUL": (HEAD + 'nom: "Zo\\0é"\n', ["3:6 source:character"]),
    "an escaped carriage return": (HEAD + 'nom: "Zo\\ré"\n', ["3:6 source:line-break"]),
    "no character at all": (HEAD + 'nom: "\\uffff"\n', ["3:6 source:character"]),
    "a forbidden character after CRLF line ends": ("id: person:zoe\r\nnom: \x01\r\n", ["2:6 source:character"]),
    "Latin-1": ("id: person:zoe\nnom: Zoé\n".encode("latin-1"), ["2:8 source:utf-8"]),
    "UTF-16": (HEAD.encode("utf-16"), ["1:1 source:utf-8"]),
    "UTF-16 without a mark": (HEAD.encode("utf-16-le"), ["1:2 source:character"]),
    "a tab for an indent": (HEAD + "libellé:\n\tfr: Zoé\n", ["4:1 source:tab"]),
    "a colon in a value": (HEAD + "nom: Zoé: architecte\n", ["3:9 source:syntax"]),
    "a tab before a colon": ("id\t: person:zoe\ntype: Personne\n", ["1:3 source:tab"]),
    "a tab after a colon": (HEAD + "nom:\tZoé\n", ["3:5 source:tab"]),
    "a tab in a comment": (HEAD + "#\tZoé\n", ["3:2 source:tab"]),
    "a tab that is escaped": (HEAD + 'nom: "Z\\té"\n', ["3:6 source:character"]),
    "a block with a comment after a tab": (HEAD + "nom: >-\t# c\n  Zoé\n", ["3:8 source:tab"]),
    "two ends of the record": (HEAD + "...\n...\n", ["3:1 source:one-record"]),
    "something after the end": (HEAD + "...\n# fin\n", ["3:1 source:one-record"]),
    "a prefix of tags": ("%TAG ! tag:example.org,2020:\n---\n" + HEAD, ["1:1 source:tag"]),
    "a word that is true for some": (HEAD + "nom: y\n", ["3:6 source:ambiguous"]),
    "a word that is false for some": (HEAD + "nom: N\n", ["3:6 source:ambiguous"]),
    "an integer of sixteen digits": (HEAD + "ordre: 1234567890123456\n", ["3:8 source:ambiguous"]),
    "an end within a list": (HEAD + "variantes: [Zoé,\n", ["3:17 source:syntax"]),
    "an end within a quote, after an empty line": (HEAD + 'nom: "Zoé\n\n', ["3:6 source:syntax"]),
    "a soft hyphen": (HEAD + "nom: Zo\u00adé\n", ["3:8 source:character"]),
    "a space without width": (HEAD + "nom: Zo\u200bé\n", ["3:8 source:character"]),
    "an override of the direction": (HEAD + "nom: Zo\u202eé\n", ["3:8 source:character"]),
    "an isolate": (HEAD + "nom: \u2066Zoé\n", ["3:6 source:character"]),
    "a tag that shows nothing": (HEAD + "nom: Zoé\U000e0041\n", ["3:9 source:character"]),
    "no character of another plane": (HEAD + "nom: Zoé\U0001fffe\n", ["3:9 source:character"]),
    "no character of the middle of a plane": (HEAD + "nom: Zoé\ufdd0\n", ["3:9 source:character"]),
    "a glyph of one font": (HEAD + "nom: Zoé\ue001\n", ["3:9 source:character"]),
    "a filler": (HEAD + "nom: Zoé\u3164\n", ["3:9 source:character"]),
    "a joiner between Latin letters": (HEAD + "nom: Zo\u200dé\n", ["3:8 source:character"]),
    "a joiner at the end of Persian": (HEAD + "nom: می\u200c\n", ["3:8 source:character"]),
    "an invisible character in a comment": (HEAD + "# Zo\u200bé\n", ["3:5 source:character"]),
    "an invisible character that is escaped": (HEAD + 'nom: "Zo\\u200Bé"\n', ["3:6 source:character"]),
    "a decomposed value": (HEAD + "nom: Zoe\u0301\n", ["3:8 source:decomposed"]),
    "a decomposed key": (HEAD + "pre\u0301nom: Zoé\n", ["3:3 source:decomposed"]),
    "a decomposed type": ("id: edition:2020\ntype: E\u0301dition\n", ["2:7 source:decomposed"]),
    "a decomposed value that is escaped": (HEAD + 'nom: "Zoe\\u0301"\n', ["3:6 source:decomposed"]),
    "a sign that is written as a letter": (HEAD + "nom: 5 \u212b\n", ["3:8 source:decomposed"]),
    "a Cyrillic letter in a word": (HEAD + "nom: Zo\u0435\n", ["3:8 source:lookalike"]),
    "a Greek letter before Latin ones": (HEAD + "nom: \u0396oé\n", ["3:6 source:lookalike"]),
    "a Cyrillic letter in a key": (HEAD + "n\u043em: Zoé\n", ["3:2 source:lookalike"]),
    "letters that a font joined": (HEAD + "nom: Zo\ufb01é\n", ["3:8 source:lookalike"]),
    "a letter of East Asian width": (HEAD + "nom: \uff3aoé\n", ["3:6 source:lookalike"]),
    "four marks on a letter": (HEAD + "nom: Zo\u0330\u0331\u0332\u0333é\n", ["3:11 source:marks"]),
    "two thousand marks": (HEAD + "nom: Zo" + "\u0330" * 2000 + "é\n", ["3:11 source:marks"]),
    "a blank text": (HEAD + "nom: ' '\n", ["3:6 source:empty"]),
    "a text of no-break spaces": (HEAD + "nom: '\u00a0\u202f'\n", ["3:6 source:empty"]),
    "an empty text": (HEAD + "nom: ''\n", ["3:6 source:empty"]),
    "a text on two lines": (HEAD + "nom: |\n  deux\n  lignes\n", ["3:6 source:line-break"]),
    "a code with a line end": (HEAD + 'pages: "8-9\\n"\n', ["3:8 source:line-break"]),
    "a text of 5001 characters": (HEAD + "nom: " + "x" * 5001 + "\n", ["3:6 source:length"]),
    "a number with an exponent between quotes": (HEAD + 'valeur: "1e3"\n', ["3:9 source:lexical"]),
    "a number with a space": (HEAD + 'valeur: " 12"\n', ["3:9 source:lexical"]),
    "a number and a line end": (HEAD + 'valeur: "12\\n"\n', ["3:9 source:line-break"]),
    "a number with zeros at its end": (HEAD + 'valeur: "1.50"\n', ["3:9 source:lexical"]),
    "an infinite number": (HEAD + 'valeur: "INF"\n', ["3:9 source:lexical"]),
    "no number": (HEAD + 'valeur: "NaN"\n', ["3:9 source:lexical"]),
    "an integer with zeros": (HEAD + 'ordre: "04"\n', ["3:8 source:lexical"]),
    "an integer of another script": (HEAD + 'ordre: "٤"\n', ["3:8 source:lexical"]),
    "a boolean in digits": (HEAD + 'principal: "1"\n', ["3:12 source:lexical"]),
    "a date with a zone": (HEAD + "publié_le: 2026-11-23Z\n", ["3:12 source:lexical"]),
    "a date with a time": (HEAD + "publié_le: 2026-11-23T00:00:00\n", ["3:12 source:ambiguous"]),
    "a date by its week": (HEAD + "publié_le: 2026-W48-1\n", ["3:12 source:lexical"]),
    "a day that no calendar has": (HEAD + "début: 2019-02-29\n", ["3:8 source:lexical"]),
    "a year of three digits": (HEAD + "année: 202\n", ["3:8 source:lexical"]),
    "an open quote": (HEAD + 'nom: "Zoé\n', ["3:6 source:syntax"]),
    "brackets without end": (HEAD + "nom: " + "[" * 100_000, ["3:25 source:syntax"]),
    "braces without end": (HEAD + "nom: " + "{" * 100_000, ["3:25 source:syntax"]),
    "a hundred thousand levels": (HEAD + "nom:\n " + "- " * 100_000 + "x\n", ["4:40 source:syntax"]),
    "an id that is not the path": ("id: person:zoé\ntype: Personne\n", ["1:5 source:id"]),
    "an id that is a list": ("id: [person:zoe]\ntype: Personne\n", ["1:1 source:id"]),
    "no id": ("type: Personne\n", ["1:1 source:id"]),
    "a space in a reference": (HEAD + "affiliation: organisation:a b\n", ["3:14 source:reference"]),
    "a quote in a reference": (HEAD + "affiliation: 'organisation:a\"b'\n", ["3:14 source:reference"]),
    "angle brackets": (HEAD + "affiliation: <https://example.org/>\n", ["3:14 source:reference"]),
    "a script for a reference": (HEAD + "affiliation: javascript:alert(1)\n", ["3:14 source:reference"]),
    "a file for a reference": (HEAD + "affiliation: file:///etc/passwd\n", ["3:14 source:reference"]),
    "a blank node": (HEAD + "affiliation: _:b\n", ["3:14 source:reference"]),
    "a keyword for a reference": (HEAD + 'affiliation: "@id"\n', ["3:14 source:reference"]),
    "a keyword for a known word": (HEAD + 'rôle: "@type"\n', ["3:7 source:reference"]),
    "a reference without prefix": (HEAD + "affiliation: comidee\n", ["3:14 source:reference"]),
    "a term used as a prefix": (HEAD + "affiliation: Lauréat:x\n", ["3:14 source:reference"]),
    "a key with a space": (HEAD + "nom usuel: x\n", ["3:1 source:key"]),
    "a keyword for a key": (HEAD + '"@value": x\n', ["3:1 source:key"]),
    "a number for a key": (HEAD + "5: x\n", ["3:1 source:key"]),
    "a boolean for a key": (HEAD + "no: x\n", ["3:1 source:key"]),
    "a list for a key": (HEAD + "[nom]: x\n", ["3:1 source:key"]),
    "a record for a key": (HEAD + "? {nom: x}\n: y\n", ["3:3 source:key"]),
    "the English name of a key": (HEAD + "familyName: x\n", ["3:1 source:key"]),
    "the compact IRI of a key": (HEAD + "tp:familyName: x\n", ["3:1 source:key"]),
    "a list in a list": (HEAD + "nom: [[x]]\n", ["3:7 source:value"]),
    "a record for a text": (HEAD + "nom: {prénom: x}\n", ["3:6 source:value"]),
    "a reference where records are nested": (HEAD + "concepts: theme:eau\n", ["3:11 source:entry"]),
    "a text without language": (HEAD + "libellé: Zoé\n", ["3:10 source:language-map"]),
    "an unknown language": (HEAD + "libellé: {fr: Zoé, de: Zoé}\n", ["3:20 source:language"]),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_refused_at_its_place(trap: str) -> None:
    text, expected = TRAPS[trap]
    assert places(said(text).problems) == expected


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_refused_without_the_c_parser_too(trap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, expected = TRAPS[trap]
    monkeypatch.setattr(plain_yaml, "_LOADER", yaml.BaseLoader)
    found = places(said(text).problems)
    assert found == expected or [place.partition(" ")[2] for place in found] == ["source:syntax"]


def test_every_refusal_speaks_french_and_english() -> None:
    for text, _ in TRAPS.values():
        for problem in said(text).problems:
            assert problem.messages.fr != problem.messages.en
            assert max(len(text) for _, text in problem.messages.items()) < 250


# --- what is read as it is written


@pytest.mark.parametrize(
    ("line", "literal"),
    [
        ('nom: "2020-03-15"', Literal("2020-03-15")),
        ('nom: "12:30"', Literal("12:30")),
        ("nom: C#", Literal("C#")),
        ("nom: 2A004", Literal("2A004")),
        ('nom: "01004"', Literal("01004")),
        ("nom: 'no'", Literal("no")),
        ('nom: "a #1" # deux', Literal("a #1")),
        ("nom: non", Literal("non")),
        ("nom: >-\n  deux\n  lignes", Literal("deux lignes")),
        ("nom: |-\n  une ligne\n", Literal("une ligne")),
        ("nom: می\u200cخواهم", Literal("می\u200cخواهم")),
        ("nom: Việt Ngữ", Literal("Việt Ngữ")),
        ("nom: " + "x" * 5000, Literal("x" * 5000)),
        ("note: 50 % ; 3/4 ! & * @", Literal("50 % ; 3/4 ! & * @", language="fr")),
        ("nom: \U00010000", Literal("\U00010000")),
        ("nom: C# dièse", Literal("C# dièse")),
        (f"ordre: {10**15 - 1}", Literal(f"{10**15 - 1}", datatype=NamedNode(XSD + "integer"))),
        ("ordre: 40", Literal("40", datatype=NamedNode(XSD + "integer"))),
        ("ordre: -4", Literal("-4", datatype=NamedNode(XSD + "integer"))),
        ("principal: true", Literal("true", datatype=NamedNode(XSD + "boolean"))),
        ('valeur: "1.5"', Literal("1.5", datatype=NamedNode(XSD + "decimal"))),
        ("valeur: 130000", Literal("130000", datatype=NamedNode(XSD + "decimal"))),
        ("année: 2020", Literal("2020", datatype=NamedNode(XSD + "gYear"))),
        ("début: 2020-03", Literal("2020-03", datatype=NamedNode(EDTF))),
        ("publié_le: 2020-12-01", Literal("2020-12-01", datatype=NamedNode(XSD + "date"))),
    ],
)
def test_a_scalar_keeps_its_text_and_gets_the_type_of_its_key(line: str, literal: Literal) -> None:
    record = said(HEAD + line + "\n")
    assert record.problems == []
    assert [s.object for s in record.statements[1:]] == [literal]


@pytest.mark.parametrize("form", ["{}", "\ufeff{}", "---\n{}", "{}...\n", "# Zoé\n\n{}"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_a_leading_mark_and_document_marks_change_nothing(form: str, end: str) -> None:
    plain_text = HEAD + "libellé:\n  fr: Zoé\n  en: Zoe\n"
    record = said(form.format(plain_text).replace("\n", end))
    assert record.problems == []
    assert [s[:3] for s in record.statements] == [s[:3] for s in said(plain_text).statements]


def test_a_forgotten_type_is_asked_for() -> None:
    assert places(said("id: person:zoe\n").problems) == ["1:1 source:type"]


def test_an_unknown_key_is_kept_under_the_vocabulary_for_the_shapes_to_refuse() -> None:
    record = said(HEAD + "étoile: x\n")
    assert [s.predicate.value for s in record.statements[1:]] == [TP + "étoile"]


def test_every_problem_of_a_readable_file_is_reported_at_once() -> None:
    record = said("id: person:zoé\nnom: no\nprénom: a #b\nnom: x\naffiliation: _:b\n")
    rules = {p.rule.removeprefix("source:") for p in record.problems}
    assert rules == {"id", "type", "ambiguous", "cut", "duplicate-key", "reference"}


@pytest.mark.slow
def test_ten_megabytes_are_read_and_refused_in_one_sentence() -> None:
    text = "é" * 5_000_000
    assert places(said(HEAD + f"nom: {text}\n").problems) == ["3:6 source:length"]
    assert len(said(HEAD + "variantes:\n" + "  - Zoé\n" * 200_000).statements) == 200_001


# --- any text at all

FRAGMENTS = st.sampled_from(
    [
        *("id: person:zoe", "type: Personne", "nom", "prénom", "libellé", "fr", "en", "acteurs", "concepts", "étoiles"),
        *("affiliation", "organisation:x", "person:y", "x:y", "_:b", "@id", "@type", "javascript:x", "https://a.b/c d"),
        *(
            ": ",
            ":",
            "\n",
            "\n  ",
            "\n- ",
            "\n  - ",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "#",
            " #",
            "&a ",
            "*a",
            "!t ",
            "!!int ",
        ),
        *(
            "'",
            '"',
            '"\\0"',
            "|\n",
            ">-\n",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "<<: ",
            "~",
            "no",
            "01",
            "1.5",
            "\t",
            "\r\n",
            "\ufeff",
        ),
        *(
            "\x00",
            "\x85",
            "\u2028",
            "\x1b",
            "é",
            "\U0001f600",
            "\ud7ff",
            "\ufffe",
            "valeur: ",
            "principal: ",
            "true",
            "9" * 40,
        ),
    ]
)
TEXTS = st.one_of(
    st.text(), st.lists(FRAGMENTS, max_size=30).map("".join).map((HEAD + "{}").format), st.lists(FRAGMENTS).map("".join)
)
STRUCTURES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), FRAGMENTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.text(), FRAGMENTS, st.sampled_from(sorted(CONTEXT.terms))), inner, max_size=5),
    ),
    max_leaves=20,
)


def assert_sound(record: Record) -> None:
    """No blank node, and nothing that N-Triples would not give back."""
    triples = {Triple(s.subject, s.predicate, s.object) for s in record.statements}
    assert all(isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in triples)
    lines = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert {q.triple for q in parse(lines, format=RdfFormat.N_TRIPLES)} == triples
    assert all(place >= (1, 1) for place in [(p.line, p.column) for p in record.problems])


@given(st.one_of(TEXTS.map(str.encode), st.binary()))
@examples(400)
def test_any_bytes_give_statements_or_problems(data: bytes) -> None:
    record = said(data)
    assert record.statements or record.problems
    assert_sound(record)


@given(STRUCTURES)
@examples(300)
def test_any_yaml_gives_statements_or_problems(value: object) -> None:
    record = said(yaml.safe_dump(value, allow_unicode=True).encode())
    assert record.statements or record.problems
    assert_sound(record)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text_comes_back_as_it_is_unless_it_is_invisible(text: str) -> None:
    escaped = "".join(c if c.isalnum() or c in " '#:,-" else f"\\U{ord(c):08X}" for c in text)
    record = said(HEAD + f'note: "{escaped}"\n')
    found = flaw_of_value(text) or (loose(text) if text.strip() else None)
    if found or not text.strip():
        assert places(record.problems) == [f"3:7 source:{found.rule if found else 'empty'}"]
    else:
        assert record.statements[-1].object == Literal(text, language="fr")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")))
def test_a_single_quoted_text_needs_only_its_quotes_doubled(text: str) -> None:
    record = said(HEAD + "note: '" + text.replace("'", "''") + "'\n")
    if flaw_of_value(text) or loose(text) or not text.strip():
        assert record.problems
    else:
        assert [s.object for s in record.statements[1:]] == [Literal(text, language="fr")]


LINES = CACHAN.splitlines(keepends=True)
INSERTIONS = st.one_of(FRAGMENTS, st.sampled_from(LINES), st.text(max_size=5))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The record of Cachan with lines left out, doubled, or altered in one place."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "insert", "cut", "swap"])):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "insert":
                column = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:column] + draw(INSERTIONS) + lines[at][column:]
            case "cut":
                column = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:column] + lines[at][column + draw(st.integers(1, 4)) :]
            case _:
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
    return "".join(lines)


@given(mutated())
@settings(examples(60), suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_record_is_refused_or_read_as_a_plain_reader_reads_it(text: str) -> None:
    record = read(text.encode(), "laureate/2020/cachan.yaml", CONTEXT)
    assert_sound(record)
    if not record.problems:
        theirs = as_json_ld(text, record.iri.value)
        assert to_isomorphic(as_read(record)) == to_isomorphic(theirs)
