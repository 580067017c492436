"""A worker can open no module any more: what it imports while it answers is there before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from serving.conftest import TRIG

# answers as a worker does, and tells which files are opened and which modules are looked for meanwhile
WORKER = """
import json, sys
from pathlib import Path
from trophees.ask import cookbook
from trophees.base.context import Context
from trophees.graph import published
from trophees.serve.backend import ahead, process
from trophees.serve.backend.message import Job
from trophees.serve.backend.worker import evaluate

trig, made = sys.argv[1:]
store, context = published.store(trig), Context(published.text("context.jsonld"))
queries = json.load(sys.stdin) or [cookbook.standalone(q, "en", context) for q in cookbook.queries().values()]
if made == "ahead":
    ahead.load("trophees")
told, watching = set(), True
def watch(event, arguments):
    if watching and event in ("import", "open"):
        told.add(f"{event} {arguments[0]}")
sys.addaudithook(watch)
statuses = []
for query in queries:
    for asked in ("json", "ttl", "br"), ("xml", "nt", "gzip"), ("csv", "jsonld", ""), ("tsv", "rdf", ""):
        data, answer = evaluate(store, context, Job(query, None, None, *asked, "http://localhost/sparql"))
        statuses.append(answer(len(data), False).status)
watching = False
print(json.dumps([statuses, sorted(told)]))
"""
ASKED = (
    "SELECT * { ?s ?p ?o } LIMIT 100",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 100",
    "CONSTRUCT { ?s <urn:1> ?o } WHERE { ?s ?p ?o } LIMIT 1",
    "DESCRIBE laureate:2020\\/cachan",
    "ASK { ?s tp:value 130000 }",
    # empty, for each kind of reason
    "SELECT ?l { ?l tp:inDepartment departement:59 }",
    "SELECT ?l { ?l a tp:Winner }",
    "SELECT ?l { ?l skos:prefLabel 'Nord' ; igeo:codeINSEE 94 }",
    "SELECT ?l { GRAPH ?g { ?l a tp:Laureate ; tp:indicator ?i . ?i a tp:Indicator ; tp:value ?v } }",
    "SELECT ?l { ?l tp:stars 4 FILTER(?l = 'x' && REGEX(STR(?l), '^a', 'i')) }",
    "SELECT ?l { ?l tp:usesTool/skos:broader* tool:numerik }",
    "ASK { laureate:2020\\/cachin ?p ?o }",
    # mistakes
    "SELECT ?l { ?l a laureate:2020/cachan }",
    "SELECT ?l, ?s { ?l a ?s }",
    "SELECT ?l { ?l nope:x ?y }",
    "SELECT ?l { ?l a ?s",
    "SELECT ?s (COUNT(?l) AS ?n) { ?l a ?s }",
    "SELECT ?l { ?l a ?s ?l a ?t }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "SELECT (REPLACE(STR(xsd:decimal(1e6)), '(0)', '$1x') AS ?x) (REGEX('a', '\\\\p{IsGreek}') AS ?y) {}",
    "CONSTRUCT { ?s ?p [ ?p ?o ] } WHERE { ?s ?p ?o } LIMIT 3",
    "SELECT * { ?s ?p e:a.b.c . }",
    "SELECT (STRLANG('é', 'fr') AS ?x) (REPLACE('a', 'a(', 'b') AS ?y) { }",
    "é",
)


def told(queries: tuple[str, ...], how: str) -> tuple[list[int], list[str]]:
    """The statuses of answers to `queries`, and what was opened for them."""
    command = [sys.executable, "-c", WORKER, str(TRIG), how]
    done = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    statuses, opened = json.loads(done.stdout)
    return statuses, opened


@pytest.mark.slow
def test_a_worker_imports_and_opens_nothing_while_it_answers() -> None:
    statuses, opened = told(ASKED, "ahead")
    assert opened == []
    assert {200, 400} <= set(statuses)


@pytest.mark.slow
def test_no_query_of_the_cookbook_makes_a_worker_import_anything() -> None:
    statuses, opened = told((), "ahead")
    assert (set(statuses), opened) == ({200}, [])


def test_an_import_that_is_left_out_is_noticed() -> None:
    _, opened = told(ASKED[2:3], "late")
    assert "import trophees.base.rdf_xml" in opened


def test_what_functions_import_is_imported_and_so_is_what_that_puts_off(tmp_path: Path) -> None:
    package = tmp_path / "late"
    package.mkdir()
    for name, text in {
        "__init__": "",
        "first": "def f():\n    import not_installed\n    import colorsys\n    from late import second, name_of_none",
        "second": "async def g():\n    if g:\n        from late.third import value",
        "third": "value = 1",
        "never": "",
    }.items():
        (package / f"{name}.py").write_text(text, "utf-8")
    code = (
        "import sys, late.first; from trophees.serve.backend import ahead; ahead.load('late');"
        "print(*sorted(n for n in sys.modules if n == 'colorsys' or n.startswith('late')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["colorsys", "late", "late.first", "late.second", "late.third"], done.stderr
