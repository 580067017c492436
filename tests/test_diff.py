"""`trophees diff`: what changed between two datasets, by fact, and patches that turn one into the other exactly."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from fuzz import examples
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE, SKOS, TP
from trophees.changes import blank, patch, sources, statements
from trophees.changes.difference import Difference, Misfit, applied, difference

Run = Callable[..., Result]
ODD = 'a\\u0041 \\U "\n\r\t\x00\x7f\u0085\ufffe\U0001f600é'
NAMES = [NamedNode(f"urn:{letter}") for letter in "abcdé"]
NODES = [BlankNode(letter) for letter in "xyz"]
TEXTS = [Literal(""), Literal("a"), Literal("a", language="fr"), Literal("a", datatype=NAMES[0]), Literal(ODD)]
GRAPHS = [DefaultGraph(), *NAMES[:2]]


def datasets(*blanks: BlankNode) -> some.SearchStrategy[list[Quad]]:
    """Small datasets, whose statements meet in another one, too."""
    subjects = some.sampled_from([*NAMES, *blanks])
    objects = some.sampled_from([*NAMES, *TEXTS, *blanks]) | some.builds(Literal, some.text(max_size=4))
    graphs = some.sampled_from([*GRAPHS, *blanks[:1]])
    return some.lists(some.builds(Quad, subjects, some.sampled_from(NAMES), objects, graphs), max_size=10)


def lines(quads: list[Quad]) -> list[bytes]:
    """As `statements.of_quads`, without a process for the blank nodes."""
    return sorted({statements.line(quad) for quad in blank.canonical(quads)})


def patched(old: list[bytes], text: bytes) -> set[str]:
    """`old`, once Oxigraph has carried out the lines of an RDF Patch."""
    found = Dataset(statements.quads(old))
    for line in text.splitlines(keepends=True):
        if line[:2] in (b"D ", b"A "):
            (quad,) = parse(line[2:], format=RdfFormat.N_QUADS)
            (found.discard if line[:1] == b"D" else found.add)(quad)
    return {f"{quad} .\n" for quad in found}


@examples(400, 25)
@given(datasets(*NODES), datasets(*NODES))
def test_a_patch_turns_any_dataset_into_any_other_and_back(a: list[Quad], b: list[Quad]) -> None:
    old, new = lines(a), lines(b)
    found = difference(old, new)
    text = b"".join(patch.rdf_patch(found))
    assert patched(old, text) == {line.decode() for line in new}
    assert patch.read(text, "patch") == found
    assert b"".join(applied(old, found)) == b"".join(new)
    assert b"".join(applied(new, found.back())) == b"".join(old)
    assert difference(new, old) == found.back()
    assert bool(found) == (old != new)


@examples(400)
@given(datasets(), datasets())
def test_an_update_turns_any_dataset_without_blank_nodes_into_any_other(a: list[Quad], b: list[Quad]) -> None:
    old, new = Store(), Store()
    old.extend(a)
    new.extend(b)
    if update := b"".join(patch.sparql_update(difference(statements.of_quads(old), statements.of_quads(new)))):
        old.update(update.decode())
    assert set(old) == set(new)


def test_an_update_has_no_escape_that_engines_may_read_before_they_read_the_literal() -> None:
    found = difference([], statements.of_quads([Quad(NAMES[0], NAMES[1], Literal("\\u0041\\\\U\\\x00"))]))
    (line,) = [line for line in b"".join(patch.sparql_update(found)).splitlines() if b'"' in line]
    assert line == rb'<urn:a> <urn:b> "\\\u00750041\\\\\u0055\\\u0000" .'


def test_an_update_of_blank_nodes_is_refused_with_the_remedy() -> None:
    for quad in (Quad(NODES[0], NAMES[0], NAMES[0]), Quad(NAMES[0], NAMES[0], NAMES[0], NODES[0])):
        with pytest.raises(UserError, match=r"a blank node changed, .*: take --format patch"):
            b"".join(patch.sparql_update(difference([], statements.of_quads([quad]))))


@examples(200)
@given(datasets(*NODES), some.randoms())
def test_blank_nodes_have_the_same_names_whatever_they_were_called(said: list[Quad], chance: random.Random) -> None:
    others = {node: BlankNode(f"n{place}") for place, node in enumerate(chance.sample(NODES, len(NODES)))}

    def other(term: object) -> object:
        return others.get(term, term)  # type: ignore[call-overload]

    again = [Quad(*map(other, (q.subject, q.predicate, q.object, q.graph_name))) for q in said]  # type: ignore[arg-type]
    chance.shuffle(again)
    assert {str(q) for q in blank.canonical(set(again))} == {str(q) for q in blank.canonical(set(said))}
    assert len({str(q) for q in blank.canonical(set(said))}) == len(set(said))


def test_a_blank_node_keeps_its_name_when_something_else_changes() -> None:
    x, y, z = NODES
    assert lines([Quad(x, NAMES[0], y)]) == statements.of_quads([Quad(x, NAMES[0], y)])
    old = [Quad(x, NAMES[0], y), Quad(y, NAMES[0], TEXTS[1]), Quad(z, NAMES[0], TEXTS[1])]
    found = difference(lines(old), lines([*old, Quad(z, NAMES[1], TEXTS[2])]))
    assert (len(found.removed), len(found.added)) == (1, 2)


def test_alike_blank_nodes_are_counted() -> None:
    one, two = ([Quad(node, NAMES[0], TEXTS[1]) for node in NODES[:number]] for number in (1, 2))
    found = difference(lines(one), lines(two))
    assert (len(found.removed), len(found.added)) == (0, 1)


@pytest.mark.slow
def test_a_graph_made_to_have_no_end_is_refused_in_time() -> None:
    nodes = [BlankNode(f"n{number}") for number in range(24)]
    knot = [Quad(a, NAMES[0], b) for a in nodes for b in nodes if a != b]
    with pytest.raises(UserError, match="file: its blank nodes cannot be told from each other in time: give them IRIs"):
        blank.named(knot, "file", longest=2)


@examples(200)
@given(datasets(*NODES[:1]), some.sampled_from(["", " ", "\t", "# x\n", "\\u0061"]), some.integers(0, 60))
def test_what_is_taken_for_canonical_lines_is_what_the_parser_makes_of_them(
    said: list[Quad], spoilt: str, place: int
) -> None:
    text = "".join(statements.line(quad).decode() for quad in said)
    data = (text[:place] + spoilt + text[place:]).encode()
    if statements.canonical(data):
        assert serialize(parse(data, format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS) == data


@pytest.mark.parametrize(
    "line",
    [
        b'<urn:a> <urn:b> "a"^^<http://www.w3.org/2001/XMLSchema#string> .\n',
        b'<urn:a> <urn:b> "\\u0061" .\n',
        b'<urn:a> <urn:b> "\xff" .\n',
        b'<urn:a> <urn:b> "a"@FR .\n',
        b"<urn:a>  <urn:b> <urn:c> .\n",
        b"<urn:a> <urn:b> <urn:c> .",
        b"<a> <urn:b> <urn:c> .\n",
        b"_:a <urn:b> <urn:c> .\n",
        '<urn:a> <urn:b> "\ufffe" .\n'.encode(),
    ],
)
def test_other_lines_are_left_to_the_parser(line: bytes) -> None:
    assert not statements.canonical(line)


def test_one_statement_in_two_spellings_is_no_difference(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(b'<urn:a> <urn:b> "\\u0061" .\n<urn:a> <urn:b> "a" .\n')
    (tmp_path / "b.nq").write_bytes(b'<urn:a> <urn:b> "\\u0061" .\n')
    assert not difference(*(sources.read(str(tmp_path / name), tmp_path) for name in ("a.nq", "b.nq")))


def test_a_patch_does_not_fit_another_dataset() -> None:
    lines = [b"<urn:a> <urn:a> <urn:a> .\n", b"<urn:b> <urn:a> <urn:a> .\n"]
    for found in (Difference((lines[1],), ()), Difference((), (lines[0],))):
        with pytest.raises(Misfit, match=r"^<urn:[ab]> <urn:a> <urn:a> \.$"):
            list(applied(lines[:1], found))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("TX .\nPA ex <urn:x> .\nTC .\n", "p:2: a line of an RDF Patch is expected: H, TX, D, A or TC"),
        ("A <urn:a> .\n", "p:1: "),
        ("D <urn:a> <urn:a> <urn:a> .\nA <urn:a> <urn:a> <urn:a> .\n", "p: is removed and added at once: <urn:a>"),
    ],
)
def test_a_patch_that_is_none_is_refused_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=f"^{sentence}"):
        patch.read(text.encode(), "p")


def test_files_in_order_are_compared_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_PIECE", 1 << 14)

    def written(name: str, number: int, other: int) -> Path:
        path = tmp_path / name
        with path.open("wb") as file:
            for place in range(number):
                file.write(b'<urn:x%09d> <urn:p> "%d" .\n' % (place, place if place != other else -1))
        return path

    peaks = []
    for number in (10_000, 40_000):
        files = [written(name, number, other) for name, other in (("a.nq", 7), ("b.nq", 8))]
        tracemalloc.start()
        old, new = (sources.read(str(path), tmp_path) for path in files)
        assert isinstance(old, statements.File)
        found = difference(old, new)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (len(found.removed), len(found.added)) == (2, 2)
    assert peaks[1] < 1.2 * peaks[0]


CASE, FACT = NamedNode(BASE + "laureate/2020/x"), NamedNode(BASE + "laureate/2020/x#toolUse-1")
TOOL, OTHER = NamedNode(BASE + "tool/y"), NamedNode(BASE + "tool/z")
REPORT, RULES = NamedNode(GRAPH + "report/2020"), NamedNode(GRAPH + "rules")


def named(thing: NamedNode, predicate: str, fr: str, en: str) -> Iterator[Quad]:
    for text, language in ((fr, "fr"), (en, "en")):
        yield Quad(thing, NamedNode(predicate), Literal(text, language=language), REPORT)


def small(tool: NamedNode, title: str, value: str) -> list[Quad]:
    """A laureate of one fact, which uses `tool`, and what its things are called."""
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    return [
        Quad(CASE, RDF_TYPE, NamedNode(TP + "Laureate"), REPORT),
        *named(CASE, SKOS + "prefLabel", "Lauréat d’essai", "A trial"),
        Quad(CASE, NamedNode(TP + "title"), Literal(title, language="fr"), REPORT),
        Quad(CASE, NamedNode(TP + "toolUse"), FACT, REPORT),
        Quad(CASE, NamedNode(TP + "usesTool"), tool, RULES),
        Quad(FACT, RDF_TYPE, NamedNode(TP + "ToolUse"), REPORT),
        Quad(FACT, NamedNode(TP + "about"), CASE, REPORT),
        Quad(FACT, NamedNode(TP + "tool"), tool, REPORT),
        Quad(FACT, NamedNode(TP + "note"), Literal(value), NamedNode(GRAPH + value)),
        *named(TOOL, SKOS + "prefLabel", "atelier", "workshop"),
        *named(OTHER, SKOS + "prefLabel", "enquête", "survey"),
        *named(NamedNode(TP + "Laureate"), label, "lauréat", "laureate"),
        *named(NamedNode(TP + "ToolUse"), label, "recours à un outil", "use of a tool"),
        *named(NamedNode(TP + "tool"), label, "outil", "tool"),
        *named(NamedNode(TP + "title"), label, "titre", "title"),
        *named(NamedNode(TP + "note"), label, "note", "note"),
    ]


def without(quads: list[Quad], subject: NamedNode) -> list[Quad]:
    return [quad for quad in quads if subject not in (quad.subject, quad.object)]


def file(path: Path, quads: list[Quad]) -> Path:
    path.write_bytes(b"".join(statements.of_quads(quads)))
    return path


def said(run: Run, tmp_path: Path, old: list[Quad], new: list[Quad], *options: str) -> str:
    paths = [file(tmp_path / name, quads) for name, quads in (("old.nq", old), ("new.nq", new))]
    result = run("diff", *paths, *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_what_changed_is_told_by_fact_with_the_old_and_the_new_value(run: Run, tmp_path: Path) -> None:
    old, new = small(TOOL, "UN", "a"), small(OTHER, "DEUX", "a")
    assert said(run, tmp_path, old, new, "--lang", "en") == (
        "1 thing: 3 statements less, 3 more\n"
        "\nA trial (laureate, changed) <laureate:2020/x>\n"
        "  Changed: title: “UN” [fr] becomes “DEUX” [fr].\n"
        "  Changed: use of a tool (toolUse-1) — tool: “workshop” becomes “survey”.\n"
        "  1 statement that follows from others.\n"
    )
    assert said(run, tmp_path, old, new, "--lang", "fr", "--format", "md") == (
        "1 chose : 3 énoncés en moins, 3 en plus.\n"
        "\n## Lauréat d’essai (lauréat, changement)\n\n`laureate:2020/x`\n\n"
        "- Changement : titre : « UN » devient « DEUX ».\n"
        "- Changement : recours à un outil (toolUse-1) — outil : « atelier » devient « enquête ».\n"
        "- 1 énoncé qui découle d’autres.\n"
    )


def test_a_fact_that_came_or_went_is_told_once(run: Run, tmp_path: Path) -> None:
    whole = small(TOOL, "UN", "a")
    parted = without(whole, FACT)
    assert said(run, tmp_path, parted, whole, "--lang", "en").splitlines()[3:] == [
        "  Added: use of a tool (toolUse-1) — note “a”; tool “workshop”."
    ]
    assert said(run, tmp_path, whole, parted, "--lang", "fr").splitlines()[3:] == [
        "  Retrait : recours à un outil (toolUse-1) — note « a » ; outil « atelier »."
    ]
    assert said(run, tmp_path, without(parted, CASE), parted, "--lang", "en").splitlines()[2:4] == [
        "A trial (laureate, added) <laureate:2020/x>",
        "  Added: name “A trial”.",
    ]


def test_a_statement_that_another_graph_says_now_is_told_so(run: Run, tmp_path: Path) -> None:
    old = small(TOOL, "UN", "a")
    moved = Quad(FACT, NamedNode(TP + "note"), Literal("a"), REPORT)
    new = [moved if quad.graph_name == NamedNode(GRAPH + "a") else quad for quad in old]
    assert said(run, tmp_path, old, new, "--lang", "en").splitlines()[3:] == [
        "  Changed: use of a tool (toolUse-1) — note “a”: said by graph:report/2020, no longer by graph:a."
    ]


def test_json_has_every_statement_that_changed(run: Run, tmp_path: Path) -> None:
    old, new = small(TOOL, "UN", "a"), without(small(OTHER, "DEUX", "b"), OTHER)
    told = json.loads(said(run, tmp_path, old, new, "--format", "json"))
    (entity, tool) = told["entities"]
    assert (entity["iri"], entity["change"], entity["label"]["en"]) == (CASE.value, "changed", "A trial")
    assert (tool["iri"], tool["change"]) == (OTHER.value, "removed")
    found: dict[str, set[str]] = {"old": set(), "new": set()}
    for part in (part for entity in told["entities"] for part in entity["facts"]):
        for value in part["values"]:
            for side in found.keys() & value.keys():
                graph = f" <{value[side]['graph']}>" if value[side]["graph"] else ""
                found[side].add(f"<{part['iri']}> <{value['property']}> {value[side]['term']}{graph} .\n")
    expected = difference(statements.of_quads(old), statements.of_quads(new))
    assert found == {"old": {n.decode() for n in expected.removed}, "new": {n.decode() for n in expected.added}}


def test_the_change_set_describes_every_statement_without_blank_nodes(run: Run, tmp_path: Path) -> None:
    old, new = small(TOOL, "UN", "a"), small(OTHER, "DEUX", "b")
    store = Store()
    store.load(said(run, tmp_path, old, new, "--format", "ttl"), format=RdfFormat.TURTLE)
    assert not any(isinstance(term, BlankNode) for quad in store for term in (quad.subject, quad.object))
    query = """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
      SELECT ?s ?p ?o ?g { ?set <http://purl.org/dc/terms/hasPart> ?part . ?part prov:%s ?statement .
      ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; <http://purl.org/dc/terms/isPartOf> ?g }"""
    expected = difference(statements.of_quads(old), statements.of_quads(new))
    for verb, lines in (("invalidated", expected.removed), ("generated", expected.added)):
        rows = store.query(query % verb)
        assert {Quad(*row) for row in rows} == set(statements.quads(lines))  # type: ignore[union-attr]


def test_nothing_changed_is_said_and_ends_with_0(run: Run, tmp_path: Path) -> None:
    path = file(tmp_path / "a.nq", small(TOOL, "UN", "a"))
    result = run("diff", path, path, "--exit-code", "--lang", "fr")
    assert (result.exit_code, result.stdout) == (0, "rien n’a changé\n")
    other = file(tmp_path / "b.nq", small(TOOL, "DEUX", "a"))
    assert run("diff", path, other, "--exit-code").exit_code == 1


def test_formats_and_packing_do_not_matter(run: Run, tmp_path: Path) -> None:
    quads = [Quad(q.subject, q.predicate, q.object) for q in small(TOOL, "UN", "a")]
    plain = file(tmp_path / "a.nt", quads)
    for extension, form in (("ttl", RdfFormat.TURTLE), ("rdf", RdfFormat.RDF_XML), ("jsonld", RdfFormat.JSON_LD)):
        (tmp_path / f"b.{extension}").write_bytes(serialize(quads, format=form) or b"")
        result = run("diff", plain, tmp_path / f"b.{extension}", "--exit-code")
        assert (result.exit_code, result.stderr) == (0, "")
    (tmp_path / "b.nq.gz").write_bytes(gzip.compress(plain.read_bytes()))
    assert run("diff", plain, tmp_path / "b.nq.gz", "--exit-code").exit_code == 0


@pytest.mark.parametrize("extension", ["txt", "md", "json", "ttl", "ru", "rdfp"])
def test_the_extension_of_the_output_gives_the_format(run: Run, tmp_path: Path, extension: str) -> None:
    paths = [file(tmp_path / name, small(TOOL, title, "a")) for name, title in (("a.nq", "UN"), ("b.nq", "DEUX"))]
    assert run("diff", *paths, "-o", tmp_path / f"c.{extension}").exit_code == 0
    form = {"txt": "text", "ru": "update", "rdfp": "patch"}.get(extension, extension)
    assert (tmp_path / f"c.{extension}").read_text() == run("diff", *paths, "--format", form).stdout


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of two releases, and of a change that is of none."""
    root = tmp_path / "checkout"
    for name in ("data/dataset", "publish/dumps"):
        (root / name).mkdir(parents=True)
    git(root, "init", "-q")
    (root / "data/context.jsonld").write_text("{}")
    for number, title in (("2026.1", "UN"), ("2026.2", "DEUX"), ("", "TROIS")):
        file(root / "publish/dumps/trophees.nq", small(TOOL, title, "a"))
        if number:
            (root / "data/dataset/trophees.yaml").write_text(f'version: "{number}"\n')
            (root / "data/identifiers.nq").write_text(number)
        git(root, "add", "-A")
        git(root, "commit", "-qm", "x")
    monkeypatch.chdir(root)
    return root


def test_releases_revisions_folders_and_files_are_compared(run: Run, history: Path, tmp_path: Path) -> None:
    git(history, "tag", "first", "HEAD~2")
    titles = {"2026.1": "UN", "2026.2": "DEUX", "HEAD": "TROIS", "HEAD~2": "UN", "first": "UN", ".": "TROIS"}
    titles |= {"publish": "TROIS", "publish/dumps/trophees.nq": "TROIS"}
    for name, title in titles.items():
        other = file(tmp_path / "other.nq", small(TOOL, "QUATRE", "a"))
        result = run("diff", name, other, "--lang", "fr")
        assert f"« {title} » devient « QUATRE »" in result.stdout, result.stderr


def test_a_release_that_was_mended_after_its_registration_is_what_is_kept_of_it(
    run: Run, history: Path, tmp_path: Path
) -> None:
    first, mended = small(TOOL, "UN", "a"), small(TOOL, "DEUX, redit", "a")
    whole, later = file(tmp_path / "first.nq", first), file(tmp_path / "mended.nq", mended)
    patch = run("diff", whole, later, "--format", "patch").stdout.encode()
    (history / "data/changes").mkdir()
    (history / "data/changes/2026.1.nq.gz").write_bytes(gzip.compress(whole.read_bytes()))
    (history / "data/changes/2026.2.rdfp.gz").write_bytes(gzip.compress(patch))
    assert "« UN » devient « DEUX, redit »" in run("diff", "2026.1", "2026.2", "--lang", "fr").stdout
    assert run("diff", "2026.2", later, "--exit-code").exit_code == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere", "nowhere: is no file, no folder, no release and no revision of the project"),
        ("--help-me", "--help-me: is no file, no folder, no release and no revision of the project"),
        ("HEAD:data", "HEAD:data: is no file, no folder, no release and no revision of the project"),
        ("2019.1", "2019.1: no commit of the project registered this release"),
        ("data", "data: has no dumps/trophees.nq: give a publish/ folder, or a checkout in which “trophees build” ran"),
        (
            "https://example.org/x.nq",
            "https://example.org/x.nq: is an address: nothing is fetched: save it, and give the file",
        ),
        ("a.csv", "a.csv: is a table: RDF is compared"),
        ("a.nq", "a.nq:1: "),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(run: Run, history: Path, name: str, sentence: str) -> None:
    (history / "a.csv").write_text("a,b\n")
    (history / "a.nq").write_text("<urn:a> <urn:b> x .\n")
    result = run("diff", "--", name, "HEAD")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"trophees: {sentence}")


def test_outside_of_a_checkout_only_files_are_compared(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("diff", "HEAD", "HEAD")
    assert result.stderr == ("trophees: HEAD: is no file and no folder, and no checkout is here, to look for it in\n")


def test_a_file_that_cannot_be_written_leaves_nothing(run: Run, tmp_path: Path) -> None:
    path = file(tmp_path / "a.nq", small(TOOL, "UN", "a"))
    result = run("diff", path, path, "-o", tmp_path / "none" / "c.txt")
    assert (result.exit_code, result.stderr.startswith("trophees: ")) == (2, True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.nq"]


def test_the_published_dumps_are_compared_as_they_are(run: Run, project_dump: Path, tmp_path: Path) -> None:
    copy = tmp_path / "trophees.trig"
    shutil.copy(project_dump.with_suffix(".trig"), copy)
    assert isinstance(sources.read(str(project_dump), tmp_path), statements.File)
    assert run("diff", project_dump, copy, "--exit-code").exit_code == 0


@pytest.fixture
def project_dump() -> Path:
    from trophees.graph import published

    return published.path("dumps/trophees.trig").with_suffix(".nq")
