"""The graph as files: a pure function from the dataset to paths and bytes, the same on every machine.

One file is in memory at a time, and the graph is walked for each. What is told of a file, its size and its sums, is
computed once, as it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple

from trophees.base.context import Context
from trophees.base.language import Language
from trophees.base.namespaces import DCTERMS, RDF_TYPE, TP, file_name
from trophees.graph.walk import Subject, described, subjects
from trophees.hosting import withdrawn
from trophees.hosting.settings import Hosting
from trophees.publish import (
    croissant,
    csvw,
    datapackage,
    description,
    examples,
    geojson,
    jsonld,
    partitions,
    ro_crate,
    void,
    withdrawals,
)
from trophees.publish.catalogue import describe
from trophees.publish.catalogue import in_order as in_portals_order
from trophees.publish.description import File, Former, Release, datasets
from trophees.publish.portals import context as names_of_portals
from trophees.publish.tables import Table
from trophees.publish.turtle import ascii_only, encode, in_order

_OF_VOID = {NamedNode(DCTERMS + name) for name in ("title", "description", "license", "modified")}


def publish(
    store: Store,
    context: Context,
    tables: list[Table],
    copies: Mapping[str, bytes],
    hosting: Hosting = Hosting(),  # noqa: B008 - frozen
    changelog: Mapping[Language, str] | None = None,
    *,
    former: Mapping[str, Former] | None = None,
    points: geojson.Points | None = None,
    known: dict[str, File] | None = None,
    accept: Callable[[list[Triple]], None] = lambda _: None,
) -> Iterator[tuple[str, bytes]]:
    """Every published file, its path and its content, one at a time: the catalogue near the end, the checksums last.

    `copies` are published as they are (the context, the ontology, the shapes); `former` is what the last release
    said of its files, `points` the places of communes. `known` is given what is told of each
    file by the time that it comes. `accept` is given the catalogue before any of it is written, and raises what it
    likes to refuse it.
    """
    known = {} if known is None else known

    def noted(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        for path, data in files:
            known[path] = File.of(data)
            yield path, data

    yield from noted(_data(store, context, tables, copies))
    for table in tables:
        if table.name == geojson.TABLE:
            yield from noted([(f"geojson/{table.name}.geojson", geojson.document(table, store, points or {}))])
    yield from noted([(withdrawn.FILE, withdrawals.document(withdrawals.withdrawals(store)))])
    release = Release(store, dict(known), tables, hosting, changelog or {}, former or {})
    told = description.describe(release)
    yield from noted(
        [
            ("csv/csv-metadata.json", csvw.document(told)),
            ("csv/datapackage.json", datapackage.document(told)),
            (croissant.FILE, croissant.document(told)),
        ]
    )
    yield from noted(catalogue(release, accept))
    yield from noted([(examples.FILE, examples.document(context, hosting))])
    yield from noted([(ro_crate.FILE, ro_crate.document(told, known))])
    sums = "".join(f"{file.sha256}  {path}\n" for path, file in sorted(known.items())).encode()
    yield from noted([("SHA256SUMS", sums)])


def _data(
    store: Store, context: Context, tables: list[Table], copies: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    yield from copies.items()
    for extension, form in (("ttl", RdfFormat.TURTLE), ("rdf", RdfFormat.RDF_XML)):
        yield f"dumps/trophees.{extension}", encode(_readable(described(store)), form, context)
    yield "dumps/trophees.trig", encode(_quads(store), RdfFormat.TRIG, context)
    # the order of the lines of all is that of the subjects, then that of the lines of each
    lines = (in_order(encode(triples, RdfFormat.N_TRIPLES, context)) for triples in described(store))
    yield "dumps/trophees.nt", b"".join(lines)
    lines = (in_order(encode(_of(store, subject), RdfFormat.N_QUADS, context)) for subject in subjects(store))
    yield "dumps/trophees.nq", b"".join(lines)
    yield "dumps/trophees.jsonld", jsonld.document(_readable(described(store)), context)
    for name, members in _classes(store).items():
        yield f"dumps/classes/{name}.ttl", encode(_readable(described(store, members)), RdfFormat.TURTLE, context)
    for table in tables:
        yield f"csv/{table.name}.csv", table.csv(store)


def catalogue(release: Release, accept: Callable[[list[Triple]], None] = lambda _: None) -> Iterator[tuple[str, bytes]]:
    """The catalogue in three formats, once `accept` has seen it, and alone in Turtle what it says in VoID of the newest
    dataset, with what portals do not want: what the instances of each class have.
    """
    said, names = describe(release), names_of_portals()
    alone: set[Triple] = set()
    for dataset in datasets(release.store)[-1:]:
        union = _readable(described(release.store))
        figures = void.describe(dataset, union, release.files, release.hosting)
        alone = {*figures, *(t for t in said if t.subject == dataset and t.predicate in _OF_VOID)}
        alone.update(partitions.describe(dataset, release.store))
        said += figures
    found = in_portals_order(said)
    accept(found)
    if alone:
        yield "void.ttl", ascii_only(encode(in_portals_order(sorted(alone, key=str)), RdfFormat.TURTLE, names))
    yield "catalog.ttl", ascii_only(encode(found, RdfFormat.TURTLE, names))
    yield "catalog.rdf", encode(found, RdfFormat.RDF_XML, names)
    yield "catalog.jsonld", jsonld.document(found, names)


def _readable(described: Iterable[list[Triple]]) -> Iterator[Triple]:
    """The triples of each subject, its type first."""
    for triples in described:
        yield from sorted(triples, key=_reading_order)


def _quads(store: Store) -> Iterator[Quad]:
    """The quads by graph and subject, its type first."""
    for graph in sorted(store.named_graphs(), key=str):
        for subject in sorted({quad.subject for quad in store.quads_for_pattern(None, None, None, graph)}, key=str):
            yield from sorted(_of(store, subject, graph), key=lambda quad: _reading_order(quad.triple))


def _of(store: Store, subject: Subject, graph: NamedNode | BlankNode | None = None) -> Iterator[Quad]:
    return store.quads_for_pattern(subject, None, None, graph)


def _reading_order(triple: Triple) -> tuple[bool, str, str]:
    return triple.predicate != RDF_TYPE, str(triple.predicate), str(triple.object)


def _classes(store: Store) -> dict[str, list[Subject]]:
    """The instances of each class of the ontology, by the class's name in kebab case."""
    members: dict[str, set[Subject]] = {}
    for quad in store.quads_for_pattern(None, RDF_TYPE, None, None):
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(TP):
            members.setdefault(file_name(quad.object.value), set()).add(quad.subject)
    return {name: sorted(found, key=str) for name, found in sorted(members.items())}
