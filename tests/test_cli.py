"""The command line: what each command prints, where, with which exit code; and one sentence for each mistake."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml
from click.testing import Result
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from conftest import curated
from trophees.ask import cookbook, results
from trophees.base.namespaces import BASE
from trophees.cli.main import main
from trophees.release.checkout import Project
from trophees.site.l10n import LANGUAGES
from trophees.source.yaml_ld import read

Run = Callable[..., Result]

CACHAN = BASE + "laureate/2020/cachan"
TITLE = "PARLONS ENSEMBLE DE CACHAN !"
SELECT = f"SELECT ?title ?stars {{ <{CACHAN}> tp:title ?title ; tp:stars ?stars }}"
CONSTRUCT = f"CONSTRUCT {{ ?s tp:title ?t }} WHERE {{ ?s tp:title ?t FILTER(?s = <{CACHAN}>) }}"
TRIPLE = Triple(
    NamedNode(CACHAN), NamedNode(BASE + "ontology#title"), Literal("PARLONS ENSEMBLE DE CACHAN !", language="fr")
)
EVERYTHING = "SELECT * { ?s ?p ?o }"
NEW = main.commands["new"]
assert isinstance(NEW, click.Group)
COMMANDS = [["check"], ["build"], ["query"], ["queries"], ["show"], ["new"], *(["new", name] for name in NEW.commands)]


def process(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own."""
    options = {"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 60, **options}
    return subprocess.run([sys.executable, "-m", "trophees", *args], **options)  # type: ignore[call-overload, no-any-return]


def sentence(result: Result) -> str:
    """The one sentence that a mistake is answered with."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"trophees: [^\n]+\n([^\n]*\n *\^\n)?", result.stderr)  # the line of a query, and the place
    return result.stderr.removeprefix("trophees: ").rstrip("\n")


@pytest.fixture
def copy(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what is curated, in which the test stands."""
    curated(project, tmp_path)
    for name in ("CHANGELOG.md", "JOURNAL.md"):
        shutil.copy(project.root / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- help


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_is_one_screen_that_says_what_the_command_does(run: Run, command: list[str]) -> None:
    result = run(*command, "--help")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("Usage: ")
    assert len(lines) <= (24 if command else 30)  # a screen; the list of all verbs may be longer
    assert max(map(len, lines)) <= 80
    assert re.match(r"  [A-Z].*\.", " ".join(lines[2:5]))


def test_every_option_has_a_help(run: Run) -> None:
    for name, command in main.commands.items():
        for param in command.params:
            if isinstance(param, click.Option) and param.name != "form":
                assert param.help, (name, param.name)
    assert run("--help").stdout == run("-h").stdout


def test_the_version_is_that_of_the_dataset(run: Run, project: Project) -> None:
    record = yaml.safe_load((project.root / "data/dataset/trophees.yaml").read_text("utf-8"))
    assert run("--version").stdout.strip().endswith(record["version"])


# --- query: where the query comes from


def test_a_query_is_a_text_a_file_or_standard_input(run: Run, tmp_path: Path) -> None:
    expected = f"title,stars\n{TITLE},4\n"
    file = tmp_path / "avec une espace.rq"
    file.write_text(SELECT, "utf-8")
    marked = tmp_path / "marked.sparql"
    marked.write_text("\ufeff" + SELECT, "utf-8")
    assert run("query", SELECT).stdout == expected
    assert run("query", file).stdout == expected
    assert run("query", marked).stdout == expected
    assert run("query", "-", input=SELECT).stdout == expected


def test_every_query_of_the_cookbook_is_listed_and_documented_in_both_languages(run: Run) -> None:
    entries = cookbook.queries()
    for language in LANGUAGES:
        lines = run("queries", "--lang", language).stdout.splitlines()
        names: list[str] = []
        for subject, found in cookbook.by_subject().items():
            names += [f"# {cookbook.SUBJECTS[subject][language]}", *(query.name for query in found)]
        assert [line for line in lines if line and not line.startswith(" ")] == names
        assert {name for name in names if not name.startswith("#")} == set(entries)
        for entry in entries.values():
            assert f"    {entry.summary[language]}" in lines


def test_a_query_of_the_readers_own_needs_no_subject_for_its_defaults(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.rq"
    lines = cookbook.get("stages-of-laureate").text.splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("#+ subject")), "utf-8")
    assert run("query", file).stdout == run("query", "stages-of-laureate").stdout


def test_a_named_query_runs_by_its_name_with_its_defaults(run: Run) -> None:
    name, entry = next((n, q) for n, q in cookbook.queries().items() if q.params and q.params[0].default)
    default = run("query", name)
    assert (default.exit_code, default.stderr) == (0, "")
    assert run("query", name, "-p", f"{entry.params[0].name}={entry.params[0].default}").stdout == default.stdout


@pytest.mark.parametrize(
    ("value", "title"), [("laureate:2020/cachan", TITLE), (CACHAN, TITLE), ("laureate:2020/personne", None)]
)
def test_a_parameter_replaces_a_variable_of_any_query(run: Run, value: str, title: str | None) -> None:
    rows = run("query", "SELECT ?l ?title { ?l tp:title ?title }", "-p", f"l={value}").stdout.splitlines()
    assert rows[1:] == ([f"{CACHAN},{title}"] if title else [])


def test_a_parameter_may_be_a_number_or_a_text(run: Run) -> None:
    query = "SELECT ?n ?t { BIND(?n AS ?m) BIND(?t AS ?u) }"
    assert run("query", query, "-p", "n=4", "-p", "t=un = deux").stdout == "n,t\n4,un = deux\n"


# --- query: which data

FACTS = [Quad(NamedNode("https://example.org/s"), NamedNode("https://example.org/p"), Literal("é", language="fr"))]


@pytest.mark.slow
@pytest.mark.parametrize("extension", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "n3"])
def test_ones_own_data_is_queried_beside_the_published_graph_or_instead(
    run: Run, tmp_path: Path, extension: str
) -> None:
    form = RdfFormat.from_extension(extension)
    assert form is not None
    named = [Quad(quad.subject, quad.predicate, quad.object, NamedNode("https://example.org/g")) for quad in FACTS]
    facts = named if form.supports_datasets else [quad.triple for quad in FACTS]
    file = tmp_path / f"données.{extension}"
    file.write_bytes(serialize(facts, format=form) or b"")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    published = int(run("query", count).stdout.split()[1])
    assert published > 20_000
    assert run("query", count, "--data", file).stdout == f"n\n{published + 1}\n"
    assert run("query", count, "--data", file, "--only-data").stdout == "n\n1\n"


def test_what_the_user_adds_is_a_graph_called_after_its_file(run: Run, tmp_path: Path) -> None:
    files = [tmp_path / "a.nt", tmp_path / "b.nt"]
    for file in files:
        file.write_text(f"<https://example.org/s> <https://example.org/p> '{file.name}' .\n".replace("'", '"'), "utf-8")
    result = run(
        "query",
        "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
        "--data",
        files[0],
        "--data",
        files[1],
        "--only-data",
    )
    assert result.stdout == "g,o\n" + "".join(f"{file.as_uri()},{file.name}\n" for file in files)


@pytest.mark.parametrize("extension", ["nq", "trig", "jsonld"])
def test_what_a_dataset_says_outside_its_graphs_is_queried_too(run: Run, tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"données.{extension}"
    file.write_bytes(serialize(FACTS, format=RdfFormat.from_extension(extension)) or b"")
    assert run("query", "SELECT ?o { ?s ?p ?o }", "--data", file, "--only-data").stdout == "o\né\n"


@pytest.mark.parametrize("extension", ["ttl", "nt", "nq", "trig", "n3", "jsonld", "rdf"])
def test_a_byte_order_mark_is_no_part_of_the_data(run: Run, tmp_path: Path, extension: str) -> None:
    text = "<urn:s> <urn:p> <urn:o> ."
    if extension == "jsonld":
        text = '{"@id": "urn:s", "urn:p": {"@id": "urn:o"}}'
    if extension == "rdf":
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        text = f'<r:RDF xmlns:r="{rdf}" xmlns:u="urn:"><r:Description r:about="urn:s"><u:p r:resource="urn:o"/>'
        text += "</r:Description></r:RDF>"
    (tmp_path / f"marked.{extension}").write_text(text, "utf-8-sig")
    ask = "ASK { <urn:s> <urn:p> <urn:o> }"
    assert run("query", ask, "--data", tmp_path / f"marked.{extension}", "--only-data").stdout == "true\n"


def test_a_literal_of_twenty_megabytes_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.ttl").write_text(f'<urn:s> <urn:p> "{"x" * 20_000_000}" .', "utf-8")
    length = "SELECT (STRLEN(?o) AS ?n) { ?s ?p ?o }"
    assert run("query", length, "--data", tmp_path / "long.ttl", "--only-data").stdout == "n\n20000000\n"


def test_from_restricts_the_query_to_the_graphs_it_names(run: Run) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    everything, report, nothing = (
        int(run("query", count.format(clause)).stdout.split()[1])
        for clause in ("", f"FROM <{BASE}graph/report/2020>", f"FROM <{BASE}graph/none>")
    )
    assert everything > report > nothing == 0


# --- query: formats

PARSERS: dict[str, Callable[[str], list[tuple[str, ...]]]] = {
    "csv": lambda text: [tuple(row) for row in csv.reader(io.StringIO(text))][1:],
    "tsv": lambda text: solutions(text, QueryResultsFormat.TSV),
    "json": lambda text: solutions(text, QueryResultsFormat.JSON),
    "xml": lambda text: solutions(text, QueryResultsFormat.XML),
    "md": lambda text: [tuple(line.strip("| ").split(" | ")) for line in text.splitlines()[2:]],
    "table": lambda text: [tuple(re.split(r" {2,}", line)) for line in text.splitlines()[2:]],
}


def solutions(text: str, form: QueryResultsFormat) -> list[tuple[str, ...]]:
    found = parse_query_results(text, format=form)
    assert isinstance(found, QuerySolutions)
    return [tuple(term.value if isinstance(term, Literal | NamedNode) else "" for term in row) for row in found]


@pytest.mark.parametrize("form", PARSERS)
def test_rows_are_the_same_in_every_format(run: Run, tmp_path: Path, form: str) -> None:
    result = run("query", SELECT, "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert PARSERS[form](result.stdout) == [(TITLE, "4")]
    file = tmp_path / f"réponse.{form}"
    written = run("query", SELECT, "-o", file)
    assert (written.exit_code, written.stdout) == (0, "")
    assert file.read_bytes() == result.stdout_bytes


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE <{CACHAN}>"], ids=["construct", "describe"])
def test_triples_are_the_same_in_every_format(run: Run, tmp_path: Path, form: str, query: str) -> None:
    result = run("query", query, "--format", form)
    expected = set(parse(run("query", query, "--format", "nt").stdout, format=RdfFormat.N_TRIPLES))
    found = set(parse(result.stdout, format=RdfFormat.from_extension(form)))
    assert Quad(*TRIPLE) in found == expected
    file = tmp_path / f"réponse.{form}"
    assert run("query", query, "-o", file).exit_code == 0
    assert file.read_bytes() == result.stdout_bytes


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "tsv", "md", "table"])
def test_ask_answers_true_or_false(run: Run, form: str) -> None:
    assert run("query", f"ASK {{ <{CACHAN}> ?p ?o }}", "--format", form).stdout == "true\n"
    assert run("query", "ASK { <urn:x> ?p ?o }", "--format", form).stdout == "false\n"


def test_ask_answers_tools_in_their_formats(run: Run) -> None:
    assert json.loads(run("query", "ASK {}", "--format", "json").stdout)["boolean"] is True
    assert "<boolean>true</boolean>" in run("query", "ASK {}", "--format", "xml").stdout


def test_tools_get_csv_and_turtle_unless_they_ask_otherwise(run: Run) -> None:
    assert run("query", SELECT).stdout == f"title,stars\n{TITLE},4\n"
    assert run("query", "ASK {}").stdout == "true\n"
    turtle = run("query", CONSTRUCT).stdout
    assert turtle.startswith("@prefix ")
    assert [q.triple for q in parse(turtle, format=RdfFormat.TURTLE)] == [TRIPLE]


@pytest.mark.parametrize("form", ["table", "md"])
def test_a_row_is_a_line_whatever_it_holds(run: Run, form: str) -> None:
    lines = run("query", "SELECT ?x { BIND('a\\nb\\r\\u001b|\\u2028c' AS ?x) }", "--format", form).stdout.splitlines()
    assert len(lines) == 3
    assert lines[2].replace("\\", "").strip("| ").split() in (["a", "b", "|", "c"], ["a", "b", "|", "c", ""])


def test_no_row_is_said(run: Run) -> None:
    assert run("query", "SELECT ?s ?p { ?s ?p 'none' }", "--format", "table").stdout == "s  p\n(no row)\n"
    assert run("query", "SELECT ?s ?p { ?s ?p 'none' }").stdout == "s,p\n"


def test_a_query_needs_no_prefix_and_may_redefine_one(run: Run) -> None:
    assert run("query", "SELECT ?x { BIND(tp:x AS ?x) }").stdout == f"x\n{BASE}ontology#x\n"
    assert run("query", "PREFIX tp: <urn:> SELECT ?x { BIND(tp:x AS ?x) }").stdout == "x\nurn:x\n"


# --- query: on a terminal


def on_terminal(*args: str, columns: int = 80, env: dict[str, str] | None = None) -> str:
    """What a terminal that is `columns` wide shows."""
    parent, child = pty.openpty()
    variables = {**os.environ, "COLUMNS": str(columns), "LC_ALL": "C.UTF-8", **(env or {})}
    command = subprocess.Popen(
        [sys.executable, "-m", "trophees", *args], stdin=subprocess.DEVNULL, stdout=child, env=variables
    )
    os.close(child)
    shown = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not part:
            break
        shown += part
    os.close(parent)
    assert command.wait(60) == 0
    return shown.decode().replace("\r\n", "\n")


def test_people_get_a_table_that_fits_their_terminal() -> None:
    wide = on_terminal("query", SELECT)
    assert wide.splitlines() == [
        "title                         stars",
        "─" * 28 + "  " + "─" * 5,
        TITLE + "  " + "    4",
    ]
    narrow = on_terminal("query", SELECT, columns=30).splitlines()
    assert max(map(len, narrow)) <= 30
    assert narrow[2].split() == ["PARLONS", "ENSEMBLE", "DE…", "4"] or "…" in narrow[2]


def test_a_cell_of_a_megabyte_is_cut_to_the_terminal(tmp_path: Path) -> None:
    """Whatever is in it; and an IRI, which is made shorter first. Cells cost what they show, not its square."""
    file = tmp_path / "long.nt"
    texts: list[Literal | NamedNode] = [
        Literal("a" * 1_000_000),
        Literal("é文" * 500_000),
        NamedNode("urn:" + "/" * 1_000_000),
    ]
    triples = [Triple(NamedNode("urn:s"), NamedNode("urn:p"), text) for text in texts]
    file.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    query = "SELECT ?x (?o AS ?y) { VALUES ?x { 'short' } ?s ?p ?o } ORDER BY ?o"
    header, line, *rows = on_terminal("query", query, "--data", str(file), "--only-data", columns=60).splitlines()
    assert header == "x      y"
    assert [len(row) for row in (line, *rows)] == [58, 58, 58, 41]  # 文 takes two cells
    assert all(row.endswith("…") for row in rows)


@pytest.mark.parametrize("widths", [[3, 200, 30], [70, 70, 70], [12, 5, 400], [13, 13, 13, 13, 13, 13, 13], [80], [9]])
@pytest.mark.parametrize("room", [-5, 12, 36, 57, 60, 61, 62, 500])
def test_the_widest_columns_are_cut_a_cell_at_a_time(widths: list[int], room: int) -> None:
    """As if each time the first of the widest was."""
    expected = list(widths)
    while sum(expected) > room and max(expected) > 12:
        expected[expected.index(max(expected))] -= 1
    assert results._narrowed(widths, room) == expected


@pytest.mark.parametrize(
    "form", [(), ("--format", "csv"), ("--format", "tsv"), ("--format", "md"), ("--format", "json")], ids=str
)
def test_a_terminal_never_obeys_a_literal(tmp_path: Path, form: tuple[str, ...]) -> None:
    file = tmp_path / "ansi.nt"
    file.write_bytes(
        serialize(
            [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("\x1b[31m\x07\x9b2J\rrouge"))],
            format=RdfFormat.N_TRIPLES,
        )
        or b""
    )
    for query in ("SELECT ?o { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }")[: 1 if form else 2]:
        shown = on_terminal("query", query, "--data", str(file), "--only-data", *form)
        assert "rouge" in shown
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


# --- mistakes: one sentence each, with its place or its remedy

MISTAKES = {
    "an unknown query": (
        ["query", "laureat-par-etoile"],
        r"no query is called “laureat-par-etoile”.*“trophees queries” lists them",
    ),
    "a misspelt query": (["query", "anomalie-by-kind"], r"did you mean “anomalies-by-kind”\?"),
    "no query": (["query", ""], r"no query is called “”"),
    "a path for a name": (["query", "..\\secret"], r"no query is called"),
    "no SPARQL": (["query", "SELECT * { ?s ?p"], r"query:1:17: “\{”, opened at line 1, column 10, is not closed"),
    "no SPARQL in a file": (["query", "bad.rq"], r"bad\.rq:2:9: “\{”, opened at line 2, column 1, is not closed"),
    "nothing on standard input": (["query", "-"], r"<stdin>:1:1: the query is empty"),
    "a missing file": (["query", "missing.rq"], r"missing\.rq: cannot be read \(No such file or directory\)"),
    "a folder for a file": (["query", "folder.rq"], r"folder\.rq: cannot be read \(Is a directory\)"),
    "a folder on the way": (["query", "bad.rq/x.rq"], r"bad\.rq/x\.rq: cannot be read \(Not a directory\)"),
    "a binary file": (["query", "binary.rq"], r"binary\.rq:2: not UTF-8"),
    "a file in Latin-1": (["query", "latin.rq"], r"latin\.rq:2: not UTF-8"),
    "a NUL": (["query", "nul.rq"], r"nul\.rq:1:1: the character .*U\+0000"),
    "a file by its IRI": (["query", "file:///etc/passwd"], r"file:///etc/passwd: cannot be read"),
    "an unknown format": (["query", "ASK {}", "--format", "xlsx"], r"unknown format “xlsx” \(table, md, csv, .*rdf\)"),
    "an unknown extension": (["query", "ASK {}", "-o", "x.xlsx"], r"unknown format “xlsx” \(table, md, csv, .*rdf\)"),
    "no extension": (["query", "ASK {}", "-o", "x"], r"x: no extension to tell the format by: give one, or --format"),
    "rows as RDF": (["query", "ASK {}", "--format", "ttl"], r"SELECT and ASK give rows: choose table, md, .*, not ttl"),
    "RDF as rows": (
        ["query", CONSTRUCT, "--format", "csv"],
        r"CONSTRUCT and DESCRIBE give RDF: choose ttl, .*, not csv",
    ),
    "a parameter without value": (["query", "ASK {}", "-p", "x"], r"-p x: write NAME=VALUE"),
    "a parameter without name": (["query", "ASK {}", "-p", "=x"], r"-p =x: write NAME=VALUE"),
    "a number for a parameter": (["query", "ASK {}", "-p", "9=x"], r"-p 9=x: write NAME=VALUE"),
    "a parameter that is not there": (["query", EVERYTHING, "-p", "x=1"], r"query: .*variable \?x"),
    "a parameter that is no IRI": (["query", EVERYTHING, "-p", "s=tp:a b"], r"“tp:a b” is not a valid IRI"),
    "an unknown parameter": (["query", "career-of-a-person", "-p", "x=1"], r"has no such parameter \(it has: person\)"),
    "a remote query": (["query", "SELECT * { SERVICE <http://x.invalid/> {} }"], r"query: SERVICE is not available"),
    "a silent remote query": (
        ["query", "ASK { service silent <http://x.invalid/> {} }"],
        r"query: SERVICE is not available",
    ),
    "a load": (["query", "LOAD <http://x.invalid/>"], r"query(:1:1: “LOAD” would change|.*cannot be read)"),
    "an update": (["query", "INSERT DATA { <urn:x> <urn:y> <urn:z> }"], r"query:1:1: “INSERT” would change"),
    "a removal": (["query", "DROP ALL"], r"query:1:1: “DROP” would change"),
    "an undeclared prefix": (
        ["query", "SELECT * { ?s nope:x ?o }"],
        r"query:1:15: the prefix “nope:” is not declared",
    ),
    "no data alone": (["query", "ASK {}", "--only-data"], r"--only-data needs at least one --data FILE"),
    "missing data": (
        ["query", "ASK {}", "--data", "missing.ttl"],
        r"missing\.ttl: cannot be read \(No such file or directory\)",
    ),
    "a folder for data": (
        ["query", "ASK {}", "--data", "folder.ttl"],
        r"folder\.ttl: is a folder: give the files in it",
    ),
    "data in an unknown format": (
        ["query", "ASK {}", "--data", "bad.rq"],
        r"bad\.rq: unknown format “\.rq” \(ttl, .*\)",
    ),
    "malformed Turtle": (["query", "ASK {}", "--data", "bad.ttl"], r"bad\.ttl:2: .*"),
    "malformed N-Triples": (["query", "ASK {}", "--data", "bad.nt"], r"bad\.nt:2: .*"),
    "malformed N-Quads": (["query", "ASK {}", "--data", "bad.nq"], r"bad\.nq:2: .*"),
    "malformed TriG": (["query", "ASK {}", "--data", "bad.trig"], r"bad\.trig:2: .*"),
    "malformed JSON-LD": (["query", "ASK {}", "--data", "bad.jsonld"], r"bad\.jsonld:2: .*"),
    "malformed RDF/XML": (["query", "ASK {}", "--data", "bad.rdf"], r"bad\.rdf(:\d+)?: .*"),
    "data that is not UTF-8": (["query", "ASK {}", "--data", "latin.ttl"], r"latin\.ttl:1: .*UTF-8.*"),
    "data with XML entities": (["query", "ASK {}", "--data", "laughs.rdf"], r"laughs\.rdf: declares XML entities, .*"),
    "JSON-LD that is nested too deeply": (
        ["query", "ASK {}", "--data", "deep.jsonld"],
        r"deep\.jsonld: cannot be read: it is nested too deeply, or needs too much memory",
    ),
    "Turtle that is nested too deeply": (
        ["query", "ASK {}", "--data", "deep.ttl"],
        r"deep\.ttl: cannot be read: it is nested too deeply, or needs too much memory",
    ),
    "RDF/XML that is nested too deeply": (
        ["query", "ASK {}", "--data", "deep.rdf"],
        r"deep\.rdf: cannot be read: it is nested too deeply",
    ),
    "a query that is nested too deeply": (
        ["query", "deep.rq"],
        r"deep\.rq: cannot be read: it is nested too deeply, or needs too much memory",
    ),
    "a query with too many variables": (
        ["query", "variables.rq"],
        r"variables\.rq: cannot be read(: it is nested too deeply, .*| in 5 seconds: make it smaller, .*)",
    ),
    "a query of more than a mebibyte": (["query", "large.rq"], r"large\.rq: is larger than 1 MiB, as no query is"),
    "a value that is not UTF-8": (["query", "ASK { ?x ?y ?z }", "-p", "x=a\udcff"], r"“a.” is not UTF-8"),
    "a value of the cookbook that is not UTF-8": (
        ["query", "laureates-in-region", "-p", "region=a\udcff"],
        r"“a.” is not UTF-8",
    ),
    "a typed value that is not UTF-8": (["query", "amounts-in-euros", "-p", "edition=\udcff"], r"“.” is not UTF-8"),
    "a query that is not UTF-8": (["query", "ASK {}\n#\udcff"], r"query:2: not UTF-8"),
    "a null character in the name of a file": (["query", "a\0.rq"], r"a .rq: cannot be read \(.*null.*\)"),
    "a name of 100 kB": (["query", "x" * 100_000], r"no query is called “x{79}…” .*"),
    "a file of 100 kB": (["query", "x" * 100_000 + ".rq"], r"x{79}…: cannot be read \(File name too long\)"),
    "a parameter of 100 kB": (["query", "ASK {}", "-p", "x" * 100_000], r"-p x{79}…: write NAME=VALUE"),
    "an unknown parameter of 100 kB": (
        ["query", "laureates-in-region", "-p", "x" * 100_000 + "=1"],
        r"-p x{79}…: “laureates-in-region” has no such parameter .*",
    ),
    "an IRI of 100 kB": (
        ["query", "laureates-in-region", "-p", "region=urn:" + "<" * 100_000],
        r"“urn:<{75}…” is not a valid IRI",
    ),
    "a thing of 100 kB": (["show", "x" * 100_000], r"nothing is called “x{79}…”"),
    "a missing folder to write in": (
        ["query", "ASK {}", "-o", "none/x.csv"],
        r"none/x\.csv: cannot be written \(No such file or directory\)",
    ),
    "a folder to write to": (
        ["query", "ASK {}", "-o", "folder.csv"],
        r"folder\.csv: cannot be written \(Is a directory\)",
    ),
    "a control character in XML": (
        ["query", "SELECT ('\\u0007' AS ?x) {}", "--format", "xml"],
        r"the result has a control character.*",
    ),
    "a control character in RDF/XML": (
        ["query", "CONSTRUCT { <urn:s> <urn:p> '\\u0007' } {}", "--format", "rdf"],
        r"the result has a control character.*",
    ),
    "a property without a name in RDF/XML": (
        ["query", "CONSTRUCT { <urn:s> <http://example.org/1> 1 } {}", "--format", "rdf"],
        r"RDF/XML cannot hold the property <http://example\.org/1>.*: choose ttl, nt or jsonld, or .*",
    ),
    "an unknown thing": (
        ["show", "cachann"],
        r"nothing is called “cachann” \(did you mean laureate:2020/cachan \(“.*”\) or commune:94016 \(“Cachan”\)\?\)",
    ),
    "nothing to show": (["show", ""], r"nothing is called “”"),
    "a name for several things": (
        ["show", "94"],
        r"“94” may be departement:94 \(“Val-de-Marne”\) or region:94 \(“Corse”\)",
    ),
    "an unknown IRI": (["show", "https://example.org/x"], r"nothing is called “https://example\.org/x”"),
    "a path to show": (["show", "../../etc/passwd"], r"nothing is called “\.\./\.\./etc/passwd”"),
    "a space to show": (["show", "a b"], r"nothing is called “a b”"),
    "a tag to show": (["show", "<script>"], r"nothing is called “<script>”.*"),
    "an escape to show": (["show", "\x1b[31m\nx"], r"nothing is called “ \[31m x”.*"),
    "a file to show": (["show", "file:///etc/passwd"], r"nothing is called “file:///etc/passwd”"),
    "a check without project": (
        ["check"],
        r"\.: no project here \(data/context\.jsonld is missing\): run the command in a checkout",
    ),
    "a build without project": (["build"], r"\.: no project here .*"),
    "a template without project": (["new", "laureate"], r"\.: no project here .*"),
    "a template for a path": (["new", "person", "../x"], r"“\.\./x” is no name for a record: .*"),
    "a template for two lines": (["new", "person", "x\ny: z"], r"“x y: z” is no name for a record: .*"),
}


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of them, which is only copied."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "bad.rq").write_text("SELECT *\n{ ?s ?p ]\n", "utf-8")
    (folder / "binary.rq").write_bytes(bytes(range(256)))
    (folder / "latin.rq").write_bytes("ASK {}\n# é".encode("latin-1"))
    (folder / "nul.rq").write_bytes(b"\0\0\0")
    (folder / "latin.ttl").write_bytes('<urn:s> <urn:p> "é" .'.encode("latin-1"))
    for name in ("folder.rq", "folder.ttl", "folder.csv"):
        (folder / name).mkdir()
    for extension in ("ttl", "nt", "nq", "trig"):
        (folder / f"bad.{extension}").write_text("<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> .\n", "utf-8")
    (folder / "bad.jsonld").write_text('{"@id": "urn:s",\n "urn:p" 1}', "utf-8")
    chain = {"t0": "urn:", **{f"t{n + 1}": f"t{n}:a" for n in range(20_000)}}
    (folder / "deep.jsonld").write_text(json.dumps({"@context": chain, "t20000": 1}), "utf-8")
    (folder / "deep.ttl").write_text("<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> " * 30_000 + "1" + " )>>" * 30_000 + ".")
    levels = "<x:A><x:p>" * 40_000 + "</x:p></x:A>" * 40_000
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    (folder / "deep.rdf").write_text(f'<r:RDF xmlns:r="{rdf}" xmlns:x="urn:x:">{levels}</r:RDF>', "utf-8")
    (folder / "deep.rq").write_text(f"ASK {{ FILTER({'(' * 100_000}1{')' * 100_000}) }}", "utf-8")
    variables = " ".join(f"?v{number} ?p ?o ." for number in range(60_000))
    (folder / "variables.rq").write_text(f"SELECT * {{ {variables} }}", "utf-8")
    (folder / "large.rq").write_text("ASK {}" + " " * (1 << 20), "utf-8")
    (folder / "laughs.rdf").write_text('<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>', "utf-8")
    (folder / "bad.rdf").write_text("<rdf>\n<x:y/></rdf>", "utf-8")
    return folder


@pytest.fixture
def desk(bad_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with bad files and no project, in which the test stands."""
    shutil.copytree(bad_files, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("desk")
def test_a_long_query_and_a_large_file_that_are_plain_are_answered(run: Run) -> None:
    values = " ".join(f"({number})" for number in range(5000))
    Path("long.rq").write_text(f"SELECT (COUNT(*) AS ?n) {{ VALUES (?x) {{ {values} }} }}", "utf-8")
    assert run("query", "long.rq", "--format", "csv").stdout.split() == ["n", "5000"]
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    many = '<x:A><x:p r:resource="urn:o"/></x:A>' * 2000
    Path("large.rdf").write_text(f'<r:RDF xmlns:r="{rdf}" xmlns:x="urn:x:">{many}</r:RDF>', "utf-8")
    counted = run(
        "query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--data", "large.rdf", "--only-data", "--format", "csv"
    )
    assert counted.stdout.split() == ["n", "4000"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_one_sentence(run: Run, mistake: str) -> None:
    args, expected = MISTAKES[mistake]
    answer = sentence(run(*args))
    assert re.search(expected, answer)
    assert len(answer) < 260


@pytest.mark.slow
def test_a_query_never_touches_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        place = f"<http://127.0.0.1:{server.getsockname()[1]}/>"
        for query in (
            f"SELECT * {{ SERVICE {place} {{ ?s ?p ?o }} }}",
            f"SELECT * {{ ?s ?p ?o .SERVICE SILENT{place}{{ ?s ?p ?o }} }}",
            f"PREFIX : {place} ASK {{ SERVICESILENT:x {{ ?s ?p ?o }} }}",
            f"ASK {{ # \nservice?x {{ }} BIND({place} AS ?x) }}",
            f"SELECT * FROM {place} {{ ?s ?p ?o }}",
            f"LOAD {place}",
        ):
            process("query", query)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { BIND('SERVICE <x> {}' AS ?service) } # SERVICE",
        'SELECT ?service { BIND("""SERVICE " "" {}""" AS ?service) }',
        "SELECT ?x { BIND(tp:service AS ?x) }",
        "SELECT ?x { BIND(<urn:service> AS ?x) }",
        "SELECT ?from { BIND('a FROM b'@en-service AS ?from) }",
    ],
)
def test_service_may_be_a_name_or_a_text(run: Run, query: str) -> None:
    assert len(run("query", query).stdout.splitlines()) == 2


# --- the ends of a process


@pytest.mark.slow
def test_ctrl_c_ends_a_query_at_once() -> None:
    """Whatever the engine is at: a shell tells 130."""
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    command = [sys.executable, "-m", "trophees", "query", runaway]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as query:
        time.sleep(2)
        assert query.poll() is None
        query.send_signal(signal.SIGINT)
        out, err = query.communicate(timeout=5)
    assert (query.returncode, out, err) == (-signal.SIGINT, b"", b"")


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["head -0", "head -1", "true"])
def test_a_reader_that_has_enough_is_no_mistake(tmp_path: Path, reader: str) -> None:
    noise = tmp_path / "stderr"
    command = f"'{sys.executable}' -m trophees query '{EVERYTHING}' 2>'{noise}' | {reader}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60, check=True)
    assert done.stderr == noise.read_bytes() == b""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("query - <&-", "standard input is closed: give the query or its file"),
        ("query 'ASK {}' >&-", "standard output is closed: give -o FILE"),
        ("query 'ASK {}' >/dev/full", "standard output: No space left on device"),
        (f"query '{EVERYTHING}' >/dev/full", "standard output: No space left on device"),
        ("queries >/dev/full", "standard output: No space left on device"),
    ],
)
def test_a_stream_that_fails_is_answered_in_one_sentence(command: str, expected: str) -> None:
    shell = ["sh", "-c", f"'{sys.executable}' -m trophees {command}"]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(shell, capture_output=True, timeout=60, env=buffered)
    assert (done.returncode, done.stderr.decode()) == (2, f"trophees: {expected}\n")


ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "command"),
    [
        (0, ["query", SELECT, "--format", "table"]),
        (0, ["query", "SELECT ?l { ?s skos:prefLabel ?l }"]),
        (0, ["queries", "--lang", "fr"]),
        (0, ["show", "cachan", "--lang", "fr"]),
        (0, ["new", "laureate", "--lang", "fr"]),
        (2, ["query", "é"]),
        (2, ["show", "élan\udcff"]),
    ],
)
def test_an_ascii_locale_is_enough(project: Project, code: int, command: list[str]) -> None:
    done = process(*command, cwd=project.root, env={**os.environ, **ASCII})
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert bool(done.stdout) == (code == 0)


# --- show


@pytest.mark.parametrize("name", ["cachan", "laureate:2020/cachan", "laureate/2020/cachan", CACHAN])
def test_a_thing_is_shown_by_its_slug_its_compact_iri_its_path_or_its_iri(run: Run, name: str) -> None:
    result = run("show", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Let's talk about Cachan together!\n<{CACHAN}>\n")


def test_a_fact_is_shown_with_its_evidence_in_the_readers_language(run: Run) -> None:
    french, english = (run("show", "cachan", "--lang", language).stdout for language in ("fr", "en"))
    assert "[imprimé sous " in french
    assert "[printed under " in english
    assert "Parlons ensemble de Cachan !" in french
    assert "Let's talk" not in french


def test_what_cites_a_thing_is_shown_after_it(run: Run) -> None:
    assert f"<{CACHAN}>" in run("show", "commune:94016").stdout.partition("Cited by:")[2]


def test_every_laureate_can_be_shown_by_its_slug(run: Run, project: Project) -> None:
    slugs = sorted(path.stem for path in (project.root / "data/laureate/2020").glob("*.yaml"))
    assert len(slugs) == 40
    for slug in slugs[::5]:
        assert f"<{BASE}laureate/2020/{slug}>" in run("show", slug).stdout


# --- new

LAST = max(path.stem for path in (Path(__file__).parents[1] / "data/edition").glob("*.yaml"))  # a new one is of it
FOLDERS = {
    "laureate": f"laureate/{LAST}",
    "organisation": "organisation",
    "person": "person",
    "place": "territory/other",
}


@pytest.fixture
def template(run: Run, project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.chdir(project.root)
    return lambda *args: run("new", *args).stdout


def uncommented(text: str) -> str:
    """The template with the lines of its keys filled in, and the explanations left as comments."""
    return re.sub(r"^# (\s*)((-)|([^\W\d]\w*:).*)$", r"\1\3\4", text, flags=re.MULTILINE)


@pytest.mark.parametrize("kind", FOLDERS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_template_says_its_name_and_its_type_and_no_more(
    template: Callable[..., str], project: Project, kind: str, language: str
) -> None:
    text = template(kind, "essai", "--lang", language)
    record = read(text.encode(), f"{FOLDERS[kind]}/essai.yaml", project.context)
    assert record.problems == []
    assert len(record.statements) == 1
    assert [line.partition(":")[0] for line in text.splitlines() if not line.startswith("#")] == ["id", "type"]


@pytest.mark.parametrize("kind", FOLDERS)
def test_every_key_of_a_template_is_a_key_of_the_context(
    template: Callable[..., str], project: Project, kind: str
) -> None:
    text = uncommented(template(kind, "essai"))
    keys = set(re.findall(r"^\s*(\w+):", text, re.MULTILINE)) - {"id", "type", "fr", "en"}
    assert keys <= project.context.terms.keys()
    assert len(keys) >= 5
    record = read(text.encode(), f"{FOLDERS[kind]}/essai.yaml", project.context)
    assert {p.rule for p in record.problems} == {"source:empty"}


def test_a_template_that_is_filled_in_is_a_right_record(run: Run, copy: Path) -> None:
    text = run("new", "person", "zoe").stdout
    for key, value in {
        "selon": "src:report-2020",
        "libellé": "",
        "  fr": "Zoé Ba",
        "  en": "Zoé Ba",
        "prénom": "Zoé",
        "nom": "Ba",
    }.items():
        text = text.replace(f"# {key}:\n", f"{key}: {value}\n", 1)
    (copy / "data/person/zoe.yaml").write_text(text, "utf-8")
    result = run("check", "data/person/zoe.yaml")
    assert (result.exit_code, result.stdout) == (0, "")


# --- check


@pytest.fixture
def broken(copy: Path) -> Path:
    """A record with an error of reading, one of the shapes, and a hostile value."""
    path = copy / "data/laureate/2020/cachan.yaml"
    text = path.read_text("utf-8").replace("étoiles: 4", "étoiles: 5").replace("ordre: 1\n", "ordre: 01\n")
    path.write_text(text.replace("  fr: Parlons", '  de: "a,b::%0A\\n\\"<x>"\n  fr: Parlons'), "utf-8")
    return path


@pytest.mark.slow
def test_all_records_are_right(run: Run, copy: Path) -> None:
    result = run("check")
    count = len(list((copy / "data").rglob("*.yaml")))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{count} records, no problems\n")


@pytest.mark.slow
@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("files", [[], ["data/laureate/2020/cachan.yaml"]], ids=["all", "one"])
def test_each_problem_is_a_line_with_its_place(run: Run, files: list[str]) -> None:
    result = run("check", "--engine", "fast", *files, "--lang", "fr")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    pattern = r"data/laureate/2020/cachan\.yaml:\d+:\d+: erreur: .+ \[(source|shapes):[a-z-]+\]"
    assert all(re.fullmatch(pattern, line) for line in lines)
    assert [line for line in lines if ":5:10: erreur: étoiles — " in line and "« 5 »" in line]
    assert [line for line in lines if ":4:8: " in line and "[source:ambiguous]" in line]
    assert result.stderr.endswith(f"{len(lines)} problèmes\n")


def test_a_file_is_named_from_the_project_wherever_the_command_is_run(
    run: Run, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    assert run("check", "cachan.yaml").stdout.startswith("data/laureate/2020/cachan.yaml:")
    monkeypatch.chdir("/")
    assert run("check", broken).stdout.startswith("data/laureate/2020/cachan.yaml:")


@pytest.mark.slow
@pytest.mark.usefixtures("broken")
def test_tools_get_the_same_problems_in_their_formats(run: Run) -> None:
    path = "data/laureate/2020/cachan.yaml"
    forms = ("text", "json", "sarif", "github", "ttl")
    outputs = {form: run("check", path, "--format", form, "--lang", "fr") for form in forms}
    assert {result.exit_code for result in outputs.values()} == {1}
    lines = outputs["text"].stdout.splitlines()
    problems = json.loads(outputs["json"].stdout)
    assert [f"{p['path']}:{p['line']}:{p['column']}" for p in problems] == [line.split(": ")[0] for line in lines]
    assert all(p["messages"].keys() == {"fr", "en"} for p in problems)
    run_ = json.loads(outputs["sarif"].stdout)["runs"][0]
    assert [r["message"]["text"] for r in run_["results"]] == [p["messages"]["fr"] for p in problems]
    assert [run_["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run_["results"]] == [
        p["rule"] for p in problems
    ]
    notes = outputs["github"].stdout.splitlines()
    assert len(notes) == len(problems)
    assert all(re.fullmatch(rf"::error file={path},line=\d+,col=\d+,title=[\w%-]+::.+", note) for note in notes)
    quads = list(parse(outputs["ttl"].stdout, format=RdfFormat.TURTLE))
    results = [q for q in quads if q.predicate.value.endswith("#result")]
    assert len(results) == len(problems)


@pytest.mark.slow
def test_without_problems_tools_get_an_empty_report(run: Run, copy: Path) -> None:
    path = copy / "data/person/anaelle-baes.yaml"
    assert json.loads(run("check", path, "--format", "json").stdout) == []
    assert json.loads(run("check", path, "--format", "sarif").stdout)["runs"][0]["results"] == []
    assert run("check", path, "--format", "github").stdout == ""
    quads = list(parse(run("check", path, "--format", "ttl").stdout, format=RdfFormat.TURTLE))
    assert [q.object.value for q in quads if q.predicate.value.endswith("#conforms")] == ["true"]


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("args", "env", "word"),
    [
        (["--lang", "fr"], {"LANG": "en_GB.UTF-8"}, "erreur"),
        (["--lang", "en"], {"LANG": "fr_FR.UTF-8"}, "error"),
        ([], {"LANG": "fr_FR.UTF-8"}, "erreur"),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "fr_CA.UTF-8"}, "erreur"),
        ([], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr"}, "erreur"),
        ([], {"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "error"),
        ([], {"LANG": "de_DE.UTF-8"}, "error"),
        ([], {"LANG": ""}, "error"),
    ],
)
def test_messages_are_in_the_language_asked_for_or_in_the_locales(
    run: Run, args: list[str], env: dict[str, str], word: str
) -> None:
    result = run("check", "data/laureate/2020/cachan.yaml", *args, env=env)
    assert f": {word}: " in result.stdout.splitlines()[0]


def test_a_new_file_is_checked_and_may_be_referred_to(run: Run, copy: Path) -> None:
    new = copy / "data/organisation/nouvelle.yaml"
    text = (
        (copy / "data/organisation/comidee.yaml")
        .read_text("utf-8")
        .replace("organisation:comidee", "organisation:nouvelle")
    )
    new.write_text(text, "utf-8")
    assert run("check", new).exit_code == 0
    cachan = copy / "data/laureate/2020/cachan.yaml"
    cachan.write_text(cachan.read_text("utf-8").replace("organisation:caue-94", "organisation:nouvelle"), "utf-8")
    assert run("check", new, cachan).stderr == "2 records, no problems\n"
    new.unlink()
    assert "[shapes:" in run("check", cachan).stdout


def test_a_value_cannot_forge_a_line_of_the_report_nor_drive_the_terminal(run: Run, copy: Path) -> None:
    path = copy / "data/person/zoe.yaml"
    path.write_text('id: "x\\ndata/x.yaml:1:1: error: \\e[31m"\ntype: Personne\n', "utf-8")
    lines = run("check", path).stdout.splitlines()
    assert all(line.startswith("data/person/zoe.yaml:") for line in lines)
    assert not any("\x1b" in line for line in lines)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/missing.yaml", "data/missing.yaml: cannot be read (No such file or directory)"),
        ("README.yaml", "README.yaml: a record stands under "),
        ("data", "data: a record is a .yaml file"),
        ("data/context.jsonld", "data/context.jsonld: a record is a .yaml file"),
    ],
)
def test_a_file_that_is_no_record_is_refused_in_one_sentence(run: Run, copy: Path, path: str, expected: str) -> None:
    (copy / "README.yaml").write_text("id: x\n", "utf-8")
    assert expected in sentence(run("check", path))


@pytest.mark.slow
def test_a_record_that_cannot_be_read_is_refused_before_anything_is_built(run: Run, broken: Path) -> None:
    result = run("build", "--engine", "fast")
    assert result.exit_code == 1
    assert all(line.startswith("data/laureate/2020/cachan.yaml:") for line in result.stderr.splitlines())
    assert not (broken.parents[3] / "publish").exists()
