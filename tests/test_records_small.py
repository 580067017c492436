"""Values, texts, records and tables of territories of a line or two, with each fault: what is read, and what is told.

`small/records.tsv` has what comes of each; after a wanted change, `python tests/test_records_small.py` writes it anew.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from small_cases import FOLDER, PARTS, Cases, compare, each, near, outcome, taken, write
from trophees.base import addresses, folding, gzip_file, language, lexical, namespaces, patterns, rdf_xml, rdflib_terms
from trophees.base.context import Context, Term
from trophees.base.errors import as_text, brief, harmless, nearest, sentence
from trophees.base.language import Both, did_you_mean
from trophees.base.namespaces import BASE, EDTF, XSD
from trophees.source import identity, insee, plain_yaml, removal, text
from trophees.source.record import iri_of
from trophees.source.yaml_ld import read

ROOM = "records"
CONTEXT = Context((FOLDER / "checkout" / "data" / "context.jsonld").read_text("utf-8"))
SIGNS = "0149-+:.TZe,_ xV"
VALID = {
    "integer": ["-12", "007"],
    "decimal": ["-1.5", "+.50", "10."],
    "double": ["-1.5e+3", ".5E-2", "-INF", "NaN"],
    "boolean": ["true", "0"],
    "gYear": ["2024Z", "-0044", "12024+13:59", "2024+14:00"],
    "date": ["2024-02-29", "2023-12-31Z", "2024-10-09-08:30"],
    "edtf": ["2024", "2024-12", "2023-02-28", "2024-21", "2024-30"],
    "dateTime": ["2024-02-09T23:59:59.5Z", "2024-12-31T24:00:00.0"],
}
MEANT = {
    "integer": ["1e3", "1 250", "１２", "12.0", "1'250'000", "1,250", "12,5", "1 250,5", "1.250,5"],
    "decimal": ["1,5", "1e-2", "1 250,5", "12,500", "1200,5", "1_000.5", "1.5e40", ".e1", "1.2.3e1", "1e1"],
    "boolean": ["Vrai", "NON", "yes", "on", "y", "n", "off", "faux", "oui", "TRUE", "x"],
    "gYear": ["2024 ", "２０２４", "24"],
    "date": [
        "2024-02-09T10:00:00Z",
        "9/2/2024",
        "09.02.2024",
        "2024-W06-5",
        "2024W065",
        "20240209",
        "2024-W54-1",
        "31/2/2024",
    ],
    "edtf": ["9/2/2024", "20240209", "2024-2"],
}
PATTERNS = {
    "integer": lexical.INTEGER, "decimal": lexical.DECIMAL, "double": lexical.DOUBLE, "boolean": lexical.BOOLEAN,
    "gYear": lexical.GYEAR, "date": lexical.DATE, "edtf": lexical.EDTF_DATE, "dateTime": lexical.DATE_TIME,
}  # fmt: skip


def datatype(name: str) -> str:
    return EDTF if name == "edtf" else XSD + name


def of_values() -> Cases:
    def valid(one: tuple[str, str]) -> object:
        kind, value = one
        return taken(near(value, SIGNS), lambda said: "yes" if PATTERNS[kind].fullmatch(said) else "")

    def spelt(one: tuple[str, str]) -> object:
        kind, value = one
        return taken(near(value, "019+-.Z"), lambda said: lexical.spelling(said, datatype(kind)))

    def meant(one: tuple[str, str]) -> object:
        kind, value = one
        return taken(near(value, "0149 ,.e/'"), lambda said: lexical.meant(said, datatype(kind)))

    def named(one: tuple[str, str]) -> str:
        return f"{one[0]} {one[1]}"

    pairs = [(kind, value) for kind, values in VALID.items() for value in values]
    slips = [(kind, value) for kind, values in MEANT.items() for value in values]
    years = ["2024", "2023", "2000", "1900", "-0004", "0000", "12100"]
    return {
        **each(pairs, valid, lambda one: f"form {named(one)}"),
        **each([one for one in pairs if one[0] not in ("double", "dateTime")], spelt,
        lambda one: f"spelling {named(one)}"),
        **each(slips, meant, lambda one: f"meant {named(one)}"),
        "other datatypes": lambda: [lexical.spelling("x", XSD + "string"), lexical.meant("x", XSD + "string")],
        "long": lambda: [lexical.meant(text_, XSD + "integer") for text_ in ("１" * 40, "１" * 41, "1e39", "1e40")],
        "days": lambda: {year: [lexical.exists(year, f"{month:02}", day) for month in range(1, 13)
        for day in ("28", "29", "30", "31")] for year in years},
    }  # fmt: skip


def of_words() -> Cases:
    def located(values: Mapping[str, str]) -> object:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
                patch.delenv(name, raising=False)
            for name, value in values.items():
                patch.setenv(name, value)
            return language.locale()

    places: list[dict[str, str]] = [
        {}, {"LANG": "fr_FR.UTF-8"}, {"LANG": "fr", "LC_MESSAGES": "en"},
        {"LANG": "fr", "LC_MESSAGES": "en", "LC_ALL": "fr"},
        {"LC_ALL": "", "LANG": "fr"}, {"LC_ALL": "C", "LANG": "fr"}, {"LC_MESSAGES": "fr", "LANG": "en"},
        {"LANG": "afr"},
    ]  # fmt: skip
    one, same, other = Both("a", "b"), Both("a", "b"), Both("a", "c")
    errors: list[Exception] = [
        OSError(2, "No such file"), OSError("x (os error 2)"), OSError("x (os error 2) y (os error 13)"),
        ValueError("a\n  b"), SyntaxError("s\nt"),
        ValueError("x" * 160), ValueError("x" * 161), SyntaxError("m", ("f", 3, 4, "t")),
    ]  # fmt: skip
    misspelt = ["laureat", "laureates", "laur", "zzz", "", "étoile", "tool", "tools"]
    words = ["laureate", "lauréats", "étoiles", "tool", "toolUse", "titre", "latitude"]
    folded = [
        "Œuvre de Łódź, ½",
        "ÆßÞØŁĐÐĦŦŊıİ",
        "l’été ʼn",
        "Ａ①ﬁ",
        "é̂",
        "ǆ",
        "ſ",
        "’ʼ'",
        "œæßþøłđðħŧŋı",
        "Σς",
        "ᾳ",
        "\u0301a",
        "اُ",
        "한",
    ]
    names = ["Laureate", "ToolUse", "XMLFile", "a", "PlanLinkA", namespaces.TP + "ToolUse", "Tool2Use", ""]
    properties = [
        *(f"urn:{sign}" for sign in "a:_-.0é·\u0300\u037e\u2070\u200c\ufdd0\U00010000"),
        "urn:a#b0-.·",
        "http://x/0",
        "http://x/1a",
        "http://x/a/",
        "urn:x#é\u2040",
    ]

    def xml(prop: str, value: str = "v") -> str:
        triple = Triple(NamedNode("urn:s"), NamedNode(prop), Literal(value))
        return rdf_xml.written([triple, triple], {"x": "http://x/"}).decode()

    terms = [
        NamedNode("urn:a"), BlankNode("b"), Literal("x"), Literal("x", language="fr"),
        Literal("01", datatype=NamedNode(XSD + "integer")), Triple(NamedNode("urn:a"), NamedNode("urn:b"),
        Literal("x")),
    ]  # fmt: skip
    backs = [
        rdflib.URIRef("urn:a"),
        rdflib.BNode("b"),
        rdflib.Literal("x"),
        rdflib.Literal("x", lang="fr"),
        rdflib.Literal("01", datatype=rdflib.XSD.integer, normalize=False),
    ]

    def compiled() -> object:
        found = patterns.pattern("(?i)a(b)?")
        return [bool(found.fullmatch("AB")), found.sub("x", "cab"), "fullmatch" in vars(found), found.pattern]

    return {
        **each(places, located),
        "both": lambda: [one == same, one == other, one == "a", hash(one) == hash(same), one < other, other < one,
        one < Both("b", "a"), repr(one), one["fr"], one["en"], one + other, one.each(str.upper), list(one.items())],
        "both is no sequence": lambda: list(one),  # type: ignore[call-overload]
        "did you mean": lambda: [did_you_mean("x"), did_you_mean(None), did_you_mean("")],
        "harmless": lambda: harmless("a\nb\x1b[1m\u202ec\u00a0d\u202fe\u2028é"),
        "brief": lambda: [brief("x" * n)[-3:] + str(len(brief("x" * n))) for n in (79, 80, 81)] + [brief("abcdef", n)
        for n in (5, 6, 7)],
        "as text": lambda: [as_text("é"), outcome(lambda: as_text("a\udcff" + "b" * 99))],
        "sentences": lambda: [sentence(error) for error in errors],
        "nearest": lambda: {word: nearest(word, words) for word in misspelt},
        "nearest of more": lambda: [nearest("abcd", ["abxd", "xbcd", "abcx", "abc"]),
        nearest("abcd", ["abcd", "abce"]), nearest("abcdefgh", ["abxxxxxx"]), nearest("abcdefgh", ["abxxxxxx"], 0.2),
        nearest("ab", ["abc", "ab1", "abz", "xab"])],
        "folded": lambda: {word: folding.fold(word) for word in folded},
        "gzip": lambda: [gzip_file.gzipped(b"a").hex(), gzip_file.gzipped(b"").hex(),
        [piece.hex() for piece in gzip_file.in_pieces([b"a", b"", b"bc"])]],
        "gzip is read": lambda: gzip.decompress(gzip_file.gzipped(b"abc" * 1000)) == b"abc" * 1000,
        "file names": lambda: {name: namespaces.file_name(name) for name in names},
        "namespaces": lambda: {name: str(value) for name, value in vars(namespaces).items()
        if name.isupper() and isinstance(value, str | NamedNode)},
        "addresses": lambda: [{folder.name: folder.value for folder in addresses.Folder}, addresses.SECTIONS],
        "a pattern": compiled,
        **each(properties, xml, lambda prop: f"property {prop!r}"),
        **each(["\r\n", "a\tb", "\x00", "\x08", "\x0b", "\x0c", "\x0d", "\x0e", "\x1f", "\x7f", "\ufffe", "\uffff",
        "\ufffd"], partial(xml, "urn:p"), lambda value: f"XML of {value!r}"),
        **each(terms, as_rdflib, lambda term: f"rdflib {term}"),
        "rdflib back": lambda: [f"{type(found).__name__} {found}" for found in map(rdflib_terms.back, backs)],
        "triples": lambda: [rdflib_terms.triple(Triple(NamedNode("urn:a"), NamedNode("urn:b"), Literal("x"))),
        rdflib_terms.triple_back((backs[0], rdflib.URIRef("urn:b"), backs[2])),
        rdflib_terms.triple(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))],
    }  # fmt: skip


def as_rdflib(term: object) -> object:
    found = rdflib_terms.term(term)
    more = [str(found.datatype), found.language] if isinstance(found, rdflib.Literal) else []
    return [type(found).__name__, str(found), *more]


def of_contexts() -> Cases:
    own: dict[str, object] = {
        "@context": {
            "@version": 1.1, "@vocab": "http://v/#", "a": "http://a/", "ab": "http://a/b/", "same": "http://a/",
            "c": "a:c/", "d": "c:d#", "id": "@id", "type": "@type", "plain": "a:plain",
            "Klass": {"@id": "a:Klass", "@context": {"scoped": {"@id": "a:scoped", "@type": "@id"},
            "other": "a:plain"}},
            "Cap": "http://v/#Cap", "low": "http://v/#low", "Digit1": "a:x/D1",
            "typed": {"@id": "a:t", "@type": "a:int"}, "vocab": {"@id": "a:v", "@type": "@vocab"},
            "lang": {"@id": "a:l", "@language": "fr"}, "none": {"@id": "a:n", "@language": None},
            "map": {"@id": "a:m", "@container": "@language"},
            "back": {"@reverse": "a:r"}, "twice": {"@id": "a:plain"}, "http": "urn:h#", "urn": "nope",
        }
    }  # fmt: skip
    context = Context(own)

    def term(key: str) -> object:
        return vars(context.property(key))

    texts = [
        "plain",
        "a:x",
        "ab:x",
        "d:x",
        "c:x",
        "http://a/x",
        "http:x",
        "http://x",
        "urn:x",
        "unknown",
        "un:known",
        "",
        "a:",
        ":a",
        "Klass",
        "lang",
        "_:b",
        "id",
        "a://x",
        "scoped",
    ]
    iris = [
        "http://a/x",
        "http://a/b/x",
        "http://a/b/",
        "http://a/",
        "http://a/c/x",
        "http://a/c/d#x",
        "http://a/c/d#x/y",
        "http://a/plain",
        "http://a/Klass",
        "http://v/#Cap",
        "http://v/#x",
        "urn:h#x",
        "urn:h#//x",
        "http://b/x",
        "http://a//x",
        "http://a/x/y",
        "http://a/b/#x",
        "http://a/scoped",
        "",
        "nope",
    ]
    return {
        **each(["plain", "typed", "vocab", "lang", "none", "map", "back", "scoped", "other", "unknown", "Klass", "a:x",
        "twice"], term),
        "expanded": lambda: {said: [context.expand(said), context.expand(said, vocab=False)] for said in texts},
        "compacted": lambda: {iri: [context.compact(iri), context.compact(iri, vocab=True)] for iri in iris},
        "terms for": lambda: {iri: [context.term_for(iri), context.term_for(iri, scoped=False)] for iri in iris},
        "parts": lambda: [context.vocab, context.aliases, context.prefixes, context.keys, sorted(context.classes),
        context.document, sorted(context.terms), context.read() is context],
        "known prefixes": lambda: [Context('{"@context": {"@vocab": "urn:v#"}}', {"p": "urn:p/"}).prefixes,
        Context('{"@context": {"@vocab": "urn:v#"}}', {"p": "urn:p/"}).compact("urn:p/x"),
        Context('{"@context": {"@vocab": "urn:v#"}}').compact("urn:p/x")],
        "no vocabulary": lambda: Context('{"@context": {"a": "urn:a#"}}').read(),
        "a wrong term": lambda: Context('{"@context": {"@vocab": "urn:a#", "b": 3}}').read(),
        "iri of": lambda: [iri_of("laureate/2041/a.yaml"), iri_of("x")],
    }  # fmt: skip


def of_texts() -> Cases:
    marks = "\u0300\u0301\u0302\u0303"
    singles = [
        "\x00", "\x08", "\t", "\n", "\x0b", "\x0c", "\r", "\x0e", "\x1f", " ", "~", "\x7f", "\x80", "\x9f", "\u00a0",
        "\u00ac", "\u00ad", "\u00ae", "\u034e", "\u034f", "\u0350", "\u0600", "\u0605", "\u0606", "\u061b", "\u061c",
        "\u06dd", "\u070f", "\u0890", "\u0891", "\u08e2", "\u115e",
        "\u115f", "\u1160", "\u1161", "\u17b4", "\u17b5", "\u17b6", "\u180a", "\u180b", "\u180f", "\u1810", "\u200a",
        "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2010", "\u2027", "\u2028", "\u2029", "\u202a", "\u202e",
        "\u202f", "\u205f", "\u2060", "\u206f", "\u2070", "\u27ff", "\u2800", "\u2801", "\u3000",
        "\u3164", "\ud7ff", "\ue000", "\uf8ff", "\uf900", "\ufdcf", "\ufdd0", "\ufdef", "\ufdf0", "\ufdff", "\ufe00",
        "\ufe0f", "\ufe10", "\ufefe", "\ufeff", "\uff9f", "\uffa0", "\uffef", "\ufff0", "\uffff", "\U0001fffd",
        "\U0001fffe", "\U0001ffff", "\U00020000", "\U000110bc", "\U000110bd", "\U000110cd", "\U00013430", "\U0001343f",
        "\U00013440",
        "\U0001bca0", "\U0001bca3", "\U0001d173", "\U0001d17a", "\U000e0000", "\U000e0fff", "\U000e1000", "\U000f0000",
        "\U000ffffd", "\U00100000", "\U0010fffd", "\U0010ffff", "\U000efffe",
    ]  # fmt: skip
    whole = [
        "e\u0301", "Cafe\u0301 noir", "a e\u0301 e\u0301", "\u0391\u0301", "\u1100\u1161", "e\u0301\u0302",
        "ae\u0323\u0301", "\u212b", "\u0958", "a\u0301b", "ab\nce\u0301", "e" + marks, "\u0915" + marks[:3],
        "\u0915" + marks, "\u0915" + marks[:3] + "\u0915" + marks[:3], "x\u0915y" + marks,
        "\u0915\u200d\u0937", "\u0915\u200d", "a\u200d\u0937", "\u0645\u200c\u0646", "\u0645\u200ca",
        "\u1000\u200d\u1001", "\u17ff\u200d\u1780", "\u18af\u200c\u1800", "\u05ff\u200c\u0600", "\u08ff\u200c\u08ff",
        "\u0900\u200c\u0dff", "\u0e00\u200c\u0600", "\u0fff\u200c\u0600", "\u10a0\u200c\u0600", "\u177f\u200c\u0600",
        "\u0600\u200c\u18b0",
        "a\x00e\u0301", "\u2126x", "é", "",
    ]  # fmt: skip
    values = ["a\nb", "a\rb", "a\tb", "a\n\tb", "a\t\nb", "x" * 5000, "x" * 5001, "x" * 5000 + "\t", "a\x00"]
    spaces = [
        " a",
        "a ",
        "a  b",
        "a b",
        "a \u00a0b",
        "\u3000",
        "a\u2003",
        "a\u1680 b",
        "\u2000a",
        "\u200aa",
        "\u202fa",
        "\u205fa",
        "a\u200bb ",
        "a\u00a0!",
        "",
        "a b  c  d",
        "\u2001\u2009",
        "a\n",
        "\u180ea",
    ]
    return {
        "one character": lambda: taken(singles, lambda sign: [text.flaw(sign), text.flaw(f"a{sign}b")]),
        **each(whole, text.flaw, lambda said: f"text {said!r}"),
        **each(values, text.flaw_of_value, lambda said: f"value {said!r}"),
        **each(spaces, text.loose, lambda said: f"space {said!r}"),
        "surrogate": lambda: [text.flaw("\ud800"), text.flaw("\udfff")],
    }


def record(body: str | bytes, path: str = "laureate/2041/a.yaml") -> object:
    """What is read of a record, without what it always says."""
    data = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    found = read(data, path, CONTEXT)

    def short(value: object) -> str:
        return str(value).replace(BASE, "").replace("http://www.w3.org/2001/XMLSchema#", "xsd:")

    return {
        "problems": [f"{p.line}:{p.column} {p.rule} {p.message('fr')} | {p.message('en')}" for p in found.problems],
        "statements": [f"{s.line}:{s.column} " + " ".join(map(short, s[:3])) for s in found.statements],
        "nodes": {short(node): place for node, place in found.nodes.items()},
        "named": {short(node): place for node, place in found.named.items()},
        "unnamed": [[short(node), *place] for node, *place in found.unnamed],
    }


HEAD = "id: laureate:2041/a\ntype: Lauréat\n"


def of_records() -> Cases:
    files: list[str | bytes] = [
        "a: b\rc: e\u0301\r", "a: b\r\nc: e\u0301\r\n", "a: b\r\rc: \u200b\r", "a: é\nb: \u200b", "a: \t",
        "ab..\n... x\n", "id: a\nx..\ny: z\n", "a: 1\n...", "a: 1\n...\n\n", b"a: \xc3\xa9\n\xc3\xa9\xff",
        b"\xef\xbb\xbfa: b\nc\xff\n",
        b"", b"\xff", b"a\nb: \xe9", b"\xef\xbb\xbfid: laureate:2041/a\ntype: Laur\xc3\xa9at\n",
        "id: laureate:2041/a\r\ntype: Lauréat\r\n", "id: laureate:2041/a\rtype: Lauréat\r", "- a\n", "a\n",
        "a: 1\n---\nb: 2\n", "--- \nid: laureate:2041/a\ntype: Lauréat\n", "id: a\n...\n", "id: a\n...\nx: y\n",
        "id: a\n... \n \n", "id: a\n...x: y\n",
        "a:\n\t- b\n", "a: \"b\n", "a: 'b\n\nc: d\n", "a: [b\n", "a: b: c\n", "a: {b\n",
        "{id: laureate:2041/a, type: Lauréat}", "a: &x b\nc: *x\n", "a: !!str b\n", "a: !t b\n",
        "%YAML 1.1\n---\na: b\n", "%TAG ! t:\n---\na: b\n", "a: " + "[" * 20 + "]" * 20, "a: " + "[" * 19 + "]" * 19,
        "a: e\u0301\n", "a: \u200b\n", "\ufeff\ufeffa: b\n", "a: |\n  b\n  c\n", "? a\n: b\n", "[a]: b\n",
        "? {a: b}\n: c\n",
        "id: laureate:2041/a\n\n\n", "# x\n", "a: b\n  c: d\n", "a: @b\n", "a: `b\n", "a: %b\n", ":\n", "'': a\n",
        "no: a\n", "'no': a\n", "12: a\n", "@id: a\n", "a: b\na: c\n", "a: *b\n", "!!map {a: b}\n", "&a {a: b}\n",
        "a: \"\\ud83d\\ude00\"\n", "a: \"\\x00\"\n", 'a: "x\\ty"\n', "a: \"x\\ny\"\n",
    ]  # fmt: skip
    bodies = [
        "étoiles: 3 # c\n", "étoiles: # c\n", "note: 'a' # c\n", "note: a # c\n", "note: a  # c\n", "note: \"a\" #c\n",
        "note: # c\n", "note:\n# c\n", "note: a#\n", "note: a", "note:", "variantes: a\n", "variantes:\n  en: a\n",
        "variantes: [a, b]\n",
        "étoiles: 3\n", "étoiles: 03\n", "étoiles: '03'\n", "étoiles: x\n", "étoiles: 3.0\n", "étoiles: '3'\n",
        "étoiles: 1_000\n", "étoiles: [1, 2]\n", "étoiles: {a: b}\n", "étoiles: [[1]]\n", "étoiles:\n",
        "étoiles: ''\n", "étoiles: ' '\n", "étoiles: ~\n", "étoiles: 1e3\n", "étoiles: 12345678901234567890\n",
        "étoiles: vrai\n", "étoiles: -0\n", "étoiles: +3\n", "étoiles: 0x10\n", "étoiles: 1:30\n",
        "note: bonjour\n", "note: yes\n", "note: 'yes'\n", "note: 12\n", "note: 1.5\n", "note: 2024-01-01\n",
        "note: a #b\n", "note: a#b\n", "note: #b\n", "note: ' #b'\n", "note: a  b\n", "note: ' a'\n",
        "note: a\u00a0b\n", "note: |\n  a\n", "note: >-\n  a\n  b\n", "note: \"\u2003\"\n", "note: [a, b]\n",
        "note: {fr: a}\n", "note: {en: a, fr: b}\n", "note: null\n", "note: Null\n", "note: ''\n", "note: .inf\n",
        "note: =\n", "note: <<\n",
        "libellé: a\n", "libellé:\n  fr: a\n  en: b\n", "libellé:\n  fr: a\n", "libellé:\n  de: a\n",
        "libellé:\n  fr: [a, b]\n", "libellé: [a]\n", "libellé:\n  fr:\n    x: y\n", "libellé:\n  fr:\n",
        "libellé:\n  fr: a\n  fr: b\n", "texte: a\n", "texte:\n  en: a\n", "texte:\n  fr: a\n",
        "raison:\n  en: a\n  de: b\n", "texte: [a]\n",
        "édition: edition:2041\n", "édition: 2041\n", "édition: editions:2041\n", "édition: edition:2041 2\n",
        "édition: 'urn:x'\n", "édition: http://example.org/x\n", "édition: '@id'\n", "édition: [edition:2041, x]\n",
        "édition:\n", "édition: a b:c\n", "selon: src\n", "selon: src:\n",
        "inconnu: a\n", "inconnu: yes\n", "inconnu: 'yes'\n", "inconnu: {a: b}\n", "inconnu: [a, {b: c}]\n",
        "étoile: 3\n", "tp:stars: 3\n", "skos:prefLabel: x\n", "a b: c\n", "stars: 3\n", "titre du: x\n",
        "année: 2041\n", "année: 41\n", "publié_le: 2024-02-30\n", "publié_le: 2024-02-28\n",
        "publié_le: 28/02/2024\n", "publié_le: '20240228'\n", "publié_le: x\n", "sans_successeur: true\n",
        "sans_successeur: True\n", "sans_successeur: oui\n", "sans_successeur: 'true'\n", "sans_successeur: x\n",
        "outils:\n  - outil: tool:a\n  - id: laureate:2041/a#toolUse-3\n    outil: tool:b\n  - outil: tool:c\n",
        "outils:\n  outil: tool:a\n", "outils: tool:a\n", "outils: [tool:a, {outil: tool:b}]\n",
        "outils:\n  - id: laureate:2041/a#toolUse-3\n  - id: laureate:2041/a#toolUse-3\n",
        "outils:\n  - id: laureate:2041/b#toolUse-1\n", "outils:\n  - id: laureate:2041/a#9\n",
        "outils:\n  - id: laureate:2041/a#a_b\n",
        "outils:\n  - id: laureate:2041/a\n", "outils:\n  - id: [x]\n", "outils:\n  - id:\n",
        "étapes:\n  - texte: {fr: a}\n    étapes:\n      - texte: {fr: b}\n"
        "      - id: laureate:2041/a#stage-1-stage-4\n      - texte: {fr: c}\n", "étapes:\n"
        "  - id: laureate:2041/a#x\n    étapes:\n      - texte: {fr: b}\n", "étapes:\n  - [a]\n", "étapes: []\n",
        "étapes: [{}]\n", "étapes:\n"
        "  - id: laureate:2041/a#stage-099\n"
        "  - texte: {fr: a}\n",
        "type: Organisme\n", "concepts:\n  - id: tool:a\n", "retraits:\n  - type: x\n",
        "outils:\n  - id: laureate:2041/a#toolUse-5\n    id: laureate:2041/a#toolUse-6\n",
    ]  # fmt: skip
    heads = [
        "type: Lauréat\n",
        "id: x\ntype: Lauréat\n",
        "id: [x]\ntype: Lauréat\n",
        "id: laureate:2041/a\n",
        "id: laureate:2041/a\ntype: Laureat\n",
        "id: laureate:2041/a\ntype: [Lauréat, Outil]\n",
        "id: laureate:2041/a\ntype: étoiles\n",
        "id: laureate:2041/a\ntype: tp:Laureate\n",
        "id: laureate:2041/a\ntype: {a: b}\n",
        "id: laureate:2041/a\ntype:\n",
        f"id: {BASE}laureate/2041/a\ntype: Lauréat\n",
        "type: Lauréat\nid: laureate:2041/a\n",
    ]
    concepts = [
        "id: tool:a",
        "id: tool:a-b.c",
        "id: tool:A",
        "id: theme:a",
        "id: laureate:a",
        "id: tool:a/b",
        "id: x",
        "type: Outil",
        "id: tool:a\n    concepts:\n      - id: tool:b",
        "id: tool:-a",
        "id: tool:a--b",
        "id: plan-relation:a",
        "id: [x]",
    ]
    vocabulary = "id: vocabulary:tool\ntype: Vocabulaire\nconcepts:\n  - "
    return {
        **each(files, record, lambda body: f"file {body!r}"),
        **each(bodies, lambda body: record(HEAD + body)),
        **each(heads, record, lambda head: f"head {head}"),
        **each(concepts, lambda said: record(f"{vocabulary}{said}\n", "vocabulary/tool.yaml"),
        lambda said: f"concept {said}"),
        "two concepts": lambda: record(f"{vocabulary}id: tool:a\n  - id: theme:b\n  - id: tool:a\n  - tool:c\n",
        "vocabulary/tool.yaml"),
    }  # fmt: skip


WORDS = [
    "true",
    "false",
    "null",
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "~",
    ".inf",
    ".nan",
    "-.inf",
    "+.inf",
    "-.nan",
    "none",
    "si",
]


def of_readers() -> Cases:
    plain = [
        "12", "-1_0", "0o17", "0x1F", "1.5", ".5", "1e3", "-1.5E-3", ".inf", "-.INF", ".NaN", "true", "NULL", "~",
        "yes", "Off", "<<", "=", "0b10_1", "-0B1", "+0o7_", "0xA_f", "1:30", "-12:5:09", "1_0.5_", "._", "1:30.5",
        "+__", "2024-1-2", "2024-01-02t1:02:03.5 +01:30", "2024-01-02 1:02:03Z", "_1", "y", "n",
    ]  # fmt: skip

    def kinds(said: str) -> object:
        signs = "0156789_.:-+ eExXoObBTfFgGaAzZ" if len(said) < 12 else "0569: Zt"
        return taken(near(said, signs), lambda one: "yes" if plain_yaml.not_text(one) else "")

    terms = {
        name: Term("urn:p", type=datatype(name))
        for name in ("integer", "decimal", "boolean", "gYear", "date", "edtf", "string")
    } | {"text": Term("urn:p"), "word": Term("urn:p", type="@vocab")}
    values = [
        "0",
        "-1",
        "01",
        "123456789012345",
        "1234567890123456",
        "true",
        "True",
        "2024",
        "2024-01-02",
        "2024-13-01",
        "2024-01-02Z",
        "1.5",
        "x",
        "-0",
        "yes",
    ]
    mapping = (
        "id: a\nl:\n  - x: 1\n    y: 2\n  # before\n  - z: 3\n\nm: {a: 1, b: 2}\nn:\n  o: 4\n  p:\n    - q\n"
        "    - r: 5\n# last\ns: 6\n"
    )
    places = [
        (1, 5),
        (3, 5),
        (6, 5),
        (3, 8),
        (4, 8),
        (6, 8),
        (8, 4),
        (8, 8),
        (10, 3),
        (10, 6),
        (12, 7),
        (13, 7),
        (13, 10),
        (15, 4),
        (9, 1),
        (99, 1),
    ]

    def cut(*gone: tuple[int, int]) -> object:
        return removal.without(mapping, set(gone))

    def fix(body: str, published: tuple[str, ...] = ()) -> object:
        found = read((HEAD + body).encode(), "laureate/2041/a.yaml", CONTEXT)
        return identity.fixed(HEAD + body, found, CONTEXT, {f"{BASE}laureate/2041/a#{name}" for name in published})

    nameless = [
        "outils:\n  - outil: tool:a\n  - outil: tool:b\n",
        "outils:\n  - {outil: tool:a}\n  - {}\n  - { outil: tool:b }\n",
        "outils:\n  - outil: tool:a\n  - id: laureate:2041/a#toolUse-7\n",
        "étapes:\n  - texte: {fr: a}\n    étapes:\n      - texte: {fr: b}\n  - texte: {fr: c}\n",
        "outils: [{outil: tool:a}, {outil: tool:b}]\n",
        "outils:\n  -\n    outil: tool:a\n",
        "étapes:\n  - id: laureate:2041/a#x\n    étapes:\n      - texte: {fr: b}\n",
        "outils:\n  - id: laureate:2041/a#toolUse-7\n",
    ]  # fmt: skip
    return {
        **each(plain, kinds, lambda said: f"plain {said}"),
        "words": lambda: {word: [plain_yaml.not_text(one) for one in (word, word.title(), word.upper(),
        word[:1] + word[1:].upper())] for word in WORDS},
        "written": lambda: {name: [plain_yaml.written(value, term) for value in values] for name,
        term in terms.items()},
        **each(places, cut, lambda one: f"without {one}"),
        "without two": lambda: [cut((3, 5), (6, 5)), cut((10, 6), (12, 7), (13, 7)), cut((12, 7), (15, 4)), cut(),
        outcome(lambda: cut((8, 8), (8, 4)))],
        "without in a list": lambda: removal.without("a: [1, 2]\nb:\n- c\n-  d\n", {(4, 4)}),
        **each(nameless, fix, lambda body: f"named {body}"),
        "named beside published ones": lambda: fix(nameless[0],
        ("toolUse-4", "toolUse-09", "toolUse-x", "stage-9", "toolUse-5-part-8")),
        "named with line ends": lambda: [identity.fixed(text_, read(text_.encode(), "laureate/2041/a.yaml", CONTEXT),
        CONTEXT, ()) for text_ in ((HEAD + nameless[0]).replace("\n", end) for end in ("\r\n", "\r"))],
        "highest": lambda: [identity.highest("urn:a-", iris)
        for iris in ([], ["urn:a-1", "urn:a-12", "urn:a-3"], ["urn:a-x", "urn:a-01"], ["urn:a-1-9"], ["urn:b-7"],
        ["urn:a-" + "9" * 100], ["urn:a-" + "9" * 101])],
    }  # fmt: skip


ARTICLES = ("", "Le ", "La ", "Les ", "L'", "Aux ", "Las ", "Los ")
TABLES = {path.stem: path.read_text("utf-8") for path in (FOLDER / "checkout" / "data" / "reference").glob("*.csv")}


def of_territories() -> Cases:
    more = {
        "regions": "99,Basse-Région,0,99001,2020-01-01\n99,Haute-Région,0,99001,2021-01-01;2022-01-01\n"
        "11,Île-de-France,1,75056,2020-01-01\n27,Franche,0,25056,2020-01-01\n",
        "departements": "99,Le Val,2,99001,99,2020-01-01\n28,Eure-et-Loir,1,28085,99,2020-01-01\n"
        "2A,Corse,3,2A004,99,2020-01-01\n971,Guadeloupe,3,97105,99,2020-01-01\n",
        "arrondissements": "991,L'Arr,5,99001,99,99,2020-01-01\n",
        "communes": "99001,Les Grandes,4,219900013,991,99,99,2020-01-01;2021-01-01\n"
        "99002,Aux Petites,6,,,99,99,2020-01-01\n99003,La Moyenne,0,,,99,99,2020-01-01\n",
        "epci": "200000001,Métropole,metropole,200000002,cited,2020-01-01\n"
        "200000003,CC,communaute-de-communes,,all,2020-01-01\n",
        "memberships": "99001,200000001,2020-01-01;2021-01-01\n",
        "populations": "commune:99001,2019,municipale,63,2021-01-01\nepci:200000001,2019,totale,163,2021-01-01\n",
    }  # fmt: skip

    def made(changes: Mapping[str, str | None], reader: Callable[[Path], Iterator[object]] = insee.read) -> object:
        with tempfile.TemporaryDirectory() as given:
            folder = Path(given)
            for name, content in {**TABLES, **changes}.items():
                if content is not None:
                    (folder / f"{name}.csv").write_text(content, "utf-8")
            found = outcome(
                lambda: [
                    str(one).replace(BASE, "").replace("http://www.w3.org/2001/XMLSchema#", "xsd:")
                    for one in reader(folder)
                ]
            )
            return found.replace(f"{given}/", "") if isinstance(found, str) else found

    def with_rows(**added: str) -> object:
        return made({name: TABLES[name].partition("\n")[0] + "\n" + rows for name, rows in added.items()})

    def bare(tncc: str, name: str) -> list[str]:
        row = {"name": name, "tncc": tncc}
        return [tncc, name, *(value.value for _, value in insee.names("commune", "99001", row))]

    def articled(level: str) -> list[str]:
        found: list[str] = []
        for number in range(1, 96):
            row = {"name": "Nom", "tncc": "1", "valid_on": "2020-01-01"}
            said = [
                value
                for predicate, value in insee.names(level, f"{number:02}", row)
                if "WithArticle" in predicate.value
            ]
            found += [f"{number:02} {one.value}" for one in said if one.value != "Nom"]
        return found

    wrong: dict[str, Mapping[str, str | None]] = {
        "no columns": {"regions": "x\n"}, "nothing": {"regions": ""},
        "a cell too many": {"regions": TABLES["regions"] + "1,2,3,4,5,6\n"},
        "a quote": {"regions": TABLES["regions"] + '98,"A,0,99001,2020-01-01\n'},
        "not in order": {"regions": TABLES["regions"] + "98,A,0,99001,2021-01-01;2020-01-01\n"},
        "twice a date": {"regions": TABLES["regions"] + "98,A,0,99001,2020-01-01;2020-01-01\n"},
        "an empty cell": {"regions": TABLES["regions"] + "98,,0,99001,2020-01-01\n"},
        "a code": {"communes": TABLES["communes"] + "9900A,A,0,,,99,99,2020-01-01\n"}, "no file": {"epci": None},
        "a wrong membership": {"memberships": TABLES["memberships"] + "x,200000001,2020-01-01\n"},
        "a wrong population": {"populations": TABLES["populations"] + "region:99,2020,a,1,2020-01-01\n"},
    }  # fmt: skip
    return {
        "as it is": lambda: made({}),
        **each(more, lambda name: with_rows(**{name: more[name]})),
        "types": lambda: made({name: TABLES[name].partition("\n")[0] + "\n" + rows for name, rows in more.items()},
        insee.types),
        "articles": lambda: [bare(tncc, f"{article}Nom") for tncc in "012345678" for article in ARTICLES],
        "usage": lambda: [articled("departement"), articled("region")],
        **each(wrong, lambda name: made(wrong[name])),
    }  # fmt: skip


def of_rows() -> Cases:
    heads = {name: text_.partition("\n")[0] for name, text_ in TABLES.items()}
    valid = {
        "regions": "99,A,0,99001,2020-01-01", "departements": "2A,A b,8,2A001,99,2020-01-01;2021-01-01",
        "arrondissements": "2A12,A,0,99001,971,99,2020-01-01", "communes": "2B001,A,0,,,99,99,2020-01-01",
        "epci": "200000001,A,a-b,,all,2020-01-01", "memberships": "2A001,200000001,2020-01-01",
        "populations": "commune:2A001,2019,a-b,12,2020-01-01",
    }  # fmt: skip

    def accepted(name: str) -> object:
        def rows(line: str) -> object:
            with tempfile.TemporaryDirectory() as given:
                Path(given, f"{name}.csv").write_text(f"{heads[name]}\n{line}\n", "utf-8")
                return "yes" if list(insee.rows(Path(given), name)) else ""

        return taken(near(valid[name], "0A;"), rows)

    return each(valid, accepted)


MODULES: dict[str, Callable[[], Cases]] = {
    "lexical": of_values, "words": of_words, "context": of_contexts, "text": of_texts, "yaml_ld": of_records,
    "plain_yaml": of_readers, "insee": of_territories, "insee rows": of_rows,
}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_record_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    write(ROOM, MODULES)
