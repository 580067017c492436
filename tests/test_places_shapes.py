"""The shapes of the reference of places: a département respects them, and each of their constraints can be broken."""

from __future__ import annotations

from collections.abc import Container, Iterable

import pytest
import rdflib
from pyoxigraph import RdfFormat, Triple, parse
from pyshacl import validate
from rdflib import RDF, SH

from test_errors import constraints
from trophees.base.rdflib_terms import triple, triple_back
from trophees.check.shacl import SHAPES, PyShacl, shapes_graph
from trophees.graph.territories import PREFIXES, TERRITORY, Statement, lines, statements
from trophees.places import place, reference
from trophees.places.iris import iri
from trophees.places.tables import rows
from trophees.release.checkout import Project

pytestmark = pytest.mark.xdist_group("places_shapes")
NAMESPACES = {
    **{prefix: rdflib.URIRef(namespace) for prefix, namespace in PREFIXES.items()},
    "": rdflib.URIRef(TERRITORY),
}
COMMUNE, RECORD = "<commune/14712>", "<commune/14712#since-2017-01-01>"
EVENT = "<commune/14712#event-2017-01-01-merger-commune-14712>"
MEMBER, COUNT = "<epci/200065597#member-14712>", "<commune/14712#population-2023>"
KIND = "<../graph/places#merger>"
# what a graph says besides or instead, and what it breaks by that: the shape and the component, in their order
BROKEN = [
    (f"DELETE WHERE {{ {COMMUNE} igeo:codeINSEE ?c }}", "code MinCount"),
    (f'INSERT DATA {{ {COMMUNE} igeo:codeINSEE "14713" }}', "code MaxCount"),
    (f'INSERT DATA {{ {COMMUNE} igeo:codeINSEE "14-712" }}', "code MaxCount, code Pattern"),
    (f"INSERT DATA {{ {COMMUNE} igeo:codeINSEE 14712 }}", "code Datatype, code MaxCount"),
    (f"DELETE WHERE {{ {COMMUNE} igeo:nom ?n }}", "name MinCount"),
    (f'INSERT DATA {{ {COMMUNE} igeo:nom "" }}', "name MaxCount, name MinLength"),
    (f'INSERT DATA {{ {COMMUNE} igeo:nom "Troarn"@fr }}', "name Datatype, name MaxCount"),
    (f"DELETE WHERE {{ {COMMUNE} skos:prefLabel ?l }}", "label MinCount"),
    (f'INSERT DATA {{ {COMMUNE} skos:prefLabel "Troarn"@en }}', "label LanguageIn, label MaxCount"),
    (f'INSERT DATA {{ {COMMUNE} skos:altLabel "Troarn"@fr }}', "former-name Disjoint"),
    (f'INSERT DATA {{ {COMMUNE} skos:altLabel "Troarn" }}', "former-name LanguageIn"),
    (f"INSERT DATA {{ {COMMUNE} igeo:subdivisionDe <departement/99> }}", "inside Class"),
    (f"INSERT DATA {{ {COMMUNE} tp:population <commune/14712#population> }}", "population Class, population MaxCount"),
    (
        f'INSERT DATA {{ {COMMUNE} dcat:centroid "POINT(0.1 49.1)" }}',
        "centroid Datatype, centroid MaxCount, centroid Pattern",
    ),
    (f'INSERT DATA {{ {COMMUNE} schema:postalCode "1467O" }}', "postal-code Pattern"),
    (f'INSERT DATA {{ {COMMUNE} schema:postalCode "14670"@fr }}', "postal-code Datatype"),
    (f"INSERT DATA {{ {COMMUNE} skos:exactMatch <commune/14666> }}", "same Pattern"),
    (f'INSERT DATA {{ {COMMUNE} skos:exactMatch "http://id.insee.fr/geo/commune/14712" }}', "same NodeKind"),
    (f"INSERT DATA {{ {RECORD} prov:specializationOf <commune/14666> }}", "record-of MaxCount"),
    ("INSERT DATA { <urn:x:r> prov:specializationOf <commune/none> ; igeo:nom 'x' }", "record-of Class"),
    (f"INSERT DATA {{ {RECORD} igeo:creation <#none> }}", "record-begins Class, record-begins MaxCount"),
    (f"INSERT DATA {{ {RECORD} igeo:suppression <#none> }}", "record-ends Class, record-ends MaxCount"),
    (
        f"DELETE {{ ?e igeo:date ?d }} INSERT {{ ?e igeo:date '2017-01-01'^^xsd:date }}"
        f" WHERE {{ {RECORD} igeo:suppression ?e . ?e igeo:date ?d }}",
        "PlaceRecord SPARQL",
    ),
    (f"DELETE WHERE {{ {EVENT} igeo:date ?d }}", "event-date MinCount"),
    (f"INSERT DATA {{ {EVENT} igeo:date '2016-02-30'^^xsd:date }}", "event-date Datatype, event-date MaxCount"),
    (f"INSERT DATA {{ {EVENT} dcterms:date '2016-01-01/2017-01-01' }}", "event-interval Datatype"),
    (
        f"INSERT DATA {{ {EVENT} dcterms:date '2016'^^<{NAMESPACES['xsd']}gYear>,"
        " '../2017-01-01'^^<http://id.loc.gov/datatypes/edtf/EDTF> }",
        "event-interval Datatype, event-interval MaxCount, event-interval Pattern",
    ),
    (f"INSERT DATA {{ {EVENT} dcterms:type <#none> }}", "event-kind Class, event-kind MaxCount"),
    (f"INSERT DATA {{ {EVENT} event:factor <commune/none> }}", "event-from Class, event-from MaxCount"),
    (f"INSERT DATA {{ {EVENT} event:product <commune/none> }}", "event-to Class, event-to MaxCount"),
    (f"DELETE WHERE {{ {MEMBER} tp:memberCommune ?c }}", "member-commune MinCount"),
    (f"INSERT DATA {{ {MEMBER} tp:memberCommune <region/28> }}", "member-commune Class, member-commune MaxCount"),
    (f"DELETE WHERE {{ {MEMBER} tp:memberOf ?c }}", "member-of MinCount"),
    (f"INSERT DATA {{ {MEMBER} tp:memberOf <region/28> }}", "member-of Class, member-of MaxCount"),
    (f"DELETE WHERE {{ {MEMBER} tp:validOn ?d }}", "member-valid MinCount"),
    (f"INSERT DATA {{ {MEMBER} tp:validOn '2026-01-08'^^xsd:date }}", "member-valid Pattern"),
    (f"INSERT DATA {{ {MEMBER} tp:validOn '2027-01-01' }}", "member-valid Datatype"),
    (f"DELETE WHERE {{ {COUNT} tp:populationKind ?k }}", "population-kind MinCount"),
    (f"INSERT DATA {{ {COUNT} tp:populationKind <#other> }}", "population-kind In, population-kind MaxCount"),
    (f"DELETE WHERE {{ {COUNT} tp:inhabitants ?n }}", "inhabitants MinCount"),
    (f"INSERT DATA {{ {COUNT} tp:inhabitants -1 }}", "inhabitants MaxCount, inhabitants MinInclusive"),
    (f"INSERT DATA {{ {COUNT} tp:inhabitants 1.5 }}", "inhabitants Datatype, inhabitants MaxCount"),
    (f"INSERT DATA {{ {COUNT} tp:populationYear 2023 }}", "population-year Datatype, population-year MaxCount"),
    (f"DELETE DATA {{ {KIND} skos:prefLabel 'merger'@en }}", "event-kind-label MinCount"),
    (f"INSERT DATA {{ {KIND} skos:prefLabel 'Fusion'@de }}", "event-kind-label LanguageIn"),
    (f"INSERT DATA {{ {KIND} skos:prefLabel 'union'@en }}", "event-kind-label UniqueLang"),
]


def sample(wanted: Container[str]) -> list[Triple]:
    """What is said of the territories `wanted` and of their parts, and the classes of what that leads to."""
    said: list[Statement] = []
    classes: list[Statement] = []
    for one in statements():
        _, subject, name, _ = one
        if subject[1:-1].partition("#")[0] in wanted or not subject.startswith("<" + TERRITORY):
            said.append(one)
        elif name == "rdf:type":
            classes.append(one)
    led = {value for *_, value in said}
    said += [one for one in classes if one[1] in led]
    return [quad.triple for quad in parse(b"".join(lines(said)), format=RdfFormat.N_QUADS)]


def county(code: str) -> set[str]:
    """The territories of a département: it, its communes and their parts, its arrondissements, régions and EPCI."""
    found = {iri(p.kind, p.code) for p in reference.places() if reference.departement(p.of or p.code) == code}
    found |= {iri(place.REGION, region) for inside, region, *_ in rows("regions") if inside == code}
    found |= {iri(place.EPCI, epci) for commune, epci, *_ in rows("members") if commune.startswith(code)}
    return found | {iri(place.DEPARTEMENT, code)}


def broken(data: Iterable[Triple], shapes: rdflib.Graph, wanted: Container[str]) -> list[str]:
    """What of the shapes the subjects `wanted`, and what else is not among the territories, break."""
    found = PyShacl(shapes).validate(data)
    return sorted(
        f"{f.shape.removeprefix(SHAPES).removeprefix('place-')} "
        f"{f.component.removeprefix(str(SH)).removesuffix('ConstraintComponent')}"
        for f in found
        if (owner := str(f.focus.value).partition("#")[0]) in wanted or not owner.startswith(TERRITORY)
    )


@pytest.fixture(scope="module")
def shapes(project: Project) -> rdflib.Graph:
    return shapes_graph([project.places_shapes()])


@pytest.fixture(scope="module")
def few() -> tuple[set[str], list[Triple]]:
    """A commune that was merged, and was a commune again, with what is around it."""
    wanted = {TERRITORY + name for name in ("commune/14712", "commune/14666", "epci/200065597", "region/28")}
    return wanted, sample(wanted)


def test_the_shapes_are_shapes_according_to_shacl_itself(shapes: rdflib.Graph) -> None:
    conforms, _, text = validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


@pytest.mark.slow
def test_a_departement_and_what_it_is_in_respects_the_shapes(shapes: rdflib.Graph) -> None:
    wanted = county("14")
    assert len(wanted) > 900
    data = sample(wanted)
    assert len(data) > 25_000
    assert broken(data, shapes, wanted) == []


@pytest.mark.slow
@pytest.mark.parametrize(("update", "told"), BROKEN, ids=[f"{n}: {told}" for n, (_, told) in enumerate(BROKEN)])
def test_what_breaks_a_constraint_is_found(
    update: str, told: str, few: tuple[set[str], list[Triple]], shapes: rdflib.Graph
) -> None:
    wanted, data = few
    graph = rdflib.Graph()
    for one in data:
        graph.add(triple(one))
    before = len(graph), hash(frozenset(graph))
    graph.update(f"BASE <{TERRITORY}>\n{update}", initNs=NAMESPACES)
    assert (len(graph), hash(frozenset(graph))) != before
    assert ", ".join(broken(map(triple_back, graph), shapes, wanted)) == told


def test_every_constraint_of_every_shape_is_broken_by_some_graph(shapes: rdflib.Graph) -> None:
    kinds = set(shapes.subjects(RDF.type, SH.NodeShape))
    every = {
        f"{str(shape).removeprefix(SHAPES).removeprefix('place-')} "
        f"{str(component).removeprefix(str(SH)).removesuffix('ConstraintComponent')}"
        for shape in kinds | {shape for kind in kinds for shape in shapes.objects(kind, SH.property)}
        for component in constraints(shapes, shape)
    }
    assert len(every) > 60
    assert {one for _, told in BROKEN for one in told.split(", ")} == every
