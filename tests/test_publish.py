"""The published files: the same graph in every format, the same bytes on every machine."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from fuzz import FULL, among
from trophees.base.errors import UserError
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import GRAPH, RDF_TYPE, TP
from trophees.graph.assemble import build
from trophees.graph.walk import triples, walk
from trophees.publish.contents import publish, writers
from trophees.publish.tables import packaged
from trophees.publish.turtle import ascii_only, encode
from trophees.publish.writers.writer import write
from trophees.release.checkout import Project

TRIPLES = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "nt": (RdfFormat.N_TRIPLES, "nt"),
    "rdf": (RdfFormat.RDF_XML, "xml"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}
QUADS = {"trig": (RdfFormat.TRIG, "trig"), "nq": (RdfFormat.N_QUADS, "nquads")}
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"), pytest.mark.xdist_group("publish")]
STRING = "http://www.w3.org/2001/XMLSchema#string"
# N-Triples, section 4 (canonical form): these characters are escaped, and no other
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
ESCAPES |= {chr(c): f"\\u{c:04X}" for c in (*range(32), 127) if chr(c) not in ESCAPES}
HOSTILE = (
    '"quoted" \'twice\' """three',
    "two\nlines",
    "a carriage\rreturn, \r\n both",
    "\ttab and  spaces ",
    "back\\slash \\n \\u00e9 \\",
    "]]> <![CDATA[ <!-- -->",
    "</rdf:RDF></rdf:Description>&amp;&#10;<?xml?>",
    "a . <x> <y> <z> . } GRAPH",
    "@prefix tp: <nowhere> .",
    "@id",
    "_:b0",
    "tp:title",
    "https://example.org/",
    "",
    "\u202eright to left\u200f\u2066\ufeff",
    "é and e\u0301, œ, \U0001f600, \ufffd, \u2028, \x85, \x7f",
    "long " * 50_000,
)

Term = tuple[str, str | None, str | None]


def of_pyoxigraph(found: Iterable[Triple]) -> set[tuple[Term, ...]]:
    """Triples as plain values, to compare one reader with another."""

    def term(node: Any) -> Term:
        if isinstance(node, Literal):
            return node.value, node.language, node.datatype.value if not node.language else None
        assert isinstance(node, NamedNode)
        return node.value, None, None

    return {(term(t.subject), term(t.predicate), term(t.object)) for t in found}


def of_rdflib(found: Iterable[tuple[Any, ...]]) -> set[tuple[Term, ...]]:
    def term(node: Any) -> Term:
        if isinstance(node, rdflib.Literal):
            return str(node), node.language, None if node.language else str(node.datatype or STRING)
        assert isinstance(node, rdflib.URIRef)
        return str(node), None, None

    return {(term(s), term(p), term(o)) for s, p, o in found}


def canonical(triple: Triple) -> str:
    """The line of `triple` in canonical N-Triples."""
    value = triple.object
    assert isinstance(triple.subject, NamedNode)
    if isinstance(value, Literal):
        text = '"' + "".join(ESCAPES.get(c, c) for c in value.value) + '"'
        if value.language:
            text += f"@{value.language}"
        elif value.datatype.value != STRING:
            text += f"^^<{value.datatype.value}>"
    else:
        assert isinstance(value, NamedNode)
        text = f"<{value.value}>"
    return f"<{triple.subject.value}> <{triple.predicate.value}> {text} .\n"


@pytest.fixture(autouse=True)
def lexical_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib keeps literals as they are written."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.fixture(scope="module")
def hostile(project: Project, store: Store) -> tuple[Store, dict[str, bytes]]:
    """Texts that might break a format, as plain, French and typed values, and what is published of them."""
    odd = Store()
    odd.extend(store.quads_for_pattern(None, None, None, NamedNode(GRAPH + "catalog")))
    report = NamedNode(GRAPH + "report/2020")
    for number, text in enumerate(HOSTILE):
        subject = NamedNode(f"https://w3id.org/trophees-participation/laureate/2020/x{number}")
        odd.add(Quad(subject, RDF_TYPE, NamedNode(TP + "Laureate"), report))
        for name in ("title", "carrierLine", "summary", "unknown"):
            odd.add(Quad(subject, NamedNode(TP + name), Literal(text), report))
            odd.add(Quad(subject, NamedNode(TP + name), Literal(text, language="fr"), report))
            odd.add(Quad(subject, NamedNode(TP + name), Literal(text, datatype=NamedNode(TP + "odd")), report))
    return odd, dict(publish(odd, project.context, packaged(), {}))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dump_in_one_language_is_the_graph_without_the_texts_of_the_other(
    language: str, files: dict[str, bytes], store: Store
) -> None:
    found = {quad.triple for quad in parse(files[f"dumps/trophees-{language}.ttl"], format=RdfFormat.TURTLE)}
    tags = {t.object.language for t in found if isinstance(t.object, Literal)}
    assert tags == {None, language}
    hidden = {*triples(store)} - found
    assert found < {*triples(store)}
    assert len(hidden) > 2000
    assert {t.object.language for t in hidden if isinstance(t.object, Literal)} == {*LANGUAGES} - {language}
    assert all(isinstance(t.object, Literal) for t in hidden)


@pytest.mark.parametrize("extension", TRIPLES)
def test_each_dump_of_the_union_is_the_same_graph(extension: str, files: dict[str, bytes], store: Store) -> None:
    data, (form, _) = files[f"dumps/trophees.{extension}"], TRIPLES[extension]
    assert {q.triple for q in parse(data, format=form)} == set(triples(store))


@pytest.fixture(scope="module")
def part(files: dict[str, bytes], store: Store, project: Project) -> tuple[Store, dict[str, bytes]]:
    """The graph and its dumps; as a sample, what is said of an eighth of the subjects, and the dumps of that."""
    if FULL:
        return store, files
    subjects = sorted({quad.subject for quad in store}, key=str)
    kept, some = {*among(subjects, len(subjects) // 8)}, Store()
    some.extend(quad for quad in store if quad.subject in kept)
    return some, {path: b"".join(pieces) for path, pieces in write(walk(some), writers(project.context))}


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("extension", TRIPLES)
def test_each_dump_of_the_union_is_the_same_graph_for_a_second_reader(
    extension: str, part: tuple[Store, dict[str, bytes]]
) -> None:
    store, files = part
    data, (_, name) = files[f"dumps/trophees.{extension}"], TRIPLES[extension]
    assert of_rdflib(rdflib.Graph().parse(data=data, format=name)) == of_pyoxigraph(triples(store))


@pytest.mark.slow
@pytest.mark.parametrize("extension", QUADS)
def test_each_dump_of_the_dataset_is_the_same(extension: str, files: dict[str, bytes], store: Store) -> None:
    assert set(parse(files[f"dumps/trophees.{extension}"], format=QUADS[extension][0])) == set(store)


@pytest.mark.slow
@pytest.mark.sample
@pytest.mark.parametrize("extension", QUADS)
def test_each_dump_of_the_dataset_has_the_same_named_graphs_for_a_second_reader(
    extension: str, part: tuple[Store, dict[str, bytes]]
) -> None:
    store, files = part
    data, (_, name) = files[f"dumps/trophees.{extension}"], QUADS[extension]
    read = rdflib.Dataset()
    read.parse(data=data, format=name)
    graphs = {str(g.identifier): of_rdflib(g) for g in read.graphs() if len(g)}
    expected: dict[str, list[Triple]] = {}
    for quad in store:
        assert isinstance(quad.graph_name, NamedNode)
        expected.setdefault(quad.graph_name.value, []).append(quad.triple)
    assert graphs == {graph: of_pyoxigraph(part) for graph, part in expected.items()}


@pytest.mark.slow
@pytest.mark.parametrize("extension", [*TRIPLES, *QUADS])
def test_hostile_texts_survive_every_format_for_two_readers(
    extension: str, hostile: tuple[Store, dict[str, bytes]]
) -> None:
    store, files = hostile
    data, (form, name) = files[f"dumps/trophees.{extension}"], (TRIPLES | QUADS)[extension]
    expected = of_pyoxigraph(triples(store))
    assert of_pyoxigraph(q.triple for q in parse(data, format=form)) == expected
    read = rdflib.Dataset(default_union=True)
    read.parse(data=data, format=name)
    assert of_rdflib(read.triples((None, None, None))) == expected


@pytest.mark.slow
def test_the_sorted_lines_are_the_canonical_form(
    files: dict[str, bytes], store: Store, hostile: tuple[Store, dict[str, bytes]]
) -> None:
    """Without blank nodes, RDFC-1.0 asks for canonical lines in code point order, and nothing else."""
    for source, published in ((store, files), hostile):
        lines = sorted(canonical(t) for t in triples(source))
        assert published["dumps/trophees.nt"].decode() == "".join(lines)
        quads = published["dumps/trophees.nq"].splitlines(keepends=True)
        assert quads == sorted(set(quads))


def test_turtle_declares_the_prefixes_it_uses_in_order_and_no_other(files: dict[str, bytes], project: Project) -> None:
    made = [p for p in files if p.endswith((".ttl", ".trig")) and p not in project.copies()]
    made = [p for p in made if not p.startswith("ldes/")]  # a head of their own, whose prefixes all pages declare
    assert len(made) > 30
    for path in made:
        lines = re.findall(r"^@prefix .*\n", files[path].decode(), re.MULTILINE)
        assert lines == sorted(set(lines)), path
        body = files[path].decode().removeprefix("".join(lines))
        assert all(line.split()[1] in body for line in lines), path


def test_turtle_in_ascii_writes_each_other_character_in_its_shortest_form() -> None:
    assert ascii_only('"e~\x7fé\uffff\U00010000"'.encode()) == rb'"e~' + b"\x7f" + rb'\u00E9\uFFFF\U00010000"'


@pytest.mark.slow
def test_a_class_file_holds_exactly_what_is_said_of_its_instances(files: dict[str, bytes], store: Store) -> None:
    classes: dict[str, set[Any]] = {}
    for quad in store.quads_for_pattern(None, RDF_TYPE, None, None):
        assert isinstance(quad.object, NamedNode)
        if quad.object.value.startswith(TP):
            classes.setdefault(quad.object.value.removeprefix(TP), set()).add(quad.subject)
    described: dict[Any, list[Triple]] = {}
    for triple in triples(store):
        described.setdefault(triple.subject, []).append(triple)
    found = {p.removeprefix("dumps/classes/"): d for p, d in files.items() if p.startswith("dumps/classes/")}
    names = {c: re.sub("([A-Z])", r"-\1", c).lstrip("-").lower() + ".ttl" for c in classes}
    assert set(found) == set(names.values())
    for name, instances in classes.items():
        expected = {triple for instance in instances for triple in described[instance]}
        assert {q.triple for q in parse(found[names[name]], format=RdfFormat.TURTLE)} == expected, name


def test_the_checksums_are_true_and_name_every_other_file(files: dict[str, bytes]) -> None:
    lines = [line.split("  ") for line in files["SHA256SUMS"].decode().splitlines()]
    assert [path for _, path in lines] == sorted(files.keys() - {"SHA256SUMS"})
    assert all(hashlib.sha256(files[path]).hexdigest() == digest for digest, path in lines)


def test_the_context_the_ontology_and_the_shapes_are_published_as_they_are(
    files: dict[str, bytes], project: Project
) -> None:
    sources = [project.root / "data" / "context.jsonld", *project.root.glob("ontology/*.ttl")]
    sources += [project.root / "data" / "identifiers.nq", *project.root.glob("shapes/*.ttl")]
    sources += project.root.glob("data/mapping/*.tsv")
    copies = project.copies()
    assert {path.name: path.read_bytes() for path in sources} == {Path(p).name: data for p, data in copies.items()}
    assert copies.items() <= files.items()


def of_few(checkout: Path) -> None:
    """Only two laureates are left, so that a build does not take a minute."""
    for file in [*checkout.glob("data/laureate/*/*.yaml"), *checkout.glob("data/case/*/*.yaml")]:
        if file.stem not in ("cachan", "grenoble"):
            file.unlink()


@pytest.mark.slow
@pytest.mark.again  # `build --check` finds the same bytes as were committed, from whichever machine
def test_two_builds_on_unlike_machines_give_identical_bytes(project: Project, checkout: Path) -> None:
    """Other hash seeds, locales, days of the calendar and working folders; from a copy elsewhere on the disk."""
    shutil.copytree(project.root / "data" / "places", checkout / "data" / "places")
    unlike = {
        "data": {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Etc/GMT+12", "PYTHONUTF8": "0"},
        "shapes": {"PYTHONHASHSEED": "2", "LC_ALL": "fr_FR.UTF-8", "TZ": "Pacific/Kiritimati"},
    }
    built = []
    for cwd, environment in unlike.items():
        command = [sys.executable, "-m", "trophees", "build"]
        subprocess.run(command, cwd=checkout / cwd, env=os.environ | environment, check=True, capture_output=True)
        paths = [path for path in (checkout / "publish").rglob("*") if path.is_file()]
        digests = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        built.append({path.relative_to(checkout / "publish").as_posix(): d for path, d in digests.items()})
        shutil.rmtree(checkout / "publish")
    assert built[0] == built[1]
    sums = (project.root / "publish" / "SHA256SUMS").read_text("utf-8").splitlines()
    assert {(path, digest) for digest, path in (line.split("  ") for line in sums)} <= built[0].items()


# the files that hold checksums of those that hold the version, or count the values of the graph
SUMS = {"SHA256SUMS", "croissant.json", "ro-crate-metadata.json", "void.ttl"}
SUMS |= {f"catalog.{form}" for form in ("ttl", "jsonld", "rdf")}


@pytest.mark.slow
def test_the_version_and_the_dates_come_from_the_record_of_the_dataset_alone(checkout: Path) -> None:
    """With another version and date there, the files differ by these words only, and the checksums of files."""
    of_few(checkout)
    record = checkout / "data" / "dataset" / "trophees.yaml"
    text = record.read_text("utf-8")
    version = re.search(r'^version: "(.+)"$', text, re.MULTILINE)
    dates = set(re.findall(r"^\w+_le: ([0-9-]+)$", text, re.MULTILINE))
    assert version
    files = published(Project(checkout))
    changes = {version[1]: "2071.83"} | {date: f"2071-01-{n:02}" for n, date in enumerate(sorted(dates), 1)}
    for old, new in changes.items():
        text = text.replace(old, new)
    record.write_text(text, "utf-8")
    changed = published(Project(checkout))
    assert changed["dumps/trophees.nt"].count(b"2071.83") == 1
    assert files.keys() == changed.keys()
    for path in files.keys() - SUMS:
        data = changed[path]
        for old, new in changes.items():
            data = data.replace(new.encode(), old.encode())
        assert data == files[path], path


def published(project: Project) -> dict[str, bytes]:
    """What is published of a project, but for what tells of the releases before."""
    said = (
        build(project.sources()),
        project.context,
        packaged(),
        project.copies(),
        project.hosting(),
        project.changelog(),
    )
    return dict(publish(*said, former=project.former_files()))


@pytest.mark.parametrize("name", ["a1", "é", "_", "x-y.z", "2x", "a#b"])
def test_a_property_that_ends_in_a_name_is_written_in_rdf_xml(name: str, project: Project) -> None:
    triple = Triple(NamedNode("urn:s"), NamedNode(f"http://example.org/{name}"), Literal("x"))
    assert {
        q.triple for q in parse(encode([triple], RdfFormat.RDF_XML, project.context), format=RdfFormat.RDF_XML)
    } == {triple}


@pytest.mark.parametrize("name", ["", "1", "a/", "a/1", "a%20", "a#", "a:", "é·1/·"])
def test_a_property_that_ends_in_none_is_refused_in_rdf_xml(name: str, project: Project) -> None:
    triple = Triple(NamedNode("urn:s"), NamedNode(f"http://example.org/{name}"), Literal("x"))
    with pytest.raises(UserError, match="does not end in a name: choose ttl"):
        encode([triple], RdfFormat.RDF_XML, project.context)
