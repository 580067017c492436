"""Other people's RDF: what is read, by which rules, and in which sentence the rest is refused."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions

from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, RDF
from trophees.reading import document

NAME = "urn:name"
TURTLE = f'<urn:s> <{NAME}> "Écully" .'
HEAD = f'<r:RDF xmlns:r="{RDF}" xmlns:u="urn:">'
XML = f'{HEAD}<r:Description r:about="urn:s"><u:name>Écully</u:name></r:Description></r:RDF>'
JSON = json.dumps({"@id": "urn:s", NAME: "Écully"})


def zstd(data: bytes) -> bytes:
    """`data` as the tool of Zstandard packs it."""
    from backports import zstd

    packed: bytes = zstd.compress(data)
    return packed


PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd
}  # fmt: skip


def opened(file: Path, content: str | bytes, *, strict: bool = False) -> Embedded:
    """The graph of `file` alone, which is written with `content` first."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return Embedded.opened(None, [file], strict=strict)


def values(graph: Embedded, text: str = f"SELECT ?o {{ ?s <{NAME}> ?o }} ORDER BY STR(?o)") -> list[str]:
    """The first column of the answer, as text."""
    found = graph.ask(Question("q", text))
    assert isinstance(found, QuerySolutions)
    return [term.value if isinstance(term := row[0], Literal | NamedNode) else str(term) for row in found]


def refused(file: Path, content: str | bytes, *, strict: bool = False) -> str:
    """The sentence in which `content` is refused, without the folder of `file`."""
    with pytest.raises(UserError) as caught:
        opened(file, content, strict=strict)
    return str(caught.value).removeprefix(f"{file.parent}/")


# formats and encodings


@pytest.mark.parametrize(("name", "content"), [
    *((f"a.{name}", TURTLE) for name in ("ttl", "turtle", "nt", "ntriples", "nq", "trig", "n3", "TTL", "2020.ttl")),
    *((f"a.{name}", XML) for name in ("rdf", "owl", "xml", "rdfs")),
    *((f"a.{name}", JSON) for name in ("jsonld", "json-ld", "json")),
])  # fmt: skip
@pytest.mark.parametrize("end", ["", *PACKED])
def test_a_format_is_told_by_the_extension_before_that_of_the_packing(
    tmp_path: Path, name: str, content: str, end: str
) -> None:
    data = PACKED[end](content.encode()) if end else content.encode()
    assert values(opened(tmp_path / f"{name}{end}", data)) == ["Écully"]


def test_packing_is_told_by_the_bytes_whatever_the_name_says(tmp_path: Path) -> None:
    assert values(opened(tmp_path / "a.ttl", gzip.compress(TURTLE.encode()))) == ["Écully"]
    assert values(opened(tmp_path / "a.nt.gz", TURTLE)) == ["Écully"]


def test_members_one_after_the_other_are_one_file(tmp_path: Path) -> None:
    half = TURTLE.encode()
    for name, pack in PACKED.items():
        content = pack(half[:10]) + pack(half[10:])
        assert values(opened(tmp_path / f"a.ttl{name}", content)) == ["Écully"]


@pytest.mark.parametrize("pack", PACKED.values())
def test_what_is_packed_is_refused_wherever_it_is_cut(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    whole = pack((TURTLE + "\n").encode() * 20)
    for end in range(12, len(whole)):
        sentence = refused(tmp_path / "a.nt", whole[:end])
        assert "cut off" in sentence or "damaged" in sentence, end


def test_what_is_packed_and_damaged_is_a_sentence(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(TURTLE.encode()))
    whole[-6] ^= 1
    assert refused(tmp_path / "a.nt.gz", bytes(whole)) == "a.nt.gz: is damaged: no gzip from its beginning to its end"


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trophees.reading.packed.LARGEST", 1 << 20)
    for name, pack in PACKED.items():
        said = refused(tmp_path / f"a.nt{name}", pack(b" " * (1 << 21)))
        assert said == f"a.nt{name}: is larger than 1 MiB once it is unpacked"


ENCODINGS = ["iso-8859-1", "iso-8859-15", "windows-1252", "utf-16", "utf-16-le", "utf-32", "utf8", "UTF-8", "macintosh"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_that_xml_declares_is_read(tmp_path: Path, encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}' standalone='yes'?>\n{XML}"
    graph = opened(tmp_path / "a.rdf", text.encode("mac-roman" if encoding == "macintosh" else encoding))
    assert values(graph) == ["Écully"]


@pytest.mark.parametrize("encoding", ["klingon", "zlib_codec", "idna", "unicode_escape", "rot13", "utf-7"])
def test_an_encoding_that_is_none_is_a_sentence(tmp_path: Path, encoding: str) -> None:
    said = refused(tmp_path / "a.rdf", f"<?xml version='1.0' encoding='{encoding}'?>{XML}")
    assert said == f"a.rdf:1: the encoding “{encoding}” is not known: save it as UTF-8"


def test_what_is_not_in_its_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.ttl", ("\n" + TURTLE).encode("latin-1")) == "a.ttl:2: not UTF-8"
    text = f"<?xml version='1.0' encoding='ascii'?>\n{XML}"
    assert refused(tmp_path / "a.rdf", text.encode()) == "a.rdf:2: not ASCII"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    for name, content in {"ttl": TURTLE, "nt": TURTLE, "jsonld": JSON, "rdf": XML}.items():
        assert values(opened(tmp_path / f"a.{name}", content.encode(encoding))) == ["Écully"]


# what is cut off, what is no RDF


@pytest.mark.parametrize("name", ["rdf", "jsonld", "ttl", "nt", "trig"])
def test_what_is_cut_off_inside_of_a_statement_is_refused(tmp_path: Path, name: str) -> None:
    content = {"rdf": XML, "jsonld": JSON, "trig": f"<urn:g> {{ {TURTLE} }}"}.get(name, TURTLE)
    first = {"rdf": 0, "jsonld": 0}.get(name, 1)
    for end in range(first, len(content)):
        sentence = refused(tmp_path / f"a.{name}", content[:end])
        assert sentence.startswith(f"a.{name}:1: ")


def test_rdf_xml_that_is_cut_between_two_statements_is_refused(tmp_path: Path) -> None:
    first = "<r:Description r:about='urn:s'><u:name>x</u:name></r:Description>\n"
    said = refused(tmp_path / "a.rdf", f"{HEAD}\n{first}{first}")
    assert said == "a.rdf:4: is cut off (no element found)"
    assert refused(tmp_path / "b.rdf", f"{HEAD}\n</x>").startswith("b.rdf:2: is no well-formed XML (")


@pytest.mark.parametrize(("name", "said"), [
    ("a.rj", "RDF/JSON is not read"), ("a.hdt", "HDT is not read"), ("a.html", "RDF in web pages is not read"),
    ("a.xls", "is a spreadsheet of before 2007"), ("a.ods", "is no ODS"), ("a.zip", "is an archive"),
    ("a.doc", "unknown format “.doc”"), ("a", "unknown format “”"), ("a.gz", "unknown format “.gz”"),
])  # fmt: skip
def test_another_format_is_a_sentence_with_its_remedy(tmp_path: Path, name: str, said: str) -> None:
    assert refused(tmp_path / name, "x").startswith(f"{name}: {said}")


@pytest.mark.parametrize(("address", "said"), [
    ("https://example.org/a/b.ttl", "https://example.org/a/b.ttl: is an address: nothing is fetched: save it, .*"),
    ("http://example.org", "http://example.org: is an address: nothing is fetched: .*"),
    ("ftp://x/y.nt", "ftp://x/y.nt: is an address: nothing is fetched: .*"),
    ("file:///tmp/x.ttl", "file://tmp/x.ttl: is an address: give its path"),
])  # fmt: skip
def test_an_address_is_refused_as_an_address(address: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        document.read(Path(address), str)


def test_rdf_json_is_not_taken_for_json_ld(tmp_path: Path) -> None:
    text = json.dumps({"urn:s": {NAME: [{"type": "literal", "value": "x"}]}})
    assert (
        refused(tmp_path / "a.json", text) == "a.json: is RDF/JSON, not JSON-LD: convert it, to N-Triples for example"
    )


def test_plain_entities_of_ontologies_are_expanded_and_others_refused(tmp_path: Path) -> None:
    plain = f"<!DOCTYPE r [\n<!ENTITY u \"urn:\">\n<!-- x --> <!ENTITY n 'Écully'> ]>{XML}"
    assert values(opened(tmp_path / "a.owl", plain.replace('"urn:s"', '"&u;s"').replace(">Écully", ">&n;"))) == [
        "Écully"
    ]
    for declared in ('<!ENTITY a "&b;">', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % a "b">'):
        said = refused(tmp_path / "b.owl", f"<!DOCTYPE r [{declared}]>{XML}")
        assert said == "b.owl: declares XML entities, which are not expanded"
    many = f'<!DOCTYPE r [<!ENTITY a "{"x" * 900}">]>{XML.replace(">Écully", ">" + "&a;" * 9000)}'
    assert refused(tmp_path / "c.owl", many) == "c.owl: declares XML entities, which are not expanded"


def test_a_language_is_not_lost_where_the_datatype_says_that_there_is_one(tmp_path: Path) -> None:
    typed = XML.replace("<u:name>", f'<u:name r:datatype="{RDF}langString" xml:lang="fr">')
    assert values(opened(tmp_path / "a.rdf", typed), f"SELECT (LANG(?o) AS ?l) {{ ?s <{NAME}> ?o }}") == ["fr"]


# contexts


def test_a_context_beside_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "contexts").mkdir()
    (tmp_path / "contexts" / "a.jsonld").write_text('{"@context": ["b.jsonld", {"x": "urn:x"}]}', "utf-8")
    (tmp_path / "contexts" / "b.jsonld").write_text('\ufeff{"@context": {"nom": "urn:name"}}', "utf-8")
    for context in ("contexts/a.jsonld", ["contexts/a.jsonld", {}], {"@import": "contexts/b.jsonld"}):
        text = json.dumps([{"@id": "urn:s", "nom": "Écully", "@context": context}])
        assert values(opened(tmp_path / "a.jsonld", text)) == ["Écully"]
    scoped = {"T": {"@id": "urn:T", "@context": "contexts/b.jsonld"}}
    assert values(opened(tmp_path / "a.jsonld", json.dumps({"@context": scoped, "@type": "T", "nom": "x"}))) == ["x"]


@pytest.mark.parametrize("address", [f"{BASE}context.jsonld", BASE.replace("https", "http") + "context.jsonld"])
def test_our_own_context_comes_from_the_package(tmp_path: Path, address: str) -> None:
    text = json.dumps({"@context": address, "id": "laureate:2022/essai", "type": "Lauréat", "étoiles": 4})
    assert values(opened(tmp_path / "a.jsonld", text), f"SELECT ?o {{ ?s <{BASE}ontology#stars> ?o }}") == ["4"]


@pytest.mark.parametrize(("context", "said"), [
    ("https://schema.org/", "<https://schema.org/> would have to be fetched, and nothing is: save it beside the f.*"),
    ("//example.org/x", "<//example.org/x> would have to be fetched"),
    ("/etc/hostname", "</etc/hostname> would have to be fetched"),
    ("file:///etc/hostname", "<file:///etc/hostname> would have to be fetched"),
    ({"@import": "https://schema.org/"}, "<https://schema.org/> would have to be fetched"),
    ("missing.jsonld", r"missing.jsonld cannot be read \(No such file or directory\)"),
    ("a.jsonld", "more than 10 contexts lead to one another"),
    ("list.jsonld", "list.jsonld is no JSON with an “@context”"),
])  # fmt: skip
def test_another_context_is_refused_in_a_sentence(tmp_path: Path, context: object, said: str) -> None:
    (tmp_path / "list.jsonld").write_text("[]", "utf-8")
    with pytest.raises(UserError, match=f"a.jsonld: (its context )?{said}"):
        opened(tmp_path / "a.jsonld", json.dumps({"@context": context, "nom": "x"}))


def test_a_map_of_types_is_read(tmp_path: Path) -> None:
    context = {"membre": {"@id": "urn:name", "@container": "@type"}, "T": "urn:T", "U": "urn:U"}
    members = {"T": ["urn:a", {"@id": "urn:b", "@type": "U"}], "@none": {"@id": "urn:c"}}
    graph = opened(tmp_path / "a.jsonld", json.dumps({"@context": context, "@id": "urn:s", "membre": members}))
    assert values(graph) == ["urn:a", "urn:b", "urn:c"]
    assert values(graph, "SELECT ?o { <urn:b> a ?o } ORDER BY ?o") == ["urn:T", "urn:U"]
    assert values(graph, "SELECT ?o { <urn:c> a ?o }") == []


def test_a_text_in_a_map_of_types_whose_values_are_terms_is_one(tmp_path: Path) -> None:
    """JSON-LD 1.1 API, expansion test m019."""
    member = {"@id": "urn:name", "@container": "@type", "@type": "@vocab"}
    context = {"@vocab": "http://v/", "T": {"@id": "urn:T"}, "u": "urn:u:", "w": "u:w", "membre": member}
    given = {"A": ["x", "T", "u:y", "w", "https://e/z"], "@none": "urn:c"}
    graph = opened(tmp_path / "a.jsonld", json.dumps({"@context": context, "@id": "urn:s", "membre": given}))
    assert values(graph) == ["http://v/x", "https://e/z", "urn:T", "urn:c", "urn:u:w", "urn:u:y"]
    assert values(graph, "SELECT ?o { <http://v/x> a ?o }") == ["http://v/A"]
    within = {"@context": {"@vocab": "http://w/"}, "@id": "urn:n", "membre": {"A": "x"}}
    above = {"@context": context, "@id": "urn:s", "urn:other": within, "membre": {"A": "y"}}
    graph = opened(tmp_path / "a.jsonld", json.dumps(above))
    assert values(graph) == ["http://v/y", "http://w/x"]


def test_a_context_above_the_file_is_read_by_its_relative_address(tmp_path: Path) -> None:
    (tmp_path / "c.jsonld").write_text(json.dumps({"@context": {"nom": "urn:name"}}), "utf-8")
    (tmp_path / "sub").mkdir()
    text = json.dumps({"@context": "../c.jsonld", "@id": "urn:s", "nom": "x"})
    assert values(opened(tmp_path / "sub" / "a.jsonld", text)) == ["x"]


# what is odd costs at most itself


@pytest.mark.parametrize("name", ["ttl", "nt", "trig", "n3", "rdf", "jsonld"])
def test_an_odd_term_is_mended_and_counted_or_refused(tmp_path: Path, name: str) -> None:
    lines = "".join(f"<urn:s> <urn:name> {term} .\n" for term in ("<http://e/a b>", '"b"@fr_FR', '"c"'))
    content = {
        "rdf": f'{HEAD}<r:Description r:about="urn:s"><u:name r:resource="http://e/a b"/><u:name xml:lang="fr_FR">b'
        "</u:name><u:name>c</u:name></r:Description></r:RDF>",
        "jsonld": json.dumps(
            {"@id": "urn:s", NAME: [{"@id": "http://e/a b"}, {"@value": "b", "@language": "fr_FR"}, "c"]}
        ),
    }.get(name, lines)
    graph = opened(tmp_path / f"a.{name}", content)
    assert values(graph) == ["b", "c", "http://e/a%20b"]
    assert values(graph, "SELECT (LCASE(LANG(?o)) AS ?l) { ?s ?p ?o FILTER(STR(?o) = 'b') }") == ["fr-fr"]
    (said,) = graph.said
    assert said["en"].lower().startswith(f"{tmp_path}/a.{name}: 2 terms ill-formed (".lower())
    assert said["fr"].startswith(f"{tmp_path}/a.{name} : 2 termes mal écrits (")
    assert refused(tmp_path / f"a.{name}", content, strict=True).startswith(f"a.{name}:")


def test_a_language_tag_that_is_none_or_empty_costs_at_most_itself(tmp_path: Path) -> None:
    lang = "SELECT (LCASE(LANG(?o)) AS ?l) { ?s ?p ?o }"
    part = '<r:Description r:about="urn:s" xml:lang="fr"><u:name xml:lang="{}">a</u:name></r:Description></r:RDF>'
    for tag, language, count in (("", "", 0), ("fr_BE", "fr-be", 1), ("abcdefghijk", "", 1)):
        graph = opened(tmp_path / "a.rdf", HEAD + part.format(tag))
        assert values(graph, lang) == [language]
        assert len(graph.said) == count
    graph = opened(tmp_path / "a.nt", '<urn:s> <urn:name> "a"@ .\n<urn:s> <urn:name> "b"@FR .\n')
    assert values(graph) == ["a", "b"]
    assert "1 term ill-formed (@)" in graph.said[0]["en"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.ttl", "# nothing"), ("a.json", '"x"'), ("b.json", "{}"), ("a.rdf", HEAD + "</r:RDF>")]
)
def test_a_file_in_which_nothing_is_said_is_told(tmp_path: Path, name: str, content: str) -> None:
    assert opened(tmp_path / name, content).said[0]["en"] == f"{tmp_path}/{name}: no statement is read in it"


def test_what_is_something_else_is_said_to_be_so(tmp_path: Path) -> None:
    trix = '<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph><uri>urn:a</uri></graph></TriX>'
    assert refused(tmp_path / "a.xml", trix).startswith("a.xml: is XML, but no RDF/XML")
    assert refused(tmp_path / "a.csv", "<!DOCTYPE html>\n<html>\n").startswith("a.csv: is a web page")
    assert refused(tmp_path / "a.tar.gz", gzip.compress(b"a.ttl")) == "a.tar.gz: is an archive: take the file out of it"
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        Embedded.opened(None, [tmp_path / "folder.ttl"])


def test_zeros_after_what_xz_packed_are_passed_over(tmp_path: Path) -> None:
    assert values(opened(tmp_path / "a.ttl.xz", lzma.compress(TURTLE.encode()) + b"\0" * 4)) == ["Écully"]


def test_what_cannot_be_mended_is_left_out_and_counted(tmp_path: Path) -> None:
    graph = opened(tmp_path / "a.nt", '<rel> <urn:name> "x" .\n<urn:s> <urn:name> <rel> .\n')
    assert values(graph) == ["rel"]
    assert "1 statement(s) left out" in graph.said[0]["en"]


def test_a_text_in_a_language_that_it_does_not_name_is_refused_with_its_line(tmp_path: Path) -> None:
    line = f'<urn:s> <urn:name> "x"^^<{RDF}langString> .'
    assert refused(tmp_path / "a.nt", f"{TURTLE}\n{line}\n").startswith("a.nt:2: ")


def test_a_well_formed_document_has_nothing_odd(tmp_path: Path) -> None:
    text = '<urn:s> <urn:name> "a@fr_FR <http://e/a b>", "x"@fr-FR, """ "@a_b """ . # "x"@fr_FR'
    assert opened(tmp_path / "a.ttl", text).said == []


def test_an_ill_formed_value_is_kept_as_it_is(tmp_path: Path) -> None:
    date = "http://www.w3.org/2001/XMLSchema#date"
    graph = opened(tmp_path / "a.ttl", f'<urn:s> <urn:name> "2020-13-45"^^<{date}>, "12 mai"^^<{date}> .')
    assert values(graph) == ["12 mai", "2020-13-45"]
    assert graph.said == []


def test_values_that_the_engine_writes_otherwise_are_counted(tmp_path: Path) -> None:
    graph = opened(tmp_path / "a.ttl", "<urn:s> <urn:name> 01004, 1.50, 5, 2.5, true, '01'^^<urn:code>, '07' .")
    assert graph.said[0]["en"] == (
        f"{tmp_path}/a.ttl: 2 value(s) kept as what they are worth, not as they are written"
        " (01004 → 1004, 1.50 → 1.5): write a code as a text, in quotes"
    )
    assert values(graph) == ["01", "07", "1.5", "1004", "2.5", "5", "true"]


# blank nodes


def test_blank_nodes_of_two_files_are_apart_and_have_the_same_names_each_time(tmp_path: Path) -> None:
    files = [tmp_path / "a.ttl", tmp_path / "b.nt"]
    for file in files:
        file.write_text('_:x <urn:name> _:y .\n_:y <urn:name> "v" .\n', "utf-8")

    def rows() -> bytes:
        found = Embedded.opened(None, files).ask(Question("q", f"SELECT ?o ?s {{ ?s <{NAME}> ?o }} ORDER BY ?s ?o"))
        assert isinstance(found, QuerySolutions)
        return found.serialize(format=QueryResultsFormat.CSV) or b""

    first = rows()
    assert first == rows()
    assert len(first.splitlines()) == 5
    assert len({line.split(b",")[1] for line in first.splitlines()[1:]}) == 4


def test_the_tool_of_zstandard_packs_what_is_read(tmp_path: Path) -> None:
    if not (tool := shutil.which("zstd")):
        pytest.skip("zstd is not installed")
    (tmp_path / "a.ttl").write_text(TURTLE, "utf-8")
    subprocess.run([tool, "-q", str(tmp_path / "a.ttl")], check=True)
    assert values(Embedded.opened(None, [tmp_path / "a.ttl.zst"])) == ["Écully"]
