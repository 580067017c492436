"""The graph as files: a pure function from the dataset to {path: bytes}, the same bytes on every machine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, serialize

from trophees import catalog, datapackage, jsonld, void
from trophees.context import TP, Context, file_name
from trophees.graph import triples
from trophees.hosting import Hosting
from trophees.source import RDF_TYPE
from trophees.tables import Table, metadata

LICENCE = NamedNode("http://purl.org/dc/terms/license")
DATASET = NamedNode("http://www.w3.org/ns/dcat#Dataset")
_OF_VOID = {NamedNode("http://purl.org/dc/terms/" + name) for name in ("title", "description", "license", "modified")}
_DECLARATIONS = re.compile(rb"(@prefix [^\n]*\n)+")
_PREFIX_USE = re.compile(rb"(?:^|[\s(^])([a-z][\w-]*):", re.MULTILINE)
_SUBJECT = re.compile(rb"^(\S)", re.MULTILINE)
_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")


def publish(
    store: Store,
    context: Context,
    tables: list[Table],
    copies: Mapping[str, bytes],
    hosting: Hosting = Hosting(),  # noqa: B008 - frozen
    changelog: str = "",
) -> dict[str, bytes]:
    """Every published file. `copies` are published as they are (the context, the ontology, the shapes)."""
    union = sorted(triples(store), key=_reading_order)
    quads = sorted(store, key=lambda q: (str(q.graph_name), *_reading_order(q.triple)))
    files = dict(copies)
    for extension, form in (("ttl", RdfFormat.TURTLE), ("rdf", RdfFormat.RDF_XML)):
        files[f"dumps/trophees.{extension}"] = encode(union, form, context)
    files["dumps/trophees.trig"] = encode(quads, RdfFormat.TRIG, context)
    files["dumps/trophees.nt"] = in_order(encode(union, RdfFormat.N_TRIPLES, context))
    files["dumps/trophees.nq"] = in_order(encode(quads, RdfFormat.N_QUADS, context))
    files["dumps/trophees.jsonld"] = jsonld.document(union, context)
    for name, part in _by_class(union).items():
        files[f"dumps/classes/{name}.ttl"] = encode(part, RdfFormat.TURTLE, context)
    for table in tables:
        files[f"csv/{table.name}.csv"] = table.csv(store)
    files["csv/csv-metadata.json"] = metadata(tables, _licence(store))
    files["csv/datapackage.json"] = datapackage.document(store, tables, files)
    files |= _catalogue(catalog.Release(store, files, tables, hosting, changelog), union)
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())
    ).encode()
    return files


def _catalogue(release: catalog.Release, union: list[Triple]) -> dict[str, bytes]:
    """The catalogue in three formats, and alone in Turtle what it says in VoID of the newest dataset."""
    said, names = catalog.describe(release), catalog.context()
    files = {}
    for dataset in catalog.datasets(release.store)[-1:]:
        figures = void.describe(dataset, union, release.files, release.hosting)
        alone = [t for t in said if t.subject == dataset and t.predicate in _OF_VOID]
        files["void.ttl"] = encode(sorted({*figures, *alone}, key=_reading_order), RdfFormat.TURTLE, names)
        said += figures
    said = sorted(set(said), key=_reading_order)
    files["catalog.ttl"] = encode(said, RdfFormat.TURTLE, names)
    files["catalog.rdf"] = encode(said, RdfFormat.RDF_XML, names)
    files["catalog.jsonld"] = jsonld.document(said, names)
    return files


def _reading_order(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject, its type first."""
    return str(triple.subject), triple.predicate != RDF_TYPE, str(triple.predicate), str(triple.object)


def encode(part: Iterable[Triple] | Iterable[Quad], form: RdfFormat, context: Context) -> bytes:
    """`part` in the format `form`: with the prefixes that it uses, sorted, where the format has any."""
    prefixes = context.prefixes if form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML) else None
    data = serialize(part, format=form, prefixes=prefixes)
    assert data is not None
    if form == RdfFormat.RDF_XML:
        # an XML reader turns a bare carriage return into a line feed (XML 1.0, section 2.11)
        return _ROOT.sub(_sorted_namespaces, data, count=1).replace(b"\r", b"&#13;")
    if not prefixes:
        return data
    # the serializer writes every prefix, in no fixed order
    head, body = _DECLARATIONS.match(data), _DECLARATIONS.sub(b"", data, count=1)
    names = set(_PREFIX_USE.findall(body))
    used = sorted(line for line in head[0].splitlines(keepends=True) if line.split()[1][:-1] in names) if head else []
    if form == RdfFormat.TURTLE:
        body = _SUBJECT.sub(rb"\n\1", body)
    return b"".join(used) + body


def _sorted_namespaces(root: re.Match[bytes]) -> bytes:
    return b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">"


def in_order(data: bytes) -> bytes:
    """In code point order: without blank nodes, that is the canonical form (RDFC-1.0, section 4)."""
    return b"".join(sorted(data.splitlines(keepends=True)))


def _by_class(union: Iterable[Triple]) -> dict[str, list[Triple]]:
    """The triples about the instances of each class of the ontology, by the class's name in kebab case."""
    members: dict[str, set[str]] = {}
    described: dict[str, list[Triple]] = {}
    for triple in union:
        described.setdefault(str(triple.subject), []).append(triple)
        if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode) and triple.object.value.startswith(TP):
            members.setdefault(file_name(triple.object.value), set()).add(str(triple.subject))
    return {
        name: [triple for subject in sorted(subjects) for triple in described[subject]]
        for name, subjects in sorted(members.items())
    }


def _licence(store: Store) -> str:
    dataset = next(store.quads_for_pattern(None, RDF_TYPE, DATASET, None))
    licence = next(store.quads_for_pattern(dataset.subject, LICENCE, None, None)).object
    assert isinstance(licence, NamedNode)
    return licence.value
