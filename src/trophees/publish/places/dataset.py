"""The reference of places as a dataset of the catalogue: its files, and what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from trophees.base.language import LANGUAGES
from trophees.base.namespaces import RDF_TYPE, VOID
from trophees.graph.territories import PREFIXES, TERRITORY
from trophees.places import reference
from trophees.places.place import BEGINNING
from trophees.publish import croissant, csvw, datapackage, void
from trophees.publish.description import Description, Distribution, Release, cited, distribution
from trophees.publish.places import dumps, geojson, tables
from trophees.publish.places.dumps import Tally
from trophees.publish.portals import both, fragment, of
from trophees.publish.writers.writer import Files

DATASET = fragment("places")
FOLDER = "places"
_FEATURES = ("N-Quads", "TriG")


def files(tally: Tally, folder: Path | None) -> Files:
    """Each file and its pieces; what passes is counted in `tally`, what has no room in memory kept in `folder`."""
    for path, data in tables.files():
        yield path, [data]
    yield geojson.PATH, geojson.pieces()
    yield from dumps.files(tally, folder)


def distributions(release: Release, today: str) -> list[Distribution]:
    """The files, in the order in which portals list them: the tables first."""
    found = {tables.path(table.name): table for table in tables.packaged()}
    others = (geojson.PATH, dumps.TRIG, dumps.N_QUADS)
    return [distribution(release, path, found.get(path), today) for path in chain(found, others)]


def describe(release: Release, graph: Description) -> Description:
    """What is told of the dataset and its files, in a release whose graph is told of as `graph`."""
    files, newest = distributions(release, graph.modified), reference.newest()
    issued, modified = min(file.issued for file in files), max(file.modified for file in files)
    title, version = both(DATASET, "dcterms:title"), str(newest.year)
    words = [word for word in of(DATASET, "dcat:keyword") if isinstance(word, Literal)]
    return replace(
        graph,
        name=f"{graph.name}-{FOLDER}",
        iri=DATASET.value,
        title=title,
        text=both(DATASET, "dcterms:description"),
        rights=both(DATASET, "dcterms:rights"),
        keywords={one: tuple(w.value for w in words if w.language == one) for one in LANGUAGES},
        version=version,
        issued=issued,
        modified=modified,
        period=f"{BEGINNING}/{newest}",
        citation=cited(graph.publisher, issued, title, version, DATASET.value),
        files=tuple(files),
        folder=FOLDER,
    )


def descriptions(told: Description) -> Iterator[tuple[str, bytes]]:
    """What is `told`, in the forms in which the tables of the graph are described, beside the tables."""
    yield f"{FOLDER}/csv-metadata.json", csvw.document(told)
    yield f"{FOLDER}/datapackage.json", datapackage.document(told)
    yield f"{FOLDER}/{croissant.FILE}", croissant.document(told, f"{FOLDER}/")


def counts(tally: Tally, release: Release) -> Iterator[Triple]:
    """What VoID says of the dataset: its statements, subjects, properties and classes, and its dumps."""
    for name, number in (
        ("triples", tally.properties.total()),
        ("entities", len(tally.subjects)),
        ("distinctSubjects", len(tally.subjects)),
        ("properties", len(tally.properties)),
        ("classes", len(tally.classes)),
    ):
        yield void.count(DATASET, name, number)
    yield Triple(DATASET, RDF_TYPE, NamedNode(VOID + "Dataset"))
    yield Triple(DATASET, NamedNode(VOID + "uriSpace"), Literal(TERRITORY))
    yield Triple(DATASET, NamedNode(VOID + "exampleResource"), NamedNode(TERRITORY + "commune/94016"))
    for path in (dumps.N_QUADS, dumps.TRIG):
        yield Triple(DATASET, NamedNode(VOID + "dataDump"), NamedNode(release.hosting.url + path))
    for name in _FEATURES:
        yield Triple(DATASET, NamedNode(VOID + "feature"), NamedNode("http://www.w3.org/ns/formats/" + name))
    for prefix in sorted({name.partition(":")[0] for name in tally.properties}):
        yield Triple(DATASET, NamedNode(VOID + "vocabulary"), NamedNode(PREFIXES[prefix]))
