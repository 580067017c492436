"""The graph as files: a pure function from the dataset to paths and bytes, the same on every machine.

The graph is walked once, and feeds all the writers; files come in pieces. What is told of a file, its size and its
sums, is computed as it passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import ParamSpec

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple

from trophees.ask import one_language
from trophees.base.context import Context
from trophees.base.language import LANGUAGES, Language
from trophees.base.namespaces import DCAT, DCTERMS, RDF_TYPE, TP, file_name
from trophees.graph.walk import Described, walk
from trophees.hosting import withdrawn
from trophees.hosting.settings import Hosting
from trophees.publish import (
    croissant,
    csvw,
    datapackage,
    description,
    evidence,
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
from trophees.publish.feeds import files as feeds
from trophees.publish.feeds.history import Past
from trophees.publish.places import dataset as places_dataset
from trophees.publish.places.dumps import Tally
from trophees.publish.portals import context as names_of_portals
from trophees.publish.tables import Table
from trophees.publish.turtle import ascii_only, encode
from trophees.publish.writers.json_ld import JsonLd
from trophees.publish.writers.lines import Lines
from trophees.publish.writers.prefixed import Prefixed
from trophees.publish.writers.trig import TriG
from trophees.publish.writers.writer import Files, Writer, write

P = ParamSpec("P")
_OF_VOID = {NamedNode(DCTERMS + name) for name in ("title", "description", "license", "modified")}


def in_pieces(
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
    also: Sequence[Writer] = (),
    folder: Path | None = None,
    places: bool = False,
    past: Past | None = None,
) -> Files:
    """Every published file, its path and its pieces, one at a time: the catalogue near the end, the checksums last.

    The pieces of a file are to be taken before the next file comes. `copies` are published as they are (the context,
    the ontology, the shapes); `former` is what the last release said of its files, `points` the places of communes.
    `known` is given what is told of each file once it has passed. `accept` is given the catalogue before any of it is
    written, and raises what it likes to refuse it. `also` are fed by the same pass over the graph, and have ended by
    then; what of the files has no room in memory is kept in `folder`. The reference of `places` is a dataset beside.
    What former releases held is the `past`: with it, it is told what this one changes.
    """
    known = {} if known is None else known

    def noted(files: Iterable[tuple[str, Iterable[bytes]]]) -> Files:
        for path, pieces in files:
            passing = description.counted(pieces, lambda file: known.update({path: file}))  # noqa: B023 - before the next
            yield path, passing
            for _ in passing:
                pass

    figures, uses = void.Figures(), partitions.Uses(store)
    yield from noted(_each(copies.items()))
    yield from noted(write(walk(store), [*writers(context, evidence.facts(store)), figures, uses, *also], folder))
    yield from noted(_each(_tables(store, tables, points or {})))
    yield from noted(_each([(withdrawn.FILE, withdrawals.document(withdrawals.withdrawals(store)))]))
    if past is not None:
        yield from noted(feeds.files(store, past, *_newest(store), context, hosting))
    tally = Tally() if places else None
    if tally:
        yield from noted(places_dataset.files(tally, folder))
    release = Release(store, dict(known), tables, hosting, changelog or {}, former or {}, tally)
    told = description.describe(release)
    documents = [
        ("csv/csv-metadata.json", csvw.document(told)),
        ("csv/datapackage.json", datapackage.document(told)),
        (croissant.FILE, croissant.document(told)),
    ]
    if tally:
        documents += places_dataset.descriptions(places_dataset.describe(release, told))
    yield from noted(_each(documents))
    yield from noted(_each(catalogue(release, accept, (figures, uses))))
    yield from noted(_each([(examples.FILE, examples.document(context, hosting))]))
    yield from noted(_each([(ro_crate.FILE, ro_crate.document(told, known))]))
    sums = "".join(f"{file.sha256}  {path}\n" for path, file in sorted(known.items())).encode()
    yield from noted(_each([("SHA256SUMS", sums)]))


def whole(made: Callable[P, Files]) -> Callable[P, Iterator[tuple[str, bytes]]]:
    """The same files, each as one piece."""

    def files(*args: P.args, **options: P.kwargs) -> Iterator[tuple[str, bytes]]:
        for path, pieces in made(*args, **options):
            yield path, b"".join(pieces)

    return files


publish = whole(in_pieces)


def writers(context: Context, known: evidence.Evidence | None = None) -> list[Writer]:
    """Who writes the graph: a file in each format, and one for each class of the ontology.

    `known` are the facts that say what rests on facts.
    """
    return [
        Prefixed("dumps/trophees.ttl", RdfFormat.TURTLE, context, also=_of_classes),
        Prefixed("dumps/trophees.rdf", RdfFormat.RDF_XML, context),
        *(
            Prefixed(f"dumps/trophees-{language}.ttl", RdfFormat.TURTLE, context, said=_in(language))
            for language in LANGUAGES
        ),
        Prefixed(
            evidence.FILE,
            RdfFormat.TURTLE,
            context,
            finish=lambda text, said: evidence.annotated(text, said, known or {}, context),
        ),
        TriG("dumps/trophees.trig", context),
        Lines("dumps/trophees.nt", attrgetter("triples")),
        Lines("dumps/trophees.nq", attrgetter("quads")),
        JsonLd("dumps/trophees.jsonld", context),
    ]


def _newest(store: Store) -> tuple[str, str]:
    """The version and the licence of the newest dataset."""
    said = description.stated(store, datasets(store)[-1])
    found = {t.predicate.value: t.object.value for t in said if isinstance(t.object, Literal | NamedNode)}
    return found[DCAT + "version"], found[DCTERMS + "license"]


def _in(language: Language) -> Callable[[Described], list[Triple]]:
    return lambda told: one_language.triples(told.readable, language)


def _of_classes(told: Described) -> set[str]:
    """The files of the classes of the ontology, by the class's name in kebab case, where a subject goes."""
    types = [t.object.value for t in told.triples if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode)]
    return {f"dumps/classes/{file_name(iri)}.ttl" for iri in types if iri.startswith(TP)}


def _tables(store: Store, tables: Iterable[Table], points: geojson.Points) -> Iterator[tuple[str, bytes]]:
    for table in tables:
        rows = table.rows(store)
        yield f"csv/{table.name}.csv", table.written(rows)
        if table.name == geojson.TABLE:
            yield f"geojson/{table.name}.geojson", geojson.document(table, rows, points)


def _each(files: Iterable[tuple[str, bytes]]) -> Files:
    for path, data in files:
        yield path, [data]


def catalogue(
    release: Release,
    accept: Callable[[list[Triple]], None] = lambda _: None,
    counted: tuple[void.Figures, partitions.Uses] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The catalogue in three formats, once `accept` has seen it, and alone in Turtle what it says in VoID of the newest
    dataset, with what portals do not want: what the instances of each class have.

    What is `counted` in the graph may be given, else it is walked for that.
    """
    said, names = describe(release), names_of_portals()
    alone: set[Triple] = set()
    figures, uses = counted or _counted(release.store)
    for dataset in datasets(release.store)[-1:]:
        counts = void.describe(dataset, figures, release.files, release.hosting)
        alone = {*counts, *(t for t in said if t.subject == dataset and t.predicate in _OF_VOID)}
        alone.update(partitions.describe(dataset, uses))
        said += counts
    if release.places:
        counts = list(places_dataset.counts(release.places, release))
        alone.update(counts, (t for t in said if t.subject == places_dataset.DATASET and t.predicate in _OF_VOID))
        said += counts
    found = in_portals_order(said)
    accept(found)
    if alone:
        yield "void.ttl", ascii_only(encode(in_portals_order(sorted(alone, key=str)), RdfFormat.TURTLE, names))
    yield "catalog.ttl", ascii_only(encode(found, RdfFormat.TURTLE, names))
    yield "catalog.rdf", encode(found, RdfFormat.RDF_XML, names)
    yield "catalog.jsonld", jsonld.document(found, names)


def _counted(store: Store) -> tuple[void.Figures, partitions.Uses]:
    figures, uses = void.Figures(), partitions.Uses(store)
    assert not list(write(walk(store), [figures, uses]))
    return figures, uses
