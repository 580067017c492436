"""A release of a few triples, whole: each published file is the one of `small_release/published/`, byte by byte."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store, Triple, parse

from trophees.ask import cookbook
from trophees.base.context import Context
from trophees.base.language import LANGUAGES
from trophees.base.namespaces import BASE, TP
from trophees.hosting.settings import Hosting
from trophees.publish.contents import in_pieces, publish
from trophees.publish.description import File, Former
from trophees.publish.tables import Table

HERE = Path(__file__).parent / "small_release"
FROM = HERE / "from"
PUBLISHED = HERE / "published"
# the catalogue in other formats, which has no text of its own here
OTHERWISE = {"catalog.rdf": RdfFormat.RDF_XML, "catalog.jsonld": RdfFormat.JSON_LD}
EXPECTED = sorted(path.relative_to(PUBLISHED).as_posix() for path in PUBLISHED.rglob("*") if path.is_file())
CONTEXT = Context(
    {
        "@context": {
            "@vocab": TP,
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "dcterms": "http://purl.org/dc/terms/",
            "dcat": "http://www.w3.org/ns/dcat#",
            "laureate": BASE + "laureate/",
            "tp": TP,
            "tool": BASE + "tool/",
            "id": "@id",
            "type": "@type",
            "titre": {"@id": "tp:title", "@language": "fr"},
            "rang": {"@id": "tp:order", "@type": "xsd:integer"},
            "outil": {"@id": "tp:tool", "@type": "@id"},
        }
    }
)
HOSTING = Hosting("https://data.example.org/", "answers@example.org", "https://data.example.org/sparql")
FORMER = {
    "dumps/trophees.nt": Former("of other bytes", "2040-01-02", "2040-03-04"),
    "csv/anomalies.csv": Former(hashlib.sha512(b"anomaly\n").hexdigest(), "2040-01-02", "2040-03-04"),
}
COPIES = {"context.jsonld": b"{}\n", "dumps/ontology/trophees.ttl": b"# made up\n"}


def tables() -> list[Table]:
    return [
        Table.parse(name, (FROM / f"{name}.rq").read_text("utf-8")) for name in ("laureates-territories", "anomalies")
    ]


def loaded() -> Store:
    store = Store()
    store.load((FROM / "graph.trig").read_bytes(), format=RdfFormat.TRIG)
    return store


def queries() -> dict[str, cookbook.Query]:
    paths = sorted((FROM / "queries").glob("*.rq"))
    return {path.stem: cookbook.load(path.read_text("utf-8"), path.stem) for path in paths}


def made(patch: pytest.MonkeyPatch, hosting: Hosting = HOSTING) -> dict[str, bytes]:
    """The release, with a cookbook of three queries."""
    patch.setattr(cookbook, "queries", queries)
    changelog = {tag: (FROM / f"CHANGELOG.{tag}.md").read_text("utf-8") for tag in LANGUAGES}
    points = {"09999": (1.5, 42.25)}
    found = publish(
        loaded(),
        CONTEXT,
        tables(),
        COPIES,
        hosting,
        changelog,
        former=FORMER,
        points=points,
    )
    return dict(found)


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    return made(monkeypatch)


def test_every_published_file_is_there_and_is_what_the_graph_says(release: dict[str, bytes]) -> None:
    """After a wanted change, `python tests/test_small_release.py` writes them anew: the difference is to be read."""
    assert sorted(release.keys() - OTHERWISE.keys()) == EXPECTED
    for path in EXPECTED:
        assert release[path].decode() == (PUBLISHED / path).read_text("utf-8"), path


def test_the_catalogue_says_the_same_in_each_format(release: dict[str, bytes]) -> None:
    def said(path: str, form: RdfFormat) -> set[tuple[str, ...]]:
        found = parse(release[path], format=form)
        return {tuple("_" if isinstance(t, BlankNode) else str(t) for t in quad.triple) for quad in found}

    expected = said("catalog.ttl", RdfFormat.TURTLE)
    assert {path: said(path, form) == expected for path, form in OTHERWISE.items()} == dict.fromkeys(OTHERWISE, True)


def test_without_an_endpoint_the_files_are_the_same_but_for_what_speaks_of_it(
    release: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(monkeypatch, Hosting(HOSTING.url, HOSTING.contact, ""))
    changed = {path for path in other if other[path] != release[path]}
    of_the_endpoint = {"catalog.ttl", "catalog.rdf", "catalog.jsonld", "void.ttl", "sparql-examples.ttl"}
    assert changed == of_the_endpoint | {"ro-crate-metadata.json", "SHA256SUMS"}
    assert not any(b"sparql>" in other[path] for path in of_the_endpoint)


def test_what_is_told_of_files_and_the_catalogue_that_is_accepted_are_those_published() -> None:
    known: dict[str, File] = {}
    seen: list[list[Triple]] = []
    pieces = in_pieces(loaded(), CONTEXT, tables(), COPIES, HOSTING, known=known, accept=seen.append)
    found = {path: b"".join(piece) for path, piece in pieces}
    assert known == {path: File.of(data) for path, data in found.items()}
    assert known["context.jsonld"] == File(3, hashlib.sha256(b"{}\n").hexdigest(), hashlib.sha512(b"{}\n").hexdigest())
    (accepted,) = seen
    assert any(t.subject == NamedNode(BASE + "catalog") for t in accepted)


def _write() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        release = made(patch)
        for path in sorted(release.keys() - OTHERWISE.keys()):
            target, data = PUBLISHED / path, release[path]
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or target.read_bytes() != data:
                target.write_bytes(data)
                yield path


if __name__ == "__main__":
    sys.stdout.writelines(f"{path}\n" for path in _write())
