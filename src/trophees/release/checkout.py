"""The folder of the project on disk: which files there are, and their content as the pure modules want it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from trophees.base.checkout import root
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.base.namespaces import DCAT, GRAPH
from trophees.hosting.settings import Hosting, settings
from trophees.source import insee as reference
from trophees.source.record import Record, Sources
from trophees.source.yaml_ld import read

_CATALOG_SHAPES = "catalog.ttl"
_VERSION = NamedNode(DCAT + "version")


class Project:
    """A checkout of the project; `root` holds `data/`, `ontology/`, `shapes/` and `publish/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.context = Context(_text(root / "data" / "context.jsonld"))

    @classmethod
    def containing(cls, folder: Path) -> Project:
        """The project that holds `folder`; UserError if none does."""
        return cls(root(folder))

    def record_paths(self) -> list[Path]:
        """Every curated file, in path order."""
        return sorted((self.root / "data").rglob("*.yaml"))

    def editions(self) -> list[str]:
        """The years of the editions that have a record, from the first."""
        return sorted(path.stem for path in (self.root / "data" / "edition").glob("*.yaml"))

    def records(self, paths: Iterable[Path] | None = None) -> Iterator[Record]:
        """The records of `paths`, or of every curated file. UserError if one cannot be opened."""
        data = self.root / "data"
        for path in self.record_paths() if paths is None else paths:
            try:
                relative = path.resolve().relative_to(data.resolve())
            except ValueError:
                raise UserError(f"{path}: a record stands under {data}") from None
            if path.suffix != ".yaml":
                raise UserError(f"{path}: a record is a .yaml file")
            yield read(_bytes(path), relative.as_posix(), self.context)

    def chosen(self, records: Iterable[Record], paths: Iterable[Path]) -> list[Record]:
        """Those of `records` that stand at `paths`, and what stands at the other paths. UserError as `records`."""
        wanted = {path.resolve() for path in paths}
        found = {self.root / record.path: record for record in records}
        return [r for path, r in found.items() if path in wanted] + list(self.records(sorted(wanted - found.keys())))

    def shapes(self) -> list[str]:
        """The Turtle text of the shapes that records must respect."""
        return [_text(path) for path in sorted((self.root / "shapes").glob("*.ttl")) if path.name != _CATALOG_SHAPES]

    def catalog_shapes(self) -> str:
        """The Turtle text of the shapes that the catalogue must respect."""
        return _text(self.root / "shapes" / _CATALOG_SHAPES)

    def shape_triples(self) -> list[Triple]:
        """What the shapes of records and of the catalogue say."""
        texts = [*self.shapes(), self.catalog_shapes()]
        return [triple for text in texts for triple in parse(text, format=RdfFormat.TURTLE)]

    def published_catalogue(self) -> list[Triple]:
        """What the catalogue in `publish/` says. UserError if nothing was built."""
        return list(parse(_bytes(self.root / "publish" / "catalog.ttl"), format=RdfFormat.TURTLE))

    def hosting(self, given: Mapping[str, str | None] | None = None) -> Hosting:
        """Where the release will be hosted: what is `given`, else the settings of the project. UserError as there."""
        path = self.root / "pyproject.toml"
        return settings(_text(path) if path.is_file() else "", given or {})

    def ontology(self) -> list[str]:
        """The Turtle text of the ontology and of its alignments."""
        return [_text(path) for path in sorted((self.root / "ontology").glob("*.ttl"))]

    def reference(self) -> list[Quad]:
        """INSEE's geography. UserError, with file and line, if an extract is malformed."""
        try:
            return list(reference.read(self.root / "data" / "reference"))
        except (OSError, ValueError) as error:
            raise UserError(str(error)) from None

    def territories(self) -> list[tuple[str, str]]:
        """The territories that INSEE knows, each with its classes. UserError as `reference`."""
        try:
            return list(reference.types(self.root / "data" / "reference"))
        except (OSError, ValueError) as error:
            raise UserError(str(error)) from None

    def sources(self, records: Iterable[Record] | None = None) -> Sources:
        """Everything that the graph is made of."""
        rules = sorted((self.root / "ontology" / "rules").glob("*.rq"))
        return Sources(
            records=list(self.records() if records is None else records),
            ontology=self.ontology(),
            rules={path.stem: _text(path) for path in rules},
            reference=self.reference(),
        )

    def copies(self) -> dict[str, bytes]:
        """The files that are published as they are, by their path under `publish/`."""
        found = {"context.jsonld": self.root / "data" / "context.jsonld"}
        for folder in ("ontology", "shapes"):
            found |= {f"dumps/{folder}/{path.name}": path for path in (self.root / folder).glob("*.ttl")}
        return {name: _bytes(path) for name, path in sorted(found.items())}

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
        return _bytes(self.root / path).decode("utf-8")

    def changelog(self) -> dict[Language, str]:
        """The Markdown text of the changes of each release, in each language."""
        return {"fr": _text(self.root / "JOURNAL.md"), "en": _text(self.root / "CHANGELOG.md")}

    def reference_files(self) -> dict[str, bytes]:
        """The files of `data/reference/`, by name."""
        folder = self.root / "data" / "reference"
        return {path.name: _bytes(path) for path in sorted(folder.iterdir()) if path.is_file()}


def newest(versions: Iterable[str]) -> str:
    """The last of `versions`, as numbers between dots count."""
    return max(versions, key=lambda text: [int(part) for part in text.split(".") if part.isdigit()])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None


def _text(path: Path) -> str:
    return _bytes(path).decode("utf-8")
