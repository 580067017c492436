"""The folder of the project on disk: which files there are, and their content as the pure modules want it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from trophees.base.checkout import root
from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.base.namespaces import DCAT, GRAPH, RDF_TYPE
from trophees.graph import published
from trophees.hosting.settings import Hosting, settings
from trophees.publish.description import Former
from trophees.publish.feeds.history import Past
from trophees.publish.geojson import Point, points
from trophees.release import past, published_files
from trophees.release.inventory import inventory, of_file
from trophees.release.reading import Reader
from trophees.release.shape_files import mistakes
from trophees.source import insee as reference
from trophees.source import mapping
from trophees.source.problem import Problem
from trophees.source.record import Record, Sources
from trophees.source.yaml_ld import read

_CATALOG_SHAPES, _PLACES_SHAPES = "catalog.ttl", "places.ttl"
_VERSION = NamedNode(DCAT + "version")
T = TypeVar("T")


class Project:
    """A checkout of the project; `root` holds `data/`, `ontology/`, `shapes/` and `publish/`.

    What is read raises UserError, `file:line:column: sentence`, if it is not there or is not what it should be.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read = Reader(root)
        self.context = self._read.context(root / "data" / "context.jsonld")

    @classmethod
    def containing(cls, folder: Path) -> Project:
        """The project that holds `folder`; UserError if none does."""
        return cls(root(folder))

    def inventory(self) -> tuple[list[Path], list[Problem]]:
        """The paths of the records, in their order, and what is wrong with the files and folders around them."""
        return inventory(self.root / "data")

    def editions(self) -> list[str]:
        """The years of the editions that have a record, from the first."""
        return sorted(path.stem for path in (self.root / "data" / "edition").glob("*.yaml"))

    def records(self, paths: Iterable[Path] | None = None) -> Iterator[Record]:
        """The records at `paths`, or every one. UserError if one cannot be opened, or can be no record."""
        data = Path(os.path.realpath(self.root / "data"))
        for path in self.inventory()[0] if paths is None else paths:
            if not (path := _place(path)).is_relative_to(data):
                raise UserError(f"{path}: a record stands under {data}")
            if path.suffix != ".yaml":
                raise UserError(f"{self._read.shown(path)}: a record is a .yaml file")
            content = self._read.data(path)
            for problem in of_file(path, data):
                raise UserError(f"{problem.path}: {problem.message('en')}")
            yield read(content, path.relative_to(data).as_posix(), self.context)

    def chosen(self, records: Iterable[Record], paths: Iterable[Path]) -> list[Record]:
        """Those of `records` that stand at `paths`, and what stands at the other paths. UserError as `records`."""
        wanted = {_place(path) for path in paths}
        found = {self.root / record.path: record for record in records}
        return [r for path, r in found.items() if path in wanted] + list(self.records(sorted(wanted - found.keys())))

    def shapes(self) -> list[str]:
        """The Turtle text of the shapes that records must respect. UserError, too, if they cannot be obeyed."""
        beside = (_CATALOG_SHAPES, _PLACES_SHAPES)
        found = [path for path in self._read.matching(self.root / "shapes", ".ttl") if path.name not in beside]
        if not found:
            raise UserError("shapes: has no shapes of records")
        return [self._shapes(path) for path in found]

    def catalog_shapes(self) -> str:
        """The Turtle text of the shapes that the catalogue must respect. UserError, too, if they cannot be obeyed."""
        return self._shapes(self.root / "shapes" / _CATALOG_SHAPES)

    def places_shapes(self) -> str:
        """The Turtle text of the shapes of the reference of places. UserError, too, if they cannot be obeyed."""
        return self._shapes(self.root / "shapes" / _PLACES_SHAPES)

    def _shapes(self, path: Path) -> str:
        text = self._read.turtle(path)
        for sentence in mistakes(text):
            raise UserError(f"{self._read.shown(path)}{sentence}")
        return text

    def shape_triples(self) -> list[Triple]:
        """What the shapes of records, of the catalogue and of the reference of places say."""
        texts = [*self.shapes(), self.catalog_shapes(), self.places_shapes()]
        return [triple for text in texts for triple in parse(text, format=RdfFormat.TURTLE)]

    def former_files(self) -> dict[str, Former]:
        """What the last release said of its files, by path; nothing if there was none. UserError if it is malformed."""
        path = self.root / "data" / published_files.FILE
        return published_files.read(self._read.text(path), self._read.shown(path)) if path.exists() else {}

    def past(self) -> Past:
        """What former releases held, as far as it is kept. UserError if a file of it is malformed."""
        return past.read(self.root)

    def published_catalogue(self) -> list[Triple]:
        """What the catalogue in `publish/` says. UserError if nothing was built."""
        return list(parse(self._read.data(self.root / "publish" / "catalog.ttl"), format=RdfFormat.TURTLE))

    def published_graph(self) -> Store:
        """The graph in `publish/`. UserError if nothing was built."""
        return published.store(self.root / "publish" / published.GRAPH)

    def hosting(self, given: Mapping[str, str | None] | None = None) -> Hosting:
        """Where the release will be hosted: what is `given`, else the settings of the project. UserError as there."""
        path = self.root / "pyproject.toml"
        return settings(self._read.text(path) if path.exists() else "", given or {})

    def ontology(self) -> list[str]:
        """The Turtle text of the ontology and of its alignments."""
        return [self._read.turtle(path) for path in self._read.matching(self.root / "ontology", ".ttl")]

    def reference(self) -> list[Quad]:
        """INSEE's geography."""
        return self._extracts(reference.read)

    def territories(self) -> list[tuple[str, str]]:
        """The territories that INSEE knows, each with its classes."""
        return self._extracts(reference.types)

    def replaced(self) -> list[tuple[str, str]]:
        """The EPCI that took the place of others, each with the one that it replaces."""
        return self._extracts(reference.replaced)

    def mappings(self) -> list[mapping.Mapping]:
        """How the concepts match those of other vocabularies; nothing if no table says so. UserError as elsewhere."""
        path = self.root / "data" / mapping.FILE
        if not path.exists():
            return []
        try:
            return list(mapping.read(self._read.text(path)))
        except ValueError as error:
            raise UserError(f"{self._read.shown(path)}:{error}") from None

    def _extracts(self, read: Callable[[Path], Iterator[T]]) -> list[T]:
        """What `read` makes of INSEE's extracts."""
        folder = self.root / "data" / "reference"
        for path in self._read.matching(folder, ".csv"):
            self._read.text(path)
        try:
            return list(read(folder))
        except OSError as error:
            raise self._read.refusal(Path(error.filename or folder), f"cannot be read ({error.strerror})") from None
        except ValueError as error:
            raise UserError(str(error).removeprefix(f"{self.root}/")) from None

    def sources(self, records: Iterable[Record] | None = None, reference: Iterable[Quad] | None = None) -> Sources:
        """Everything that the graph is made of; `records` and `reference` if they have been read."""
        rules = self._read.matching(self.root / "ontology" / "rules", ".rq")
        return Sources(
            records=list(self.records() if records is None else records),
            ontology=self.ontology(),
            rules={path.stem: self._read.rule(path) for path in rules},
            reference=[*(self.reference() if reference is None else reference), *mapping.quads(self.mappings())],
        )

    def copies(self) -> dict[str, bytes]:
        """The files that are published as they are, by their path under `publish/`."""
        found = {"context.jsonld": self.root / "data" / "context.jsonld"}
        if (register := self.root / "data" / "identifiers.nq").is_file():
            found["identifiers.nq"] = register
        if (table := self.root / "data" / mapping.FILE).is_file():
            found[f"csv/{table.name}"] = table
        for folder in ("ontology", "shapes"):
            found |= {f"dumps/{folder}/{path.name}": path for path in self._read.matching(self.root / folder, ".ttl")}
        return {name: self._read.data(path) for name, path in sorted(found.items())}

    def version(self, store: Store) -> str:
        """The number of the release: the newest that the record of a dataset gives."""
        found = store.quads_for_pattern(None, _VERSION, None, NamedNode(GRAPH + "catalog"))
        return newest(q.object.value for q in found if isinstance(q.object, Literal))

    def version_of(self, records: Iterable[Record]) -> str:
        """The same, from the records."""
        said = (s for record in records if record.path.startswith("data/dataset/") for s in record.statements)
        return newest(s.object.value for s in said if s.predicate == _VERSION and isinstance(s.object, Literal))

    def text(self, path: str) -> str:
        """The text of the file at `path`, with its line ends. UserError if it cannot be read."""
        return self._read.text(self.root / path)

    def changelog(self) -> dict[Language, str]:
        """The Markdown text of the changes of each release, in each language."""
        return {"fr": self._read.text(self.root / "JOURNAL.md"), "en": self._read.text(self.root / "CHANGELOG.md")}

    def points(self) -> dict[str, Point]:
        """Where communes are: longitude and latitude by code. UserError if the file is malformed."""
        path = self.root / "data" / "reference" / "points.csv"
        return points(self._read.text(path), self._read.shown(path))

    def reference_files(self) -> dict[str, bytes]:
        """The files of `data/reference/`, by name."""
        return {p.name: self._read.data(p) for p in self._read.matching(self.root / "data" / "reference", "")}


def newest(versions: Iterable[str]) -> str:
    """The last of `versions`, as numbers between dots count."""
    return max(versions, key=lambda text: [int(part) for part in text.split(".") if part.isdigit()])


def _place(path: Path) -> Path:
    """Where `path` is. If it is a link, the place of the link: that of a record is its name."""
    return Path(os.path.realpath(path.parent)) / path.name


def types(quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    """The classes of each thing in `quads`, as `Project.territories` gives them."""
    for quad in quads:
        if quad.predicate == RDF_TYPE and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.subject.value, quad.object.value
