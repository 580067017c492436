"""Each file of accepted/ is a right record; together they say all that records may, at the bounds of what is right."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib import RDFS, SH, URIRef
from rdflib.term import Node

from trophees.base.context import Context
from trophees.base.namespaces import RDF_TYPE
from trophees.check.records import check
from trophees.check.report import line
from trophees.check.whole import Whole
from trophees.release.checkout import Project
from trophees.source.record import Record
from trophees.source.yaml_ld import read

FOLDER = Path(__file__).parent / "accepted"
ACCEPTED = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def accepted(name: str, context: Context) -> Record:
    """The record of one file, at the path that its first line gives."""
    data = (FOLDER / f"{name}.yaml").read_bytes()
    return read(data, data.decode().split()[1].removeprefix("data/"), context)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_right_record_has_no_problem(
    name: str, project: Project, whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    record = accepted(name, project.context)
    assert [line(p, "fr") for p in check([record], whole, shapes, ontology, project.context)] == []


def test_every_key_of_every_kind_is_in_a_right_record(
    project: Project, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    said: set[tuple[Node, str]] = set()
    for record in (accepted(name, project.context) for name in ACCEPTED):
        kinds: dict[NamedNode | Literal, set[Node]] = {}
        for s in record.statements:
            if s.predicate == RDF_TYPE:
                for above in ontology.transitive_objects(URIRef(s.object.value), RDFS.subClassOf):
                    kinds.setdefault(s.subject, set()).update(shapes.subjects(SH.targetClass, above))
            led = shapes.subjects(SH.targetObjectsOf, URIRef(s.predicate.value))
            kinds.setdefault(s.object, set()).update(led)
        said |= {(kind, s.predicate.value) for s in record.statements for kind in kinds[s.subject]}
    properties = [(kind, p) for kind in shapes.subjects(SH.closed) for p in shapes.objects(kind, SH.property)]
    assert {(kind, str(shapes.value(p, SH.path))) for kind, p in properties} - said == set()
