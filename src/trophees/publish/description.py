"""What is published, described once: the dataset and its files.

The catalogue, the data package, CSVW, Croissant and RO-Crate say it, each in its own words. What is known of the
dataset is what the graph says of it; what is known of a file comes from `portals.ttl`, or from the query of a table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store, Triple

from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE
from trophees.hosting.settings import Hosting
from trophees.publish.portals import both, fragment, node, of, values
from trophees.publish.tables import ORDER, Table

if TYPE_CHECKING:
    from trophees.publish.places.dumps import Tally

NAME = "trophees-participation"  # of the data package, of the crate, of the Croissant dataset
_CATALOGUE = NamedNode(GRAPH + "catalog")
# besides tables
_LISTED = re.compile(r"(dumps|geojson)/[^/]+|changes\.ttl|feed\.atom|ldes/stream\.trig|csv/[^/]+\.tsv")


@dataclass(frozen=True)
class File:
    """What is told of a published file: its size in bytes and its checksums, in hexadecimal."""

    size: int
    sha256: str
    sha512: str

    @classmethod
    def of(cls, data: bytes) -> File:
        """The file whose content is `data`."""
        found: list[File] = []
        for _ in counted([data], found.append):
            pass
        return found[0]


def counted(pieces: Iterable[bytes], tell: Callable[[File], None]) -> Iterator[bytes]:
    """`pieces`, and when the last one has passed, `tell` is given the file that they make."""
    size, sums = 0, (hashlib.sha256(), hashlib.sha512())
    for piece in pieces:
        size += len(piece)
        for each in sums:
            each.update(piece)
        yield piece
    tell(File(size, *(each.hexdigest() for each in sums)))


@dataclass(frozen=True)
class Former:
    """What the last release said of a file: its checksum, and the dates (ISO 8601) when it came and when it changed."""

    sha512: str
    issued: str
    modified: str


@dataclass(frozen=True)
class Release:
    """What is published: the graph, the other files by path, the tables among them, and what is said beside.

    `former` is what the release before said of its files, by path; `places` what was counted of the reference of
    places, if that is among the files.
    """

    store: Store
    files: Mapping[str, File]
    tables: Iterable[Table]
    hosting: Hosting
    changelog: Mapping[Language, str]
    former: Mapping[str, Former] = field(default_factory=dict)
    places: Tally | None = None


@dataclass(frozen=True)
class Distribution:
    """A file that portals list. `issued` and `modified` are the days when it came, and when its bytes last changed."""

    path: str
    title: Both
    text: Both
    media_type: str
    format: str
    file: File
    issued: str
    modified: str
    table: Table | None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Description:
    """A dataset and its files, in the order in which they are to be listed. Dates are of ISO 8601.

    `name` is that of its data package; `folder` is where its tables and what describes them stand.
    """

    name: str
    iri: str
    title: Both
    text: Both
    rights: Both
    keywords: Mapping[Language, tuple[str, ...]]
    licence: str
    licence_name: str
    publisher: Both
    version: str
    issued: str
    modified: str
    period: str
    hosting: Hosting
    citation: Both
    files: tuple[Distribution, ...]
    folder: str = "csv"


def datasets(store: Store) -> list[NamedNode]:
    """The datasets that the graph describes, in the order of their IRIs, but for those that another replaces."""
    former = {q.subject for q in store.quads_for_pattern(None, node("dcterms:isReplacedBy"), None, _CATALOGUE)}
    found = store.quads_for_pattern(None, RDF_TYPE, node("dcat:Dataset"), _CATALOGUE)
    return sorted((q.subject for q in found if isinstance(q.subject, NamedNode) and q.subject not in former), key=str)


def stated(store: Store, subject: NamedNode) -> list[Triple]:
    """What the graph says of `subject` as a dataset, or as a source of one."""
    return [quad.triple for quad in store.quads_for_pattern(subject, None, None, _CATALOGUE)]


def years(store: Store) -> list[str]:
    """The years of the editions that the graph describes, in their order."""
    found = store.quads_for_pattern(None, node("tp:year"), None, None)
    return sorted({q.object.value for q in found if isinstance(q.object, Literal)})


def period(store: Store) -> str:
    """From the year of the first edition to that of the last, as `2020/2022` (ISO 8601); empty if there is none."""
    found = years(store)
    return f"{found[0]}/{found[-1]}" if found else ""


def citations(store: Store) -> list[str]:
    """The sources that the graph knows, each as its record cites it, in a fixed order."""
    found = store.quads_for_pattern(None, RDF_TYPE, node("tp:Source"), None)
    said = [t for q in found if isinstance(q.subject, NamedNode) for t in stated(store, q.subject)]
    return [value.value for value in values(said, "dcterms:bibliographicCitation")]


def describe(release: Release) -> Description:
    """The newest dataset that the graph describes, and its files."""
    dataset = datasets(release.store)[-1]
    said = stated(release.store, dataset)

    def text(name: str) -> Both:
        found = {v.language: v.value for v in values(said, name) if isinstance(v, Literal)}
        return Both(found.get("fr", ""), found.get("en", ""))

    def one(name: str) -> str:
        return next((v.value for v in values(said, name)), "")

    def words(language: Language) -> tuple[str, ...]:
        found = values(said, "dcat:keyword")
        return tuple(v.value for v in found if isinstance(v, Literal) and v.language == language)

    licence, publisher = one("dcterms:license"), both(NamedNode(BASE), "foaf:name")
    title = text("dcterms:title")
    return Description(
        name=NAME,
        iri=dataset.value,
        title=title,
        text=text("dcterms:description"),
        rights=text("dcterms:rights"),
        keywords={"fr": words("fr"), "en": words("en")},
        licence=licence,
        licence_name=next((v.value for v in of(NamedNode(licence), "dcterms:title")), "") if licence else "",
        publisher=publisher,
        version=one("dcat:version"),
        issued=one("dcterms:issued"),
        modified=one("dcterms:modified"),
        period=period(release.store),
        hosting=release.hosting,
        citation=cited(publisher, one("dcterms:issued"), title, one("dcat:version"), dataset.value),
        files=tuple(distributions(release, one("dcterms:modified"))),
    )


def cited(publisher: Both, issued: str, title: Both, version: str, iri: str) -> Both:
    """How a dataset is to be cited."""
    said = f", version {version}. {iri}"
    return publisher + Both(f" ({issued[:4]}). {title.fr}{said}", f" ({issued[:4]}). {title.en}{said}")


def distributions(release: Release, today: str) -> list[Distribution]:
    """The files that portals list, in the order in which they do; what changed since the last release did `today`.

    First the tables, what a town hall looks for before the rest; then the graph, in each format; at the end the flaws
    of the documents. Portals keep the order in which they first saw them.
    """
    tables = {f"csv/{table.name}.csv": table for table in release.tables}
    flaws = f"csv/{ORDER[-1]}.csv"
    others = sorted(path for path in release.files if _LISTED.fullmatch(path))
    paths = [*tables, *sorted(others, key=lambda path: path.startswith("dumps/"))]
    return [distribution(release, path, tables.get(path), today) for path in sorted(paths, key=lambda p: p == flaws)]


def distribution(release: Release, path: str, table: Table | None, today: str) -> Distribution:
    """The file at `path`, which is that of `table`, if of any; what changed since the last release did `today`."""
    own, file, former = fragment(path.rpartition("/")[2]), release.files[path], release.former.get(path)
    coded = fragment("table") if table else own
    if table:
        columns = ", ".join(column.name for column in table.columns)
        title = table.title + Both(" (CSV)", " (CSV)")
        text = table.summary + Both(f" Colonnes : {columns}.", f" Columns: {columns}.")
    else:
        title, text = both(own, "dcterms:title"), both(own, "dcterms:description")
    [media], [form] = (of(coded, name) for name in ("dcat:mediaType", "dcterms:format"))
    assert isinstance(media, NamedNode)
    assert isinstance(form, NamedNode)
    return Distribution(
        path=path,
        title=title,
        text=text,
        media_type=of(media, "rdfs:label")[0].value,
        format=of(form, "rdfs:label")[0].value,
        file=file,
        issued=former.issued if former else today,
        modified=former.modified if former and former.sha512 == file.sha512 else today,
        table=table,
    )
