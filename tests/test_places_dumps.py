"""The published files of the reference of places say what its statements and tables say, the same bytes each time."""

from __future__ import annotations

import csv
import gzip
import io
import json
from itertools import islice
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from trophees.base.namespaces import DCAT, GRAPH, VOID
from trophees.graph import territories
from trophees.graph.territories import TERRITORY, lines
from trophees.publish.contents import publish
from trophees.publish.places import dataset, dumps, geojson, tables
from trophees.publish.tables import packaged
from trophees.release.checkout import Project


def test_trig_says_what_n_quads_say() -> None:
    from trophees.publish.writers.spool import Spools

    said = [*islice(territories.statements(), 3_000), ("2019-01-01", "<urn:a#b>", "igeo:nom", '"<x> \\"^^<y>"')]
    with Spools() as spools:
        written = dumps.TriG(spools)
        for start in range(0, len(said), 700):
            written.add(said[start : start + 700])
        trig = b"".join(written)
    quads = set(parse(b"".join(lines(said)), format=RdfFormat.N_QUADS))
    assert set(parse(trig, format=RdfFormat.TRIG)) == quads
    assert len(quads) == len(said)


def test_both_dumps_are_the_same_bytes_each_time_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    some = list(islice(territories.statements(), 2_000))
    monkeypatch.setattr(dumps, "statements", lambda: iter(some))

    def made() -> dict[str, bytes]:
        return {path: b"".join(pieces) for path, pieces in dumps.files(dumps.Tally())}

    first = made()
    assert made() == first
    assert gzip.decompress(first[dumps.N_QUADS]).count(b"\n") == 2_000
    tally = dumps.Tally()
    for _, pieces in dumps.files(tally):
        list(pieces)
    assert tally.properties.total() == 2_000
    assert len(tally.subjects) == len({subject for _, subject, _, _ in some})


def test_a_table_has_the_columns_that_are_told_of_it() -> None:
    written = dict(tables.files())
    for table in tables.packaged():
        rows = csv.reader(io.StringIO(written[tables.path(table.name)].decode()))
        assert next(rows) == [column.name for column in table.columns]
        names = [column.name for column in table.columns]
        keys = set()
        count = 0
        for row in rows:
            cells = dict(zip(names, row, strict=True))
            assert all(cells[column.name] or column.optional for column in table.columns), (table.name, row)
            keys.add(tuple(cells[name] for name in table.key))
            count += 1
        assert not table.key or len(keys) == count, table.name


def test_each_feature_is_in_force_today_and_has_a_point_in_degrees() -> None:
    document = json.loads(b"".join(geojson.pieces()))
    names = {feature["id"]: feature for feature in document["features"]}
    assert len(names) == len(document["features"]) > 37_000
    cachan = names[TERRITORY + "commune/94016"]
    assert cachan["properties"]["name"] == "Cachan"
    lon, lat = cachan["geometry"]["coordinates"]
    assert 2.2 < lon < 2.4
    assert 48.7 < lat < 48.9
    assert all(-180 <= f["geometry"]["coordinates"][0] <= 180 for f in document["features"])


def test_the_reference_is_a_dataset_beside_with_files_of_its_own(
    project: Project, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = list(islice(territories.statements(), 2_000))
    monkeypatch.setattr(dumps, "statements", lambda: iter(some))
    alone = Store()
    alone.extend(store.quads_for_pattern(None, None, None, NamedNode(GRAPH + "catalog")))

    def published(places: bool) -> dict[str, bytes]:
        said = (alone, project.context, packaged(), project.copies(), project.hosting(), project.changelog())
        former, points = project.former_files(), project.points()
        return dict(publish(*said, former=former, points=points, places=places, folder=tmp_path))

    files, made = published(False), published(True)
    assert {path for path in made if path not in files} == {
        *(tables.path(table.name) for table in tables.packaged()), geojson.PATH, dumps.TRIG, dumps.N_QUADS,
        *(f"places/{name}.json" for name in ("croissant", "csv-metadata", "datapackage")),
    }  # fmt: skip
    assert all(made[path] == data for path, data in files.items() if path.startswith(("dumps/", "csv/")))
    found = Store()
    found.bulk_load(made["catalog.ttl"], format=RdfFormat.TURTLE)
    listed = {q.object for q in found.quads_for_pattern(dataset.DATASET, NamedNode(DCAT + "distribution"), None)}
    assert len(listed) == 12
    (triples,) = found.quads_for_pattern(dataset.DATASET, NamedNode(VOID + "triples"), None)
    assert triples.object.value == "2000"  # type: ignore[union-attr]
    for file in listed:
        (address,) = found.quads_for_pattern(file, NamedNode(DCAT + "downloadURL"), None)  # type: ignore[arg-type]
        (size,) = found.quads_for_pattern(file, NamedNode(DCAT + "byteSize"), None)  # type: ignore[arg-type]
        path = "places/" + address.object.value.rpartition("/")[2]  # type: ignore[union-attr]
        assert len(made[path]) == int(size.object.value)  # type: ignore[union-attr]
