"""A Linked Data Event Stream (LDES 1.0, TREE) of static files: each version of each subject, as releases came.

A member is a version of a subject: what every named graph says of it, in that graph, with the IRI of the version for
its own; in the default graph stand whose version it is, and when it came. One that ceased to be has a last version that
says so. The pages of former releases never change. Pages are named by where they stand, so any host will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from trophees.base.context import Context
from trophees.base.namespaces import BASE, DCTERMS, RDF_TYPE, XSD
from trophees.changes.names import plain
from trophees.changes.statements import quads
from trophees.publish.feeds.history import Step
from trophees.publish.turtle import encode

FOLDER = "ldes/"
_NODE = "stream.trig"
ROOT = FOLDER + _NODE
STREAM = BASE + ROOT + "#stream"
MEMBERS = 400  # of a page
_DELETE = NamedNode("https://www.w3.org/ns/activitystreams#Delete")
_VERSION_OF, _CREATED = NamedNode(DCTERMS + "isVersionOf"), NamedNode(DCTERMS + "created")
_MEMBER = NamedNode("https://w3id.org/tree#member")
_HEAD = """@prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ldes: <https://w3id.org/ldes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix tree: <https://w3id.org/tree#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""


def files(steps: Sequence[Step], context: Context, licence: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The pages, then the node from which they are found."""
    relations: list[str] = []
    for step in steps:
        members = list(_members(step))
        for number, start in enumerate(range(0, len(members), MEMBERS), 1):
            name = f"{step.version}/{number:03}.trig"
            yield FOLDER + name, [_page(name, step, members[start : start + MEMBERS], context)]
            relations += _relations(name, step.moment)
    yield ROOT, [_root(steps, relations, licence)]


def _members(step: Step) -> Iterator[tuple[str, list[Quad]]]:
    """The subjects that a release changed, each with all that it says of them: nothing, if it does no more."""
    changed = {line.partition(b" ")[0] for lines in (step.found.removed, step.found.added) for line in lines}
    now = {
        subject: list(lines)
        for subject, lines in groupby(step.new, lambda line: line.partition(b" ")[0])
        if subject in changed
    }
    for subject in sorted(changed):
        yield subject.decode()[1:-1], quads(now.get(subject, []))


def _page(name: str, step: Step, members: Iterable[tuple[str, list[Quad]]], context: Context) -> bytes:
    space = f"{BASE}{FOLDER}{name}#"
    short = Context(context.document, {**context.prefixes, "version": space})
    said: list[Quad] = []
    moment = Literal(step.moment, datatype=NamedNode(XSD + "dateTime"))
    names: list[NamedNode] = []
    for subject, statements in members:
        member = NamedNode(f"{space}{quote(subject.removeprefix(BASE), safe='/')}")
        names.append(member)
        said += [Quad(member, _VERSION_OF, NamedNode(subject)), Quad(member, _CREATED, moment)]
        said += [] if statements else [Quad(member, RDF_TYPE, _DELETE)]
        said += [Quad(member, quad.predicate, quad.object, quad.graph_name) for quad in statements]
    said += [Quad(NamedNode(STREAM), _MEMBER, member) for member in names]
    said.sort(key=lambda quad: (plain(quad.graph_name), str(quad)))
    head = f"<> a tree:Node{' ; ldes:immutable true' * (not step.current)} .\n<{STREAM}> tree:view <../{_NODE}> .\n"
    return _HEAD.encode() + head.encode() + encode(said, RdfFormat.TRIG, short)


def _relations(name: str, moment: str) -> Iterator[str]:
    for side, kind in (("from", "GreaterThanOrEqualTo"), ("to", "LessThanOrEqualTo")):
        yield (
            f"<#{name}-{side}> a tree:{kind}Relation ; tree:path dcterms:created ;\n"
            f'\ttree:value "{moment}"^^xsd:dateTime ; tree:node <{name}> .\n'
        )


def _root(steps: Sequence[Step], relations: Sequence[str], licence: str) -> bytes:
    nodes = " , ".join(relation.partition(" ")[0] for relation in relations)
    return (
        _HEAD
        + f"""<{STREAM}> a ldes:EventStream ;
	dcterms:title "Les versions de tout ce que dit le graphe"@fr , "The versions of all that the graph says"@en ;
	dcterms:license <{licence}> ;
	ldes:timestampPath dcterms:created ;
	ldes:versionOfPath dcterms:isVersionOf ;
	ldes:versionDeletePath rdf:type ;
	ldes:versionDeleteObject as:Delete ;
	tree:view <> .
<> a tree:Node ;
	tree:viewDescription <#view> ;
	tree:relation {nodes} .
<#view> a tree:ViewDescription ;
	ldes:retentionPolicy <#retention> .
<#retention> a ldes:RetentionPolicy ;
	ldes:startingFrom "{steps[0].moment}"^^xsd:dateTime .

"""
        + "".join(relations)
    ).encode()
